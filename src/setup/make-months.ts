import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { cycleIndex, dayCycle } from '../calendar/julian-day.ts';
import { writeFileAtomic } from '../core/files.ts';
import { packageRoot } from '../core/package-root.ts';

// Run by hand (`npx tsx src/setup/make-months.ts`) when overrides.json changes: writes src/calendar/months.generated.json.
// The common line is what lunar-javascript (MIT, a development dependency) gives; overrides.json says what is changed and why.

interface LunarMonth {
  getYear(): number;
  getMonth(): number;
  getDayCount(): number;
  getFirstJulianDay(): number;
}

interface LunarLibrary {
  readonly LunarYear: { fromYear(year: number): { getMonths(): readonly LunarMonth[] } };
}

/** One month of a line in the making: its label and its first day. */
interface Row {
  year: number;
  month: number;
  leap: boolean;
  first: number;
}

/** What overrides.json holds for one line. `leap` and `first` name months by the labels of the line itself. */
interface Overrides {
  readonly source: string;
  readonly from: number;
  readonly to: number;
  /** The line counts from 寅 where the common line counts from 丑 (王莽, 魏明帝). */
  readonly natural?: true;
  readonly mean?: readonly { from: string; to: string; days: readonly [number, number]; phase: number; name: string }[];
  readonly leap?: readonly string[];
  readonly first?: readonly (readonly [string, string, string?])[];
}

const firstYear = -205;
const lastYear = 1911;

/** The common line as lunar-javascript has it, all months from 206 BCE to 1911, renamed where the year did not begin with 寅. */
export function commonRows(): Row[] {
  const { LunarYear } = createRequire(import.meta.url)('lunar-javascript') as LunarLibrary;
  const byFirst = new Map<number, Row>();
  for (let year = firstYear - 1; year <= lastYear + 1; year++) {
    for (const month of LunarYear.fromYear(year).getMonths()) {
      const number = month.getMonth();
      const first = Math.floor(month.getFirstJulianDay() + 0.5);
      // A later year knows better how the year before it ended: it overwrites.
      byFirst.set(first, { year: month.getYear(), month: Math.abs(number), leap: number < 0, first });
    }
  }
  const rows = [...byFirst.values()].sort((a, b) => a.first - b.first);
  beginWithTenthMonth(rows);
  beginWithMonthOfZi(rows);
  return rows.filter((row) => row.year >= firstYear && row.year <= lastYear + 1);
}

/** Until 太初元年 (104 BCE) the year began with 十月, and a leap month stood at its end as 後九月. */
function beginWithTenthMonth(rows: Row[]): void {
  const end = rows.findIndex((row) => row.year === -103 && row.month === 1);
  for (let place = 0; place < end; place++) {
    const row = rows[place]!;
    if (!row.leap) continue;
    // 閏十 to 閏十二 stand for the 後九月 before them, other leap months for the 後九月 after them.
    const step = row.month >= 10 ? -1 : 1;
    let at = place;
    for (; !(rows[at + (step < 0 ? -1 : 1)]!.month === (step < 0 ? 9 : 10)); at += step) {
      const next = rows[at + step]!;
      if (step < 0) Object.assign(rows[at]!, { month: next.month, year: next.year, leap: false });
      else Object.assign(rows[at]!, { month: next.month, year: next.year, leap: false });
    }
    Object.assign(rows[at]!, { month: 9, year: step < 0 ? rows[at - 1]!.year : rows[at]!.year, leap: true });
  }
  for (const row of rows.slice(0, end)) if (row.month >= 10) row.year += 1;
}

/** From 690 to 700 (武后) the month 子 was 正月, 丑 臘月 (13 here) and 寅 一月 (14). */
function beginWithMonthOfZi(rows: Row[]): void {
  const names: Readonly<Record<number, number>> = { 11: 1, 12: 13, 1: 14 };
  const start = rows.findIndex((row) => row.year === 689 && row.month === 11);
  const end = rows.findIndex((row) => row.year === 700 && row.month === 11);
  for (const row of rows.slice(start, end)) {
    if (row.month >= 11) row.year += 1;
    row.month = names[row.month] ?? row.month;
  }
}

/** The months that 王莽 (9–23) and 魏明帝 (237–239) counted from 丑, counted from 寅 again. */
function countedFromYin(rows: readonly Row[]): Row[] {
  return rows.map((row) => {
    if (
      !(row.year >= 9 && row.year <= 23) &&
      !(row.year >= 238 && row.year <= 239) &&
      !(row.year === 237 && row.month >= 4)
    ) {
      return row;
    }
    // Both ended with the month 12, before which lunar-javascript sets a 閏11.
    if ((row.year === 23 || row.year === 239) && row.leap) return { ...row, leap: false };
    if ((row.year === 23 || row.year === 239) && row.month === 12) return row;
    return row.month === 1 ? { ...row, year: row.year - 1, month: 12 } : { ...row, month: row.month - 1 };
  });
}

