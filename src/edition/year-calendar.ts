import { parseCivil } from '../calendar/civil-date.ts';
import { civilOf, eraOf, monthsOf, westernYear, yearPair } from '../calendar/convert.ts';
import { cycleName, dayCycle, gregorianOf, isoDate, julianOf } from '../calendar/julian-day.ts';
import { yearNumeral } from '../calendar/numerals.ts';

/** A month of a year; `key` as in @when-custom (`9`, `閏9`), `pair` of its first day (朔), `days` 29 or 30. */
export interface CalendarMonth {
  readonly key: string;
  readonly pair: string;
  readonly days: number;
  /** First day, ISO 8601. */
  readonly gregorian: string;
  readonly julian: string;
}

/** A civil year for the pages: the Western year that holds most of it, its pair, its name at other courts, its months. */
export interface CalendarYear {
  readonly western: number;
  readonly pair: string;
  readonly also: readonly string[];
  readonly months: readonly CalendarMonth[];
}

const monthNames: Readonly<Record<number, string>> = { 13: '臘', 14: '一' };

/**
 * The calendar of civil years (`咸平2`), each with a Western year near it where one is known, because courts shared names of
 * eras. Years that no era has are left out.
 */
export function calendarOf(years: ReadonlyMap<string, number | undefined>): Readonly<Record<string, CalendarYear>> {
  const found = [...years].flatMap(([key, near]) => {
    const year = calendarYear(key, near);
    return year ? [[key, year] as const] : [];
  });
  return Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function calendarYear(key: string, near: number | undefined): CalendarYear | undefined {
  const date = parseCivil(key);
  if (!date || date.month !== undefined) return undefined;
  const options = {
    ...(near === undefined ? {} : { near }),
    ...(date.dynasty === undefined ? {} : { dynasty: date.dynasty }),
    ...(date.ruler === undefined ? {} : { ruler: date.ruler }),
  };
  const western = westernYear(date, options);
  const months = monthsOf(date.era, date.year, options);
  if (western === undefined || months.length === 0) return undefined;
  const middle = months[Math.floor(months.length / 2)]!.from;
  const court = eraOf(date, options)!.dynasty;
  return {
    western,
    pair: yearPair(date, options)!,
    also: civilOf(middle)
      .filter(({ dynasty }) => dynasty !== court)
      .map(({ dynasty, era, year }) => `${dynasty}${era}${yearNumeral(year)}年`),
    months: months.map(({ month, leap, from, to }) => ({
      key: `${leap ? '閏' : ''}${monthNames[month] ?? month}`,
      pair: cycleName(dayCycle(from)),
      days: to - from + 1,
      gregorian: isoDate(gregorianOf(from)),
      julian: isoDate(julianOf(from)),
    })),
  };
}
