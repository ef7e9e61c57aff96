import type { Block, Book, Brow, Juan, TextBlock, YearBlock } from './book.ts';
import { type PlacedBrow, setBrows } from './brow-notes.ts';
import { clusters } from './clusters.ts';
import { type Column, setColumns, type Tops } from './columns.ts';
import type { Format } from './format.ts';
import type { Anchor, Cell, Page, Style } from './page.ts';
import { type AnchoredRemark, type NumberedRemark, numberRemarks, remarkUnits } from './remarks.ts';
import { type PlacedRemark, setSideNotes, type TakenRows } from './side-notes.ts';
import { readUnits, setUnits } from './units.ts';

/** A block as columns, before pages are made. */
interface SetBlock {
  readonly columns: readonly Column[];
  readonly anchor?: Omit<Anchor, 'column'>;
  readonly remarks?: readonly AnchoredRemark[];
  /** Whether the next block must begin on the page where this one ends. */
  readonly keepWithNext: boolean;
}

/** A page while it is filled: `used` columns are taken. */
interface Leaf {
  cells: Cell[];
  sideLines: Page['sideLines'][number][];
  rubies: Page['rubies'][number][];
  anchors: Anchor[];
  brows: { column: number; note: Brow }[];
  remarks: { column: number; row: number; remark: NumberedRemark }[];
  used: number;
}

/**
 * Sets a book on the grid of the format: pages of placed cells, in reading order. Pure: no fonts, no lengths, no PDF.
 * Where every juan begins a leaf, it ends one too, so that pages come in pairs.
 */
export function layoutPages(book: Book, format: Format): Page[] {
  const pages: Page[] = [];
  for (const juan of book.juans) pages.push(...layoutJuan(book, juan, format, pages.length));
  return pages;
}

/** Pages of a list that the edition adds behind the text, under its own heading; none of it is text. `before` pages are set. */
export function layoutAppendix(label: string, blocks: readonly TextBlock[], format: Format, before: number): Page[] {
  const heading = { columns: [generatedColumn(label, 'juan', 0, format)], keepWithNext: true };
  const paragraphs = blocks.map((block): SetBlock => {
    const columns = setColumns(setUnits(block.content, format), 'remark', { first: 0, rest: 2 }, format);
    return { columns: columns.map((column) => generated(column, (cell) => cell.style)), keepWithNext: false };
  });
  return toPages(label, fillPages([heading, ...paragraphs], format), before, format);
}

/** Whether a book has 單抬, which stands above the columns. */
export function hasRaised(book: Book): boolean {
  const blocks = book.juans.flatMap((juan) => juan.blocks);
  return blocks.some(
    (block) => block.kind !== 'year' && readUnits(block.content, 'none').some(({ honour }) => honour === 'dan'),
  );
}

/** The pages of a juan of a book, with so many before it. */
export function layoutJuan(book: Book, juan: Juan, format: Format, before: number): Page[] {
  const title = `${book.front.title}${juan.label}`;
  const blocks = setBlocks(juan.blocks, format);
  const remarks = blocks.flatMap((block) => block.remarks ?? []);
  const list = format.apparatus === 'end' ? remarkBlocks(remarks, format) : [];
  // The heading of the source makes the generated one needless.
  const first = juan.blocks[0];
  const headed = first !== undefined && first.kind !== 'year' && first.heading === 'juan';
  const opening = headed ? [] : [headingColumns(title, book.front.authors, format)];
  const leaves = fillPages([...opening, ...blocks, ...list], format);
  const pairs = format.juanBegins === 'leaf';
  // The end line stands in the last column, if need be on the other half of the leaf; a leaf full of text has none.
  if (pairs && leaves.at(-1)!.used === format.columns && leaves.length % 2 === 1) leaves.push(emptyLeaf());
  const last = leaves.at(-1)!;
  if (pairs && last.used < format.columns) addAt(last, endLine(`${title}終`, format), format.columns - 1);
  return toPages(juan.label, leaves, before, format);
}

