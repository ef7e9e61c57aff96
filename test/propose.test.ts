import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { Converter } from 'opencc-js';
import { describe, expect, test } from 'vitest';
import { annotate } from '../src/annotate/annotate.ts';
import { loadProposing } from '../src/annotate/load-tagger.ts';
import { scoreSpans, type TypedSpan } from '../src/annotate/score.ts';
import { decode, featuresOf, labels, spansOf, type TaggerModel } from '../src/annotate/tagger.ts';
import { tokenise } from '../src/annotate/tokens.ts';
import { emptyAuthority } from '../src/authority/authority.ts';
import { parseCivilText } from '../src/calendar/civil-date.ts';
import { TextIndex } from '../src/core/span.ts';
import { lexiconWorks, loadLexicon } from '../src/lexicon/lexicon.ts';
import { readingText } from '../src/setup/reading-text.ts';
import { readSource } from '../src/source/source-document.ts';

const start = parseCivilText('咸平二年')!;
const run = (text: string) =>
  annotate(
    readSource('test.txt', new TextEncoder().encode(text)),
    { authority: emptyAuthority, start, propose: loadProposing() },
    () => {},
  );
const named = (text: string): string[] => run(text).annotations.map(({ type, quote }) => `${type} ${quote}`);

describe('a text without authority files', () => {
  const juan3 = readFileSync(new URL('../corpus/xixiaji-03.txt', import.meta.url), 'utf8');
  const gold = readFileSync(new URL('../corpus/gold/xixiaji-03.jsonl', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as TypedSpan);
  const f1Of = (text: string): Record<string, number> =>
    Object.fromEntries(scoreSpans(gold, run(text).annotations).types.map(({ type, f1 }) => [type, f1]));

  test('juan 3 of 西夏紀 holds the floors', () => {
    const floors = { persName: 0.94, placeName: 0.94, date: 0.99, bibl: 0.99, orgName: 0.88 };
    const found = f1Of(juan3);
    for (const [type, floor] of Object.entries(floors)) expect(found[type], type).toBeGreaterThanOrEqual(floor);
  });

  test('in simplified characters it is read as well', () => {
    const convert = Converter({ from: 't', to: 'cn' });
    const simplified = [...juan3].map((one) => (convert(one).length === one.length ? convert(one) : one)).join('');
    const [plain, other] = [f1Of(juan3), f1Of(simplified)];
    expect(simplified).not.toBe(juan3);
    for (const [type, f1] of Object.entries(plain)) expect(other[type], type).toBeGreaterThanOrEqual(f1 - 0.01);
  });

  test('whatever the text, marks do not overlap and quote it', () => {
    const characters = [...juan3];
    const stretch = fc
      .tuple(fc.nat(characters.length), fc.nat(30))
      .map(([start, length]) => characters.slice(start, start + length).join(''));
    const odd = fc.constantFrom(
      '《',
      '》',
      '（',
      '）',
      '「',
      '\n',
      '、',
      '閏月',
      '甲子',
      '𠀀',
      '<者多>',
      '&KR1234;',
      '〔',
      '王',
    );
    const text = fc.array(fc.oneof(stretch, odd, fc.string({ unit: 'grapheme', maxLength: 5 })), { maxLength: 30 });
    fc.assert(
      fc.property(
        text.map((parts) => parts.join('')).filter((one) => /\S/u.test(one) && !one.includes('\0')),
        (given) => {
          const { annotations, source } = run(given);
          let last = 0;
          for (const { start: from, end, quote } of annotations) {
            expect(from).toBeGreaterThanOrEqual(last);
            expect(source.text.slice(from, end)).toBe(quote);
            last = end;
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  test('a proposal marks every mention, given names too, and is signed as what it is', () => {
    const { annotations, proposed } = run('宋遣知靈州裴濟禦之。\n濟戰死，靈州陷。（《宋史》）\n');
    const names = annotations.filter(({ type }) => type === 'persName');
    expect(names.map(({ quote }) => quote)).toEqual(['裴濟', '濟']);
    expect(annotations.filter(({ quote }) => quote === '靈州')).toHaveLength(2);
    expect(
      annotations.every(
        ({ type, rule, cert }) => !/Name$/.test(type) || rule === 'variant' || (rule !== 'name' && cert),
      ),
    ).toBe(true);
    expect(proposed.persons[0]).toMatchObject({ id: 'person-88f4-6fdf', name: '裴濟', surname: '裴' });
  });

  test('states of one character by their neighbours', () => {
    expect(named('夏人攻宋麟州，宋師敗。夏四月，旱。\n')).toEqual([
      'orgName 夏',
      'orgName 宋',
      'placeName 麟州',
      'orgName 宋',
      'date 夏四月',
    ]);
  });

  test('forts and passes by how they end', () => {
    expect(named('攻白榆寨，過鐵門關。\n')).toEqual(['placeName 白榆寨', 'placeName 鐵門關']);
  });

  test('prefectures of a list by one character', () => {
    expect(named('寇麟、府二州。\n')).toEqual(['placeName 麟', 'placeName 府']);
  });

  test('the last character of a title is no surname', () => {
    expect(named('夏國王乾順遣使賀正旦。\n乾順又遣使。\n').filter((one) => one.startsWith('persName'))).toEqual([
      'persName 乾順',
      'persName 乾順',
    ]);
  });

  test('a place without its tail, where the text has it whole too', () => {
    expect(named('繼遷攻清遠軍。\n楊瓊聞清遠陷，不前。\n')).toEqual(
      expect.arrayContaining(['placeName 清遠軍', 'placeName 清遠']),
    );
  });

  test('a longer word of another kind holds no place: 大都 in 大都督府', () => {
    expect(named('充大都督府主。\n')).not.toContain('placeName 大都');
  });

  test('members of a list of tribes of which one is known; 西蕃 is no name', () => {
    expect(named('牛羊、康奴二族襲西蕃。\n')).toEqual(['orgName 牛羊', 'orgName 康奴']);
  });

  test('whom the editor knows is no second entity', () => {
    const authority = {
      ...emptyAuthority,
      persons: [{ id: 'li-jiqian', name: '李繼遷', surname: '李' }],
      orgs: [
        { id: 'song', name: '宋', kind: 'state' },
        { id: 'xia', name: '西夏', kind: 'state' },
      ],
    };
    const source = readSource('test.txt', new TextEncoder().encode('夏人侵宋麟州，繼遷遣使。\n趙保吉請降於宋。\n'));
    const { annotations, proposed } = annotate(source, { authority, start, propose: loadProposing() }, () => {});
    const refs = annotations.flatMap((one) => (one.type === 'orgName' ? [`${one.quote} ${one.ref} ${one.rule}`] : []));
    expect(refs).toEqual(['夏 xia tagger', '宋 song name', '宋 song name']);
    expect(proposed.orgs).toEqual([]);
    expect(proposed.persons.map(({ name }) => name)).not.toContain('李繼遷');
  });

  test('states beside states', () => {
    expect(named('宋、夏修好。\n').slice(0, 2)).toEqual(['orgName 宋', 'orgName 夏']);
  });

  test('simplified characters are read by the same rules, and stay as they are', () => {
    expect(named('夏人攻宋麟州，宋遣知灵州裴济御之。\n')).toEqual([
      'orgName 夏',
      'orgName 宋',
      'placeName 麟州',
      'orgName 宋',
      'placeName 灵州',
      'persName 裴济',
    ]);
  });

  test('of two persons of one name the one of the time, with its years', () => {
    const { persons } = run('景德三年，以李德明為西平王。\n德明遣使入貢，宋帝賜之。\n').proposed;
    const found = persons.filter(({ name }) => name === '李德明');
    expect(found).toMatchObject([{ surname: '李', birth: '0981', death: '1032' }]);
    expect(found[0]).not.toHaveProperty('alternatives');
  });

  test('a name of two characters that the lexicon has, at the head of a clause or behind an office', () => {
    expect(named('章得象兼樞密使，晏殊加平章事。\n')).toContain('persName 晏殊');
  });

  test('a given name and what its bearer does are no name of two characters', () => {
    expect(named('宋遣知靈州裴濟禦之。\n孤軍絕援，濟剌指血染奏，求救甚急。\n')).not.toContain('persName 濟剌');
  });

  test('a form that one rare character always follows goes on with it', () => {
    const text = '邊將阿嚕岱率兵詰之。\n伏兵澗中，阿嚕岱口中流矢而死。\n詔索殺阿嚕岱者。\n';
    expect(named(text).filter((one) => one.includes('阿嚕'))).toEqual(Array(3).fill('persName 阿嚕岱'));
  });

  test('others of the name who may be meant, with their chances', () => {
    const { proposed, annotations } = run('紹興元年，慕洧叛降夏國。\n');
    const person = proposed.persons.find(({ name }) => /^慕/u.test(name))!;
    expect(person.alternatives?.[0]?.degree).toBeLessThanOrEqual(0.5);
    expect(annotations.find(({ type }) => type === 'persName')).toMatchObject({ quote: '慕洧', cert: 'low' });
  });

  test('a given name alone is the person of that name and time', () => {
    const { annotations, proposed } = run('大定十年，夏國遣使。\n仁孝上表謝，金主許之。\n');
    expect(annotations.some(({ quote, type }) => quote === '仁孝' && type === 'persName')).toBe(true);
    expect(proposed.persons.map(({ name }) => name)).toContain('李仁孝');
  });

  test('a name never crosses punctuation', () => {
    const { annotations, source } = run(readFileSync(new URL('../corpus/xixiaji-03.txt', import.meta.url), 'utf8'));
    const crossing = annotations.filter(
      ({ type, start: from, end }) => /Name$/.test(type) && /[，。；：？！（）]/u.test(source.text.slice(from, end)),
    );
    expect(crossing).toEqual([]);
  });
});

describe('the tagger', () => {
  test('labels become spans', () => {
    const path = ['O', 'B-persName', 'I-persName', 'B-persName', 'O', 'B-orgName'].map((label) =>
      labels.indexOf(label as (typeof labels)[number]),
    );
    expect(spansOf(path)).toEqual([
      { start: 1, end: 3, type: 'persName' },
      { start: 3, end: 4, type: 'persName' },
      { start: 5, end: 6, type: 'orgName' },
    ]);
  });

  test('inside follows only its own beginning, whatever the weights say', () => {
    const count = labels.length;
    const weights = new Float32Array(64 * count).fill(0);
    for (let slot = 0; slot < 64; slot++) weights[slot * count + 2] = 5;
    const model: TaggerModel = { slots: 64, weights, transitions: new Float32Array(count * count) };
    const path = decode(featuresOf(tokenise('一二，三', [], loadLexicon()), 0, 4, 64), model);
    const stray = [...path].filter(
      (label, at) => label % 2 === 0 && label > 0 && ![label, label - 1].includes(path[at - 1]!),
    );
    expect(path).toContain(2);
    expect(stray).toEqual([]);
  });

  test('dates, citations, marks and drawn characters are one token each', () => {
    const text = '三月，<者多>樹&KR1234;（《宋史》）';
    const tokens = tokenise(
      text,
      [
        { start: 0, end: 2, kind: 'date' },
        { start: text.indexOf('《'), end: text.indexOf('》') + 1, kind: 'bibl' },
      ],
      loadLexicon(),
    );
    expect([...tokens.units.subarray(0, tokens.count)]).toEqual([0, 2, 3, 7, 8, 16, 17, 21]);
  });
});

describe('what ships', () => {
  test('the catalogue has its works once, and each says what it is', () => {
    expect(lexiconWorks.length).toBeGreaterThanOrEqual(200);
    expect(new Set(lexiconWorks.map(({ id }) => id)).size).toBe(lexiconWorks.length);
    expect(lexiconWorks.find(({ id }) => id === 'changbian')?.covers).toMatchObject({
      45: '咸平2',
      47: '咸平3',
      54: '咸平6',
    });
  });

  test('every lexicon names its origin', () => {
    const folder = new URL('../src/lexicon/', import.meta.url);
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
      expect(JSON.parse(readFileSync(new URL(file, folder), 'utf8')).origin, file).toMatch(/written/i);
    }
  });

  const corpora = new URL('../../shared/corpora/', import.meta.url);
  test.skipIf(!existsSync(corpora))('the training annotations fit their texts (../shared at hand)', () => {
    const folder = new URL('../corpus/training/', import.meta.url);
    let characters = 0;
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
      const passage = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as {
        file: string;
        sha256: string;
        end: number;
        spans: [number, number, string][];
      };
      const own = passage.file.startsWith('./');
      const content = readFileSync(new URL(passage.file, own ? folder : corpora), 'utf8');
      const text = own ? content : readingText(content);
      expect(createHash('sha256').update(text).digest('hex')).toBe(passage.sha256);
      expect(passage.end).toBeLessThanOrEqual(new TextIndex(text).length);
      let last = 0;
      for (const [from, to] of passage.spans) {
        expect(from).toBeGreaterThanOrEqual(last);
        last = to;
      }
      characters += passage.end;
    }
    expect(characters).toBeGreaterThanOrEqual(60_000);
  });
});
