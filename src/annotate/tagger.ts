import { classOf, sentenceEnds, type Tokens, wordClassCount } from './tokens.ts';

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
