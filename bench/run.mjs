// Timings of every stage, by hand: `npm run bench [REPEATS…]`. The text is juan 3, repeated so many times (default 1 4 16).
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { convertDocument } from '../dist/commands/convert-document.js';
import { readEditionConfig } from '../dist/config/edition-config.js';
import { readBody } from '../dist/core/body-text.js';
import { buildHtml } from '../dist/edition/build-html.js';
import { buildPrint } from '../dist/edition/build-print.js';
import { validateTei } from '../dist/validate/validate.js';

const ignore = () => {};
const edition = readEditionConfig(fileURLToPath(new URL('../edition.json', import.meta.url)), ignore);
const text = readFileSync(new URL('../corpus/xixiaji-03.txt', import.meta.url), 'utf8');
const sizes = process.argv.slice(2).map(Number);

for (const times of sizes.length > 0 ? sizes : [1, 4, 16]) {
  const bytes = new TextEncoder().encode(text.repeat(times));
  const row = {};
  const timed = async (stage, run) => {
    const start = performance.now();
    const result = await run();
    row[stage] = Math.round(performance.now() - start);
    return result;
  };
  const { tei } = await timed('convert', () => convertDocument(bytes, edition.documents[0], edition, '0', ignore));
  const documents = [{ path: 'tei/bench.xml', xml: tei.xml }];
  await timed('text', () => readBody(tei.xml));
  await timed('validate', () => validateTei(tei.xml, 'bench.xml', {}, ignore));
  await timed('html', () => buildHtml(documents, { fonts: false }, ignore));
  await timed('html + fonts', () => buildHtml(documents, {}, ignore));
  await timed('print', () => buildPrint(documents, {}, ignore));
  const memory = Math.round(process.memoryUsage().rss / 1e6);
  console.log(
    JSON.stringify({ characters: [...text].length * times, teiBytes: tei.xml.length, ms: row, rssMB: memory }),
  );
}
