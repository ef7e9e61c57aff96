import type { Block, Juan, TextBlock, YearBlock } from '../book.ts';
import type { HorizontalFormat } from './format.ts';
import { breakLines, type Placed, type Room } from './lines.ts';
import type { LevelAnchor, LevelCell, LevelLine, LineStyle, Underline } from './page.ts';
import { generate, type NotePieces, readPieces } from './pieces.ts';
import { heightOf, sizeOf } from './styles.ts';

/** A note before pages are made: its lines, and the band it stands in. */
export interface SetNote {
  readonly band: 'apparatus' | 'notes';
  readonly generated: boolean;
  readonly lines: readonly UnplacedLine[];
}

export type UnplacedLine = Omit<LevelLine, 'y' | 'number'> & {
  /** Whether it is a note of one line, beside which others may stand. */
  readonly whole?: true;
};

/** A line before pages are made. The call in the cell with index `cell` belongs to `note`. */
export interface SetLine {
  readonly line: UnplacedLine;
  /** Height, and what stays free above it except at the head of a page, in lines of text. */
  readonly height: number;
  readonly space: number;
  /** Whether a page may end before it. */
  readonly mayBegin: boolean;
  /** Whether it belongs to a heading of what follows: no page ends behind it. */
  readonly heads: boolean;
  readonly calls: readonly { readonly cell: number; readonly note: SetNote }[];
  readonly anchors?: readonly LevelAnchor[];
  /** The year in force. */
  readonly year: string;
}

/** Room for the label of a note, in characters of the note. */
export const labelRoom = 2;

/** All lines of a juan, the heading first. */
export function setJuan(title: string, authors: readonly string[], juan: Juan, format: HorizontalFormat): SetLine[] {
  const [opening] = juan.blocks;
  // The heading of the source makes the generated one needless.
  const headed = opening !== undefined && opening.kind !== 'year' && opening.heading === 'juan';
  const lines = headed ? [] : [...headingLines(title, authors, format)];
  let year = '';
  let waiting: LevelAnchor[] = [];
  for (const [index, block] of juan.blocks.entries()) {
    if (block.kind === 'year') year = block.label;
    if (block.kind === 'year' && block.unset) {
      // The source has a heading of its own: the anchor is that of the next line.
      waiting.push({ kind: 'year', label: block.label });
      continue;
    }
    const set = block.kind === 'year' ? yearLines(block, format) : textLines(block, format);
    const together = keepTogether(set, block, juan.blocks[index - 1], juan.blocks[index + 1]);
    for (const [at, one] of together.entries()) {
      const anchors = at === 0 ? [...waiting, ...(one.anchors ?? [])] : (one.anchors ?? []);
      lines.push({ ...one, line: { ...one.line, block: index }, anchors, year });
    }
    if (set.length > 0) waiting = [];
  }
  return lines;
}

type Bare = Omit<SetLine, 'year' | 'mayBegin' | 'heads'>;

/** Where pages may end: never behind a heading, nor with one line of a paragraph before or after. */
function keepTogether(
  lines: readonly Bare[],
  block: Block,
  before: Block | undefined,
  after: Block | undefined,
): Omit<SetLine, 'year'>[] {
  const headed =
    before?.kind === 'year' ||
    before === undefined ||
    isHeading(before) ||
    (before.kind === 'gang' && block.kind === 'mu');
  const whole = block.kind === 'year';
  return lines.map((line, index) => ({
    ...line,
    heads: whole || isHeading(block) || (block.kind === 'gang' && after?.kind === 'mu'),
    mayBegin: index === 0 ? !headed : !whole && index > 1 && index < lines.length - 1,
  }));
}

/** Whether a block is the heading of a juan or a year that the source has. */
const isHeading = (block: Block): boolean => block.kind !== 'year' && block.heading !== undefined;

function* headingLines(title: string, authors: readonly string[], format: HorizontalFormat): Generator<SetLine> {
  const base = { space: 0, calls: [], year: '', heads: true };
  const centred = (text: string, style: LineStyle, size: number): UnplacedLine =>
    centredLine(text, style, format.characters / size);
  yield {
    ...base,
    line: centred(title, 'juan', sizeOf('juan', format)),
    height: heightOf('juan', format),
    mayBegin: true,
  };
  if (authors.length === 0) return;
  const line = centred(`${authors.join('　')}　撰`, 'author', sizeOf('author', format));
  yield { ...base, line, height: heightOf('author', format), mayBegin: false };
}

