import { type SearchRecord, searchTerms } from '../core/search-record.ts';

/** What records are narrowed by. */
export type FacetName = 'type' | 'year';

/** Something that knows all records of the site by ids of its own. */
export interface SearchEngine {
  /** Ids of the records that have the folded term, in reading order. */
  find(term: string): Promise<readonly string[]>;
  /** Ids of the records of a type or a year. */
  members(facet: FacetName, value: string): Promise<ReadonlySet<string>>;
  load(id: string): Promise<SearchRecord>;
}

/** What the reader asks for; an empty type or year is any. */
export interface SearchRequest {
  readonly query: string;
  readonly type: string;
  readonly year: string;
}

/** Ids of what was found, and how many there would be with another type or year. */
export interface SearchResult {
  readonly terms: readonly string[];
  readonly ids: readonly string[];
  readonly counts: Readonly<Record<FacetName, ReadonlyMap<string, number>>>;
}

/** The records that have every term of the query, narrowed by type and year; `values` are those that can be chosen. */
export async function search(
  engine: SearchEngine,
  request: SearchRequest,
  values: Readonly<Record<FacetName, readonly string[]>>,
): Promise<SearchResult> {
  const terms = searchTerms(request.query);
  const all = await findAll(engine, terms);
  const ofType = await narrow(engine, all, 'type', request.type);
  const ofYear = await narrow(engine, all, 'year', request.year);
  const chosen = new Set(ofYear);
  return {
    terms,
    ids: ofType.filter((id) => chosen.has(id)),
    counts: {
      type: await count(engine, ofYear, 'type', values.type),
      year: await count(engine, ofType, 'year', values.year),
    },
  };
}

async function findAll(engine: SearchEngine, terms: readonly string[]): Promise<readonly string[]> {
  const [first = [], ...others] = await Promise.all(terms.map((term) => engine.find(term)));
  const sets = others.map((ids) => new Set(ids));
  return first.filter((id) => sets.every((set) => set.has(id)));
}

async function narrow(
  engine: SearchEngine,
  ids: readonly string[],
  facet: FacetName,
  value: string,
): Promise<readonly string[]> {
  if (value === '') return ids;
  const members = await engine.members(facet, value);
  return ids.filter((id) => members.has(id));
}

async function count(
  engine: SearchEngine,
  ids: readonly string[],
  facet: FacetName,
  values: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map([['', ids.length]]);
  for (const value of values.filter(Boolean)) counts.set(value, (await narrow(engine, ids, facet, value)).length);
  return counts;
}