/** Pages of what was filled, with what stands in their margins; `before` pages of the book are set. */
function toPages(juan: string, leaves: Leaf[], before: number, format: Format): Page[] {
  const pairs = format.juanBegins === 'leaf';
  const brow = setBrows(leaves.flatMap(browsOf), format);
  const remarks = format.apparatus === 'side' ? leaves.flatMap(remarksOf) : [];
  const taken = leaves.map((leaf) => takenRows(leaf, format));
  const side = setSideNotes(remarks, taken, format);
  // What has no room on the last page gets one of its own.
  while (leaves.length < Math.max(brow.length, side.length)) leaves.push(emptyLeaf());
  if (pairs && leaves.length % 2 === 1) leaves.push(emptyLeaf());
  return leaves.map(({ cells, sideLines, rubies, anchors }, index): Page => {
    const number = before + index + 1;
    // Pages of a book without leaves are right and left by their number in the book.
    const half = (pairs ? index : number - 1) % 2 === 0 ? 'a' : 'b';
    return {
      juan,
      leaf: (index >> 1) + 1,
      half,
      number,
      ...(index === 0 && { opens: true }),
      cells,
      sideLines,
      rubies,
      brow: brow[index] ?? { cells: [], sideLines: [] },
      side: side[index] ?? [],
      anchors,
    };
  });
}

/** Where nothing may stand beside a column: readings, the right halves of notes and 句讀 are there. */
function takenRows({ cells, rubies }: Leaf, { noteDensity }: Format): TakenRows[] {
  const notes = cells.filter(({ lane }) => lane === 'right');
  const marked = cells.filter(({ lane, judou }) => lane === 'full' && judou);
  return [
    ...rubies,
    ...notes.map(({ column, row }) => ({ column, from: row, to: row + 1 / noteDensity })),
    // A mark stands at the foot of its cell.
    ...marked.map(({ column, row }) => ({ column, from: row + 0.8, to: row + 1 })),
  ];
}

const browsOf = ({ brows }: Leaf, page: number): PlacedBrow[] => brows.map((brow) => ({ ...brow, page }));

const remarksOf = ({ remarks }: Leaf, page: number): PlacedRemark[] => remarks.map((remark) => ({ ...remark, page }));

/** Sets the blocks of a juan; their 校記 are numbered through. */
function setBlocks(blocks: readonly Block[], format: Format): SetBlock[] {
  let numbers = 1;
  return blocks.map((block) => {
    if (block.kind === 'year') return setYear(block, format);
    const set = setText(block, numbers, format);
    numbers += set.remarks?.length ?? 0;
    return set;
  });
}

function setText(block: TextBlock, number: number, format: Format): SetBlock {
  const { units, remarks } = numberRemarks(setUnits(block.content, format), number, format);
  const columns = setColumns(units, block.heading ?? block.kind, topsOf(block, format), format);
  if (block.kind === 'mu') return { columns, remarks, keepWithNext: false };
  if (block.heading) return { columns, remarks, keepWithNext: true };
  return { columns, remarks, anchor: { kind: 'gang', label: block.label ?? '', id: block.id }, keepWithNext: true };
}

function topsOf({ kind, heading, indent }: TextBlock, format: Format): Tops {
  const rest = indent ?? (kind === 'mu' ? format.indent : heading === 'year' ? format.yearIndent : 0);
  return { first: rest + (kind === 'mu' && indent === undefined ? format.firstIndent : 0), rest };
}

function setYear(block: YearBlock, format: Format): SetBlock {
  if (block.unset) return { columns: [], anchor: { kind: 'year', label: block.label }, keepWithNext: true };
  const note = block.note ? [{ kind: 'note' as const, content: [block.note] }] : [];
  const tops = { first: format.yearIndent, rest: format.yearIndent };
  const columns = setColumns(readUnits([block.label, ...note], 'none'), 'year', tops, format);
  const styleOf = (cell: Cell): Style => (cell.lane === 'full' ? 'year' : 'year-note');
  return {
    columns: columns.map((column) => generated(column, styleOf)),
    anchor: { kind: 'year', label: block.label },
    keepWithNext: true,
  };
}

/** 校勘記 at the end of a juan: a heading, then a paragraph for each, its number at the head. */
function remarkBlocks(remarks: readonly NumberedRemark[], format: Format): SetBlock[] {
  if (remarks.length === 0) return [];
  const heading = generatedColumn('校勘記', 'juan', Math.min(2, format.rows - 1), format);
  return [
    { columns: [heading], keepWithNext: true },
    ...remarks.map((remark): SetBlock => {
      const columns = setColumns(remarkUnits(remark, format), 'remark', { first: 0, rest: 1 }, format);
      return { columns: columns.map((column) => generated(column, () => 'remark')), keepWithNext: false };
    }),
  ];
}

