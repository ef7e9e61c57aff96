import { commonCharacters } from '../lexicon/lexicon.ts';
import type { Gazetteer, NameForm } from './gazetteer.ts';

/** The forms of one word of the gazetteer, by what has to be asked where it stands. */
export interface WordForms {
  /** UTF-16 units. */
  readonly length: number;
  /** One character: of all forms most are given names of this kind, and they stand everywhere. */
  readonly isSingle: boolean;
  /** The character is mostly a word of its own. */
  readonly isCommon: boolean;
  /** Those that need a phrase. */
  readonly phrased: readonly NameForm[];
  /** Those that count wherever they stand: full names, and states of one character. */
  readonly full: readonly NameForm[];
  readonly given: readonly NameForm[];
}

const wordsByGazetteer = new WeakMap<Gazetteer, readonly WordForms[]>();

/** The forms by the numbers of their words; divided once, for a text has many entries. */
export function wordsOf(gazetteer: Gazetteer): readonly WordForms[] {
  const made = wordsByGazetteer.get(gazetteer) ?? gazetteer.forms.map(divided);
  wordsByGazetteer.set(gazetteer, made);
  return made;
}

function divided(forms: readonly NameForm[]): WordForms {
  const { text } = forms[0]!;
  const isSingle = [...text].length === 1;
  const anywhere = forms.filter((form) => !form.in);
  return {
    length: text.length,
    isSingle,
    isCommon: commonCharacters.has(text),
    phrased: forms.filter((form) => form.in),
    full: anywhere.filter(({ use, type }) => use === 'full' && (!isSingle || type === 'orgName')),
    given: anywhere.filter(({ use }) => use === 'given'),
  };
}
