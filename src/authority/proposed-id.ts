import type { AuthorityKind } from './authority.ts';

const prefixes: Readonly<Record<AuthorityKind, string>> = {
  persons: 'person',
  places: 'place',
  orgs: 'org',
  works: 'work',
};

/**
 * The id of a proposal: kind and code points of the name (張浦 → `person-5f35-6d66`), so that it is the same in every
 * document and does not shift when the text grows. A figure follows where an edited entry has taken the id (`isTaken`).
 */
export function proposedId(kind: AuthorityKind, name: string, isTaken: (id: string) => boolean): string {
  const points = [...name].map((character) => character.codePointAt(0)!.toString(16));
  const id = [prefixes[kind], ...points].join('-');
  if (!isTaken(id)) return id;
  let n = 2;
  while (isTaken(`${id}-n${n}`)) n++;
  return `${id}-n${n}`;
}
