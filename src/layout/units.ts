import type { Brow, Degree, EntityKind, Gaiji, Inline, Intervention, Mark, Remark, Ruby } from './book.ts';
import { clusters } from './clusters.ts';
import type { Format } from './format.ts';
import { type PunctuationRole, punctuationRole } from './judou.ts';

/** One thing for one cell, with the unset text around it. `before + text + after` over all units is the text. */
export interface Unit {
  readonly text: string;
  before: string;
  after: string;
  judou?: 'ju' | 'du';
  readonly gaiji?: Gaiji;
  /** The name or title it belongs to: equal `id`, one side line. */
  readonly mark?: {
    readonly kind: 'name' | 'title';
    readonly id: number;
    readonly key?: string;
    readonly of?: EntityKind;
    /** Brackets stand for the line. */
    readonly hidden?: true;
  };
  /** What was done to the text here or just before. */
  interventions?: readonly Intervention[];
  /** Where 〔 and 〕 of supplied text stand. */
  bracket?: 'open' | 'close' | 'both';
  /** Number of the note it belongs to; nothing for the main text. */
  readonly note?: number;
  /** In full punctuation: it may not end a column, not begin one (it may hang below), or not be parted from the one before. */
  readonly kinsoku?: 'no-end' | 'no-begin' | 'joined';
  /** 抬頭 of the words that begin here. */
  honour?: Degree;
  /** The reading it belongs to: equal `id`, one reading. */
  ruby?: { readonly text: string; readonly id: number };
  /** 眉批 and 校記 that are anchored here; `note` is that of the note the 校記 itself stands in. */
  brow?: Brow[];
  remarks?: readonly { readonly content: readonly Inline[]; readonly note?: number }[];
  /** Numbers of its 校記, where they stand beside the cell. */
  number?: string;
  /** Made by the edition: no part of the text. */
  readonly generated?: true;
}

/** What takes no cell and stands at the one before it. */
type Anchored = Brow | Remark | Intervention;

interface Context {
  readonly mark?: NonNullable<Unit['mark']>;
  readonly note?: number;
}

/**
 * Cuts inline content into units. With `judou` and `none` punctuation takes no cell: opening marks go before the next
 * unit, all others after the last; with `full` only the parentheses of a note are unset. White space is left out.
 */
