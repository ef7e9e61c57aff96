import { createHash } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  decode,
  type Features,
  featuresOf,
  labelScores,
  labels,
  mayFollow,
  sentenceEnds,
  spansOf,
  type TaggerModel,
  type TakenUnits,
  tokenise,
} from '../annotate/tagger.ts';
import { fold } from '../core/fold.ts';
import { packageRoot } from '../core/package-root.ts';
import { TextIndex } from '../core/span.ts';
import { indexWords, type Lexicon, loadLexicon } from '../lexicon/lexicon.ts';
import { type PassageSpan, punctuated, readPassage } from './passage.ts';

// Trains the tagger: `npx tsx src/setup/train-tagger.ts CORPORA [--evaluate]`. CORPORA is a folder with the Kanripo texts that the
// passages of corpus/training name; those texts are not in this repository, their hashes are. Same input, same model.

interface Sentence {
  readonly gold: Uint8Array;
  readonly features: Features;
}

const slots = 1 << 18;
const epochs = 8;
const rate = 0.1;
/** Pull of every weight towards nothing, at each step (L2). */
const decay = 0.015;
/** Gradients too small to count. */
const negligible = 1e-3;
/** Parts into which the names of the lexicons are divided; each training text is read without each of them in turn. */
const parts = 2;
const sentenceLength = 80;

/** Sentences of a text with the labels of its annotations; long stretches are cut where no name is. */
function sentencesOf(original: string, spans: readonly PassageSpan[], lexicon: Lexicon): Sentence[] {
  const index = new TextIndex(original);
  const taken: TakenUnits[] = spans.flatMap(([start, end, type]) =>
    type === 'date' || type === 'bibl' ? [{ start: index.toUnit(start), end: index.toUnit(end), kind: type }] : [],
  );
  const tokens = tokenise(
    fold(original),
    taken.sort((a, b) => a.start - b.start),
    lexicon,
  );
  const tokenAt = new Map<number, number>();
  for (let token = 0; token < tokens.count; token++) tokenAt.set(tokens.units[token]!, token);
  const gold = new Uint8Array(tokens.count);
  for (const [start, end, type] of spans) {
    const begin = labels.indexOf(`B-${type}` as (typeof labels)[number]);
    const first = tokenAt.get(index.toUnit(start));
    if (begin < 0 || first === undefined) continue;
    const endUnit = index.toUnit(end);
    for (let token = first; token < tokens.count && tokens.units[token]! < endUnit; token++) {
      gold[token] = token === first ? begin : begin + 1;
    }
  }
  const sentences: Sentence[] = [];
  let start = 0;
  for (const end of sentenceEnds(tokens)) {
    while (start < end) {
      let stop = Math.min(start + sentenceLength, end);
      while (stop < end && gold[stop]! > 0) stop++;
      sentences.push({ gold: gold.slice(start, stop), features: featuresOf(tokens, start, stop, slots) });
      start = stop;
    }
  }
  return sentences;
}

/**
 * The lexicons without a part of their names. They know more names of the training texts than of any other text: a model
 * trained with all of them would trust them too much.
 */
function thinned(lexicon: Lexicon, part: number): Lexicon {
  const words = new Map(
    [...lexicon.words].map(([word, classes]) => {
      const hash = createHash('sha256').update(word).digest()[0]! % parts;
      const isNamed = classes.has('person') || classes.has('place') || classes.has('people');
      return [word, isNamed && hash === part ? new Set<never>() : classes] as const;
    }),
  );
  return { ...lexicon, words, wordIndex: indexWords(words) };
}

/**
 * A conditional random field: gradient of the likelihood of each sentence by the forward-backward algorithm, steps by
 * AdaGrad; sentences in an order shuffled by a fixed generator.
 */
