// Whole processes from their start to their end, by hand: `node bench/start.mjs [REPEATS]` (default 9). Text: juan 3.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const repeats = Number(process.argv[2] ?? 9);
const folder = mkdtempSync(join(tmpdir(), 'weibian-bench-'));
const tei = join(folder, 'tei.xml');
const text = here('corpus/xixiaji-03.txt');

const commands = {
  'node alone': ['-e', '0'],
  'weibian --version': ['--version'],
  'convert, authority files': ['convert', text, '-o', tei, '--edition', here('edition.json')],
  'convert, proposals': ['convert', text, '-o', join(folder, 'proposed.xml'), '--start', '咸平二年'],
  text: ['text', tei],
  validate: ['validate', tei],
};

for (const [name, given] of Object.entries(commands)) {
  const args = given[0] === '-e' ? given : [here('dist/cli.js'), ...given];
  const times = Array.from({ length: repeats }, () => {
    const start = performance.now();
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`${name}: exit ${status}\n${stderr}`);
    return Math.round(performance.now() - start);
  }).sort((a, b) => a - b);
  console.log(JSON.stringify({ start: name, msMedian: times[times.length >> 1], msLeast: times[0] }));
}
rmSync(folder, { recursive: true });
