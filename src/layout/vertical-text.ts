import type { Drawn, Glyph, Ink, Weight } from './drawing.ts';
import { mayNotBegin } from './judou.ts';
import { widthOfText } from './widths.ts';

/** A line of vertical text: Han characters upright, Latin runs turned. */
export interface Line {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly weight: Weight;
  /** Distance from character to character as a part of the size. */
  readonly spacing: number;
}

/** Room that Latin letters are given beyond their widths: other weights of the face are a shade wider. */
const latinRoom = 1.03;

/** Runs of Latin and single other characters. */
function runsOf(text: string): readonly string[] {
  return text.match(/[\u0020-\u007e\u00a0-\u024f]+|[^\u0020-\u007e\u00a0-\u024f]\p{M}*/gu) ?? [];
}

const isLatin = (run: string): boolean => /^[\u0020-\u024f]/u.test(run);

function runLength(run: string, size: number, spacing: number): number {
  return isLatin(run) ? widthOfText(run) * size * latinRoom + size * 0.3 : size * spacing;
}

/** Length of a line in the unit of its size, Latin text by the widths of the face. */
export function lengthOf(text: string, size: number, spacing: number): number {
  return runsOf(text).reduce((sum, run) => sum + runLength(run, size, spacing), 0);
}

/** The size, or the smaller one at which a line has the room it is given. */
export function fitSize(text: string, size: number, room: number): number {
  return Math.min(size, (size * room) / lengthOf(text, size, 1.16));
}

/** Draws a line of vertical text. U+3000 leaves its place free. */
export function drawLine({ text, x, y, size, weight, spacing }: Line): Drawn[] {
  const ink = 'black';
  const drawn: Drawn[] = [];
  let at = y;
  for (const run of runsOf(text)) {
    if (isLatin(run)) drawn.push({ kind: 'sideways', text: run.trim(), x, y: at + size * 0.1, size, weight, ink });
    else if (run !== '　') drawn.push(glyphAt(run, x, at, size, size * spacing, weight, ink));
    at += runLength(run, size, spacing);
  }
  return drawn;
}

/** A character of the front matter: it is text, not an artifact. */
export function glyphAt(
  char: string,
  x: number,
  y: number,
  size: number,
  advance: number,
  weight: Weight,
  ink: Ink,
): Glyph {
  return { kind: 'glyph', char, text: char, x, y, size, advance, weight, ink };
}

/** Breaks text into lines of a length: between Han characters, between Latin words, inside a word only when it is too long. */
export function wrap(text: string, size: number, room: number): string[] {
  const pieces = runsOf(text).flatMap((run) => (isLatin(run) ? (run.match(/[^ /]+[ /]*|[ /]+/g) ?? []) : [run]));
  const result: string[] = [];
  let line = '';
  for (const piece of pieces) {
    if (line && !mayNotBegin(piece) && lengthOf(line + piece, size, 1.14) > room) {
      result.push(line);
      line = '';
    }
    line += piece;
  }
  return line ? [...result, line] : result;
}
