import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { composeBook, type PrintOptions, readBook } from '../src/edition/build-print.ts';
import type { Book } from '../src/layout/book.ts';
import type { Drawn } from '../src/layout/drawing.ts';
import { makeFormat } from '../src/layout/format.ts';
import { makeHorizontal } from '../src/layout/horizontal/format.ts';
import { setLevelPart } from '../src/layout/horizontal/matter.ts';
import { heightOf, sizeOf } from '../src/layout/horizontal/styles.ts';
import { type MatterEntry, type Part, sortEntities, writeFolios } from '../src/layout/matter.ts';
import { setPart } from '../src/layout/matter-columns.ts';
import type { Sheets } from '../src/layout/sheet.ts';
import { lengthOf } from '../src/layout/vertical-text.ts';

const xml = readFileSync(new URL('./fixtures/tei/sample.xml', import.meta.url), 'utf8');
let book: Book;
beforeAll(async () => {
  book = await readBook({ path: 'sample.xml', xml }, () => {});
});

/** All that is written on a sheet, artifacts too. */
function written(drawn: readonly Drawn[]): string {
  return drawn
    .map((one) =>
      one.kind === 'glyph' ? one.char : one.kind === 'level' ? one.chars : one.kind === 'sideways' ? one.text : '',
    )
    .join('');
}

const titles = ({ sheets }: Sheets): string[] =>
  sheets.flatMap(({ outline = [] }) => outline.filter(({ level }) => level === 1)).map(({ title }) => title);

/** What the sheets of the part with a title say. */
function partText(made: Sheets, title: string): string {
  const from = made.sheets.findIndex(({ outline }) => outline?.some((entry) => entry.title === title));
  const to = made.sheets.findIndex(({ outline }, index) => index > from && outline?.some(({ level }) => level === 1));
  return made.sheets
    .slice(from, to < 0 ? -1 : to)
    .map(({ drawn }) => written(drawn))
    .join('');
}

const parts = ['凡例', '目錄', '卷三', '字形表', '人名索引', '地名索引', '國族索引', '書名索引', '校改表'];

test('the vocabulary has entities, principles, signed interventions and the Western year', () => {
  expect(book.entities).toContainEqual({ id: 'pers.li-jiqian', of: 'person', heading: '李繼遷', names: ['繼遷'] });
  expect(book.principles!.map(({ name }) => name)).toEqual([
    'correction',
    'normalization',
    'punctuation',
    'interpretation',
  ]);
  expect(book.juans[0]!.blocks[0]).toMatchObject({ kind: 'year', western: '999' });
  const text = JSON.stringify(book.juans);
  expect(text).toContain('"kind":"name","key":"place.hexi","of":"place"');
  expect(text).toContain('"kind":"title","key":"work.changbian","of":"work"');
  expect(text).toContain(
    JSON.stringify({
      kind: 'intervention',
      of: 'correction',
      text: '繼選',
      reading: '繼遷',
      by: 'Names in the authority files, in context',
      cert: 'medium',
    }),
  );
  expect(text).toContain('"of":"supplied","text":"揮","by":"the transcriber of the source"');
});

const presets: Readonly<Record<string, NonNullable<PrintOptions['format']>>> = {
  vertical: {},
  horizontal: { kind: 'horizontal' },
};

