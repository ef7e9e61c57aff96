import type { ResolvedDate } from '../annotate/annotation.ts';
import type { Attributes } from './element.ts';

/** Attributes of a resolved date: the civil date in @when-custom, proleptic Gregorian days in @when, @from and @to. */
export function dateAttributes(date: ResolvedDate | undefined, calendarAttribute = true): Attributes {
  if (!date) return {};
  const { custom, from, to, vague, calendar } = date;
  const method = `#${calendar}`;
  const named = { 'when-custom': custom, datingMethod: method, calendar: calendarAttribute ? method : undefined };
  if (vague) return { ...named, notBefore: from, notAfter: to };
  return from === to ? { ...named, when: from } : { ...named, from, to };
}
