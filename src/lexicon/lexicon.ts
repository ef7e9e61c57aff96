import type { Work } from '../authority/authority.ts';
import offices from './offices.json' with { type: 'json' };
import peoples from './peoples.json' with { type: 'json' };
import places from './places.json' with { type: 'json' };
import surnames from './surnames.json' with { type: 'json' };
import works from './works.json' with { type: 'json' };

/** Kinds of words the lexicons know. */
export type WordClass = 'place' | 'people' | 'state' | 'office' | 'role' | 'kin' | 'not-place';

/** A place of the lexicon. */
export interface LexiconPlace {
  readonly name: string;
  readonly kind: string;
  readonly aliases: readonly string[];
}

/** A word with its classes. */
export interface LexiconWord {
  readonly text: string;
  readonly length: number;
  readonly classes: readonly WordClass[];
}

/** The shipped lexicons; each file beside this one names its origin. */
export interface Lexicon {
  /** Surnames of one character, those that are often other words, and surnames of two characters and more. */
  readonly surnames: {
    readonly single: ReadonlySet<string>;
    readonly rare: ReadonlySet<string>;
    readonly long: ReadonlySet<string>;
  };
  /** Characters that transcribe foreign names. */
  readonly transcription: ReadonlySet<string>;
  /** Words by their text; a word may be of several classes. */
  readonly words: ReadonlyMap<string, ReadonlySet<WordClass>>;
  /** The words by their first character, longest first; lengths in code points. */
  readonly wordsByFirst: ReadonlyMap<string, readonly LexiconWord[]>;
  /** Code points of the longest word. */
  readonly longest: number;
  /** Words before which a person's name ends: 曰, 言, 率. */
  readonly verbs: ReadonlySet<string>;
  /** Kind of a place by the character its name ends with: 州 → prefecture. */
  readonly tails: ReadonlyMap<string, string>;
  readonly places: readonly LexiconPlace[];
  /** Peoples and tribes of two characters and more. */
  readonly peoples: readonly { readonly name: string; readonly kind: 'state' | 'people' | 'tribe' }[];
  /** States of one character. */
  readonly states: readonly string[];
  /** What may follow a state of one character, what may go before it, and compounds in which it is none. */
  readonly stateBefore: readonly string[];
  readonly stateAfter: readonly string[];
  readonly never: readonly string[];
}

/** The catalogue of works that ships with weibian. */
export const lexiconWorks = works.works as unknown as readonly Work[];

let loaded: Lexicon | undefined;

/** The lexicons, put together once per process. */
export function loadLexicon(): Lexicon {
  loaded ??= makeLexicon();
  return loaded;
}

function makeLexicon(): Lexicon {
  const placeList = (places.places as readonly (readonly string[])[]).map(([name = '', kind = '', , aliases = '']) => ({
    name,
    kind,
    aliases: aliases.split(',').filter((alias) => alias !== ''),
  }));
  const states = stateRows();
  const named = [
    ...states.filter(({ name }) => [...name].length > 1),
    ...peoples.peoples.map((name) => ({ name: nameOf(name), kind: 'people' as const })),
    ...peoples.tribes.map((name) => ({ name: nameOf(name), kind: 'tribe' as const })),
  ];
  const words = new Map<string, Set<WordClass>>();
  const add = (list: Iterable<string>, name: WordClass): void => {
    for (const word of list) {
      if ([...word].length < 2) continue;
      words.set(word, (words.get(word) ?? new Set()).add(name));
    }
  };
  add(
    placeList.flatMap(({ name, aliases }) => [name, ...aliases]),
    'place',
  );
  add(
    named.map(({ name }) => name),
    'people',
  );
  add([...offices.offices, ...offices.ranks, ...offices.titles], 'office');
  add(offices.roles, 'role');
  add(offices.kin, 'kin');
  add(places['not-places'], 'not-place');
  const long = [surnames.double, surnames.khitan, surnames.tangut, surnames.jurchen]
    .flat()
    .filter((name) => [...name].length > 1);
  return {
    surnames: {
      single: new Set([...surnames.single, ...surnames.rare]),
      rare: new Set(surnames.rare),
      long: new Set(long),
    },
    transcription: new Set(Object.values(surnames.transcription).join('')),
    words,
    wordsByFirst: byFirst(words),
    longest: Math.max(...[...words.keys()].map((word) => [...word].length)),
    verbs: new Set(offices.verbs['person-subject']),
    tails: tailKinds(),
    places: placeList,
    peoples: named,
    states: states.filter(({ name }) => [...name].length === 1).map(({ name }) => name),
    stateBefore: peoples['state-before'],
    stateAfter: peoples['state-after'],
    never: peoples.never,
  };
}

function byFirst(words: ReadonlyMap<string, ReadonlySet<WordClass>>): Map<string, LexiconWord[]> {
  const index = new Map<string, LexiconWord[]>();
  for (const [text, classes] of words) {
    const characters = [...text];
    const list = index.get(characters[0]!);
    const word = { text, length: characters.length, classes: [...classes] };
    if (list) list.push(word);
    else index.set(characters[0]!, [word]);
  }
  for (const list of index.values()) list.sort((a, b) => b.length - a.length || (a.text < b.text ? -1 : 1));
  return index;
}

/** A row is a name, or a list that opens with it. */
const nameOf = (row: unknown): string => (Array.isArray(row) ? String(row[0]) : String(row));

/** States and their other names. One character is a state by its neighbours only, and only where the rule says so. */
function stateRows(): { name: string; kind: 'state' }[] {
  return peoples.states.flatMap(([name = '', aliases = '', rule = '']) => {
    const own = [...name].length > 1 || rule.includes('state-after') ? [name] : [];
    return [...own, ...aliases.split(',').filter((alias) => [...alias].length > 1)].map((one) => ({
      name: one,
      kind: 'state' as const,
    }));
  });
}

function tailKinds(): Map<string, string> {
  const kinds = new Map<string, string>();
  for (const [kind, tails] of Object.entries(places.tails)) for (const tail of [tails].flat()) kinds.set(tail, kind);
  return kinds;
}
