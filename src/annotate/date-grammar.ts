import { allEraNames } from '../calendar/eras.ts';
import { fold, foldTo } from '../core/fold.ts';
import type { DateExpression } from './annotation.ts';

/** Short forms of era names that histories use. */
export const shortEras: Readonly<Record<string, string>> = { 祥符: '大中祥符', 興國: '太平興國' };

/** Words that name a year by another one. Before a season one character is enough: 去冬, 是春. */
export const relativeYears: Readonly<Record<string, DateExpression['relativeYear']>> = {
  是歲: 'same',
  是年: 'same',
  其年: 'same',
  其歲: 'same',
  當年: 'same',
  本年: 'same',
  今年: 'same',
  今歲: 'same',
  同年: 'same',
  次年: 'next',
  次歲: 'next',
  明年: 'next',
  明歲: 'next',
  翌年: 'next',
  翌歲: 'next',
  來年: 'next',
  來歲: 'next',
  越明年: 'after-next',
  上年: 'previous',
  去年: 'previous',
  去歲: 'previous',
  昨歲: 'previous',
  昨年: 'previous',
  前一年: 'previous',
  先一年: 'previous',
  前歲: 'before-previous',
  前年: 'before-previous',
};
export const seasonYears: Readonly<Record<string, DateExpression['relativeYear']>> = {
  是: 'same',
  其: 'same',
  今: 'same',
  明: 'next',
  來: 'next',
  去: 'previous',
  昨: 'previous',
};
export const relativeMonths: Readonly<Record<string, DateExpression['relativeMonth']>> = {
  是月: 'same',
  其月: 'same',
  本月: 'same',
  當月: 'same',
  今月: 'same',
  同月: 'same',
  次月: 'next',
  翌月: 'next',
  來月: 'next',
  上月: 'previous',
  去月: 'previous',
  前月: 'previous',
};
/** 即日 means `at once` and is no date. */
export const relativeDays: Readonly<Record<string, DateExpression['relativeDay']>> = {
  是日: 'same',
  其日: 'same',
  同日: 'same',
  本日: 'same',
  明日: 'next',
  翌日: 'next',
  翼日: 'next',
  次日: 'next',
  越日: 'next',
  昨日: 'previous',
};

const any = (words: Iterable<string>): string =>
  [...words].sort((a, b) => b.length - a.length || (a < b ? -1 : 1)).join('|');
const digit = '[一二三四五六七八九十廿卄卅]';
const numeral = `(?:元|${digit}(?:[一二三四五六七八九十廿卄卅有又]{0,3}[一二三四五六七八九十])?)`;
/** 己, 已 and 巳 are one character in folded text; which is meant its place says. */
const cycle = '[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰己午未申酉戌亥]';
/** Dynasties of which 唐末 or 宋初 may be said; 夏初 is the beginning of the summer. */
const dynasties = '五代|後[梁唐晉漢周]|[南北]宋|東?[漢晉魏]|西[漢晉]|[唐隋梁陳周宋遼金元明清]';
/** A season that goes on as a season: 夏 before anything else is the state. */
const season = '(?:[春秋](?![秋毫])|冬(?!至)|夏(?=[，。；、旱大閏四五六]|$))';

/** Characters that the rules of dates are written with (date.ts too), of which folded text may have others. */
const ruleCharacters =
  '己丑於並為踰係後曆歲閏臘' + '前朔晦望間際來上中下旬初末年月日載春夏秋冬孟仲季有又之以至自及號齒積凡號夜夕旦晨';

let spelling: ((folded: string) => string) | undefined;

/** A folded text in the characters of the grammar: simplified eras and variants read as the grammar writes them. */
export function dateText(folded: string): string {
  spelling ??= foldTo([ruleCharacters, ...allEraNames().filter((name) => fold(name) !== name)].join(''));
  return spelling(folded);
}

