import type { Authority, OtherName } from '../authority/authority.ts';
import type { NameType } from './annotation.ts';

/** A form under which texts name an entity, and when it may be taken for it. */
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
  /** The correct form, where this one is a misprint. */
  readonly corr?: string;
  readonly in?: readonly string[];
  readonly notIn?: readonly string[];
}

/** All forms of the authority files, by their first character, longest first. */
export type Gazetteer = ReadonlyMap<string, readonly NameForm[]>;

/** The authority files that name entities. */
export type NamedEntities = Pick<Authority, 'persons' | 'places' | 'orgs'>;

/**
 * Collects every form of every entity, those of proposals too. Forms of one character need a rule or a phrase to count,
 * but for peoples and states.
 */
export function makeGazetteer(authority: NamedEntities, proposals?: NamedEntities): Gazetteer {
  return index([...formsOf(authority, false), ...(proposals ? formsOf(proposals, true) : [])]);
}

function formsOf(authority: NamedEntities, proposed: boolean): NameForm[] {
  const forms: NameForm[] = [];
  for (const { id, name, surname, names } of authority.persons) {
    const base = { type: 'persName', ref: id, takesTribe: false, proposed } as const;
    forms.push(...ownName(base, name, names), ...others(base, name, names));
    const given = surname && name.startsWith(surname) ? name.slice(surname.length) : '';
    if (given && !names?.some(({ text }) => text === given)) forms.push({ ...base, text: given, use: 'given' });
  }
  for (const { id, name, kind, names } of authority.places) {
    const base = { type: 'placeName', ref: id, takesTribe: false, proposed } as const;
    forms.push(...ownName(base, name, names), ...others(base, name, names));
    if (kind === 'prefecture' && /^.州$/u.test(name)) {
      forms.push({ ...base, text: name.slice(0, -1), use: 'place-short' });
    }
  }
  for (const { id, name, kind, names } of authority.orgs) {
    const base = { type: 'orgName', ref: id, takesTribe: kind !== 'state', proposed } as const;
    forms.push(...ownName(base, name, names), ...others(base, name, names));
    const bare = kind === 'tribe' && name.endsWith('族') ? name.slice(0, -1) : '';
    if ([...bare].length > 1 && !names?.some(({ text }) => text === bare))
      forms.push({ ...base, text: bare, use: 'full' });
  }
  return forms;
}

/** The full name, wherever it stands; an entry of `names` with the same text may limit it to phrases. */
function ownName(
  base: Pick<NameForm, 'type' | 'ref' | 'takesTribe' | 'proposed'>,
  name: string,
  names: readonly OtherName[] = [],
): NameForm[] {
  return names.some(({ text }) => text === name) ? [] : [{ ...base, text: name, use: 'full' }];
}

function others(
  base: Pick<NameForm, 'type' | 'ref' | 'takesTribe' | 'proposed'>,
  name: string,
  names: readonly OtherName[] = [],
): NameForm[] {
  return names.map((other) => ({
    ...base,
    text: other.text,
    use: other.type === 'given' && [...other.text].length === 1 && !other.in ? 'given' : 'full',
    ...(other.type === 'misprint' ? { corr: other.for ?? name } : {}),
    ...(other.in ? { in: other.in } : {}),
    ...(other.notIn ? { notIn: other.notIn } : {}),
  }));
}

function index(forms: readonly NameForm[]): Gazetteer {
  const byFirst = new Map<string, NameForm[]>();
  for (const form of forms) {
    const first = String.fromCodePoint(form.text.codePointAt(0)!);
    const list = byFirst.get(first) ?? [];
    byFirst.set(first, [...list, form]);
  }
  for (const list of byFirst.values()) list.sort((a, b) => b.text.length - a.text.length || (a.ref < b.ref ? -1 : 1));
  return byFirst;
}

/** True if the form, standing at this UTF-16 index of the text, is inside one of the phrases. */
export function insidePhrase(text: string, at: number, form: string, phrases: readonly string[]): boolean {
  return phrases.some((phrase) => {
    for (let inside = phrase.indexOf(form); inside >= 0; inside = phrase.indexOf(form, inside + 1)) {
      if (text.startsWith(phrase, at - inside)) return true;
    }
    return false;
  });
}
