import type { Authority, OtherName, Person } from '../authority/authority.ts';
import { fold } from '../core/fold.ts';
import { WordTrie } from '../core/word-trie.ts';
import type { Certainty, NameType } from './annotation.ts';

/** A form under which texts name an entity, and when it may be taken for it. Text and phrases are folded. */
export interface NameForm {
  readonly text: string;
  readonly type: NameType;
  readonly ref: string;
  /**
   * `full`: wherever it stands. `given`: derived from full name and surname. `place-short`: the one character of a
   * prefecture, in chains only.
   */
  readonly use: 'full' | 'given' | 'place-short';
  /** The people or tribe whose name takes a following 族 with it. */
  readonly takesTribe: boolean;
  /** Nobody has looked at the entity yet. */
  readonly proposed: boolean;
  /** How sure the proposal of the entity is. */
  readonly cert?: Certainty;
  /** Of a person: first and last year in which a text may speak of what it did, proleptic Gregorian. */
  readonly years?: readonly [number, number];
  /** Of a person: words in the entry that tell it from others of the name. */
  readonly context?: readonly string[];
  /** The correct form, where this one is a misprint. */
  readonly corr?: string;
  readonly in?: Phrases;
  readonly notIn?: Phrases;
}

/** All forms of the authority files: the words of the trie, and by their numbers what they may mean. */
export interface Gazetteer {
  readonly trie: WordTrie;
  readonly forms: readonly (readonly NameForm[])[];
}

/** Phrases around a form, to be looked up in time of their different lengths, not of their number. */
export class Phrases {
  /** Code units before and behind the form, and the phrases that have so many. */
  readonly #groups: { before: number; after: number; phrases: Set<string> }[] = [];

  constructor(form: string, phrases: readonly string[]) {
    for (const phrase of phrases) {
      for (let at = phrase.indexOf(form); at >= 0; at = phrase.indexOf(form, at + 1)) this.#add(phrase, at, form);
    }
  }

  #add(phrase: string, before: number, form: string): void {
    const after = phrase.length - before - form.length;
    let group = this.#groups.find((one) => one.before === before && one.after === after);
    if (!group) {
      group = { before, after, phrases: new Set() };
      this.#groups.push(group);
    }
    group.phrases.add(phrase);
  }

  /** True if the form, standing at this UTF-16 index of the folded text, is inside one of the phrases. */
  hold(text: string, at: number, length: number): boolean {
    return this.#groups.some(
      ({ before, after, phrases }) => at >= before && phrases.has(text.slice(at - before, at + length + after)),
    );
  }
}

/** A name found for an entity that the editor's files have. */
export interface MoreNames {
  readonly type: NameType;
  readonly ref: string;
  readonly name: OtherName;
}

/** The authority files that name entities. */
export type NamedEntities = Pick<Authority, 'persons' | 'places' | 'orgs'>;

/**
 * Collects every form of every entity, those of proposals too. Forms of one character need a rule or a phrase to count,
 * but for peoples and states.
 */
export function makeGazetteer(
  authority: NamedEntities,
  proposals?: NamedEntities,
  more: readonly MoreNames[] = [],
): Gazetteer {
  const proposed = proposals ? formsOf(proposals, true) : [];
  const named = more.flatMap(({ type, ref, name }) =>
    others({ type, ref, takesTribe: false, proposed: true }, name.text, [name]),
  );
  return index([...formsOf(authority, false), ...proposed, ...named]);
}