function train(sentences: readonly Sentence[]): TaggerModel {
  const count = labels.length;
  const weights = new Float32Array(slots * count);
  const transitions = new Float32Array(count * count);
  const squares = {
    weights: new Float32Array(slots * count).fill(1),
    transitions: new Float32Array(count * count).fill(1),
  };
  // The mean of the second half of the epochs is steadier than the last.
  const mean = { weights: new Float32Array(slots * count), transitions: new Float32Array(count * count) };
  const step = (list: Float32Array, sums: Float32Array, at: number, gradient: number): void => {
    const slope = gradient + decay * list[at]!;
    sums[at]! += slope * slope;
    list[at]! -= (rate * slope) / Math.sqrt(sums[at]!);
  };
  const order = sentences.map((_, index) => index);
  let seed = 1;
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (let at = order.length - 1; at > 0; at--) {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
      const other = seed % (at + 1);
      [order[at], order[other]] = [order[other]!, order[at]!];
    }
    for (const index of order) {
      const { gold, features } = sentences[index]!;
      const { nodes, edges } = expected(features, { slots, weights, transitions });
      for (let at = 0; at < gold.length; at++) nodes[at * count + gold[at]!]! -= 1;
      for (let at = 0; at < gold.length; at++) edges[(at === 0 ? 0 : gold[at - 1]!) * count + gold[at]!]! -= 1;
      let slot = 0;
      for (let at = 0; at < gold.length; at++) {
        for (; slot < features.ends[at]!; slot++) {
          const row = features.slots[slot]! * count;
          for (let label = 0; label < count; label++) {
            const gradient = nodes[at * count + label]!;
            if (Math.abs(gradient) > negligible) step(weights, squares.weights, row + label, gradient);
          }
        }
      }
      for (let pair = 0; pair < edges.length; pair++) step(transitions, squares.transitions, pair, edges[pair]!);
    }
    if (epoch >= epochs / 2) {
      weights.forEach((weight, at) => {
        mean.weights[at]! += weight;
      });
      transitions.forEach((weight, at) => {
        mean.transitions[at]! += weight;
      });
    }
  }
  return { slots, ...mean };
}

/** Probability of each label at each token, and how often each pair of labels is expected, by the model as it stands. */
function expected(features: Features, model: TaggerModel): { nodes: Float64Array; edges: Float64Array } {
  const count = labels.length;
  const { length } = features;
  const own = labelScores(features, model);
  const allowed = model.transitions.map((weight, pair) =>
    mayFollow(Math.floor(pair / count), pair % count) ? weight : Number.NEGATIVE_INFINITY,
  );
  const forward = new Float64Array(length * count).fill(Number.NEGATIVE_INFINITY);
  const backward = new Float64Array(length * count);
  const terms = new Float64Array(count);
  for (let label = 0; label < count; label++) forward[label] = own[label]! + allowed[label]!;
  for (let at = 1; at < length; at++) {
    for (let label = 0; label < count; label++) {
      for (let before = 0; before < count; before++) {
        terms[before] = forward[(at - 1) * count + before]! + allowed[before * count + label]!;
      }
      forward[at * count + label] = own[at * count + label]! + logSum(terms);
    }
  }
  for (let at = length - 2; at >= 0; at--) {
    for (let label = 0; label < count; label++) {
      for (let after = 0; after < count; after++) {
        terms[after] =
          allowed[label * count + after]! + own[(at + 1) * count + after]! + backward[(at + 1) * count + after]!;
      }
      backward[at * count + label] = logSum(terms);
    }
  }
  const total = logSum(forward.subarray((length - 1) * count));
  const nodes = forward.map((value, at) => Math.exp(value + backward[at]! - total));
  const edges = new Float64Array(count * count);
  for (let label = 0; label < count; label++) edges[label]! += nodes[label]!;
  for (let at = 1; at < length; at++) {
    for (let before = 0; before < count; before++) {
      for (let label = 0; label < count; label++) {
        const here = at * count + label;
        const path = forward[(at - 1) * count + before]! + allowed[before * count + label]! + own[here]!;
        edges[before * count + label]! += Math.exp(path + backward[here]! - total);
      }
    }
  }
  return { nodes, edges };
}

