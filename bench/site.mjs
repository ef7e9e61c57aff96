// Whether the site is linear in the text, by hand: `node bench/site.mjs [JUAN…]`. Each juan is juan 3 under a name of its own; entities are shared.
// Seconds of the processor, because other work does not count in them.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { convertDocument } from '../dist/commands/convert-document.js';
import { readEditionConfig } from '../dist/config/edition-config.js';
import { buildHtml } from '../dist/edition/build-html.js';

const ignore = () => {};
const edition = readEditionConfig(fileURLToPath(new URL('../edition.json', import.meta.url)), ignore);
const document = edition.documents[0];
const { tei } = convertDocument(readFileSync(document.file), document, edition, '0', ignore);
const sizes = process.argv.slice(2).map(Number);

const juan = (number) => ({
  path: `xixiaji-${number}.xml`,
  xml: tei.xml.replaceAll('xixiaji-03', `xixiaji-${number}`).replace('type="juan" n="3"', `type="juan" n="${number}"`),
});

for (const count of sizes.length > 0 ? sizes : [5, 20]) {
  const documents = Array.from({ length: count }, (_, at) => juan(at + 1));
  const row = { juan: count };
  for (const [name, options] of [
    ['pages', { fonts: false, search: false }],
    ['with search', { fonts: false }],
  ]) {
    const before = process.cpuUsage();
    const from = performance.now();
    const files = await buildHtml(documents, options, ignore);
    const { user, system } = process.cpuUsage(before);
    row[name] = {
      seconds: Math.round((performance.now() - from) / 100) / 10,
      cpu: Math.round((user + system) / 1e5) / 10,
      files: files.length,
      MB: Math.round(files.reduce((sum, { content }) => sum + content.length, 0) / 1e5) / 10,
    };
  }
  row.rssMB = Math.round(process.memoryUsage().rss / 1e6);
  console.log(JSON.stringify(row));
}
