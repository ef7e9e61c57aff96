import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Block, type Book, type Inline, textOf } from '../src/layout/book.ts';
import { type Format, makeFormat } from '../src/layout/format.ts';
import { composeIds } from '../src/layout/gaiji.ts';
import { splitNote } from '../src/layout/jiazhu.ts';
import { layoutPages } from '../src/layout/layout.ts';
import { chineseDate, chineseNumber } from '../src/layout/numerals.ts';
import { type Cell, type Page, pageText, type SideLine } from '../src/layout/page.ts';

const fixtures = new URL('./fixtures/layout/', import.meta.url);

function bookOf(blocks: readonly Block[]): Book {
  return { id: 'book', front: { title: '書', authors: [], editors: [] }, juans: [{ label: '卷一', blocks }] };
}

/** Text of the blocks, as the pages must have it: without white space. */
function bodyText(blocks: readonly Block[]): string {
  return blocks.map((block) => (block.kind === 'year' ? '' : textOf(block.content).replace(/\s/gu, ''))).join('');
}

/** Pages as text: a line for a column, `{right|left}` for a note, ° and ' for 句 and 讀, then the side lines. */
function drawPages(pages: readonly Page[], format: Format): string {
  const lines: string[] = [];
  for (const page of pages) {
    lines.push(`${page.juan} ${chineseNumber(page.leaf)}${page.half === 'a' ? '上' : '下'}`);
    for (let column = 0; column < format.columns; column++) {
      const cells = page.cells.filter((cell) => cell.column === column);
      const sideLines = page.sideLines.filter((line) => line.column === column).map(drawLine);
      const anchors = page.anchors.filter((anchor) => anchor.column === column).map(({ kind }) => `<- ${kind}`);
      const rubies = page.rubies
        .filter((ruby) => ruby.column === column)
        .map(({ text, lane, from, to }) => `ruby:${lane}:${from}-${to}=${text}`);
      lines.push([`${column + 1}`, drawColumn(cells), ...sideLines, ...rubies, ...anchors].join(' ').trimEnd());
    }
    lines.push(...drawRuns('brow', page.brow.cells), ...drawRuns('side', page.side));
  }
  return `${lines.join('\n')}\n`;
}

/** Cells of the margin: a line for each column of it, from the row of its first cell. */
function drawRuns(name: string, cells: readonly Cell[]): string[] {
  return [...new Set(cells.map(({ column }) => column))].map((column) => {
    const here = cells.filter((cell) => cell.column === column);
    return `${name} ${column + 1} from ${here[0]!.row}: ${here.map(drawCell).join('')}`;
  });
}

function drawColumn(cells: readonly Cell[]): string {
  // 單抬 stands above the head.
  let text = cells[0]?.row === -1 ? '^' : '';
  let row = Math.min(0, cells[0]?.row ?? 0);
  for (let at = 0; at < cells.length; ) {
    const cell = cells[at]!;
    while (row < Math.floor(cell.row)) {
      text += '　';
      row++;
    }
    if (cell.lane === 'full') {
      text += drawCell(cell);
      row = cell.row + 1;
      at++;
      continue;
    }
    // A fragment ends where the next right half or full cell begins.
    let end = at;
    while (cells[end]?.lane === 'right') end++;
    const middle = end;
    while (cells[end]?.lane === 'left') end++;
    const half = (from: number, to: number): string => cells.slice(from, to).map(drawCell).join('');
    text += `{${half(at, middle)}|${half(middle, end)}}`;
    row = Math.ceil(cells[middle - 1]!.row + 0.5);
    at = end;
  }
  return text;
}

function drawCell(cell: Cell): string {
  const open = cell.bracket && cell.bracket !== 'close' ? '〔' : '';
  const close = cell.bracket && cell.bracket !== 'open' ? '〕' : '';
  const mark = { ju: '°', du: "'" } as const;
  return `${open}${cell.text}${close}${cell.judou ? mark[cell.judou] : ''}${cell.number ?? ''}`;
}

function drawLine({ kind, lane, from, to }: SideLine): string {
  const short = (row: number): string => String(Number(row.toFixed(2)));
  return `${kind}:${lane}:${short(from)}-${short(to)}`;
}

describe('layout fixtures', () => {
  for (const name of readdirSync(fixtures).sort()) {
    test(name, () => {
      const folder = new URL(`${name}/`, fixtures);
      const input = JSON.parse(readFileSync(new URL('input.json', folder), 'utf8')) as {
        format: Partial<Format>;
        blocks: Block[];
      };
      const format = makeFormat(input.format);
      const pages = layoutPages(bookOf(input.blocks), format);
      expect(pages.map(pageText).join('')).toBe(bodyText(input.blocks));
      expectNoOverlap(pages, format);
      const drawn = drawPages(pages, format);
      const expected = new URL('expected.txt', folder);
      if (process.env.UPDATE || !existsSync(expected)) writeFileSync(expected, drawn);
      expect(drawn).toBe(readFileSync(expected, 'utf8'));
    });
  }
});

