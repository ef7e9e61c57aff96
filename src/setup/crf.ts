import { type Features, labelScores, labels, mayFollow, type TaggerModel } from '../annotate/tagger.ts';

/** A stretch of tokens with the labels it should get. */
export interface Sentence {
  /** Numbers of `labels`. */
  readonly gold: Uint8Array;
  readonly features: Features;
}

/** Feature slots of the model. */
export const slots = 1 << 18;
const epochs = 8;
const rate = 0.1;
/** Pull of every weight towards nothing, at each step (L2). */
const decay = 0.015;
/** Gradients too small to count. */
const negligible = 1e-3;

/**
 * A conditional random field: gradient of the likelihood of each sentence by the forward-backward algorithm, steps by
 * AdaGrad; sentences in an order shuffled by a fixed generator.
 */
export function train(sentences: readonly Sentence[]): TaggerModel {
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
export function quantise(model: TaggerModel): TaggerModel {
  let largest = 0;
  for (const list of [model.weights, model.transitions])
    for (const one of list) largest = Math.max(largest, Math.abs(one));
  const scale = 127 / largest;
  const bytes = (list: ArrayLike<number>): Int8Array => Int8Array.from(list, (value) => Math.round(value * scale));
  return { slots, weights: bytes(model.weights), transitions: bytes(model.transitions) };
}
