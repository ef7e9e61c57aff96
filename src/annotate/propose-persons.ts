import type { OtherName, Person } from '../authority/authority.ts';
import { fold } from '../core/fold.ts';
import type { Lexicon } from '../lexicon/lexicon.ts';
import type { Findings } from './findings.ts';
import { endsOffice, givenOf, listedPersons } from './lexicon-persons.ts';
import { isMostlyName, isTitleEnd, phrasesAround, placesOf, type TaggedForm } from './tagged-names.ts';

/**
 * Persons: those of the lexicon whom the text names, and the names that the tagger found. A name that is mostly
 * another word is limited to the phrases in which the tagger took it for a name.
 */
export function proposePersons(forms: readonly TaggedForm[], findings: Findings): Person[] {
  const { lexicon, spell, id, known } = findings;
  const { names: long, shorts: cut } = withoutActs(
    forms.filter(({ form }) => [...form].length > 1),
    lexicon,
  );
  const whole = withSurnames(withoutVerbs(long, findings), findings);
  const listed = listedPersons(whole, findings);
  const have = new Set(listed.flatMap(({ forms, own }) => [...forms, own]));
  const givens = new Set(listed.flatMap(({ given }) => given ?? []));
  const isTitled = (form: string): boolean => form[0] === '王' && givens.has(form.slice(1));
  const free = whole.filter(({ form }) => !have.has(form) && !isTitled(form));
  const allGiven = new Set([...givens, ...free.flatMap(({ form }) => givenOf(form, lexicon) ?? [])]);
  const own = free
    .filter(({ form }) => !allGiven.has(form) && !have.has(form))
    .map((one) => ({
      name: spell(one.form),
      own: one.form,
      given: givenOf(one.form, lexicon),
      others: limited(one, spell(one.form), findings),
      about: {},
    }));
  const persons = [...listed, ...own];
  const shorts = shortNames([...forms, ...cut], persons, findings);
  return persons.map(({ name, own: form, given, others, about }) => {
    const names = [...others, ...(given ? givenName(given, findings) : []), ...(shorts.get(form) ?? [])].filter(
      ({ text }) => !known.has(fold(text)),
    );
    return {
      id: id(),
      name,
      ...(given ? { surname: name.slice(0, name.length - given.length) } : {}),
      ...(names.length > 0 ? { names } : {}),
      ...about,
    };
  });
}

/** 濟剌 behind 裴濟 is 濟 and what he does: a form of two characters, found once, that opens with a given name of the text and no surname. */
function withoutActs(
  forms: readonly TaggedForm[],
  lexicon: Lexicon,
): { readonly names: readonly TaggedForm[]; readonly shorts: readonly TaggedForm[] } {
  const givens = new Set(forms.flatMap(({ form }) => givenOf(form, lexicon) ?? []));
  const isAct = ({ form, occurrences }: TaggedForm): boolean =>
    [...form].length === 2 && occurrences === 1 && givens.has(form[0]!) && !lexicon.surnames.single.has(form[0]!);
  return {
    names: forms.filter((one) => !isAct(one)),
    shorts: forms.filter(isAct).map((one) => ({ ...one, form: one.form[0]! })),
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
  const alone = forms.filter(({ form }) => [...form].length === 2 && !(single.has(form[0]!) && !rare.has(form[0]!)));
  const places = placesOf(
    text,
    alone.map(({ form }) => form),
  );
  const lone = new Set(alone);
  return forms.flatMap((one) => {
    const all = lone.has(one) ? [...one.places, ...(places.get(one.form) ?? [])] : [];
    const at = all.find((place) => isSurname(place - 1));
    if (at === undefined) return [one];
    const form = text[at - 1]! + one.form;
    return have.has(form) ? [] : [{ ...one, form, places: [at - 1], occurrences: 1 }];
  });
}

/** Nothing where the name counts everywhere; else its phrases. */
function limited(tagged: TaggedForm, name: string, { text }: Findings): OtherName[] {
  return isMostlyName(tagged) ? [] : [{ text: name, type: 'full', in: phrasesAround(text, tagged) }];
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
  const short = forms.filter(({ form }) => [...form].length === 1 && !states.has(form));
  const wanted = new Set(short.map(({ form }) => form));
  const bearers = persons.filter(({ given }) => given !== undefined && wanted.has(given));
  const named = placesOf(
    text,
    bearers.map(({ own }) => own),
  );
  for (const { form, places } of short) {
    for (const at of places) {
      const [last] = bearers
        .filter(({ given }) => given === form)
        .map(({ own }) => ({ own, at: lastBefore(named.get(own) ?? [], at) }))
        .filter((one) => one.at >= 0)
        .sort((a, b) => b.at - a.at);
      if (!last) continue;
      const phrases = phrasesAround(text, { form, places: [at] });
      names.set(last.own, [...(names.get(last.own) ?? []), { text: form, type: 'short', in: phrases }]);
    }
  }
  return names;
}

/** The last of the sorted places before another one, -1 if none is. */
function lastBefore(places: readonly number[], at: number): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (places[middle]! < at) low = middle + 1;
    else high = middle;
  }
  return places[low - 1] ?? -1;
}
