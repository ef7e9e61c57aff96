import { diagnostic, type Report } from '../core/diagnostic.ts';
import { readBytes } from '../core/files.ts';
import { readJson } from '../core/json.ts';
import { type Located, reviewed } from './review.ts';

/** A name of an entity other than its full name; see schemas/persons.schema.json for the meaning of each field. */
export interface OtherName {
  readonly text: string;
  readonly type: string;
  readonly for?: string;
  readonly source?: string;
  readonly in?: readonly string[];
  readonly notIn?: readonly string[];
}

/** What every entity of an authority file has; `status` and what follows it belong to proposals. */
export interface Entity {
  readonly id: string;
  readonly note?: string;
  readonly identifiers?: Readonly<Record<string, string>>;
  /** Absent from an entry that an editor vouches for. */
  readonly status?: 'proposed' | 'rejected';
  /** Id of the entity that this one is. */
  readonly sameAs?: string;
  readonly cert?: 'medium' | 'low';
  readonly mentions?: number;
  /** `FILE:LINE:COLUMN context【name】context` of the first mentions. */
  readonly evidence?: readonly string[];
  /** Ids of entities that may be the same. */
  readonly candidates?: readonly string[];
}

/** Another person who may be meant; `degree` is the chance that this one is. */
export interface Alternative {
  readonly name: string;
  readonly note?: string;
  readonly degree: number;
}

export interface Person extends Entity {
  readonly name: string;
  readonly surname?: string;
  readonly names?: readonly OtherName[];
  /** Proleptic Gregorian year or date, as in TEI. */
  readonly birth?: string;
  readonly death?: string;
  readonly floruit?: string;
  /** Words that tell the person from others of the name where they stand in the entry: offices, places (鎮戎軍, 轉運使). */
  readonly context?: readonly string[];
  /** Of a proposal: others of the name, the likeliest first. */
  readonly alternatives?: readonly Alternative[];
}

export interface Place extends Entity {
  readonly name: string;
  readonly kind: string;
  readonly names?: readonly OtherName[];
  /** Latitude, longitude (WGS 84). */
  readonly geo?: readonly [number, number];
  readonly modern?: string;
}

export interface Org extends Entity {
  readonly name: string;
  readonly kind: string;
  readonly names?: readonly OtherName[];
}

export interface Work extends Entity {
  readonly title: string;
  readonly names?: readonly {
    readonly text: string;
    readonly type: 'short' | 'variant' | 'malformed';
    /** Of a malformed title: the words that are meant. */
    readonly for?: string;
  }[];
  /** Those of its titles that are ordinary words too (國史, 實錄): without 《》 they are titles only behind 按, 據, 引. */
  readonly ordinary?: readonly string[];
  /** Titles of chapters that name the work when they stand alone. */
  readonly sections?: readonly string[];
  readonly author?: string;
  readonly period?: string;
  readonly juan?: number;
  /** Juan or chapter (真宗紀) → what it covers: a civil year, `咸平2`, or western years, `1003/1010`. */
  readonly covers?: Readonly<Record<string, string>>;
  readonly link?: string;
  /** Address of a juan, with `{juan}` for its number, or `{juan:3}` for its number in three digits. */
  readonly passage?: string;
}

/** Entities by their kind. */
export interface AuthorityLists {
  readonly persons: readonly Person[];
  readonly places: readonly Place[];
  readonly orgs: readonly Org[];
  readonly works: readonly Work[];
}

export type AuthorityKind = keyof AuthorityLists;

export const authorityKinds = ['persons', 'places', 'orgs', 'works'] as const satisfies readonly AuthorityKind[];

/** Everything the authority files of an edition hold, sorted by id; the lists have what an editor vouches for. */
export interface Authority extends AuthorityLists {
  /** Proposals that nobody has reviewed. */
  readonly pending?: AuthorityLists;
  /** Names and titles that are no entities of a kind, by an editor's decision. */
  readonly rejected?: Readonly<Record<AuthorityKind, readonly string[]>>;
}

/** The paths of authority files by what they hold. */
export type AuthorityFiles = Readonly<Partial<Record<AuthorityKind, readonly string[]>>>;

export const emptyAuthority: Authority = { persons: [], places: [], orgs: [], works: [] };

/**
 * Reads and checks authority files; faults are reported, ids are unique, sources of names name a work. Proposals are kept
 * apart from reviewed entities, and an entity that is another one gives it its names.
 */
export function readAuthority(files: AuthorityFiles, report: Report): Authority {
  const read = <T extends Entity>(kind: AuthorityKind): Located<T>[] =>
    (files[kind] ?? []).flatMap((file) => {
      const text = new TextDecoder().decode(readBytes(file));
      const content = readJson<Record<string, T[]>>(text, file, kind, report);
      return (content?.[kind] ?? []).map((entity) => ({ entity, file }));
    });
  const persons = unique(read<Person>('persons'), report);
  const places = unique(read<Place>('places'), report);
  const orgs = unique(read<Org>('orgs'), report);
  const works = unique(read<Work>('works'), report);
  checkSources([...persons, ...places, ...orgs], works, report);
  const person = reviewed(persons, report);
  const place = reviewed(places, report);
  const org = reviewed(orgs, report);
  const work = reviewed(works, report);
  return {
    persons: person.accepted,
    places: place.accepted,
    orgs: org.accepted,
    works: work.accepted,
    pending: { persons: person.pending, places: place.pending, orgs: org.pending, works: work.pending },
    rejected: { persons: person.rejected, places: place.rejected, orgs: org.rejected, works: work.rejected },
  };
}

/** Reports entities whose id an earlier one has, and leaves them out. */
function unique<T extends Entity>(found: readonly Located<T>[], report: Report): Located<T>[] {
  const seen = new Set<string>();
  return found.filter(({ entity: { id }, file }) => {
    const isNew = !seen.has(id);
    if (!isNew) {
      report(diagnostic('config/duplicate-authority-id', `Unexpected second entity with the id \`${id}\`.`, { file }));
    }
    seen.add(id);
    return isNew;
  });
}

function checkSources(
  found: readonly { entity: { id: string; names?: readonly OtherName[] }; file: string }[],
  works: readonly { entity: Work }[],
  report: Report,
): void {
  const known = new Set(works.map(({ entity }) => entity.id));
  for (const { entity, file } of found) {
    for (const { source, text } of entity.names ?? []) {
      if (source === undefined || known.has(source)) continue;
      const message = `Unexpected source \`${source}\` of the name \`${text}\` of \`${entity.id}\`, expected the id of a work.`;
      report(diagnostic('config/missing-authority-id', message, { file }));
    }
  }
}
