import { createRequire } from 'node:module';
import type clusters from './clusters.json';
import type offices from './offices.json';
import type peoples from './peoples.json';
import type persons from './persons.json';
import type places from './places.json';
import type surnames from './surnames.json';

/** The lists of words that proposals are made from, as their files have them. */
export interface WordLists {
  readonly clusters: typeof clusters;
  readonly offices: typeof offices;
  readonly peoples: typeof peoples;
  readonly persons: typeof persons;
  readonly places: typeof places;
  readonly surnames: typeof surnames;
}

const require = createRequire(import.meta.url);

/** Reads the lists: when first wanted, for a text marked by authority files alone needs none of them. */
export function readWordLists(): WordLists {
  // The folder is named because the bundle (setup/bundle.ts) stands beside it.
  const read = (name: keyof WordLists): unknown => require(`../lexicon/${name}.json`);
  return {
    clusters: read('clusters') as typeof clusters,
    offices: read('offices') as typeof offices,
    peoples: read('peoples') as typeof peoples,
    persons: read('persons') as typeof persons,
    places: read('places') as typeof places,
    surnames: read('surnames') as typeof surnames,
  };
}
