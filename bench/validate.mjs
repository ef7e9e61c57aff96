// Validation of large files in whole processes, by hand: `node bench/validate.mjs [MB…]` (default 1 10). Beside it, on the same files and
// the same schema, jing and xmllint where they are installed; what takes longer than two minutes is ended. Memory needs GNU time.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { convertDocument } from '../dist/commands/convert-document.js';
import { readEditionConfig } from '../dist/config/edition-config.js';

const here = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const sizes = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), 'weibian-bench-'));
const edition = readEditionConfig(here('edition.json'), () => {});
const text = readFileSync(here('corpus/xixiaji-03.txt'), 'utf8');
const gnuTime = existsSync('/usr/bin/time');
const schema = here('schemas/weibian.rng');
const weibian = [process.execPath, here('dist/cli.js'), 'validate', '--no-cache', '--quiet'];

const programs = {
  weibian,
  'weibian, to the schema': [...weibian, '--until', 'schema'],
  jing: ['jing', schema],
  xmllint: ['xmllint', '--noout', '--huge', '--relaxng', schema],
};

/** Juan 3, so often as to make so many bytes of TEI, its identifiers all different. */
function teiOf(bytes) {
  const make = (times) => {
    const source = new TextEncoder().encode(text.repeat(times));
    return convertDocument(source, edition.documents[0], edition, '0', () => {}).tei.xml;
  };
  const [one, two] = [make(1), make(2)].map((xml) => Buffer.byteLength(xml));
  return make(Math.max(1, 1 + Math.ceil((bytes - one) / (two - one))));
}

function run([command, ...args], file) {
  const measured = gnuTime ? ['/usr/bin/time', '-f', '@%U %S %M', command] : [command];
  const start = performance.now();
  const { status, stderr, error, signal } = spawnSync(measured[0], [...measured.slice(1), ...args, file], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    timeout: 120_000,
    killSignal: 'SIGKILL',
  });
  if (error?.code === 'ETIMEDOUT' || signal) return { ended: 'after 120 s' };
  const seconds = (performance.now() - start) / 1000;
  if (error || status === 127) return undefined;
  const [, user, system, kilobytes] = /@([\d.]+) ([\d.]+) (\d+)/.exec(stderr) ?? [];
  const cpu = user === undefined ? {} : { cpu: Number(user) + Number(system), peakMB: Math.round(kilobytes / 1024) };
  return { seconds, ...cpu, status };
}

const rounded = (value) => Math.round(value * 100) / 100;
for (const megabytes of [0, ...(sizes.length > 0 ? sizes : [1, 10])]) {
  const file = join(folder, `${megabytes}.xml`);
  writeFileSync(file, teiOf(megabytes * 1e6));
  const bytes = readFileSync(file).length;
  let first;
  for (const [name, command] of Object.entries(programs)) {
    // The quickest of three says what the program needs, the others what else the machine did.
    const runs = Array.from({ length: megabytes > 1 ? 1 : 3 }, () => run(command, file));
    const best = runs.filter((one) => one?.seconds !== undefined).sort((a, b) => a.seconds - b.seconds)[0];
    if (!best) {
      console.log(JSON.stringify({ bytes, program: name, ...(runs[0] ?? { missing: true }) }));
      continue;
    }
    first ??= best;
    const ratio = { timesWeibian: rounded(best.seconds / first.seconds) };
    const cpu = best.cpu === undefined ? {} : { cpuSeconds: rounded(best.cpu), peakMB: best.peakMB };
    console.log(
      JSON.stringify({ bytes, program: name, seconds: rounded(best.seconds), ...cpu, ...ratio, exit: best.status }),
    );
  }
}
rmSync(folder, { recursive: true });