/** The date expressions of a text in the characters of the grammar, with the groups that `findDates` reads. */
export function* datesIn(text: string): Generator<RegExpExecArray> {
  grammar ??= makeGrammar();
  const { first, expression } = grammar;
  for (let at = 0; at < text.length; at++) {
    if (first[text.charCodeAt(at)] !== 1) continue;
    // Most of these characters begin nothing, and the groups of an empty match cost as much as those of a date.
    expression.lastIndex = at;
    expression.test(text);
    if (expression.lastIndex === at) continue;
    expression.lastIndex = at;
    const match = expression.exec(text)!;
    at = expression.lastIndex - 1;
    yield match;
  }
}

interface Grammar {
  /** By code unit: 1 for those with which an expression may begin. */
  readonly first: Uint8Array;
  /** Sticky; it matches nothing at all where there is no date. */
  readonly expression: RegExp;
}

let grammar: Grammar | undefined;

/** The grammar of date expressions; compiled once, for the list of eras is long. */
function makeGrammar(): Grammar {
  const names = [...allEraNames(), ...Object.keys(shortEras)];
  const era = any(names);
  const pairOfYear = `(?:歲?次?(?<yearCycle>${cycle})歲?(?=[孟仲季]?[春夏秋冬]|閏?(?:[正臘]|${digit}{1,2})月))?`;
  const year =
    `(?:(?<era>${era})(?<year>${numeral})[年載]${pairOfYear}|(?<bareYear>${numeral})年|` +
    `(?<relativeYear>${any(Object.keys(relativeYears))})|(?<seasonYear>[${Object.keys(seasonYears).join('')}])(?=${season}))`;
  const month =
    `(?<season>[孟仲季]?[春夏秋冬]王?)?(?:(?<leap>閏)?(?<month>正|臘|${numeral})月(?<part>[上中下]旬|[初末](?!${digit}))?|(?<leapOnly>閏月))|` +
    `(?<onlySeason>[孟仲季][春夏秋冬]|${season})|(?<relativeMonth>${any(Object.keys(relativeMonths))})`;
  const day =
    `(?<cycle>${cycle})(?<cyclePhase>[朔晦望])?(?<cycleDay>日(?![有食蝕中]))?|(?<phase>朔(?![方州漠北庭野氣風])|晦|望(?=[，、。；：）日]|$))(?<phaseDay>日(?![有食蝕中]))?(?<phaseCycle>${cycle})?|` +
    `(?<firstTen>初)?(?<day>${numeral})日(?<dayCycle>${cycle})?|(?<=[年])(?<newYear>正旦|元日|元旦)|(?:初|(?<=月))(?<bareDay>十|[一二三]?十?[一二三四五六七八九])(?=[，、。夜])|(?<relativeDay>${any(Object.keys(relativeDays))})`;
  const vague =
    `(?<vagueEra>${era})(?<vague>[初末]年?|中)|(?<dynasty>${dynasties})(?<dynastyVague>[初末季])(?!旬)|` +
    `(?<spanEra>${era})年?(?=之?[間際]|以[來後前]|、?(?:${era})年?之?[間際中初末])`;
  return {
    first: firstUnits(names),
    expression: new RegExp(`${vague}|(?:${year})?(?:${month})?(?:${day})?`, 'uy'),
  };
}

/** Every alternative of the grammar begins with one of these characters: the rest of the text is passed over quickly. */
function firstUnits(eras: readonly string[]): Uint8Array {
  const first = new Uint8Array(0x10000);
  const mark = (characters: string): void => {
    for (const character of characters) first[character.charCodeAt(0)] = 1;
  };
  for (const words of [relativeYears, relativeMonths, relativeDays]) mark(Object.keys(words).join(''));
  mark(Object.keys(seasonYears).join(''));
  for (const name of eras) first[name.charCodeAt(0)] = 1;
  mark(
    '元正臘閏一二三四五六七八九十廿卄卅孟仲季春夏秋冬甲乙丙丁戊己庚辛壬癸朔晦望初五後南北東西漢晉魏唐隋梁陳周宋遼金明清',
  );
  return first;
}
