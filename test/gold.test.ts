import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Score } from '../src/annotate/score.ts';
import {
  type AnnotatedGold,
  annotateGold,
  defaultCorpora,
  goldFiles,
  readGoldTexts,
  sample,
  scoreGold,
} from '../src/setup/gold.ts';
import { punctuated, readPassage } from '../src/setup/passage.ts';

type Floors = Readonly<Record<string, number>>;

/** Types with fewer spans in the gold have no floor: one span more or less would break it. */
const enough = 10;
/** What the floors leave open below what is reached. */
const slack = 0.02;

const floorsFile = new URL('./fixtures/gold/floors.json', import.meta.url);
const readFloors = (): Readonly<Record<string, Floors>> => JSON.parse(readFileSync(floorsFile, 'utf8'));
const texts = readGoldTexts(defaultCorpora)
  .filter(({ name }) => name !== sample)
  .map(annotateGold);
const others = goldFiles.filter(({ name }) => name !== sample);

/** What has a floor: F1 of each type, and how many of the dates that are right have the right key. */
function measures({ types }: Score): Floors {
  return Object.fromEntries(
    types
      .filter(({ gold }) => gold >= enough)
      .flatMap(({ type, f1, keyAccuracy }) => [
        [type, f1],
        ...(type === 'date' ? [['date keys', keyAccuracy] as const] : []),
      ]),
  );
}

function expectFloors(name: string, annotated: readonly AnnotatedGold[]): void {
  const floors = readFloors()[name];
  for (const [measure, reached] of Object.entries(measures(scoreGold(annotated)))) {
    expect(reached, `${name} ${measure}`).toBeGreaterThanOrEqual(floors?.[measure] ?? 1);
  }
}

/** Floors only rise by themselves; to lower one, write it by hand. */
function raise(name: string, annotated: readonly AnnotatedGold[]): readonly [string, Floors] {
  const floors = readFloors()[name];
  const risen = Object.entries(measures(scoreGold(annotated))).map(([measure, reached]) => {
    const floor = Math.floor((reached - slack) * 100) / 100;
    return [measure, Math.max(floor, floors?.[measure] ?? 0)] as const;
  });
  return [name, Object.fromEntries(risen)];
}

describe('gold of other works, without any authority file', () => {
  const of = (name: string): AnnotatedGold[] => texts.filter((text) => text.name === name);
  const isComplete = texts.length === others.length;

  test.runIf(process.env.UPDATE && isComplete)('floors rise (UPDATE=1)', () => {
    const risen = [...others.map(({ name }) => raise(name, of(name))), raise('together', texts)];
    writeFileSync(floorsFile, `${JSON.stringify(Object.fromEntries(risen), null, 2)}\n`);
  });

  for (const { name, title } of others) {
    test.skipIf(of(name).length === 0)(`${title} holds its floors`, () => expectFloors(name, of(name)));
  }

  test.skipIf(!isComplete)('all together hold theirs', () => expectFloors('together', texts));

  test('spans stand in order, inside the text, each with a key', () => {
    for (const { name, text, gold } of texts) {
      let last = 0;
      for (const { start, end, key } of gold) {
        expect(start, name).toBeGreaterThanOrEqual(last);
        expect(end, name).toBeGreaterThan(start);
        expect(key, name).toBeTruthy();
        last = end;
      }
      expect(last, name).toBeLessThanOrEqual([...text].length);
    }
  });
});

describe('a passage with its punctuation', () => {
  test('marks go before their character, spans move with it', () => {
    const passage = { text: '夏人攻麟府', spans: [[3, 4, 'placeName', '麟州']] as const, marks: [[4, '、']] as const };
    expect(punctuated(passage)).toEqual({ text: '夏人攻麟、府', spans: [[3, 4, 'placeName', '麟州']] });
  });

  test('a note in double lines loses its slash, its parentheses become those of readers, a citation takes in its 《》', () => {
    const marks = [
      [2, '（', 1],
      [3, '《'],
      [4, '', 1],
      [6, '》。）\n', 1],
    ] as const;
    const passage = { text: '四月(長/編)', spans: [[3, 6, 'bibl']] as const, marks };
    expect(punctuated(passage)).toEqual({ text: '四月（《長編》。）\n', spans: [[3, 7, 'bibl']] });
  });

  test('a text that is not the one annotated is refused', () => {
    const folder = mkdtempSync(join(tmpdir(), 'weibian-'));
    writeFileSync(join(folder, 'a.txt'), '四月\n');
    const write = (hashes: object): void =>
      writeFileSync(
        join(folder, 'a.json'),
        JSON.stringify({ file: './a.txt', end: 2, spans: [], marks: [], ...hashes }),
      );
    write({ sha256: 'no' });
    expect(() => readPassage(folder, 'a.json', folder)).toThrow('a.txt: the text is not the one');
    const sha256 = createHash('sha256').update('四月\n').digest('hex');
    write({ sha256, punctuatedSha256: 'no' });
    expect(() => readPassage(folder, 'a.json', folder)).toThrow('a.json: the marks do not give');
  });
});