export function readUnits(content: readonly Inline[], punctuation: 'judou' | 'full' | 'none'): Unit[] {
  const units: Unit[] = [];
  let pending = '';
  let marks = 0;
  let notes = 0;
  let readings = 0;
  // Notes on the margin before any unit wait for the first.
  const waiting: { readonly note: Anchored; readonly context: Context }[] = [];

  const setCell = (text: string, context: Context, more: Pick<Unit, 'gaiji' | 'kinsoku'> = {}): void => {
    units.push({ text, before: pending, after: '', ...context, ...more });
    pending = '';
    for (const { note, context } of waiting.splice(0)) anchor(units.at(-1)!, note, context);
  };
  const hide = (character: string, role: PunctuationRole, context: Context): void => {
    const last = units.at(-1);
    if (role === 'open' || pending || !last) {
      pending += character;
      return;
    }
    last.after += character;
    if (punctuation === 'judou' && (role === 'ju' || role === 'du')) markUnit(units, last, role, context);
  };
  const setText = (text: string, context: Context, bare: boolean): void => {
    for (const character of clusters(text)) {
      if (/^\s+$/u.test(character)) continue;
      const role = punctuationRole(character);
      if (!role) setCell(character, context);
      else if (bare || punctuation !== 'full') hide(character, role, context);
      else if (role === 'open') setCell(character, context, { kinsoku: 'no-end' });
      else if (role !== 'separator') setCell(character, context, { kinsoku: 'no-begin' });
      // —— and …… are one mark each; · stays with the word before.
      else setCell(character, context, isJoined(character, units.at(-1), context) ? { kinsoku: 'joined' } : {});
    }
  };
  const walk = (parts: readonly Inline[], context: Context): void => {
    for (const part of parts) {
      if (typeof part === 'string') setText(part, context, false);
      else if (part.kind === 'gaiji') setCell(part.spelling, context, { gaiji: part });
      else if (part.kind === 'note') walkNote(part.content, context);
      else if (part.kind === 'supplied') walkSupplied(part.content, context);
      else if (part.kind === 'honour') walkHonour(part.content, part.degree, context);
      else if (part.kind === 'ruby') walkRuby(part, context);
      else if (part.kind === 'brow' || part.kind === 'remark' || part.kind === 'intervention') {
        const last = units.at(-1);
        if (last) anchor(last, part, context);
        else waiting.push({ note: part, context });
      }
      // The outermost mark rules: a name inside a title has the title's line only.
      else walk(part.content, context.mark ? context : { ...context, mark: markOf(part, marks++) });
    }
  };
  const walkSupplied = (parts: readonly Inline[], context: Context): void => {
    const first = units.length;
    pending += '〔';
    walk(parts, context);
    const open = units[first];
    const close = units.at(-1);
    // Behind an opening mark that waits for its unit the bracket waits too.
    if (pending || !close) pending += '〕';
    else close.after += '〕';
    if (!open || !close) return;
    open.bracket = open === close ? 'both' : 'open';
    if (open !== close) close.bracket = 'close';
  };
  const walkHonour = (parts: readonly Inline[], degree: Degree, context: Context): void => {
    let first = units.length;
    walk(parts, context);
    const begins = units[first];
    // In 夾注 there is no 抬頭.
    if (!begins || begins.note !== undefined) return;
    // An opening mark goes with the words it opens.
    while (units[first - 1]?.kinsoku === 'no-end' && units[first - 1]!.note === undefined) first--;
    units[first]!.honour = degree;
  };
  const walkRuby = ({ base, text }: Ruby, context: Context): void => {
    const first = units.length;
    walk(base, context);
    const based = units.slice(first).filter((unit) => unit.kinsoku === undefined);
    const syllables = text.trim().split(/\s+/u);
    const single = syllables.length === based.length;
    for (const [index, unit] of based.entries()) {
      if (!unit.ruby)
        unit.ruby = { text: single ? syllables[index]! : text.trim(), id: readings + (single ? index : 0) };
    }
    readings += based.length;
  };
  const walkNote = (parts: readonly Inline[], context: Context): void => {
    if (context.note !== undefined) {
      walk(parts, context);
      return;
    }
    const { lead, body, tail } = splitParentheses(parts);
    const inside: Context = { note: notes++ };
    setText(lead, inside, true);
    walk(body, inside);
    setText(tail, inside, true);
  };
  walk(content, {});
  return finish(units, pending, waiting);
}

/** The units of content in a format: titles have their wavy line or their brackets, not both. */
export function setUnits(content: readonly Inline[], { punctuation, titles }: UnitFormat): Unit[] {
  const units = readUnits(content, punctuation);
  if (punctuation !== 'full') return units;
  return titles === 'line' ? foldTitleMarks(units) : units.map(withoutTitleLine);
}

/** What of a format the units depend on. */
export type UnitFormat = Pick<Format, 'punctuation' | 'titles'>;

function withoutTitleLine(unit: Unit): Unit {
  return unit.mark?.kind === 'title' ? { ...unit, mark: { ...unit.mark, hidden: true } } : unit;
}

/**
 * 《》 and 〈〉 around marked titles leave their cells: the wavy line stands for them. They stay in the text of the title.
 */
function foldTitleMarks(units: readonly Unit[]): Unit[] {
  const folded: Unit[] = [];
  let pending: Unit | undefined;
  for (const [index, unit] of units.entries()) {
    const next = units[index + 1];
    const last = folded.at(-1);
    if (!pending && opens(unit, next)) {
      pending = unit;
      continue;
    }
    if (/^[》〉]$/u.test(unit.text) && last?.mark?.kind === 'title' && last.note === unit.note) {
      folded[folded.length - 1] = join(last, unit, { after: last.after + unit.before + unit.text + unit.after });
      continue;
    }
    const before = pending && pending.before + pending.text + pending.after + unit.before;
    folded.push(pending ? join(unit, pending, { before: before! }) : unit);
    pending = undefined;
  }
  return folded;
}

