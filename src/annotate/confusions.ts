import { keyOf } from './identity.ts';
import type { Difference, FoundSpan, GoldSpan, Score, TypedSpan } from './score.ts';

/** One kind of confusion: what the gold has, what was found in its place (`undefined`: nothing), how often, where first. */
export interface Confusion {
  readonly kind: Difference['kind'] | 'missed' | 'extra';
  readonly gold?: ConfusedMark;
  readonly found?: ConfusedMark;
  readonly count: number;
  /** Code point of the first. */
  readonly first: number;
}

/** A mark without its place. */
export interface ConfusedMark {
  readonly type: string;
  readonly text: string;
  readonly key?: string;
}

/** The confusions of a score, most frequent first, then by text; `slice` gives the text of a span. */
export function confusions(
  { missed, extra, differences }: Score,
  slice: (start: number, end: number) => string,
): Confusion[] {
  const crossed = new Set<TypedSpan>(
    differences.flatMap(({ kind, gold, found }) => (kind === 'key' ? [] : [gold, found])),
  );
  const marked = ({ start, end, type, key, identity }: GoldSpan & FoundSpan): ConfusedMark => {
    const meant = key ?? (identity && keyOf(identity));
    return { type, text: slice(start, end), ...(meant === undefined ? {} : { key: meant }) };
  };
  const all: Omit<Confusion, 'count'>[] = [
    ...differences.map(({ kind, gold, found }) => ({
      kind,
      gold: marked(gold),
      found: marked(found),
      first: gold.start,
    })),
    ...missed
      .filter((span) => !crossed.has(span))
      .map((gold) => ({ kind: 'missed' as const, gold: marked(gold), first: gold.start })),
    ...extra
      .filter((span) => !crossed.has(span))
      .map((found) => ({ kind: 'extra' as const, found: marked(found), first: found.start })),
  ];
  return count(all);
}

function count(all: readonly Omit<Confusion, 'count'>[]): Confusion[] {
  const counted = new Map<string, Confusion>();
  for (const { first, ...one } of all) {
    const id = JSON.stringify(one);
    const before = counted.get(id);
    counted.set(id, {
      ...one,
      count: (before?.count ?? 0) + 1,
      first: Math.min(first, before?.first ?? first),
    });
  }
  const text = ({ gold, found }: Confusion): string => gold?.text ?? found?.text ?? '';
  return [...counted.values()].sort(
    (a, b) => b.count - a.count || (text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : a.first - b.first),
  );
}
