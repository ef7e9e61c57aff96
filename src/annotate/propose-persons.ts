import type { OtherName, Person } from '../authority/authority.ts';
import { fold } from '../core/fold.ts';
import type { Lexicon, LexiconPerson } from '../lexicon/lexicon.ts';
import type { Findings } from './findings.ts';
import { isMostlyName, isTitleEnd, phrasesAround, type TaggedForm } from './tagged-names.ts';

/**
 * Persons: those of the lexicon whom the text names, and the names that the tagger found. A name that is mostly
 * another word is limited to the phrases in which the tagger took it for a name.
 */
export function proposePersons(forms: readonly TaggedForm[], findings: Findings): Person[] {
  const { lexicon, spell, id, known } = findings;
  const listed = listedPersons(forms, findings);
  const ofLexicon = listed.map((person) => lexiconEntity(person, findings));
  const have = new Set(ofLexicon.flatMap(({ names, own }) => [...names, own]));
  const givens = new Set(ofLexicon.flatMap(({ given }) => given ?? []));
  const isTitled = (form: string): boolean => form[0] === '王' && givens.has(form.slice(1));
  const free = withSurnames(
    withoutVerbs(
      forms.filter(({ form }) => [...form].length > 1 && !have.has(form) && !isTitled(form)),
      findings,
    ),
    findings,
  );
  const fullGiven = new Set(free.flatMap(({ form }) => givenOf(form, lexicon) ?? []));
  for (const { given } of ofLexicon) if (given) fullGiven.add(given);
  const own = free
    .filter(({ form }) => !fullGiven.has(form) && !have.has(form))
    .map((one) => ({ name: spell(one.form), own: one.form, given: givenOf(one.form, lexicon), tagged: one }));
  const shortOf = shortNames(
    forms,
    [...ofLexicon, ...own].map((one) => one),
    findings,
  );
  const persons = [
    ...ofLexicon.map(({ name, own: form, given, others, note }) => ({
      form,
      entity: { name, given, others, note },
    })),
    ...own.map(({ name, own: form, given, tagged }) => ({
      form,
      entity: { name, given, others: limited(tagged, name, findings), note: undefined },
    })),
  ];
  return persons.map(({ form, entity: { name, given, others, note } }) => {
    const names = [...others, ...(given ? givenName(given, findings) : []), ...(shortOf.get(form) ?? [])].filter(
      ({ text }) => !known.has(fold(text)),
    );
    return {
      id: id(),
      name,
      ...(given ? { surname: name.slice(0, name.length - given.length) } : {}),
      ...(names.length > 0 ? { names } : {}),
      ...(note ? { note } : {}),
    };
  });
}

/** Given name behind a surname of one character or a known longer one. Folded. */
function givenOf(name: string, { surnames }: Lexicon): string | undefined {
  const characters = [...name];
  const long = characters.slice(0, 2).join('');
  if (surnames.long.has(long) && characters.length > 2) return characters.slice(2).join('');
  return surnames.single.has(characters[0]!) && characters.length > 1 && characters.length <= 3
    ? characters.slice(1).join('')
    : undefined;
}

/** Persons of the lexicon whom the text names in full, or by another name that the tagger took for a person's. */
function listedPersons(forms: readonly TaggedForm[], { present, lexicon, known }: Findings): LexiconPerson[] {
  const voted = new Set(forms.map(({ form }) => form));
  const isSure = (name: string): boolean => {
    const form = fold(name);
    if (!present.has(form) || known.has(form)) return false;
    const classes = lexicon.words.get(form);
    return voted.has(form) || ([...form].length > 2 && classes?.size === 1);
  };
  return lexicon.persons.filter(({ name, aliases }) => isSure(name) || aliases.some(isSure));
}

/** A person of the lexicon with those of its other names that the text has. */
function lexiconEntity(person: LexiconPerson, findings: Findings) {
  const { present, lexicon, tagged, known } = findings;
  const own = fold(person.name);
  const aliases = person.aliases.filter(
    (alias) => present.has(fold(alias)) && !known.has(fold(alias)) && !/可汗$/u.test(alias),
  );
  const others: OtherName[] = aliases.flatMap((alias) => {
    const found = tagged.get(fold(alias));
    if ([...alias].length > 2 && !found) return [{ text: alias, type: 'other' }];
    if (found?.type !== 'persName') return [];
    return isMostlyName(found)
      ? [{ text: alias, type: 'other' }]
      : [{ text: alias, type: 'other', in: phrasesAround(findings.text, found) }];
  });
  const ownForm = tagged.get(own);
  if (ownForm && !isMostlyName(ownForm)) {
    others.push({ text: person.name, type: 'name', in: phrasesAround(findings.text, ownForm) });
  }
  const note = [person.note, person.years].filter((part) => part !== '').join(', ');
  return {
    name: person.name,
    own,
    given: givenOf(own, lexicon),
    names: aliases.map(fold),
    others,
    note: `${note} (lexicon)`,
  };
}

