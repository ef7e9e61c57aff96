import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Block, type Book, type Inline, textOf } from '../src/layout/book.ts';
import { type HorizontalFormat, makeHorizontal } from '../src/layout/horizontal/format.ts';
import { layoutHorizontal } from '../src/layout/horizontal/layout.ts';
import { breakLines } from '../src/layout/horizontal/lines.ts';
import { type LevelLine, type LevelPage, labelOf, restoreText } from '../src/layout/horizontal/page.ts';
import { generate, readPieces } from '../src/layout/horizontal/pieces.ts';
import { heightOf, sizeOf } from '../src/layout/horizontal/styles.ts';
import { pageSizes } from '../src/layout/page-sizes.ts';
import { widthOf } from '../src/layout/widths.ts';

function bookOf(blocks: readonly Block[]): Book {
  return { id: 'book', front: { title: '書', authors: ['某'], editors: [] }, juans: [{ label: '卷一', blocks }] };
}

const mu = (...content: Inline[]): Block => ({ kind: 'mu', id: 'e', content });
const gang = (...content: Inline[]): Block => ({ kind: 'gang', id: 'e', label: textOf(content), content });
const note = (text: string, type?: string): Inline => ({
  kind: 'note',
  ...(type && { type }),
  content: [`（${text}）`],
});

/** Text of the blocks, as the pages must have it: without white space. */
function bodyText(blocks: readonly Block[]): string {
  return blocks.map((block) => (block.kind === 'year' ? '' : textOf(block.content).replace(/\s/gu, ''))).join('');
}

/** A line as it is read, heavy and squeezed characters alike. */
const textOfLine = ({ cells }: Pick<LevelLine, 'cells'>): string => cells.map(({ text }) => text).join('');

/** Lines of text of all pages. */
const textLines = (pages: readonly LevelPage[]): LevelLine[] =>
  pages.flatMap(({ lines }) => lines.filter(({ style }) => style === 'gang' || style === 'mu'));

/** A page too large to break, with lines of so many characters. */
const wide = (characters: number, changes: Partial<HorizontalFormat> = {}): HorizontalFormat =>
  makeHorizontal({ characters, lines: 60, indent: 0, ...changes });

const linesOf = (content: Inline[], characters: number, changes: Partial<HorizontalFormat> = {}): string[] =>
  textLines(layoutHorizontal(bookOf([mu(...content)]), wide(characters, changes))).map(textOfLine);

