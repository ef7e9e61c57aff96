import type { Format } from './format.ts';
import type { Lane } from './page.ts';

/** Lengths of a half-leaf in millimetres, from the top left corner of the page. */
export interface Geometry {
  /** The inner line of the frame; one of its sides is the fold. */
  readonly frame: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
  /** The columns: the frame without 版心. */
  readonly block: { readonly left: number; readonly right: number };
  /** Top of row 0. */
  readonly top: number;
  readonly columnWidth: number;
  readonly cellHeight: number;
  readonly textSize: number;
  readonly noteSize: number;
  /** What a millimetre of the keben page is on this one: the measure of marks and side lines. */
  readonly unit: number;
  /** Room between a glyph and the edge of its lane. */
  readonly slack: { readonly full: number; readonly left: number; readonly right: number };
}

/** White between the frame and the first and last cells. */
const padding = 1.1;

/** Glyph size of text on the keben page. */
const kebenTextSize = 7.5;

/** The lengths of the half-leaf `a` (fold at the left edge) or `b` (fold at the right). */
export function measure(format: Format, half: 'a' | 'b'): Geometry {
  const { page, margin, centre, columns, rows } = format;
  const frame = {
    left: half === 'a' ? 0 : margin.spine,
    right: half === 'a' ? page.width - margin.spine : page.width,
    top: margin.top,
    bottom: page.height - margin.bottom,
  };
  const block = half === 'a' ? { left: centre, right: frame.right } : { left: frame.left, right: page.width - centre };
  // A mark that hangs below the column needs room inside the frame.
  const hanging = format.punctuation === 'full' ? 0.75 : 0;
  const columnWidth = (block.right - block.left) / columns;
  const cellHeight = (frame.bottom - frame.top - 2 * padding) / (rows + hanging);
  const textSize = Math.min(cellHeight * format.textSize, columnWidth * 0.8);
  const noteSize = Math.min((columnWidth / 2) * format.noteSize, (cellHeight / format.noteDensity) * 0.97);
  const spare = columnWidth / 2 - noteSize;
  // Left of a note glyph runs its side line, right of it stand its 句讀: a shade more room for the marks.
  const slack = { full: (columnWidth - textSize) / 2, left: spare * 0.48, right: spare * 0.52 };
  const unit = textSize / kebenTextSize;
  return { frame, block, top: frame.top + padding, columnWidth, cellHeight, textSize, noteSize, unit, slack };
}

/** The axis of a lane: the middle of its glyphs. */
export function laneAxis(geometry: Geometry, column: number, lane: Lane): number {
  const right = geometry.block.right - column * geometry.columnWidth;
  const middle = right - geometry.columnWidth / 2;
  if (lane === 'full') return middle;
  const laneLeft = lane === 'right' ? middle : right - geometry.columnWidth;
  return laneLeft + geometry.slack.left + geometry.noteSize / 2;
}