/** A line: the common months of some years with the changes of overrides.json. */
function lineRows(common: readonly Row[], overrides: Overrides): Row[] {
  const rows = common.map((row) => ({ ...row }));
  for (const label of overrides.leap ?? []) moveLeap(rows, label);
  for (const { from, to, days, phase } of overrides.mean ?? []) {
    const start = placeOf(rows, from);
    const [numerator, denominator] = days;
    for (let place = start; place <= placeOf(rows, to); place++) {
      rows[place]!.first = Math.floor(phase + ((place - start) * numerator) / denominator);
    }
  }
  for (const [label, pair] of overrides.first ?? []) {
    const row = rows[placeOf(rows, label)]!;
    const index = cycleIndex(pair);
    if (index === undefined) throw new Error(`${label}: ${pair} is no pair`);
    const shift = ((index - dayCycle(row.first) + 90) % 60) - 30;
    if (Math.abs(shift) > 2) throw new Error(`${label}: ${pair} is ${shift} days from the common first day`);
    row.first += shift;
  }
  return rows;
}

/** Makes the leap month nearest to a label the one that the label names; the months between take the numbers beside them. */
function moveLeap(rows: Row[], label: string): void {
  const { year, month } = readLabel(label);
  const base = rows.findIndex((row) => row.year === year && row.month === month && !row.leap);
  if (base < 0) throw new Error(`no month ${label}`);
  let old = -1;
  for (let place = base - 8; place <= base + 8; place++) {
    if (rows[place]!.leap && (old < 0 || Math.abs(place - base) < Math.abs(old - base))) old = place;
  }
  if (old < 0) throw new Error(`no leap month near ${label}`);
  const firsts = rows.map((row) => row.first);
  const [moved] = rows.splice(old, 1);
  rows.splice(rows.findIndex((row) => row.year === year && row.month === month) + 1, 0, { ...moved!, year, month });
  rows.forEach((row, place) => {
    row.first = firsts[place]!;
  });
}

function readLabel(label: string): { year: number; month: number; leap: boolean } {
  const found = /^(-?\d+)-(閏?)(\d+)$/.exec(label);
  if (!found) throw new Error(`${label} is no month`);
  return { year: Number(found[1]), month: Number(found[3]), leap: found[2] !== '' };
}

function placeOf(rows: readonly Row[], label: string): number {
  const { year, month, leap } = readLabel(label);
  const place = rows.findIndex((row) => row.year === year && row.month === month && row.leap === leap);
  if (place < 0) throw new Error(`no month ${label}`);
  return place;
}

/** Tokens of the years, see `decodeYear` in src/calendar/months.ts. */
function yearTokens(rows: readonly Row[]): Map<number, { token: string; first: number }> {
  const tokens = new Map<number, { token: string; first: number }>();
  for (let start = 0; start < rows.length; ) {
    const year = rows[start]!.year;
    let end = start;
    while (end < rows.length && rows[end]!.year === year) end++;
    if (end === rows.length) break;
    const months = rows.slice(start, end);
    let bits = '1';
    let fault = '';
    months.forEach((row, place) => {
      const length = (rows[start + place + 1]?.first ?? 0) - row.first;
      if (length !== 29 && length !== 30) fault = `!${row.month} has ${length} days`;
      bits += length - 29;
    });
    const leap = months.findIndex((row) => row.leap);
    const numbers = months
      .filter((row) => !row.leap)
      .map((row) => row.month.toString(16))
      .join('');
    const plain = '123456789abc'.startsWith(numbers) && numbers.length === 12;
    const token = Number.parseInt(bits, 2).toString(16) + (leap < 0 ? '' : `+${leap}`) + (plain ? '' : `=${numbers}`);
    tokens.set(year, { token: fault || token, first: months[0]!.first });
    start = end;
  }
  return tokens;
}

/** The whole file: the common years, and of every other line the years that differ. */
export function makeMonths(): string {
  const { origin, lines } = JSON.parse(readFileSync(new URL('src/calendar/overrides.json', packageRoot), 'utf8')) as {
    origin: string;
    lines: Record<string, Overrides>;
  };
  const base = commonRows();
  const common = lineRows(base, lines.common!);
  const commonTokens = yearTokens(common);
  const others: Record<string, Record<string, string>> = {};
  for (const [name, overrides] of Object.entries(lines)) {
    if (name === 'common') continue;
    const own: Record<string, string> = {};
    for (const [year, { token, first }] of yearTokens(
      lineRows(overrides.natural ? countedFromYin(base) : common, overrides),
    )) {
      const there = commonTokens.get(year)!;
      if (year < overrides.from || year > overrides.to) continue;
      if (!/^[\da-f]/.test(token)) throw new Error(`${name} ${year}: ${token}`);
      if (token !== there.token || first !== there.first) own[year] = `${token}@${first - there.first}`;
    }
    others[name] = own;
  }
  const years = [...commonTokens]
    .filter(([year]) => year >= firstYear && year <= lastYear)
    .map(([, { token }]) => token);
  const file = {
    origin: `Made by src/setup/make-months.ts from lunar-javascript (MIT, 6tail) with src/calendar/overrides.json. ${origin}`,
    firstYear,
    firstJdn: commonTokens.get(firstYear)!.first,
    years: years.join(' '),
    lines: others,
  };
  return `${JSON.stringify(file, null, 1)}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileAtomic(fileURLToPath(new URL('src/calendar/months.generated.json', packageRoot)), makeMonths());
}
