import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decode, featuresOf, labels, spansOf, type TaggerModel } from '../annotate/tagger.ts';
import { packageRoot } from '../core/package-root.ts';
import { type Lexicon, loadLexicon } from '../lexicon/lexicon.ts';
import { readingText } from './reading-text.ts';

// Trains the tagger: `npx tsx src/setup/train-tagger.ts CORPORA [--evaluate]`. CORPORA is a folder with the Kanripo texts that the
// passages of corpus/training name; the texts are not in this repository, their hashes are. Same input, same model.

/** Annotations of a passage, apart from its text. Offsets are code points of the reading text. */
interface Passage {
  readonly file: string;
  readonly sha256: string;
  /** Where the annotated passage ends; it begins with the text. */
  readonly end: number;
  readonly spans: readonly (readonly [start: number, end: number, type: string])[];
}

interface Sentence {
  readonly characters: readonly string[];
  readonly gold: readonly number[];
  readonly features: readonly Int32Array[];
}

const slots = 1 << 17;
const epochs = 8;
const sentenceLength = 80;

function readPassages(corpora: string): { name: string; characters: string[]; passage: Passage }[] {
  const folder = fileURLToPath(new URL('corpus/training/', packageRoot));
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => {
      const passage = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Passage;
      const text = readingText(readFileSync(join(corpora, passage.file), 'utf8'));
      const found = createHash('sha256').update(text).digest('hex');
      if (found !== passage.sha256) throw new Error(`${passage.file}: the text is not the one that was annotated`);
      return { name: file, characters: [...text], passage };
    });
}

/** Sentences of a passage: stretches of some length that cut no name. Parentheses of notes end a sentence. */
function sentencesOf(characters: readonly string[], { spans, end }: Passage, lexicon: Lexicon): Sentence[] {
  const gold = new Array<number>(characters.length).fill(0);
  for (const [from, to, type] of spans) {
    const begin = labels.indexOf(`B-${type}` as (typeof labels)[number]);
    if (begin < 0) continue;
    for (let at = from; at < to; at++) gold[at] = at === from ? begin : begin + 1;
  }
  const sentences: Sentence[] = [];
  for (let start = 0; start < end; ) {
    let stop = Math.min(start + sentenceLength, end);
    while (stop < end && gold[stop]! > 0) stop++;
    const part = characters.slice(start, stop);
    sentences.push({ characters: part, gold: gold.slice(start, stop), features: featuresOf(part, lexicon, slots) });
    start = stop;
  }
  return sentences;
}

/** Averaged structured perceptron; sentences in an order shuffled by a fixed generator. */
function train(sentences: readonly Sentence[]): TaggerModel {
  const count = labels.length;
  const model = { slots, weights: new Float32Array(slots * count), transitions: new Float32Array(count * count) };
  const sums = { weights: new Float64Array(slots * count), transitions: new Float64Array(count * count) };
  let step = 1;
  const update = (kind: 'weights' | 'transitions', at: number, by: number): void => {
    model[kind][at]! += by;
    sums[kind][at]! += by * step;
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
      const found = decode(features, model);
      for (let at = 0; at < gold.length; at++) {
        const [right, wrong] = [gold[at]!, found[at]!];
        if (right !== wrong) {
          for (const slot of features[at]!) {
            update('weights', slot * count + right, 1);
            update('weights', slot * count + wrong, -1);
          }
        }
        const [rightBefore, wrongBefore] = [at === 0 ? 0 : gold[at - 1]!, at === 0 ? 0 : found[at - 1]!];
        if (right !== wrong || rightBefore !== wrongBefore) {
          update('transitions', rightBefore * count + right, 1);
          update('transitions', wrongBefore * count + wrong, -1);
        }
      }
      step++;
    }
  }
  const average = (kind: 'weights' | 'transitions'): Float32Array =>
    Float32Array.from(model[kind], (value, at) => value - sums[kind][at]! / step);
  return { slots, weights: average('weights'), transitions: average('transitions') };
}

/** The model in bytes: weights of one scale, so that sums compare as they did. */
function quantise(model: TaggerModel): TaggerModel {
  let largest = 0;
  for (const list of [model.weights, model.transitions])
    for (const one of list) largest = Math.max(largest, Math.abs(one));
  const scale = 127 / Math.min(largest, 12);
  const bytes = (list: ArrayLike<number>): Int8Array =>
    Int8Array.from(list, (value) => Math.max(-127, Math.min(127, Math.round(value * scale))));
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
const passages = readPassages(corpora).map(({ name, characters, passage }) => ({
  name,
  sentences: sentencesOf(characters, passage, lexicon),
}));
if (options.includes('--evaluate')) {
  // Leave one passage out: what the model makes of a text it has not seen.
  for (const bias of [0, 3, 6]) {
    const counts = new Map<string, Counts>();
    for (const held of passages) {
      const model = quantise(train(passages.filter((one) => one !== held).flatMap(({ sentences }) => sentences)));
      evaluate(model, held.sentences, counts, bias);
    }
    for (const [type, { gold, found, right }] of [...counts].sort()) {
      const f1 = (2 * right) / (gold + found);
      console.log(
        `bias ${bias} ${type}: gold ${gold} found ${found} P ${(right / found).toFixed(3)} R ${(right / gold).toFixed(3)} F1 ${f1.toFixed(3)}`,
      );
    }
  }
} else {
  const model = quantise(train(passages.flatMap(({ sentences }) => sentences)));
  const target = fileURLToPath(new URL('corpus/model/names.bin', packageRoot));
  writeFileSync(target, Buffer.concat([Buffer.from(model.weights.buffer), Buffer.from(model.transitions.buffer)]));
  console.log(`${target}: ${passages.length} passages`);
}
