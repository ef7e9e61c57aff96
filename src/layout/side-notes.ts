import type { Format } from './format.ts';
import type { Cell, RubyText } from './page.ts';
import { type NumberedRemark, remarkUnits } from './remarks.ts';

/** Characters of a side note in a cell of the text. */
export const sideDensity = 2;

/** A 校記 and the cell it is anchored to: `page` counts from 0. */
export interface PlacedRemark {
  readonly page: number;
  readonly column: number;
  readonly row: number;
  readonly remark: NumberedRemark;
}

/**
 * 校記 beside the columns: each begins beside its anchor, or behind the one before it, and goes on beside the next
 * column, on the next page too; readings (`rubies` by page) are passed by. Returns the cells of the pages by number;
 * there may be more of them than pages.
 */
export function setSideNotes(
  notes: readonly PlacedRemark[],
  rubies: readonly (readonly RubyText[])[],
  format: Format,
): Cell[][] {
  const { columns, rows } = format;
  const step = 1 / sideDensity;
  const pages: Cell[][] = [];
  let at = 0;
  let row = 0;
  /** Moves on to a place that is inside a column and beside no reading. */
  const settle = (): void => {
    for (;;) {
      if (row + step > rows + 1e-9) {
        at++;
        row = 0;
      }
      const taken = rubies[Math.floor(at / columns)]?.find(
        (ruby) => ruby.column === at % columns && row < ruby.to && row + step > ruby.from,
      );
      if (!taken) return;
      row = Math.ceil(taken.to / step) * step;
    }
  };
  for (const { page, column, row: anchor, remark } of notes) {
    const begins = page * columns + column;
    if (begins > at || (begins === at && Math.max(0, anchor) > row)) {
      at = begins;
      row = Math.max(0, Math.ceil(anchor / step) * step);
    }
    for (const unit of remarkUnits(remark, format)) {
      settle();
      const index = Math.floor(at / columns);
      while (pages.length <= index) pages.push([]);
      pages[index]!.push({
        column: at % columns,
        row,
        lane: 'full',
        style: 'side',
        text: unit.text,
        ...(unit.judou && { judou: unit.judou }),
        ...(unit.gaiji && { gaiji: unit.gaiji }),
        ...(unit.before && { before: unit.before }),
        ...(unit.after && { after: unit.after }),
        generated: true,
      });
      row += step;
    }
    row += step;
  }
  return pages;
}
