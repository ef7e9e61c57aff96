import { type CivilDate, civilText, parseCivil } from '../calendar/civil-date.ts';
import { civilOf, eraOf } from '../calendar/convert.ts';
import { jdnOfGregorian, readIsoDate } from '../calendar/julian-day.ts';
import { scanXml } from '../core/xml.ts';

/** Longest span that still has a name elsewhere: a civil year with its leap month. */
const longestSpan = 385;

/** Days by which months of two calendars may begin apart and still be the same month. */
const drift = 3;

/**
 * What other states called the time of each date of TEI files: `咸平2-8 0999-09-18 0999-10-16` → `遼統和十七年八月`. A key is
 * the `when-custom` of an element, then its first and its last day; dates without days, and longer than a year, have no entry.
 */
export function parallelDates(documents: readonly { readonly xml: string }[]): Record<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const { xml } of documents) {
    scanXml(xml, {
      start: ({ attributes }) => {
        const value = (name: string): string | undefined => attributes.find(({ local }) => local === name)?.value;
        const custom = value('when-custom');
        const from = value('when') ?? value('from') ?? value('notBefore');
        const to = value('when') ?? value('to') ?? value('notAfter');
        if (custom === undefined || from === undefined || to === undefined) return;
        const key = `${custom} ${from} ${to}`;
        if (!found.has(key)) found.set(key, namesElsewhere(custom, from, to));
      },
    });
  }
  const named = [...found].filter(([, names]) => names.length > 0);
  return Object.fromEntries(named.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The names of a span of days in the eras of other states, as exact as the date itself: a year, a month or a day. */
function namesElsewhere(custom: string, from: string, to: string): string[] {
  const [first, last] = [from, to].map((day) => {
    const western = readIsoDate(day);
    return western && jdnOfGregorian(western);
  });
  const own = parseCivil(custom);
  if (!own || first === undefined || last === undefined || last - first >= longestSpan) return [];
  const dynasty = eraOf(own)?.dynasty;
  const inner = last - first > 2 * drift ? drift : 0;
  const atEnd = civilOf(last - inner);
  return civilOf(first + inner)
    .filter((start) => start.dynasty !== dynasty)
    .map((start) => {
      const end = atEnd.find((one) => one.era === start.era && one.dynasty === start.dynasty);
      return spanText(coarsen(start, own), end && coarsen(end, own));
    });
}

/** A date without what the other does not tell. */
function coarsen({ month, leap, day, ...year }: CivilDate, like: CivilDate): CivilDate {
  if (like.month === undefined || month === undefined) return year;
  const exact = (like.day !== undefined || like.cycle !== undefined) && day !== undefined;
  return { ...year, month, ...(leap ? { leap } : {}), ...(exact ? { day } : {}) };
}

/** One name where both ends bear it, else both: 遼統和十七年八月至九月; only the first where the era ends before. */
function spanText(start: CivilDate, end: CivilDate | undefined): string {
  const name = civilText(start, { withDynasty: true });
  const last = end ? civilText(end, { withDynasty: true }) : name;
  if (last === name) return name;
  const year = name.slice(0, name.indexOf('年') + 1);
  return `${name}至${last.startsWith(year) ? last.slice(year.length) : civilText(end!)}`;
}
