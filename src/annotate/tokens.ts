import { fold } from '../core/fold.ts';
import type { Lexicon, WordClass } from '../lexicon/lexicon.ts';

/** What stands in the text for a whole date or citation: no name goes into it or across it. */
export const taken = { date: 1, bibl: 2 } as const;

/** A text in tokens: characters, and one token for each mark of punctuation, each date, each citation. */
export interface Tokens {
  readonly count: number;
  /** Code point of each token, of a canonical mark for punctuation, or a number of `taken`. */
  readonly codes: Int32Array;
  /** UTF-16 index where each token begins, and behind the last where that ends. */
  readonly units: Int32Array;
  /** Class of each token; see `characterClass`. */
  readonly classes: Uint8Array;
  /** Cluster of each token by its neighbours in running text, 0 for none. */
  readonly clusters: Uint8Array;
  /** Longest word of each class over each token: place in the word and length, 0 for none. */
  readonly words: Uint8Array;
  /** What the list is of that a token stands in (A、B等族): the code point of 族, 1 where it is not said, 0 outside of lists. */
  readonly lists: Int32Array;
}

/** A stretch of the text that is a date or a citation, in UTF-16 units. */
export interface TakenUnits {
  readonly start: number;
  readonly end: number;
  readonly kind: keyof typeof taken;
}

const wordClasses: readonly WordClass[] = ['place', 'people', 'state', 'office', 'role', 'kin', 'not-place', 'person'];
export const wordClassCount = wordClasses.length;

/** Classes of tokens: the surname of many, a surname that is often another word, tail of a place, transcription. */
export const classOf = { surname: 1, rareSurname: 2, tail: 3, transcription: 4, other: 5, mark: 6 } as const;

/** Marks that mean the same to names. */
const marks = new Map<string, string>(
  Object.entries({
    '，；：,;:': '，',
    '。！？!?\n': '。',
    '「『“‘（《〈(〔': '「',
    '」』”’）》〉)〕': '」',
    '、·': '、',
  }).flatMap(([all, one]) => [...all].map((mark) => [mark, one] as const)),
);
const isMark = /[\p{P}\p{S}]/u;

function characterClass(character: string, lexicon: Lexicon): number {
  if (lexicon.surnames.single.has(character)) {
    return lexicon.surnames.rare.has(character) ? classOf.rareSurname : classOf.surname;
  }
  if (lexicon.tails.has(character)) return classOf.tail;
  return lexicon.transcription.has(character) ? classOf.transcription : classOf.other;
}

/** Cuts a folded text into tokens and looks up the words of the lexicons over them. White space but line ends is left out. */
export function tokenise(text: string, taken_: readonly TakenUnits[], lexicon: Lexicon): Tokens {
  const codes = new Int32Array(text.length);
  const units = new Int32Array(text.length + 1);
  const classes = new Uint8Array(text.length);
  const clusters = new Uint8Array(text.length);
  const known = new Map<number, { code: number; class: number; cluster: number }>();
  let count = 0;
  let next = 0;
  const push = (code: number, unit: number, kind: number, cluster = 0): void => {
    clusters[count] = cluster;
    codes[count] = code;
    units[count] = unit;
    classes[count++] = kind;
  };
  for (let at = 0; at < text.length; ) {
    while (taken_[next] && taken_[next]!.end <= at) next++;
    const span = taken_[next];
    if (span && span.start <= at) {
      push(taken[span.kind], at, classOf.mark);
      at = span.end;
      continue;
    }
    const code = text.codePointAt(at)!;
    // A character that no encoding has stands as one: <者多>, &KR1234;.
    const drawn = code === 0x3c || code === 0x26 ? drawnCharacter(text, at) : 0;
    if (drawn > 0) {
      push(0xfffd, at, classOf.transcription);
      at += drawn;
      continue;
    }
    let token = known.get(code);
    if (!token) {
      const character = String.fromCodePoint(code);
      const mark = marks.get(character) ?? (isMark.test(character) ? '」' : undefined);
      const space = mark === undefined && /\s/u.test(character);
      token = mark
        ? { code: mark.codePointAt(0)!, class: classOf.mark, cluster: 0 }
        : {
            code: space ? 0 : code,
            class: space ? 0 : characterClass(character, lexicon),
            cluster: lexicon.clusters.get(character) ?? 0,
          };
      known.set(code, token);
    }
    if (token.code !== 0) push(token.code, at, token.class, token.cluster);
    at += code > 0xffff ? 2 : 1;
  }
  units[count] = text.length;
  const words = findWords(text, units, count, classes, lexicon);
  return { count, codes, units, classes, clusters, words, lists: findLists(codes, count, classes) };
}