/** No two cells in one place, no cell outside the grid but a hanging mark. */
function expectNoOverlap(pages: readonly Page[], format: Format): void {
  for (const page of pages) {
    const taken = new Map<string, Cell>();
    for (const cell of page.cells) {
      const key = `${cell.column} ${cell.row.toFixed(3)} ${cell.lane}`;
      expect(taken.get(key), key).toBeUndefined();
      taken.set(key, cell);
      expect(cell.column).toBeLessThan(format.columns);
      const height = cell.lane === 'full' ? 1 : 1 / format.noteDensity;
      const hangs = format.punctuation === 'full' && cell.row === format.rows;
      if (!hangs) expect(cell.row + height).toBeLessThanOrEqual(format.rows + 1e-9);
    }
    for (const cell of page.cells.filter((one) => one.lane !== 'full')) {
      expect(taken.has(`${cell.column} ${Math.floor(cell.row).toFixed(3)} full`)).toBe(false);
    }
  }
}

const textArbitrary = fc.string({
  unit: fc.constantFrom(...'天地玄黃宇宙洪荒𨫼日月盈昃，。、；：？！「」『』（）《》〈〉·—…〔〕 　'),
  maxLength: 60,
});

const inlineArbitrary: fc.Arbitrary<Inline[]> = fc.letrec<{ inlines: Inline[] }>((tie) => ({
  inlines: fc.array(
    fc.oneof(
      { depthSize: 'small' },
      textArbitrary,
      fc.constant<Inline>({ kind: 'gaiji', spelling: '<者多>', ids: '⿰者多' }),
      fc.record({
        kind: fc.constantFrom('note' as const, 'name' as const, 'title' as const, 'supplied' as const),
        content: tie('inlines'),
      }) as fc.Arbitrary<Inline>,
      textArbitrary.map((text): Inline => ({ kind: 'note', content: [`（${text}）`] })),
    ),
    { maxLength: 6 },
  ),
})).inlines;

const blockArbitrary: fc.Arbitrary<Block> = fc.oneof(
  inlineArbitrary.map((content): Block => ({ kind: 'mu', id: 'e', content })),
  inlineArbitrary.map((content): Block => ({ kind: 'gang', id: 'e', label: '', content })),
  fc.constant<Block>({ kind: 'year', label: '咸平二年', note: '己亥' }),
);

const formatArbitrary: fc.Arbitrary<Format> = fc
  .record({
    columns: fc.integer({ min: 2, max: 12 }),
    rows: fc.integer({ min: 2, max: 24 }),
    indent: fc.integer({ min: 0, max: 1 }),
    noteDensity: fc.constantFrom(1, 1.5, 2),
    punctuation: fc.constantFrom('judou' as const, 'full' as const, 'none' as const),
  })
  .map(makeFormat);

describe('layout properties', () => {
  test('every character is placed once, in reading order, no two in one cell', () => {
    fc.assert(
      fc.property(fc.array(blockArbitrary, { maxLength: 8 }), formatArbitrary, (blocks, format) => {
        const pages = layoutPages(bookOf(blocks), format);
        expect(pages.map(pageText).join('')).toBe(bodyText(blocks));
        expect(pages.length % 2).toBe(0);
        expectNoOverlap(pages, format);
      }),
      { numRuns: 300, seed: 3 },
    );
  });

  test('a note is balanced and keeps its order', () => {
    const room = fc.record({ row: fc.nat(20), density: fc.constantFrom(1, 1.5, 2) });
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 500 }), room, (note, { row, density }) => {
        const fragments = splitNote(note, { row, top: 1, rows: 20, density });
        expect(fragments.flatMap(({ right, left }) => [...right, ...left])).toEqual(note);
        for (const { right, left } of fragments) expect([0, 1]).toContain(right.length - left.length);
      }),
      { numRuns: 200, seed: 3 },
    );
  });
});

test('Chinese figures', () => {
  const expected = {
    0: '〇',
    9: '九',
    10: '十',
    11: '十一',
    20: '二十',
    21: '二十一',
    100: '一百',
    105: '一百〇五',
    110: '一百一十',
    1020: '一千〇二十',
  };
  for (const [value, text] of Object.entries(expected)) expect(chineseNumber(Number(value))).toBe(text);
  expect(chineseDate('2026-11-23')).toBe('二〇二六年十一月二十三日');
  expect(chineseDate('1924')).toBe('一九二四年');
  expect(chineseDate('no date')).toBe('no date');
});

test('composition from IDS', () => {
  expect(composeIds('⿰者多')?.map(({ char, x, width }) => [char, x, width])).toEqual([
    ['者', 0, 0.48],
    ['多', 0.48, 0.52],
  ]);
  expect(composeIds('⿱山⿰火火')?.map(({ char }) => char)).toEqual(['山', '火', '火']);
  for (const malformed of ['⿰者', '者', '⿰者多多', '⿺辶多', '']) expect(composeIds(malformed)).toBeUndefined();
});

test('a grid without room is refused', () => {
  expect(() => makeFormat({ rows: 1, indent: 1 })).toThrow(RangeError);
  expect(() => makeFormat({ columns: 1 })).toThrow(RangeError);
});
