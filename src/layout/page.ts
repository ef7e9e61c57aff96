import type { EntityKind, Gaiji, Intervention } from './book.ts';

export type Lane = 'full' | 'right' | 'left';

/** How a cell is set: headline, narrative, note, year heading, the juan's title and end line, 校記, 眉批. */
export type Style = 'gang' | 'mu' | 'note' | 'year' | 'year-note' | 'juan' | 'author' | 'remark' | 'brow' | 'side';

/**
 * A placed character. Column 0 is the rightmost; `row` is the cell's top in cells from the head of the columns,
 * fractional in notes; -1 is 單抬, and a closing mark hangs at the row behind the last. `before`, `text` and `after` are the text it stands for: over all cells of all pages they are the text.
 */
export interface Cell {
  readonly column: number;
  readonly row: number;
  readonly lane: Lane;
  readonly style: Style;
  readonly text: string;
  readonly before?: string;
  readonly after?: string;
  readonly judou?: 'ju' | 'du';
  readonly gaiji?: Gaiji;
  readonly bracket?: 'open' | 'close' | 'both';
  /** Numbers of 校記 beside the cell. */
  readonly number?: string;
  readonly interventions?: readonly Intervention[];
  /** Made by the edition, no part of the text: headings of years and of the juan. */
  readonly generated?: true;
  /** Which block of the juan it belongs to, and which note of the block: for the tags of the PDF. */
  readonly block?: number;
  readonly note?: number;
}

/** A side line left of the cells from row `from` to row `to` of one lane; a name that breaks has several. */
export interface SideLine {
  readonly kind: 'name' | 'title';
  /** Not drawn: the title has its brackets. */
  readonly hidden?: true;
  /** The entity that is named. */
  readonly key?: string;
  readonly of?: EntityKind;
  readonly column: number;
  readonly lane: Lane;
  readonly from: number;
  readonly to: number;
}

/** A reading right of the cells from row `from` to row `to` of one lane. */
export interface RubyText {
  readonly column: number;
  readonly lane: Lane;
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/**
 * The top margin: cells and side lines of 眉批. Its own columns, `brow.columns` of the format above one of the text, are
 * counted from the right; rows from its head.
 */
export interface Margin {
  readonly cells: readonly Cell[];
  readonly sideLines: readonly SideLine[];
}

/** An entry or a year that begins on the page: the outline of the PDF and indexes point to it. */
export interface Anchor {
  readonly kind: 'year' | 'gang';
  readonly label: string;
  readonly id?: string;
  readonly column: number;
}

/**
 * A page: the half `a` (上, read first, bound at its right edge) or `b` (下) of a leaf. `leaf` counts from one in each
 * juan, `number` counts the pages of the book. Cells in reading order.
 */
export interface Page {
  readonly juan: string;
  readonly leaf: number;
  readonly half: 'a' | 'b';
  readonly number: number;
  /** The juan begins on this page. */
  readonly opens?: true;
  readonly cells: readonly Cell[];
  readonly sideLines: readonly SideLine[];
  readonly rubies: readonly RubyText[];
  readonly brow: Margin;
  /** 校記 beside the columns: cells of half the size in the space right of the text, rows as in the text. */
  readonly side: readonly Cell[];
  readonly anchors: readonly Anchor[];
}

/** The text of the columns of a page: what their cells stand for, without the generated ones. */
export function pageText(page: Page): string {
  return textOfCells(page.cells);
}

/** The text of the 眉批 of a page. */
export function browText(page: Page): string {
  return textOfCells(page.brow.cells);
}

function textOfCells(cells: readonly Cell[]): string {
  return cells
    .filter((cell) => !cell.generated)
    .map((cell) => (cell.before ?? '') + cell.text + (cell.after ?? ''))
    .join('');
}
