// What the reader waits for on the page of juan 3, by hand: `node bench/interaction.mjs [DIRECTION…]`. Milliseconds from the
// input to the frame that shows its answer, in Chromium without a GPU; the middle and the worst of all rounds.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import sparticuz from '@sparticuz/chromium';
import { chromium } from 'playwright-core';
import { convertDocument } from '../dist/commands/convert-document.js';
import { readEditionConfig } from '../dist/config/edition-config.js';
import { writeFileAtomic } from '../dist/core/files.js';
import { buildHtml } from '../dist/edition/build-html.js';

const rounds = 12;
const ignore = () => {};
const edition = readEditionConfig(fileURLToPath(new URL('../edition.json', import.meta.url)), ignore);
const document_ = edition.documents[0];
const { tei } = convertDocument(readFileSync(document_.file), document_, edition, '0', ignore);
const folder = mkdtempSync(join(tmpdir(), 'weibian-interaction-'));
for (const { path, content } of await buildHtml([{ path: 'juan.xml', xml: tei.xml }], { search: false }, ignore)) {
  writeFileAtomic(join(folder, path), content);
}

/** In the page: does something, and gives the milliseconds until the frame after it stands. */
const timed = (act) => `new Promise((resolve) => {
  const from = performance.now();
  ${act};
  const work = performance.now() - from;
  requestAnimationFrame(() => setTimeout(() => resolve([work, performance.now() - from])));
})`;

const acts = {
  'popover of a person': `document.querySelectorAll('.text a.persName')[round * 7].click()`,
  'popover of a place': `document.querySelectorAll('.text a.placeName')[round * 7].click()`,
  'popover of a date': `document.querySelectorAll('.text a.date')[round * 4].click()`,
  'next mention': `document.querySelectorAll('.text a.persName[data-entity="pers.li-jiqian"]')[0].click();
    document.querySelector('.popover .next-mention').click()`,
  'hide a layer': `document.querySelector('input[data-layer="commentary"]').click()`,
  'change of direction': `document.dispatchEvent(new KeyboardEvent('keydown', { key: 'd' }))`,
  'change of size': `document.querySelector('[data-setting="size"][data-value="' + ['l', 'm'][round % 2] + '"]').click()`,
};

const browser = await chromium.launch({
  executablePath: await sparticuz.executablePath(),
  args: ['--no-sandbox', '--disable-gpu', '--no-zygote'],
});
try {
  for (const direction of process.argv.length > 2 ? process.argv.slice(2) : ['vertical', 'horizontal']) {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.addInitScript(`localStorage.setItem('weibian.direction', '${direction}')`);
    await page.goto(pathToFileURL(join(folder, 'juan-03.html')).href);
    await page.locator('html[data-ready]').waitFor({ state: 'attached' });
    for (const [name, act] of Object.entries(acts)) {
      const found = [];
      for (let round = 0; round < rounds; round++) {
        found.push(await page.evaluate(timed(`const round = ${round}; ${act}`)));
        await page.keyboard.press('Escape');
        await page.waitForTimeout(150);
      }
      const column = (at) => found.map((times) => times[at]).sort((a, b) => a - b);
      const [work, shown] = [column(0), column(1)];
      const row = { direction, name, script: work[rounds / 2], shown: shown[rounds / 2], worst: shown.at(-1) };
      console.log(JSON.stringify(row, (_, value) => (typeof value === 'number' ? Math.round(value) : value)));
    }
    await page.close();
  }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
