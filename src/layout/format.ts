/** 版式: the page and its grid. Lengths in millimetres; plain data, so that an edition can give its own as JSON. */
export interface Format {
  readonly page: { readonly width: number; readonly height: number };
  /** 天頭 above the frame, 地腳 below it, 書腦 on the side of the binding. */
  readonly margin: { readonly top: number; readonly bottom: number; readonly spine: number };
  /** Half of 版心: the strip between the fold and the first rule. */
  readonly centre: number;
  /** Columns of a half-leaf. */
  readonly columns: number;
  /** Cells of a column. */
  readonly rows: number;
  /** Cells that 目 stands lower than 綱. */
  readonly indent: number;
  /** Note characters of a half line in one cell: 1, 1.5 or 2. */
  readonly noteDensity: number;
  /** Glyph sizes: text as a part of the cell's height, notes as a part of the half column's width. */
  readonly textSize: number;
  readonly noteSize: number;
  /** `judou`: small marks beside the cell; `full`: punctuation in cells, hanging below the column; `none`: neither. */
  readonly punctuation: 'judou' | 'full' | 'none';
}

/** 刻本: half-leaves of ten columns by twenty-one cells, as the woodblock editions of the Song have them. */
export const keben: Format = {
  page: { width: 152, height: 236 },
  margin: { top: 40, bottom: 22, spine: 20 },
  centre: 9,
  columns: 10,
  rows: 21,
  indent: 1,
  noteDensity: 1.5,
  textSize: 0.92,
  noteSize: 0.71,
  punctuation: 'judou',
};

/**
 * The keben format with some values changed; margins and 版心 that are not given grow and shrink with the page.
 * Throws a RangeError when the grid has no room for text.
 */
export function makeFormat(changes: Partial<Format> = {}): Format {
  const page = changes.page ?? keben.page;
  const across = page.width / keben.page.width;
  const down = page.height / keben.page.height;
  const { top, bottom, spine } = keben.margin;
  const margin = { top: top * down, bottom: bottom * down, spine: spine * across };
  const format = { ...keben, margin, centre: keben.centre * across, ...changes };
  const { columns, rows, indent, noteDensity } = format;
  const whole = [columns, rows, indent].every((value) => Number.isInteger(value) && value >= 0);
  if (!whole || columns < 2 || rows - indent < 1 || noteDensity < 1 || !(page.width > 0 && page.height > 0)) {
    throw new RangeError(
      `a page needs a size, two columns, a cell below the indent and a note density from 1: found ${JSON.stringify(format)}`,
    );
  }
  return format;
}
