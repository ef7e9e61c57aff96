import { box, circle, type Drawn, type Glyph, type Shape, type Step, type Weight } from './drawing.ts';
import type { Format } from './format.ts';
import { drawFrame } from './frame.ts';
import { type Geometry, laneAxis, measure, sideAxis } from './geometry.ts';
import type { Cell, Page, SideLine, Style } from './page.ts';
import { drawRunningHead } from './running-head.ts';
import { lineAlong } from './side-line.ts';

const weights: Readonly<Record<Style, Weight>> = {
  gang: 600,
  mu: 500,
  note: 500,
  year: 600,
  'year-note': 500,
  juan: 600,
  author: 500,
  remark: 500,
  brow: 500,
  side: 500,
};

/** Small type of the letterpress page is not heavier than its text, its headlines are. */
const weightOf = (style: Style, { kind }: Format): Weight =>
  kind === 'qianyin' && weights[style] === 600 ? 700 : weights[style];

/** Everything on a text page, in reading order: frame or running head, the cells with their marks, the side lines. */
export function drawPage(page: Page, title: string, format: Format): Drawn[] {
  const geometry = measure(format, page.half);
  return [
    ...(format.frame ? drawFrame(page, title, format, geometry) : drawRunningHead(page, title, format, geometry)),
    ...(format.frame ? yearFrames(page, geometry) : []),
    ...page.cells.flatMap((cell) => drawCell(cell, geometry, format)),
    ...drawBrow(page.brow, geometry, format),
    ...page.cells.flatMap((cell) => drawMarks(cell, geometry, format)),
    ...page.sideLines.filter((line) => !line.hidden).map((line) => drawSideLine(line, geometry)),
    ...page.rubies.flatMap((ruby) => drawRuby(ruby, geometry)),
    ...page.side.flatMap((cell) => drawSideCell(cell, geometry, format)),
  ];
}

function drawCell(cell: Cell, geometry: Geometry, format: Format): Glyph[] {
  const full = cell.lane === 'full';
  const size = full ? geometry.textSize : geometry.noteSize;
  const advance = full ? geometry.cellHeight : geometry.cellHeight / format.noteDensity;
  const x = laneAxis(geometry, cell.column, cell.lane);
  const top = geometry.top + cell.row * geometry.cellHeight;
  const weight = weightOf(cell.style, format);
  if (isNumber(cell)) return drawNumber(cell.text, x, top, Math.min(size, advance), advance);
  const shift = format.kind === 'qianyin' && pauses.test(cell.text) ? pauseShift * size : 0;
  return glyphOf(cell, { x: x + shift, y: top + (advance - size) / 2 - shift, size, advance, weight });
}

// The face has the marks of pause in the middle of the cell, as Taiwan does; letterpress has them at its upper right.
const pauses = /^[，。、]$/u;
const pauseShift = 0.24;

/** The glyph of a cell; none for an empty one. */
function glyphOf(cell: Cell, place: Pick<Glyph, 'x' | 'y' | 'size' | 'advance' | 'weight'>): Glyph[] {
  if (cell.text === '') return [];
  return [
    {
      kind: 'glyph',
      char: cell.text,
      ...(cell.gaiji && { gaiji: cell.gaiji }),
      ...(!cell.generated && { text: (cell.before ?? '') + cell.text + (cell.after ?? '') }),
      part: cell,
      ...place,
      ink: 'black',
    },
  ];
}

/** A number of a 校記, or half of one: the only generated cells of several characters. */
const isNumber = (cell: Cell): boolean => cell.generated === true && /^〔.|.〕$/u.test(cell.text);

/** A number such as 〔一〕 in one cell: its brackets take half of their boxes. Halves of a longer one stand close together. */
function drawNumber(text: string, x: number, top: number, width: number, height: number): Glyph[] {
  const characters = [...text];
  const begins = text.startsWith('〔') ? 0.5 : 0;
  const ends = text.endsWith('〕') ? 0.5 : 0;
  const length = characters.length - begins - ends;
  const size = Math.min((height * 0.96) / length, width * 0.55);
  const room = height - size * length;
  const above = begins && ends ? room / 2 : begins ? room : 0;
  return characters.map((char, index) => artifact(char, x, top + above + (index - begins) * size, size));
}