describe('lines', () => {
  test('a line has its characters, the first of a paragraph is indented', () => {
    const [page] = layoutHorizontal(bookOf([mu('甲乙丙丁戊己庚辛壬癸子丑')]), wide(6, { indent: 2 }));
    const lines = textLines([page!]);
    expect(lines.map(textOfLine)).toEqual(['甲乙丙丁', '戊己庚辛壬癸', '子丑']);
    expect(lines.map(({ cells }) => cells[0]!.x)).toEqual([2, 0, 0]);
  });

  test('squeezed marks take in what may not begin a line', () => {
    expect(linesOf(['甲，丙丁戊己。庚'], 6)).toEqual(['甲，丙丁戊己。', '庚']);
    const [line] = textLines(layoutHorizontal(bookOf([mu('甲，丙丁戊己。庚')]), wide(6)));
    expect(line!.cells.map(({ width }) => width)).toEqual([1, 0.5, 1, 1, 1, 1, 0.5]);
  });

  test('without marks to squeeze the last character goes on, and the line is spaced out', () => {
    expect(linesOf(['甲乙丙丁戊己。庚'], 6)).toEqual(['甲乙丙丁戊', '己。庚']);
    const [line] = textLines(layoutHorizontal(bookOf([mu('甲乙丙丁戊己。庚')]), wide(6)));
    expect(line!.cells.at(-1)!.x + 1).toBeCloseTo(6);
  });

  test('a hanging mark stands beside the line; of two the first may not', () => {
    expect(linesOf(['甲乙丙丁戊己。庚'], 6, { kinsoku: 'hang' })).toEqual(['甲乙丙丁戊己。', '庚']);
    expect(linesOf(['甲乙丙丁戊己。」庚'], 6, { kinsoku: 'hang' })).toEqual(['甲乙丙丁戊', '己。」庚']);
  });

  test('an opening mark does not end a line, a call does not begin one', () => {
    expect(linesOf(['甲乙丙丁戊「己庚」'], 6)).toEqual(['甲乙丙丁戊', '「己庚」']);
    expect(linesOf(['甲乙丙丁戊己', note('注'), '庚'], 6)).toEqual(['甲乙丙丁戊己[1]', '庚']);
  });

  test('Latin words are not broken', () => {
    const lines = breakLines(generate('names and dates were marked by rules'), 'squeeze', () => ({ from: 0, to: 8 }));
    const text = lines.map((line) => line.map(({ piece }) => piece.text).join(''));
    expect(text.every((line, index) => index === text.length - 1 || line.endsWith(' '))).toBe(true);
  });

  test('lines under names break with the line, wavy ones stand under titles', () => {
    const name: Inline = { kind: 'name', key: 'p', of: 'person', content: ['戊己庚辛'] };
    const title: Inline = { kind: 'title', content: ['宋史'] };
    const lines = textLines(layoutHorizontal(bookOf([mu('甲乙丙丁', name, '《', title, '》')]), wide(6)));
    expect(lines.map(({ underlines }) => underlines)).toEqual([
      [{ kind: 'name', key: 'p', of: 'person', from: 4, to: 6 }],
      [
        { kind: 'name', key: 'p', of: 'person', from: 0, to: 2 },
        { kind: 'title', from: 3, to: 5 },
      ],
    ]);
  });

  test('supplied text keeps its brackets, gaiji take one place', () => {
    const gaiji: Inline = { kind: 'gaiji', spelling: '<者多>', ids: '⿰者多' };
    const lines = linesOf([{ kind: 'supplied', content: ['揮'] }, gaiji, '使'], 8);
    expect(lines).toEqual(['〔揮〕<者多>使']);
  });
});

