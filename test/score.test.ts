import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { confusions } from '../src/annotate/confusions.ts';
import { type Identity, keyOf, matchesKey } from '../src/annotate/identity.ts';
import { type FoundSpan, type GoldSpan, scoredTypes, scoreSpans } from '../src/annotate/score.ts';
import { convertDocument } from '../src/commands/convert-document.ts';
import { readEditionConfig } from '../src/config/edition-config.ts';
import { readIdentities } from '../src/tei/read-identities.ts';

const entity = (...names: string[]): Identity => ({ kind: 'entity', names });
const date = (custom?: string, vague = false): Identity => ({
  kind: 'date',
  vague,
  ...(custom === undefined ? {} : { custom }),
});
const work = (written: { title?: string; section?: string; juan?: number[] }, ...titles: string[]): Identity => ({
  kind: 'work',
  titles,
  juan: [],
  ...written,
});

describe('a key and an identity', () => {
  const same: readonly [string, Identity][] = [
    ['李繼遷', entity('李繼遷', '夏太祖')],
    ['夏太祖', entity('李繼遷', '夏太祖')],
    ['宋太宗', entity('太宗')],
    ['咸平4-11-甲午', date('咸平4-11-27')],
    ['咸平4-11-27', date('咸平4-11-甲午')],
    ['咸平6-閏5', date('咸平6-閏5')],
    ['嘉佑2-3', date('嘉祐2-3')],
    ['西夏大慶1', date('西夏大慶1')],
    ['?', date()],
    ['至道?', date('至道中', true)],
    ['續資治通鑑長編||44、49', work({ title: '長編', juan: [44, 49] }, '續資治通鑑長編', '長編')],
    ['宋史|真宗本紀|', work({ title: '宋史', section: '真宗紀' }, '宋史')],
    ['宋史|李繼和傳|', work({ section: '繼和傳' }, '宋史')],
    ['遼史|聖宗本紀|', work({ title: '遼紀' }, '遼史')],
  ];
  test.each(same)('%s is %j', (key, identity) => expect(matchesKey(key, identity)).toBe(true));

  const different: readonly [string, Identity][] = [
    ['李繼遷', entity('繼遷')],
    ['李繼遷', entity()],
    ['宋太宗', entity('宋太祖')],
    ['咸平4-11-甲午', date('咸平4-11-28')],
    ['咸平4-11', date('咸平4-11-27')],
    ['咸平6-閏5', date('咸平6-5')],
    ['咸平2', date('至道2')],
    ['咸平2', date('咸平中', true)],
    ['?', date('咸平2')],
    ['至道?', date('至道2')],
    ['宋史||', work({ title: '宋史', section: '夏國傳' }, '宋史')],
    ['宋史|夏國傳|', work({ title: '宋史', section: '吐蕃傳' }, '宋史')],
    ['宋史|夏國傳|', work({ title: '宋史' }, '宋史')],
    ['宋史|夏國傳|', work({ section: '夏國傳' }, '國史')],
    ['續資治通鑑長編||44、49', work({ title: '長編', juan: [44] }, '續資治通鑑長編')],
  ];
  test.each(different)('%s is not %j', (key, identity) => expect(matchesKey(key, identity)).toBe(false));

  test('an identity in the notation of the keys', () => {
    expect(keyOf(entity('王超', '超'))).toBe('王超');
    expect(keyOf(entity())).toBe('?');
    expect(keyOf(date('咸平4-11-27'))).toBe('咸平4-11-27');
    expect(keyOf(work({ title: '長編', juan: [44, 49] }, '續資治通鑑長編'))).toBe('續資治通鑑長編||44、49');
  });
});

describe('confusions', () => {
  const text = [...'保靜保靜夏人李璠遇宋'];
  const slice = (start: number, end: number): string => text.slice(start, end).join('');
  const gold: GoldSpan[] = [
    { start: 0, end: 2, type: 'placeName', key: '保靜縣' },
    { start: 2, end: 4, type: 'placeName', key: '保靜縣' },
    { start: 4, end: 5, type: 'orgName', key: '西夏' },
    { start: 6, end: 8, type: 'persName', key: '李璠' },
  ];
  const found: FoundSpan[] = [
    { start: 0, end: 2, type: 'persName', identity: entity('保靜') },
    { start: 2, end: 4, type: 'persName', identity: entity('保靜') },
    { start: 4, end: 5, type: 'orgName', identity: entity('夏') },
    { start: 6, end: 9, type: 'persName', identity: entity('李璠遇') },
    { start: 9, end: 10, type: 'orgName', identity: entity('宋') },
  ];

  test('of types, ends and keys, most frequent first', () => {
    const list = confusions(scoreSpans(gold, found), slice).map(
      ({ kind, gold: meant, found: got, count, first }) =>
        `${count} ${kind} ${meant?.type ?? '-'} ${meant?.key ?? '-'} ${got?.type ?? '-'} ${got?.text ?? '-'} ${first}`,
    );
    expect(list).toEqual([
      '2 type placeName 保靜縣 persName 保靜 0',
      '1 key orgName 西夏 orgName 夏 4',
      '1 extra - - orgName 宋 9',
      '1 boundary persName 李璠 persName 李璠遇 6',
    ]);
  });

  test('keys are counted among the spans that are right', () => {
    const org = scoreSpans(gold, found).types.find(({ type }) => type === 'orgName');
    expect(org).toMatchObject({ gold: 1, found: 2, correct: 1, keys: 1, keysCorrect: 0, keyAccuracy: 0 });
    expect(scoreSpans(gold, gold).types.find(({ type }) => type === 'placeName')).toMatchObject({
      correct: 2,
      keys: 0,
    });
  });
});

describe('juan 3 with its authority files, as TEI', () => {
  const path = (name: string): URL => new URL(`../${name}`, import.meta.url);
  const edition = readEditionConfig(path('edition.json').pathname, () => {})!;
  const bytes = readFileSync(path('corpus/xixiaji-03.txt'));
  const { tei } = convertDocument(bytes, edition.documents[0]!, edition, 'test', () => {})!;
  const gold = readFileSync(path('corpus/gold/xixiaji-03.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as GoldSpan);
  const score = scoreSpans(gold, readIdentities(tei.xml));

  test.each(scoredTypes)('%s: every span and every key', (type) => {
    const found = score.types.find((one) => one.type === type)!;
    expect(found.f1).toBeGreaterThanOrEqual(0.985);
    expect(found.keys).toBe(found.correct);
  });

  test('no wrong key', () => {
    expect(score.differences.filter(({ kind }) => kind === 'key')).toEqual([]);
  });
});
