import type { CivilDate } from './civil-date.ts';
import { allEras, type Era, type EraOptions, eraNamed, findMonth, isDynasty } from './eras.ts';
import { cycleIndex, cycleName, dayCycle, gregorianOf, isoDate, julianOf, yearCycle } from './julian-day.ts';
import { civilYear, civilYearAt, type Month } from './months.ts';

/** First and last day, Julian Day Numbers. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/**
 * Which era of a name is meant (`dynasty`, `ruler`, `near`), and whether only days on which it was in force count.
 * Chronicles name a whole year by one era (乾德元年春, before 建隆 ended in its eleventh month), so that is the default:
 * every month of the first and of the last year of an era may be named by it.
 */
export interface ConvertOptions extends EraOptions {
  readonly inForce?: boolean;
}

/** A month of a year of an era. `month`, `leap`: as in a civil date. */
export interface CivilMonth extends Interval {
  readonly month: number;
  readonly leap: boolean;
}

/** The era that a date names, the one that has such a year first; undefined when the name is unknown or no era has it. */
export function eraOf(date: CivilDate, options: ConvertOptions = {}): Era | undefined {
  const dynasty = date.dynasty ?? options.dynasty;
  const ruler = date.ruler ?? options.ruler;
  const { near } = options;
  const chosen = {
    ...(dynasty === undefined ? {} : { dynasty }),
    ...(ruler === undefined ? {} : { ruler }),
    ...(near === undefined ? {} : { near }),
  };
  const found = eraNamed(date.era, chosen).filter(
    (era) => date.year >= era.firstNumber && date.year <= era.firstNumber + era.lastYear - era.firstYear,
  );
  if (!options.inForce) return found[0];
  // 天福 and 洪武 were taken up again: of the same polity, the span that holds the day.
  return found.find((era) => era.dynasty === found[0]!.dynasty && intervalIn(era, date, true)) ?? found[0];
}

/** The astronomical year (1 BCE = 0) that holds most of a civil year: 咸平2 → 999; undefined when the year does not exist. */
export function westernYear(date: CivilDate, options: ConvertOptions = {}): number | undefined {
  const era = eraOf(date, options);
  return era && yearIn(era, date.year);
}

/** The pair of the civil year: 咸平2 → 己亥; undefined when the year does not exist. */
export function yearPair(date: CivilDate, options: ConvertOptions = {}): string | undefined {
  const year = westernYear(date, options);
  return year === undefined ? undefined : cycleName(yearCycle(year));
}

function yearIn(era: Era, number: number): number {
  return era.firstYear + number - era.firstNumber;
}

/** The days of a date; undefined when the era, the year, the month or the day does not exist (閏五月, a pair that the month lacks). */
export function civilInterval(date: CivilDate, options: ConvertOptions = {}): Interval | undefined {
  const era = eraOf(date, options);
  return era && intervalIn(era, date, options.inForce === true);
}

function intervalIn(era: Era, date: CivilDate, inForce: boolean): Interval | undefined {
  const whole = wholeInterval(era, date);
  if (!whole || !inForce) return whole;
  const from = Math.max(whole.from, era.from);
  const to = Math.min(whole.to, era.to);
  return from <= to ? { from, to } : undefined;
}

function wholeInterval(era: Era, date: CivilDate): Interval | undefined {
  const months = civilYear(era.line, yearIn(era, date.year))?.months;
  if (!months) return undefined;
  if (date.month === undefined) return { from: months[0]!.first, to: months.at(-1)!.last };
  const month = findMonth(months, date.month, date.leap === true);
  if (!month) return undefined;
  const day = dayIn(month, date);
  if (day === undefined) return { from: month.first, to: month.last };
  return day >= month.first && day <= month.last ? { from: day, to: day } : undefined;
}

/** The day that a date names in a month, perhaps outside it; undefined when it names none. */
function dayIn(month: Month, date: CivilDate): number | undefined {
  if (date.day !== undefined) return month.first + date.day - 1;
  if (date.cycle === undefined) return undefined;
  const index = cycleIndex(date.cycle);
  return index === undefined ? Number.NaN : month.first + ((index - dayCycle(month.first) + 60) % 60);
}

/** First and last day as ISO 8601 dates, proleptic Gregorian (as TEI wants them) or Julian; undefined as `civilInterval`. */
export function isoInterval(
  date: CivilDate,
  options: ConvertOptions & { readonly calendar?: 'gregorian' | 'julian' } = {},
): { readonly from: string; readonly to: string } | undefined {
  const days = civilInterval(date, options);
  if (!days) return undefined;
  const western = options.calendar === 'julian' ? julianOf : gregorianOf;
  return { from: isoDate(western(days.from)), to: isoDate(western(days.to)) };
}

