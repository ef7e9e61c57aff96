import { dirname, relative } from 'node:path';
import { type Code, catalogue, type Level, levels } from '../core/codes.ts';
import { type Diagnostic, diagnostic, type Range, type Report } from '../core/diagnostic.ts';
import { readBytes } from '../core/files.ts';
import { placeInJson, readJson } from '../core/json.ts';
import { levelOf } from '../report/by-place.ts';
import type { Finding, Ignored } from '../report/checked.ts';
import { globTest } from './glob.ts';

/** One entry: which findings do not count, why, and who says so. See schemas/ignore.schema.json. */
export interface IgnoreEntry {
  readonly code: string;
  readonly file?: string;
  readonly path?: string;
  readonly text?: string;
  readonly reason: string;
  readonly who: string;
  readonly date?: string;
}

/** A list as read; its entries hold for the files below its folder, or for all where it was named by hand. */
export interface IgnoreList {
  readonly file: string;
  readonly everywhere: boolean;
  readonly entries: readonly PlacedEntry[];
}

interface PlacedEntry {
  readonly entry: IgnoreEntry;
  /** JSON Pointer of the entry. */
  readonly path: string;
  readonly range: Range;
}

/** Reads a list; nothing if it has a fault, which is reported. `everywhere`: it was named by hand. */
export function readIgnoreList(file: string, everywhere: boolean, report: Report): IgnoreList | undefined {
  const text = new TextDecoder().decode(readBytes(file));
  const list = readJson<{ ignore: readonly IgnoreEntry[] }>(text, file, 'ignore', report);
  if (!list) return undefined;
  const unknown = list.ignore.flatMap(({ code }, at) => (code in catalogue ? [] : [{ code, at }]));
  for (const { code, at } of unknown) {
    const message = `Unexpected code \`${code}\`, expected one that \`weibian explain\` lists.`;
    report(diagnostic('config/invalid-value', message, { file, ...placeInJson(text, ['ignore', at, 'code']) }));
  }
  if (unknown.length > 0) return undefined;
  const entries = list.ignore.map((entry, at) => ({ entry, ...placeInJson(text, ['ignore', at]) }));
  return { file, everywhere, entries };
}

/** The run whose diagnostics are compared with the lists. */
export interface IgnoreContext {
  readonly checkedFiles: readonly string[];
  /** The last level that was run. */
  readonly until?: Level;
  textOf(file: string): string | undefined;
}

/** The diagnostics of a run as findings, and a warning for each entry that was put to the test and matches nothing. */
export function applyIgnoreLists(
  lists: readonly IgnoreList[],
  diagnostics: readonly Diagnostic[],
  { checkedFiles, until = 'archive', textOf }: IgnoreContext,
): Finding[] {
  const rules = lists.flatMap((list) => list.entries.map((one) => new IgnoreRule(list, one)));
  const texts = new Map<string, readonly string[]>();
  const linesOf = (file: string): readonly string[] => {
    if (!texts.has(file)) texts.set(file, (textOf(file) ?? '').split(/\r\n|\n|\r/));
    return texts.get(file)!;
  };
  const findings = diagnostics.map((found): Finding => {
    const rule = rules.filter((one) => one.matches(found, linesOf))[0];
    return rule ? { diagnostic: found, ignored: rule.ignored } : { diagnostic: found };
  });
  const last = lastLevels(diagnostics);
  const tested = (rule: IgnoreRule): boolean => {
    const covered = checkedFiles.filter(rule.covers);
    const isTested = (file: string): boolean =>
      rule.level <= Math.min(levels.indexOf(until), last.get(file) ?? levels.length);
    return covered.length > 0 && covered.every(isTested);
  };
  const unused = rules.filter((rule) => !rule.used && tested(rule));
  return [...findings, ...unused.map((rule) => ({ diagnostic: rule.unused() }))];
}

/** The level of the first error of a file: what comes later was perhaps not looked for. */
function lastLevels(diagnostics: readonly Diagnostic[]): ReadonlyMap<string, number> {
  const stopped = new Map<string, number>();
  for (const { code, severity, file } of diagnostics) {
    if (severity !== 'error' || file === undefined) continue;
    const level = levels.indexOf(levelOf({ code }) ?? 'bytes');
    stopped.set(file, Math.min(level, stopped.get(file) ?? level));
  }
  return stopped;
}

class IgnoreRule {
  used = false;
  readonly #file: string;
  readonly #place: PlacedEntry;
  readonly covers: (file: string) => boolean;

  constructor({ file: listFile, everywhere }: IgnoreList, place: PlacedEntry) {
    this.#file = listFile;
    this.#place = place;
    const { file } = place.entry;
    const isMatch = file === undefined ? () => true : globTest(file);
    this.covers = (checked) => {
      const name = relative(dirname(listFile), checked).replaceAll('\\', '/');
      return (everywhere || !name.startsWith('../')) && isMatch(name);
    };
  }

  get level(): number {
    return levels.indexOf(levelOf({ code: this.#place.entry.code as Code }) ?? 'bytes');
  }

  get ignored(): Ignored {
    const { reason, who, date } = this.#place.entry;
    return { reason, who, ...(date !== undefined && { date }), file: this.#file, range: this.#place.range };
  }

  matches({ code, file, path, range }: Diagnostic, linesOf: (file: string) => readonly string[]): boolean {
    const { entry } = this.#place;
    if (code !== entry.code || file === undefined || !this.covers(file)) return false;
    if (entry.path !== undefined && entry.path !== path) return false;
    if (entry.text !== undefined) {
      const lines = range ? linesOf(file).slice(range.start.line - 1, range.end.line) : [];
      if (!lines.join('\n').includes(entry.text)) return false;
    }
    this.used = true;
    return true;
  }

  unused(): Diagnostic {
    const { entry, path, range } = this.#place;
    const named = [entry.file, entry.path, entry.text].flatMap((part) => (part === undefined ? [] : [`\`${part}\``]));
    const where = named.length > 0 ? ` (${named.join(', ')})` : '';
    const message = `Unexpected entry for \`${entry.code}\`${where}: it matches no finding.`;
    return diagnostic('validate/unused-ignore', message, { file: this.#file, path, range });
  }
}
