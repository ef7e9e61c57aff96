// Processes from their start to their first result on standard output and to their end, by hand: `node bench/start.mjs [REPEATS]` (default 9).
// Text: juan 3.
import { spawn } from 'node:child_process';
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
  'convert, authority files': ['convert', text, '--edition', here('edition.json')],
  'convert, proposals': ['convert', text, '--start', '咸平二年'],
  'convert to a file': ['convert', text, '-o', tei, '--edition', here('edition.json')],
  text: ['text', tei],
  validate: ['validate', tei],
};

/** Milliseconds to the first byte and to the end. */
function run(name, args) {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    let first;
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
    child.stdout.on('data', () => {
      first ??= performance.now() - start;
    });
    child.on('close', (status) => {
      if (status === 0) resolve({ first, end: performance.now() - start });
      else reject(new Error(`${name}: exit ${status}`));
    });
  });
}

const median = (values) => Math.round([...values].sort((a, b) => a - b)[values.length >> 1]);
for (const [name, given] of Object.entries(commands)) {
  const args = given[0] === '-e' ? given : [here('dist/cli.js'), ...given];
  const times = [];
  for (let at = 0; at < repeats; at++) times.push(await run(name, args));
  const first = times.flatMap((time) => time.first ?? []);
  const ends = times.map(({ end }) => end);
  const shown = {
    ...(first.length > 0 && { msFirst: median(first) }),
    msEnd: median(ends),
    msLeast: Math.round(Math.min(...ends)),
  };
  console.log(JSON.stringify({ start: name, ...shown }));
}
rmSync(folder, { recursive: true });
