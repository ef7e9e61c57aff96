import type { SearchRecord } from '../core/search-record.ts';
import type { FacetName, SearchEngine } from './search-engine.ts';

/** The part of Pagefind's module that is used. */
export interface Pagefind {
  init(): Promise<void>;
  search(
    term: string | null,
    options: { readonly filters?: Readonly<Record<string, string>>; readonly sort?: Readonly<Record<string, string>> },
  ): Promise<{ readonly results: readonly PagefindResult[] }>;
}

interface PagefindResult {
  readonly id: string;
  data(): Promise<{ readonly raw_url: string }>;
}

/** Loads Pagefind from the folder of its files, an absolute address; rejects where it cannot run, as on file:. */
export async function openPagefind(folder: string): Promise<SearchEngine> {
  const pagefind = (await import(new URL('pagefind.js', folder).href)) as Pagefind;
  await pagefind.init();
  return pagefindEngine(pagefind);
}

/** Searches with an index of Pagefind that src/edition/search-index.ts made. */
export function pagefindEngine(pagefind: Pagefind): SearchEngine {
  const results = new Map<string, PagefindResult>();
  const sets = new Map<string, Promise<ReadonlySet<string>>>();

  const ask = async (term: string | null, filters: Readonly<Record<string, string>>): Promise<string[]> => {
    const found = await pagefind.search(term, { filters, sort: { place: 'asc' } });
    for (const result of found.results) results.set(result.id, result);
    return found.results.map(({ id }) => id);
  };
  return {
    // The index has every character as a word: a string of the text is a phrase of such words.
    find: (term) => ask(`"${[...term].join(' ')}"`, {}),
    members(facet: FacetName, value: string) {
      const key = `${facet} ${value}`;
      const known = sets.get(key) ?? ask(null, { [facet]: value }).then((ids) => new Set(ids));
      sets.set(key, known);
      return known;
    },
    async load(id) {
      const { raw_url } = await results.get(id)!.data();
      return JSON.parse(raw_url) as SearchRecord;
    },
  };
}
