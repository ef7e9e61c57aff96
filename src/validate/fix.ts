import { type CatalogueEntry, type Code, catalogue, levels } from '../core/codes.ts';
import type { Diagnostic } from '../core/diagnostic.ts';
import { TextIndex } from '../core/span.ts';
import { setAttributes, type UnitEdit } from '../core/xml/set-attributes.ts';
import { scanXml, teiNamespace } from '../core/xml.ts';
import { MissingIds } from './missing-ids.ts';
import { sortList } from './sort-list.ts';

/** Checks a text as it would be checked in its file. */
export type Check = (text: string) => Promise<readonly Diagnostic[]>;

/** A document after its fixes, and how many there were. */
export interface Fixed {
  readonly text: string;
  readonly count: number;
}

/** The changes that put one finding right: all of them are made, or none. */
interface Fix {
  readonly code: Code;
  readonly edits: readonly UnitEdit[];
}

/** A fix may make room for another: an identifier for the order of its list. */
const mostRounds = 10;

/**
 * Puts right what can be put right without a look at the text: identifiers that are missing, lists that are not sorted, and
 * what a diagnostic brings a fix for. The text of the body stays as it is, and no error comes that was not there.
 */
export async function fixDocument(text: string, file: string, check: Check): Promise<Fixed> {
  let fixed: Fixed = { text, count: 0 };
  let found = await check(text);
  for (let round = 0; round < mostRounds; round++) {
    const fixes = apart(fixesFor(fixed.text, file, found));
    const next = await safely(fixed.text, fixes, found, check);
    if (!next) return fixed;
    fixed = { text: next.text, count: fixed.count + next.count };
    found = next.found;
  }
  return fixed;
}

/** Makes the fixes; when together they do harm, those that do none alone. Nothing is given when none is left. */
async function safely(
  text: string,
  fixes: readonly Fix[],
  before: readonly Diagnostic[],
  check: Check,
): Promise<(Fixed & { readonly found: readonly Diagnostic[] }) | undefined> {
  if (fixes.length === 0) return undefined;
  const after = applied(text, fixes);
  const found = after === text || bodyText(after) !== bodyText(text) ? undefined : await check(after);
  if (found && !hasNewErrors(before, found, fixes)) return { text: after, count: fixes.length, found };
  if (fixes.length === 1) return undefined;
  const half = fixes.length >> 1;
  const first = await safely(text, fixes.slice(0, half), before, check);
  // The places of the other half are those of the text before: they have their turn in the next round.
  return first ?? safely(text, fixes.slice(half), before, check);
}

function fixesFor(text: string, file: string, found: readonly Diagnostic[]): Fix[] {
  const index = new TextIndex(text);
  const own = found.filter((one) => one.file === file && one.range !== undefined);
  const start = ({ range }: Diagnostic): number => index.toUnit(range!.start.offset);
  const lacking = own.filter(
    ({ code, message }) => code === 'validate/missing-attribute' && message.includes('`xml:id`'),
  );
  const ids = new MissingIds(text, new Set(lacking.map(start)));
  const fixes: Fix[] = [];
  for (const one of own) {
    const edits = editsFor(one);
    if (edits.length > 0) fixes.push({ code: one.code, edits });
  }
  return fixes;

  function editsFor(one: Diagnostic): UnitEdit[] {
    if (one.fix) {
      return one.fix.map(({ range, text: put }) => {
        return { start: index.toUnit(range.start.offset), end: index.toUnit(range.end.offset), text: put };
      });
    }
    if (one.code === 'validate/unsorted-list') return [sortList(text, start(one))].filter((edit) => edit !== undefined);
    if (!lacking.includes(one)) return [];
    const id = ids.idFor(start(one));
    return id === undefined ? [] : setAttributes(text, start(one), { 'xml:id': id });
  }
}

/** Fixes whose changes do not touch each other, the earlier before the later. */
function apart(fixes: readonly Fix[]): Fix[] {
  const begin = ({ edits }: Fix): number => Math.min(...edits.map(({ start }) => start));
  let reached = -1;
  return [...fixes]
    .sort((a, b) => begin(a) - begin(b))
    .filter((fix) => {
      if (begin(fix) <= reached) return false;
      reached = Math.max(...fix.edits.map(({ end }) => end));
      return true;
    });
}

function applied(text: string, fixes: readonly Fix[]): string {
  const edits = fixes.flatMap((fix) => fix.edits).sort((a, b) => a.start - b.start);
  let at = 0;
  let result = '';
  for (const { start, end, text: put } of edits) {
    result += text.slice(at, start) + put;
    at = end;
  }
  return result + text.slice(at);
}

/** The text of the body, every character of it; something no document has when it cannot be read. */
function bodyText(text: string): string {
  let depth = 0;
  let result = '';
  const isBody = ({ uri, local }: { uri: string; local: string }): boolean => uri === teiNamespace && local === 'body';
  const fault = scanXml(text, {
    start: (tag) => {
      if (isBody(tag)) depth++;
    },
    end: (tag) => {
      if (isBody(tag)) depth--;
    },
    text: (piece) => {
      if (depth > 0) result += piece;
    },
  });
  return fault ? '\u0000' : result;
}

/** Errors of a code that are more than before, on the levels up to those of the fixes: behind them others come to light. */
function hasNewErrors(before: readonly Diagnostic[], after: readonly Diagnostic[], fixes: readonly Fix[]): boolean {
  const last = Math.max(...fixes.map(({ code }) => levelOf(code)));
  const was = errorsByCode(before);
  return [...errorsByCode(after)].some(([code, count]) => levelOf(code) <= last && count > (was.get(code) ?? 0));
}

function levelOf(code: Code): number {
  const { level } = catalogue[code] as CatalogueEntry;
  return level === undefined ? -1 : levels.indexOf(level);
}

function errorsByCode(found: readonly Diagnostic[]): Map<Code, number> {
  const counts = new Map<Code, number>();
  for (const { code, severity, count = 1 } of found) {
    if (severity === 'error') counts.set(code, (counts.get(code) ?? 0) + count);
  }
  return counts;
}
