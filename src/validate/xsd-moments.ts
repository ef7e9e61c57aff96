import { type Moment, type Primitive, ranges } from './xsd-value.ts';

// Dates, times and durations of XML Schema 1.0.

const zone = '(Z|[+-]\\d{2}:\\d{2})?';
const year = '(-?(?:[1-9]\\d{4,}|\\d{4}))';
const clock = '(\\d{2}):(\\d{2}):(\\d{2}(?:\\.\\d+)?)';

/** Which fields a type has, in the order of its groups. */
type Field = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'zone';

function moment(form: string, fields: readonly Field[]): Primitive {
  const pattern = new RegExp(`^${form}$`);
  return {
    whitespace: 'collapse',
    facets: ranges,
    read(value) {
      const groups = pattern.exec(value);
      if (!groups) return undefined;
      const read = (field: Field): string | undefined =>
        fields.includes(field) ? groups[fields.indexOf(field) + 1] : undefined;
      const found = momentOf(read);
      return (
        found && {
          key: `${found.time} ${found.zoned}`,
          number: found,
          compare: ({ number }) => compareMoments(found, number as Moment),
        }
      );
    },
  };
}

function momentOf(read: (field: Field) => string | undefined): Moment | undefined {
  const number = (field: Field, missing: number): number => Number(read(field) ?? missing);
  const [years, month, day] = [number('year', 2000), number('month', 1), number('day', 1)];
  const [hour, minute, second] = [number('hour', 0), number('minute', 0), number('second', 0)];
  // XML Schema 1.0 has no year 0: before 1 comes -1. Years are those of which the milliseconds can be counted.
  if (years === 0 || Math.abs(years) > 292_000_000 || month < 1 || month > 12 || day < 1 || day > daysOf(years, month))
    return undefined;
  // As jing reads times: seconds to 60 and a fraction, no 24:00:00.
  if (hour > 23 || minute > 59 || second >= 61) return undefined;
  const offset = offsetOf(read('zone'));
  if (offset === undefined) return undefined;
  const days = daysBefore(years < 0 ? years + 1 : years, month) + day;
  const time = (((days * 24 + hour) * 60 + minute - offset) * 60 + second) * 1000;
  return { time, zoned: read('zone') !== undefined };
}

/** Minutes of a time zone, 0 for none; nothing when it is beyond 14 hours, or 14 hours west (which jing refuses). */
function offsetOf(given: string | undefined): number | undefined {
  if (given === undefined || given === 'Z') return 0;
  const [hours = 0, minutes = 0] = given.slice(1).split(':').map(Number);
  if (minutes > 59 || hours > 14 || (hours === 14 && (minutes > 0 || given.startsWith('-')))) return undefined;
  return (given.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

function daysOf(years: number, month: number): number {
  const counted = years < 0 ? years + 1 : years;
  const isLeap = counted % 4 === 0 && (counted % 100 !== 0 || counted % 400 === 0);
  return month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Days from the year 0 to the first of a month, proleptic Gregorian. */
function daysBefore(years: number, month: number): number {
  const before = years - 1;
  let days = before * 365 + Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
  for (let each = 1; each < month; each++) days += daysOf(years <= 0 ? years - 1 : years, each);
  return days;
}

function compareMoments(a: Moment, b: Moment): number | undefined {
  if (a.zoned === b.zoned) return a.time - b.time;
  const difference = a.time - b.time;
  return Math.abs(difference) > 14 * 3_600_000 ? difference : undefined;
}

const duration: Primitive = {
  whitespace: 'collapse',
  facets: ranges,
  read(value) {
    const found =
      /^(-?)P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d*)?|\.\d+)S)?)?$/.exec(
        value,
      );
    if (!found) return undefined;
    const [, minus, years = 0, months = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = found;
    const sign = minus ? -1 : 1;
    const whole = sign * (Number(years) * 12 + Number(months));
    const time = sign * (((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds));
    return { key: `${whole} ${time}`, compare: (other) => compareDurations(whole, time, other.key) };
  },
};

/** Durations have an order where it is the same from each of four dates (XML Schema, 3.2.6.2). */
function compareDurations(months: number, seconds: number, other: string): number | undefined {
  const [otherMonths = 0, otherSeconds = 0] = other.split(' ').map(Number);
  const from: readonly (readonly [number, number])[] = [
    [1696, 9],
    [1697, 2],
    [1903, 3],
    [1903, 7],
  ];
  const signs = from.map(([startYear, startMonth]) => {
    const end = (count: number, rest: number): number => {
      const month = startYear * 12 + startMonth - 1 + count;
      return daysBefore(Math.floor(month / 12), (((month % 12) + 12) % 12) + 1) * 86_400 + rest;
    };
    return Math.sign(end(months, seconds) - end(otherMonths, otherSeconds));
  });
  return signs.every((sign) => sign === signs[0]) ? signs[0] : undefined;
}

/** The types of dates, times and durations. */
export const moments: Readonly<Record<string, Primitive>> = {
  duration,
  dateTime: moment(`${year}-(\\d{2})-(\\d{2})T${clock}${zone}`, [
    'year',
    'month',
    'day',
    'hour',
    'minute',
    'second',
    'zone',
  ]),
  time: moment(`${clock}${zone}`, ['hour', 'minute', 'second', 'zone']),
  date: moment(`${year}-(\\d{2})-(\\d{2})${zone}`, ['year', 'month', 'day', 'zone']),
  gYearMonth: moment(`${year}-(\\d{2})${zone}`, ['year', 'month', 'zone']),
  gYear: moment(`${year}${zone}`, ['year', 'zone']),
  gMonthDay: moment(`--(\\d{2})-(\\d{2})${zone}`, ['month', 'day', 'zone']),
  gDay: moment(`---(\\d{2})${zone}`, ['day', 'zone']),
  gMonth: moment(`--(\\d{2})${zone}`, ['month', 'zone']),
};