function logSum(terms: Float64Array): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (const term of terms) if (term > largest) largest = term;
  if (largest === Number.NEGATIVE_INFINITY) return largest;
  let sum = 0;
  for (const term of terms) sum += Math.exp(term - largest);
  return largest + Math.log(sum);
}

/** The model in bytes, of one scale, so that sums compare as they did. */
function quantise(model: TaggerModel): TaggerModel {
  let largest = 0;
  for (const list of [model.weights, model.transitions])
    for (const one of list) largest = Math.max(largest, Math.abs(one));
  const scale = 127 / largest;
  const bytes = (list: ArrayLike<number>): Int8Array => Int8Array.from(list, (value) => Math.round(value * scale));
  return { slots, weights: bytes(model.weights), transitions: bytes(model.transitions) };
}

interface Counts {
  gold: number;
  found: number;
  right: number;
}

function evaluate(model: TaggerModel, sentences: readonly Sentence[], counts: Map<string, Counts>, bias: number): void {
  for (const { gold, features } of sentences) {
    const key = ({ start, end, type }: { start: number; end: number; type: string }): string =>
      `${start} ${end} ${type}`;
    const [right, found] = [spansOf(gold), spansOf(decode(features, model, bias))];
    const known = new Set(right.map(key));
    for (const [list, field] of [
      [right, 'gold'],
      [found, 'found'],
      [found.filter((one) => known.has(key(one))), 'right'],
    ] as const) {
      for (const { type } of list) {
        const count = counts.get(type) ?? { gold: 0, found: 0, right: 0 };
        count[field]++;
        counts.set(type, count);
      }
    }
  }
}

const [corpora = '', ...options] = process.argv.slice(2);
const lexicon = loadLexicon();
const folder = fileURLToPath(new URL('corpus/training/', packageRoot));
const thin = Array.from({ length: parts }, (_, part) => thinned(lexicon, part));
const names = readdirSync(folder).filter((file) => file.endsWith('.json'));
const passages = names.sort().map((name) => {
  const { isOwn, ...passage } = readPassage(folder, name, corpora);
  const readable = isOwn || passage.marks.length > 0 ? punctuated(passage) : undefined;
  const sentences = (with_: Lexicon): Sentence[] => [
    ...(isOwn ? [] : sentencesOf(passage.text, passage.spans, with_)),
    ...(readable ? sentencesOf(readable.text, readable.spans, with_) : []),
  ];
  const held = readable ?? passage;
  return { isOwn, training: thin.flatMap(sentences), held: sentencesOf(held.text, held.spans, lexicon) };
});
if (options.includes('--evaluate')) {
  // Leave one passage of the histories out: what the model, alone and without rules, makes of a text it has not seen.
  const totals = new Map([0, 3, 6].map((bias) => [bias, new Map<string, Counts>()]));
  for (const held of passages.filter(({ isOwn }) => !isOwn)) {
    const model = quantise(train(passages.filter((one) => one !== held).flatMap(({ training }) => training)));
    for (const [bias, counts] of totals) evaluate(model, held.held, counts, bias);
  }
  for (const [bias, counts] of totals) {
    for (const [type, { gold, found, right }] of [...counts].sort()) {
      const f1 = (2 * right) / (gold + found);
      console.log(
        `bias ${bias} ${type}: gold ${gold} found ${found} P ${(right / found).toFixed(3)} R ${(right / gold).toFixed(3)} F1 ${f1.toFixed(3)}`,
      );
    }
  }
} else {
  const model = quantise(train(passages.flatMap(({ training }) => training)));
  const target = fileURLToPath(new URL('corpus/model/names.bin', packageRoot));
  writeFileSync(target, Buffer.concat([Buffer.from(model.weights.buffer), Buffer.from(model.transitions.buffer)]));
  console.log(`${target}: ${passages.length} passages`);
}
