import type { Span } from '../core/span.ts';
import { type Identity, matchesKey } from './identity.ts';

/** A marked span, as gold files (JSON lines) and TEI files give it: code points of the source. */
export interface TypedSpan extends Span {
  readonly type: string;
}

/** A span of a gold file; `key` is its identity in the notation of the annotation guidelines. */
export interface GoldSpan extends TypedSpan {
  readonly key?: string;
}

/** A span found, and what it was resolved to; without `identity` only spans are scored. */
export interface FoundSpan extends TypedSpan {
  readonly identity?: Identity;
}

/** Exact-span agreement of one type. The rates are 0 where nothing could be counted. */
export interface TypeScore {
  readonly type: string;
  readonly gold: number;
  readonly found: number;
  readonly correct: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Correct spans whose identity could be compared, and those of them that are resolved as the gold has it. */
  readonly keys: number;
  readonly keysCorrect: number;
  readonly keyAccuracy: number;
}

/** Scores per type, and the spans that only one side has. */
export interface Score {
  readonly types: readonly TypeScore[];
  readonly missed: readonly GoldSpan[];
  readonly extra: readonly FoundSpan[];
  /** Pairs of gold and found spans that share code points and differ, in order of the text; with the wrong keys. */
  readonly differences: readonly Difference[];
}

/** `type`: the same span as another type. `boundary`: other ends. `key`: the same mark of someone or something else. */
export interface Difference {
  readonly kind: 'type' | 'boundary' | 'key';
  readonly gold: GoldSpan;
  readonly found: FoundSpan;
}

/** The types that are scored, in the order of the annotation guidelines. */
export const scoredTypes = ['persName', 'placeName', 'date', 'bibl', 'orgName'] as const;

/** Compares spans found with gold spans; only spans that start inside `range` count, if it is given. */
export function scoreSpans(gold: readonly GoldSpan[], found: readonly FoundSpan[], range?: Span): Score {
  const inside = ({ start }: Span): boolean => !range || (start >= range.start && start < range.end);
  const goldById = byId(gold.filter(inside));
  const foundById = byId(found.filter(inside));
  const pairs = [...goldById].flatMap(([id, one]) => {
    const same = foundById.get(id);
    return same ? [{ gold: one, found: same }] : [];
  });
  const types = scoredTypes.map((type) => scoreType(type, goldById, foundById, pairs));
  const missed = without(goldById, foundById);
  const extra = without(foundById, goldById);
  const wrongKeys = pairs.filter((pair) => hasKey(pair) && !isKeyRight(pair)).map((pair) => ({ kind: 'key', ...pair }));
  const differences = [...(wrongKeys as Difference[]), ...crossing(missed, extra)];
  return { types, missed, extra, differences: differences.sort((a, b) => a.gold.start - b.gold.start) };
}

interface Pair {
  readonly gold: GoldSpan;
  readonly found: FoundSpan;
}

const hasKey = ({ gold, found }: Pair): boolean => gold.key !== undefined && found.identity !== undefined;

const isKeyRight = ({ gold, found }: Pair): boolean => matchesKey(gold.key ?? '', found.identity!);

function scoreType(
  type: string,
  gold: ReadonlyMap<string, GoldSpan>,
  found: ReadonlyMap<string, FoundSpan>,
  pairs: readonly Pair[],
): TypeScore {
  const count = (spans: Iterable<TypedSpan>): number => [...spans].filter((span) => span.type === type).length;
  const [inGold, inFound] = [count(gold.values()), count(found.values())];
  const same = pairs.filter((pair) => pair.gold.type === type);
  const keyed = same.filter(hasKey);
  const keysCorrect = keyed.filter(isKeyRight).length;
  const precision = rate(same.length, inFound);
  const recall = rate(same.length, inGold);
  const f1 = rate(2 * precision * recall, precision + recall);
  const keys = { keys: keyed.length, keysCorrect, keyAccuracy: rate(keysCorrect, keyed.length) };
  return { type, gold: inGold, found: inFound, correct: same.length, precision, recall, f1, ...keys };
}

const rate = (part: number, whole: number): number => (whole ? part / whole : 0);

/** Pairs of missed and extra spans (both in order of the text) that share code points. */
function crossing(missed: readonly GoldSpan[], extra: readonly FoundSpan[]): Difference[] {
  const differences: Difference[] = [];
  let first = 0;
  for (const gold of missed) {
    while (first < extra.length && extra[first]!.end <= gold.start) first++;
    for (let at = first; at < extra.length && extra[at]!.start < gold.end; at++) {
      const found = extra[at]!;
      if (found.end <= gold.start) continue;
      const isSameSpan = gold.start === found.start && gold.end === found.end;
      differences.push({ kind: isSameSpan ? 'type' : 'boundary', gold, found });
    }
  }
  return differences;
}

const idOf = ({ start, end, type }: TypedSpan): string => `${start} ${end} ${type}`;

const byId = <T extends TypedSpan>(spans: readonly T[]): Map<string, T> =>
  new Map([...spans].sort((a, b) => a.start - b.start || a.end - b.end).map((span) => [idOf(span), span]));

const without = <T extends TypedSpan>(some: ReadonlyMap<string, T>, others: ReadonlyMap<string, unknown>): T[] =>
  [...some].filter(([id]) => !others.has(id)).map(([, span]) => span);
