import { type Drawn, type Glyph, polygon, rectangle, type Shape, stroke } from './drawing.ts';
import type { Format } from './format.ts';
import type { Geometry } from './geometry.ts';
import { chineseNumber } from './numerals.ts';
import type { Page } from './page.ts';

/** Strokes of the page: 四周雙邊 is a thick line outside a thin one, 界行 part the columns. */
export const lines = { outer: 0.85, gap: 0.75, inner: 0.26, rule: 0.18 } as const;

/** The frame, the rules between the columns, and 版心 with its two 魚尾, title, juan and folio. */
export function drawFrame(
  page: Pick<Page, 'juan' | 'leaf' | 'half'>,
  title: string,
  format: Format,
  geometry: Geometry,
): Drawn[] {
  return [
    ...drawBorder(page.half, geometry),
    ...drawRules(format, geometry),
    ...drawCentre(page, title, format, geometry),
  ];
}

/** Three sides of the double border; the fourth is the fold. */
function drawBorder(half: Page['half'], { frame }: Geometry): Shape[] {
  const out = lines.gap + (lines.inner + lines.outer) / 2;
  const side = half === 'a' ? frame.right : frame.left;
  const away = half === 'a' ? 1 : -1;
  const corner = side + away * (out + lines.outer / 2);
  const fold = half === 'a' ? frame.left : frame.right;
  return [
    stroke(fold, frame.top - out, corner, frame.top - out, lines.outer),
    stroke(fold, frame.bottom + out, corner, frame.bottom + out, lines.outer),
    stroke(side + away * out, frame.top - out, side + away * out, frame.bottom + out, lines.outer),
    stroke(fold, frame.top, side, frame.top, lines.inner),
    stroke(fold, frame.bottom, side, frame.bottom, lines.inner),
    stroke(side, frame.top - lines.inner / 2, side, frame.bottom + lines.inner / 2, lines.inner),
  ];
}

function drawRules(format: Format, { frame, block, columnWidth }: Geometry): Shape[] {
  const rules: Shape[] = [];
  for (let column = 1; column < format.columns; column++) {
    const x = block.right - column * columnWidth;
    rules.push(stroke(x, frame.top, x, frame.bottom, lines.rule));
  }
  const edge = block.left === frame.left ? block.right : block.left;
  rules.push(stroke(edge, frame.top, edge, frame.bottom, lines.inner));
  return rules;
}

function drawCentre(
  page: Pick<Page, 'juan' | 'leaf' | 'half'>,
  title: string,
  format: Format,
  { frame, block }: Geometry,
): Drawn[] {
  const fold = page.half === 'a' ? frame.left : frame.right;
  const edge = page.half === 'a' ? block.left : block.right;
  const height = frame.bottom - frame.top;
  const upper = frame.top + height * 0.2;
  const lower = frame.bottom - height * 0.2;
  const axis = (fold + edge) / 2;
  const folio = `${chineseNumber(page.leaf)}${page.half === 'a' ? '上' : '下'}`;
  // A long title is set smaller, so that it does not run into the folio.
  const room = lower - upper - format.centre * 2.3;
  const size = Math.min(format.centre * 0.5, room / (([...title, ...page.juan, ...folio].length + 2) * 1.12));
  const name = centreText(title, axis, upper + format.centre * 1.15, size);
  const juan = centreText(
    page.juan,
    axis,
    upper + format.centre * 1.15 + ([...title].length + 0.8) * size * 1.12,
    size,
  );
  const number = centreText(folio, axis, lower - format.centre * 1.15 - [...folio].length * size * 1.12, size);
  return [
    ...elephantTrunks(fold, edge, frame.top, upper, lower, frame.bottom),
    ...fishTail(fold, edge, upper, 1),
    ...fishTail(fold, edge, lower, -1),
    ...name,
    ...juan,
    ...number,
  ];
}

/** 象鼻: the black lines along the fold above and below the 魚尾 (細黑口). */
function elephantTrunks(
  fold: number,
  edge: number,
  top: number,
  upper: number,
  lower: number,
  bottom: number,
): Shape[] {
  const width = (edge - fold) * 0.13;
  return [rectangle(fold, top, width, upper - top), rectangle(fold, lower, width, bottom - lower)];
}

/** Half of a 魚尾, flat side at `y`, tail towards `direction` (1 down, -1 up), notched at the fold, with its outline. */
function fishTail(fold: number, edge: number, y: number, direction: 1 | -1): Shape[] {
  const width = Math.abs(edge - fold);
  const deep = y + direction * width * 0.78;
  const notch = y + direction * width * 0.36;
  const gap = direction * 0.85;
  return [
    polygon([
      [fold, y],
      [edge, y],
      [edge, deep],
      [fold, notch],
    ]),
    stroke(fold, notch + gap, edge, deep + gap, lines.inner),
    stroke(fold, y - gap, edge, y - gap, lines.inner),
  ];
}

/** Text of 版心: an artifact, so that the text layer holds the text only. */
function centreText(text: string, axis: number, top: number, size: number): Glyph[] {
  const advance = size * 1.12;
  return [...text].map((char, index) => ({
    kind: 'glyph',
    char,
    x: axis,
    y: top + index * advance,
    size,
    advance,
    weight: 500,
    ink: 'black',
  }));
}
