import type { Diagnostic, Range } from '../core/diagnostic.ts';

/** Why a finding does not count: an entry of weibian-ignore.json. */
export interface Ignored {
  readonly reason: string;
  readonly who: string;
  readonly date?: string;
  /** Where the entry stands. */
  readonly file: string;
  readonly range: Range;
}

/** A diagnostic, and why it does not count, if it does not. */
export interface Finding {
  readonly diagnostic: Diagnostic;
  readonly ignored?: Ignored;
}

/** What was checked and what was found: all that a report is made from. */
export interface Checked {
  /** The files checked, in the order of the report. */
  readonly files: readonly string[];
  /** In the order of files, levels and places. */
  readonly findings: readonly Finding[];
  /** The text of a file, for code frames; undefined where it cannot be read. */
  textOf(file: string): string | undefined;
  /** The version of weibian. */
  readonly version: string;
  /** Warnings fail the check, as errors do. */
  readonly strict: boolean;
}

/** The files of a report: those checked, and others that a finding is in, without repetition. */
export function filesOf({ files, findings }: Checked): readonly string[] {
  return [
    ...new Set([...files, ...findings.flatMap(({ diagnostic: { file } }) => (file === undefined ? [] : [file]))]),
  ];
}

/** Items by a key, both in the order in which they come. */
export function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