for (const [name, format] of Object.entries(presets)) {
  describe(`parts of the ${name} book`, () => {
    test('stand in their order around the text', () => {
      // The horizontal book has no list of characters of its own.
      const expected = name === 'horizontal' ? parts.filter((part) => part !== '字形表') : parts;
      expect(titles(composeBook(book, { format }))).toEqual(expected);
    });

    test('are left out on demand, and when they are empty', () => {
      const none = { principles: false, contents: false, indexes: false, interventions: false, glyphs: false };
      expect(titles(composeBook(book, { format, matter: none }))).toEqual(['卷三']);
      const bare = { id: book.id, front: book.front, juans: book.juans.map((juan) => ({ ...juan, blocks: [] })) };
      expect(titles(composeBook(bare, { format }))).toEqual(['目錄', '卷三']);
    });

    test('indexes have headword, other names and folios; the list of interventions signs', () => {
      const made = composeBook(book, { format });
      const folio = name === 'vertical' ? '卷三·一上' : '1';
      const persons = partText(made, '人名索引');
      expect(persons).toContain(`李繼遷（繼遷）${folio}`);
      expect(persons).toContain(`蒙異保（蒙吉布）${folio}`);
      expect(partText(made, '書名索引')).toContain(`續資治通鑑長編（長編）${folio}`);
      const interventions = partText(made, '校改表');
      for (const said of ['繼選', '疑當作「繼遷」（甲，未確）', '補字（乙）', '缺字，底本作「<者多>」', '署名']) {
        expect(interventions.replaceAll('　', '')).toContain(said);
      }
      expect(partText(made, '凡例').replaceAll(' ', '')).toContain('Correctionsareproposals');
    });

    test('the contents say where juan, years and parts begin', () => {
      const contents = partText(composeBook(book, { format }), '目錄');
      const back = name === 'vertical' ? '一上' : '2';
      expect(contents).toContain(name === 'vertical' ? '卷三一上咸平二年一上' : '卷三1咸平二年1');
      expect(contents).toContain(`人名索引${back}`);
    });
  });
}

test('labels: parts in columns have leaves of their own, horizontal front matter has Chinese folios', () => {
  const labels = (format: { kind: 'horizontal' } | object): string[] =>
    composeBook(book, { format }).sheets.map(({ label }) => label);
  expect(labels({}).slice(0, 7)).toEqual([
    '內封',
    '牌記',
    '凡例·一上',
    '凡例·一下',
    '目錄·一上',
    '目錄·一下',
    '卷三·一上',
  ]);
  expect(labels({ kind: 'horizontal' })).toEqual([
    '書名頁',
    '版本說明',
    '一',
    '二',
    '1',
    '2',
    '3',
    '4',
    '5',
    '6',
    // The colophon stands on the last page of a leaf.
    '空白',
    '版權頁',
  ]);
});

test('title page, edition statement and colophon of a horizontal book say what the header says', () => {
  const { sheets } = composeBook(book, { format: { kind: 'horizontal' } });
  expect(written(sheets[0]!.drawn)).toContain('西夏紀卷三戴錫章');
  for (const said of ['據一九二四年西夏紀重編', '二〇二六年十一月二十三日刊行', 'Exampleedition']) {
    expect(written(sheets[1]!.drawn).replaceAll(' ', '')).toContain(said);
  }
  for (const said of ['CC01.0', 'urn:x-weibian:sample-03', '版式']) {
    expect(written(sheets.at(-1)!.drawn).replaceAll(' ', '')).toContain(said);
  }
});

test('the text of a horizontal book begins on a right page', () => {
  const { sheets } = composeBook(book, { format: { kind: 'horizontal' }, matter: { principles: false } });
  expect(sheets.findIndex(({ label }) => label === '1') % 2).toBe(0);
});

test('order of the indexes: strokes or pinyin, equal headwords by id', () => {
  const entities = [
    ['b', '李繼遷'],
    ['c', '丁惟清'],
    ['d', '安晏'],
    ['a', '李繼遷'],
  ].map(([id, heading]) => ({ id: id!, of: 'person' as const, heading: heading!, names: [] }));
  expect(sortEntities(entities, 'stroke').map(({ id }) => id)).toEqual(['c', 'd', 'a', 'b']);
  expect(sortEntities(entities, 'pinyin').map(({ id }) => id)).toEqual(['d', 'c', 'a', 'b']);
});

test('folios of a juan stand together', () => {
  const [third, fourth] = ['卷三', '卷四'];
  expect(
    writeFolios([
      { juan: third!, leaf: '一上' },
      { juan: third!, leaf: '二下' },
      { juan: fourth!, leaf: '一上' },
    ]),
  ).toBe('卷三·一上、二下，卷四·一上');
  expect(
    writeFolios([
      { juan: '', leaf: '1' },
      { juan: '', leaf: '4' },
    ]),
  ).toBe('1、4');
});

