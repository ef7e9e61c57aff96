import { type CivilDate, civilText, parseCivil } from '../calendar/civil-date.ts';
import { civilInterval, eraOf, type Interval, monthsOf, monthsWithCycleDay, westernYear } from '../calendar/convert.ts';
import { eraNamed } from '../calendar/eras.ts';
import {
  cycleIndex,
  cycleName,
  dayCycle,
  gregorianOf,
  isoDate,
  jdnOfGregorian,
  readIsoDate,
} from '../calendar/julian-day.ts';
import { type DocumentElement, isInside, wordsOf } from './document-tree.ts';
import type { Found } from './finding.ts';

const iso = (jdn: number): string => isoDate(gregorianOf(jdn));

/** Year, month or day as a number that sorts; what is left out is the first or the last of the year or month. */
function moment(date: string, last: boolean): number {
  const [year = 0, month, day] = date.replace(/^-/, '').split('-').map(Number);
  const open = last ? 99 : 0;
  return (date.startsWith('-') ? -year : year) * 10000 + (month ?? open) * 100 + (day ?? open);
}

/** Beginnings are not later than ends. */
export function checkOrder(element: DocumentElement, found: Found): void {
  const { from, to, notBefore, notAfter } = element.attributes;
  if (from !== undefined && to !== undefined && moment(from, false) > moment(to, true)) {
    const message = `Unexpected interval from \`${from}\` to \`${to}\`, expected from not later than to.`;
    found('validate/date-order', element, message);
  }
  if (notBefore !== undefined && notAfter !== undefined && moment(notBefore, false) > moment(notAfter, true)) {
    const message = `Unexpected interval notBefore \`${notBefore}\`, notAfter \`${notAfter}\`, expected notBefore not later than notAfter.`;
    found('validate/date-order', element, message);
  }
}

/** The civil dates of an element exist, and its Gregorian days are theirs. */
export function checkCivilDates(element: DocumentElement, found: Found): void {
  const { attributes } = element;
  const near = yearOf(element);
  for (const name of ['when', 'from', 'to', 'notBefore', 'notAfter']) {
    const custom = attributes[`${name}-custom`];
    if (custom === undefined) continue;
    // ? stands for what could not be read; a date that is not in figures (至道中) has an outer interval and no month to check.
    const date = parseCivil(custom);
    if (custom.includes('?') || (!date && attributes.notBefore !== undefined)) continue;
    if (!date) {
      const message = `Unexpected civil date \`${custom}\` in \`${name}-custom\`, expected era, year, month and day in figures, as \`咸平2-9-17\`.`;
      found('validate/no-such-date', element, message, { attribute: `${name}-custom` });
      continue;
    }
    const intervals = intervalsOf(date, near);
    if (intervals.length === 0) {
      // A pair that its month lacks is mostly a slip of the source, which the words of the text keep: cert says that it is known.
      if (lacksPair(date, near) && (attributes.cert !== undefined || element.name === 'event')) continue;
      const message = `Unexpected civil date \`${custom}\` in \`${name}-custom\`, expected ${existing(date)}.`;
      const code = lacksPair(date, near) ? 'validate/no-such-pair' : 'validate/no-such-date';
      found(code, element, message, { attribute: `${name}-custom` });
    } else if (name === 'when') compareWhole(element, custom, date, intervals, found);
    else compareEnd(element, name, custom, intervals, found);
  }
}

/**
 * Days of a date in every polity that has an era of the name and may be meant: where the Gregorian year is known, those
 * that counted so then (紹興 is an era of Song, and of Western Liao twenty years later).
 */
function intervalsOf(date: CivilDate, near: number | undefined): Interval[] {
  const dynasties = date.dynasty === undefined ? eraNamed(date.era).map(({ dynasty }) => dynasty) : [date.dynasty];
  const dates = [...new Set(dynasties)].map((dynasty) => ({ ...date, dynasty }));
  const then = dates.filter((one) => near !== undefined && Math.abs((westernYear(one) ?? near + 9) - near) <= 1);
  return (then.length > 0 ? then : dates).flatMap((one) => civilInterval(one) ?? []);
}

/** The Gregorian year that an element gives. */
function yearOf({ attributes: { when, from, notBefore, to, notAfter } }: DocumentElement): number | undefined {
  const year = /^-?\d+/.exec(when ?? from ?? notBefore ?? to ?? notAfter ?? '')?.[0];
  return year === undefined ? undefined : Number(year);
}

/** The month exists, but not with a day of this pair. */
const lacksPair = ({ cycle, ...month }: CivilDate, near: number | undefined): boolean =>
  cycle !== undefined && intervalsOf(month, near).length > 0;

/** What the calendar has in the place of a date that does not exist. */
function existing(date: CivilDate): string {
  const eras = eraNamed(date.era);
  if (eras.length === 0) return `an era that the calendar knows (it has no \`${date.era}\`)`;
  if (!eraOf(date)) {
    const years = eras.map(({ firstNumber, firstYear, lastYear }) => firstNumber + lastYear - firstYear);
    return `a year of ${date.era} up to ${Math.max(...years)}`;
  }
  const month = monthsOf(date.era, date.year).find(
    (one) => one.month === date.month && one.leap === (date.leap === true),
  );
  if (!month) {
    const leap = monthsOf(date.era, date.year).find((one) => one.leap);
    return `a month of ${date.era}${date.year} (${leap ? `its leap month is 閏${leap.month}` : 'it has no leap month'})`;
  }
  if (date.cycle === undefined) return `a day up to ${month.to - month.from + 1}`;
  const near = monthsWithCycleDay(date, date.cycle).map((one) => civilText(one));
  return `a day of that month (the nearest ${date.cycle} are ${near.join(' and ')})`;
}

