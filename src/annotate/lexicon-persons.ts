import type { Alternative, OtherName, Person } from '../authority/authority.ts';
import { fold } from '../core/fold.ts';
import type { Lexicon, LexiconPerson } from '../lexicon/lexicon.ts';
import type { Findings } from './findings.ts';
import { fitOf, ranked } from './rank-persons.ts';
import { isMostlyName, phrasesAround, placesOf, type TaggedForm } from './tagged-names.ts';

/** A person of the lexicon whom a text names. Forms are folded. */
export interface ListedPerson {
  readonly name: string;
  readonly own: string;
  readonly given: string | undefined;
  /** The forms of the text that are this person's, the full name aside. */
  readonly forms: readonly string[];
  readonly others: readonly OtherName[];
  /** What the lexicon says of the person, and of others of the name who may be meant. */
  readonly about: Pick<Person, 'note' | 'birth' | 'death' | 'floruit' | 'alternatives' | 'cert'>;
}

/** Alternatives that are less likely are not told. */
const leastDegree = 0.05;

/** Given name behind a surname of one character or a known longer one. Folded. */
export function givenOf(name: string, { surnames }: Lexicon): string | undefined {
  const characters = [...name];
  const long = characters.slice(0, 2).join('');
  if (surnames.long.has(long) && characters.length > 2) return characters.slice(2).join('');
  return surnames.single.has(characters[0]!) && characters.length > 1 && characters.length <= 3
    ? characters.slice(1).join('')
    : undefined;
}

/**
 * Persons of the lexicon whom the text names: in full, by another name, or by a given name alone (仁孝) where the text has
 * nobody of that name. Each form is the person's who fits the time and the states of the text best.
 */
export function listedPersons(forms: readonly TaggedForm[], findings: Findings): ListedPerson[] {
  const { lexicon, world, known } = findings;
  const byForm = new Map<string, LexiconPerson[]>();
  const opened = openedNames(findings);
  // Whom the editor knows is no second entity, by whatever name.
  const isNew = ({ name }: LexiconPerson): boolean => !known.has(fold(name));
  for (const person of lexicon.persons.filter(isNew)) {
    for (const form of new Set([person.name, ...person.aliases].map(fold))) {
      if (isNamed(form, opened, findings)) byForm.set(form, [...(byForm.get(form) ?? []), person]);
    }
  }
  const givens = new Set(
    [...byForm.keys(), ...forms.map(({ form }) => form)].flatMap((form) => givenOf(form, lexicon) ?? []),
  );
  const byGiven = personsByGiven(lexicon);
  for (const { form } of forms) {
    if (byForm.has(form) || givens.has(form) || [...form].length < 2) continue;
    const fitting = (byGiven.get(form) ?? []).filter((person) => isNew(person) && fitOf(person, world) > 0);
    if (fitting.length > 0) byForm.set(form, fitting);
  }
  const chosen = new Map<LexiconPerson, string[]>();
  const rivals = new Map<LexiconPerson, Map<LexiconPerson, number>>();
  for (const [form, persons] of byForm) {
    const [best, ...others] = ranked(persons, world);
    const { person } = best!;
    chosen.set(person, [...(chosen.get(person) ?? []), form]);
    const known = rivals.get(person) ?? new Map<LexiconPerson, number>();
    for (const other of others) known.set(other.person, Math.max(other.degree, known.get(other.person) ?? 0));
    rivals.set(person, known);
  }
  return [...chosen].map(([person, own]) => listedPerson(person, own, rivals.get(person)!, opened, findings));
}

/** True if the text has the form and the tagger, or its length, says that it is a name. */
function isNamed(
  form: string,
  opened: ReadonlyMap<string, unknown>,
  { present, lexicon, known, tagged }: Findings,
): boolean {
  if (!present.has(form) || known.has(form) || form.endsWith('可汗')) return false;
  if (tagged.get(form)?.type === 'persName') return true;
  if (lexicon.words.get(form)?.size !== 1) return false;
  return [...form].length > 2 || opened.has(form);
}

/**
 * Full names of two characters that the tagger passed over, and where they stand as names: at the head of a clause, behind
 * an office.
 */
