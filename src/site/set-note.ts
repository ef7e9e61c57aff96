import { splitNote } from '../layout/jiazhu.ts';

// 夾注 on the screen: where a note is broken, in characters. The DOM is the business of double-line.ts.

/** A piece of a note in one column: its right half is the characters from..middle, its left half middle..to. */
export interface NotePiece {
  readonly from: number;
  readonly middle: number;
  readonly to: number;
  /** Length of a half line, in characters of the note. */
  readonly length: number;
}

/** The columns around a note, in ems of the text: where the note begins, and how long columns are. */
export interface NoteRoom {
  readonly start: number;
  readonly rows: number;
  /** Characters of the note to an em of the text. */
  readonly density: number;
}

const closing = /^[，。、；：！？」』）》〉〕】·…]/u;
const opening = /^[「『（《〈〔【]/u;

/**
 * Breaks a note of single characters into the pieces of its columns. A closing mark does not begin a half line, it hangs
 * below the one before; an opening mark does not end one.
 */
export function setNote(characters: readonly string[], { start, rows, density }: NoteRoom): NotePiece[] {
  // Counted in characters of the note, so that columns are whole numbers of them.
  const column = Math.max(1, Math.floor(rows * density));
  const room = Math.min(column, Math.max(0, Math.floor((rows - start) * density)));
  const fragments = splitNote(characters, { row: column - room, top: 0, rows: column, density: 1 });
  const ends = fragments.flatMap(({ right, left }) => [right.length, left.length]);
  let at = 0;
  const bounds = [0, ...ends.map((length) => (at += length))];
  const moved = bounds.map((bound) => (bound === 0 || bound === characters.length ? bound : clean(characters, bound)));
  return fragments.map(({ right, left }, index) => {
    const [from, middle, to] = [moved[2 * index]!, moved[2 * index + 1]!, moved[2 * index + 2]!];
    const last = index === fragments.length - 1;
    const planned = Math.max(right.length, left.length);
    return { from, middle, to, length: last ? Math.max(middle - from, to - middle) : planned };
  });
}

/** The nearest place at or around a bound that neither strands a closing mark nor leaves an opening one. */
function clean(characters: readonly string[], bound: number): number {
  let place = bound;
  while (place < characters.length && place < bound + 2 && closing.test(characters[place]!)) place++;
  if (place === bound && opening.test(characters[bound - 1]!)) place--;
  return place;
}

/** Whether a text begins with a mark that must stand in the column of what is before it. */
export function beginsWithClosing(text: string): boolean {
  return closing.test(text);
}
