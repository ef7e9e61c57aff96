import type { Lexicon } from '../lexicon/lexicon.ts';

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

/** FNV-1a over UTF-16 units, continued from a seed. */
function hash(seed: number, text: string): number {
  let value = seed;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 16777619);
  return value;
}

/** Longest lexicon words over each character: class and place in the word (begin, inside, end, single). */
function wordMarks(characters: readonly string[], lexicon: Lexicon): string[][] {
  const marks: string[][] = characters.map(() => []);
  for (let start = 0; start < characters.length; start++) {
    const found = new Set<string>();
    for (let length = Math.min(lexicon.longest, characters.length - start); length >= 1; length--) {
      for (const name of lexicon.words.get(characters.slice(start, start + length).join('')) ?? []) {
        if (found.has(name)) continue;
        found.add(name);
        for (let at = 0; at < length; at++) {
          const place = length === 1 ? 'S' : at === 0 ? 'B' : at === length - 1 ? 'E' : 'I';
          marks[start + at]!.push(`${name}${place}${Math.min(length, 4)}`);
        }
      }
    }
  }
  return marks;
}

function characterClass(character: string | undefined, lexicon: Lexicon): string {
  if (character === undefined) return '#';
  if (lexicon.surnames.single.has(character)) return lexicon.surnames.rare.has(character) ? 'r' : 's';
  if (lexicon.tails.has(character)) return 't';
  if (lexicon.transcription.has(character)) return 'f';
  return '-';
}

/** Feature slots of every character; a sentence is any stretch of text without punctuation. */
export function featuresOf(characters: readonly string[], lexicon: Lexicon, slots: number): Int32Array[] {
  const mask = slots - 1;
  const classes = characters.map((character) => characterClass(character, lexicon));
  const marks = wordMarks(characters, lexicon);
  const at = (index: number): string => characters[index] ?? '#';
  const kind = (index: number): string => classes[index] ?? '#';
  return characters.map((_, index) => {
    const found: number[] = [];
    const add = (name: string, value: string): void => {
      found.push(hash(hash(0x811c9dc5, name), value) & mask);
    };
    for (let step = -2; step <= 2; step++) add(`c${step}`, at(index + step));
    for (let step = -2; step <= 1; step++) add(`b${step}`, at(index + step) + at(index + step + 1));
    for (let step = -2; step <= 2; step++) add(`k${step}`, kind(index + step));
    add('kk', kind(index - 1) + kind(index) + kind(index + 1) + kind(index + 2));
    add('kc', kind(index - 1) + at(index));
    add('ck', at(index) + kind(index + 1));
    add('skip', at(index - 1) + at(index + 1));
    for (const mark of marks[index]!) add('w0', mark);
    for (const mark of marks[index - 1] ?? []) add('w-1', mark);
    for (const mark of marks[index + 1] ?? []) add('w1', mark);
    for (const mark of marks[index - 2] ?? []) if (mark.includes('E')) add('w-2', mark);
    add('bias', '');
    return Int32Array.from(found);
  });
}

/** Best labels by Viterbi; I follows only B or I of its type. `bias` is taken from O: more names at the cost of precision. */
export function decode(features: readonly Int32Array[], model: TaggerModel, bias = 0): number[] {
  const length = features.length;
  if (length === 0) return [];
  const scores = new Float64Array(length * labelCount);
  const back = new Int8Array(length * labelCount);
  for (let index = 0; index < length; index++) {
    for (let label = 0; label < labelCount; label++) {
      let own = label === 0 ? -bias : 0;
      for (const slot of features[index]!) own += model.weights[slot * labelCount + label]!;
      let best = Number.NEGATIVE_INFINITY;
      for (let before = 0; before < labelCount; before++) {
        if (!mayFollow(index === 0 ? 0 : before, label)) continue;
        const score =
          (index === 0 ? 0 : scores[(index - 1) * labelCount + before]!) +
          model.transitions[before * labelCount + label]!;
        if (score > best) {
          best = score;
          back[index * labelCount + label] = before;
        }
        if (index === 0) break;
      }
      scores[index * labelCount + label] = best + own;
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
