import type { Book, Juan } from '../book.ts';
import { labelRoom, type SetLine, type SetNote, setJuan, type UnplacedLine } from './blocks.ts';
import type { HorizontalFormat } from './format.ts';
import { type LevelCell, type LevelLine, type LevelPage, labelOf } from './page.ts';

/** Lines of notes that wait for a page. */
interface Carry {
  readonly apparatus: readonly UnplacedLine[];
  readonly notes: readonly UnplacedLine[];
}

const nothing: Carry = { apparatus: [], notes: [] };

/** The least lines of a note that goes on overleaf; a shorter note stands on one page. */
const leastNote = 2;

/**
 * Sets a book in horizontal lines: pages of placed things, in reading order. Pure: no fonts, no lengths, no PDF.
 * Every juan begins a page; folios run through the book.
 */
export function layoutHorizontal(book: Book, format: HorizontalFormat): LevelPage[] {
  const pages = book.juans.flatMap((juan) => layoutJuan(book, juan, format));
  return pages.map((page, index) => ({ ...page, folio: index + 1 }));
}

function layoutJuan(book: Book, juan: Juan, format: HorizontalFormat): Omit<LevelPage, 'folio'>[] {
  const lines = setJuan(`${book.front.title}${juan.label}`, book.front.authors, juan, format);
  const pages: Omit<LevelPage, 'folio'>[] = [];
  let carry = nothing;
  for (let at = 0; at < lines.length || carry.apparatus.length + carry.notes.length > 0; ) {
    const count = countLines(lines, at, carry, format);
    const taken = lines.slice(at, at + count);
    const made = makePage(taken, carry, format);
    const year = (taken[0] ?? lines[Math.min(at, lines.length - 1)])?.year ?? '';
    // The first page says the year that its first heading opens.
    const opened = year || (taken.find((line) => line.year)?.year ?? '');
    pages.push({ juan: juan.label, year: opened, opening: at === 0 && pages.length === 0, ...made.page });
    carry = made.carry;
    at += count;
  }
  return pages;
}

/** How many lines, from the one at `start`, the page takes beside the notes that wait; none where these fill it. */
function countLines(lines: readonly SetLine[], start: number, carry: Carry, format: HorizontalFormat): number {
  let height = 0;
  let variants: readonly UnplacedLine[] = carry.apparatus;
  let notes = carry.notes.length;
  let end = start;
  for (; end < lines.length; end++) {
    const { height: own, space, calls } = lines[end]!;
    height += own + (end === start ? 0 : space);
    const inBand = (band: SetNote['band']): UnplacedLine[] =>
      calls.flatMap(({ note }) => (note.band === band ? note.lines : []));
    const apparatus = runOn([...variants, ...inBand('apparatus')], format);
    const called = inBand('notes').length;
    const last = calls.findLast(({ note }) => note.band === 'notes')?.note.lines.length ?? 0;
    // The last note may go on overleaf; those before it may not, for notes keep their order.
    const least = called - last + Math.min(last, last > leastNote + 1 ? leastNote : last);
    if (height + footHeight(apparatus.length, notes + least, format) > format.lines + 1e-6) break;
    variants = apparatus;
    notes += called;
  }
  if (end === lines.length) return end - start;
  let allowed = end;
  while (allowed > start && !lines[allowed]!.mayBegin) allowed--;
  if (allowed > start) return allowed - start;
  // A page too small for what belongs together: at least no heading stands last.
  let headless = end;
  while (headless > start && lines[headless - 1]!.heads) headless--;
  if (headless > start) return headless - start;
  const waiting = carry.apparatus.length + carry.notes.length > 0;
  return end > start ? end - start : waiting ? 0 : 1;
}

/** Height of the bands at the foot in lines of text. */
function footHeight(apparatus: number, notes: number, format: HorizontalFormat): number {
  const { leading, gap } = format.note;
  const between = apparatus > 0 && notes > 0 ? gap / 2 : 0;
  return apparatus + notes > 0 ? gap + between + (apparatus + notes) * leading : 0;
}

