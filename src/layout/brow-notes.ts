import { type Brow, flatten } from './book.ts';
import { setColumns } from './columns.ts';
import type { Format } from './format.ts';
import type { Cell, Margin, SideLine } from './page.ts';
import { setUnits } from './units.ts';

/** A 眉批 and the column it is anchored in: `page` counts from 0. */
export interface PlacedBrow {
  readonly page: number;
  readonly column: number;
  readonly note: Brow;
}

/**
 * 眉批: each begins above the column of its anchor, or behind the one before it, and goes on to the left, on the next
 * page too. Returns the margins of the pages by number; there may be more of them than pages.
 */
export function setBrows(notes: readonly PlacedBrow[], format: Format): Margin[] {
  const width = format.columns * format.brow.columns;
  const margins: { cells: Cell[]; sideLines: SideLine[] }[] = [];
  const marginOf = (index: number): (typeof margins)[number] => {
    while (margins.length <= index) margins.push({ cells: [], sideLines: [] });
    return margins[index]!;
  };
  let free = 0;
  for (const { page, column, note } of notes) {
    const units = setUnits(flatten(note.content), format);
    const grid = { rows: format.brow.rows, noteDensity: 1, ruby: false };
    const columns = setColumns(units, 'brow', { first: 0, rest: 0 }, grid);
    let at = Math.max(free, page * width + column * format.brow.columns);
    for (const { cells, sideLines } of columns) {
      const margin = marginOf(Math.floor(at / width));
      const place = { column: at % width };
      margin.cells.push(
        ...cells.map((cell): Cell => ({ ...cell, ...place, ...(note.generated && { generated: true }) })),
      );
      margin.sideLines.push(...sideLines.map((line) => ({ ...line, ...place })));
      at++;
    }
    // A free column parts two notes, so that they do not read as one.
    if (columns.length > 0) free = at + 1;
  }
  return margins;
}