describe('pages', () => {
  test('notes are numbered by page, variants by letters, and stand without their parentheses', () => {
    const [page] = layoutHorizontal(
      bookOf([mu('甲', note('一'), '乙', note('二', 'variant'), '丙', note('三'))]),
      wide(12),
    );
    expect(textOfLine(textLines([page!])[0]!)).toBe('甲[1]乙[a]丙[2]');
    expect(page!.notes.map(textOfLine)).toEqual(['[1]一', '[2]三']);
    expect(page!.apparatus.map(textOfLine)).toEqual(['[a]二']);
    expect(restoreText([page!])).toBe('甲（一）乙（二）丙（三）');
  });

  test('without an apparatus variants are notes and corrections are not set', () => {
    const correction: Inline = { kind: 'intervention', of: 'correction', text: '繼選', reading: '繼遷', by: '某' };
    const book = bookOf([mu('繼選', correction, '曰', note('二', 'variant'))]);
    const [full] = layoutHorizontal(book, wide(24));
    expect(full!.apparatus.map(textOfLine)).toEqual(['[a]「繼選」疑當作「繼遷」。[b]二']);
    expect(restoreText([full!])).toBe('繼選曰（二）');
    const [bare] = layoutHorizontal(book, wide(24, { apparatus: false }));
    expect(bare!.apparatus).toEqual([]);
    expect(bare!.notes.map(textOfLine)).toEqual(['[1]二']);
  });

  test('short notes of the apparatus stand side by side, those with several lines alone', () => {
    const variants = ['一', '二', '三', '四', '五', '長'.repeat(60), '六'].map((text) => note(text, 'variant'));
    const [page] = layoutHorizontal(bookOf([mu('甲', ...variants.flatMap((one) => [one, '乙']))]), wide(32));
    const rows = page!.apparatus.map(textOfLine);
    expect(rows.slice(0, 2)).toEqual(['[a]一[b]二[c]三[d]四', '[e]五']);
    expect(rows.at(-1)).toBe('[g]六');
    expect(page!.apparatus[0]!.cells.filter(({ role }) => role === 'label').map(({ x }) => x)).toEqual([0, 10, 20, 30]);
  });

  test('a correction inside a note is said at its end', () => {
    const correction: Inline = { kind: 'intervention', of: 'correction', text: '張估', reading: '張佶', by: '某' };
    const long: Inline = { kind: 'note', content: ['（《張估', correction, '傳》）'] };
    const [page] = layoutHorizontal(bookOf([mu('甲', long)]), wide(40));
    expect(page!.notes.map(textOfLine)).toEqual(['[1]《張估傳》（「張估」疑當作「張佶」。）']);
    expect(restoreText([page!])).toBe('甲（《張估傳》）');
  });

  test('a long note goes on at the foot of the next page', () => {
    const format = makeHorizontal({ characters: 10, lines: 12, indent: 0 });
    const pages = layoutHorizontal(bookOf([mu('甲'.repeat(10), note('注'.repeat(200)), '乙'.repeat(60))]), format);
    expect(pages.length).toBeGreaterThan(2);
    expect(textOfLine(pages[0]!.notes[0]!)).toMatch(/^\[1\]注/);
    expect(textOfLine(pages[1]!.notes[0]!)).toMatch(/^注/);
    expect(restoreText(pages)).toBe(bodyText([mu('甲'.repeat(10), note('注'.repeat(200)), '乙'.repeat(60))]));
  });

  test('no heading alone at the foot, no single line of a paragraph at foot or head', () => {
    const blocks = Array.from({ length: 12 }, (_, index) => [
      { kind: 'year' as const, label: `元年`, western: '999' },
      gang('綱'.repeat(4)),
      mu('目'.repeat(20 + 7 * index)),
    ]).flat();
    const pages = layoutHorizontal(bookOf(blocks), makeHorizontal({ characters: 10, lines: 13, indent: 2 }));
    expect(pages.length).toBeGreaterThan(4);
    for (const { lines } of pages) {
      const last = lines.at(-1)!;
      expect(last.style).toBe('mu');
      // A line that is not the last of its paragraph is not the only one of it here.
      const full = textOfLine(last).length >= 8 && last.cells[0]!.x > 0;
      expect(full).toBe(false);
      const first = lines[0]!;
      if (first.style === 'mu') expect(lines[1]?.style).toBe('mu');
    }
  });

  test('year headings have the era year, the cyclical and the Western year', () => {
    const blocks: Block[] = [{ kind: 'year', label: '咸平二年', note: '己亥', western: '999' }, gang('甲。')];
    const [page] = layoutHorizontal(bookOf(blocks), wide(24));
    const year = page!.lines.find(({ style }) => style === 'year')!;
    expect(textOfLine(year)).toBe('咸平二年　己亥　公元999年');
    expect(page!.anchors.map(({ kind, label }) => [kind, label])).toEqual([
      ['year', '咸平二年'],
      ['gang', '甲。'],
    ]);
    expect(page!.year).toBe('咸平二年');
  });

  test('headings that the source has are set once, and lead the outline', () => {
    const blocks: Block[] = [
      { kind: 'gang', id: 'j', heading: 'juan', content: ['西夏紀卷三'] },
      { kind: 'year', label: '咸平二年', unset: true },
      { kind: 'gang', id: 'y', heading: 'year', content: ['咸平二年己亥'] },
      gang('甲。'),
      mu('乙。'),
    ];
    const pages = layoutHorizontal(bookOf(blocks), wide(24));
    const [page] = pages;
    expect(page!.lines.map((line) => [line.style, textOfLine(line)])).toEqual([
      ['juan', '西夏紀卷三'],
      ['year', '咸平二年己亥'],
      ['gang', '甲。'],
      ['mu', '乙。'],
    ]);
    expect(page!.anchors.map(({ kind, label }) => [kind, label])).toEqual([
      ['year', '咸平二年'],
      ['gang', '甲。'],
    ]);
    expect(page!.lines.map(({ block }) => block)).toEqual([0, 2, 3, 4]);
    expect(restoreText(pages)).toBe(bodyText(blocks));
  });

  test('lines of text are counted by page', () => {
    const pages = layoutHorizontal(
      bookOf([mu('甲'.repeat(200))]),
      makeHorizontal({ characters: 10, lines: 12, indent: 0 }),
    );
    for (const page of pages) {
      const numbers = textLines([page]).map(({ number }) => number);
      expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    }
  });
});

