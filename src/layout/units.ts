import type { EntityKind, Gaiji, Inline, Intervention, Mark } from './book.ts';
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
  };
  /** What was done to the text here or just before. */
  interventions?: readonly Intervention[];
  /** Where 〔 and 〕 of supplied text stand. */
  bracket?: 'open' | 'close' | 'both';
  /** Number of the note it belongs to; nothing for the main text. */
  readonly note?: number;
  /** In full punctuation: whether it may not end or not begin a column. */
  readonly kinsoku?: 'no-end' | 'no-begin';
}

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
  let waiting: Intervention[] = [];
  let marks = 0;
  let notes = 0;

  const setCell = (text: string, context: Context, more: Pick<Unit, 'gaiji' | 'kinsoku'> = {}): void => {
    units.push({
      text,
      before: pending,
      after: '',
      ...context,
      ...more,
      ...(waiting[0] && { interventions: waiting }),
    });
    pending = '';
    waiting = [];
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
      else setCell(character, context, role === 'separator' ? {} : { kinsoku: 'no-begin' });
    }
  };
  const walk = (parts: readonly Inline[], context: Context): void => {
    for (const part of parts) {
      if (typeof part === 'string') setText(part, context, false);
      else if (part.kind === 'gaiji') setCell(part.spelling, context, { gaiji: part });
      else if (part.kind === 'note') walkNote(part.content, context);
      else if (part.kind === 'supplied') walkSupplied(part.content, context);
      else if (part.kind === 'intervention') intervene(part);
      // The outermost mark rules: a name inside a title has the title's line only.
      else walk(part.content, context.mark ? context : { ...context, mark: markOf(part, marks++) });
    }
  };
  const intervene = (part: Intervention): void => {
    const last = units.at(-1);
    if (last) last.interventions = [...(last.interventions ?? []), part];
    else waiting.push(part);
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
  return finish(units, pending);
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

/** Unset text without any unit to bear it becomes a cell, so that nothing is lost. */
function finish(units: Unit[], pending: string): Unit[] {
  if (!pending) return units;
  const last = units.at(-1);
  if (last) last.after += pending;
  else units.push({ text: pending, before: '', after: '' });
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

/** Code points, each with the variation selectors and combining marks that follow it. */
function clusters(text: string): readonly string[] {
  return text.match(/\P{M}[\p{M}]*|\p{M}+/gu) ?? [];
}
