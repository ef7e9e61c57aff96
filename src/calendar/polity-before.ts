import { type Era, eraNamed, erasByRulersEnd } from './eras.ts';

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
  const eras = era === undefined ? erasByRulersEnd(text.at(-1) ?? '') : eraNamed(era);
  let best: Polity | undefined;
  for (const one of eras) {
    for (const polity of readings(text, one, era !== undefined)) {
      if (polity.text.length > (best?.text.length ?? 0)) best = polity;
    }
  }
  return best?.dynasty === undefined && era !== undefined ? (namedOtherwise(text, eras) ?? best) : best;
}

/** A ruler under another name, where the polity opens the clause: 、遼天祚保大二年, 夏主乾順元德元年. */
function namedOtherwise(text: string, eras: readonly Era[]): Polity | undefined {
  const clause = /(?:^|[\s、，。；（])([^\s、，。；：（）「」《》以於自至在及與遣使攻侵入年月日即為]{2,8})$/u.exec(
    text,
  )?.[1];
  const dynasty = eras.flatMap((one) => one.dynastyNames).find((name) => clause?.startsWith(name));
  return clause !== undefined && dynasty !== undefined ? { text: clause, dynasty } : undefined;
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
