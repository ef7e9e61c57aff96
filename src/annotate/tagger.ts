import { fold } from '../core/fold.ts';
import type { Lexicon, WordClass } from '../lexicon/lexicon.ts';

/** The labels of the tagger: outside, and beginning and inside of a name of each type. */
export const labels = [
  'O',
  'B-persName',
  'I-persName',
  'B-placeName',
  'I-placeName',
  'B-orgName',
  'I-orgName',
] as const;
const labelCount = labels.length;

/** A linear-chain model: weights of hashed features for each label, and of each label behind each other. */
export interface TaggerModel {
  /** Number of feature slots, a power of two. */
  readonly slots: number;
  /** `slots × labels` weights. */
  readonly weights: Int8Array | Float32Array;
  /** `labels × labels`: row before, column after. */
  readonly transitions: Int8Array | Float32Array;
}

/** A name the tagger found, in indexes of the tokens. */
export interface TaggedSpan {
  readonly start: number;
  readonly end: number;
  readonly type: 'persName' | 'placeName' | 'orgName';
}

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
const wordClassCount = wordClasses.length;

/** Classes of tokens: the surname of many, a surname that is often another word, tail of a place, transcription. */
const classOf = { surname: 1, rareSurname: 2, tail: 3, transcription: 4, other: 5, mark: 6 } as const;

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

