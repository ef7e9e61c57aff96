/** A day of the Gregorian or Julian calendar; the year is astronomical (1 BCE = 0, 206 BCE = -205). */
export interface WesternDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

// Days are counted from a first of March, so that the leap day ends the year: 153 days in every five months.

/** Julian Day Number of a proleptic Gregorian date. */
export function jdnOfGregorian(date: WesternDate): number {
  const { year, dayOfYear } = fromMarch(date);
  return dayOfYear + 365 * year + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400) + 1721119;
}

/** Julian Day Number of a Julian date. */
export function jdnOfJulian(date: WesternDate): number {
  const { year, dayOfYear } = fromMarch(date);
  return dayOfYear + 365 * year + Math.floor(year / 4) + 1721117;
}

/** The proleptic Gregorian date of a Julian Day Number. */
export function gregorianOf(jdn: number): WesternDate {
  const days = jdn - 1721120;
  const cycle = Math.floor(days / 146097);
  const inCycle = days - cycle * 146097;
  const century = Math.min(3, Math.floor(inCycle / 36524));
  const inCentury = inCycle - century * 36524;
  const fours = Math.floor(inCentury / 1461);
  const inFours = inCentury - fours * 1461;
  const year = Math.min(3, Math.floor(inFours / 365));
  return toJanuary(cycle * 400 + century * 100 + fours * 4 + year, inFours - year * 365);
}

/** The Julian date of a Julian Day Number. */
export function julianOf(jdn: number): WesternDate {
  const days = jdn - 1721118;
  const fours = Math.floor(days / 1461);
  const inFours = days - fours * 1461;
  const year = Math.min(3, Math.floor(inFours / 365));
  return toJanuary(fours * 4 + year, inFours - year * 365);
}

function fromMarch({ year, month, day }: WesternDate): { year: number; dayOfYear: number } {
  const fromMarchMonth = (month + 9) % 12;
  return { year: month < 3 ? year - 1 : year, dayOfYear: Math.floor((153 * fromMarchMonth + 2) / 5) + day };
}

function toJanuary(year: number, dayOfYear: number): WesternDate {
  const fromMarchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * fromMarchMonth + 2) / 5) + 1;
  return fromMarchMonth < 10
    ? { year, month: fromMarchMonth + 3, day }
    : { year: year + 1, month: fromMarchMonth - 9, day };
}

/** A date as ISO 8601, four digits of the year at least and a sign before Christ: `0999-10-17`, `-0205-01-03`. */
export function isoDate({ year, month, day }: WesternDate): string {
  const pad = (value: number, width: number): string => String(value).padStart(width, '0');
  return `${year < 0 ? '-' : ''}${pad(Math.abs(year), 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

/** Reads an ISO 8601 date (`0999-10-17`, `-0205-01-03`); undefined when it is none or names no real month or day number. */
export function readIsoDate(text: string): WesternDate | undefined {
  const found = /^(-?\d{4,6})-(\d\d)-(\d\d)$/.exec(text);
  if (!found) return undefined;
  const date = { year: Number(found[1]), month: Number(found[2]), day: Number(found[3]) };
  return date.month >= 1 && date.month <= 12 && date.day >= 1 && date.day <= 31 ? date : undefined;
}

const stems = '甲乙丙丁戊己庚辛壬癸';
const branches = '子丑寅卯辰巳午未申酉戌亥';

/** Place of a day in the cycle of sixty, 甲子 = 0. */
export function dayCycle(jdn: number): number {
  return mod60(jdn + 49);
}

/** Place of a civil year in the cycle of sixty, 甲子 = 0; the year is the astronomical one that holds most of it. */
export function yearCycle(year: number): number {
  return mod60(year - 4);
}

/** Name of a place in the cycle of sixty: 0 → 甲子, 30 → 甲午. */
export function cycleName(index: number): string {
  const place = mod60(index);
  return stems[place % 10]! + branches[place % 12]!;
}

/** Place of a pair in the cycle of sixty (甲午 → 30); undefined for anything that is not one of the sixty pairs. */
export function cycleIndex(name: string): number | undefined {
  if (name.length !== 2) return undefined;
  // Woodblocks do not tell 己, 已 and 巳 apart, nor 戊, 戌 and 戍; in its place each can only be one stem or one branch.
  const stem = stems.indexOf(name[0]!.replace(/[已巳]/, '己').replace(/[戌戍]/, '戊'));
  const branch = branches.indexOf(
    name[1]!
      .replace(/[已己]/, '巳')
      .replace(/[戊戍]/, '戌')
      .replace('夘', '卯'),
  );
  if (stem < 0 || branch < 0 || (stem - branch) % 2 !== 0) return undefined;
  return mod60(6 * stem - 5 * branch);
}

/** Place of a branch, 子 = 0; undefined for anything else. */
export function branchIndex(name: string): number | undefined {
  const index = name.length === 1 ? branches.indexOf(name) : -1;
  return index < 0 ? undefined : index;
}

function mod60(value: number): number {
  return ((value % 60) + 60) % 60;
}
