import type { EntityKind, Gaiji, Intervention } from './book.ts';

export type Lane = 'full' | 'right' | 'left';

/** How a cell is set: headline, narrative, note, year heading, and the juan's title and end line. */
export type Style = 'gang' | 'mu' | 'note' | 'year' | 'year-note' | 'juan' | 'author';

/**
 * A placed character. Column 0 is the rightmost; `row` is the cell's top in cells from the frame, fractional in notes.
 * `before`, `text` and `after` are the text it stands for: over all cells of all pages they are the text.
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
  readonly interventions?: readonly Intervention[];
  /** Made by the edition, no part of the text: headings of years and of the juan. */
  readonly generated?: true;
}

/** A side line left of the cells from row `from` to row `to` of one lane; a name that breaks has several. */
export interface SideLine {
  readonly kind: 'name' | 'title';
  /** The entity that is named. */
  readonly key?: string;
  readonly of?: EntityKind;
  readonly column: number;
  readonly lane: Lane;
  readonly from: number;
  readonly to: number;
}

/** An entry or a year that begins on the page: the outline of the PDF and indexes point to it. */
export interface Anchor {
  readonly kind: 'year' | 'gang';
  readonly label: string;
  readonly id?: string;
  readonly column: number;
}

/** A half-leaf: `a` is 上, read first, with the fold at its left edge; `b` is 下. Cells in reading order. */
export interface Page {
  readonly juan: string;
  readonly leaf: number;
  readonly half: 'a' | 'b';
  readonly cells: readonly Cell[];
  readonly sideLines: readonly SideLine[];
  readonly anchors: readonly Anchor[];
}

/** The text of a page: what its cells stand for, without the generated ones. */
export function pageText(page: Page): string {
  return page.cells
    .filter((cell) => !cell.generated)
    .map((cell) => (cell.before ?? '') + cell.text + (cell.after ?? ''))
    .join('');
}