/** A column that is no part of the text. */
function generated(column: Column, styleOf: (cell: Cell) => Style): Column {
  return { ...column, cells: column.cells.map((cell) => ({ ...cell, style: styleOf(cell), generated: true })) };
}

/** 卷端: the title of the juan at the head of its first column, the authors at the foot of the second. */
function headingColumns(title: string, authors: readonly string[], format: Format): SetBlock {
  const columns = [generatedColumn(title, 'juan', 0, format)];
  if (authors.length > 0) {
    // Two cells stay free below, as under the names of authors in old books.
    const line = `${authors.join('　')}　撰`;
    columns.push(generatedColumn(line, 'author', Math.max(0, format.rows - 2 - [...line].length), format));
  }
  return { columns, keepWithNext: true };
}

/** 卷尾: the line that closes the juan. */
function endLine(text: string, format: Format): Column {
  return generatedColumn(text, 'juan', 0, format);
}

/** A column of generated text from row `top`; what has no room below is cut off. U+3000 leaves a cell free. */
function generatedColumn(text: string, style: Cell['style'], top: number, format: Format): Column {
  const cells = clusters(text)
    .slice(0, format.rows - top)
    .flatMap((character, index): Cell[] => {
      if (character === '　') return [];
      return [{ column: 0, row: top + index, lane: 'full', style, text: character, generated: true }];
    });
  return { cells, sideLines: [], rubies: [], brow: [], rows: new Map() };
}

/** Puts blocks one after the other on pages, each from a new column; headings stay with what follows. */
function fillPages(blocks: readonly SetBlock[], format: Format): Leaf[] {
  const leaves = [emptyLeaf()];
  // The anchor of a block without columns of its own is that of the next.
  let waiting: Omit<Anchor, 'column'>[] = [];
  for (const [index, block] of blocks.entries()) {
    if (block.columns.length === 0 && block.anchor) waiting.push(block.anchor);
    const needed = columnsTogether(blocks, index);
    const before = blocks[index - 1];
    const begins = !before?.keepWithNext || (before.anchor?.kind === 'gang' && block.anchor !== undefined);
    const room = format.columns - leaves.at(-1)!.used;
    // A group longer than a page cannot stay together: it flows.
    if (begins && needed > room && needed <= format.columns) leaves.push(emptyLeaf());
    for (const [position, column] of block.columns.entries()) {
      if (leaves.at(-1)!.used >= format.columns) leaves.push(emptyLeaf());
      const leaf = leaves.at(-1)!;
      if (position === 0) {
        for (const anchor of [...waiting, ...(block.anchor ? [block.anchor] : [])]) {
          leaf.anchors.push({ ...anchor, column: leaf.used });
        }
        waiting = [];
      }
      addAt(leaf, column, leaf.used, block.remarks, index);
    }
  }
  return leaves;
}

/** Columns that must not be parted: headings, and the first column of the text below them. */
function columnsTogether(blocks: readonly SetBlock[], index: number): number {
  let columns = 0;
  for (let at = index; at < blocks.length; at++) {
    const block = blocks[at]!;
    if (!block.keepWithNext) return columns + Math.min(1, block.columns.length);
    columns += block.columns.length;
    // A headline followed by a headline has no narrative: they may be parted.
    const next = blocks[at + 1];
    if (block.anchor?.kind === 'gang' && next?.anchor) return columns;
  }
  return columns;
}

function addAt(leaf: Leaf, column: Column, at: number, remarks: readonly AnchoredRemark[] = [], block?: number): void {
  const here = { column: at };
  const inBlock = { ...here, ...(block !== undefined && { block }) };
  leaf.cells.push(...column.cells.map((cell) => ({ ...cell, ...inBlock })));
  leaf.sideLines.push(...column.sideLines.map((line) => ({ ...line, ...here })));
  leaf.rubies.push(...column.rubies.map((ruby) => ({ ...ruby, ...here })));
  leaf.brows.push(...column.brow.map((note) => ({ ...here, note })));
  for (const remark of remarks) {
    const row = column.rows.get(remark.at);
    if (row !== undefined) leaf.remarks.push({ ...here, row, remark });
  }
  leaf.used = at + 1;
}

function emptyLeaf(): Leaf {
  return { cells: [], sideLines: [], rubies: [], anchors: [], brows: [], remarks: [], used: 0 };
}
