import {
  type Authority,
  type AuthorityKind,
  type AuthorityLists,
  authorityKinds,
  type Work,
} from '../authority/authority.ts';
import { type AnyEntity, formsListed, nameOf, withPhrasesOf } from '../authority/names.ts';
import { proposedId } from '../authority/proposed-id.ts';
import type { Span } from '../core/span.ts';
import type { AnnotatedText } from './annotate.ts';
import type { Annotation, Certainty, NameType } from './annotation.ts';

/** Mentions that the evidence of a proposal shows, and the characters around them. */
const shownMentions = 3;
const shownContext = 10;

const kindOf: Readonly<Record<NameType, Exclude<AuthorityKind, 'works'>>> = {
  persName: 'persons',
  placeName: 'places',
  orgName: 'orgs',
};

/** A proposal while its mentions are collected. */
interface Found<T> {
  entity: T;
  /** As the text that was read last has it. */
  latest: T;
  mentions: number;
  evidence: string[];
  cert: Certainty;
}

type FoundByKind = { readonly [Kind in AuthorityKind]: Map<string, Found<AuthorityLists[Kind][number]>> };

/**
 * What the texts of an edition propose and no authority file has, as entries for review: one entity for one name and kind
 * over all texts, with the number of its mentions, the first of them in context, and entities that it may be. Most frequent
 * first. Works are those cited under titles that nobody knows.
 */
export function proposalsForReview(
  texts: readonly AnnotatedText[],
  authority: Authority,
  nameOfFile: (path: string) => string,
): AuthorityLists {
  const found: FoundByKind = { persons: new Map(), places: new Map(), orgs: new Map(), works: new Map() };
  for (const text of texts) collect(text, authority, found, nameOfFile);
  const finish = <T extends AnyEntity>(kind: AuthorityKind, mentioned: ReadonlyMap<string, Found<T>>): T[] => {
    const candidates = similarNames([
      ...authority[kind],
      ...(authority.pending?.[kind] ?? []),
      ...[...mentioned.values()].map(({ entity }) => entity),
    ]);
    return [...mentioned.values()]
      .sort((a, b) => b.mentions - a.mentions)
      .map(({ entity, mentions, evidence, cert }) => {
        const similar = candidates(entity);
        const hints = similar.length > 0 ? { candidates: similar } : {};
        return { ...entity, status: 'proposed', cert, mentions, evidence, ...hints };
      });
  };
  return {
    persons: finish('persons', found.persons),
    places: finish('places', found.places),
    orgs: finish('orgs', found.orgs),
    works: finish('works', found.works),
  };
}

function collect(
  text: AnnotatedText,
  authority: Authority,
  found: FoundByKind,
  nameOfFile: (path: string) => string,
): void {
  const waiting = new Set(
    authorityKinds.flatMap((kind) => (authority.pending?.[kind] ?? []).map(({ id }: AnyEntity) => id)),
  );
  const { persons, places, orgs } = text.proposed;
  const proposed = { persons: byId(persons), places: byId(places), orgs: byId(orgs) };
  for (const annotation of text.annotations) {
    if (annotation.type === 'date') continue;
    const place = evidenceOf(annotation, text, nameOfFile);
    if (annotation.type === 'bibl') {
      const work = unknownWork(annotation, text, authority);
      if (work) count(found.works, work, place, 'low');
      continue;
    }
    const kind = kindOf[annotation.type];
    const add = <T extends AnyEntity>(known: ReadonlyMap<string, T>, mentioned: Map<string, Found<T>>): void => {
      const entity = known.get(annotation.ref);
      if (entity && !waiting.has(entity.id)) count(mentioned, entity, place, annotation.cert ?? 'medium');
    };
    if (kind === 'persons') add(proposed.persons, found.persons);
    else if (kind === 'places') add(proposed.places, found.places);
    else add(proposed.orgs, found.orgs);
  }
}

function count<T extends AnyEntity>(
  mentioned: Map<string, Found<T>>,
  entity: T,
  evidence: string,
  cert: Certainty,
): void {
  const before = mentioned.get(entity.id);
  if (!before) {
    mentioned.set(entity.id, { entity, latest: entity, mentions: 1, evidence: [evidence], cert });
    return;
  }
  before.mentions++;
  if (before.latest !== entity) before.entity = withPhrasesOf(before.entity, entity);
  before.latest = entity;
  if (before.evidence.length < shownMentions) before.evidence.push(evidence);
  if (cert === 'medium') before.cert = cert;
}

const byId = <T extends { readonly id: string }>(entities: readonly T[]): Map<string, T> =>
  new Map(entities.map((entity) => [entity.id, entity]));

/** `juan3.txt:3:12 …殺宋指揮使【李璠】。璠手格…` */
function evidenceOf({ start, end }: Span, { source }: AnnotatedText, nameOfFile: (path: string) => string): string {
  const { text, path } = source;
  const { line, column } = text.point(start);
  const before = text.slice(Math.max(start - column + 1, start - shownContext), start);
  const after = text.slice(end, Math.min(text.length, end + shownContext)).replace(/[\r\n].*$/su, '');
  return `${nameOfFile(path)}:${line}:${column} ${before}【${text.slice(start, end)}】${after}`;
}

/** The work of a citation that no list of works has, as its title is written. */
function unknownWork(
  annotation: Extract<Annotation, { type: 'bibl' }>,
  { source }: AnnotatedText,
  authority: Authority,
): Work | undefined {
  const written = annotation.parts.find(({ kind }) => kind === 'title');
  if (annotation.work !== undefined || !written) return undefined;
  const title = source.text.slice(written.start, written.end);
  if ([...title].length < 2 || authority.rejected?.works.includes(title)) return undefined;
  const ids = new Set([...authority.works, ...(authority.pending?.works ?? [])].map(({ id }) => id));
  return { id: proposedId('works', title, (id) => ids.has(id)), title };
}

/** Ids of the entities one of whose names begins or ends another's: 清遠 and 清遠軍, 惟信 and 折惟信. */
function similarNames(entities: readonly AnyEntity[]): (entity: AnyEntity) => string[] {
  const byForm = new Map<string, Set<string>>();
  const add = (form: string, id: string): void => {
    byForm.set(form, (byForm.get(form) ?? new Set()).add(id));
  };
  const parts = new Map<string, string[]>();
  for (const entity of entities) {
    for (const form of formsListed(entity)) add(form, entity.id);
    for (const part of partsOf(nameOf(entity))) parts.set(part, [...(parts.get(part) ?? []), entity.id]);
  }
  return (entity) => {
    const name = nameOf(entity);
    const shorter = [name, ...partsOf(name)].flatMap((part) => [...(byForm.get(part) ?? [])]);
    const similar = new Set([...shorter, ...(parts.get(name) ?? [])]);
    similar.delete(entity.id);
    return [...similar].sort();
  };
}

/** Beginnings and ends of a name, of two characters and more. */
function partsOf(name: string): string[] {
  const characters = [...name];
  const parts: string[] = [];
  for (let length = 2; length < characters.length; length++) {
    parts.push(characters.slice(0, length).join(''), characters.slice(-length).join(''));
  }
  return [...new Set(parts)];
}
