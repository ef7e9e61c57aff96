// Speed of print, by hand: `node bench/print.mjs [JUAN…]` (default 1, 16, 100 juan): from TEI to PDF in a process of its own, each juan
// juan 3 under another id. Seconds for a million characters and the peak of memory; then each preset with one juan.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = (path) => new URL(`../dist/${path}`, import.meta.url);
const ignore = () => {};
const { WEIBIAN_BENCH_PRINT: task } = process.env;

if (task) await measure(JSON.parse(task));
else {
  const given = process.argv.slice(2).map(Number).filter(Number.isInteger);
  const run = (wanted) => {
    const env = { ...process.env, WEIBIAN_BENCH_PRINT: JSON.stringify(wanted) };
    execFileSync(process.execPath, [fileURLToPath(import.meta.url)], { env, stdio: 'inherit' });
  };
  for (const juan of given.length > 0 ? given : [1, 16, 100]) run({ juan, preset: "keben" });
  for (const preset of ['qianyin', 'horizontal']) run({ juan: 1, preset });
}

async function measure({ juan: count, preset }) {
  const { convertDocument } = await import(here('commands/convert-document.js'));
  const { readEditionConfig } = await import(here('config/edition-config.js'));
  const { buildPrint } = await import(here('edition/build-print.js'));
  const edition = readEditionConfig(fileURLToPath(new URL('../edition.json', import.meta.url)), ignore);
  const document = edition.documents[0];
  const { tei, text } = convertDocument(readFileSync(document.file), document, edition, '0', ignore);
  const characters = count * [...text.source.text.text].length;
  const documents = Array.from({ length: count }, (_, at) => ({
    path: `juan-${at + 1}.xml`,
    xml: tei.xml
      .replaceAll('xixiaji-03', `xixiaji-${at + 1}`)
      .replace('type="juan" n="3"', `type="juan" n="${at + 1}"`),
  }));
  const start = performance.now();
  const [{ content }] = await buildPrint(documents, { format: { kind: preset } }, ignore);
  const seconds = (performance.now() - start) / 1000;
  const row = {
    preset,
    juan: count,
    characters,
    seconds: Number(seconds.toFixed(2)),
    'seconds a million': Number((seconds / (characters / 1e6)).toFixed(1)),
    'PDF MB': Number((content.length / 1e6).toFixed(1)),
    'peak MB': Math.round(process.resourceUsage().maxRSS / 1e3),
  };
  console.log(JSON.stringify(row));
}
