import { box, circle, type Drawn, type Glyph, type Shape, type Step, stroke, type Weight } from './drawing.ts';
import type { Format } from './format.ts';
import { drawFrame } from './frame.ts';
import { type Geometry, laneAxis, measure } from './geometry.ts';
import type { Cell, Page, SideLine, Style } from './page.ts';

const weights: Readonly<Record<Style, Weight>> = {
  gang: 600,
  mu: 500,
  note: 500,
  year: 600,
  'year-note': 500,
  juan: 600,
  author: 500,
};

/** Everything on a text page, in reading order: the frame, then the cells with their marks, then the side lines. */
export function drawPage(page: Page, title: string, format: Format): Drawn[] {
  const geometry = measure(format, page.half);
  return [
    ...drawFrame(page, title, format, geometry),
    ...(page.cells.filter((cell) => cell.style === 'year').length > 0 ? yearFrames(page, geometry) : []),
    ...page.cells.map((cell) => drawGlyph(cell, geometry, format)),
    ...page.cells.flatMap((cell) => drawMarks(cell, geometry, format)),
    ...page.sideLines.map((line) => drawSideLine(line, geometry)),
  ];
}

function drawGlyph(cell: Cell, geometry: Geometry, format: Format): Glyph {
  const full = cell.lane === 'full';
  const size = full ? geometry.textSize : geometry.noteSize;
  const advance = full ? geometry.cellHeight : geometry.cellHeight / format.noteDensity;
  return {
    kind: 'glyph',
    char: cell.text,
    ...(cell.gaiji && { gaiji: cell.gaiji }),
    ...(!cell.generated && { text: (cell.before ?? '') + cell.text + (cell.after ?? '') }),
    cell,
    x: laneAxis(geometry, cell.column, cell.lane),
    y: geometry.top + cell.row * geometry.cellHeight + (advance - size) / 2,
    size,
    advance,
    weight: weights[cell.style],
    ink: 'black',
  };
}

/** The 句讀 right of the cell's foot, and the brackets of supplied text above and below. */
function drawMarks(cell: Cell, geometry: Geometry, format: Format): Shape[] {
  const full = cell.lane === 'full';
  const size = full ? geometry.textSize : geometry.noteSize;
  const height = full ? geometry.cellHeight : geometry.cellHeight / format.noteDensity;
  const axis = laneAxis(geometry, cell.column, cell.lane);
  const top = geometry.top + cell.row * geometry.cellHeight;
  const marks: Shape[] = [];
  if (cell.judou) {
    const room = full ? geometry.slack.full : geometry.slack.right;
    const foot = top + height * (full ? 0.93 : 0.96);
    const radius = Math.min(room * 0.4, (full ? 0.66 : 0.42) * geometry.unit);
    // In notes the room is scarce: the mark stands close, in the gap between two glyphs.
    const x = axis + size / 2 + (full ? radius + 0.1 * geometry.unit : radius * 0.75);
    marks.push(cell.judou === 'ju' ? sentenceMark(x, foot, radius) : phraseMark(x, foot, radius));
  }
  if (cell.bracket && cell.bracket !== 'close') marks.push(bracket(axis, top + (full ? 0.05 : 0.02), size, 1));
  if (cell.bracket && cell.bracket !== 'open') marks.push(bracket(axis, top + height - (full ? 0.05 : 0.02), size, -1));
  return marks;
}

/** 句: a ring. */
function sentenceMark(x: number, y: number, radius: number): Shape {
  const line = radius * 0.42;
  return circle(x, y, radius - line / 2, 'red', line);
}

/** 讀: a drop, thin at the upper left. */
function phraseMark(x: number, y: number, radius: number): Shape {
  const r = radius;
  const steps: Step[] = [
    ['M', x - r * 0.75, y - r * 0.95],
    ['C', x - r * 0.1, y - r * 0.75, x + r * 0.75, y - r * 0.1, x + r * 0.75, y + r * 0.45],
    ['C', x + r * 0.75, y + r * 0.95, x + r * 0.1, y + r * 1.05, x - r * 0.15, y + r * 0.6],
    ['C', x - r * 0.35, y + r * 0.2, x - r * 0.45, y - r * 0.5, x - r * 0.75, y - r * 0.95],
  ];
  return { kind: 'shape', steps, ink: 'red' };
}

/** 〔 (direction 1, above the glyph) or 〕 (-1, below it) as a thin bracket across the column. */
function bracket(axis: number, y: number, size: number, direction: 1 | -1): Shape {
  const half = size * 0.36;
  const foot = size * 0.09 * direction;
  const steps: Step[] = [
    ['M', axis - half - Math.abs(foot), y + foot],
    ['L', axis - half, y],
    ['L', axis + half, y],
    ['L', axis + half + Math.abs(foot), y + foot],
  ];
  return { kind: 'shape', steps, width: 0.2, ink: 'black' };
}

/** A straight or wavy line left of the glyphs, shorter than its cells so that neighbouring names stay apart. */
function drawSideLine(line: SideLine, geometry: Geometry): Shape {
  const full = line.lane === 'full';
  const size = full ? geometry.textSize : geometry.noteSize;
  const gap = full ? Math.min(0.62 * geometry.unit, geometry.slack.full * 0.6) : geometry.slack.left * 0.42;
  const x = laneAxis(geometry, line.column, line.lane) - size / 2 - gap;
  const inset = (full ? 0.55 : 0.4) * geometry.unit;
  const from = geometry.top + line.from * geometry.cellHeight + inset;
  const to = geometry.top + line.to * geometry.cellHeight - inset;
  if (line.kind === 'name') return stroke(x, from, x, to, (full ? 0.26 : 0.2) * geometry.unit);
  const [amplitude, length, width] = full ? [0.3, 3, 0.22] : [0.2, 2.4, 0.16];
  return wave(x, from, to, amplitude * geometry.unit, length * geometry.unit, width * geometry.unit);
}

/** A wavy line of whole half-waves near the wanted length. */
function wave(x: number, from: number, to: number, amplitude: number, length: number, width: number): Shape {
  const count = Math.max(2, Math.round(((to - from) / length) * 2));
  const half = (to - from) / count;
  const steps: Step[] = [['M', x, from]];
  for (let index = 0; index < count; index++) {
    const y = from + index * half;
    const swing = x + (index % 2 ? -1 : 1) * amplitude * 1.35;
    steps.push(['C', swing, y + half * 0.36, swing, y + half * 0.64, x, y + half]);
  }
  return { kind: 'shape', steps, width, ink: 'black' };
}

/** 墨圍: a frame around each year label. */
function yearFrames(page: Page, geometry: Geometry): Shape[] {
  const columns = new Map<number, { from: number; to: number }>();
  for (const cell of page.cells) {
    if (cell.style !== 'year') continue;
    const known = columns.get(cell.column);
    columns.set(cell.column, { from: Math.min(known?.from ?? cell.row, cell.row), to: cell.row + 1 });
  }
  const width = geometry.textSize * 1.2;
  return [...columns].flatMap(([column, { from, to }]) => {
    const axis = laneAxis(geometry, column, 'full');
    const top = geometry.top + from * geometry.cellHeight + 0.05;
    return box(axis - width / 2, top, width, (to - from) * geometry.cellHeight - 0.1, 0.3);
  });
}
