import type { Span } from '../core/span.ts';

/** A marked span, as gold files (JSON lines) and TEI files give it: code points of the source. */
export interface TypedSpan extends Span {
  readonly type: string;
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
}

/** Scores per type, and the spans that only one side has. */
export interface Score {
  readonly types: readonly TypeScore[];
  readonly missed: readonly TypedSpan[];
  readonly extra: readonly TypedSpan[];
}

/** The types that are scored, in the order of the annotation guidelines. */
export const scoredTypes = ['persName', 'placeName', 'date', 'bibl', 'orgName'] as const;

/** Compares spans found with gold spans; only spans that start inside `range` count, if it is given. */
export function scoreSpans(gold: readonly TypedSpan[], found: readonly TypedSpan[], range?: Span): Score {
  const inside = ({ start }: Span): boolean => !range || (start >= range.start && start < range.end);
  const goldByKey = byKey(gold.filter(inside));
  const foundByKey = byKey(found.filter(inside));
  const types = scoredTypes.map((type) => {
    const goldOfType = [...goldByKey.values()].filter((span) => span.type === type);
    const foundOfType = [...foundByKey.values()].filter((span) => span.type === type).length;
    const correct = goldOfType.filter((span) => foundByKey.has(key(span))).length;
    const precision = foundOfType ? correct / foundOfType : 0;
    const recall = goldOfType.length ? correct / goldOfType.length : 0;
    const f1 = precision + recall ? (2 * precision * recall) / (precision + recall) : 0;
    return { type, gold: goldOfType.length, found: foundOfType, correct, precision, recall, f1 };
  });
  const only = (some: Map<string, TypedSpan>, others: Map<string, TypedSpan>): TypedSpan[] =>
    [...some].filter(([id]) => !others.has(id)).map(([, span]) => span);
  return { types, missed: only(goldByKey, foundByKey), extra: only(foundByKey, goldByKey) };
}

const key = ({ start, end, type }: TypedSpan): string => `${start} ${end} ${type}`;

const byKey = (spans: readonly TypedSpan[]): Map<string, TypedSpan> => new Map(spans.map((span) => [key(span), span]));