const [listMark, sentenceMark, noteOpens, noteCloses, andOthers] = [0x3001, 0x3002, 0xff08, 0xff09, 0x7b49];
const listWords = new Set([...fold('等諸二三四五六七八九十兩數百')].map((character) => character.codePointAt(0)!));
const listKinds = new Set(
  [...fold('族部帳州軍寨砦堡城縣路府鎮關川人將員子使司官')].map((character) => character.codePointAt(0)!),
);

/** Names joined by 、 are of one kind, which what follows says, behind a single one too: 等族, 諸州, 二將. Notes inside the list count with it. */
function findLists(codes: Int32Array, count: number, classes: Uint8Array): Int32Array {
  const lists = new Int32Array(count);
  let start = 0;
  let last = -1;
  let depth = 0;
  for (let at = 0; at <= count; at++) {
    const code = at < count ? codes[at]! : 0;
    if (at < count && classes[at] !== classOf.mark && depth === 0) continue;
    if (code === noteOpens) depth++;
    else if (code === noteCloses && depth > 0) depth--;
    else if (depth > 0 && at < count && code !== sentenceMark) continue;
    else if (code === listMark && depth === 0) last = at;
    else {
      const from = last < 0 ? start : last + 1;
      const kind = kindOfList(codes, from, at, last >= 0);
      if (kind > 0) lists.fill(kind, start, at);
      start = at + 1;
      last = -1;
      depth = 0;
    }
  }
  return lists;
}

/** What stands behind the first 等, 諸 or number of the last member; a single member needs 等. */
function kindOfList(codes: Int32Array, start: number, end: number, isList: boolean): number {
  for (let at = start; at < end; at++) {
    if (isList ? !listWords.has(codes[at]!) : codes[at] !== andOthers) continue;
    for (let kind = at + 1; kind < Math.min(at + 5, end); kind++) if (listKinds.has(codes[kind]!)) return codes[kind]!;
  }
  return isList ? 1 : 0;
}

const drawnPattern = /&[A-Za-z]+[\dA-Fa-f-]+;|<\p{Script=Han}{1,4}\p{Co}?>/uy;

/** UTF-16 units of the composed or named character that begins here, 0 if none does. */
function drawnCharacter(text: string, at: number): number {
  drawnPattern.lastIndex = at;
  return drawnPattern.exec(text)?.[0].length ?? 0;
}

/** Number of a token in a word: begin 1–4, inside 5–8, end 9–12, by the length of the word up to four. */
function findWords(text: string, units: Int32Array, count: number, classes: Uint8Array, lexicon: Lexicon): Uint8Array {
  const words = new Uint8Array(count * wordClassCount);
  const longest = new Uint8Array(wordClassCount);
  const { trie, classesOf } = lexicon.wordIndex;
  const numbers = classesOf.map((names) => names.map((name) => wordClasses.indexOf(name)));
  for (let token = 0; token < count; token++) {
    if (classes[token] === classOf.mark) continue;
    longest.fill(0);
    let any = false;
    trie.matches(text, units[token]!, text.length, (word, length) => {
      any = true;
      for (const kind of numbers[word]!) longest[kind] = Math.min(length, 250);
    });
    if (!any) continue;
    for (let kind = 0; kind < wordClassCount; kind++) {
      const end = units[token]! + longest[kind]!;
      if (longest[kind] === 0) continue;
      let last = token;
      while (last + 1 < count && units[last + 1]! < end) last++;
      const length = Math.min(last - token + 1, 4);
      for (let at = token; at <= last; at++) {
        const place = at === token ? 0 : at === last ? 2 : 1;
        const slot = at * wordClassCount + kind;
        // A longer word that began before stays.
        if (words[slot] === 0 || at === token) words[slot] = place * 4 + length;
      }
    }
  }
  return words;
}

/** Tokens of the longest sentence; an unpunctuated text is cut into such stretches. */
const sentenceAtMost = 400;

/** Where the sentences of a text end: behind a full stop or, without one, after some length. */
export function sentenceEnds({ codes, count }: Tokens): number[] {
  const ends: number[] = [];
  let start = 0;
  for (let at = 0; at < count; at++) {
    if (codes[at] !== sentenceMark && at - start + 1 < sentenceAtMost) continue;
    ends.push(at + 1);
    start = at + 1;
  }
  if (start < count) ends.push(count);
  return ends;
}
