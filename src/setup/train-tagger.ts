import { createHash } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { decode, featuresOf, labels, spansOf, type TaggerModel } from '../annotate/tagger.ts';
import { sentenceEnds, type TakenUnits, tokenise } from '../annotate/tokens.ts';
import { fold } from '../core/fold.ts';
import { packageRoot } from '../core/package-root.ts';
import { TextIndex } from '../core/span.ts';
import { indexWords, type Lexicon, loadLexicon } from '../lexicon/lexicon.ts';
import { quantise, type Sentence, slots, train } from './crf.ts';
import { type PassageSpan, punctuated, readPassage } from './passage.ts';

// Trains the tagger: `npx tsx src/setup/train-tagger.ts CORPORA [--evaluate]`. CORPORA is a folder with the Kanripo texts that the
// passages of corpus/training name; those texts are not in this repository, their hashes are. Same input, same model.

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
