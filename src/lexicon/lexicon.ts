import type { Work } from '../authority/authority.ts';
import { fold } from '../core/fold.ts';
import { WordTrie } from '../core/word-trie.ts';
import characters from './characters.json' with { type: 'json' };
import { readWordLists, type WordLists } from './word-lists.ts';
import works from './works.json' with { type: 'json' };

/** Kinds of words the lexicons know. */
export type WordClass = 'place' | 'people' | 'state' | 'office' | 'role' | 'kin' | 'not-place' | 'person';

/** A place of the lexicon. */
export interface LexiconPlace {
  readonly name: string;
  readonly kind: string;
  readonly aliases: readonly string[];
}

/** A state, people or tribe of the lexicon. */
export interface LexiconPeople {
  readonly name: string;
  readonly kind: 'state' | 'people' | 'tribe';
  /** Other names, of two characters and more. */
  readonly aliases: readonly string[];
}

/** A historical person of the lexicon. */
export interface LexiconPerson {
  readonly name: string;
  readonly aliases: readonly string[];
  /** song, liao, xia … */
  readonly state: string;
  /** Life or floruit as written: 1003-1048, fl. 1040; empty where unknown. */
  readonly years: string;
  readonly note: string;
}

/** All words of the lexicons, to be found in folded text. */
export interface WordIndex {
  readonly trie: WordTrie;
  /** By the number that the trie gives a word. */
  readonly texts: readonly string[];
  readonly classesOf: readonly (readonly WordClass[])[];
}

/**
 * The shipped lexicons; each file beside this one names its origin. All words are folded (core/fold.ts) but for the
 * names of `places`, `peoples` and `persons`, which stand as histories write them.
 */
export interface Lexicon {
  /** Surnames of one character, those that are often other words, and surnames of two characters and more. */
  readonly surnames: {
    readonly single: ReadonlySet<string>;
    readonly rare: ReadonlySet<string>;
    readonly long: ReadonlySet<string>;
  };
  /** Characters that transcribe foreign names. */
  readonly transcription: ReadonlySet<string>;
  /** Cluster of a character by its neighbours in running text, from 1. */
  readonly clusters: ReadonlyMap<string, number>;
  /** Words by their text; a word may be of several classes. */
  readonly words: ReadonlyMap<string, ReadonlySet<WordClass>>;
  readonly wordIndex: WordIndex;
  /** Words before which a person's name ends: 曰, 言, 率. */
  readonly verbs: ReadonlySet<string>;
  /** Kind of a place by the character its name ends with: 州 → prefecture. */
  readonly tails: ReadonlyMap<string, string>;
  readonly places: readonly LexiconPlace[];
  readonly persons: readonly LexiconPerson[];
  /** States, peoples and tribes by their full names. */
  readonly peoples: readonly LexiconPeople[];
  /** States that go by one character, and their full names (夏 → 西夏). */
  readonly states: ReadonlyMap<string, string>;
  /** Those that do so beside other states only: 梁、唐、晉、漢、周. */
  readonly listedStates: ReadonlyMap<string, string>;
  /** What may follow a state of one character, what may go before it, and compounds in which it is none. */
  readonly stateBefore: readonly string[];
  readonly stateAfter: readonly string[];
  readonly never: readonly string[];
}

/** The catalogue of works that ships with weibian. */
export const lexiconWorks = works.works as unknown as readonly Work[];

/** Characters that are mostly words of their own in running prose, folded. */
export const commonCharacters: ReadonlySet<string> = new Set(characters.common);

let loaded: Lexicon | undefined;

/** The lexicons, put together once per process. */
export function loadLexicon(): Lexicon {
  loaded ??= makeLexicon();
  return loaded;
}

