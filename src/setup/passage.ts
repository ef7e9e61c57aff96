import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readingText } from './reading-text.ts';

/** A span of a passage; `key` says who, where, when or which work is meant, in the notation of the annotation guidelines. */
export type PassageSpan = readonly [start: number, end: number, type: string, key?: string];

/**
 * Our punctuation: what is put in before which code point. `replaced` code points from there on are left out for it: the
 * parentheses and the slash of a note in double lines, `(…/…)`, which is `（…）` in readers' texts.
 */
export type Mark = readonly [offset: number, mark: string, replaced?: number];

/** Annotations of a passage, apart from its text, as its file has them. Offsets are code points of the reading text. */
interface PassageFile {
  /** In the folder of the texts, or beside the annotations where it begins with `./`. */
  readonly file: string;
  /** Of the whole reading text. */
  readonly sha256: string;
  /** Where the annotated passage begins (0 if it is not said) and ends. */
  readonly start?: number;
  readonly end: number;
  readonly spans: readonly PassageSpan[];
  readonly marks?: readonly Mark[];
  /** SHA-256 of the passage with its marks. */
  readonly punctuatedSha256?: string;
}

/** A passage with its text; offsets count from its beginning. */
export interface Passage {
  readonly text: string;
  readonly spans: readonly PassageSpan[];
  readonly marks: readonly Mark[];
  /** The text is our own and stands beside the annotations. */
  readonly isOwn: boolean;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * Reads the annotations `name` of `folder` and their text, which is in `corpora` unless it is our own. Throws if the text,
 * plain or with its marks, is not the one that was annotated.
 */
export function readPassage(folder: string, name: string, corpora: string): Passage {
  const annotated = JSON.parse(readFileSync(join(folder, name), 'utf8')) as PassageFile;
  const { file, start = 0, end, punctuatedSha256 } = annotated;
  const isOwn = file.startsWith('./');
  const content = readFileSync(join(isOwn ? folder : corpora, file), 'utf8');
  const whole = isOwn ? content : readingText(content);
  if (sha256(whole) !== annotated.sha256) throw new Error(`${file}: the text is not the one that was annotated`);
  const passage = {
    text: [...whole].slice(start, end).join(''),
    spans: annotated.spans.map(([from, to, ...rest]) => [from - start, to - start, ...rest] as const),
    marks: (annotated.marks ?? []).map(([offset, ...rest]) => [offset - start, ...rest] as const),
    isOwn,
  };
  if (punctuatedSha256 !== undefined && sha256(punctuated(passage).text) !== punctuatedSha256) {
    throw new Error(`${name}: the marks do not give the text that was annotated`);
  }
  return passage;
}

/** The passage with its punctuation put in, and its spans moved with it; a citation takes in the 《 and 》 that touch it. */
export function punctuated({ text, spans, marks }: Pick<Passage, 'text' | 'spans' | 'marks'>): {
  text: string;
  spans: readonly PassageSpan[];
} {
  const characters = [...text];
  const moved = new Array<number>(characters.length + 1);
  const pieces: string[] = [];
  let length = 0;
  let next = 0;
  let replacedTo = 0;
  for (let at = 0; at <= characters.length; at++) {
    for (; marks[next]?.[0] === at; next++) {
      const [, mark, replaced = 0] = marks[next]!;
      pieces.push(mark);
      length += [...mark].length;
      replacedTo = Math.max(replacedTo, at + replaced);
    }
    moved[at] = length;
    if (at < replacedTo) continue;
    length++;
    pieces.push(characters[at] ?? '');
  }
  const readable = [...pieces.join('')];
  return {
    text: readable.join(''),
    spans: spans.map(([from, to, type, ...rest]) => {
      const [start, end] = [moved[from]!, moved[to - 1]! + 1];
      const isBibl = type === 'bibl';
      const opens = isBibl && readable[start - 1] === '《' ? 1 : 0;
      const closes = isBibl && readable[end] === '》' ? 1 : 0;
      return [start - opens, end + closes, type, ...rest] as const;
    }),
  };
}