const words = fc
  .string({ unit: fc.constantFrom(...'天地玄黃宇宙，。、（）「」abc 1'), minLength: 1, maxLength: 120 })
  .filter((text) => text.trim() !== '');

const entryArbitrary: fc.Arbitrary<MatterEntry> = fc.oneof(
  words.map((text): MatterEntry => ({ kind: 'section', text: text.slice(0, 8) })),
  words.map((text): MatterEntry => ({ kind: 'paragraph', text })),
  fc
    .tuple(words, fc.constantFrom(1 as const, 2 as const))
    .map(([text, level]): MatterEntry => ({ kind: 'line', level, text, folio: '一上' })),
  fc.tuple(words, words).map(([head, text]): MatterEntry => ({ kind: 'item', head: [head], text: [text] })),
);

const partArbitrary: fc.Arbitrary<Part> = fc.oneof(
  fc.array(entryArbitrary, { maxLength: 40 }).map((entries): Part => ({ title: '凡例', entries })),
  fc.array(fc.tuple(words, words), { maxLength: 60 }).map(
    (items): Part => ({
      title: '索引',
      index: true,
      entries: items.map(([head, text]): MatterEntry => ({ kind: 'item', head: [head], text: [text] })),
    }),
  ),
);

/** Text of a part without white space, which may be lost at the ends of lines. */
const textOfPart = ({ title, entries }: Part): string =>
  [
    title,
    ...entries.map((entry) =>
      entry.kind === 'item'
        ? `${entry.head.join('')}${entry.text.join('')}`
        : entry.text + (entry.kind === 'line' ? entry.folio : ''),
    ),
  ]
    .join('')
    .replace(/\s/gu, '');

describe('long parts flow over pages', () => {
  test('in columns: all text in its order, nothing below the register, columns enough', () => {
    const format = makeFormat();
    fc.assert(
      fc.property(partArbitrary, (part) => {
        const leaves = setPart(part, format, 0);
        expect(leaves.length % 2).toBe(0);
        const columns = leaves.flatMap((leaf) => leaf.columns.flat());
        const text = columns.flatMap(({ segments }) => segments.map((one) => one.text as string)).join('');
        expect(text.replace(/\s/gu, '')).toBe(textOfPart(part));
        for (const leaf of leaves) {
          expect(leaf.columns.length).toBeLessThanOrEqual(leaf.registers);
          for (const register of leaf.columns) expect(register.length).toBeLessThanOrEqual(13);
          const room = leaf.registers === 2 ? 17.2 : 35.6;
          for (const { text, at, size } of leaf.columns.flat().flatMap(({ segments }) => segments)) {
            // One closing mark may hang.
            expect(at + lengthOf((text as string).replace(/[，。、）」]$/u, ''), size, 1.14)).toBeLessThanOrEqual(
              room + 0.5,
            );
          }
        }
      }),
      { numRuns: 150, seed: 3 },
    );
  });

  test('in lines: all text in its order, nothing below the page or beside the measure', () => {
    fc.assert(
      fc.property(
        partArbitrary,
        fc.integer({ min: 16, max: 40 }),
        fc.integer({ min: 10, max: 40 }),
        (part, characters, lines) => {
          const format = makeHorizontal({ characters, lines });
          const pages = setLevelPart(part, format);
          const text = pages
            .flat()
            .flatMap(({ cells }) => cells.map((cell) => cell.text))
            .join('');
          expect(text.replace(/\s/gu, '')).toBe(textOfPart(part));
          for (const line of pages.flat()) {
            expect(line.y + heightOf(line.style, format)).toBeLessThanOrEqual(lines + 1e-6);
            const last = line.cells.at(-1);
            if (last)
              expect(last.x + last.width).toBeLessThanOrEqual(characters / sizeOf(line.style, format) + 1 + 1e-6);
          }
        },
      ),
      { numRuns: 150, seed: 3 },
    );
  });
});
