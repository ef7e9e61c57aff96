import type { Span } from '../core/span.ts';
import type { SourceDocument } from './source-document.ts';

/**
 * An entry of the chronicle. The blocks of all entries together cover the whole text without a gap: a block begins
 * with the line end before it, so that nothing is lost.
 */
export interface Entry {
  /** 1-based number in the document. */
  readonly n: number;
  /** A line before it that is nothing but a year: 宋真宗景德元年（遼聖宗統和二十二年）. */
  readonly heading?: Span;
  /** The 綱, with the note that closes it where it has no 目; absent in texts that have no headlines. */
  readonly head?: Span;
  /** The 目: paragraphs. */
  readonly body: readonly Span[];
}

/** The span of all blocks of an entry. */
export function entrySpan(entry: Pick<Entry, 'heading' | 'head' | 'body'>): Span {
  const blocks = blocksOf(entry);
  return { start: blocks[0]!.start, end: blocks.at(-1)!.end };
}

function blocksOf({ heading, head, body }: Pick<Entry, 'heading' | 'head' | 'body'>): Span[] {
  return [...(heading ? [heading] : []), ...(head ? [head] : []), ...body];
}

/** A note in parentheses, brackets included. */
export interface NoteSpan extends Span {
  /** Ends its sentence: it stands after 。？！ or a closing quotation mark, so it names the sources of what precedes. */
  readonly closing: boolean;
}

/** Notes in full-width parentheses, in order; a parenthesis inside a note belongs to it. Unbalanced ones are left out. */
export function readNotes(source: SourceDocument): NoteSpan[] {
  const { text } = source;
  const notes: NoteSpan[] = [];
  let depth = 0;
  let opening = 0;
  // A note inside a title or inside editorial brackets ends nothing.
  let enclosing = 0;
  let enclosed = false;
  for (const { 0: mark, index } of text.text.matchAll(/[\n《〔》〕（）]/gu)) {
    if (mark === '\n') depth = enclosing = 0;
    else if (mark === '《' || mark === '〔') enclosing++;
    else if (mark === '》' || mark === '〕') enclosing = Math.max(0, enclosing - 1);
    else if (mark === '（' && depth++ === 0) {
      opening = index;
      enclosed = enclosing > 0;
    } else if (mark === '）' && depth > 0 && --depth === 0) {
      const closing = !enclosed && /[。？！」』]/u.test(text.text[opening - 1] ?? '');
      notes.push({ start: text.toOffset(opening), end: text.toOffset(index) + 1, closing });
    }
  }
  return notes;
}

/** A piece of a line: up to and with a closing note, or the rest of the line. */
interface Piece extends Span {
  readonly closed: boolean;
}

/**
 * Divides the text into entries (綱目). A headline opens an entry; the line after it is its 目; a closing note ends
 * the entry, and what follows it, on the same line or the next, is a headline again. A line that is nothing but a year heads
 * the entry after it. A text without closing notes, or with few for its dated lines, has no 綱目: each of its lines is an entry of one paragraph.
 */
export function readEntries(source: SourceDocument, notes: readonly NoteSpan[]): Entry[] {
  const textOf = ({ start, end }: Span): string => source.text.slice(start, end);
  const closing = notes.filter((note) => note.closing);
  const lines = readLines(source);
  const annals = lines.filter((line) => annalLine.test(textOf(line))).length;
  const hasHeadlines = closing.length > 0 && closing.length * 3 >= annals;
  const entries: { heading?: Span; head?: Span; body: Span[] }[] = [];
  let heading: Span | undefined;
  let open = false;
  const opened = (): { heading?: Span } => {
    const own = heading;
    heading = undefined;
    return own ? { heading: own } : {};
  };
  for (const line of lines) {
    if (yearHeading.test(textOf(line))) {
      // Two headings on end are one: 景德元年 and, on the next line, 遼統和二十二年.
      heading = heading ? { start: heading.start, end: line.end } : line;
      open = false;
      continue;
    }
    if (!hasHeadlines) {
      entries.push({ ...opened(), body: [line] });
      continue;
    }
    // A dated line after a 目 that names no sources opens the next entry.
    if (datedLine.test(textOf(line)) && (entries.at(-1)?.body.length ?? 0) > 0) open = false;
    for (const piece of readPieces(line, closing)) {
      if (open) entries.at(-1)!.body.push(piece);
      else entries.push({ ...opened(), head: piece, body: [] });
      open = !piece.closed;
    }
  }
  // A heading with nothing behind it is an entry of its own.
  if (heading) entries.push({ head: heading, body: [] });
  return coverGaps(entries, source.text.length);
}

const number = '[元正一二三四五六七八九十廿卅有]';
const datedLine = new RegExp(`^[\\s\\u3000]*(?:[春夏秋冬]|閏?${number}{1,3}月|是[歲年])`, 'u');
/** A line that opens with any date, with the year too: 景德元年、遼統和二十二年春正月. */
const annalLine = new RegExp(
  `^[\\s\\u3000]*(?:[春夏秋冬]|閏?${number}{1,3}月|是[歲年]|[^，。：；「」（）《》\\s]{0,8}${number}{1,4}年)`,
  'u',
);
const yearName = `[^，。；：「」（）、\\s]{0,10}${number}{1,4}年`;
/** A line that is nothing but a year, with its parallel years: 宋真宗景德元年（遼聖宗統和二十二年）, 景德元年、遼統和二十二年。 */
const yearHeading = new RegExp(`^\\s*${yearName}(?:[、，\\s]${yearName}){0,4}\\s*(?:（[^（）]*年）)?[。，]?\\s*$`, 'u');

/** Lines with any text, without their line ends. */
function readLines({ text }: SourceDocument): Span[] {
  return [...text.text.matchAll(/[^\n]+/gu)].flatMap(({ 0: line, index }) => {
    const end = text.toOffset(index + line.trimEnd().length);
    return line.trim() === '' ? [] : [{ start: text.toOffset(index), end }];
  });
}

/** Cuts a line after each of its closing notes, unless a mark of punctuation follows that belongs to the sentence. */
function readPieces(line: Span, closing: readonly NoteSpan[]): Piece[] {
  const pieces: Piece[] = [];
  let start = line.start;
  for (const note of closing) {
    if (note.start < line.start || note.end > line.end) continue;
    pieces.push({ start, end: note.end, closed: true });
    start = note.end;
  }
  if (start < line.end) pieces.push({ start, end: line.end, closed: false });
  return pieces;
}

/** Numbers the entries and stretches their blocks so that together they cover the text from 0 to its length. */
function coverGaps(
  entries: readonly { heading?: Span; head?: Span; body: readonly Span[] }[],
  length: number,
): Entry[] {
  let covered = 0;
  const lastBlock = entries.length > 0 ? blocksOf(entries.at(-1)!).at(-1) : undefined;
  const stretch = (block: Span): Span => {
    const end = block === lastBlock ? length : block.end;
    const stretched = { start: covered, end };
    covered = end;
    return stretched;
  };
  return entries.map((entry, index) => {
    const heading = entry.heading && { heading: stretch(entry.heading) };
    const head = entry.head && { head: stretch(entry.head) };
    return { n: index + 1, ...heading, ...head, body: entry.body.map((block) => stretch(block)) };
  });
}
