import { allEraNames } from '../calendar/eras.ts';
import { readNumeral } from '../calendar/numerals.ts';
import type { Span } from '../core/span.ts';
import type { SourceDocument } from '../source/source-document.ts';
import { type DateExpression, overlaps } from './annotation.ts';

/** A date expression with its span in code points. */
export interface FoundDate extends Span {
  readonly expression: DateExpression;
}

/** Short forms of era names that histories use. */
export const shortEras: Readonly<Record<string, string>> = { 祥符: '大中祥符', 興國: '太平興國' };

const relativeYears: Readonly<Record<string, DateExpression['relativeYear']>> = {
  是歲: 'same',
  是年: 'same',
  其年: 'same',
  其歲: 'same',
  當年: 'same',
  本年: 'same',
  今年: 'same',
  今歲: 'same',
  次年: 'next',
  明年: 'next',
  翌年: 'next',
  來年: 'next',
  來歲: 'next',
  越明年: 'after-next',
  上年: 'previous',
  去年: 'previous',
  去歲: 'previous',
  前年: 'before-previous',
};
const relativeMonths: Readonly<Record<string, DateExpression['relativeMonth']>> = {
  是月: 'same',
  其月: 'same',
  本月: 'same',
  當月: 'same',
  次月: 'next',
  上月: 'previous',
};
const any = (words: Iterable<string>): string =>
  [...words].sort((a, b) => b.length - a.length || (a < b ? -1 : 1)).join('|');
const numeral = '(?:元|[一二三四五六七八九十廿卅]{1,4})';
const cycle = '[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]';
const dynasties = '(?:唐|隋|漢|魏|晉|梁|陳|周|宋|遼|金|元|明)';

/** Durations, not months: 凡三月, 三月餘. */
const durationBefore = /[凡數歷經積逾踰閱約僅近不滿已幾]$/u;
const clauseStart = /(?:^|[\n，。；：「」『』（）！？、\s])$/u;

let grammar: RegExp | undefined;

/** Compiled once: the list of eras is long. */
function dateGrammar(): RegExp {
  if (grammar) return grammar;
  const era = any([...allEraNames(), ...Object.keys(shortEras)]);
  const year = `(?:(?<era>${era})(?<year>${numeral})年|(?<bareYear>${numeral})年(?=[，春夏秋冬]|閏?[正一二三四五六七八九十]+月)|(?<relativeYear>${any(Object.keys(relativeYears))}))`;
  const season = '(?:[孟仲季]?[春夏秋冬])';
  const month = `(?<season>${season})?(?:(?<leap>閏)?(?<month>正|臘|${numeral})月)|(?<relativeMonth>${any(Object.keys(relativeMonths))})`;
  const day = `(?<cycle>${cycle})[朔晦望]?|(?<phase>[朔晦望](?=[，、。]))|(?:初)?(?<day>${numeral})日`;
  const vague = `(?<vagueEra>${era})(?<vague>[初中末])|(?<dynasty>${dynasties})(?<dynastyVague>[初末])`;
  grammar = new RegExp(`${vague}|(?=[^。，])(?:${year})?(?:${month})?(?:${day})?`, 'gu');
  return grammar;
}

/** Finds date expressions outside the `taken` spans (citations). Source of the rules: annotation guidelines, date. */
export function findDates(source: SourceDocument, taken: readonly Span[]): FoundDate[] {
  const text = source.text.text;
  const found: FoundDate[] = [];
  let next = 0;
  for (const match of text.matchAll(dateGrammar())) {
    if (match[0] === '') continue;
    const expression = readExpression(match, text);
    if (!expression) continue;
    const span = { start: source.text.toOffset(match.index), end: source.text.toOffset(match.index + match[0].length) };
    while (taken[next] && taken[next]!.end <= span.start) next++;
    if (taken[next] && overlaps(taken[next]!, span)) continue;
    found.push({ ...span, expression });
  }
  return found;
}

/** What the match says, or nothing where it is no date: a duration, a pair that is no day, a number that is no month. */
function readExpression(match: RegExpMatchArray, text: string): DateExpression | undefined {
  const groups = match.groups as Record<string, string | undefined>;
  const before = text.slice(Math.max(0, match.index! - 1), match.index);
  const after = text.slice(match.index! + match[0].length, match.index! + match[0].length + 2);
  const vague = (groups.vague ?? groups.dynastyVague) as DateExpression['vague'];
  if (vague) {
    const era = groups.vagueEra ?? groups.dynasty!;
    return /^[國原]/u.test(after) ? undefined : { era: shortEras[era] ?? era, vague };
  }
  const { era, relativeYear, relativeMonth } = groups;
  const hasYear = era !== undefined || relativeYear !== undefined;
  if (groups.bareYear !== undefined && !clauseStart.test(before)) return undefined;
  const hasMonth = groups.month !== undefined || relativeMonth !== undefined;
  if (groups.day !== undefined && !hasMonth) return undefined;
  if (groups.phase !== undefined && !hasMonth) return undefined;
  if (groups.cycle !== undefined && !hasMonth && !hasYear && !isDayPair(before, after)) return undefined;
  const month = groups.month === undefined ? undefined : monthNumber(groups.month);
  if (groups.month !== undefined) {
    if (month === undefined || month > 12) return undefined;
    const bare = !hasYear && groups.season === undefined && groups.leap === undefined;
    if (bare && (durationBefore.test(before) || /^[餘之]/u.test(after) || groups.month === '一')) return undefined;
  }
  const year = groups.year ?? groups.bareYear;
  const day = groups.day ? readNumeral(groups.day) : (groups.cycle ?? groups.phase);
  return {
    ...(era ? { era: shortEras[era] ?? era } : {}),
    ...(year ? { year: readNumeral(year) ?? 1 } : {}),
    ...(relativeYear ? { relativeYear: relativeYears[relativeYear] } : {}),
    ...(month ? { month } : {}),
    ...(groups.leap ? { leap: true } : {}),
    ...(relativeMonth ? { relativeMonth: relativeMonths[relativeMonth] } : {}),
    ...(day === undefined ? {} : { day }),
  } as DateExpression;
}

const monthNumber = (month: string): number | undefined => {
  if (month === '正') return 1;
  return month === '臘' ? 12 : month === '元' ? undefined : readNumeral(month);
};

/** A sexagenary pair alone is a day where it stands as a clause of its own: 己酉，以王超為…. */
function isDayPair(before: string, after: string): boolean {
  return clauseStart.test(before) && /^(?:[，朔晦、]|$)/u.test(after);
}
