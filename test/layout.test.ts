import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printFormat } from '../src/commands/print-format.ts';
import type { Diagnostic } from '../src/core/diagnostic.ts';
import { readJson } from '../src/core/json.ts';
import { type Block, type Book, browsOf, flatten, type Inline, type Remark, textOf } from '../src/layout/book.ts';
import { type Format, type FormatChanges, keben, makeFormat } from '../src/layout/format.ts';
import { composeIds } from '../src/layout/gaiji.ts';
import { splitNote } from '../src/layout/jiazhu.ts';
import { layoutPages } from '../src/layout/layout.ts';
import { chineseDate, chineseDigits, chineseNumber } from '../src/layout/numerals.ts';
import { browText, type Cell, type Page, pageText, type SideLine } from '../src/layout/page.ts';
import { pageSizes } from '../src/layout/page-sizes.ts';

const fixtures = new URL('./fixtures/layout/', import.meta.url);

function bookOf(blocks: readonly Block[]): Book {
  return { id: 'book', front: { title: '書', authors: [], editors: [] }, juans: [{ label: '卷一', blocks }] };
}

const contents = (blocks: readonly Block[]): Inline[] =>
  blocks.flatMap((block) => (block.kind === 'year' ? [] : block.content));

const bare = (content: readonly Inline[]): string => textOf(content).replace(/\s/gu, '');

/** Text of the blocks, as the columns must have it: without white space. */
const bodyText = (blocks: readonly Block[]): string => bare(contents(blocks));

/** Text of the 眉批 that are part of the text, as the margins must have it. */
function marginText(blocks: readonly Block[]): string {
  const notes = browsOf(contents(blocks)).filter((note) => !note.generated);
  return notes.map((note) => bare(flatten(note.content))).join('');
}

/** The 校記 of content, in order. */
function remarksOf(content: readonly Inline[]): Remark[] {
  return content.flatMap((part) => {
    if (typeof part === 'string' || part.kind === 'gaiji' || part.kind === 'intervention') return [];
    if (part.kind === 'remark') return [part];
    // Inside 眉批 they are words of it.
    return part.kind === 'brow' ? [] : remarksOf(part.kind === 'ruby' ? part.base : part.content);
  });
}

/** What the list of 校記, or the notes beside the columns, must say. */
function remarkText(blocks: readonly Block[], apparatus: Format['apparatus']): string {
  if (apparatus === 'none') return '';
  const remarks = remarksOf(contents(blocks));
  return remarks
    .map(({ content }, index) => `〔${chineseDigits(String(index + 1))}〕${bare(flatten(content))}`)
    .join('');
}

const cellText = (cells: readonly Cell[]): string =>
  cells.map((cell) => (cell.before ?? '') + cell.text + (cell.after ?? '')).join('');

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
        format: FormatChanges;
        blocks: Block[];
      };
      const format = makeFormat(input.format);
      const pages = layoutPages(bookOf(input.blocks), format);
      expectWhole(pages, input.blocks, format);
      const drawn = drawPages(pages, format);
      const expected = new URL('expected.txt', folder);
      if (process.env.UPDATE || !existsSync(expected)) writeFileSync(expected, drawn);
      expect(drawn).toBe(readFileSync(expected, 'utf8'));
    });
  }
});

/** Everything is placed once, in reading order, no two cells in one place, none outside the grid. */
function expectWhole(pages: readonly Page[], blocks: readonly Block[], format: Format): void {
  expect(pages.map(pageText).join('')).toBe(bodyText(blocks));
  expect(pages.map(browText).join('')).toBe(marginText(blocks));
  const list = pages.flatMap((page) => [...page.cells.filter(({ style }) => style === 'remark'), ...page.side]);
  expect(cellText(list)).toBe(remarkText(blocks, format.apparatus));
  for (const page of pages) {
    expectColumns(page, format);
    expectBrow(page, format);
    expectSide(page, format);
  }
}

