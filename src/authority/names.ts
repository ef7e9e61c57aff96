import type { Org, OtherName, Person, Place, Work } from './authority.ts';

/** An entity of any kind. */
export type AnyEntity = Person | Place | Org | Work;

/** The full name of an entity, the title of a work. */
export const nameOf = (entity: AnyEntity): string => ('title' in entity ? entity.title : entity.name);

/** Every form of an entity that its entry lists: the full name and the others. */
export const formsListed = (entity: AnyEntity): string[] => [
  ...new Set([nameOf(entity), ...(entity.names ?? []).map(({ text }) => text)]),
];

/** The names of an entity with those of another that is the same; what the first has stays as it is. */
export function unitedNames(entity: AnyEntity, other: AnyEntity): OtherName[] {
  const theirs: readonly OtherName[] = other.names ?? [];
  const full = nameOf(other);
  const given = givenOf(other);
  const more: OtherName[] = [
    // A full name that its entry limits to phrases stands in its names.
    { text: full, type: 'variant' },
    ...theirs,
    ...(given === '' ? [] : [{ text: given, type: 'given' }]),
  ].filter(({ text }, index, all) => index > 0 || !all.slice(1).some((one) => one.text === text));
  const known = new Set([...formsListed(entity), givenOf(entity)]);
  const added = more.filter(
    ({ text }, index) => !known.has(text) && more.findIndex((one) => one.text === text) === index,
  );
  return [...(entity.names ?? []), ...added];
}

/** The given name that follows from full name and surname. */
const givenOf = (entity: AnyEntity): string =>
  'surname' in entity && entity.surname !== undefined ? entity.name.slice(entity.surname.length) : '';

/** The same entity with the names of another one. */
export const withNamesOf = <T extends AnyEntity>(entity: T, other: T): T => ({
  ...entity,
  names: unitedNames(entity, other),
});

/** One proposal from two of one name: phrases of the same form are put together. */
export function withPhrasesOf<T extends AnyEntity>(entity: T, other: T): T {
  const theirs: readonly OtherName[] = other.names ?? [];
  const names = (entity.names ?? []).map((name: OtherName) => {
    const same = theirs.find(({ text }) => text === name.text);
    if (!name.in || !same?.in) return name;
    const notIn = [...new Set([...(name.notIn ?? []), ...(same.notIn ?? [])])];
    return { ...name, in: [...new Set([...name.in, ...same.in])], ...(notIn.length > 0 ? { notIn } : {}) };
  });
  return entity.names ? { ...entity, names } : entity;
}
