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

/** A name the tagger found, in indexes of the character list. */
export interface TaggedSpan {
  readonly start: number;
  readonly end: number;
  readonly type: 'persName' | 'placeName' | 'orgName';
}

/** One step of a hash over whole numbers, after the finalizer of MurmurHash 3, whose low bits depend on all others. */
function mix(value: number, by: number): number {
  let mixed = Math.imul(value ^ by, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

const classNumbers: Readonly<Record<WordClass, number>> = {
  place: 1,
  people: 2,
  state: 3,
  office: 4,
  role: 5,
  kin: 6,
  'not-place': 7,
};

/**
 * Longest lexicon words over each character, as numbers: class, place in the word (begin, inside, end) and length up to
 * four. `endsWord` tells which of them end a word.
 */
function wordMarks(characters: readonly string[], lexicon: Lexicon): number[][] {
  const text = characters.join('');
  const marks: number[][] = characters.map(() => []);
  let unit = 0;
  for (let start = 0; start < characters.length; start++) {
    let found = 0;
    for (const { text: word, length, classes } of lexicon.wordsByFirst.get(characters[start]!) ?? []) {
      if (!text.startsWith(word, unit)) continue;
      for (const name of classes) {
        const number = classNumbers[name];
        if (found & (1 << number)) continue;
        found |= 1 << number;
        for (let at = 0; at < length; at++) {
          const place = at === 0 ? 0 : at === length - 1 ? endOfWord : 1;
          marks[start + at]!.push((number << 8) | (place << 4) | Math.min(length, 4));
        }
      }
    }
    unit += characters[start]!.length;
  }
  return marks;
}

const endOfWord = 2;
const endsWord = (mark: number): boolean => ((mark >> 4) & 15) === endOfWord;

/** 1 and 2 a surname, sure and rare, 3 the tail of a place, 4 a transcription, 5 anything else. */
function characterClass(character: string, lexicon: Lexicon): number {
  if (lexicon.surnames.single.has(character)) return lexicon.surnames.rare.has(character) ? 2 : 1;
  if (lexicon.tails.has(character)) return 3;
  return lexicon.transcription.has(character) ? 4 : 5;
}

/** Feature slots of every character; a sentence is any stretch of text without punctuation. */
export function featuresOf(characters: readonly string[], lexicon: Lexicon, slots: number): Int32Array[] {
  const mask = slots - 1;
  // Two characters of nothing on either side save every test for the ends.
  const codes = [0, 0, ...characters.map((character) => character.codePointAt(0)!), 0, 0];
  const classes = [0, 0, ...characters.map((character) => characterClass(character, lexicon)), 0, 0];
  const marks = wordMarks(characters, lexicon);
  const none: readonly number[] = [];
  const found = new Int32Array(128);
  return characters.map((_, index) => {
    const here = index + 2;
    let count = 0;
    const add = (name: number, first: number, second = 0): void => {
      if (count < found.length) found[count++] = mix(mix(mix(0x811c9dc5, name), first), second) & mask;
    };
    for (let step = -2; step <= 2; step++) {
      add(10 + step, codes[here + step]!);
      add(20 + step, classes[here + step]!);
      if (step < 2) add(30 + step, codes[here + step]!, codes[here + step + 1]!);
    }
    const around = (classes[here - 1]! << 12) | (classes[here]! << 8) | (classes[here + 1]! << 4) | classes[here + 2]!;
    add(40, around);
    add(41, classes[here - 1]!, codes[here]!);
    add(42, codes[here]!, classes[here + 1]!);
    add(43, codes[here - 1]!, codes[here + 1]!);
    for (const mark of marks[index]!) add(50, mark);
    for (const mark of marks[index - 1] ?? none) add(51, mark);
    for (const mark of marks[index + 1] ?? none) add(52, mark);
    for (const mark of marks[index - 2] ?? none) if (endsWord(mark)) add(53, mark);
    add(54, 0);
    return found.slice(0, count);
  });
}

/** Best labels by Viterbi; I follows only B or I of its type. `bias` is taken from O: more names at the cost of precision. */
export function decode(features: readonly Int32Array[], model: TaggerModel, bias = 0): number[] {
  const length = features.length;
  if (length === 0) return [];
  const scores = new Float64Array(length * labelCount);
  const back = new Int8Array(length * labelCount);
  const own = new Float64Array(labelCount);
  const { weights, transitions } = model;
  for (let index = 0; index < length; index++) {
    own.fill(0);
    own[0] = -bias;
    const slots = features[index]!;
    for (let at = 0; at < slots.length; at++) {
      const row = slots[at]! * labelCount;
      for (let label = 0; label < labelCount; label++) own[label]! += weights[row + label]!;
    }
    const row = index * labelCount;
    for (let label = 0; label < labelCount; label++) {
      let best = Number.NEGATIVE_INFINITY;
      // Before the first character there is nothing outside a name.
      const last = index === 0 ? 1 : labelCount;
      for (let before = 0; before < last; before++) {
        if (!mayFollow(before, label)) continue;
        const score =
          (index === 0 ? 0 : scores[row - labelCount + before]!) + transitions[before * labelCount + label]!;
        if (score > best) {
          best = score;
          back[row + label] = before;
        }
      }
      scores[row + label] = best + own[label]!;
    }
  }
  let label = 0;
  for (let one = 1; one < labelCount; one++) {
    if (scores[(length - 1) * labelCount + one]! > scores[(length - 1) * labelCount + label]!) label = one;
  }
  const path = new Array<number>(length);
  for (let index = length - 1; index >= 0; index--) {
    path[index] = label;
    label = back[index * labelCount + label]!;
  }
  return path;
}

/** Inside labels are even numbers above 0, each behind its beginning. */
function mayFollow(before: number, after: number): boolean {
  return after === 0 || after % 2 === 1 || before === after || before === after - 1;
}

/** The names that a path of labels says. */
export function spansOf(path: readonly number[]): TaggedSpan[] {
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