/** One cell at most in a place; those of one lane and column stand in reading order. */
function expectApart(cells: readonly Cell[]): Map<string, Cell> {
  const taken = new Map<string, Cell>();
  for (const [index, cell] of cells.entries()) {
    const key = `${cell.column} ${cell.row.toFixed(3)} ${cell.lane}`;
    expect(taken.get(key), key).toBeUndefined();
    taken.set(key, cell);
    const before = cells[index - 1];
    if (before) expect(cell.column).toBeGreaterThanOrEqual(before.column);
    if (before?.column === cell.column && before.lane === cell.lane) expect(cell.row).toBeGreaterThan(before.row);
  }
  return taken;
}

/** In the columns a mark may hang below the foot, and 單抬 stands above the head. */
function expectColumns(page: Page, format: Format): void {
  const taken = expectApart(page.cells);
  for (const cell of page.cells) {
    expect(cell.column).toBeLessThan(format.columns);
    expect(cell.row).toBeGreaterThanOrEqual(-1);
    const height = cell.lane === 'full' ? 1 : 1 / format.noteDensity;
    const hangs = format.punctuation === 'full' && cell.row === format.rows;
    if (!hangs) expect(cell.row + height).toBeLessThanOrEqual(format.rows + 1e-9);
  }
  for (const cell of page.cells.filter((one) => one.lane !== 'full')) {
    expect(taken.has(`${cell.column} ${Math.floor(cell.row).toFixed(3)} full`)).toBe(false);
  }
}

function expectBrow({ brow }: Page, format: Format): void {
  expectApart(brow.cells);
  for (const { column, row } of brow.cells) {
    expect(column).toBeLessThan(format.columns * format.brow.columns);
    expect(row + 1).toBeLessThanOrEqual(format.brow.rows + (format.punctuation === 'full' ? 1 : 0));
  }
}

