import type { EntityKind, Gaiji, Intervention } from '../book.ts';

/** How a line is set: headline, narrative, note, apparatus, headings, and the lines of front and back matter. */
export type LineStyle =
  | 'gang'
  | 'mu'
  | 'note'
  | 'apparatus'
  | 'year'
  | 'juan'
  | 'author'
  | 'title'
  | 'part'
  | 'section'
  | 'paragraph'
  | 'item';

/**
 * A placed character, or the call or label of a note. `x` and `width` are in characters of the line's size, from the
 * left edge of the text. `before`, `text` and `after` are the text it stands for.
 */
export interface LevelCell {
  readonly text: string;
  readonly before?: string;
  readonly after?: string;
  readonly x: number;
  readonly width: number;
  /** Where the ink of a mark stands in its square. */
  readonly ink?: 'left' | 'middle' | 'right';
  readonly gaiji?: Gaiji;
  readonly interventions?: readonly Intervention[];
  /** Made by the edition, no part of the text. */
  readonly generated?: true;
  /** The call of a note of this page (`text` is its number), or the number at the head of the note. */
  readonly role?: 'call' | 'label';
  /** Heavy type: headwords of indexes. */
  readonly strong?: true;
}

/** A straight or wavy line below the characters; a name that breaks has several. */
export interface Underline {
  readonly kind: 'name' | 'title';
  readonly key?: string;
  readonly of?: EntityKind;
  readonly from: number;
  readonly to: number;
}

/** A line with its top at `y`, in lines of the text from the top of the page. */
export interface LevelLine {
  readonly style: LineStyle;
  readonly y: number;
  readonly cells: readonly LevelCell[];
  readonly underlines: readonly Underline[];
  /** Number of the block of the juan that the line is of. */
  readonly block?: number;
  /** Number of the line of text on its page. */
  readonly number?: number;
  /** Dots from here to there: between a heading and its folio. */
  readonly leader?: readonly [number, number];
}

/** An entry or a year that begins on the page. */
export interface LevelAnchor {
  readonly kind: 'year' | 'gang';
  readonly label: string;
  readonly id?: string;
}

/** A page of horizontal text: the lines, and at its foot the apparatus and the notes. Lines in reading order. */
export interface LevelPage {
  readonly juan: string;
  /** The year in force where the page begins; empty before the first. */
  readonly year: string;
  readonly folio: number;
  /** Whether the juan begins here. */
  readonly opening: boolean;
  readonly lines: readonly LevelLine[];
  readonly apparatus: readonly LevelLine[];
  readonly notes: readonly LevelLine[];
  readonly anchors: readonly LevelAnchor[];
}

type Band = 'apparatus' | 'notes';

/** Text of a cell that is part of the source. */
function sourceOf(cell: LevelCell): string {
  return cell.generated || cell.role ? '' : (cell.before ?? '') + cell.text + (cell.after ?? '');
}

/** The text of pages with every note put back at its call: the source. Throws when a note is missing or left over. */
export function restoreText(pages: readonly LevelPage[]): string {
  const notes = { apparatus: readBand(pages, 'apparatus'), notes: readBand(pages, 'notes') };
  const put = { apparatus: 0, notes: 0 };
  let text = '';
  for (const { lines } of pages) {
    for (const cell of lines.flatMap((line) => line.cells)) {
      if (cell.role !== 'call') {
        text += sourceOf(cell);
        continue;
      }
      const band = bandOf(cell.text);
      const note = notes[band][put[band]++];
      if (note?.label !== cell.text) throw new Error(`call ${cell.text} meets the note ${note?.label}`);
      text += note.text;
    }
  }
  for (const band of ['apparatus', 'notes'] as const) {
    if (notes[band].length > put[band]) throw new Error(`${notes[band].length - put[band]} ${band} without a call`);
  }
  return text;
}

/** The notes of a band over all pages: a line without a label goes on with the note before. */
function readBand(pages: readonly LevelPage[], band: Band): { label: string; text: string }[] {
  const notes: { label: string; text: string }[] = [];
  for (const cell of pages.flatMap((page) => page[band]).flatMap(({ cells }) => cells)) {
    if (cell.role === 'label') notes.push({ label: cell.text, text: '' });
    else notes.at(-1)!.text += sourceOf(cell);
  }
  return notes;
}

/** How the notes of a band are called: [1] [2] …, and in the apparatus [a] [b] … */
export function labelOf(band: Band, number: number): string {
  if (band === 'notes') return `[${number}]`;
  let letters = '';
  for (let rest = number; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(97 + ((rest - 1) % 26)) + letters;
  }
  return `[${letters}]`;
}

function bandOf(label: string): Band {
  return /\d/.test(label) ? 'notes' : 'apparatus';
}
