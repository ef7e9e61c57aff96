/** The part of a note that stands in one column: `right` is read first, then `left`. */
export interface NoteFragment<T> {
  readonly right: readonly T[];
  readonly left: readonly T[];
  /** Index of the column, counted from the one the note begins in. */
  readonly column: number;
  /** First cell of the fragment, and how many cells it takes. */
  readonly row: number;
  readonly cells: number;
}

/** A column to fill: where a note may begin in the first column and in those after it, and where columns end. */
export interface Room {
  readonly row: number;
  readonly top: number;
  readonly rows: number;
  /** Note characters of a half line in one cell. */
  readonly density: number;
}

/**
 * 雙行夾注: fills the room left in the column, right half first, then left, and goes on in the next column. The last
 * fragment is balanced: its right half is as long as the left or one longer. `mayPart` says whether a half line may end
 * before the character of an index; where it can be kept, it is, and halves then differ by more.
 */
export function splitNote<T>(
  note: readonly T[],
  room: Room,
  mayPart: (at: number) => boolean = () => true,
): NoteFragment<T>[] {
  const fragments: NoteFragment<T>[] = [];
  let { row } = room;
  let column = 0;
  for (let at = 0; at < note.length; ) {
    if (row >= room.rows) {
      column++;
      row = room.top;
    }
    const full = Math.floor((room.rows - row) * room.density);
    const rest = note.length - at;
    const part = partNote(rest, full, (offset) => mayPart(at + offset));
    // Room that a note cannot begin in without a fault stays empty.
    if (!part && row > room.top) {
      row = room.rows;
      continue;
    }
    const take = part?.take ?? Math.min(rest, full * 2);
    const half = part?.half ?? Math.ceil(take / 2);
    const cells = Math.ceil(Math.max(half, take - half) / room.density);
    fragments.push({ right: note.slice(at, at + half), left: note.slice(at + half, at + take), column, row, cells });
    at += take;
    row += cells;
  }
  return fragments;
}

/**
 * How many of `rest` characters a fragment takes, and how many stand in its right half; a half line holds `full`.
 * Nothing where it would be parted wrongly, or a single character set off from others.
 */
function partNote(
  rest: number,
  full: number,
  mayPart: (at: number) => boolean,
): { readonly half: number; readonly take: number } | undefined {
  const most = Math.min(rest, full * 2);
  // A word or two with their marks go on to the next column, not more: the room would show.
  const takes = [0, 1, 2, 3, 4, 5, 6]
    .map((less) => most - less)
    .filter((take) => take === rest || (take > 1 && mayPart(take)));
  for (const take of takes) {
    const middle = Math.ceil(take / 2);
    const halves = [0, 1, -1, 2, -2, 3, -3].map((by) => middle + by);
    const half = halves.find((at) => at > 0 && at <= full && take - at <= full && (at === take || mayPart(at)));
    if (half !== undefined) return { half, take };
  }
  return undefined;
}