/** One step of a hash over whole numbers, after the finalizer of MurmurHash 3, whose low bits depend on all others. */
function mix(value: number, by: number): number {
  let mixed = Math.imul(value ^ by, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/** Feature slots of a stretch of tokens, one after the other; token `n` of the stretch has those up to `ends[n]`. */
export interface Features {
  readonly length: number;
  readonly slots: Int32Array;
  readonly ends: Int32Array;
  /** Tokens that can be no part of a name. */
  readonly closed: Uint8Array;
}

const featuresAtMost = 33 + 3 * wordClassCount;

/** The first step of the hash of a feature, by the number of its kind. */
const seeds = Int32Array.from({ length: 75 }, (_, kind) => mix(0x811c9dc5, kind));

const hash = (kind: number, first: number, second = 0): number => mix(mix(seeds[kind]!, first), second);

/** Features of the tokens from `start` up to `end`; what stands around the stretch counts as nothing. */
export function featuresOf(tokens: Tokens, start: number, end: number, slots: number): Features {
  const mask = slots - 1;
  const length = end - start;
  const found = new Int32Array(length * featuresAtMost);
  const ends = new Int32Array(length);
  const closed = new Uint8Array(length);
  const { codes, classes, clusters, words, lists } = tokens;
  const code = (at: number): number => (at < start || at >= end ? 0 : codes[at]!);
  const cluster = (at: number): number => (at < start || at >= end ? 0 : clusters[at]!);
  const kind = (at: number): number => (at < start || at >= end ? 0 : classes[at]!);
  let count = 0;
  for (let here = start; here < end; here++) {
    if (classes[here] === classOf.mark) closed[here - start] = 1;
    else {
      const c1 = code(here - 2);
      const c2 = code(here - 1);
      const c3 = codes[here]!;
      const c4 = code(here + 1);
      const c5 = code(here + 2);
      const k2 = kind(here - 1);
      const k3 = classes[here]!;
      const k4 = kind(here + 1);
      const k5 = kind(here + 2);
      found[count++] = hash(8, c1) & mask;
      found[count++] = hash(9, c2) & mask;
      found[count++] = hash(10, c3) & mask;
      found[count++] = hash(11, c4) & mask;
      found[count++] = hash(12, c5) & mask;
      found[count++] = hash(18, kind(here - 2)) & mask;
      found[count++] = hash(19, k2) & mask;
      found[count++] = hash(20, k3) & mask;
      found[count++] = hash(21, k4) & mask;
      found[count++] = hash(22, k5) & mask;
      found[count++] = hash(28, c1, c2) & mask;
      found[count++] = hash(29, c2, c3) & mask;
      found[count++] = hash(30, c3, c4) & mask;
      found[count++] = hash(31, c4, c5) & mask;
      found[count++] = hash(40, (k2 << 12) | (k3 << 8) | (k4 << 4) | k5) & mask;
      found[count++] = hash(41, k2, c3) & mask;
      found[count++] = hash(42, c3, k4) & mask;
      found[count++] = hash(43, c2, c4) & mask;
      for (let word = 0; word < wordClassCount; word++) {
        const at = here * wordClassCount + word;
        if (words[at]) found[count++] = hash(50, word, words[at]!) & mask;
        const before = here > start ? words[at - wordClassCount]! : 0;
        if (before) found[count++] = hash(51, word, before) & mask;
        const after = here + 1 < end ? words[at + wordClassCount]! : 0;
        if (after) found[count++] = hash(52, word, after) & mask;
      }
      const n2 = cluster(here - 1);
      const n3 = clusters[here]!;
      const n4 = cluster(here + 1);
      found[count++] = hash(70, n2) & mask;
      found[count++] = hash(71, n3) & mask;
      found[count++] = hash(72, n4) & mask;
      found[count++] = hash(73, n2, n3) & mask;
      found[count++] = hash(74, n3, n4) & mask;
      found[count++] = hash(54, 0) & mask;
      if (lists[here]) {
        found[count++] = hash(60, lists[here]!) & mask;
        found[count++] = hash(61, lists[here]!, k2 === classOf.mark ? 1 : k4 === classOf.mark ? 2 : 3) & mask;
      }
    }
    ends[here - start] = count;
  }
  return { length, slots: found.subarray(0, count), ends, closed };
}

/** Score of each label at each token, without what stands before it; marks can only be outside. */
export function labelScores(
  { length, slots, ends, closed }: Features,
  { weights }: TaggerModel,
  bias = 0,
): Float64Array {
  const scores = new Float64Array(length * labelCount);
  let slot = 0;
  for (let index = 0; index < length; index++) {
    const at = index * labelCount;
    if (closed[index]) {
      scores.fill(Number.NEGATIVE_INFINITY, at + 1, at + labelCount);
      continue;
    }
    // A variable for each label: sums in an array take twice as long.
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    let s4 = 0;
    let s5 = 0;
    let s6 = 0;
    for (const end = ends[index]!; slot < end; slot++) {
      const row = slots[slot]! * labelCount;
      s0 += weights[row]!;
      s1 += weights[row + 1]!;
      s2 += weights[row + 2]!;
      s3 += weights[row + 3]!;
      s4 += weights[row + 4]!;
      s5 += weights[row + 5]!;
      s6 += weights[row + 6]!;
    }
    scores[at] = s0 - bias;
    scores[at + 1] = s1;
    scores[at + 2] = s2;
    scores[at + 3] = s3;
    scores[at + 4] = s4;
    scores[at + 5] = s5;
    scores[at + 6] = s6;
  }
  return scores;
}

/** Best labels by Viterbi; I follows only B or I of its type. `bias` is taken from O: more names at the cost of precision. */
export function decode(features: Features, model: TaggerModel, bias = 0): Uint8Array {
  const { length } = features;
  const path = new Uint8Array(length);
  if (length === 0) return path;
  const scores = labelScores(features, model, bias);
  const back = new Uint8Array(length * labelCount);
  const { transitions } = model;
  // Before the first token there is nothing outside a name.
  for (let label = 0; label < labelCount; label++)
    scores[label]! += mayFollow(0, label) ? transitions[label]! : Number.NEGATIVE_INFINITY;
  for (let index = 1; index < length; index++) {
    const row = index * labelCount;
    const last = row - labelCount;
    const open = features.closed[index] ? 1 : labelCount;
    for (let label = 0; label < open; label++) {
      const may = labelsBefore[label]!;
      let from = may[0]!;
      let best = scores[last + from]! + transitions[from * labelCount + label]!;
      for (let next = 1; next < may.length; next++) {
        const before = may[next]!;
        const score = scores[last + before]! + transitions[before * labelCount + label]!;
        if (score > best) {
          best = score;
          from = before;
        }
      }
      back[row + label] = from;
      scores[row + label]! += best;
    }
  }
  let label = 0;
  for (let one = 1; one < labelCount; one++) {
    if (scores[(length - 1) * labelCount + one]! > scores[(length - 1) * labelCount + label]!) label = one;
  }
  for (let index = length - 1; index >= 0; index--) {
    path[index] = label;
    label = back[index * labelCount + label]!;
  }
  return path;
}

/** Inside labels are even numbers above 0, each behind its beginning. */
export function mayFollow(before: number, after: number): boolean {
  return after === 0 || after % 2 === 1 || before === after || before === after - 1;
}

/** The labels that may stand before each label. */
const labelsBefore = labels.map((_, after) => [...labels.keys()].filter((before) => mayFollow(before, after)));

/** The names that a path of labels says. */
export function spansOf(path: ArrayLike<number>): TaggedSpan[] {
  const spans: TaggedSpan[] = [];
  let start = -1;
  let type = 0;
  for (let index = 0; index <= path.length; index++) {
    const label = path[index] ?? 0;
    if (start >= 0 && label !== type + 1) {
      spans.push({ start, end: index, type: labels[type]!.slice(2) as TaggedSpan['type'] });
      start = -1;
    }
    if (label % 2 === 1) {
      start = index;
      type = label;
    }
  }
  return spans;
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

/** All names of a text that the model finds, in indexes of its tokens. */
export function tag(tokens: Tokens, model: TaggerModel, bias = 0): TaggedSpan[] {
  const found: TaggedSpan[] = [];
  let start = 0;
  for (const end of sentenceEnds(tokens)) {
    for (const span of spansOf(decode(featuresOf(tokens, start, end, model.slots), model, bias))) {
      found.push({ start: span.start + start, end: span.end + start, type: span.type });
    }
    start = end;
  }
  return found;
}
