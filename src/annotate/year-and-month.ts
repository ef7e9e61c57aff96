import { seasonMonths } from '../calendar/seasons.ts';
import type { DateExpression } from './annotation.ts';
import {
  type Clock,
  type EraYear,
  monthsOfYear,
  namedYear,
  ruledYear,
  shifted,
  westernOf,
  yearInForce,
  yearText,
} from './clock.ts';

/** The words of a date and how people find them: `九月` (12:3). */
export interface Words {
  readonly quote: string;
  readonly place: string;
}

const shifts = { same: 0, next: 1, 'after-next': 2, previous: -1, 'before-previous': -2 } as const;

/** The year of an expression: its own, the one of an earlier mention of the same month, or by the clock. */
export function yearOf(
  expression: DateExpression,
  { quote, place }: Words,
  clock: Clock,
  mentions: readonly Clock[],
): { at: EraYear; by: string; step?: string } | undefined {
  const { era, ruler, year, relativeYear, month, leap = false } = expression;
  if (era !== undefined) {
    const at = namedYear(expression, clock.at);
    return at && { at, by: place };
  }
  if (year !== undefined) {
    const at = ruler === undefined ? yearInForce(year, clock.at) : ruledYear(expression, clock.at);
    const from = ruler === undefined ? `the era of ${clock.by.year}` : `counted by ${ruler}`;
    return at && { at, by: place, step: `${yearText(at)}, ${from}` };
  }
  if (!clock.at) return undefined;
  const by = clock.by.year!;
  const same = mentions.findLast(
    (one) => one.at && month !== undefined && one.month === month && (one.leap ?? false) === leap,
  );
  if (same) {
    // A mention by another count (統和二十一年五月) is the same year by the count of the chronicle (咸平六年).
    const distance = westernOf(same.at!) - westernOf(clock.at);
    const at = distance === 0 ? clock.at : shifted(clock.at, distance);
    return at && { at, by: same.by.month!, step: `${yearText(at)}, as the month was named before, ${same.by.month}` };
  }
  const shift = relativeYear === undefined ? 0 : shifts[relativeYear];
  const at = shift === 0 ? clock.at : shifted(clock.at, shift);
  const told = relativeYear === undefined ? '' : ` (${quote})`;
  return at && { at, by: shift === 0 ? by : place, step: `${yearText(at)}${told}, from ${by}` };
}

/** The month that a date was found to mean. */
export interface FoundMonth {
  readonly at: EraYear;
  /** Absent where the year has no such month. */
  readonly month?: number;
  readonly leap?: boolean;
  readonly step?: string;
  readonly inherited?: boolean;
}

/** The month of an expression; undefined where a whole year or season is meant. */
export function monthOf(expression: DateExpression, at: EraYear, clock: Clock): FoundMonth | undefined {
  const { month, leap, season, relativeMonth, day, relativeDay } = expression;
  if (month !== undefined) return { at, month, ...(leap ? { leap } : {}) };
  if (leap) {
    const found = monthsOfYear(at).find((one) => one.leap);
    return {
      at,
      ...(found ? { month: found.month, leap: true, step: `閏${found.month}, the leap month of the year` } : {}),
    };
  }
  const inSeason = season === undefined ? undefined : seasonMonths(season);
  if (inSeason?.length === 1) return { at, month: inSeason[0]!, step: `${season} is month ${inSeason[0]}` };
  if (season !== undefined || clock.month === undefined) return undefined;
  const clocked = { at, month: clock.month, ...(clock.leap ? { leap: true } : {}) };
  if (relativeMonth === 'next' || relativeMonth === 'previous') {
    return {
      ...monthAside(clocked, relativeMonth === 'next' ? 1 : -1),
      step: `the ${relativeMonth} one, from ${clock.by.month}`,
    };
  }
  const saysYear = [expression.relativeYear, expression.era, expression.year].some((one) => one !== undefined);
  const dayOnly = (day !== undefined || relativeDay !== undefined) && !saysYear;
  if (relativeMonth === undefined && !dayOnly) return undefined;
  return { ...clocked, step: `of ${clock.by.month}`, inherited: true };
}

/** The month before or after, leap months counted. */
function monthAside(
  { at, month, leap = false }: Required<Pick<FoundMonth, 'at' | 'month'>> & { leap?: boolean },
  by: 1 | -1,
): FoundMonth {
  const place = monthsOfYear(at).findIndex((one) => one.month === month && one.leap === leap);
  const inYear = monthsOfYear(at)[place + by];
  if (place >= 0 && inYear) return { at, month: inYear.month, ...(inYear.leap ? { leap: true } : {}) };
  const beside = shifted(at, by);
  const other = beside && monthsOfYear(beside).at(by === 1 ? 0 : -1);
  return beside && other ? { at: beside, month: other.month, ...(other.leap ? { leap: true } : {}) } : { at };
}
