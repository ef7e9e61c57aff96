import { readNumeral } from '../calendar/numerals.ts';
import { polityBefore } from '../calendar/polity-before.ts';
import type { Span } from '../core/span.ts';
import type { SourceDocument } from '../source/source-document.ts';
import { type DateExpression, overlaps } from './annotation.ts';
import {
  datesIn,
  dateText,
  relativeDays,
  relativeMonths,
  relativeYears,
  seasonYears,
  shortEras,
} from './date-grammar.ts';

/** A date expression with its span in code points. */
export interface FoundDate extends Span {
  readonly expression: DateExpression;
  /** Where the polity and the ruler before it begin, which are no part of the span: 宋真宗咸平六年. */
  readonly from: number;
}

/** What stands around a match, and its groups. */
interface Context {
  readonly groups: Readonly<Record<string, string | undefined>>;
  /** Some characters before and behind the match. */
  readonly before: string;
  readonly after: string;
  /** A year that is counted by its ruler: 太祖二十二年. */
  readonly ruled: boolean;
}

/** Finds date expressions outside the `taken` spans (citations). Source of the rules: annotation guidelines, date. */
export function findDates(source: SourceDocument, taken: readonly Span[]): FoundDate[] {
  const text = dateText(source.folded);
  const found: FoundDate[] = [];
  let next = 0;
  for (const match of datesIn(text)) {
    const { index } = match;
    const groups = match.groups!;
    const end = index + match[0].length;
    const before = text.slice(Math.max(0, index - 10), index);
    const isYear = groups.era !== undefined || groups.bareYear !== undefined;
    const polity = isYear ? polityBefore(before, groups.era) : undefined;
    const ruled = groups.bareYear !== undefined && polity?.ruler !== undefined;
    const expression = readExpression({ groups, before, after: text.slice(end, end + 2), ruled });
    if (!expression) continue;
    const span = { start: source.text.toOffset(index), end: source.text.toOffset(end) };
    while (taken[next] && taken[next]!.end <= span.start) next++;
    if (taken[next] && overlaps(taken[next]!, span)) continue;
    const { dynasty, ruler } = polity ?? {};
    const own =
      groups.bareYear !== undefined && !ruled ? {} : { ...(dynasty ? { dynasty } : {}), ...(ruler ? { ruler } : {}) };
    found.push({ ...span, from: span.start - (polity?.text.length ?? 0), expression: { ...expression, ...own } });
  }
  return found;
}

/** Where a clause begins; a bare year, month or day pair elsewhere is mostly a number of years, months or no date. */
const clauseStart = /(?:^|[\n\u3000，。；：「」『』（）！？、\s])$/u;
/** Words that lead to a point in time: 至五年, 以二年春, 係之四月. */
const leadsToTime = /(?:[以於于至自及迨逮在係繫作為是期訖從迄比洎則即故並皆乃其又]|[係繫載列敘書]之)$/u;
/** Durations, not months: 凡三月, 已三月 (己 for it in folded text), 三月餘. */
const durationBefore = /[凡數歷經積逾踰閱約僅近不滿己幾居留越終彌累後前未過每逐期兼]$/u;
const durationAfter = /^(?:[餘之後許]|不[下克能得解拔]|而[後還歸去克])/u;

/** What the match says, or nothing where it is no date: a duration, a pair that is no day, a number that is no month. */
function readExpression(context: Context): DateExpression | undefined {
  const { groups, after } = context;
  const vague = (groups.vague ?? groups.dynastyVague)?.[0] as DateExpression['vague'] | '季' | undefined;
  if (vague || groups.spanEra) {
    const era = groups.vagueEra ?? groups.dynasty ?? groups.spanEra!;
    if (/^[國原書]/u.test(after)) return undefined;
    return { era: shortEras[era] ?? era, vague: vague === '季' ? '末' : (vague ?? '中') };
  }
  if (!isYear(context) || !isMonth(context) || !isDay(context)) return undefined;
  const { era, relativeYear, seasonYear, relativeMonth, relativeDay } = groups;
  const year = groups.year ?? groups.bareYear;
  const month = groups.newYear ? 1 : groups.month === undefined ? undefined : monthNumber(groups.month);
  const day = groups.newYear ? 1 : dayOf(groups);
  const season = groups.onlySeason;
  return {
    ...(era ? { era: shortEras[era] ?? era } : {}),
    ...(year ? { year: readNumeral(year) ?? 1 } : {}),
    ...(relativeYear ? { relativeYear: relativeYears[relativeYear] } : {}),
    ...(seasonYear ? { relativeYear: seasonYears[seasonYear] } : {}),
    ...(month ? { month } : {}),
    ...(groups.leap || groups.leapOnly ? { leap: true } : {}),
    ...(season ? { season } : {}),
    ...(groups.part ? { part: groups.part } : {}),
    ...(relativeMonth ? { relativeMonth: relativeMonths[relativeMonth] } : {}),
    ...(day === undefined ? {} : { day }),
    ...((groups.cyclePhase ?? (groups.phaseCycle && groups.phase)) ? { phase: groups.cyclePhase ?? groups.phase } : {}),
    ...(relativeDay ? { relativeDay: relativeDays[relativeDay] } : {}),
  } as DateExpression;
}

