import { circle, type Drawn, type Level, type Shape, type Step, stroke, type Weight } from '../drawing.ts';
import { widthOf, widthOfText } from '../widths.ts';
import type { HorizontalFormat } from './format.ts';
import { emTopOf, type LevelGeometry, measureLevel } from './geometry.ts';
import type { LevelCell, LevelLine, LevelPage, LineStyle, Underline } from './page.ts';
import { sizeOf } from './styles.ts';

const weights: Readonly<Record<LineStyle, Weight>> = {
  gang: 700,
  mu: 500,
  note: 500,
  apparatus: 500,
  year: 500,
  juan: 700,
  author: 500,
  title: 700,
  part: 700,
  section: 600,
  paragraph: 500,
  item: 500,
};

/** Calls and line numbers, as parts of the size they stand beside. */
const callSize = 0.58;
const numberSize = 0.68;
/** Where the baseline stands in the em box, from its top. */
const baseline = 0.88;

/** What the margins of a page say. */
export interface Margins {
  /** Running head of left and right pages; nothing at the opening of a juan. */
  readonly head?: { readonly verso: string; readonly recto: string };
  /** The folio as it is printed. */
  readonly folio: string;
  /** Number of the page, from which side of the sheet it stands on follows. */
  readonly number: number;
}

/** Everything on a page, in reading order: head, text, apparatus, notes, then numbers and lines. */
export function drawLevelPage(
  page: Pick<LevelPage, 'lines' | 'apparatus' | 'notes'>,
  margins: Margins,
  format: HorizontalFormat,
): Drawn[] {
  const geometry = measureLevel(format, margins.number);
  const all = [...page.lines, ...page.apparatus, ...page.notes];
  return [
    ...drawMargins(margins, geometry),
    ...all.flatMap((line) => drawCells(line, format, geometry)),
    ...all.flatMap((line) => drawUnderlines(line, format, geometry)),
    ...page.lines.flatMap((line) => drawNumber(line, format, geometry)),
    ...page.lines.flatMap((line) => drawLeader(line, format, geometry)),
    ...drawNoteRule([...page.apparatus, ...page.notes], format, geometry),
  ];
}

function drawCells(line: LevelLine, format: HorizontalFormat, geometry: LevelGeometry): Level[] {
  const size = geometry.size * sizeOf(line.style, format);
  const top = emTopOf(line.style, line.y, format, geometry);
  return line.cells.flatMap((cell): Level[] => {
    const weight = cell.strong ? 700 : weights[line.style];
    const left = geometry.left + (cell.x + offsetOf(cell)) * size;
    // White space is not drawn, but the text layer of generated pages keeps what is not.
    if (/^\s*$/u.test(cell.text)) return [];
    if (cell.role === 'call') return [drawCall(cell, left, top, size)];
    const text = cell.generated ? undefined : (cell.before ?? '') + cell.text + (cell.after ?? '');
    return [
      {
        kind: 'level',
        chars: cell.text,
        ...(cell.gaiji && { gaiji: cell.gaiji }),
        ...(text !== undefined && { text }),
        part: {
          style: line.style,
          ...(line.block !== undefined && { block: line.block }),
          ...(cell.generated && { generated: true }),
        },
        x: left,
        y: top,
        size,
        weight,
        ink: 'black',
      },
    ];
  });
}

/** A call above the line, in the middle of its room. */
function drawCall(cell: LevelCell, left: number, top: number, size: number): Level {
  const small = size * callSize;
  const natural = widthOfText(cell.text) * small;
  return {
    kind: 'level',
    chars: cell.text,
    ...(!cell.generated && { text: cell.text }),
    // Close to what it follows; a long number stands in the middle of its room.
    x: left + Math.min((cell.width * size - natural) / 2, size * 0.06),
    y: top - size * 0.06,
    size: small,
    weight: 500,
    ink: 'black',
  };
}

/** How far the glyph stands right of its room: a squeezed mark keeps its ink in the room, a narrow glyph the middle. */
function offsetOf({ text, width, ink, role }: LevelCell): number {
  if (role) return 0;
  if (ink === 'left') return 0;
  if (ink === 'right') return width - 1;
  const natural = [...text].length === 1 ? widthOf(text) : width;
  return ink === 'middle' || natural > width ? (width - natural) / 2 : 0;
}

