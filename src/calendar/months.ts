import data from './months.generated.json' with { type: 'json' };

/** The calendars kept apart: `common` is the main line (漢, 魏, 晉, 南朝, 唐, 五代, 宋, 元, 明, 清); the others differ from it in some years. */
export type Line = 'common' | keyof typeof data.lines;

/** A civil month as the table has it: its number, whether it is a leap month, its first day and its length. */
export interface Month {
  /** 1–12; 13 and 14 are 臘月 and 一月 of the years 690–700, whose 正月 is the month 子. */
  readonly month: number;
  readonly leap: boolean;
  readonly first: number;
  readonly last: number;
}

/** A civil year: its months in order, named by the astronomical year (1 BCE = 0) that holds most of it. */
export interface CivilYear {
  readonly year: number;
  readonly months: readonly Month[];
}

/** First and last civil year of the table. */
export const firstYear = data.firstYear;
export const lastYear = data.firstYear + data.years.split(' ').length - 1;

const tokens: readonly string[] = data.years.split(' ');
const firstDays = startsOfYears();
const decoded = new Map<string, CivilYear>();

/** First days of the common years, one more than there are years. */
function startsOfYears(): Int32Array {
  const starts = new Int32Array(tokens.length + 1);
  starts[0] = data.firstJdn;
  tokens.forEach((token, index) => {
    const bits = lengthBits(token);
    const count = 31 - Math.clz32(bits);
    starts[index + 1] = starts[index]! + 29 * count + ones(bits) - 1;
  });
  return starts;
}

/** Lengths of the months, the first at the top after a leading 1: 1 is 30 days, 0 is 29. */
function lengthBits(token: string): number {
  return Number.parseInt(token, 16);
}

function ones(bits: number): number {
  let count = 0;
  for (let left = bits; left; left &= left - 1) count++;
  return count;
}

/** The civil year of a line; undefined outside the table. Years are decoded once, when they are first asked for. */
export function civilYear(line: Line, year: number): CivilYear | undefined {
  const index = year - firstYear;
  const common = tokens[index];
  if (common === undefined) return undefined;
  const own = line === 'common' ? undefined : (data.lines[line] as Readonly<Record<string, string>>)[year];
  const key = own === undefined ? `${year}` : `${line} ${year}`;
  const known = decoded.get(key);
  if (known) return known;
  // A year of another line carries its own first day, as its distance from the common one.
  const [token, shift] = own === undefined ? [common, '0'] : (own.split('@') as [string, string]);
  const result = { year, months: decodeYear(token, firstDays[index]! + Number(shift)) };
  decoded.set(key, result);
  return result;
}

/** TOKEN = lengths in hexadecimal, then `+n` for a leap month at place n, then `=numbers` where the months are not 1–12 in order. */
function decodeYear(token: string, first: number): Month[] {
  const [, hex, leapAt, numbers] = /^([\da-f]+)(?:\+(\d+))?(?:=([\da-e]+))?$/.exec(token)!;
  const bits = lengthBits(hex!);
  const count = 31 - Math.clz32(bits);
  const months: Month[] = [];
  let day = first;
  let number = 0;
  let plain = 0;
  for (let place = 0; place < count; place++) {
    const leap = leapAt !== undefined && Number(leapAt) === place;
    if (!leap) number = numbers ? Number.parseInt(numbers[plain++]!, 16) : number + 1;
    const length = 29 + ((bits >> (count - 1 - place)) & 1);
    months.push({ month: number, leap, first: day, last: day + length - 1 });
    day += length;
  }
  return months;
}

/** The civil years of a line that hold a day: one, or two where lines of different year beginnings meet; none outside the table. */
export function civilYearAt(line: Line, jdn: number): CivilYear | undefined {
  const guess = Math.floor((jdn - data.firstJdn) / 365.2425) + firstYear;
  for (const year of [guess, guess - 1, guess + 1]) {
    const found = civilYear(line, year);
    if (found && found.months[0]!.first <= jdn && jdn <= found.months.at(-1)!.last) return found;
  }
  return undefined;
}
