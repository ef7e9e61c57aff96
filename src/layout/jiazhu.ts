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
 * fragment is balanced: its right half is as long as the left or one longer.
 */
export function splitNote<T>(note: readonly T[], room: Room): NoteFragment<T>[] {
  const fragments: NoteFragment<T>[] = [];
  let { row } = room;
  let column = 0;
  for (let at = 0; at < note.length; ) {
    if (row >= room.rows) {
      column++;
      row = room.top;
    }
    const full = Math.floor((room.rows - row) * room.density);
    const take = Math.min(note.length - at, full * 2);
    const half = Math.ceil(take / 2);
    const cells = Math.ceil(half / room.density);
    fragments.push({ right: note.slice(at, at + half), left: note.slice(at + half, at + take), column, row, cells });
    at += take;
    row += cells;
  }
  return fragments;
}
