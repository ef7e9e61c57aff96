import type { Piece } from './pieces.ts';

/** A piece on a line: `x` is the left edge of its room, both in characters of the line's size. */
export interface Placed {
  readonly piece: Piece;
  readonly x: number;
  readonly width: number;
}

/** Room of a line: where it begins and where it must end. */
export interface Room {
  readonly from: number;
  readonly to: number;
}

/** A line that would need wider gaps than this (Latin words in a narrow column) stays short. */
const widestGap = 0.4;

/** Fractions of a character that sums may be off. */
const tolerance = 1e-6;

/**
 * Breaks pieces into lines. Natural widths first; where the break would part what belongs together, marks of the line
 * are squeezed (or one mark hangs) to take in what may not begin the next, else the line gives away its last pieces and
 * is spaced out. `room` says where each line begins and ends. Deterministic: every line depends on what precedes it only.
 */
export function breakLines(
  pieces: readonly Piece[],
  kinsoku: 'hang' | 'squeeze',
  room: (line: number) => Room,
): Placed[][] {
  const lines: Placed[][] = [];
  for (let at = 0; at < pieces.length; ) {
    const { from, to } = room(lines.length);
    const end = endOfLine(pieces, at, to - from, kinsoku);
    const last = end === pieces.length;
    lines.push(setLine(pieces.slice(at, end), from, to, kinsoku, last));
    at = end;
  }
  return lines;
}

function endOfLine(pieces: readonly Piece[], from: number, measure: number, kinsoku: 'hang' | 'squeeze'): number {
  let natural = 0;
  let end = from;
  while (end < pieces.length && natural + pieces[end]!.width <= measure + tolerance) natural += pieces[end++]!.width;
  if (end === pieces.length) return end;
  if (end === from) return from + 1;
  if (mayBreak(pieces, end)) return end;
  // Take in what may not begin the next line.
  let least = pieces.slice(from, end).reduce((sum, piece) => sum + leastOf(piece, kinsoku), 0);
  for (let more = end; more < pieces.length && pieces[more]!.noBegin; more++) {
    const piece = pieces[more]!;
    const hangs = mayHang(piece, kinsoku) && least <= measure + tolerance;
    least += leastOf(piece, kinsoku);
    const fits = least <= measure + tolerance;
    if (!fits && !hangs) break;
    if (mayBreak(pieces, more + 1)) return more + 1;
  }
  for (let less = end - 1; less > from; less--) if (mayBreak(pieces, less)) return less;
  return end;
}

/** Calls and word spaces always hang; marks do where they are not squeezed. */
function mayHang({ hangs, call, text }: Piece, kinsoku: 'hang' | 'squeeze'): boolean {
  return hangs === true && (kinsoku === 'hang' || call !== undefined || text === ' ');
}

function leastOf(piece: Piece, kinsoku: 'hang' | 'squeeze'): number {
  return kinsoku === 'squeeze' ? (piece.least ?? piece.width) : piece.width;
}

function mayBreak(pieces: readonly Piece[], at: number): boolean {
  if (at >= pieces.length) return true;
  return !pieces[at]!.noBegin && !pieces[at - 1]!.noEnd;
}

function setLine(
  pieces: readonly Piece[],
  from: number,
  to: number,
  kinsoku: 'hang' | 'squeeze',
  last: boolean,
): Placed[] {
  const widths = pieces.map(({ width }) => width);
  const end = pieces.at(-1)!;
  let over = widths.reduce((sum, width) => sum + width, 0) - (to - from);
  // What may stand outside does so; a word space at the end is no part of the line.
  if (end.text === ' ') over -= end.width;
  else if (over > tolerance && mayHang(end, kinsoku)) over = Math.max(0, over - end.width);
  if (over > tolerance && kinsoku === 'squeeze') over -= squeeze(pieces, widths, over);
  const gaps = gapsOf(pieces);
  const wanted = !last && over < -tolerance && gaps.length > 0 ? -over / gaps.length : 0;
  const gap = wanted <= widestGap ? wanted : 0;
  let x = from;
  return pieces.map((piece, index) => {
    const placed = { piece, x, width: widths[index]! };
    x += widths[index]! + (gaps.includes(index) ? gap : 0);
    return placed;
  });
}

/** Takes the room from the mark at the end, where the loss is not seen, then from all others alike; says how much. */
function squeeze(pieces: readonly Piece[], widths: number[], room: number): number {
  const spare = pieces.map((piece) => piece.width - leastOf(piece, 'squeeze'));
  const last = pieces.length - 1;
  const atEnd = Math.min(spare[last]!, room);
  widths[last]! -= atEnd;
  spare[last] = 0;
  const total = spare.reduce((sum, value) => sum + value, 0);
  const share = total > 0 ? Math.min(1, (room - atEnd) / total) : 0;
  for (const [index, value] of spare.entries()) widths[index]! -= value * share;
  return atEnd + total * share;
}

/** The pieces behind which a line that is too short is spaced out: not inside Latin words, nor behind the last. */
function gapsOf(pieces: readonly Piece[]): number[] {
  const spaces = pieces.flatMap((piece, index) => (piece.text === ' ' && index < pieces.length - 1 ? [index] : []));
  if (spaces.length > 2) return spaces;
  return pieces.flatMap((_, index) => {
    const next = pieces[index + 1];
    return next && (!next.noBegin || next.hangs) ? [index] : [];
  });
}
