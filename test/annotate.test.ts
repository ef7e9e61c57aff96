import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { annotate } from '../src/annotate/annotate.ts';
import type { Annotation } from '../src/annotate/annotation.ts';
import { scoredTypes, scoreSpans, type TypedSpan } from '../src/annotate/score.ts';
import type { Authority } from '../src/authority/authority.ts';
import { parseCivilText } from '../src/calendar/civil-date.ts';
import { readEditionConfig } from '../src/config/edition-config.ts';
import type { Diagnostic } from '../src/core/diagnostic.ts';
import { readSource } from '../src/source/source-document.ts';
import { groupByYear } from '../src/tei/body.ts';
import { cases, expectFile } from './fixture-folders.ts';

const authority = JSON.parse(readFileSync(new URL('fixtures/authority.json', import.meta.url), 'utf8')) as Authority;

/** One line per annotation: type, text, what it was resolved to, who says so. */
function show(annotation: Annotation, text: (start: number, end: number) => string): string {
  const { type, quote, rule, cert } = annotation;
  const signed = cert ? `${rule} ${cert}` : rule;
  const corrected = type !== 'date' && annotation.correction ? ` → ${annotation.correction.corr}` : '';
  switch (type) {
    case 'bibl': {
      const parts = annotation.parts.map(
        (part) => `${part.kind} ${text(part.start, part.end)}${part.n ? `=${part.n}` : ''}`,
      );
      return `bibl ${quote}: ${annotation.work ?? '?'} [${parts.join('; ')}]${corrected} (${signed})`;
    }
    case 'date': {
      const { resolved } = annotation;
      return `date ${quote}: ${resolved ? `${resolved.custom} ${resolved.from}/${resolved.to}` : '?'} (${signed})`;
    }
    default:
      return `${type} ${quote}: ${annotation.ref}${corrected} (${signed})`;
  }
}

describe('one rule a case', () => {
  for (const { name, folder } of cases('annotate')) {
    test(name, () => {
      const diagnostics: Diagnostic[] = [];
      const source = readSource('input.txt', readFileSync(join(folder, 'input.txt')));
      const startFile = join(folder, 'start.txt');
      const start = parseCivilText(existsSync(startFile) ? readFileSync(startFile, 'utf8').trim() : '咸平二年');
      const text = annotate(source, { authority, ...(start ? { start } : {}) }, (found) => diagnostics.push(found));
      const slice = (from: number, to: number) => source.text.slice(from, to);
      const lines = [
        ...text.annotations.map((annotation) => show(annotation, slice)),
        ...text.notes.map(({ type, start: from, end, commentary }) => {
          const rest = commentary ? ` | ${slice(commentary.start, commentary.end)}` : '';
          return `note ${type} ${slice(from, end)}${rest}`;
        }),
        ...text.variants.map(({ lemma, reading, work }) => {
          return `variant ${slice(lemma.start, lemma.end)} ${work ?? '?'} ${slice(reading.start, reading.end)}`;
        }),
        ...text.entries.map(({ n, year, date }) => `entry ${n} ${year?.label ?? '?'} ${date?.custom ?? ''}`.trimEnd()),
        ...diagnostics.map(
          ({ code, range, message }) => `${range!.start.line}:${range!.start.column} ${code} ${message}`,
        ),
      ];
      for (const { start: from, end, quote } of text.annotations) expect(slice(from, end)).toBe(quote);
      expectFile(join(folder, 'expected.txt'), `${lines.join('\n')}\n`);
    });
  }
});

describe('juan 3 with its authority files', () => {
  const file = (path: string) => new URL(`../${path}`, import.meta.url);
  const edition = readEditionConfig(new URL('../edition.json', import.meta.url).pathname, () => {})!;
  const source = readSource('xixiaji-03.txt', readFileSync(file('corpus/xixiaji-03.txt')));
  const start = parseCivilText(edition.documents[0]!.start!)!;
  const diagnostics: Diagnostic[] = [];
  const text = annotate(source, { authority: edition.authority, start }, (found) => diagnostics.push(found));
  const gold = readFileSync(file('corpus/gold/xixiaji-03.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as TypedSpan & { key: string });

  for (const type of scoredTypes) {
    test(`${type} agrees with the gold`, () => {
      const score = scoreSpans(gold, text.annotations).types.find((one) => one.type === type)!;
      expect(score.f1).toBeGreaterThanOrEqual(0.985);
    });
  }

  test('every date has the key of the gold', () => {
    const found = new Map(text.annotations.flatMap((one) => (one.type === 'date' ? [[one.start, one]] : [])));
    const wrong = gold
      .filter(({ type }) => type === 'date')
      .flatMap(({ start: at, key }) => {
        const date = found.get(at);
        const custom = date?.resolved?.custom;
        if (key.endsWith('?'))
          return custom?.startsWith(key.slice(0, -1)) && date?.resolved?.vague ? [] : [{ key, custom }];
        // The gold may name the day by its pair, where the edition has its number.
        const pair = /-(\p{Script=Han}{2})$/u.exec(key);
        const same = pair ? custom?.replace(/-\d+$/, '') === key.slice(0, pair.index) : custom === key;
        return same ? [] : [{ key, custom }];
      });
    expect(wrong).toEqual([]);
  });

  test('years and entries', () => {
    const years = groupByYear(text.entries).map(({ year, entries }) => `${year} ${entries.length}`);
    expect(years).toEqual(['咸平2 8', '咸平3 8', '咸平4 12', '咸平5 17', '咸平6 23']);
  });

  test('the check values of the calendar', () => {
    const dates = text.annotations.flatMap((one) => (one.type === 'date' && one.resolved ? [one.resolved] : []));
    expect(dates).toContainEqual(expect.objectContaining({ custom: '咸平2-9', from: '0999-10-17', to: '0999-11-15' }));
    expect(dates).toContainEqual(
      expect.objectContaining({ custom: '咸平4-11-27', from: '1001-12-20', to: '1001-12-20' }),
    );
    expect(dates).toContainEqual(expect.objectContaining({ custom: '咸平4-8-9' }));
    expect(dates.find(({ custom }) => custom === '咸平2-12')?.to).toBe('1000-02-12');
  });

  test('長編 54 is cited under 咸平五年: reported, not changed', () => {
    const found = diagnostics.filter(({ code }) => code === 'annotate/source-disagrees');
    expect(found.map(({ message }) => message)).toEqual(
      Array.from({ length: 2 }, () => expect.stringContaining('juan 54 covers 咸平6')),
    );
  });
});
