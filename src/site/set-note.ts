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
  // Counted in characters of the note, so that columns are whole numbers of them; the last is left to marks that hang.
  const column = Math.max(1, Math.floor(rows * density) - 1);
  const room = Math.min(column, Math.max(0, Math.floor((rows - start) * density) - 1));
  const fragments = splitNote(characters, { row: column - room, top: 0, rows: column, density: 1 });
  let at = 0;
  let from = 0;
  return fragments.map(({ right, left }, index) => {
    const last = index === fragments.length - 1;
    at += right.length + left.length;
    const to = last ? characters.length : clean(characters, at);
    // A mark that hangs on the column before leaves the last piece shorter: it is balanced anew.
    const half = last ? from + Math.ceil((to - from) / 2) : at - left.length;
    const middle = half < to ? clean(characters, half) : half;
    const length = last ? Math.max(middle - from, to - middle) : Math.max(right.length, left.length);
    const piece = { from, middle, to, length };
    from = to;
    return piece;
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