function artifact(char: string, x: number, y: number, size: number, advance = size): Glyph {
  return { kind: 'glyph', char, x, y, size, advance, weight: 500, ink: 'black' };
}

/** 眉批: small columns above those of the text. */
function drawBrow({ cells, sideLines }: Page['brow'], geometry: Geometry, format: Format): Drawn[] {
  const { top, width, pitch, size } = geometry.brow;
  const axis = (column: number): number => geometry.block.right - (column + 0.5) * width;
  const weight = weightOf('brow', format);
  return [
    ...cells.flatMap((cell) =>
      glyphOf(cell, { x: axis(cell.column), y: top + cell.row * pitch, size, advance: pitch, weight }),
    ),
    ...cells.flatMap((cell) => {
      if (!cell.judou) return [];
      const radius = size * 0.1;
      const [x, y] = [axis(cell.column) + size / 2 + radius * 0.6, top + (cell.row + 0.94) * pitch];
      return [cell.judou === 'ju' ? sentenceMark(x, y, radius) : phraseMark(x, y, radius)];
    }),
    ...sideLines
      .filter((line) => !line.hidden)
      .map((line) => {
        const x = axis(line.column) - size / 2 - 0.25;
        const span = { from: top + line.from * pitch + 0.3, to: top + line.to * pitch - 0.3 };
        return lineAlong(line.kind, x, span, 'note', geometry.unit);
      }),
  ];
}

/** A reading, upright or as turned Latin, in the middle of its characters and no longer than they are. */
function drawRuby({ column, lane, from, to, text }: Page['rubies'][number], geometry: Geometry): Drawn[] {
  const x = sideAxis(geometry, column, lane);
  const top = geometry.top + from * geometry.cellHeight;
  const room = (to - from) * geometry.cellHeight;
  if (/^[\u0020-\u024f\u1e00-\u1eff]+$/u.test(text)) {
    const length = [...text].length * latinWidth;
    const size = Math.min(geometry.sideSize, room / length);
    const y = top + (room - length * size) / 2;
    return [{ kind: 'sideways', text, artifact: true, x, y, size, weight: 500, ink: 'black' }];
  }
  const characters = [...text].filter((char) => char.trim());
  const size = Math.min(geometry.sideSize, room / characters.length);
  const first = top + (room - characters.length * size) / 2;
  return characters.map((char, index) => artifact(char, x, first + index * size, size));
}

/** Width of a Latin letter as a part of its size, on average. */
const latinWidth = 0.53;

/** A character of a 校記 beside the column. */
function drawSideCell(cell: Cell, geometry: Geometry, { sideDensity }: Format): Drawn[] {
  const x = sideAxis(geometry, cell.column, 'full');
  const advance = geometry.cellHeight / sideDensity;
  const size = Math.min(geometry.sideSize, advance * 0.96);
  const y = geometry.top + cell.row * geometry.cellHeight + (advance - size) / 2;
  return glyphOf(cell, { x, y, size, advance, weight: 500 });
}

/** The 句讀 right of the cell's foot, the brackets of supplied text above and below, numbers of 校記 right of its head. */
function drawMarks(cell: Cell, geometry: Geometry, format: Format): Drawn[] {
  const full = cell.lane === 'full';
  const size = full ? geometry.textSize : geometry.noteSize;
  const height = full ? geometry.cellHeight : geometry.cellHeight / format.noteDensity;
  const axis = laneAxis(geometry, cell.column, cell.lane);
  const top = geometry.top + cell.row * geometry.cellHeight;
  const marks: Drawn[] = [];
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
  if (cell.number) {
    const small = Math.min(geometry.sideSize * 0.9, (height * 0.9) / ([...cell.number].length - 1));
    const length = small * ([...cell.number].length - 1);
    marks.push(...drawNumber(cell.number, sideAxis(geometry, cell.column, cell.lane), top, small * 2, length));
  }
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
  return lineAlong(line.kind, x, { from, to }, full ? 'text' : 'note', geometry.unit);
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
