import { diagnostic, type Report } from '../core/diagnostic.ts';
import { readBytes } from '../core/files.ts';
import { readJson } from '../core/json.ts';

/** A name of an entity other than its full name; see schemas/persons.schema.json for the meaning of each field. */
export interface OtherName {
  readonly text: string;
  readonly type: string;
  readonly for?: string;
  readonly source?: string;
  readonly in?: readonly string[];
  readonly notIn?: readonly string[];
}

interface Entity {
  readonly id: string;
  readonly note?: string;
  readonly identifiers?: Readonly<Record<string, string>>;
}

export interface Person extends Entity {
  readonly name: string;
  readonly surname?: string;
  readonly names?: readonly OtherName[];
  /** Proleptic Gregorian year or date, as in TEI. */
  readonly birth?: string;
  readonly death?: string;
  readonly floruit?: string;
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
  /** Juan → civil year it covers, as `咸平2`. */
  readonly covers?: Readonly<Record<string, string>>;
  readonly link?: string;
  /** Address of a juan, with `{juan}` for its number, or `{juan:3}` for its number in three digits. */
  readonly passage?: string;
}

/** Everything the authority files of an edition hold, sorted by id. */
export interface Authority {
  readonly persons: readonly Person[];
  readonly places: readonly Place[];
  readonly orgs: readonly Org[];
  readonly works: readonly Work[];
}

export type AuthorityKind = keyof Authority;

export const emptyAuthority: Authority = { persons: [], places: [], orgs: [], works: [] };

/** Reads and checks authority files; faults are reported, ids are unique, sources of names name a work. */
export function readAuthority(
  files: Readonly<Partial<Record<AuthorityKind, readonly string[]>>>,
  report: Report,
): Authority {
  const read = <T extends Entity>(kind: AuthorityKind): { entity: T; file: string }[] =>
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
  const sorted = <T extends Entity>(found: readonly { entity: T }[]): T[] =>
    found.map(({ entity }) => entity).sort((a, b) => (a.id < b.id ? -1 : 1));
  return { persons: sorted(persons), places: sorted(places), orgs: sorted(orgs), works: sorted(works) };
}

/** Reports entities whose id an earlier one has, and leaves them out. */
function unique<T extends Entity>(found: readonly { entity: T; file: string }[], report: Report) {
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