function openedNames({ text, lexicon, present, known, tagged }: Findings): Map<string, number[]> {
  const { single, rare } = lexicon.surnames;
  const names = lexicon.persons
    .map(({ name }) => fold(name))
    .filter((form) => form.length === 2 && present.has(form) && !known.has(form) && !tagged.has(form))
    .filter((form) => lexicon.words.get(form)?.size === 1 && single.has(form[0]!) && !rare.has(form[0]!));
  const stands = (at: number): boolean => at === 0 || /[\p{P}\s]/u.test(text[at - 1]!) || endsOffice(text, at, lexicon);
  return new Map(
    [...placesOf(text, [...new Set(names)])]
      .map(([form, places]) => [form, places.filter(stands)] as const)
      .filter(([, places]) => places.length > 0),
  );
}

/** True if an office, a role or a word of kin ends before this place. */
export function endsOffice(text: string, end: number, { words }: Lexicon): boolean {
  for (let length = 2; length <= 5; length++) {
    const classes = words.get(text.slice(Math.max(0, end - length), end));
    if (classes?.has('office') || classes?.has('role') || classes?.has('kin')) return true;
  }
  return false;
}

const givenIndexes = new WeakMap<Lexicon, Map<string, LexiconPerson[]>>();

function personsByGiven(lexicon: Lexicon): Map<string, LexiconPerson[]> {
  const known = givenIndexes.get(lexicon);
  if (known) return known;
  const index = new Map<string, LexiconPerson[]>();
  for (const person of lexicon.persons) {
    const given = givenOf(fold(person.name), lexicon);
    if (given && [...given].length > 1) index.set(given, [...(index.get(given) ?? []), person]);
  }
  givenIndexes.set(lexicon, index);
  return index;
}

function listedPerson(
  person: LexiconPerson,
  forms: readonly string[],
  rivals: ReadonlyMap<LexiconPerson, number>,
  opened: ReadonlyMap<string, readonly number[]>,
  findings: Findings,
): ListedPerson {
  const { lexicon, tagged, text, spell, present } = findings;
  const own = fold(person.name);
  const given = givenOf(own, lexicon);
  const others = forms
    .filter((form) => form !== own && form !== given)
    .map((form) => limitedName(spell(form), 'variant', tagged.get(form), text));
  const full = tagged.get(own);
  if (full && !isMostlyName(full)) others.push(limitedName(person.name, 'full', full, text));
  const places = opened.get(own);
  if (places) others.push({ text: person.name, type: 'full', in: phrasesAround(text, { form: own, places }) });
  const alternatives: Alternative[] = [...rivals]
    .filter(([, degree]) => degree >= leastDegree)
    .sort((a, b) => b[1] - a[1])
    .map(([{ name, note, years }, degree]) => ({
      name,
      note: [note, years].filter((one) => one !== '').join(', '),
      degree,
    }));
  // Nothing but a given name says so, or somebody else of the name fits too.
  const unsure = alternatives.length > 0 || !present.has(own);
  return {
    name: person.name,
    own,
    given,
    forms: forms.filter((form) => form !== own),
    others,
    about: {
      ...(person.note === '' ? {} : { note: person.note }),
      ...lifeOf(person.years),
      ...(alternatives.length > 0 ? { alternatives } : {}),
      ...(unsure ? { cert: 'low' } : {}),
    },
  };
}

/** 1003-1048, d. 1002, b. 960 or fl. 1040 as the facts of a person. */
function lifeOf(years: string): Pick<Person, 'birth' | 'death' | 'floruit'> {
  const [first, second] = (/^(?:[bd]\. )?(\d{3,4})(?:-(\d{3,4}))?$/u.exec(years) ?? []).slice(1);
  if (first === undefined) return years === '' ? {} : { floruit: years.replace(/^fl\. /u, '') };
  const [from, to] = [first, second].map((year) => year?.padStart(4, '0'));
  if (years.startsWith('d.')) return { death: from! };
  return { birth: from!, ...(to === undefined ? {} : { death: to }) };
}

/** A name, limited to its phrases where the form is mostly another word. */
function limitedName(name: string, type: string, found: TaggedForm | undefined, text: string): OtherName {
  const isLimited = found?.type === 'persName' && !isMostlyName(found);
  return { text: name, type, ...(isLimited ? { in: phrasesAround(text, found) } : {}) };
}
