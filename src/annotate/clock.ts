import { type CivilDate, civilText } from '../calendar/civil-date.ts';
import { allEras, type Era, eraNamed } from '../calendar/eras.ts';
import { civilYear, type Month } from '../calendar/months.ts';
import type { DateExpression } from './annotation.ts';

/** A year of one era, with no doubt which of the name. */
export interface EraYear {
  readonly era: Era;
  readonly year: number;
}

/** Where the chronicle stands: the year, month and day that an incomplete date is read by, and which words said so. */
export interface Clock {
  readonly at?: EraYear;
  readonly month?: number;
  readonly leap?: boolean;
  readonly day?: number;
  /** What gave year, month and day, as people read it: `景德元年` (12:1). */
  readonly by: { readonly year?: string; readonly month?: string; readonly day?: string };
}

/** The civil date of a year of an era, told apart from others of the name. */
export function civilOfYear({ era, year }: EraYear): CivilDate & { readonly era: string; readonly year: number } {
  return { era: era.name, dynasty: era.dynasty, ruler: era.rulers[0]!, year };
}

/** Era and number as they are read: 咸平二年. */
export const yearText = (at: EraYear): string => civilText({ era: at.era.name, year: at.year });

/** The astronomical year that holds most of a year of an era. */
export const westernOf = ({ era, year }: EraYear): number => era.firstYear + year - era.firstNumber;

/** The months of a year in the calendar of its polity. */
export function monthsOfYear(at: EraYear): readonly Month[] {
  return civilYear(at.era.line, westernOf(at))?.months ?? [];
}

const hasYear = (era: Era, year: number): boolean =>
  year >= era.firstNumber && westernOf({ era, year }) <= era.lastYear;

/** The year that a civil date names; undefined where the calendar has none. */
export function eraYearOf(date: CivilDate): EraYear | undefined {
  return namedYear({ ...date, year: date.year }, undefined);
}

/** An era and its year: of several eras of the name the one nearest to the clock, then of its polity, then the main one. */
export function namedYear(
  { era, dynasty, ruler, year = 1 }: Pick<DateExpression, 'era' | 'dynasty' | 'ruler' | 'year'>,
  clock: EraYear | undefined,
): EraYear | undefined {
  if (era === undefined) return undefined;
  const choose = (options: { dynasty?: string; ruler?: string }): EraYear | undefined => {
    const fitting = eraNamed(era, options).filter((one) => hasYear(one, year));
    return nearest(
      fitting.map((one) => ({ era: one, year })),
      clock,
    );
  };
  return (
    (dynasty !== undefined && ruler !== undefined ? choose({ dynasty, ruler }) : undefined) ??
    (dynasty === undefined ? undefined : choose({ dynasty })) ??
    (ruler === undefined ? undefined : choose({ ruler })) ??
    choose({})
  );
}

/** A year counted by its ruler: his own count where he had no era (蒙古太祖), else from the first year of his first era. */
export function ruledYear(
  { dynasty, ruler, year = 1 }: Pick<DateExpression, 'dynasty' | 'ruler' | 'year'>,
  clock: EraYear | undefined,
): EraYear | undefined {
  const eras = allEras().filter(
    (era) => era.rulers.includes(ruler!) && (dynasty === undefined || era.dynastyNames.includes(dynasty)),
  );
  const years = [...new Set(eras.map((era) => era.dynasty))].flatMap((polity) => {
    const own = eras.filter((era) => era.dynasty === polity);
    const reign = own.find((era) => era.name === ruler);
    if (reign) return hasYear(reign, year) ? [{ era: reign, year }] : [];
    const opened = own.filter((era) => era.rulers[0] === ruler);
    if (opened.length === 0) return [];
    const western = Math.min(...opened.map((era) => era.firstYear)) + year - 1;
    const era = own.findLast((one) => one.firstYear <= western && western <= one.lastYear);
    return era ? [{ era, year: western - era.firstYear + era.firstNumber }] : [];
  });
  return nearest(years, clock);
}

function nearest(years: readonly EraYear[], clock: EraYear | undefined): EraYear | undefined {
  if (!clock) return years[0];
  const near = westernOf(clock);
  const distance = (one: EraYear): number =>
    Math.abs(westernOf(one) - near) + (one.era.dynasty === clock.era.dynasty ? 0 : 0.5);
  return [...years].sort((a, b) => distance(a) - distance(b))[0];
}

/** A year of the era in force by its number; undefined where the era has no such year. */
export function yearInForce(year: number, clock: EraYear | undefined): EraYear | undefined {
  return clock && hasYear(clock.era, year) ? { era: clock.era, year } : undefined;
}

/** The year so many years later or earlier, in the same polity, or in the one that followed it (後周 → 宋). */
export function shifted(at: EraYear, years: number): EraYear | undefined {
  const western = westernOf(at) + years;
  const inYear = (era: Era): boolean => era.firstYear <= western && western <= era.lastYear;
  const own = allEras().filter((era) => era.dynasty === at.era.dynasty && inYear(era));
  const eras = own.length > 0 || !at.era.main ? own : allEras().filter((era) => era.main && inYear(era));
  const era = eras.includes(at.era) ? at.era : years > 0 ? eras[0] : eras.at(-1);
  return era && { era, year: western - era.firstYear + era.firstNumber };
}
