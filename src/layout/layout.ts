import type { Block, Book, Juan, YearBlock } from './book.ts';
import { type Column, setColumns } from './columns.ts';
import type { Format } from './format.ts';
import type { Anchor, Cell, Page } from './page.ts';
import { readUnits } from './units.ts';

/** A block as columns, before pages are made. */
interface SetBlock {
  readonly columns: readonly Column[];
  readonly anchor?: Omit<Anchor, 'column'>;
  /** Whether the next block must begin on the page where this one ends. */
  readonly keepWithNext: boolean;
}

/** A half-leaf while it is filled: `used` columns are taken. */
interface Leaf {
  cells: Cell[];
  sideLines: Page['sideLines'][number][];
  anchors: Anchor[];
  used: number;
}

/**
 * Sets a book on the grid of the format: pages of placed cells, in reading order. Pure: no fonts, no lengths, no PDF.
 * Every juan begins a leaf and ends one, so pages come in pairs.
 */
export function layoutPages(book: Book, format: Format): Page[] {
  return book.juans.flatMap((juan) => layoutJuan(book, juan, format));
}

function layoutJuan(book: Book, juan: Juan, format: Format): Page[] {
  const title = `${book.front.title}${juan.label}`;
  const heading = headingColumns(title, book.front.authors, format);
  const leaves = fillPages([heading, ...juan.blocks.map((block) => setBlock(block, format))], format);
  // The end line stands in the last column, if need be on the other half of the leaf; a leaf full of text has none.
  if (leaves.at(-1)!.used === format.columns && leaves.length % 2 === 1) leaves.push(emptyLeaf());
  const last = leaves.at(-1)!;
  if (last.used < format.columns) addAt(last, endLine(`${title}終`, format), format.columns - 1);
  if (leaves.length % 2 === 1) leaves.push(emptyLeaf());
  return leaves.map(({ cells, sideLines, anchors }, index) => ({
    juan: juan.label,
    leaf: (index >> 1) + 1,
    half: index % 2 === 0 ? 'a' : 'b',
    cells,
    sideLines,
    anchors,
  }));
}

function setBlock(block: Block, format: Format): SetBlock {
  if (block.kind === 'year') return setYear(block, format);
  const units = readUnits(block.content, format.punctuation);
  const columns = setColumns(units, block.kind, block.kind === 'mu' ? format.indent : 0, format);
  if (block.kind === 'mu') return { columns, keepWithNext: false };
  return { columns, anchor: { kind: 'gang', label: block.label ?? '', id: block.id }, keepWithNext: true };
}

function setYear(block: YearBlock, format: Format): SetBlock {
  const note = block.note ? [{ kind: 'note' as const, content: [block.note] }] : [];
  const columns = setColumns(readUnits([block.label, ...note], 'none'), 'year', 0, format);
  const generated = columns.map(({ cells, sideLines }) => ({
    cells: cells.map(
      (cell): Cell => ({ ...cell, style: cell.lane === 'full' ? 'year' : 'year-note', generated: true }),
    ),
    sideLines,
  }));
  return { columns: generated, anchor: { kind: 'year', label: block.label }, keepWithNext: true };
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
  const cells = [...text].slice(0, format.rows - top).flatMap((character, index): Cell[] => {
    if (character === '　') return [];
    return [{ column: 0, row: top + index, lane: 'full', style, text: character, generated: true }];
  });
  return { cells, sideLines: [] };
}

/** Puts blocks one after the other on pages, each from a new column; headings stay with what follows. */
function fillPages(blocks: readonly SetBlock[], format: Format): Leaf[] {
  const leaves = [emptyLeaf()];
  for (const [index, block] of blocks.entries()) {
    const needed = columnsTogether(blocks, index);
    const before = blocks[index - 1];
    const begins = !before?.keepWithNext || (before.anchor?.kind === 'gang' && block.anchor !== undefined);
    const room = format.columns - leaves.at(-1)!.used;
    // A group longer than a page cannot stay together: it flows.
    if (begins && needed > room && needed <= format.columns) leaves.push(emptyLeaf());
    for (const [position, column] of block.columns.entries()) {
      if (leaves.at(-1)!.used >= format.columns) leaves.push(emptyLeaf());
      const leaf = leaves.at(-1)!;
      if (position === 0 && block.anchor) leaf.anchors.push({ ...block.anchor, column: leaf.used });
      addAt(leaf, column, leaf.used, index);
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

function addAt(leaf: Leaf, column: Column, at: number, block?: number): void {
  const more = { column: at, ...(block !== undefined && { block }) };
  leaf.cells.push(...column.cells.map((cell) => ({ ...cell, ...more })));
  leaf.sideLines.push(...column.sideLines.map((line) => ({ ...line, column: at })));
  leaf.used = at + 1;
}

function emptyLeaf(): Leaf {
  return { cells: [], sideLines: [], anchors: [], used: 0 };
}
