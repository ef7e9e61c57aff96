import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import sparticuz from '@sparticuz/chromium';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { convertDocument } from '../src/commands/convert-document.ts';
import { readEditionConfig } from '../src/config/edition-config.ts';
import { writeFileAtomic } from '../src/core/files.ts';
import { packageRoot } from '../src/core/package-root.ts';
import { buildHtml } from '../src/edition/build-html.ts';

// The site of juan 3, opened from the file system in Chromium with JavaScript off.

const home = fileURLToPath(packageRoot);
const folder = mkdtempSync(join(tmpdir(), 'weibian-site-'));
const pages = [
  'index',
  'juan-03',
  'persons',
  'places',
  'peoples',
  'works',
  'events',
  'chronology',
  'calendar',
  'map',
  'search',
  'about',
];
let browser: Browser;
let reader: BrowserContext;
let tei = '';
const faults: string[] = [];

const address = (page: string): string => `${pathToFileURL(folder).href}/${page}.html`;

/** A page whose console errors and whose requests beyond the file system are collected. */
async function open(context: BrowserContext, page: string): Promise<Page> {
  const opened = await context.newPage();
  opened.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(`${page}: ${message.text()}`);
  });
  opened.on('requestfailed', (request) => faults.push(`${page}: failed ${request.url()}`));
  opened.on('request', (request) => {
    if (!request.url().startsWith('file://')) faults.push(`${page}: leaves the file system: ${request.url()}`);
  });
  await opened.goto(address(page));
  return opened;
}

beforeAll(async () => {
  const edition = readEditionConfig(join(home, 'edition.json'), () => {});
  const document = edition!.documents[0]!;
  const converted = convertDocument(readFileSync(document.file), document, edition!, '0.0.0', () => {});
  tei = converted!.tei.xml;
  for (const { path, content } of await buildHtml(
    [{ path: 'xixiaji-03.xml', xml: tei }],
    { search: false },
    () => {},
  )) {
    writeFileAtomic(join(folder, path), content);
  }
  browser = await chromium.launch({
    executablePath: await sparticuz.executablePath(),
    args: ['--no-sandbox', '--disable-gpu', '--no-zygote'],
  });
  reader = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 1440, height: 1000 } });
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Attribute values of a page by regular expression: the pages are our own, and with JavaScript off there is no DOM to ask. */
function values(page: string, attribute: 'href' | 'id'): string[] {
  const html = readFileSync(join(folder, `${page}.html`), 'utf8');
  return [...html.matchAll(new RegExp(` ${attribute}="([^"]*)"`, 'g'))].map((match) =>
    match[1]!.replaceAll('&amp;', '&'),
  );
}

describe('the site in a browser', () => {
  it('shows every page without an error and without leaving the file system', async () => {
    for (const page of pages) {
      const opened = await open(reader, page);
      expect(await opened.locator('h1').count(), page).toBe(1);
      expect(await opened.locator('main').isVisible(), page).toBe(true);
      await opened.close();
    }
    expect(faults).toEqual([]);
  });

  it('has all entries, and the whole text of the TEI, readable without JavaScript', async () => {
    const opened = await open(reader, 'juan-03');
    expect(await opened.locator('article.entry').count()).toBe(68);
    expect(await opened.locator('section.year').count()).toBe(5);
    const shown = (await opened.locator('.gang, .mu').allTextContents()).join('').replace(/\s/g, '');
    const inBody = tei.slice(tei.indexOf('<body')).replace(/<choice>.*?<sic>(.*?)<\/sic>.*?<\/choice>/gs, '$1');
    const source = inBody.replace(/<supplied[^>]*>(.*?)<\/supplied>/gs, '〔$1〕').replace(/<[^>]*>/g, '');
    const plain = source.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&').replace(/\s/g, '');
    // A g with a standard mapping shows the mapping; its title keeps the spelling of the source.
    expect(shown.replace('癿', '<白\u{e7b7}>')).toBe(plain);
    await opened.close();
  });

  it('loads its font, and fits every width', async () => {
    const checker = await browser.newContext();
    const opened = await open(checker, 'juan-03');
    const loaded = await opened.evaluate(`document.fonts.ready.then((fonts) => [...fonts].map((font) => font.status))`);
    expect(loaded).toEqual(['loaded', 'loaded']);
    for (const page of pages) {
      await opened.goto(address(page));
      for (const width of [390, 820, 1440]) {
        await opened.setViewportSize({ width, height: 900 });
        const overflow = await opened.evaluate(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        );
        expect(overflow, `${page} at ${width} px`).toBeLessThanOrEqual(0);
      }
    }
    await checker.close();
    expect(faults).toEqual([]);
  });
});

describe('the links of the site', () => {
  it('lead from each mention to its register, and from the pages of the entities back to each mention', () => {
    const text = readFileSync(join(folder, 'juan-03.html'), 'utf8');
    const there = [...text.matchAll(/<a class="(?:name|bibl)[^"]*" id="([^"]+)" href="(\w+)\.html#([^"]+)"/g)];
    const back = ['persons', 'places', 'peoples', 'works'].flatMap((register) =>
      readdirSync(join(folder, register))
        .filter((name) => name.endsWith('.html'))
        .flatMap((name) => values(`${register}/${name.replace(/\.html$/, '')}`, 'href')),
    );
    const mentions = back
      .filter((href) => /^\.\.\/juan-03\.html#.*\.m\d+$/.test(href))
      .map((href) => href.split('#')[1]!);
    const pointers = tei
      .slice(tei.indexOf('<body'))
      .match(/<(?:persName|placeName|orgName|rs|bibl) [^>]*(?:ref|corresp)="#/g);
    expect(there.length).toBe(pointers?.length);
    expect(there.map((match) => match[1]!).sort()).toEqual(mentions.sort());
  });
});
