import { readNumeral } from '../calendar/numerals.ts';
import { fold, foldPattern } from '../core/fold.ts';

/** A place in a work, in UTF-16 units: 四十五, 卷六, 卷上, 八之二; `n` is the number of the juan, if it has one. */
export interface Locus {
  readonly start: number;
  readonly end: number;
  readonly n?: number;
}

const digit = '[〇一二三四五六七八九]';
/** 45, 四八五, 四十五; what follows a whole number (四十五七月) is none of it. */
const number = `(?:[0-9０-９]{1,4}|${digit}{2,4}(?![十百千])|(?=[一二三四五六七八九十百千廿卅卌])(?:${digit}?千〇?)?(?:${digit}?百〇?)?(?:${digit}?十|[廿卅卌])?${digit}?)`;
const part = `(?:之?[上中下]|之${number})?`;
const page = `(?:[，、]?(?:[頁葉]${number}[上下]?|第${number}[頁葉]))?`;
/** What needs no look at what follows: 卷六, 卷第六, 之卷六, 卷上, 第六卷. */
const named = new RegExp(
  fold(
    `(?:之?卷第?之?${number}卷?${part}|之?卷[上中下首末](?![^\\P{Script=Han}云曰作載謂及至與和並亦同])|第${number}卷)${page}`,
  ),
  'uy',
);
/** A bare number: 四十五, 一百二十三, 八之二, 四十五卷. */
const bare = new RegExp(fold(`之?${number}${part}(卷)?${page}`), 'uy');
const joint = foldPattern(/[、及至與並和~～—–-]|，(?=之?卷)/uy);
/** The part of a chapter, behind its mark: 《宋史·夏國傳》上. */
const half = foldPattern(/[上中下](?=[，。；：、）」]|$)/uy);
/** What may stand behind a bare number, so that 四年, 三百篇 and 一書 are none. */
const afterBare = foldPattern(
  /[^\p{Script=Han}\p{N}]|[云曰作載謂引記按案同亦並及與和至又皆則注原參見詳稱考附所條入以疑]/uy,
);
/** 一云, 一作: another reading, not the first juan. */
const otherReading = foldPattern(/一(?:[云曰作說本名稱見引載]|$)/uy);

/**
 * The places that stand directly behind a title: 四十四及四十九, 卷四十五至四十七. `juan` is the size of the work, where
 * it is known: 一千卷 behind a work of that size, and any 十卷 behind an unknown one, says how large it is.
 */
export function readLoci(text: string, from: number, juan: number | undefined): Locus[] {
  const loci: Locus[] = [];
  let at = from;
  for (;;) {
    const locus = readLocus(text, at, juan);
    if (!locus) return loci;
    loci.push(locus);
    joint.lastIndex = locus.end;
    if (!joint.test(text)) return loci;
    at = joint.lastIndex;
  }
}

function readLocus(text: string, start: number, juan: number | undefined): Locus | undefined {
  named.lastIndex = start;
  const hit = named.exec(text);
  if (hit) return withNumber(start, hit[0]);
  bare.lastIndex = start;
  const plain = bare.exec(text);
  if (!plain) return undefined;
  const locus = withNumber(start, plain[0]);
  const isSize = plain[1] !== undefined && (juan === undefined || (locus.n ?? juan) >= juan);
  if (isSize || matches(otherReading, text, start)) return undefined;
  if (locus.n !== undefined && juan !== undefined && locus.n > juan) return undefined;
  return locus.end === text.length || matches(afterBare, text, locus.end) ? locus : undefined;
}

/** 上, 中 or 下 behind a chapter in marks. */
export function readHalf(text: string, start: number): Locus | undefined {
  return matches(half, text, start) ? { start, end: start + 1 } : undefined;
}

function matches(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}

function withNumber(start: number, words: string): Locus {
  const digits = new RegExp(fold(number), 'u').exec(words)?.[0].normalize('NFKC');
  const n = digits === undefined ? undefined : /^\d+$/.test(digits) ? Number(digits) : readNumeral(digits);
  return { start, end: start + words.length, ...(n === undefined ? {} : { n }) };
}
