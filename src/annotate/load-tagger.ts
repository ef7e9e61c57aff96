import { readFileSync } from 'node:fs';
import { packageRoot } from '../core/package-root.ts';
import { loadLexicon } from '../lexicon/lexicon.ts';
import type { ProposeOptions } from './propose.ts';
import { labels, type TaggerModel } from './tagger.ts';

let model: TaggerModel | undefined;

/** Lexicons and model as shipped, read once per process. */
export function loadProposing(): ProposeOptions {
  model ??= readModel(readFileSync(new URL('corpus/model/names.bin', packageRoot)));
  return { lexicon: loadLexicon(), model };
}

/** The file is the weights and then the transitions, a byte each. */
function readModel(bytes: Uint8Array): TaggerModel {
  const values = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  const transitions = labels.length * labels.length;
  const weights = values.subarray(0, values.length - transitions);
  return { slots: weights.length / labels.length, weights, transitions: values.subarray(values.length - transitions) };
}