function drawUnderlines(line: LevelLine, format: HorizontalFormat, geometry: LevelGeometry): Shape[] {
  const size = geometry.size * sizeOf(line.style, format);
  const y = emTopOf(line.style, line.y, format, geometry) + size * 1.09;
  return line.underlines.map((underline) => drawUnderline(underline, y, size, geometry.left));
}

/** A straight or wavy line, shorter than its characters so that neighbouring names stay apart. */
function drawUnderline({ kind, from, to }: Underline, y: number, size: number, left: number): Shape {
  const inset = size * 0.07;
  const [x1, x2] = [left + from * size + inset, left + to * size - inset];
  const width = Math.max(0.1, size * 0.036);
  return kind === 'name' ? stroke(x1, y, x2, y, width) : wave(x1, x2, y + size * 0.02, size, width * 0.85);
}

/** A wavy line of whole half-waves. */
function wave(from: number, to: number, y: number, size: number, width: number): Shape {
  const count = Math.max(2, Math.round((to - from) / (size * 0.19)));
  const half = (to - from) / count;
  const steps: Step[] = [['M', from, y]];
  for (let index = 0; index < count; index++) {
    const x = from + index * half;
    const swing = y + (index % 2 ? -1 : 1) * size * 0.058;
    steps.push(['C', x + half * 0.36, swing, x + half * 0.64, swing, x + half, y]);
  }
  return { kind: 'shape', steps, width, ink: 'black' };
}

/** The number of every fifth line, in the outer margin. */
function drawNumber(line: LevelLine, format: HorizontalFormat, geometry: LevelGeometry): Level[] {
  const { number } = line;
  if (!number || !format.lineNumbers || number % format.lineNumbers !== 0) return [];
  const size = geometry.size * numberSize;
  const y = emTopOf(line.style, line.y, format, geometry) + (geometry.size - size) * baseline;
  // Beyond the call of a note that hangs.
  const away = geometry.size * 1.3;
  const x = geometry.recto ? geometry.right + away : geometry.left - away;
  return [label(String(number), x, y, size, geometry.recto ? 'left' : 'right')];
}

/** Dots between a heading and its folio, on a grid of the page so that those of neighbouring lines agree. */
function drawLeader(line: LevelLine, format: HorizontalFormat, geometry: LevelGeometry): Shape[] {
  if (!line.leader) return [];
  const size = geometry.size * sizeOf(line.style, format);
  const y = emTopOf(line.style, line.y, format, geometry) + size * 0.52;
  const [from, to] = line.leader;
  const pitch = 0.5;
  const dots: Shape[] = [];
  for (let at = Math.ceil(from / pitch) * pitch; at <= to; at += pitch) {
    dots.push(circle(geometry.left + at * size, y, size * 0.032, 'black'));
  }
  return dots;
}

/** The short rule that parts the text from what stands at the foot. */
function drawNoteRule(foot: readonly LevelLine[], format: HorizontalFormat, geometry: LevelGeometry): Shape[] {
  const first = foot[0];
  if (!first) return [];
  const y = geometry.top + (first.y - format.note.gap * 0.42) * geometry.pitch;
  return [stroke(geometry.left, y, geometry.left + (geometry.right - geometry.left) * 0.3, y, 0.15)];
}

/** Running head with its rule, and the folio: in the head at the outer edge, at the foot of a page without a head. */
function drawMargins({ head, folio }: Margins, geometry: LevelGeometry): Drawn[] {
  const { left, right, top, bottom, size, recto } = geometry;
  if (!head) return folio ? [label(folio, (left + right) / 2, bottom + size * 2, size * 0.9, 'middle')] : [];
  const small = size * 0.84;
  const y = top - size * 3.1;
  const outer = recto ? right : left;
  const inward = recto ? -1 : 1;
  const side = recto ? 'right' : 'left';
  return [
    label(folio, outer, y, small, side),
    label(recto ? head.recto : head.verso, outer + inward * small * 3.2, y, small, side),
    stroke(left, y + small * 1.45, right, y + small * 1.45, 0.15),
  ];
}

/** Generated text at a place: an artifact. */
function label(text: string, x: number, y: number, size: number, side: 'left' | 'middle' | 'right'): Level {
  const width = widthOfText(text) * size;
  const shift = { left: 0, middle: width / 2, right: width }[side];
  return { kind: 'level', chars: text, x: x - shift, y, size, weight: 500, ink: 'black' };
}
