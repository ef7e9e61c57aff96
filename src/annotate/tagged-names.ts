import { foldPattern } from '../core/fold.ts';
import type { Span } from '../core/span.ts';
import { WordTrie } from '../core/word-trie.ts';
import { commonCharacters, type Lexicon } from '../lexicon/lexicon.ts';
import type { NameType } from './annotation.ts';
import { type TaggerModel, tag } from './tagger.ts';
import { type TakenUnits, tokenise } from './tokens.ts';

/** What the tagger made of one form over a whole text. All positions are UTF-16 units of the folded text. */
export interface TaggedForm {
  readonly form: string;
  /** The type it was found as most often. */
  readonly type: NameType;
  /** Where it was found as that type. */
  readonly places: readonly number[];
  /** How often the text has it, whether the tagger took it for a name or not, outside of longer names. */
  readonly occurrences: number;
  /** It may be read as another word: the lexicons have it, or all its characters are common. */
  readonly isWord: boolean;
}

/** Tags a folded text and gathers what was found by its form, in order of the text. */
export function tagForms(
  text: string,
  taken: readonly TakenUnits[],
  lexicon: Lexicon,
  model: TaggerModel,
  bias: number,
): Map<string, TaggedForm> {
  const tokens = tokenise(text, taken, lexicon);
  const found = new Map<string, Map<NameType, number[]>>();
  for (const { start, end, type } of tag(tokens, model, bias)) {
    const title = type === 'persName' && end - start > 1 && isTitleEnd(text, tokens.units[start]!) ? 1 : 0;
    const from = tokens.units[start]! + title;
    const form = text.slice(from, tokens.units[end - 1]! + (tokens.codes[end - 1]! > 0xffff ? 2 : 1));
    if (/\s/u.test(form) || (form.endsWith('氏') && text[from - 1] === '姓')) continue;
    const types = found.get(form) ?? new Map<NameType, number[]>();
    const places = types.get(type);
    if (places) places.push(from);
    else types.set(type, [from]);
    found.set(form, types);
  }
  const whole = wholeForms(text, [...found.keys()]);
  for (const [part, form] of whole) {
    const types = found.get(form) ?? new Map<NameType, number[]>();
    for (const [type, places] of found.get(part)!) types.set(type, [...(types.get(type) ?? []), ...places]);
    found.delete(part);
    found.set(form, types);
  }
  const counts = countForms(text, [...found.keys()], taken);
  return new Map(
    [...found].map(([form, types]) => {
      const [type, places] = [...types].sort((a, b) => b[1].length - a[1].length)[0]!;
      const occurrences = Math.max(counts.get(form) ?? 0, places.length);
      return [form, { form, type, places, occurrences, isWord: isWord(form, lexicon) }];
    }),
  );
}

/** Forms that one rare character follows wherever they stand (阿嚕 before 岱, three times) go on with it. */
function wholeForms(text: string, forms: readonly string[]): Map<string, string> {
  const whole = new Map<string, string>();
  for (const [form, places] of placesOf(
    text,
    forms.filter((form) => form.length > 1),
  )) {
    const next = text[places[0]! + form.length] ?? '';
    const isRare = /\p{Script=Han}/u.test(next) && !commonCharacters.has(next);
    if (places.length > 1 && isRare && places.every((at) => text[at + form.length] === next))
      whole.set(form, form + next);
  }
  return whole;
}

function isWord(form: string, { words }: Lexicon): boolean {
  const kinds = words.get(form);
  if (kinds) return [...kinds].some((kind) => !['person', 'place', 'people'].includes(kind));
  return [...form].every((character) => commonCharacters.has(character));
}

const kingBefore = foldPattern(/[國汗郡夏遼金平大]$/u);

/** True if 王 at this place ends a title (國王乾順, 可汗王祿勝) and is no surname. */
export function isTitleEnd(text: string, at: number): boolean {
  return text[at] === '王' && kingBefore.test(text.slice(Math.max(0, at - 1), at));
}

/** How often each form stands in a text, the longest first, outside what is taken. */
export function countForms(text: string, forms: readonly string[], taken: readonly Span[]): Map<string, number> {
  const trie = new WordTrie(forms);
  const counts = new Map<string, number>();
  let next = 0;
  for (let at = 0; at < text.length; ) {
    while (taken[next] && taken[next]!.end <= at) next++;
    const span = taken[next];
    if (span && span.start <= at) {
      at = span.end;
      continue;
    }
    let form = '';
    trie.matches(text, at, span?.start ?? text.length, (word) => {
      form = forms[word]!;
    });
    if (form !== '') counts.set(form, (counts.get(form) ?? 0) + 1);
    at += form.length || 1;
  }
  return counts;
}

/** Where each of the forms stands in a text, inside of others too. */
export function placesOf(text: string, forms: readonly string[]): Map<string, number[]> {
  const trie = new WordTrie(forms);
  const places = new Map<string, number[]>(forms.map((form) => [form, []]));
  for (let at = 0; at < text.length; at++) {
    trie.matches(text, at, text.length, (word) => places.get(forms[word]!)!.push(at));
  }
  return places;
}

/** A form taken for a name in fewer than half of its places is mostly another word, unless it can hardly be one. */
export const isMostlyName = ({ places, occurrences, isWord }: TaggedForm): boolean =>
  places.length * (isWord ? 2 : 4) >= occurrences;

/** The form with two characters on either side, at each of its places: phrases by which a text tells it from other words. */
export function phrasesAround(text: string, { form, places }: Pick<TaggedForm, 'form' | 'places'>): string[] {
  return [...new Set(places.map((at) => text.slice(Math.max(0, at - 2), at + form.length + 2)))];
}