function makeLexicon(): Lexicon {
  const lists = readWordLists();
  const { clusters, peoples, places, surnames } = lists;
  const placeList = (places.places as readonly (readonly string[])[]).map(([name = '', kind = '', , aliases = '']) => ({
    name,
    kind,
    aliases: listOf(aliases),
  }));
  const persons = (lists.persons.persons as readonly (readonly string[])[]).map(
    ([name = '', aliases = '', state = '', years = '', note = '']) => ({
      name,
      aliases: listOf(aliases),
      state,
      years,
      note,
    }),
  );
  const named: LexiconPeople[] = [
    ...peoples.states.map(([name = '', aliases = '']) => ({ name, kind: 'state' as const, aliases: listOf(aliases) })),
    ...peoples.peoples.map((row) => ({ name: nameOf(row), kind: 'people' as const, aliases: [] })),
    ...peoples.tribes.map((row) => ({ name: nameOf(row), kind: 'tribe' as const, aliases: [] })),
  ];
  const words = wordsOf(placeList, persons, named, lists);
  const long = [surnames.double, surnames.khitan, surnames.tangut, surnames.jurchen]
    .flat()
    .filter((name) => [...name].length > 1);
  return {
    surnames: {
      single: folded([...surnames.single, ...surnames.rare]),
      rare: folded(surnames.rare),
      long: folded(long),
    },
    transcription: folded(Object.values(surnames.transcription).join('')),
    clusters: new Map(clusters.clusters.flatMap((list, at) => [...list].map((one) => [one, at + 1] as const))),
    words,
    wordIndex: indexWords(words),
    verbs: folded(lists.offices.verbs['person-subject']),
    tails: tailKinds(lists),
    places: placeList,
    persons,
    peoples: named,
    states: stateNames(lists, /state-after/u),
    listedStates: stateNames(lists, /lists/u),
    stateBefore: peoples['state-before'].map(fold),
    stateAfter: peoples['state-after'].map(fold),
    never: peoples.never.map(fold),
  };
}

/** Makes words findable in folded text. */
export function indexWords(words: ReadonlyMap<string, ReadonlySet<WordClass>>): WordIndex {
  const texts = [...words.keys()];
  return { trie: new WordTrie(texts), texts, classesOf: [...words.values()].map((classes) => [...classes]) };
}

const folded = (words: Iterable<string>): Set<string> => new Set([...words].map(fold));

const listOf = (commaSeparated: string): string[] => commaSeparated.split(',').filter((one) => one !== '');

function wordsOf(
  placeList: readonly LexiconPlace[],
  persons: readonly LexiconPerson[],
  named: readonly LexiconPeople[],
  { offices, places }: WordLists,
): Map<string, Set<WordClass>> {
  const words = new Map<string, Set<WordClass>>();
  const add = (list: Iterable<string>, kind: WordClass): void => {
    for (const word of list) {
      if ([...word].length < 2) continue;
      const form = fold(word);
      const classes = words.get(form);
      if (classes) classes.add(kind);
      else words.set(form, new Set([kind]));
    }
  };
  add(
    placeList.flatMap(({ name, aliases }) => [name, ...aliases]),
    'place',
  );
  add(
    persons.flatMap(({ name, aliases }) => [name, ...aliases]),
    'person',
  );
  add(
    named.flatMap(({ name, aliases }) => [name, ...aliases]),
    'people',
  );
  add([...offices.offices, ...offices.ranks, ...offices.titles], 'office');
  add(offices.roles, 'role');
  add(offices.kin, 'kin');
  add(places['not-places'], 'not-place');
  return words;
}

/** A row is a name, or a list that opens with it. */
const nameOf = (row: unknown): string => (Array.isArray(row) ? String(row[0]) : String(row));

/** One character is a state by its neighbours only, and only where its row says so. */
function stateNames({ peoples }: WordLists, rulePattern: RegExp): Map<string, string> {
  return new Map(
    peoples.states
      .filter(([name = '', , rule = '']) => [...name].length === 1 && rulePattern.test(rule))
      .map(([name = '', , , full = name]) => [fold(name), full] as const),
  );
}

function tailKinds({ places }: WordLists): Map<string, string> {
  const kinds = new Map<string, string>();
  for (const [kind, tails] of Object.entries(places.tails))
    for (const tail of [tails].flat()) kinds.set(fold(tail), kind);
  return kinds;
}
