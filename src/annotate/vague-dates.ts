import { allEras, type Era, eraNamed, isDynasty } from '../calendar/eras.ts';
import { gregorianOf, isoDate } from '../calendar/julian-day.ts';
import type { DateExpression, ResolvedDate } from './annotation.ts';
import { type EraYear, westernOf } from './clock.ts';

/** The stretch that 至道中, 咸平初 or 唐末 lies in: the whole of the era or dynasty, for nothing nearer is said. */
export function vagueInterval(
  { era }: DateExpression,
  quote: string,
  calendar: string,
  clock: EraYear | undefined,
): ResolvedDate | undefined {
  const eras = era === undefined ? [] : erasOf(era, clock && westernOf(clock));
  if (eras.length === 0) return undefined;
  const from = Math.min(...eras.map((one) => one.from));
  const to = Math.max(...eras.map((one) => one.to));
  const iso = (jdn: number): string => isoDate(gregorianOf(jdn));
  return { custom: quote, from: iso(from), to: iso(to), vague: true, calendar };
}

const fiveDynasties = ['後梁', '後唐', '後晉', '後漢', '後周'];

/** The era of this name (the one nearest to the clock, where several bear it), or all eras of the dynasty. */
function erasOf(name: string, near: number | undefined): readonly Era[] {
  const named = eraNamed(name, near === undefined ? {} : { near });
  if (named.length > 0) return named.slice(0, 1);
  const own = allEras().filter(
    (era) => era.dynasty === name || (name === '五代' && fiveDynasties.includes(era.dynasty)),
  );
  return own.length > 0 ? own : allEras().filter((era) => era.main && isDynasty(era, name));
}
