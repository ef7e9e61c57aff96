import { type CivilDate, civilText, formatCivil } from '../calendar/civil-date.ts';
import { civilInterval, dayOfCycle, isoInterval, monthsWithCycleDay, yearPair } from '../calendar/convert.ts';
import { gregorianOf, isoDate } from '../calendar/julian-day.ts';
import { civilYearAt } from '../calendar/months.ts';
import { daysOfPhase, type Phase, seasonMonths } from '../calendar/seasons.ts';
import type { Certainty, DateExpression, ResolvedDate } from './annotation.ts';
import {
  type Clock,
  civilOfYear,
  type EraYear,
  monthsOfYear,
  namedYear,
  ruledYear,
  shifted,
  westernOf,
  yearInForce,
  yearText,
} from './clock.ts';

/** What a date was found to mean, how, and where the clock stands behind it. */
export interface Resolution {
  readonly clock: Clock;
  readonly resolved?: ResolvedDate;
  readonly cert?: Certainty;
  readonly steps: readonly string[];
  readonly problem?: Problem;
  /** The words are no date after all: a number of years that the era in force does not have. */
  readonly isNone?: boolean;
}

interface Problem {
  readonly code:
    | 'annotate/unresolved-date'
    | 'annotate/impossible-year'
    | 'annotate/impossible-month'
    | 'annotate/impossible-day';
  readonly message: string;
}

/** The words of a date and how people find them: `九月` (12:3). */
export interface Words {
  readonly quote: string;
  readonly place: string;
}

const shifts = { same: 0, next: 1, 'after-next': 2, previous: -1, 'before-previous': -2 } as const;

/**
 * Resolves one date by the clock: what the expression does not say, the clock says. `mentions` are dates before it that
 * a month may be named after (上年十一月 … 十一月). Pure: what is wrong is told in `problem`.
 */
export function resolveDate(
  expression: DateExpression,
  words: Words,
  clock: Clock,
  mentions: readonly Clock[],
  calendar: string,
): Resolution {
  const { quote } = words;
  const year = yearOf(expression, words, clock, mentions);
  if (!year) return withoutYear(expression, quote, clock);
  const { at } = year;
  const steps = year.step ? [`year: ${year.step}`] : [];
  const from: Clock = { at, by: { year: year.by } };
  const month = monthOf(expression, at, clock);
  if (month && month.month === undefined) {
    const message = `Unexpected month \`${quote}\`: ${yearText(month.at)} has no such month.`;
    return { clock: from, steps, cert: 'low', problem: { code: 'annotate/impossible-month', message } };
  }
  if (!month) {
    // A season leaves the month where it was, as long as the year is the same: 是春 after 正月癸巳.
    const stays = expression.season !== undefined && clock.at !== undefined && westernOf(clock.at) === westernOf(at);
    return wholeYear(expression, words, at, stays ? { ...clock, at } : from, steps, calendar);
  }
  if (month.step) steps.push(`month: ${month.step}`);
  const inMonth = { at: month.at, month: month.month!, ...(month.leap ? { leap: true } : {}) };
  const moved: Clock = { ...inMonth, by: { year: year.by, month: month.inherited ? clock.by.month! : words.place } };
  const date: CivilDate = { ...civilOfYear(month.at), month: inMonth.month, ...(inMonth.leap ? { leap: true } : {}) };
  if (!civilInterval(date)) {
    const message = `Unexpected month \`${quote}\`: ${yearText(month.at)} has no such month.`;
    return {
      clock: { ...from, ...inMonth },
      steps,
      cert: 'low',
      problem: { code: 'annotate/impossible-month', message },
    };
  }
  if (expression.relativeDay !== undefined)
    return relativeDay(expression, date, month.at, clock, moved, steps, calendar);
  if (expression.day === undefined) {
    return { clock: moved, steps, resolved: partOf(date, expression.part, month.at, calendar) };
  }
  return namedDay(expression, words, date, month.at, moved, steps, calendar);
}

/** Nothing says the year; a bare number of years is then no date. */
function withoutYear({ era, ruler, year }: DateExpression, quote: string, clock: Clock): Resolution {
  if (era !== undefined || (ruler !== undefined && year !== undefined)) {
    const message = `Unexpected year \`${quote}\`, expected a year that the era has.`;
    return { clock, steps: [], cert: 'low', problem: { code: 'annotate/impossible-year', message } };
  }
  if (year !== undefined && clock.at) return { clock, steps: [], isNone: true };
  const message = `Unexpected date \`${quote}\` without a year, expected a year before it.`;
  return { clock, steps: [], cert: 'low', problem: { code: 'annotate/unresolved-date', message } };
}

