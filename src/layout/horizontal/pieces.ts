import type { Gaiji, Inline, Intervention, Note } from '../book.ts';
import { clusters } from '../clusters.ts';
import { mayNotBegin, punctuationRole } from '../judou.ts';
import { readUnits, type Unit } from '../units.ts';
import { isLatin, widthOf } from '../widths.ts';

/** One thing on a line: a character with the unset text around it, or the call of a note. Widths in characters. */
export interface Piece {
  readonly text: string;
  readonly before?: string;
  readonly after?: string;
  readonly gaiji?: Gaiji;
  readonly mark?: Unit['mark'];
  readonly interventions?: readonly Intervention[];
  readonly width: number;
  /** Its width when it is squeezed; nothing for what cannot be. */
  readonly least?: number;
  /** Where the ink of a mark stands in its square. */
  readonly ink?: 'left' | 'middle' | 'right';
  /** May not end a line; may not begin one. */
  readonly noEnd?: true;
  readonly noBegin?: true;
  /** May stand beside the measure at the end of a line. */
  readonly hangs?: true;
  /** Made by the edition, no part of the text. */
  readonly generated?: true;
  /** The call of the note with this index in its block. */
  readonly call?: number;
}

/** A note of a block as pieces, without the parentheses, which its first and last piece stand for. */
export interface NotePieces {
  readonly type: string;
  readonly pieces: readonly Piece[];
  /** Made by the edition: a correction. */
  readonly generated?: true;
}

/** A block with its notes taken out: calls stand at their places. */
export interface Read {
  readonly pieces: readonly Piece[];
  readonly notes: readonly NotePieces[];
}

/** Reads inline content. With `corrections`, each proposed correction becomes a note made by the edition. */
export function readPieces(content: readonly Inline[], corrections: boolean): Read {
  const types = notesIn(content).map(({ type }) => type ?? '');
  const pieces: Piece[] = [];
  const notes: NotePieces[] = [];
  // A unit without text only bears notes; horizontal lines have no use for it.
  const units = readUnits(withBrackets(content), 'full').filter(({ text }) => text !== '');
  const call = (note: NotePieces): void => {
    // The call belongs to what it follows; it is no part of a name.
    pieces.push({
      text: '',
      width: 1,
      noBegin: true,
      hangs: true,
      call: notes.length,
      ...(note.generated && { generated: true }),
    });
    notes.push(note);
  };
  for (let at = 0; at < units.length; ) {
    const { note } = units[at]!;
    if (note === undefined) {
      const unit = units[at]!;
      pieces.push(toPiece(unit, units[at - 1]));
      if (corrections)
        for (const one of correctionsOf([unit])) call({ type: 'correction', pieces: generate(one), generated: true });
      at++;
      continue;
    }
    let end = at;
    while (end < units.length && units[end]!.note === note) end++;
    const inside = units.slice(at, end);
    // What was corrected inside a note is said at its end.
    const added = corrections ? correctionsOf(inside).flatMap((text) => generate(`（${text}）`)) : [];
    const set = inside.map((unit, index) => toPiece(unit, inside[index - 1]));
    call({ type: types[note] ?? '', pieces: [...set, ...added] });
    at = end;
  }
  return { pieces, notes };
}

/** Pieces of text that the edition makes; Latin words are not broken. */
export function generate(text: string): Piece[] {
  return clusters(text).map((character, index, all) => ({
    ...toPiece({ text: character, before: '', after: '', ...kinsokuOf(character) }, undefined),
    ...(isLatin(character) &&
      isLatin(all[index - 1] ?? '') &&
      !/[-/]/.test(all[index - 1]!) && { noBegin: true as const }),
    ...(character === ' ' && { width: widthOf(' '), noBegin: true as const, hangs: true as const }),
    generated: true as const,
  }));
}

function kinsokuOf(character: string): Pick<Unit, 'kinsoku'> {
  if (mayNotBegin(character)) return { kinsoku: 'no-begin' };
  return punctuationRole(character) === 'open' ? { kinsoku: 'no-end' } : {};
}

function toPiece(unit: Unit, before: Unit | undefined): Piece {
  const { text, kinsoku, gaiji } = unit;
  const role = gaiji ? undefined : punctuationRole(text);
  const wide = widthOf([...text][0]!) === 1 || /^[·—–]/u.test(text) || gaiji !== undefined;
  const ink = role && wide ? (({ open: 'right', close: 'left' } as const)[role as 'open'] ?? 'middle') : undefined;
  // A dash or an ellipsis of two characters is one mark.
  const second = role === 'separator' && before?.text === text;
  return {
    text,
    ...(unit.before && { before: unit.before }),
    ...(unit.after && { after: unit.after }),
    ...(gaiji && { gaiji }),
    ...(unit.mark && { mark: unit.mark }),
    ...(unit.interventions && { interventions: unit.interventions }),
    width: wide ? 1 : widthOf(text),
    ...(ink && !/[—…～]/u.test(text) && { least: 0.5 }),
    ...(ink && { ink }),
    ...(kinsoku === 'no-end' && { noEnd: true }),
    ...((kinsoku === 'no-begin' || second) && { noBegin: true }),
    ...(kinsoku === 'no-begin' && wide && { hangs: true }),
  };
}

/** 〔〕 as characters: horizontal lines set them in squares of their own. */
function withBrackets(content: readonly Inline[]): Inline[] {
  return content.flatMap((part): Inline[] => {
    if (typeof part === 'string' || part.kind === 'gaiji' || part.kind === 'intervention') return [part];
    if (part.kind === 'remark') return [part];
    if (part.kind === 'ruby') return [{ ...part, base: withBrackets(part.base) }];
    // A horizontal page has no margin for 眉批: they are notes.
    if (part.kind === 'brow') return [{ kind: 'note', content: withBrackets(part.content) }];
    const inside = withBrackets(part.content);
    return part.kind === 'supplied' ? ['〔', ...inside, '〕'] : [{ ...part, content: inside }];
  });
}

/** The outermost notes in the order in which readUnits numbers them. */
function notesIn(content: readonly Inline[]): Note[] {
  return content.flatMap((part) => {
    if (typeof part === 'string' || part.kind === 'gaiji' || part.kind === 'intervention') return [];
    if (part.kind === 'remark') return [];
    if (part.kind === 'ruby') return notesIn(part.base);
    if (part.kind === 'brow') return [{ kind: 'note', content: part.content }];
    return part.kind === 'note' ? [part] : notesIn(part.content);
  });
}

/** What the apparatus says of proposed corrections. */
function correctionsOf(units: readonly Unit[]): string[] {
  return units
    .flatMap(({ interventions = [] }) => interventions)
    .filter(({ of, reading }) => of === 'correction' && reading)
    .map(({ text, reading }) => `「${text}」疑當作「${reading}」。`);
}
