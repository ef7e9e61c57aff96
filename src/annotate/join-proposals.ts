import type { Authority, AuthorityKind } from '../authority/authority.ts';
import { withPhrasesOf } from '../authority/names.ts';
import { proposedId } from '../authority/proposed-id.ts';
import { fold } from '../core/fold.ts';
import { makeGazetteer, type NamedEntities } from './gazetteer.ts';

const noEntities: NamedEntities = { persons: [], places: [], orgs: [] };

type NamedKind = Exclude<AuthorityKind, 'works'>;

/**
 * The proposals for a text with those that stand in the authority files and wait for review. Of one name and kind the
 * entry of the file counts, as an editor may have changed it; a name that an editor has rejected is not proposed. Ids follow
 * from the names, so that documents of one edition share them; the lists are sorted by id.
 */
export function joinProposals(fresh: NamedEntities, authority: Authority): NamedEntities {
  const pending = authority.pending ?? noEntities;
  const forms = new Set(makeGazetteer(pending).forms.flatMap((same) => same.map(({ text }) => text)));
  const join = <T extends NamedEntities[NamedKind][number]>(
    kind: NamedKind,
    found: readonly T[],
    waiting: readonly T[],
    accepted: readonly T[],
  ): T[] => {
    const byName = new Map(found.map((entity) => [entity.name, entity]));
    const rejected = new Set(authority.rejected?.[kind]);
    const known = new Set(waiting.map(({ name }) => name));
    // A state of one character is not the given name of that character.
    const isPending = (name: string): boolean => known.has(name) || ([...name].length > 1 && forms.has(fold(name)));
    // 岑移 and 岑移族 are one tribe, known by its fuller name.
    const isShort = (name: string): boolean => kind === 'orgs' && [...name].length > 1 && byName.has(`${name}族`);
    const ids = new Set([...accepted, ...waiting].map(({ id }) => id));
    const kept = waiting.map((entity) => {
      const same = byName.get(entity.name);
      return same ? withPhrasesOf(entity, same) : entity;
    });
    const added = found
      .filter(({ name }) => !rejected.has(name) && !isPending(name) && !isShort(name))
      .map((entity) => {
        const id = proposedId(kind, entity.name, (one) => ids.has(one));
        ids.add(id);
        return { ...entity, id };
      });
    return [...kept, ...added].sort((a, b) => (a.id < b.id ? -1 : 1));
  };
  return {
    persons: join('persons', fresh.persons, pending.persons, authority.persons),
    places: join('places', fresh.places, pending.places, authority.places),
    orgs: join('orgs', fresh.orgs, pending.orgs, authority.orgs),
  };
}