/** The year of an expression: its own, the one of an earlier mention of the same month, or by the clock. */
function yearOf(
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

interface FoundMonth {
  readonly at: EraYear;
  /** Absent where the year has no such month. */
  readonly month?: number;
  readonly leap?: boolean;
  readonly step?: string;
  readonly inherited?: boolean;
}

/** The month of an expression; undefined where a whole year or season is meant. */
function monthOf(expression: DateExpression, at: EraYear, clock: Clock): FoundMonth | undefined {
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

/** A year, a season of it, or a year whose own pair is named (咸平二年己亥). */
function wholeYear(
  { season, day, relativeDay, relativeMonth }: DateExpression,
  { quote }: Words,
  at: EraYear,
  clock: Clock,
  steps: readonly string[],
  calendar: string,
): Resolution {
  const date = civilOfYear(at);
  if (day !== undefined && day !== yearPair(date)) {
    const message = `Unexpected day \`${quote}\` without a month, expected a month before it.`;
    return { clock, steps, cert: 'low', problem: { code: 'annotate/impossible-day', message } };
  }
  const months = monthsOfYear(at).filter(({ month }) => season === undefined || seasonMonths(season)?.includes(month));
  const resolved = resolvedDays(date, months[0]!.first, months.at(-1)!.last, at, calendar);
  // 是日 and 是月 where no month is known.
  const unclear = relativeDay !== undefined || relativeMonth !== undefined;
  return { clock, steps, resolved, ...(unclear ? { cert: 'low' } : {}) };
}

function partOf(date: CivilDate, part: string | undefined, at: EraYear, calendar: string): ResolvedDate {
  const { from, to } = civilInterval(date)!;
  if (!part?.endsWith('旬')) return resolvedDays(date, from, to, at, calendar);
  const days = daysOfPhase(part as Phase, to - from + 1);
  return resolvedDays(date, from + days.from - 1, from + days.to - 1, at, calendar);
}

/** 是日, 明日: by the day named last; the month alone where there is none. */
function relativeDay(
  { relativeDay: word }: DateExpression,
  month: CivilDate,
  at: EraYear,
  clock: Clock,
  moved: Clock,
  steps: readonly string[],
  calendar: string,
): Resolution {
  if (clock.day === undefined) {
    return { clock: moved, steps, cert: 'low', resolved: partOf(month, undefined, at, calendar) };
  }
  const start = civilInterval({ ...month, day: clock.day })!.from;
  const day = start + { same: 0, next: 1, previous: -1 }[word!];
  const year = civilYearAt(at.era.line, day)!;
  const found = year.months.find(({ first, last }) => first <= day && day <= last)!;
  const target = year.year === westernOf(at) ? at : (shifted(at, year.year - westernOf(at)) ?? at);
  const inMonth = { month: found.month, ...(found.leap ? { leap: true } : {}), day: day - found.first + 1 };
  const resolved = resolvedDays({ ...civilOfYear(target), ...inMonth }, day, day, target, calendar);
  const step = `day: ${word === 'same' ? 'that of' : word === 'next' ? 'the day after' : 'the day before'} ${clock.by.day}`;
  return {
    clock: { at: target, ...inMonth, by: { ...moved.by, day: clock.by.day! } },
    steps: [...steps, step],
    resolved,
  };
}

/** A day by its number, its pair or its phase; what the month does not have is a problem. */
function namedDay(
  { day, phase }: DateExpression,
  { quote, place }: Words,
  month: CivilDate,
  at: EraYear,
  moved: Clock,
  steps: readonly string[],
  calendar: string,
): Resolution {
  const date = typeof day === 'string' ? dayNamed(month, day) : { ...month, day: day! };
  const days = date && civilInterval(date);
  if (!date || !days) {
    const message = `Unexpected day \`${quote}\`: ${civilText(month)} does not have it.${nearestMonths(month, day)}`;
    const resolved = typeof day === 'string' && day.length === 2 ? pairUnknown(month, day, at, calendar) : undefined;
    const found = resolved ? { resolved } : {};
    return { clock: moved, steps, cert: 'low', ...found, problem: { code: 'annotate/impossible-day', message } };
  }
  const clock = { ...moved, day: date.day!, by: { ...moved.by, day: place } };
  const told = typeof day === 'string' ? [...steps, `day: ${day} is day ${date.day} of ${civilText(month)}`] : steps;
  const said = phase === undefined ? undefined : dayNamed(month, phase)?.day;
  const resolved = resolvedDays(date, days.from, days.to, at, calendar);
  if (said === undefined || said === date.day || phase === '望') return { clock, steps: told, resolved };
  const message = `Unexpected \`${phase}\` in \`${quote}\`: ${day} is day ${date.day} of ${civilText(month)}.`;
  return { clock, steps: told, resolved, problem: { code: 'annotate/impossible-day', message } };
}

/** What the text says, though the calendar has it not: the pair in its month, no nearer than the month. */
function pairUnknown(month: CivilDate, pair: string, at: EraYear, calendar: string): ResolvedDate {
  const { from, to } = civilInterval(month)!;
  return { ...resolvedDays({ ...month, cycle: pair }, from, to, at, calendar), vague: true };
}

function nearestMonths(month: CivilDate, day: number | string | undefined): string {
  if (typeof day !== 'string' || day.length !== 2) return '';
  const near = monthsWithCycleDay(month, day).slice(0, 2);
  return near.length > 0 ? ` The nearest months that have it: ${near.map((one) => civilText(one)).join(', ')}.` : '';
}

/** A day by its pair, or the first, the full-moon and the last day of the month. */
function dayNamed(month: CivilDate, name: string): CivilDate | undefined {
  if (name === '朔') return { ...month, day: 1 };
  if (name === '望') return { ...month, day: 15 };
  if (name !== '晦') return dayOfCycle(month, name);
  const days = civilInterval(month);
  return days && { ...month, day: days.to - days.from + 1 };
}

function resolvedDays(date: CivilDate, from: number, to: number, at: EraYear, calendar: string): ResolvedDate {
  const iso = (jdn: number): string => isoDate(gregorianOf(jdn));
  return { custom: formatCivil(date), from: iso(from), to: iso(to), vague: false, calendar: calendarOf(at, calendar) };
}

/** A year as a resolved date. */
export function resolvedYear(at: EraYear, calendar: string): ResolvedDate {
  const date = civilOfYear(at);
  return { custom: formatCivil(date), ...isoInterval(date)!, vague: false, calendar: calendarOf(at, calendar) };
}

const calendarOf = ({ era }: EraYear, calendar: string): string =>
  era.line === 'liao' || era.line === 'jin' ? era.line : era.dynasty === '西夏' ? 'xia' : calendar;
