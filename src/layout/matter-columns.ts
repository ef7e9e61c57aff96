import type { Gaiji } from './book.ts';
import { clusters } from './clusters.ts';
import { circle, type Drawn, stroke } from './drawing.ts';
import type { Format } from './format.ts';
import { drawFrame, lines } from './frame.ts';
import { type Geometry, laneAxis, measure } from './geometry.ts';
import { mayNotBegin } from './judou.ts';
import type { MatterEntry, MatterText, Part } from './matter.ts';
import { drawRunningHead } from './running-head.ts';
import { drawLine, lengthOf } from './vertical-text.ts';

// Parts in columns: the frame of the text with more columns, the type a size smaller.

/** A piece of a column: `at` is its distance from the column's head in the size of the text. */
interface Segment {
  readonly text: string | Gaiji;
  readonly at: number;
  readonly size: number;
  readonly strong: boolean;
}

/** A column of a part. A heading does not stand last on its page. */
interface MatterColumn {
  readonly segments: readonly Segment[];
  readonly leader?: readonly [number, number];
  readonly heading?: true;
}

/** A half-leaf of a part: one register of columns, or an upper and a lower one with a rule between (兩欄). */
export interface MatterLeaf {
  readonly title: string;
  /** Leaf and half in the part, and the number of the page in the book. */
  readonly leaf: number;
  readonly half: 'a' | 'b';
  readonly number: number;
  readonly first: boolean;
  readonly registers: 1 | 2;
  readonly columns: readonly (readonly MatterColumn[])[];
}

const spacing = 1.14;

/** Columns shorter than this are not divided. */
const leastDivided = 24;

/** Sets a part on pages, with so many before it; half-leaves come in pairs. Items stand in two registers. */
export function setPart(part: Part, format: Format, before: number): MatterLeaf[] {
  const fine = fineFormat(format);
  const whole = roomOf(measure(fine, 'a'));
  const registers = whole >= leastDivided && part.index ? 2 : 1;
  const room = registerRoom(whole, registers);
  const columns = part.entries.flatMap((entry) => entryColumns(entry, room));
  // The title has the first column of the first page to itself, through both registers.
  const filled: MatterColumn[][] = [[titleColumn(part.title, room)]];
  for (const [index, column] of columns.entries()) {
    const last = filled.at(-1)!;
    const stranded = column.heading && last.length === fine.columns - 1 && index < columns.length - 1;
    if (last.length < fine.columns && !stranded) last.push(column);
    else filled.push(filled.length === 1 && registers === 2 ? [{ segments: [] }, column] : [column]);
  }
  const leaves = Array.from({ length: Math.ceil(filled.length / registers) }, (_, index) =>
    filled.slice(index * registers, (index + 1) * registers),
  );
  if (format.juanBegins === 'leaf' && leaves.length % 2 === 1) leaves.push([]);
  return leaves.map((set, index) => ({
    title: part.title,
    leaf: (index >> 1) + 1,
    half: (before + index) % 2 === 0 ? 'a' : 'b',
    number: before + index + 1,
    first: index === 0,
    registers,
    columns: set,
  }));
}

/** Draws a half-leaf of a part: the frame, then its columns. */
export function drawMatterLeaf(leaf: MatterLeaf, title: string, format: Format): Drawn[] {
  const fine = fineFormat(format);
  const geometry = measure(fine, leaf.half);
  const page = { ...leaf, juan: leaf.title };
  const size = sizeOf(geometry);
  const whole = roomOf(geometry);
  const drawn = leaf.columns.flatMap((register, number) => {
    const top = geometry.top + size * (0.4 + number * (registerRoom(whole, leaf.registers) + between));
    return register.flatMap(({ segments, leader }, index): Drawn[] => {
      const x = laneAxis(geometry, index, 'full');
      const y = (at: number): number => top + size * at;
      return [
        ...segments.flatMap((segment) => drawSegment(segment, x, y(segment.at), size)),
        ...(leader ? drawLeader(x, y(leader[0]), y(leader[1]), size) : []),
      ];
    });
  });
  const { frame, block, columnWidth } = geometry;
  // The title of the first page stands through the rule.
  const right = leaf.first ? block.right - columnWidth : block.right;
  const middle = (frame.top + frame.bottom) / 2;
  const rule = leaf.registers === 2 ? [stroke(block.left, middle, right, middle, lines.rule)] : [];
  const around = format.frame ? drawFrame : drawRunningHead;
  return [...around(page, title, fine, geometry), ...rule, ...drawn];
}

/** Room between two registers, in the size of the text. */
const between = 1.2;

function registerRoom(whole: number, registers: 1 | 2): number {
  return registers === 1 ? whole : (whole - between) / 2;
}