const textArbitrary = fc.string({
  unit: fc.constantFrom(...'天地玄黃宇宙洪荒𨫼日月盈昃，。、；：？！「」『』（）《》〈〉·—…〔〕 　abc9'),
  maxLength: 60,
});

const inlineArbitrary: fc.Arbitrary<Inline[]> = fc.letrec<{ inlines: Inline[] }>((tie) => ({
  inlines: fc.array(
    fc.oneof(
      { depthSize: 'small' },
      textArbitrary,
      fc.constant<Inline>({ kind: 'gaiji', spelling: '<者多>', ids: '⿰者多' }),
      fc.constant<Inline>({ kind: 'intervention', of: 'correction', text: '甲', reading: '乙' }),
      fc.record({
        kind: fc.constantFrom('note' as const, 'name' as const, 'title' as const, 'supplied' as const),
        content: tie('inlines'),
      }) as fc.Arbitrary<Inline>,
      fc
        .tuple(fc.oneof(textArbitrary, fc.constant('注'.repeat(300))), fc.constantFrom('variant', 'source'))
        .map(([text, type]): Inline => note(text, type)),
    ),
    { maxLength: 6 },
  ),
})).inlines;

const blockArbitrary: fc.Arbitrary<Block> = fc.oneof(
  inlineArbitrary.map((content) => mu(...content)),
  inlineArbitrary.map((content) => gang(...content)),
  fc.constant<Block>({ kind: 'year', label: '咸平二年', note: '己亥', western: '999' }),
);

const formatArbitrary: fc.Arbitrary<HorizontalFormat> = fc
  .record({
    characters: fc.integer({ min: 6, max: 40 }),
    lines: fc.integer({ min: 6, max: 40 }),
    indent: fc.integer({ min: 0, max: 2 }),
    kinsoku: fc.constantFrom('hang' as const, 'squeeze' as const),
    apparatus: fc.boolean(),
    space: fc.record({ year: fc.constantFrom(0, 1), gang: fc.constantFrom(0, 0.5) }),
  })
  .map(makeHorizontal);

/** No two cells in one place, none far outside the measure; no two lines in one place, none below the page. */
function expectNoOverlap(pages: readonly LevelPage[], format: HorizontalFormat): void {
  for (const { lines, apparatus, notes } of pages) {
    let bottom = 0;
    for (const line of [...lines, ...apparatus, ...notes]) {
      expect(line.y).toBeGreaterThanOrEqual(bottom - 1e-6);
      bottom = line.y + heightOf(line.style, format);
      let right = 0;
      for (const [index, { x, width }] of line.cells.entries()) {
        expect(x).toBeGreaterThanOrEqual(right - 1e-6);
        right = x + width;
        // Only the last may stand outside, a character at most.
        const measure = format.characters / sizeOf(line.style, format);
        expect(right).toBeLessThanOrEqual(measure + (index === line.cells.length - 1 ? 1 : 0) + 1e-6);
      }
    }
    expect(bottom).toBeLessThanOrEqual(format.lines + 1e-6);
  }
}