/** Whether a unit is an opening title mark right before a character of a marked title. */
function opens(unit: Unit, next: Unit | undefined): boolean {
  if (!/^[《〈]$/u.test(unit.text) || !next || /^[《〈》〉]$/u.test(next.text)) return false;
  return next.mark?.kind === 'title' && next.note === unit.note;
}

/** A unit with the text of another, its 抬頭 and the notes anchored to it. */
function join(unit: Unit, other: Unit, change: Partial<Unit>): Unit {
  const brow = [...(unit.brow ?? []), ...(other.brow ?? [])];
  const remarks = [...(unit.remarks ?? []), ...(other.remarks ?? [])];
  const interventions = [...(unit.interventions ?? []), ...(other.interventions ?? [])];
  const honour = unit.honour ?? other.honour;
  const both = unit.bracket !== undefined && other.bracket !== undefined && unit.bracket !== other.bracket;
  const bracket = both ? 'both' : (unit.bracket ?? other.bracket);
  return {
    ...unit,
    ...change,
    ...(bracket && { bracket }),
    ...(honour && { honour }),
    ...(brow.length > 0 && { brow }),
    ...(remarks.length > 0 && { remarks }),
    ...(interventions.length > 0 && { interventions }),
  };
}

function anchor(unit: Unit, note: Anchored, { note: inside }: Context): void {
  if (note.kind === 'brow') unit.brow = [...(unit.brow ?? []), note];
  else if (note.kind === 'intervention') unit.interventions = [...(unit.interventions ?? []), note];
  else {
    const remark = { content: note.content, ...(inside !== undefined && { note: inside }) };
    unit.remarks = [...(unit.remarks ?? []), remark];
  }
}

function isJoined(character: string, before: Unit | undefined, context: Context): boolean {
  if (!before || before.note !== context.note) return false;
  return '·・•-～'.includes(character) || before.text === character;
}

function markOf({ kind, key, of }: Mark, id: number): NonNullable<Unit['mark']> {
  return { kind, id, ...(key && of && { key, of }) };
}

/** Gives the last unit its 句讀, the first of several; after a note it belongs to the main text before the note. */
function markUnit(units: readonly Unit[], last: Unit, role: 'ju' | 'du', context: Context): void {
  const after = context.note === undefined && last.note !== undefined;
  const bearer = after ? (units.findLast((unit) => unit.note === undefined) ?? last) : last;
  bearer.judou ??= role;
}

/** Unset text without any unit to bear it becomes a cell, and notes without text an empty one: nothing is lost. */
function finish(
  units: Unit[],
  pending: string,
  waiting: readonly { readonly note: Anchored; readonly context: Context }[],
): Unit[] {
  const last = units.at(-1);
  if (pending && last) last.after += pending;
  else if (pending) units.push({ text: pending, before: '', after: '' });
  if (waiting.length > 0) {
    if (units.length === 0) units.push({ text: '', before: '', after: '', generated: true });
    for (const { note } of waiting) anchor(units[0]!, note, {});
  }
  return units;
}

/** The parentheses that enclose a note, apart from what they enclose; both empty unless both are there. */
function splitParentheses(parts: readonly Inline[]): { lead: string; body: readonly Inline[]; tail: string } {
  const first = parts[0];
  const last = parts.at(-1);
  const lead = typeof first === 'string' ? /^\s*[（(]/u.exec(first)?.[0] : undefined;
  const tail = typeof last === 'string' ? /[）)]\s*$/u.exec(last)?.[0] : undefined;
  if (!lead || !tail || (parts.length === 1 && (first as string).length < lead.length + tail.length)) {
    return { lead: '', body: parts, tail: '' };
  }
  const body = [...parts];
  body[0] = (body[0] as string).slice(lead.length);
  body[body.length - 1] = (body.at(-1) as string).slice(0, -tail.length);
  return { lead, body, tail };
}