function drawSegment({ text, size, strong }: Segment, x: number, y: number, unit: number): Drawn[] {
  const weight = strong ? 600 : 500;
  if (typeof text === 'string') return drawLine({ text, x, y, size: size * unit, weight, spacing });
  const advance = size * unit * spacing;
  return [
    {
      kind: 'glyph',
      char: text.spelling,
      gaiji: text,
      text: text.spelling,
      x,
      y,
      size: size * unit,
      advance,
      weight,
      ink: 'black',
    },
  ];
}

function drawLeader(x: number, from: number, to: number, size: number): Drawn[] {
  const dots: Drawn[] = [];
  for (let y = from; y <= to; y += size * 0.55) dots.push(circle(x, y, size * 0.035, 'black'));
  return dots;
}

/** A third more columns than the text has. */
function fineFormat(format: Format): Format {
  return { ...format, columns: Math.max(2, Math.round(format.columns * 1.3)), punctuation: 'judou' };
}

function sizeOf(geometry: Geometry): number {
  return Math.min(geometry.columnWidth * 0.5, geometry.textSize);
}

/** Length of a column in the size of its text. */
function roomOf(geometry: Geometry): number {
  return (geometry.frame.bottom - geometry.top) / sizeOf(geometry) - 1;
}

function titleColumn(title: string, room: number): MatterColumn {
  const size = Math.min(1.3, room / lengthOf(title, 1, spacing));
  const at = Math.min(2, room - lengthOf(title, size, spacing));
  return { segments: [{ text: title, at, size, strong: true }], heading: true };
}

function entryColumns(entry: MatterEntry, room: number): MatterColumn[] {
  switch (entry.kind) {
    case 'section':
      return flow([{ text: [entry.text], strong: true }], room, 0, 0).map((column) => ({ ...column, heading: true }));
    case 'paragraph':
      return flow([{ text: [entry.text], strong: false }], room, spacing, spacing);
    case 'line':
      return withFolio(
        [{ text: [entry.text], strong: entry.level === 1 }],
        entry.folio,
        (entry.level - 1) * spacing,
        room,
      );
    case 'item':
      if (entry.folio) return withFolio(runsOf(entry), entry.folio, 0, room);
      return flow(runsOf(entry), room, 0, 2 * spacing, true);
  }
}

interface Run {
  readonly text: MatterText;
  readonly strong: boolean;
}

function runsOf({ head, text }: Extract<MatterEntry, { kind: 'item' }>): Run[] {
  return [
    { text: head, strong: true },
    { text, strong: false },
  ];
}

/** A line with its folio at the foot, dots between; a long one has the folio in its last column. */
function withFolio(runs: readonly Run[], folio: string, indent: number, room: number): MatterColumn[] {
  const foot = room - lengthOf(folio, 1, spacing);
  const columns = flow(runs, foot - 1, indent, indent + spacing);
  const last = columns.pop()!;
  const end = Math.max(
    ...last.segments.map(({ text, at }) => at + (typeof text === 'string' ? lengthOf(text, 1, spacing) : spacing)),
  );
  const segments = [...last.segments, { text: folio, at: foot, size: 1, strong: false }];
  const leader = foot - end > 2 ? { leader: [end + 0.6, foot - 0.7] as const } : {};
  return [...columns, { segments, ...leader }];
}

/** Fills columns with runs of text: the first begins at `first`, those after it at `next`. */
function flow(runs: readonly Run[], room: number, first: number, next: number, whole = false): MatterColumn[] {
  const columns: Segment[][] = [[]];
  let at = first;
  for (const { text, strong } of runs) {
    for (const token of text.flatMap((part): (string | Gaiji)[] =>
      typeof part === 'string' ? tokensOf(part, whole) : [part],
    )) {
      const length = typeof token === 'string' ? lengthOf(token, 1, spacing) : spacing;
      const closing = typeof token === 'string' && mayNotBegin(token);
      if (at + length > room && !(closing && at <= room) && columns.at(-1)!.length > 0) {
        columns.push([]);
        at = next;
        if (token === '　') continue;
      }
      const column = columns.at(-1)!;
      const before = column.at(-1);
      const joins = before && before.strong === strong && typeof before.text === 'string' && typeof token === 'string';
      if (joins) column[column.length - 1] = { ...before, text: before.text + token };
      else column.push({ text: token, at, size: 1, strong });
      at += length;
    }
  }
  return columns.map((segments) => ({ segments }));
}

/** Names and folios of an index whole, other Han characters one by one, Latin word by word; a long word is cut. */
function tokensOf(text: string, whole: boolean): string[] {
  if (whole)
    return text
      .split(/(?<=[、，　（）])/u)
      .flatMap((part) => (clusters(part).length <= 9 ? part : tokensOf(part, false)));
  return text.match(/[!-.0-~\u00a1-\u00b6\u00b8-\u024f]{1,16}[/ ]*|.\p{M}*/gu) ?? [];
}
