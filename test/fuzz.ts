// Mutates valid files and compares the verdict with libxml2's, by hand: `npm run fuzz [RUNS] [SEED]`.
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { apply, misjudged, mutant } from './fuzz-xml.ts';

const [runs = 10_000, seed = Date.now() % 1e9] = process.argv.slice(2).map(Number);
const folder = new URL('fixtures/validate/valid/', import.meta.url);
const bases = readdirSync(folder)
  .sort()
  .map((name) => readFileSync(new URL(name, folder)));
const findings = new Map<string, number>();
const started = performance.now();
let slowest = 0;
for (const one of fc.sample(mutant, { numRuns: runs, seed })) {
  const file = apply(one, bases);
  const before = performance.now();
  const wrong = await misjudged(file);
  slowest = Math.max(slowest, performance.now() - before);
  if (!wrong) continue;
  const kind = wrong.replace(/\d+:\d+|`[^`]*`|line \d+/g, '…').slice(0, 120);
  findings.set(kind, (findings.get(kind) ?? 0) + 1);
  if (findings.get(kind)! <= 2) console.log(`${wrong}\n  ${JSON.stringify(one)}`);
}
for (const [kind, count] of findings) console.log(`${count} × ${kind}`);
const seconds = (performance.now() - started) / 1000;
console.log(
  `${runs} mutants with seed ${seed}: ${seconds.toFixed(0)} s, slowest ${slowest.toFixed(0)} ms, ${findings.size} kinds of findings`,
);
process.exitCode = findings.size > 0 ? 1 : 0;