/** when, from and to, or notBefore and notAfter, against when-custom. */
function compareWhole(
  element: DocumentElement,
  custom: string,
  date: CivilDate,
  intervals: readonly Interval[],
  found: Found,
): void {
  const { when, from, to, notBefore, notAfter } = element.attributes;
  const first = dayOf(when ?? from ?? notBefore);
  const last = dayOf(when ?? to ?? notAfter);
  // An interval that is no interval has been told already.
  const mixed = when !== undefined && [from, to, notBefore, notAfter].some((one) => one !== undefined);
  if (first === undefined || last === undefined || last < first || mixed) return;
  if (intervals.some((whole) => isPart(element, date, whole, { from: first, to: last }))) return;
  const [whole] = [...intervals].sort((a, b) => Math.abs(a.from - first) - Math.abs(b.from - first));
  const given = first === last ? `\`${iso(first)}\`` : `\`${iso(first)}\` to \`${iso(last)}\``;
  const right =
    whole!.from === whole!.to ? `\`${iso(whole!.from)}\`` : `\`${iso(whole!.from)}\` to \`${iso(whole!.to)}\``;
  const message = `Unexpected days ${given} of \`${custom}\`, expected ${right} by the civil calendar.`;
  const fix = hasOnePolity(date) ? daysOf(element, whole!) : undefined;
  found('validate/date-mismatch', element, message, fix && { fix });
}

/** Only one polity had an era of the name: the days of the date are certain. */
function hasOnePolity({ era }: CivilDate): boolean {
  return new Set(eraNamed(era).map(({ dynasty }) => dynasty)).size === 1;
}

/** The attributes that say an interval, as the element says its own; nothing where it has one day for several. */
function daysOf({ attributes }: DocumentElement, { from, to }: Interval): Record<string, string> | undefined {
  if (attributes.when !== undefined) return from === to ? { when: iso(from) } : undefined;
  const exact = attributes.from !== undefined && attributes.to !== undefined;
  const outer = attributes.notBefore !== undefined && attributes.notAfter !== undefined;
  if (exact) return { from: iso(from), to: iso(to) };
  return outer ? { notBefore: iso(from), notAfter: iso(to) } : undefined;
}

/** The days are those of the date, or the part of it that the words name: seasons of a year, 旬 of a month. */
function isPart(element: DocumentElement, date: CivilDate, whole: Interval, days: Interval): boolean {
  if (days.from === whole.from && days.to === whole.to) return true;
  if (days.from < whole.from || days.to > whole.to) return false;
  if (date.month === undefined) {
    const dynasties = eraNamed(date.era).map(({ dynasty }) => dynasty);
    const months = dynasties.flatMap((dynasty) => monthsOf(date.era, date.year, { dynasty }));
    return months.some(({ from }) => from === days.from) && months.some(({ to }) => to === days.to);
  }
  return date.day === undefined && date.cycle === undefined && /[上中下]旬|初/.test(wordsOf(element));
}

/** One end against its civil date. */
function compareEnd(
  element: DocumentElement,
  name: string,
  custom: string,
  intervals: readonly Interval[],
  found: Found,
): void {
  const isEnd = name === 'to' || name === 'notAfter';
  const given = dayOf(element.attributes[name]);
  if (given === undefined || intervals.some(({ from, to }) => given === (isEnd ? to : from))) return;
  const days = intervals.map(({ from, to }) => iso(isEnd ? to : from));
  const right = days.map((day) => `\`${day}\``).join(' or ');
  const message = `Unexpected \`${name}\` \`${element.attributes[name]}\` of \`${custom}\`, expected ${right} by the civil calendar.`;
  const fix = days.length === 1 ? { fix: { [name]: days[0]! } } : {};
  found('validate/date-mismatch', element, message, { attribute: name, ...fix });
}

/** Julian Day Number of a Gregorian date; only days are compared, for a year or month of the West begins elsewhere. */
function dayOf(value: string | undefined): number | undefined {
  const date = value === undefined ? undefined : readIsoDate(value);
  return date && jdnOfGregorian(date);
}

const pairs = /[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]/gu;

/** The pair in the words of a date of the text is that of the day it was resolved to. */
export function checkPair(element: DocumentElement, found: Found): void {
  const custom = element.attributes['when-custom'];
  const date = custom === undefined ? undefined : parseCivil(custom);
  if (date?.day === undefined || !isInside(element, 'body')) return;
  const words = wordsOf(element);
  const pair = words.match(pairs)?.at(-1);
  // 日 or 朔 may follow the pair of a day; 年 or 歲 follows that of a year.
  if (pair === undefined || /[年歲]/.test(words.slice(words.lastIndexOf(pair) + 2))) return;
  const days = intervalsOf(date, yearOf(element));
  if (days.length === 0 || days.some(({ from }) => dayCycle(from) === cycleIndex(pair))) return;
  const message = `Unexpected day \`${pair}\` in the words, expected \`${cycleName(dayCycle(days[0]!.from))}\`: that is \`${custom}\`.`;
  found('validate/sexagenary-day', element, message);
}
