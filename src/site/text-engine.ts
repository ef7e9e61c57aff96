import { type SearchRecord, searchForm } from '../core/search-record.ts';
import type { SearchEngine } from './search-engine.ts';

/** One of the scripts `search/texts-N.js`: some of the records, and how many scripts there are. */
export interface TextPart {
  readonly parts: number;
  readonly records: readonly SearchRecord[];
}

/** Searches the texts themselves. They come in scripts, because a page on file: may load nothing else. */
export function textEngine(records: readonly SearchRecord[]): SearchEngine {
  const forms = records.map(({ texts }) => texts.map(({ text }) => searchForm(text).form));
  const ids = (has: (at: number) => boolean): string[] => [...records.keys()].filter(has).map(String);
  return {
    find: async (term) => ids((at) => forms[at]!.some((form) => form.includes(term))),
    members: async (facet, value) =>
      new Set(ids((at) => (facet === 'type' ? records[at]!.type === value : records[at]!.years.includes(value)))),
    load: async (id) => records[Number(id)]!,
  };
}