function yearLines(block: YearBlock, format: HorizontalFormat): Bare[] {
  const note = [block.note, block.western && westernYear(block.western)].filter(Boolean).join('　');
  const size = sizeOf('year', format);
  const pieces = generate(block.label + (note && `　${note}`));
  const anchor: LevelAnchor = { kind: 'year', label: block.label };
  const lines = breakLines(pieces, format.kinsoku, () => ({ from: 0, to: format.characters / size }));
  const strong = [...block.label].length;
  let set = 0;
  return lines.map((placed, index) => {
    const cells = placed.map((one) => ({ ...toCell(one), ...(set++ < strong && { strong: true as const }) }));
    const line = { style: 'year' as const, cells, underlines: [] };
    const first = index === 0;
    return {
      line,
      height: heightOf('year', format),
      space: first ? format.space.year : 0,
      calls: [],
      ...(first && { anchors: [anchor] }),
    };
  });
}

/** 公元999年, 公元前104年. */
function westernYear(year: string): string {
  return `公元${year.startsWith('-') ? `前${year.slice(1)}` : year}年`;
}

function textLines(block: TextBlock, format: HorizontalFormat): Bare[] {
  const { pieces, notes } = readPieces(block.content, format.apparatus);
  const indent = block.kind === 'mu' ? format.indent : 0;
  const style: LineStyle = block.heading ?? block.kind;
  const lines = breakLines(pieces, format.kinsoku, (index) => ({
    from: index === 0 ? indent : 0,
    to: format.characters / sizeOf(style, format),
  }));
  const set = notes.map((note) => setNote(note, format));
  const anchor: LevelAnchor | undefined =
    style === 'gang' ? { kind: 'gang', label: block.label ?? '', id: block.id } : undefined;
  return lines.map((placed, index) => ({
    line: { style, cells: placed.map(toCell), underlines: underlinesOf(placed) },
    height: heightOf(style, format),
    space: index > 0 ? 0 : style === 'gang' ? format.space.gang : style === 'year' ? format.space.year : 0,
    calls: placed.flatMap(({ piece: { call } }, cell) => (call === undefined ? [] : [{ cell, note: set[call]! }])),
    ...(index === 0 && anchor && { anchors: [anchor] }),
  }));
}

/** The lines of a note, indented behind its label. */
function setNote({ type, pieces, generated }: NotePieces, format: HorizontalFormat): SetNote {
  const band = format.apparatus && (type === 'variant' || type === 'correction') ? 'apparatus' : 'notes';
  const room: Room = { from: labelRoom, to: format.characters / format.note.size };
  const lines = breakLines(pieces, format.kinsoku, () => room).map((placed) => ({
    style: band === 'notes' ? ('note' as const) : ('apparatus' as const),
    cells: placed.map(toCell),
    underlines: underlinesOf(placed),
    ...(band === 'apparatus' && placed.length === pieces.length && { whole: true as const }),
  }));
  return { band, generated: generated === true, lines };
}

/** A generated line in the middle of a measure, cut off where it is longer. */
export function centredLine(text: string, style: LineStyle, measure: number): UnplacedLine {
  const [placed = []] = breakLines(generate(text), 'squeeze', () => ({ from: 0, to: measure }));
  const last = placed.at(-1);
  const shift = last ? (measure - last.x - last.width) / 2 : 0;
  return { style, cells: placed.map((one) => toCell({ ...one, x: one.x + Math.max(0, shift) })), underlines: [] };
}

/** A placed piece as plain data. */
export function toCell({ piece, x, width }: Placed): LevelCell {
  const { text, before, after, ink, gaiji, interventions, generated, call } = piece;
  return {
    text,
    ...(before && { before }),
    ...(after && { after }),
    x,
    width,
    ...(ink && { ink }),
    ...(gaiji && { gaiji }),
    ...(interventions && { interventions }),
    ...(generated && { generated }),
    ...(call !== undefined && { role: 'call' as const }),
  };
}

/** Neighbours of one mark share a line; it breaks with the line of text and with the mark. */
function underlinesOf(placed: readonly Placed[]): Underline[] {
  const underlines: Underline[] = [];
  for (let at = 0; at < placed.length; ) {
    const { piece, x } = placed[at]!;
    const { mark } = piece;
    let end = at + 1;
    while (mark && placed[end]?.piece.mark?.id === mark.id) end++;
    const last = placed[end - 1]!;
    const entity = mark?.key && mark.of && { key: mark.key, of: mark.of };
    if (mark) underlines.push({ kind: mark.kind, ...entity, from: x, to: last.x + last.width });
    at = end;
  }
  return underlines;
}
