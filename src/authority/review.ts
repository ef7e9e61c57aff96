import { diagnostic, type Report } from '../core/diagnostic.ts';
import type { OtherName } from './authority.ts';
import { type AnyEntity, formsListed, nameOf, withNamesOf } from './names.ts';

/** An entity with the file it stands in. */
export interface Located<T> {
  readonly entity: T;
  readonly file: string;
}

/** The entities of one kind, by what an editor has said of them; sorted by id. */
export interface Reviewed<T> {
  /** An editor vouches for them. */
  readonly accepted: readonly T[];
  readonly pending: readonly T[];
  /** Names that are no entities of the kind. */
  readonly rejected: readonly string[];
}

/**
 * Sorts the entities of one kind by their review. An entity with `sameAs` is none of its own: its names go to the entity it
 * names. A reference to no entity, or in a circle, is reported.
 */
export function reviewed<T extends AnyEntity>(found: readonly Located<T>[], report: Report): Reviewed<T> {
  const entities = new Map(
    found.filter(({ entity }) => entity.status !== 'rejected').map(({ entity }) => [entity.id, entity]),
  );
  for (const { entity, file } of found) {
    if (entity.sameAs === undefined || entity.status === 'rejected') continue;
    entities.delete(entity.id);
    const target = targetOf(entity, found);
    const known = target && entities.get(target.id);
    if (known) entities.set(known.id, withNamesOf(known, entity));
    else {
      const message = `Unexpected \`sameAs\` \`${entity.sameAs}\` of \`${entity.id}\`, expected the id of another entity of this kind.`;
      report(diagnostic('config/missing-authority-id', message, { file }));
    }
  }
  const sorted = [...entities.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const accepted = sorted.filter(({ status }) => status !== 'proposed');
  const known = new Set(accepted.flatMap(freeForms));
  return {
    accepted,
    // Someone the editor has entered elsewhere in the meantime waits no more.
    pending: sorted.filter((entity) => entity.status === 'proposed' && !known.has(nameOf(entity))),
    rejected: found.filter(({ entity }) => entity.status === 'rejected').map(({ entity }) => nameOf(entity)),
  };
}

/** The forms of an entity that no phrase limits. */
function freeForms(entity: AnyEntity): string[] {
  const names: readonly OtherName[] = entity.names ?? [];
  const limited = new Set(names.flatMap((name) => (name.in ? [name.text] : [])));
  return formsListed(entity).filter((form) => !limited.has(form));
}

/** The entity at the end of a chain of `sameAs`; undefined where the chain leads nowhere or back to its beginning. */
function targetOf<T extends AnyEntity>(entity: T, found: readonly Located<T>[]): T | undefined {
  const passed = new Set<string>();
  let at: T | undefined = entity;
  while (at?.sameAs !== undefined && !passed.has(at.id)) {
    passed.add(at.id);
    const next: string = at.sameAs;
    at = found.find((one) => one.entity.id === next)?.entity;
  }
  return at && !passed.has(at.id) && at.status !== 'rejected' ? at : undefined;
}
