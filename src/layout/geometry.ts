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
  /** The size of what stands right of the text: readings, numbers and notes beside the columns. */
  readonly sideSize: number;
  /** 眉批: the head of its columns, their width, the distance of its characters and their size. */
  readonly brow: { readonly top: number; readonly width: number; readonly pitch: number; readonly size: number };
  readonly textSize: number;
  readonly noteSize: number;
  /** What a millimetre of the keben page is on this one: the measure of marks and side lines. */
  readonly unit: number;
  /** Room between a glyph and the edge of its lane. */
  readonly slack: { readonly full: number; readonly left: number; readonly right: number };
}

/** White between the frame and the first and last cells. */
const padding = 1.1;

/** White between the columns and 眉批, and least white between it and the edge of the page. */
const browGap = { below: 2.4, above: 6 };

/** Glyph size of text on the keben page. */
const kebenTextSize = 7.5;

/** The lengths of the half-leaf `a` (bound at its right edge) or `b` (bound at its left). */
export function measure(format: Format, half: 'a' | 'b'): Geometry {
  const { page, margin, centre, columns, rows, raised } = format;
  const frame = {
    left: half === 'a' ? margin.outer : margin.spine,
    right: page.width - (half === 'a' ? margin.spine : margin.outer),
    top: margin.top,
    bottom: page.height - margin.bottom,
  };
  const block = {
    left: half === 'a' ? frame.left + centre : frame.left,
    right: half === 'a' ? frame.right : frame.right - centre,
  };
  const inside = format.frame ? padding : 0;
  // A mark that hangs below the column needs room inside the frame.
  const hanging = format.punctuation === 'full' ? 0.75 : 0;
  const columnWidth = (block.right - block.left) / columns;
  const cellHeight = (frame.bottom - frame.top - 2 * inside) / (rows + raised + hanging);
  const textSize = Math.min(cellHeight * format.textSize, columnWidth * 0.8);
  const noteSize = Math.min((columnWidth / 2) * format.noteSize, (cellHeight / format.noteDensity) * 0.97);
  const spare = columnWidth / 2 - noteSize;
  // Left of a note glyph runs its side line, right of it stand its 句讀: a shade more room for the marks.
  const slack = { full: (columnWidth - textSize) / 2, left: spare * 0.48, right: spare * 0.52 };
  const unit = textSize / kebenTextSize;
  const top = frame.top + inside + raised * cellHeight;
  const sideSize = Math.min(slack.full * 0.92, cellHeight * 0.48);
  return {
    frame,
    block,
    top,
    columnWidth,
    cellHeight,
    sideSize,
    brow: measureBrow(format, columnWidth),
    textSize,
    noteSize,
    unit,
    slack,
  };
}

/** The top margin: as large as its columns and the white around allow. A mark may hang below its last cell. */
function measureBrow({ margin, brow }: Format, columnWidth: number): Geometry['brow'] {
  const width = columnWidth / brow.columns;
  const room = Math.max(margin.top - browGap.below - browGap.above, margin.top * 0.5);
  const pitch = Math.min(width * 0.86, room / (brow.rows + 0.5));
  return { top: margin.top - browGap.below - (brow.rows + 0.5) * pitch, width, pitch, size: pitch * 0.94 };
}

/** The axis of a lane: the middle of its glyphs. */
export function laneAxis(geometry: Geometry, column: number, lane: Lane): number {
  const right = geometry.block.right - column * geometry.columnWidth;
  const middle = right - geometry.columnWidth / 2;
  if (lane === 'full') return middle;
  const laneLeft = lane === 'right' ? middle : right - geometry.columnWidth;
  return laneLeft + geometry.slack.left + geometry.noteSize / 2;
}

/** The axis of what stands right of the glyphs of a lane. */
export function sideAxis(geometry: Geometry, column: number, lane: Lane): number {
  const axis = laneAxis(geometry, column, lane);
  if (lane === 'full') return axis + geometry.textSize / 2 + geometry.slack.full / 2;
  return axis + geometry.noteSize / 2 + geometry.slack.right / 2;
}