/** Notes beside a column keep clear of each other, of readings and of 夾注. */
function expectSide({ side, rubies, cells }: Page, format: Format): void {
  expectApart(side);
  const notes = cells.filter(({ lane }) => lane === 'right');
  const halves = notes.map(({ column, row }) => ({ column, from: row, to: row + 1 / format.noteDensity }));
  const height = 1 / format.sideDensity;
  for (const { column, row } of side) {
    expect(column).toBeLessThan(format.columns);
    expect(row + height).toBeLessThanOrEqual(format.rows + 1e-9);
    for (const taken of [...rubies, ...halves].filter((one) => one.column === column)) {
      expect(row + height <= taken.from + 1e-9 || row >= taken.to - 1e-9).toBe(true);
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
      fc.record({
        kind: fc.constant('honour' as const),
        degree: fc.constantFrom('ping' as const, 'dan' as const, 'nuo' as const),
        content: tie('inlines'),
      }) as fc.Arbitrary<Inline>,
      fc.record({
        kind: fc.constant('ruby' as const),
        base: tie('inlines'),
        text: fc.constantFrom('chuò é', 'ㄒㄧˋ', '一 二 三'),
      }) as fc.Arbitrary<Inline>,
      fc.record({
        kind: fc.constantFrom('brow' as const, 'remark' as const),
        content: tie('inlines'),
      }) as fc.Arbitrary<Inline>,
      textArbitrary.map((text): Inline => ({ kind: 'brow', content: [text], generated: true })),
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
    kind: fc.constantFrom('keben' as const, 'qianyin' as const),
    columns: fc.integer({ min: 2, max: 12 }),
    rows: fc.integer({ min: 2, max: 24 }),
    indent: fc.integer({ min: 0, max: 1 }),
    firstIndent: fc.integer({ min: 0, max: 2 }),
    noteDensity: fc.constantFrom(1, 1.5, 2),
    sideDensity: fc.constantFrom(2, 3, 4),
    punctuation: fc.constantFrom('judou' as const, 'full' as const, 'none' as const),
    titles: fc.constantFrom('line' as const, 'brackets' as const),
    ruby: fc.boolean(),
    apparatus: fc.constantFrom('end' as const, 'side' as const, 'none' as const),
    numbers: fc.constantFrom('cell' as const, 'beside' as const),
    brow: fc.record({ rows: fc.integer({ min: 1, max: 8 }), columns: fc.integer({ min: 1, max: 3 }) }),
  })
  .map(makeFormat);

/** Words as books have them: a character, perhaps in quotation marks, with up to two closing marks. */
const proseArbitrary = fc
  .array(
    fc.tuple(
      fc.constantFrom('', '', '「', '《'),
      fc.constantFrom('天', '地', '𨫼'),
      fc.constantFrom('', '', '，', '。', '」', '。」'),
    ),
    {
      maxLength: 150,
    },
  )
  .map((words) => words.flat().join(''));

describe('layout properties', () => {
  test('every character is placed once, in reading order, no two in one cell', () => {
    fc.assert(
      fc.property(fc.array(blockArbitrary, { maxLength: 8 }), formatArbitrary, (blocks, format) => {
        const pages = layoutPages(bookOf(blocks), format);
        expectWhole(pages, blocks, format);
        if (format.juanBegins === 'leaf') expect(pages.length % 2).toBe(0);
        expect(pages.map(({ number }) => number)).toEqual(pages.map((_, index) => index + 1));
      }),
      { numRuns: 300, seed: 3 },
    );
  });

  test('no column begins with a closing mark, none ends with an opening one', () => {
    const grid = fc.record({ rows: fc.integer({ min: 5, max: 24 }), indent: fc.integer({ min: 0, max: 1 }) });
    fc.assert(
      fc.property(proseArbitrary, grid, (text, changes) => {
        const format = makeFormat({ ...changes, punctuation: 'full' });
        const pages = layoutPages(bookOf([{ kind: 'mu', id: 'e', content: [text] }]), format);
        for (const page of pages) {
          for (let column = 0; column < format.columns; column++) {
            const cells = page.cells.filter((cell) => cell.column === column && !cell.generated);
            expect(cells[0]?.text ?? '').not.toMatch(/[，。」]/u);
            expect(cells.at(-1)?.text ?? '').not.toMatch(/[「《]/u);
          }
        }
      }),
      { numRuns: 200, seed: 3 },
    );
  });

  test('no half line of a note begins with a closing mark or ends with an opening one', () => {
    const room = fc.record({ row: fc.nat(19), density: fc.constantFrom(1, 1.5, 2) });
    const words = proseArbitrary.map((text) => [...text]);
    fc.assert(
      fc.property(words, room, (note, { row, density }) => {
        const mayPart = (at: number): boolean => !/[，。」]/u.test(note[at]!) && !/[「《]/u.test(note[at - 1]!);
        const fragments = splitNote(note, { row, top: 0, rows: 24, density }, mayPart);
        expect(fragments.flatMap(({ right, left }) => [...right, ...left])).toEqual(note);
        for (const { right, left, row: first, cells } of fragments) {
          expect(first + cells).toBeLessThanOrEqual(24);
          expect(Math.max(right.length, left.length)).toBeLessThanOrEqual(cells * density);
          // Two words and the marks around them are a note too short to be parted otherwise.
          if (right.length < 4) continue;
          expect(left[0] ?? '').not.toMatch(/[，。」]/u);
          expect(right.at(-1)).not.toMatch(/[「《]/u);
        }
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

describe('formats', () => {
  const folder = new URL('../src/layout/presets/', import.meta.url);
  for (const file of readdirSync(folder)) {
    test(`${file} follows the schema of presets`, () => {
      const found: Diagnostic[] = [];
      const text = readFileSync(new URL(file, folder), 'utf8');
      const preset = readJson<{ kind: string }>(text, file, 'format', (one) => found.push(one));
      expect(found).toEqual([]);
      expect(`${preset?.kind}.json`).toBe(file);
    });
  }

  test('a fault of a preset is reported', () => {
    const found: Diagnostic[] = [];
    const text = readFileSync(new URL('keben.json', folder), 'utf8').replace('"columns": 10', '"columns": 1');
    readJson(text, 'keben.json', 'format', (one) => found.push(one));
    expect(found.map(({ code, path }) => [code, path])).toEqual([['config/invalid-value', '/columns']]);
  });

  test('an edition names a preset and changes values', () => {
    const format = makeFormat(printFormat({ preset: 'qianyin', page: '大16開', cells: 48, margin: { top: 30 } }));
    expect(format).toMatchObject({ kind: 'qianyin', page: pageSizes.大16開, rows: 48, columns: 15 });
    // Margins that are not given follow the page.
    expect(format.margin.top).toBe(30);
    expect(format.margin.bottom).toBeCloseTo((18 * 285) / 210);
    expect(makeFormat(printFormat({}))).toEqual(keben);
  });
});