/** Notes begin on the page of their call, or later where the page before is full of notes to its foot. */
function expectNotesAtCalls(pages: readonly LevelPage[]): void {
  for (const band of ['apparatus', 'notes'] as const) {
    const at = (role: 'call' | 'label'): number[] =>
      pages.flatMap((page, index) =>
        (role === 'call' ? page.lines : page[band])
          .flatMap(({ cells }) => cells)
          .filter((cell) => cell.role === role && /\d/.test(cell.text) === (band === 'notes'))
          .map(() => index),
      );
    const [calls, labels] = [at('call'), at('label')];
    expect(labels.length).toBe(calls.length);
    for (const [index, page] of labels.entries()) {
      expect(page).toBeGreaterThanOrEqual(calls[index]!);
      // Between call and note every page has lines of the notes that wait.
      for (let between = calls[index]! + 1; between <= page; between++) {
        expect(pages[between]!.apparatus.length + pages[between]!.notes.length).toBeGreaterThan(0);
      }
    }
  }
}

/** A page of headings only is a page too small for what follows; on any other a heading is not the last line. */
function expectNoHeadingLast(pages: readonly LevelPage[]): void {
  for (const [index, { lines, juan }] of pages.entries()) {
    const next = pages.slice(index + 1).find((page) => page.lines.length > 0 && page.juan === juan)?.lines[0];
    const styles = lines.map(({ style }) => style);
    if (next?.style !== 'mu' || next.cells[0]?.x === 0) continue;
    if (styles.includes('mu')) expect(styles.at(-1)).toBe('mu');
  }
}

describe('properties of horizontal pages', () => {
  test('every character is placed once, none overlaps, notes stand at the foot of their page or after it', () => {
    fc.assert(
      fc.property(fc.array(blockArbitrary, { maxLength: 8 }), formatArbitrary, (blocks, format) => {
        const pages = layoutHorizontal(bookOf(blocks), format);
        expect(restoreText(pages)).toBe(bodyText(blocks));
        expectNoOverlap(pages, format);
        expectNotesAtCalls(pages);
        if (format.indent > 0) expectNoHeadingLast(pages);
      }),
      { numRuns: 300, seed: 3 },
    );
  });

  test('lines break alike whatever comes after them', () => {
    fc.assert(
      fc.property(textArbitrary, textArbitrary, (first, second) => {
        const room = () => ({ from: 0, to: 8 });
        const lines = (text: string): string[] =>
          breakLines(readPieces([text], false).pieces, 'squeeze', room).map((line) =>
            line.map(({ piece }) => piece.text).join(''),
          );
        const [short, long] = [lines(first), lines(`${first}天${second}`)];
        expect(long.slice(0, Math.max(0, short.length - 2))).toEqual(short.slice(0, -2));
      }),
      { numRuns: 200, seed: 3 },
    );
  });
});

test('labels of notes', () => {
  expect([1, 12].map((number) => labelOf('notes', number))).toEqual(['[1]', '[12]']);
  expect([1, 26, 27, 53].map((number) => labelOf('apparatus', number))).toEqual(['[a]', '[z]', '[aa]', '[ba]']);
});

test('the table of widths is that of the face', async () => {
  const require = createRequire(import.meta.url);
  const fontkit = (await import('fontkit' as string)) as {
    create(data: Uint8Array): { unitsPerEm: number; glyphForCodePoint(point: number): { advanceWidth: number } };
  };
  const path = require.resolve('@expo-google-fonts/noto-serif-tc/500Medium/NotoSerifTC_500Medium.ttf');
  const face = fontkit.create(readFileSync(path));
  for (const character of ' Az09[](),.-/·—–') {
    const { advanceWidth } = face.glyphForCodePoint(character.codePointAt(0)!);
    expect(widthOf(character), character).toBeCloseTo(advanceWidth / face.unitsPerEm, 3);
  }
});

test('every paper has lines of a readable size; a page without room is refused', () => {
  // A6 is a pocket book, whose text is smaller.
  for (const page of Object.values(pageSizes).filter(({ width }) => width >= 130)) {
    const { margin, characters } = makeHorizontal({ page });
    const size = (page.width - margin.inside - margin.outside) / characters;
    expect(size).toBeGreaterThan(3.3);
    expect(size).toBeLessThan(4.2);
  }
  expect(() => makeHorizontal({ characters: 5 })).toThrow(RangeError);
  expect(() => makeHorizontal({ lines: 3 })).toThrow(RangeError);
});
