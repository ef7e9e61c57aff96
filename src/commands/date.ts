import { type CivilDate, civilText, formatCivil, parseCivil, parseCivilText } from '../calendar/civil-date.ts';
import { civilInterval, civilOf, dayOfCycle, eraOf, monthsWithCycleDay, yearPair } from '../calendar/convert.ts';
import {
  cycleName,
  dayCycle,
  gregorianOf,
  isoDate,
  jdnOfGregorian,
  jdnOfJulian,
  julianOf,
  readIsoDate,
} from '../calendar/julian-day.ts';
import { diagnostic } from '../core/diagnostic.ts';
import { type Command, type Terminal, UsageError } from './command.ts';

/** What is known of a date: the same in text and in JSON. */
interface DateFacts {
  readonly civil: string;
  readonly key: string;
  readonly dynasty: string;
  readonly ruler: string;
  readonly pair: string;
  readonly jdn: readonly [number, number];
  readonly julian: readonly [string, string];
  readonly gregorian: readonly [string, string];
  /** The same day, month or year by the other counts in force on its first day. */
  readonly elsewhere: readonly string[];
}

export const date: Command = {
  name: 'date',
  summary: 'a civil date in Western calendars, and the other way round',
  usage: '咸平四年十一月甲午 | 1001-12-20…',
  options: { julian: { type: 'boolean' } },
  help: { '--julian': 'a Western date is Julian (default: proleptic Gregorian, as in TEI)' },
  examples: ['weibian date 咸平四年十一月甲午', 'weibian date 咸平2-9', 'weibian date 1001-12-14 --julian'],
  async run(values, texts, terminal) {
    if (texts.length === 0) throw new UsageError('date takes one or more dates');
    for (const text of texts) {
      const facts = factsOf(text, values.julian === true, terminal);
      for (const one of facts) terminal.write(values.format === 'json' ? `${JSON.stringify(one)}\n` : describe(one));
    }
  },
};

/** A civil date gives one answer, a Western day one for each count in force; nothing where the date does not exist. */
function factsOf(text: string, isJulian: boolean, terminal: Terminal): DateFacts[] {
  const western = readIsoDate(text);
  if (western) {
    const jdn = isJulian ? jdnOfJulian(western) : jdnOfGregorian(western);
    return civilOf(jdn)
      .slice(0, 1)
      .map((civil) => describeDate(civil, jdn, jdn));
  }
  const civil = parseCivilText(text) ?? parseCivil(text);
  if (!civil || !eraOf(civil)) {
    const message = `Unexpected date \`${text}\`, expected era, year, month and day as in \`咸平四年十一月甲午\`, or \`1001-12-20\`.`;
    terminal.report(diagnostic('calendar/unknown-date', message));
    return [];
  }
  const days = civilInterval(civil);
  if (days) {
    const { cycle, ...month } = civil;
    const dated = cycle === undefined ? civil : (dayOfCycle(month, cycle) ?? civil);
    return [describeDate(dated, days.from, days.to)];
  }
  const near = civil.cycle === undefined ? [] : monthsWithCycleDay(civil, civil.cycle).map((one) => civilText(one));
  const help = near.length > 0 ? ` The nearest days of that name: ${near.join(', ')}.` : '';
  terminal.report(
    diagnostic('calendar/no-such-date', `Unexpected date \`${text}\`: the calendar does not have it.${help}`),
  );
  return [];
}

function describeDate(civil: CivilDate, from: number, to: number): DateFacts {
  const era = eraOf(civil);
  const dynasty = era?.dynasty ?? '';
  const isDay = from === to;
  const elsewhere = civilOf(from).filter((one) => one.dynasty !== dynasty);
  const shorten = ({ month, leap, day, ...year }: CivilDate): CivilDate =>
    civil.month === undefined
      ? year
      : {
          ...year,
          ...(month === undefined ? {} : { month }),
          ...(leap ? { leap } : {}),
          ...(isDay && day ? { day } : {}),
        };
  const both = (western: typeof julianOf): [string, string] => [isoDate(western(from)), isoDate(western(to))];
  return {
    civil: civilText(civil),
    key: formatCivil(civil),
    dynasty,
    ruler: era?.rulers.join('、') ?? '',
    pair: isDay ? cycleName(dayCycle(from)) : civil.month === undefined ? (yearPair(civil) ?? '') : '',
    jdn: [from, to],
    julian: both(julianOf),
    gregorian: both(gregorianOf),
    elsewhere: elsewhere.map((one) => civilText(shorten(one), { withDynasty: true })),
  };
}

function describe(facts: DateFacts): string {
  const span = ([from, to]: readonly [string | number, string | number]): string =>
    from === to ? `${from}` : `${from} – ${to}`;
  const rows: readonly [string, string][] = [
    ['key', facts.key],
    ['reign', `${facts.dynasty} ${facts.ruler}`.trim()],
    ['pair', facts.pair],
    ['Gregorian', span(facts.gregorian)],
    ['Julian', span(facts.julian)],
    ['JDN', span(facts.jdn)],
    ['elsewhere', facts.elsewhere.join('; ')],
  ];
  const lines = rows.filter(([, value]) => value !== '').map(([name, value]) => `  ${name.padEnd(10)} ${value}`);
  return `${[facts.civil, ...lines].join('\n')}\n`;
}