/** The day of a month that has a pair: 咸平4-11 and 甲午 → 咸平4-11-27; undefined when the month has no such day or does not exist. */
export function dayOfCycle(month: CivilDate, cycle: string, options: ConvertOptions = {}): CivilDate | undefined {
  const { day: _day, cycle: _cycle, ...rest } = month;
  const whole = civilInterval(rest, options);
  const found = civilInterval({ ...rest, cycle }, options);
  if (!whole || !found || rest.month === undefined) return undefined;
  const monthStart = civilInterval({ ...rest, day: 1 }, { ...options, inForce: false })!.from;
  return { ...rest, day: found.from - monthStart + 1 };
}

/**
 * The two days nearest to a month that have a pair, nearest first, named as the same polity names them: for
 * 景德元年正月甲申, which does not exist, the 甲申 before and after it. A month that has the day itself comes first.
 * Empty when the month does not exist or the text is no pair.
 */
export function monthsWithCycleDay(
  month: CivilDate,
  cycle: string,
  options: ConvertOptions = {},
): readonly CivilDate[] {
  const index = cycleIndex(cycle);
  const { day: _day, cycle: _cycle, ...rest } = month;
  const era = eraOf(rest, options);
  const days = civilInterval(rest, { ...options, inForce: false });
  if (index === undefined || !era || !days) return [];
  const after = days.from + ((index - dayCycle(days.from) + 60) % 60);
  const distance = (jdn: number): number => Math.max(days.from - jdn, jdn - days.to, 0);
  return [after - 60, after]
    .sort((a, b) => distance(a) - distance(b))
    .flatMap((jdn) => civilOf(jdn, { dynasty: era.dynasty }).slice(0, 1));
}

/**
 * Every civil date of a day, one for each era in force: main polities first, then as in `eras.json`; with `dynasty` only
 * those of one polity. In the month of a change whose day is not known both eras are in force.
 */
export function civilOf(jdn: number, options: { readonly dynasty?: string } = {}): readonly CivilDate[] {
  const { dynasty } = options;
  const inForce = allEras().filter((era) => era.from <= jdn && jdn <= era.to);
  return inForce.flatMap((era) => {
    if (dynasty !== undefined && !isDynasty(era, dynasty)) return [];
    const year = civilYearAt(era.line, jdn);
    const month = year?.months.find((one) => one.first <= jdn && jdn <= one.last);
    if (!year || !month) return [];
    return [
      {
        era: era.name,
        dynasty: era.dynasty,
        year: year.year - era.firstYear + era.firstNumber,
        month: month.month,
        ...(month.leap ? { leap: true } : {}),
        day: jdn - month.first + 1,
      },
    ];
  });
}

/** The months of a year of an era in order; with `inForce` cut to the days on which it was. Empty when the year does not exist. */
export function monthsOf(era: string, year: number, options: ConvertOptions = {}): readonly CivilMonth[] {
  const found = eraOf({ era, year }, options);
  if (!found) return [];
  const months = civilYear(found.line, yearIn(found, year))?.months ?? [];
  return months.flatMap(({ month, leap, first, last }) => {
    const from = options.inForce ? Math.max(first, found.from) : first;
    const to = options.inForce ? Math.min(last, found.to) : last;
    return from <= to ? [{ month, leap, from, to }] : [];
  });
}

/**
 * The year so many years later (or earlier, when negative) in the same polity: 咸平6 + 1 → 景德1. The era goes on as long as
 * it has such a year; else the first era of that year is taken going forward, the last going back. Undefined when the polity
 * had no era then.
 */
export function shiftYear(date: CivilDate, years: number, options: ConvertOptions = {}): CivilDate | undefined {
  const era = eraOf(date, options);
  if (!era) return undefined;
  const year = yearIn(era, date.year) + years;
  const candidates = allEras().filter(
    (one) => one.dynasty === era.dynasty && one.firstYear <= year && year <= one.lastYear,
  );
  const found = candidates.includes(era) ? era : years > 0 ? candidates[0] : candidates.at(-1);
  if (!found) return undefined;
  const dynasty = date.dynasty === undefined ? {} : { dynasty: date.dynasty };
  return { era: found.name, ...dynasty, year: year - found.firstYear + found.firstNumber };
}

/** 明年: the year after, see `shiftYear`. */
export function nextYear(date: CivilDate, options: ConvertOptions = {}): CivilDate | undefined {
  return shiftYear(date, 1, options);
}

/** 上年: the year before, see `shiftYear`. */
export function previousYear(date: CivilDate, options: ConvertOptions = {}): CivilDate | undefined {
  return shiftYear(date, -1, options);
}
