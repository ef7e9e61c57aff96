import { eraNamed, splitEraName } from './eras.ts';
import { branchIndex, cycleIndex, cycleName } from './julian-day.ts';
import { chineseNumeral, readNumeral, yearNumeral } from './numerals.ts';
import { daysOfPhase, type Phase, seasonMonths } from './seasons.ts';

/**
 * A civil date: era and year, with month and day where they are known. It says nothing of whether the day exists; see
 * `civilInterval`.
 */
export interface CivilDate {
  /** Name of the era in any form: 咸平, 嘉佑. */
  readonly era: string;
  /** Polity, where an era name is shared by several: 宋, 西夏. */
  readonly dynasty?: string;
  /** Ruler, where one polity used a name twice: 西夏仁宗大慶. */
  readonly ruler?: string;
  /** Number of the year in the era, 1 for 元年. */
  readonly year: number;
  /** 1–12; 13 and 14 are 臘月 and 一月 of the years 690–700, whose 正月 is the month 子. */
  readonly month?: number;
  readonly leap?: boolean;
  /** 1–30. */
  readonly day?: number;
  /** A day given by its pair (甲午) and not yet by its number. */
  readonly cycle?: string;
}

const specialMonths: Readonly<Record<string, number>> = { 臘: 13, 一: 14 };

function monthKey(month: number): string {
  return month === 13 ? '臘' : month === 14 ? '一' : `${month}`;
}

/**
 * The key form that TEI keeps in `@when-custom`: 咸平2, 咸平2-9, 咸平6-閏5, 咸平4-11-27, 咸平4-11-甲午. With
 * `withDynasty` the polity is set before the era, where the date has one: 西夏大慶1.
 */
export function formatCivil(date: CivilDate, options: { readonly withDynasty?: boolean } = {}): string {
  const prefix = options.withDynasty ? (date.dynasty ?? '') + (date.ruler ?? '') : '';
  let text = `${prefix}${date.era}${date.year}`;
  if (date.month === undefined) return text;
  text += `-${date.leap ? '閏' : ''}${monthKey(date.month)}`;
  const day = date.day ?? date.cycle;
  return day === undefined ? text : `${text}-${day}`;
}

const key =
  /^(\p{Script=Han}+)([1-9]\d{0,2})(?:-(閏?)([1-9]|1[0-2]|臘|一)(?:-([1-9]|[12]\d|30|\p{Script=Han}{2}))?)?$/u;

/**
 * Reads the key form. A polity (and ruler) before the era is split off when the era is known; undefined when the text has
 * not this form. The date may still not exist.
 */
export function parseCivil(text: string): CivilDate | undefined {
  const [, name, year, leap, month, day] = key.exec(text) ?? [];
  if (name === undefined) return undefined;
  // The spelling stays as it was written when nothing has to be split off.
  const split = eraNamed(name).length > 0 ? { era: name } : (splitEraName(name) ?? { era: name });
  const date = { ...split, year: Number(year) };
  if (month === undefined) return date;
  const inMonth = { ...date, month: specialMonths[month] ?? Number(month), ...(leap ? { leap: true } : {}) };
  if (day === undefined) return inMonth;
  if (/^\d/.test(day)) return { ...inMonth, day: Number(day) };
  const index = cycleIndex(day);
  return index === undefined ? undefined : { ...inMonth, cycle: cycleName(index) };
}

/** The reading form: 咸平四年十一月二十七日, 景德元年, 咸平六年閏五月甲午; with the polity and ruler before it on demand. */
export function civilText(date: CivilDate, options: { readonly withDynasty?: boolean } = {}): string {
  const prefix = options.withDynasty ? (date.dynasty ?? '') + (date.ruler ?? '') : '';
  let text = `${prefix}${date.era}${yearNumeral(date.year)}年`;
  if (date.month === undefined) return text;
  text += `${date.leap ? '閏' : ''}${monthName(date.month)}月`;
  if (date.day !== undefined) return `${text}${chineseNumeral(date.day)}日`;
  return date.cycle === undefined ? text : text + date.cycle;
}

function monthName(month: number): string {
  if (month === 1) return '正';
  return month === 13 ? '臘' : month === 14 ? '一' : chineseNumeral(month);
}

const numeral = '[〇零一二三四五六七八九十百廿卅卌元正初有單]';
const reading = new RegExp(
  `^(\\D+?)(${numeral}+|\\d+)年(?:([孟仲季]?[春夏秋冬])?(?:(閏?)(${numeral}+|\\d+|臘|冬|建\\p{Script=Han})月)?` +
    `(?:([甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳已午未申酉戌亥])?(朔|晦|望)?|(${numeral}+|\\d+)日?)?)?$`,
  'u',
);

/**
 * Reads a date in words: 宋真宗咸平四年冬十一月甲午, 景德元年春正月一日, 慶曆元年二月望. 孟春 and the like are months; 晦 and the
 * name of a season alone give no day and no month. Undefined when it is no date or the era is not known.
 */
export function parseCivilText(text: string): CivilDate | undefined {
  const [, name, yearText, season, leap, monthText, pair, phase, dayText] = reading.exec(text.trim()) ?? [];
  const split = name === undefined ? undefined : splitEraName(name);
  const year = numberOf(yearText);
  if (!split || !year) return undefined;
  const date = { ...split, year };
  const inSeason = season ? seasonMonths(season) : undefined;
  const month = monthText ? monthNumber(monthText, split.era) : inSeason?.length === 1 ? inSeason[0] : undefined;
  if (monthText && !month) return undefined;
  if (month === undefined) return pair || phase || dayText ? undefined : date;
  return withDay({ ...date, month, ...(leap ? { leap: true } : {}) }, pair, phase as Phase | undefined, dayText);
}

function withDay(date: CivilDate, pair?: string, phase?: Phase, dayText?: string): CivilDate | undefined {
  if (pair) {
    const index = cycleIndex(pair);
    return index === undefined ? undefined : { ...date, cycle: cycleName(index) };
  }
  const day = dayText ? numberOf(dayText) : phase ? daysOfPhase(phase, 30)?.from : undefined;
  // 晦 is the last day, 29 or 30: only the month knows, so the month alone is given.
  if (phase === '晦' || (!phase && !dayText)) return date;
  return day && day <= 30 ? { ...date, day } : undefined;
}

function numberOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  return /^\d/.test(text) ? Number(text) : readNumeral(text);
}

function monthNumber(text: string, era: string): number | undefined {
  // From 690 to 700 the year began with the month 子: 正月, 臘月, 一月, 二月.
  const ofWu = eraNamed(era).some((one) => one.firstYear >= 690 && one.lastYear <= 700);
  if (ofWu && specialMonths[text]) return specialMonths[text];
  if (text === '臘') return 12;
  if (text === '冬') return 11;
  if (text.startsWith('建')) {
    const branch = branchIndex(text.slice(1));
    return branch === undefined ? undefined : ((branch + 10) % 12) + 1;
  }
  const number = numberOf(text);
  return number && number <= 12 ? number : undefined;
}
