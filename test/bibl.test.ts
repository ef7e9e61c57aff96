import { describe, expect, test } from 'vitest';
import { findBibl } from '../src/annotate/bibl.ts';
import { fold } from '../src/core/fold.ts';
import { lexiconWorks } from '../src/lexicon/lexicon.ts';
import { readSource } from '../src/source/source-document.ts';

const cited = (text: string): string[] =>
  findBibl(readSource('test.txt', new TextEncoder().encode(text)), lexiconWorks, [], () => {}).map(
    ({ quote, work }) => `${quote} ${work ?? '?'}`,
  );

describe('citations without title marks', () => {
  test('in a text without punctuation', () => {
    expect(cited('按宋史夏國傳云元昊遣使據續資治通鑑長編卷一百二十三及隆平集修入')).toEqual([
      '宋史夏國傳 songshi',
      '續資治通鑑長編卷一百二十三 changbian',
      '隆平集 longping-ji',
    ]);
  });

  test('none in prose that only sounds like titles', () => {
    const prose = [
      '遣實錄院檢討官齎國史院所藏以進，又召尚書某、拾遺某。',
      '春秋已高，新舊臣僚皆博通典故，日記千言。',
      '以忠孝經略環慶，大綱目前未舉，其節要在得人。',
      '宋書至，不受；遺西夏書曰：「通考驗其實。」孟子曰善。',
    ];
    expect(prose.flatMap(cited)).toEqual([]);
  });

  test('a malformed file costs no more than a good one', () => {
    const started = performance.now();
    for (const mark of ['《', '》', '〈', '《宋史', '長編》', '《長編》四十四及', '《宋史》及甲、'])
      cited(mark.repeat(10_000));
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

describe('the shipped catalogue', () => {
  test('titles that are ordinary words are titles of their work, and pages of juan have the place for a number', () => {
    for (const { id, title, names = [], ordinary = [], passage = '{juan}', link = 'https://' } of lexiconWorks) {
      const titles = [title, ...names.map(({ text }) => text)];
      expect(
        ordinary.filter((one) => !titles.includes(one)),
        id,
      ).toEqual([]);
      expect(passage, id).toMatch(/\{juan(:\d)?\}/);
      expect(link, id).toMatch(/^https:\/\//);
    }
  });

  test('no title names two works', () => {
    const seen = new Map<string, string>();
    for (const { id, title, names = [] } of lexiconWorks) {
      for (const text of [title, ...names.map((name) => name.text)]) {
        const key = fold(text);
        expect(seen.get(key) ?? id, text).toBe(id);
        seen.set(key, id);
      }
    }
  });
});
