import type { CivilDate } from '../calendar/civil-date.ts';
import { civilInterval } from '../calendar/convert.ts';
import type { DateExpression } from './annotation.ts';
import { type Clock, civilOfYear, westernOf, yearText } from './clock.ts';
import { namedDay, partOf, type Resolution, relativeDay, wholeYear } from './resolved-days.ts';
import { monthOf, type Words, yearOf } from './year-and-month.ts';

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

/** Nothing says the year; a bare number of years is then a date only where it stands as one (`isNone`). */
function withoutYear({ era, ruler, year }: DateExpression, quote: string, clock: Clock): Resolution {
  const isBare = year !== undefined && clock.at !== undefined;
  if (era !== undefined || (ruler !== undefined && year !== undefined) || isBare) {
    const message = `Unexpected year \`${quote}\`, expected a year that the era has.`;
    const problem = { code: 'annotate/impossible-year', message } as const;
    return { clock, steps: [], cert: 'low', problem, isNone: era === undefined && ruler === undefined };
  }
  const message = `Unexpected date \`${quote}\` without a year, expected a year before it.`;
  return { clock, steps: [], cert: 'low', problem: { code: 'annotate/unresolved-date', message } };
}