function dayOf(groups: Context['groups']): number | string | undefined {
  const number = groups.day ?? groups.bareDay;
  if (number) return readNumeral(number);
  // 己 stands for 巳 too in the text that is read; behind a stem it is the branch.
  return (groups.cycle ?? groups.phaseCycle)?.replace(/(?<=.)己$/u, '巳') ?? groups.phase;
}

const hasMonth = ({ groups }: Context): boolean =>
  [groups.month, groups.leapOnly, groups.onlySeason, groups.relativeMonth].some((one) => one !== undefined);
const hasYear = ({ groups }: Context): boolean =>
  [groups.era, groups.bareYear, groups.relativeYear, groups.seasonYear].some((one) => one !== undefined);

/** 二年春 and 至五年， are years of the era in force; 居三年 and 三年不歸 are not. */
function isYear(context: Context): boolean {
  const { groups, before, after, ruled } = context;
  // 克明年十六 is an age; 其歲賜 and 是歲幣 are tribute.
  if (groups.relativeYear !== undefined && isOtherYear(groups, after)) return false;
  if (groups.bareYear === undefined || ruled) return true;
  const opens = clauseStart.test(before);
  const isLed = leadsToTime.test(before);
  if (!opens && !isLed) return false;
  if (hasMonth(context) || groups.bareYear === '元') return true;
  if (/年、$/u.test(before)) return true;
  if (/^[以有又]/u.test(after) || /[積凡]至$/u.test(before)) return false;
  // Behind a comma alone, 三年 is as often how long something took; 十七年 between commas hardly is.
  if (before.endsWith('，') && after.startsWith('，') && (readNumeral(groups.bareYear) ?? 0) > 9) return true;
  const isHeading = /(?:^|[\n。）\u3000])\s*$/u.test(before);
  return isHeading
    ? /^(?:[，、。（\s]|$)/u.test(after)
    : isLed && /[至自以於于及]$/u.test(before) && /^[，、。]/u.test(after);
}

function isOtherYear({ relativeYear, month, leapOnly }: Context['groups'], after: string): boolean {
  if (relativeYear!.endsWith('歲') && /^[賜幣貢輸入]/u.test(after)) return true;
  return (
    /^[號齒]/u.test(after) || (month === undefined && leapOnly === undefined && /^[一二三四五六七八九十]/u.test(after))
  );
}

function isMonth(context: Context): boolean {
  const { groups, before, after } = context;
  if (groups.onlySeason?.length === 1 && !hasYear(context)) {
    return /(?:^|[\n。）；\u3000])\s*$/u.test(before) && after.startsWith('，');
  }
  if (groups.month === undefined) return true;
  const month = monthNumber(groups.month);
  if (month === undefined || month > 12) return false;
  const bare =
    !hasYear(context) && groups.season === undefined && groups.leap === undefined && dayOf(groups) === undefined;
  if (!bare || groups.month === '正' || groups.month === '臘') return true;
  if (groups.month === '一' || durationBefore.test(before)) return false;
  if (leadsToTime.test(before)) return !/^[餘之]/u.test(after);
  return !durationAfter.test(after) && (clauseStart.test(before) || !/^[，。；矣]/u.test(after));
}

function isDay(context: Context): boolean {
  const { groups, before, after } = context;
  if (hasMonth(context)) return true;
  if (groups.relativeDay !== undefined)
    return (
      (groups.relativeDay !== '其日' || clauseStart.test(before)) &&
      !(groups.relativeDay === '同日' && after.startsWith('而'))
    );
  if (groups.phase !== undefined) {
    const alone = groups.phaseDay !== undefined || groups.phaseCycle !== undefined || /^，/u.test(after);
    return clauseStart.test(before) && alone;
  }
  if (groups.bareDay !== undefined) return clauseStart.test(before);
  // 三日 alone is three days; 初三日, 三日丙申 and 二十三日 at the head of a clause are days of the month.
  if (groups.day !== undefined) {
    const isOfMonth = groups.firstTen ?? groups.dayCycle ?? (readNumeral(groups.day) ?? 0) > 10;
    return clauseStart.test(before) && Boolean(isOfMonth) && !/^[餘之程而]/u.test(after);
  }
  return groups.cycle === undefined || hasYear(context) || isDayPair(groups, before, after);
}

const monthNumber = (month: string): number | undefined => {
  if (month === '正') return 1;
  return month === '臘' ? 12 : month === '元' ? undefined : readNumeral(month);
};

/** A sexagenary pair alone is a day where it stands as a clause of its own: 己酉，以王超為…. */
function isDayPair(groups: Context['groups'], before: string, after: string): boolean {
  return (
    clauseStart.test(before) &&
    (groups.cyclePhase !== undefined || groups.cycleDay !== undefined || /^(?:[，、夜夕旦晨]|$)/u.test(after))
  );
}