/** A name that goes on with a verb (李璠遇) is the shorter name, where that is found at least as often. */
function withoutVerbs(forms: readonly TaggedForm[], { tagged }: Findings): TaggedForm[] {
  return forms.filter(({ form, places }) => {
    const shorter = tagged.get([...form].slice(0, -1).join(''));
    return [...form].length < 3 || shorter?.type !== 'persName' || places.length > shorter.places.length;
  });
}

/** A given name that the text has behind a surname too (葛懷敏 … 懷敏) is known by its full name. */
function withSurnames(forms: readonly TaggedForm[], { text, lexicon }: Findings): TaggedForm[] {
  const { single, rare } = lexicon.surnames;
  const isSurname = (at: number): boolean => {
    const character = text[at] ?? '';
    if (!single.has(character) || isTitleEnd(text, at)) return false;
    return !rare.has(character) || endsOffice(text, at, lexicon);
  };
  const have = new Set(forms.map(({ form }) => form));
  return forms.flatMap((one) => {
    if ([...one.form].length !== 2 || (single.has(one.form[0]!) && !rare.has(one.form[0]!))) return [one];
    const at = one.places.find((place) => isSurname(place - 1));
    const elsewhere = at ?? firstBehindSurname(text, one.form, isSurname);
    if (elsewhere === undefined) return [one];
    const form = text[elsewhere - 1]! + one.form;
    return have.has(form) ? [] : [{ ...one, form, places: [elsewhere - 1], occurrences: 1 }];
  });
}

function firstBehindSurname(text: string, form: string, isSurname: (at: number) => boolean): number | undefined {
  for (let at = text.indexOf(form, 1); at > 0; at = text.indexOf(form, at + 1)) if (isSurname(at - 1)) return at;
  return undefined;
}

/** True if an office or role ends before this place: a rare surname is one there (判官時德元). */
function endsOffice(text: string, end: number, { words }: Lexicon): boolean {
  for (let length = 2; length <= 5; length++) {
    const classes = words.get(text.slice(Math.max(0, end - length), end));
    if (classes?.has('office') || classes?.has('role') || classes?.has('kin')) return true;
  }
  return false;
}

/** Nothing where the name counts everywhere; else its phrases. */
function limited(tagged: TaggedForm, name: string, { text }: Findings): OtherName[] {
  return isMostlyName(tagged) ? [] : [{ text: name, type: 'name', in: phrasesAround(text, tagged) }];
}

/** A derived given name that is another word too (安全, 延州) counts only where the tagger took it for a name. */
function givenName(given: string, { text, tagged, lexicon }: Findings): OtherName[] {
  if ([...given].length < 2) return [];
  const found = tagged.get(given);
  const isWord = [...(lexicon.words.get(given) ?? [])].some((kind) => kind !== 'person');
  const limit = found ? found.type !== 'persName' || (isWord && !isMostlyName(found)) : isWord;
  if (!limit) return [];
  return [{ text: given, type: 'given', in: found?.type === 'persName' ? phrasesAround(text, found) : [] }];
}

/** One character that the tagger took for a person: the given name of whoever of that name was named last before it. */
function shortNames(
  forms: readonly TaggedForm[],
  persons: readonly { readonly own: string; readonly given: string | undefined }[],
  { text, lexicon: { states } }: Findings,
): Map<string, OtherName[]> {
  const names = new Map<string, OtherName[]>();
  for (const { form, places } of forms) {
    if ([...form].length !== 1 || states.has(form)) continue;
    const bearers = persons.filter(({ given }) => given === form);
    for (const at of places) {
      const last = bearers
        .map(({ own }) => ({ own, at: text.lastIndexOf(own, at) }))
        .filter((one) => one.at >= 0)
        .sort((a, b) => b.at - a.at)[0];
      if (!last) continue;
      const phrases = phrasesAround(text, { form, places: [at] });
      names.set(last.own, [...(names.get(last.own) ?? []), { text: form, type: 'short', in: phrases }]);
    }
  }
  return names;
}
