import { allEras, type Era, eraNamed } from './eras.ts';

/** The polity and ruler that stand before an era or a year. */
export interface Polity {
  /** What was read, of the end of the text: 宋真宗. */
  readonly text: string;
  readonly dynasty?: string;
  readonly ruler?: string;
}

/**
 * Reads the polity and the ruler at the end of a text, before an era (宋真宗 of 宋真宗咸平) or before a year that is counted by
 * the ruler (蒙古太祖 of 蒙古太祖二十二年). With an era only what fits one of its name is read; undefined when there is nothing.
 */
export function polityBefore(text: string, era?: string): Polity | undefined {
  const eras = era === undefined ? allEras() : eraNamed(era);
  const rulers = era === undefined ? rulersByEnd() : undefined;
  let best: Polity | undefined;
  for (const one of rulers?.get(text.at(-1) ?? '') ?? eras) {
    for (const polity of readings(text, one, era !== undefined)) {
      if (polity.text.length > (best?.text.length ?? 0)) best = polity;
    }
  }
  return best;
}

function* readings(text: string, era: Era, withoutRuler: boolean): Generator<Polity> {
  for (const ruler of withoutRuler ? ['', ...era.rulers] : era.rulers) {
    if (!text.endsWith(ruler)) continue;
    const rest = text.slice(0, text.length - ruler.length);
    if (ruler !== '') yield { text: ruler, ruler };
    for (const dynasty of era.dynastyNames) {
      if (rest.endsWith(dynasty)) yield { text: dynasty + ruler, dynasty, ...(ruler ? { ruler } : {}) };
    }
  }
}

let byEnd: Map<string, Era[]> | undefined;

/** Eras by the last character of their rulers. */
function rulersByEnd(): ReadonlyMap<string, readonly Era[]> {
  if (byEnd) return byEnd;
  byEnd = new Map();
  for (const era of allEras()) {
    for (const end of new Set(era.rulers.map((ruler) => ruler.at(-1)!)))
      byEnd.set(end, [...(byEnd.get(end) ?? []), era]);
  }
  return byEnd;
}
