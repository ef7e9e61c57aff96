// Whether the site is linear in the text, by hand: `node bench/site.mjs [--full] [JUAN…]`, 1, 4 and 16 unless given.
// Each juan is juan 3 under a name of its own; entities are shared. `--full` adds fonts and search.
// Each size runs in a process of its own, for its peak of memory; files are counted and let go, as `weibian html` writes them.
// Microseconds of the processor for each character of text, because other work does not count in them.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { convertDocument } from '../dist/commands/convert-document.js';
import { readEditionConfig } from '../dist/config/edition-config.js';
import { makeSite } from '../dist/edition/build-html.js';

const ignore = () => {};
const full = process.argv.includes('--full');
const sizes = process.argv.slice(2).map(Number).filter(Number.isInteger);

if (process.env.WEIBIAN_BENCH_SITE) await measure(sizes[0]);
else {
  for (const size of sizes.length > 0 ? sizes : [1, 4, 16]) {
    const options = { env: { ...process.env, WEIBIAN_BENCH_SITE: '1' }, stdio: 'inherit' };
    const file = fileURLToPath(import.meta.url);
    execFileSync(process.execPath, [file, String(size), ...(full ? ['--full'] : [])], options);
  }
}

async function measure(count) {
  const edition = readEditionConfig(fileURLToPath(new URL('../edition.json', import.meta.url)), ignore);
  const document = edition.documents[0];
  const { tei, text } = convertDocument(readFileSync(document.file), document, edition, '0', ignore);
  const characters = count * [...text.source.text.text].length;
  const documents = Array.from({ length: count }, (_, at) => juan(tei.xml, at + 1));
  const made = { files: 0, length: 0 };
  const before = process.cpuUsage();
  const from = performance.now();
  await makeSite(documents, full ? {} : { fonts: false, search: false }, ignore, ({ content }) => {
    made.files += 1;
    made.length += content.length;
  });
  const seconds = (performance.now() - from) / 1000;
  const { user, system } = process.cpuUsage(before);
  const row = {
    juan: count,
    characters,
    seconds: rounded(seconds),
    cpu: rounded((user + system) / 1e6),
    'µs per character': Math.round((user + system) / characters),
    files: made.files,
    MB: rounded(made.length / 1e6),
    'peak MB': Math.round(process.resourceUsage().maxRSS / 1e3),
  };
  console.log(JSON.stringify(row));
}

function juan(xml, number) {
  return {
    path: `xixiaji-${number}.xml`,
    xml: xml.replaceAll('xixiaji-03', `xixiaji-${number}`).replace('type="juan" n="3"', `type="juan" n="${number}"`),
  };
}

function rounded(value) {
  return Math.round(10 * value) / 10;
}
