import { type CivilDate, civilText, formatCivil } from '../calendar/civil-date.ts';
import { civilInterval, dayOfCycle, isoInterval, monthsWithCycleDay, yearPair } from '../calendar/convert.ts';
import { gregorianOf, isoDate } from '../calendar/julian-day.ts';
import { civilYearAt } from '../calendar/months.ts';
import { daysOfPhase, type Phase, seasonMonths } from '../calendar/seasons.ts';
import type { Certainty, DateExpression, ResolvedDate } from './annotation.ts';
import { type Clock, civilOfYear, type EraYear, monthsOfYear, shifted, westernOf } from './clock.ts';
import type { Words } from './year-and-month.ts';

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

/** A year, a season of it, or a year whose own pair is named (咸平二年己亥). */
export function wholeYear(
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

export function partOf(date: CivilDate, part: string | undefined, at: EraYear, calendar: string): ResolvedDate {
  const { from, to } = civilInterval(date)!;
  if (!part?.endsWith('旬')) return resolvedDays(date, from, to, at, calendar);
  const days = daysOfPhase(part as Phase, to - from + 1);
  return resolvedDays(date, from + days.from - 1, from + days.to - 1, at, calendar);
}

/** 是日, 明日: by the day named last; the month alone where there is none. */
export function relativeDay(
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
export function namedDay(
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
