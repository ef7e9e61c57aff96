import type { Format } from './format.ts';
import type { Cell } from './page.ts';
import { type NumberedRemark, remarkUnits } from './remarks.ts';
import type { Unit } from './units.ts';

/** A 校記 and the cell it is anchored to: `page` counts from 0. */
export interface PlacedRemark {
  readonly page: number;
  readonly column: number;
  readonly row: number;
  readonly remark: NumberedRemark;
}

/** Rows of a column whose right side is taken: by a reading, or by the right half of a note. */
export interface TakenRows {
  readonly column: number;
  readonly from: number;
  readonly to: number;
}

/**
 * 校記 beside the columns: each begins beside its anchor, or behind the one before it, and goes on beside the next
 * column, on the next page too; rows that are `taken`, by page, are passed by. Returns the cells of the pages by number;
 * there may be more of them than pages.
 */
export function setSideNotes(
  notes: readonly PlacedRemark[],
  taken: readonly (readonly TakenRows[])[],
  format: Format,
): Cell[][] {
  const { columns, rows, sideDensity: density } = format;
  const pages: Cell[][] = [];
  // The next free place: a column of the juan, and a step of it; a step is a character.
  let at = 0;
  let step = 0;
  /** Moves on to a place that is inside a column and beside free rows. */
  const settle = (): void => {
    for (;;) {
      if (step >= rows * density) {
        at++;
        step = 0;
      }
      const [from, to] = [step / density + 1e-9, (step + 1) / density - 1e-9];
      const inTheWay = taken[Math.floor(at / columns)]?.find(
        (rows) => rows.column === at % columns && from < rows.to && to > rows.from,
      );
      if (!inTheWay) return;
      step = Math.max(step + 1, firstStep(inTheWay.to, density));
    }
  };
  for (const { page, column, row, remark } of notes) {
    const begins = page * columns + column;
    const anchor = firstStep(Math.max(0, row), density);
    if (begins > at) step = anchor;
    else if (begins === at) step = Math.max(step, anchor);
    at = Math.max(at, begins);
    for (const unit of remarkUnits(remark, format)) {
      settle();
      const index = Math.floor(at / columns);
      while (pages.length <= index) pages.push([]);
      pages[index]!.push(toCell(unit, at % columns, step / density));
      step++;
    }
    step++;
  }
  return pages;
}

/** The first step at or below a row; rows of notes are no whole numbers. */
const firstStep = (row: number, density: number): number => Math.ceil(row * density - 1e-9);

function toCell({ text, before, after, judou, gaiji, interventions }: Unit, column: number, row: number): Cell {
  return {
    column,
    row,
    lane: 'full',
    style: 'side',
    text,
    ...(before && { before }),
    ...(after && { after }),
    ...(judou && { judou }),
    ...(gaiji && { gaiji }),
    ...(interventions && { interventions }),
    generated: true,
  };
}