/** Places lines from the head and notes from the foot; lines of notes without room wait for the next page. */
function makePage(
  taken: readonly SetLine[],
  carry: Carry,
  format: HorizontalFormat,
): { page: Pick<LevelPage, 'lines' | 'apparatus' | 'notes' | 'anchors'>; carry: Carry } {
  const bands = { apparatus: [...carry.apparatus], notes: [...carry.notes] };
  const count = { apparatus: 0, notes: 0 };
  const lines: LevelLine[] = [];
  let y = 0;
  let number = 0;
  for (const [index, { line, height, space, calls }] of taken.entries()) {
    y += index === 0 ? 0 : space;
    const cells = [...line.cells];
    for (const { cell, note } of calls) {
      const label = labelOf(note.band, ++count[note.band]);
      cells[cell] = { ...cells[cell]!, text: label };
      bands[note.band].push(...withLabel(note, label));
    }
    const counted = line.style === 'gang' || line.style === 'mu';
    lines.push({ ...line, cells, y, ...(counted && { number: ++number }) });
    y += height;
  }
  const room = (apparatus: number, notes: number): boolean =>
    y + footHeight(apparatus, notes, format) <= format.lines + 1e-6;
  bands.apparatus = runOn(bands.apparatus, format);
  let apparatus = bands.apparatus.length;
  while (apparatus > 0 && !room(apparatus, 0)) apparatus--;
  // Notes may not overtake: while apparatus waits, so do the notes.
  let notes = bands.notes.length;
  while (notes > 0 && !room(apparatus, notes)) notes--;
  // A note that goes on overleaf goes on with two lines; one of three is never parted.
  if (bands.notes.length - notes === 1 && notes > leastNote) notes--;
  return {
    page: {
      lines,
      ...placeBands(bands.apparatus.slice(0, apparatus), bands.notes.slice(0, notes), format),
      anchors: taken.flatMap(({ anchors }) => anchors ?? []),
    },
    carry: { apparatus: bands.apparatus.slice(apparatus), notes: bands.notes.slice(notes) },
  };
}

/** Columns that the short notes of an apparatus stand in, side by side. */
const apparatusColumns = 4;

/** Puts short notes of the apparatus beside each other, at the columns of a table; the others keep their lines. */
function runOn(lines: readonly UnplacedLine[], format: HorizontalFormat): UnplacedLine[] {
  const measure = format.characters / format.note.size;
  const column = measure / apparatusColumns;
  const rows: UnplacedLine[] = [];
  for (const line of lines) {
    const before = rows.at(-1);
    const shift = Math.ceil((endOf(before) + 1) / column) * column;
    if (!before?.whole || !line.whole || shift + endOf(line) > measure) {
      rows.push(line);
      continue;
    }
    rows[rows.length - 1] = {
      ...before,
      cells: [...before.cells, ...line.cells.map((cell) => ({ ...cell, x: cell.x + shift }))],
      underlines: [
        ...before.underlines,
        ...line.underlines.map((one) => ({ ...one, from: one.from + shift, to: one.to + shift })),
      ],
    };
  }
  return rows;
}

function endOf(line: UnplacedLine | undefined): number {
  const last = line?.cells.at(-1);
  return last ? last.x + last.width : 0;
}

/** The lines of a note, the first with the label. */
function withLabel(note: SetNote, label: string): UnplacedLine[] {
  const cell: LevelCell = {
    text: label,
    x: 0,
    width: labelRoom,
    role: 'label',
    ...(note.generated && { generated: true }),
  };
  return note.lines.map((line, index) => (index === 0 ? { ...line, cells: [cell, ...line.cells] } : line));
}

function placeBands(
  apparatus: readonly UnplacedLine[],
  notes: readonly UnplacedLine[],
  format: HorizontalFormat,
): Pick<LevelPage, 'apparatus' | 'notes'> {
  const { leading } = format.note;
  const foot = format.lines - notes.length * leading;
  const upper = format.lines - footHeight(apparatus.length, notes.length, format) + format.note.gap;
  return {
    apparatus: apparatus.map(({ whole: _, ...line }, index) => ({ ...line, y: upper + index * leading })),
    notes: notes.map((line, index) => ({ ...line, y: foot + index * leading })),
  };
}
