import type { Gaiji } from './book.ts';

/** Which part of the text a character is, for the tags of the PDF. A cell says it of itself. */
export interface TextPart {
  readonly style: string;
  /** Made by the edition: none of the text layer. */
  readonly generated?: true;
  /** Number of the block in its juan, and of the note in the block. */
  readonly block?: number;
  readonly note?: number;
}

/** The two inks of the book: pure black, and the red of 句讀 and seals. `paper` is what stays white in a solid shape. */
export type Ink = 'black' | 'red' | 'paper';

/** Weights of the face that the pages use. */
export type Weight = 400 | 500 | 600 | 700;

/**
 * A character upright in vertical text: `x` is the axis of its column, `y` the top of its em box, `advance` the
 * distance to the next. `text` is what the text layer says of it; without `text` it is an artifact.
 */
export interface Glyph {
  readonly kind: 'glyph';
  readonly char: string;
  readonly gaiji?: Gaiji;
  readonly text?: string;
  readonly part?: TextPart;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly advance: number;
  readonly weight: Weight;
  readonly ink: Ink;
}

/** Latin text turned a quarter clockwise, reading downwards from `y` on the axis `x`. `artifact`: none of the text layer. */
export interface Sideways {
  readonly kind: 'sideways';
  readonly text: string;
  readonly artifact?: true;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly weight: Weight;
  readonly ink: Ink;
}

/**
 * Horizontal text from its left edge `x`: one character, or several set with the widths of the face. `y` is the top of
 * its em box. `text` is what the text layer says of it; without `text` it is an artifact.
 */
export interface Level {
  readonly kind: 'level';
  readonly chars: string;
  readonly gaiji?: Gaiji;
  readonly text?: string;
  readonly part?: TextPart;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly weight: Weight;
  readonly ink: Ink;
}

/** A step of an outline: move, line, or cubic curve with its two handles first. */
export type Step =
  | readonly ['M' | 'L', number, number]
  | readonly ['C', number, number, number, number, number, number];

/** A stroked (`width` given) or filled outline; a filled one is closed. */
export interface Shape {
  readonly kind: 'shape';
  readonly steps: readonly Step[];
  readonly width?: number;
  readonly ink: Ink;
}

/** What a back end draws, in millimetres from the top left corner of the page, in reading order. */
export type Drawn = Glyph | Sideways | Level | Shape;

/** Whether an item is none of the text: an ornament, or a character that the edition made. */
export function isArtifact(item: Drawn): boolean {
  if (item.kind === 'sideways') return item.artifact === true;
  return item.kind === 'shape' || item.text === undefined;
}

/** A straight stroke. */
export function stroke(x1: number, y1: number, x2: number, y2: number, width: number, ink: Ink = 'black'): Shape {
  return {
    kind: 'shape',
    steps: [
      ['M', x1, y1],
      ['L', x2, y2],
    ],
    width,
    ink,
  };
}

/** A filled polygon. */
export function polygon(points: readonly (readonly [number, number])[], ink: Ink = 'black'): Shape {
  return { kind: 'shape', steps: points.map(([x, y], index) => [index ? 'L' : 'M', x, y] as const), ink };
}

/** A filled rectangle. */
export function rectangle(x: number, y: number, width: number, height: number, ink: Ink = 'black'): Shape {
  return polygon(
    [
      [x, y],
      [x + width, y],
      [x + width, y + height],
      [x, y + height],
    ],
    ink,
  );
}

/** A rectangle of four strokes of the same width, drawn on its outline with square corners. */
export function box(x: number, y: number, width: number, height: number, line: number, ink: Ink = 'black'): Shape[] {
  const half = line / 2;
  return [
    stroke(x - half, y, x + width + half, y, line, ink),
    stroke(x - half, y + height, x + width + half, y + height, line, ink),
    stroke(x, y, x, y + height, line, ink),
    stroke(x + width, y, x + width, y + height, line, ink),
  ];
}

/** A circle as four curves, stroked when `width` is given. */
export function circle(x: number, y: number, radius: number, ink: Ink, width?: number): Shape {
  const k = radius * 0.5523;
  const r = radius;
  const steps: Step[] = [
    ['M', x + r, y],
    ['C', x + r, y + k, x + k, y + r, x, y + r],
    ['C', x - k, y + r, x - r, y + k, x - r, y],
    ['C', x - r, y - k, x - k, y - r, x, y - r],
    ['C', x + k, y - r, x + r, y - k, x + r, y],
  ];
  return { kind: 'shape', steps, ink, ...(width !== undefined && { width }) };
}
