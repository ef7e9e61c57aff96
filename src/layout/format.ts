import type { PageSize } from './page-sizes.ts';
import { presets } from './presets.ts';

/** The presets, each a file of presets/: woodblock leaf (刻本), and letterpress page without rules (鉛印) as 中華書局 sets the histories. */
export type FormatKind = 'keben' | 'qianyin';

/** 版式: the page and its grid. Lengths in millimetres; plain data, so that an edition can give its own as JSON. */
export interface Format {
  /** The preset that the format comes from: which weights, which running heads. */
  readonly kind: FormatKind;
  readonly page: PageSize;
  /**
   * 天頭 above the text block, 地腳 below it, the side of the binding (書腦), and the side that is cut: 0 where it is the
   * fold of a leaf.
   */
  readonly margin: { readonly top: number; readonly bottom: number; readonly spine: number; readonly outer: number };
  /** A page for each half-leaf, or whole leaves (筒子頁) to be folded, 版心 in the middle. */
  readonly sheet: 'half' | 'leaf';
  /** 四周雙邊, 界行 and 版心; without them the page has a running head and a folio on its outer edge. */
  readonly frame: boolean;
  /** Half of 版心: the strip between the fold and the first rule. */
  readonly centre: number;
  /** Columns of a page. */
  readonly columns: number;
  /** Cells of a column. */
  readonly rows: number;
  /** Rows kept free above the first for 單抬; a book that has one gets a row even if this is 0. */
  readonly raised: number;
  /** Cells that 目 stands lower than 綱, and cells more in its first column. */
  readonly indent: number;
  readonly firstIndent: number;
  /** Cells that year headings stand lower than 綱. */
  readonly yearIndent: number;
  /** Note characters of a half line in one cell: 1, 1.5 or 2. */
  readonly noteDensity: number;
  /** Glyph sizes: text as a part of the cell's height, notes as a part of the half column's width. */
  readonly textSize: number;
  readonly noteSize: number;
  /** Characters of a note beside the column in one cell. */
  readonly sideDensity: number;
  /** `judou`: small marks beside the cell; `full`: punctuation in cells, hanging below the column; `none`: neither. */
  readonly punctuation: 'judou' | 'full' | 'none';
  /** In full punctuation, titles that are marked up: a wavy line in the place of their 《》, or the brackets alone. */
  readonly titles: 'line' | 'brackets';
  /** Whether readings (注音) are set beside their characters. */
  readonly ruby: boolean;
  /** 校記: a numbered list at the end of the juan, notes beside the columns, or left out. */
  readonly apparatus: 'end' | 'side' | 'none';
  /** Numbers of 校記 in a cell of their own, or beside the cell before. Notes beside the columns have them in cells. */
  readonly numbers: 'cell' | 'beside';
  /** 眉批: cells of a column in the top margin, and columns of it above one of the text. */
  readonly brow: { readonly rows: number; readonly columns: number };
  /** Where a juan begins: on a new leaf, or on the next page. */
  readonly juanBegins: 'leaf' | 'page';
}

/** What may be changed of a preset. Margins that are not given follow the page. */
export type FormatChanges = Partial<Omit<Format, 'margin'>> & { readonly margin?: Partial<Format['margin']> };

/** 刻本: half-leaves of ten columns by twenty-one cells, as the woodblock editions of the Song have them. */
export const keben: Format = presets.keben;

/**
 * A preset (`kind`, keben unless given) with some values changed; margins and 版心 that are not given grow and shrink
 * with the page. Throws a RangeError when the grid has no room for text.
 */
export function makeFormat(changes: FormatChanges = {}): Format {
  const preset = presets[changes.kind ?? 'keben'];
  const page = changes.page ?? preset.page;
  const across = page.width / preset.page.width;
  const down = page.height / preset.page.height;
  const { top, bottom, spine, outer } = preset.margin;
  const scaled = { top: top * down, bottom: bottom * down, spine: spine * across, outer: outer * across };
  const format = { ...preset, centre: preset.centre * across, ...changes, margin: { ...scaled, ...changes.margin } };
  const { columns, rows, indent, noteDensity, brow } = format;
  const whole = [columns, rows, indent, brow.rows, brow.columns].every(
    (value) => Number.isInteger(value) && value >= 0,
  );
  const room = columns >= 2 && rows - indent >= 1 && brow.rows >= 1 && brow.columns >= 1;
  const block = page.width - format.margin.spine - format.margin.outer - format.centre;
  const height = page.height - format.margin.top - format.margin.bottom;
  if (!whole || !room || noteDensity < 1 || !(block > 0 && height > 0)) {
    throw new RangeError(
      `a page needs a size, two columns, a cell below the indent and a note density from 1: found ${JSON.stringify(format)}`,
    );
  }
  return format;
}