function formsOf(authority: NamedEntities, proposed: boolean): NameForm[] {
  const forms: NameForm[] = [];
  for (const person of authority.persons) {
    const { id, name, surname, names, cert, context } = person;
    const years = yearsOf(person);
    const base = {
      type: 'persName',
      ref: id,
      takesTribe: false,
      proposed,
      ...(cert ? { cert } : {}),
      ...(years ? { years } : {}),
      ...(context ? { context: context.map(fold) } : {}),
    } as const;
    forms.push(...ownName(base, name, names), ...others(base, name, names));
    const given = surname && name.startsWith(surname) ? name.slice(surname.length) : '';
    if (given && !names?.some(({ text, type }) => text === given && type !== 'short')) {
      forms.push({ ...base, text: fold(given), use: 'given' });
    }
  }
  for (const { id, name, kind, names } of authority.places) {
    const base = { type: 'placeName', ref: id, takesTribe: false, proposed } as const;
    forms.push(...ownName(base, name, names), ...others(base, name, names));
    if (kind === 'prefecture' && /^.州$/u.test(name)) {
      forms.push({ ...base, text: fold(name.slice(0, -1)), use: 'place-short' });
    }
  }
  for (const { id, name, kind, names } of authority.orgs) {
    const base = { type: 'orgName', ref: id, takesTribe: kind !== 'state', proposed } as const;
    forms.push(...ownName(base, name, names), ...others(base, name, names));
    const bare = kind === 'tribe' && name.endsWith('族') ? name.slice(0, -1) : '';
    if ([...bare].length > 1 && !names?.some(({ text }) => text === bare))
      forms.push({ ...base, text: fold(bare), use: 'full' });
  }
  return forms;
}

/** From birth to death, or around the floruit; undefined where the entry says nothing. */
function yearsOf({ birth, death, floruit }: Person): readonly [number, number] | undefined {
  const year = (text: string | undefined): number | undefined =>
    text === undefined ? undefined : Number.parseInt(text, 10);
  const [from, to] = [year(birth), year(death)];
  if (from !== undefined || to !== undefined) return [from ?? to! - lifetime, to ?? from! + lifetime];
  const found = (floruit?.match(/\d{3,4}/gu) ?? []).map(Number);
  return found.length === 0 ? undefined : [Math.min(...found) - lifetime / 2, Math.max(...found) + lifetime / 2];
}

const lifetime = 80;

type Base = Pick<NameForm, 'type' | 'ref' | 'takesTribe' | 'proposed' | 'cert' | 'years' | 'context'>;

/** The full name, wherever it stands; an entry of `names` with the same text may limit it to phrases. */
function ownName(base: Base, name: string, names: readonly OtherName[] = []): NameForm[] {
  return names.some(({ text }) => text === name) ? [] : [{ ...base, text: fold(name), use: 'full' }];
}

function others(base: Base, name: string, names: readonly OtherName[] = []): NameForm[] {
  return withJoinedPhrases(names).map((other) => {
    const text = fold(other.text);
    return {
      ...base,
      text,
      use: other.type === 'given' && [...text].length === 1 && !other.in ? 'given' : 'full',
      ...(other.type === 'misprint' ? { corr: other.for ?? name } : {}),
      ...(other.in ? { in: new Phrases(text, other.in.map(fold)) } : {}),
      ...(other.notIn ? { notIn: new Phrases(text, other.notIn.map(fold)) } : {}),
    };
  });
}

/** Names that differ only in the phrases they need are one: a text names a person by one character thousands of times. */
function withJoinedPhrases(names: readonly OtherName[]): readonly OtherName[] {
  const phrases = new Map<string, string[]>();
  const kept: OtherName[] = [];
  for (const one of names) {
    const kind = one.in && !one.notIn ? [one.text, one.type, one.for].join(' ') : undefined;
    const known = kind === undefined ? undefined : phrases.get(kind);
    if (known) known.push(...one.in!);
    else if (kind === undefined) kept.push(one);
    else {
      const own = [...one.in!];
      phrases.set(kind, own);
      kept.push({ ...one, in: own });
    }
  }
  return kept;
}

function index(found: readonly NameForm[]): Gazetteer {
  const byText = new Map<string, NameForm[]>();
  for (const form of found) {
    const list = byText.get(form.text);
    if (list) list.push(form);
    else byText.set(form.text, [form]);
  }
  const forms = [...byText.values()].map((list) => list.sort((a, b) => (a.ref < b.ref ? -1 : 1)));
  return { trie: new WordTrie([...byText.keys()]), forms };
}
