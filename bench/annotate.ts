// Speed of annotation on one core, by hand: `npx tsx bench/annotate.ts [FOLDER…]` (Kanripo texts, page marks stripped and joined; default
// 建炎以來繫年要錄 of the shared corpora, where they are at hand). Seconds of the processor stand beside those of the clock: other work does not count in them.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { annotate } from '../src/annotate/annotate.ts';
import { loadProposing } from '../src/annotate/load-tagger.ts';
import { emptyAuthority, readAuthority } from '../src/authority/authority.ts';
import { parseCivilText } from '../src/calendar/civil-date.ts';
import { readingText } from '../src/setup/reading-text.ts';
import { readSource } from '../src/source/source-document.ts';

const ignore = () => {};
const start = parseCivilText('建炎元年')!;
const named = process.argv.slice(2);
const folders = (named.length > 0 ? named : ['../shared/corpora/jianyan']).filter((folder) => existsSync(folder));
if (folders.length === 0) console.log('annotate: no corpus at hand, name a folder of texts');
const texts = folders.flatMap((folder) =>
  readdirSync(folder)
    .sort()
    .map((file) => readingText(readFileSync(join(folder, file), 'utf8'))),
);
const all = texts.join('\n');
const authority = readAuthority(
  Object.fromEntries(
    (['persons', 'places', 'orgs', 'works'] as const).map((kind) => [kind, [`corpus/authority/${kind}.json`]]),
  ),
  ignore,
);
const characters = [...all].length;
for (const share of characters > 0 ? [0.25, 1] : []) {
  const bytes = new TextEncoder().encode(all.slice(0, Math.floor(all.length * share)));
  for (const [name, options] of [
    ['rules', { authority, start }],
    ['with proposals', { authority: emptyAuthority, start, propose: loadProposing() }],
  ] as const) {
    const before = process.cpuUsage();
    const from = performance.now();
    const source = readSource('bench.txt', bytes);
    const { annotations } = annotate(source, options, ignore);
    const seconds = (performance.now() - from) / 1000;
    const used = process.cpuUsage(before).user / 1e6;
    const rate = Math.round((characters * share) / seconds);
    const rss = Math.round(process.memoryUsage().rss / 1e6);
    console.log(
      `${name}: ${Math.round(characters * share)} characters, ${annotations.length} annotations, ${seconds.toFixed(2)} s (processor ${used.toFixed(2)}), ${rate} characters/s, ${rss} MB`,
    );
  }
}
