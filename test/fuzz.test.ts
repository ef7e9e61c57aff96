import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { apply, misjudged, mutant } from './fuzz-xml.ts';

// `npm run fuzz` runs many more; see CONTRIBUTING.md.
const runs = 1500;
const folder = new URL('fixtures/validate/valid/', import.meta.url);
const bases = readdirSync(folder)
  .sort()
  .map((name) => readFileSync(new URL(name, folder)));

it(`judges ${runs} mutated files like libxml2, without an exception or a delay`, async () => {
  await misjudged(bases[0]!);
  const property = fc.asyncProperty(mutant, async (one) => {
    expect(await misjudged(apply(one, bases))).toBeUndefined();
  });
  await fc.assert(property, { numRuns: runs, seed: 20261125, endOnFailure: true });
}, 120_000);
