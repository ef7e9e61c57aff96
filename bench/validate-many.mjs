// Speed of `weibian validate` over many small files, by hand: `node bench/validate-many.mjs [FILES] [KILOBYTES]` (defaults 1000 and 25). One core
// against two, in turn, three times; then the same with a cache, filled and full. The files are a valid one of the tests, each with a
// title of its own and its paragraphs repeated up to the size. On Linux one core is one processor (taskset), else one thread.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const files = Number(process.argv[2] ?? 1000);
const bytes = Number(process.argv[3] ?? 25) * 1000;
const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const small = readFileSync(new URL('../test/fixtures/validate/valid/small.xml', import.meta.url), 'utf8');
const paragraph = /<p><lb n="2".*?<\/p>/.exec(small)[0].replace(/ xml:id="[^"]*"/g, '');
const repeated = Math.max(0, Math.round((bytes - Buffer.byteLength(small)) / Buffer.byteLength(paragraph)));
const more = Array.from({ length: repeated }, (_, at) => paragraph.replace('n="2"', `n="${at + 4}"`)).join('\n');
// The header says how many characters the text has; the paragraph has 18 of them.
const text = small
  .replace('防。</p>', (end) => `${end}\n${more}`)
  .replace('quantity="36"', `quantity="${36 + 18 * repeated}"`);
const folder = mkdtempSync(join(tmpdir(), 'weibian-bench-'));
const tei = join(folder, 'tei');
mkdirSync(tei);
for (let at = 0; at < files; at++) {
  const name = String(at).padStart(5, '0');
  writeFileSync(join(tei, `${name}.xml`), text.replace('<title>西夏紀', `<title>西夏紀 ${name}`));
}

const pinned = spawnSync('taskset', ['-c', '0', 'true']).status === 0 ? ['taskset', '-c', '0'] : [];

function seconds(before, ...options) {
  const [command, ...given] = [...before, process.execPath, cli, 'validate', tei, ...options];
  const start = performance.now();
  const { status, stderr } = spawnSync(command, given, {
    env: { ...process.env, XDG_CACHE_HOME: join(folder, 'cache'), LOCALAPPDATA: join(folder, 'cache') },
  });
  if (status !== 0) throw new Error(String(stderr).slice(0, 1000));
  return (performance.now() - start) / 1000;
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const [one, two] = [[], []];
for (let round = 0; round < 3; round++) {
  one.push(seconds(pinned, '--no-cache', '--jobs', '1'));
  two.push(seconds([], '--no-cache', '--jobs', '2'));
}
const shown = (values) => values.map((value) => value.toFixed(2)).join(' ');
console.log(`${files} files of ${Buffer.byteLength(text)} bytes`);
console.log(`one core: ${shown(one)} s; two: ${shown(two)} s; ratio ${(median(one) / median(two)).toFixed(2)}`);
console.log(
  `first run with a cache: ${shown([seconds([])])} s; second: ${shown([seconds([]), seconds([]), seconds([])])} s`,
);
rmSync(folder, { recursive: true });
