import { allEras, type Era, eraNamed, isDynasty } from '../calendar/eras.ts';
import { gregorianOf, isoDate } from '../calendar/julian-day.ts';
import type { DateExpression, ResolvedDate } from './annotation.ts';

/** The stretch that 至道中, 咸平初 or 唐末 lies in: the whole of the era or dynasty, for nothing nearer is said. */
export function vagueInterval({ era }: DateExpression, quote: string, calendar: string): ResolvedDate | undefined {
  const eras = era === undefined ? [] : erasOf(era);
  if (eras.length === 0) return undefined;
  const from = Math.min(...eras.map((one) => one.from));
  const to = Math.max(...eras.map((one) => one.to));
  const iso = (jdn: number): string => isoDate(gregorianOf(jdn));
  return { custom: quote, from: iso(from), to: iso(to), vague: true, calendar };
}

/** The era of this name (the first, where several bear it), or all eras of the dynasty. */
function erasOf(name: string): readonly Era[] {
  const named = eraNamed(name);
  if (named.length > 0) return named.slice(0, 1);
  const own = allEras().filter((era) => era.dynasty === name);
  return own.length > 0 ? own : allEras().filter((era) => era.main && isDynasty(era, name));
}
