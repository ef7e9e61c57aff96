// Speed of print, by hand: `node bench/print.mjs [FOLDER]` from TEI to PDF, each row in a process of its own: juan 3 in each preset and profile,
// then a long book: parts of 建炎以來繫年要錄 (a folder of Kanripo texts, page marks stripped; default that of the shared corpora, where it is at hand),
// and juan 3, whose markup is five times as dense, over and over. Seconds, seconds for a million characters, and the peak of memory.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { convertDocument } from '../dist/commands/convert-document.js';
import { readEditionConfig } from '../dist/config/edition-config.js';
import { readingText } from '../dist/setup/reading-text.js';

const ignore = () => {};
const here = fileURLToPath(import.meta.url);
const { WEIBIAN_BENCH_PRINT: task } = process.env;
if (task) await measure(JSON.parse(task));
else prepare();

function prepare() {
  const folder = mkdtempSync(join(tmpdir(), 'weibian-bench-'));
  const edition = readEditionConfig(fileURLToPath(new URL('../edition.json', import.meta.url)), ignore);
  const document = edition.documents[0];
  const write = (name, bytes, more) => {
    const { tei, text } = convertDocument(bytes, { ...document, ...more, id: name }, edition, '0', ignore);
    const path = join(folder, `${name}.xml`);
    writeFileSync(path, tei.xml);
    return { path, characters: [...text.source.text.text].length };
  };
  const run = (name, files, options = {}) => {
    const given = { name, files, options };
    const env = { ...process.env, WEIBIAN_BENCH_PRINT: JSON.stringify(given) };
    execFileSync(process.execPath, [here], { env, stdio: 'inherit' });
  };
  const juan3 = write('juan-3', readFileSync(document.file), {});
  for (const kind of ['keben', 'qianyin', 'horizontal']) run(kind, [juan3], { format: { kind } });
  for (const profile of ['press', 'archive']) run(`keben, ${profile}`, [juan3], { profile });
  const corpus = process.argv[2] ?? fileURLToPath(new URL('../../shared/corpora/jianyan', import.meta.url));
  if (existsSync(corpus)) {
    const texts = readdirSync(corpus)
      .sort()
      .map((file) => readingText(readFileSync(join(corpus, file), 'utf8')));
    const juans = texts.map((text, at) =>
      write(`juan-${at + 1}`, Buffer.from(text), { juan: at + 1, start: '建炎元年' }),
    );
    for (const share of [50, 100, 200]) run(`${share} juan of a corpus`, juans.slice(0, share));
  }
  for (const times of [16, 64])
    run(
      `${times} times juan 3`,
      Array.from({ length: times }, () => juan3),
    );
  rmSync(folder, { recursive: true });
}

async function measure({ name, files, options }) {
  const { buildPrint } = await import(new URL('../dist/edition/build-print.js', import.meta.url));
  const documents = files.map(({ path }) => ({ path, xml: readFileSync(path, 'utf8') }));
  const characters = files.reduce((sum, file) => sum + file.characters, 0);
  const [before, start] = [process.cpuUsage(), performance.now()];
  const [{ content }] = await buildPrint(documents, options, ignore);
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(before);
  const row = {
    print: name,
    characters,
    seconds: Number(seconds.toFixed(2)),
    processor: Number(((user + system) / 1e6).toFixed(2)),
    'a million': Number((seconds / (characters / 1e6)).toFixed(1)),
    'PDF MB': Number((content.length / 1e6).toFixed(1)),
    'peak MB': Math.round(process.resourceUsage().maxRSS / 1e3),
  };
  console.log(JSON.stringify(row));
}
