import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import axe from 'axe-core';
import { HtmlValidate, StaticConfigLoader } from 'html-validate';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeFileAtomic } from '../src/core/files.ts';
import { buildHtml } from '../src/edition/build-html.ts';
import { exampleTei, launchBrowser, serveFolder } from './site-in-browser.ts';

// What holds for every page of a site: valid HTML, WCAG 2.2 AA, no error, nothing from elsewhere, a budget; of juan 3 and of a hostile text.

const themes = ['paper', 'day', 'night'];
const directions = ['vertical', 'horizontal'];
const widths = [390, 1440];

/** Pages of which a site has one each, and folders of which one page stands for all. */
const singlePages = 'index juan-03 persons places peoples works events chronology calendar map search about'.split(' ');
const folders = ['persons', 'places', 'peoples', 'works', 'events'];

interface Site {
  readonly folder: string;
  readonly pages: readonly string[];
}

function writeSite(files: Awaited<ReturnType<typeof buildHtml>>): Site {
  const folder = mkdtempSync(join(tmpdir(), 'weibian-checks-'));
  for (const { path, content } of files) writeFileAtomic(join(folder, path), content);
  return { folder, pages: files.map(({ path }) => path).filter((path) => path.endsWith('.html')) };
}

/** A page of every type: of the pages of entities the longest of each register, which has most of what there can be. */
function pageTypes({ folder, pages }: Site): string[] {
  const size = (page: string): number => statSync(join(folder, page)).size;
  const longest = folders.flatMap((name) =>
    pages
      .filter((page) => page.startsWith(`${name}/`))
      .sort((a, b) => size(b) - size(a) || (a < b ? -1 : 1))
      .slice(0, 1),
  );
  return [...pages.filter((page) => !page.includes('/')), ...longest];
}

const validator = new HtmlValidate(
  new StaticConfigLoader({
    root: true,
    extends: ['html-validate:standard', 'html-validate:document'],
    rules: {
      // Ids of TEI have dots, those of our own a colon.
      'valid-id': ['error', { relaxed: true }],
      // Titles of works are as long as they are.
      'long-title': 'off',
      // Everything is of the same origin.
      'require-sri': 'off',
      // Panels stand before the main heading of the page.
      'heading-level': ['error', { minInitialRank: 'h2', sectioningRoots: [] }],
    },
  }),
);

function invalidities({ folder }: Site, page: string): string[] {
  const { results } = validator.validateStringSync(readFileSync(join(folder, page), 'utf8'), page);
  return results.flatMap(({ messages }) =>
    messages.map(
      ({ ruleId, message, line, column, selector }) => `${page}:${line}:${column} ${ruleId}: ${message} ${selector}`,
    ),
  );
}

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

/** A page with what goes wrong on it: errors of the console, requests that fail or leave the site, dialogs. */
async function openPage(context: BrowserContext, origin: string, faults: string[]): Promise<Page> {
  const page = await context.newPage();
  const note = (fault: string): void => void faults.push(`${page.url()}: ${fault}`);
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) note(message.text());
  });
  page.on('pageerror', (fault) => note(fault.message));
  page.on('requestfailed', (request) => note(`failed ${request.url()} ${request.failure()?.errorText}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(origin)) note(`leaves the site: ${request.url()}`);
  });
  page.on('dialog', (dialog) => {
    note(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return page;
}

/** Settings of the reader, kept before the first page is opened. */
async function contextWith(settings: Readonly<Record<string, string>>, width: number): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, reducedMotion: 'reduce' });
  const entries = JSON.stringify(Object.entries(settings));
  await context.addInitScript(
    `for (const [name, value] of ${entries}) localStorage.setItem('weibian.' + name, value);`,
  );
  return context;
}

const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Violations of WCAG on the open page, as lines; `contrast` says whether to look at colours, which takes longest, or at nothing else. */
async function violations(page: Page, contrast: 'with' | 'without' | 'only' = 'with'): Promise<string[]> {
  const options = {
    runOnly: contrast === 'only' ? { type: 'rule', values: ['color-contrast'] } : { type: 'tag', values: levels },
    rules: { 'color-contrast': { enabled: contrast !== 'without' } },
    resultTypes: ['violations'],
  };
  await page.evaluate(axe.source);
  const found = await page.evaluate<axe.Result[]>(
    `axe.run(document, ${JSON.stringify(options)}).then(({ violations }) => violations)`,
  );
  const name = page.url().split('/').at(-1);
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, any, all }) => `${name} ${id} ${target.join(' ')}: ${(any[0] ?? all[0])?.message}`),
  );
}

describe('the site of juan 3', () => {
  let site: Site;
  let server: Server;
  let address: string;
  let types: string[];

  beforeAll(async () => {
    site = writeSite(await buildHtml([{ path: 'xixiaji-03.xml', xml: exampleTei().xml }], {}, () => {}));
    ({ server, address } = await serveFolder(site.folder));
    types = pageTypes(site);
  });
  afterAll(() => {
    server?.close();
    if (site) rmSync(site.folder, { recursive: true, force: true });
  });

  it('has a page of every type', () => {
    expect(types.filter((page) => !page.includes('/'))).toEqual(singlePages.map((name) => `${name}.html`).sort());
    expect(types.filter((page) => page.includes('/')).map((page) => page.split('/')[0])).toEqual(folders);
  });

  it('is valid HTML, page by page', () => {
    // Every page of a type but those of entities, of which each tenth.
    const checked = site.pages.filter((page, at) => !page.includes('/') || at % 10 === 0 || types.includes(page));
    expect(checked.flatMap((page) => invalidities(site, page))).toEqual([]);
  });

  it('keeps its budget', () => {
    const gzipped = (page: string): number => gzipSync(readFileSync(join(site.folder, page))).length;
    for (const page of types) expect(gzipped(page), page).toBeLessThanOrEqual(100 * 1024);
    const fonts = readdirSync(join(site.folder, 'assets')).filter((name) => name.endsWith('.woff2'));
    const sizes = fonts.map((name) => statSync(join(site.folder, 'assets', name)).size);
    expect(fonts.length).toBeGreaterThan(0);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(400 * 1024);
  });

  it.each(directions)(
    'shows every page %s without an error and without leaving the site',
    async (direction) => {
      const faults: string[] = [];
      for (const width of widths) {
        const context = await contextWith({ direction }, width);
        const page = await openPage(context, address, faults);
        for (const type of direction === 'vertical' ? types : types.filter((name) => name.startsWith('juan'))) {
          await page.goto(`${address}/${type}`, { waitUntil: 'networkidle' });
        }
        await context.close();
      }
      expect(faults).toEqual([]);
    },
    240_000,
  );

  it('has no violation of WCAG 2.2 AA on any page, in every theme', async () => {
    const context = await contextWith({ lang: 'zh-Hant' }, 1440);
    const page = await context.newPage();
    const found: string[] = [];
    for (const type of types) {
      await page.goto(`${address}/${type}`);
      found.push(...(await violations(page, 'without')));
      for (const theme of themes) {
        await page.evaluate(`document.documentElement.setAttribute('data-theme', '${theme}')`);
        found.push(...(await violations(page, 'only')).map((line) => `${theme}: ${line}`));
      }
    }
    await context.close();
    expect(found).toEqual([]);
  }, 900_000);

  it('has no violation in English', async () => {
    const context = await contextWith({ lang: 'en' }, 1440);
    const page = await context.newPage();
    const found: string[] = [];
    for (const type of types) {
      await page.goto(`${address}/${type}`);
      found.push(...(await violations(page, 'without')));
    }
    await context.close();
    expect(found).toEqual([]);
  }, 900_000);

  it.each(directions)(
    'has no violation in the text %s, with a citation, a search and its panels open',
    async (direction) => {
      const context = await contextWith({ direction }, direction === 'vertical' ? 1440 : 390);
      const page = await context.newPage();
      await page.goto(`${address}/juan-03.html`);
      await page.locator('details.cite summary').first().click();
      const found = await violations(page);
      for (const panel of ['settings', 'legend']) {
        await page.locator(`[popovertarget=":${panel}"]`).click();
        found.push(...(await violations(page, 'without')));
        await page.keyboard.press('Escape');
      }
      await page.goto(`${address}/search.html#q=${encodeURIComponent('靈州')}`);
      await page.locator('[data-state=found]:visible').waitFor();
      found.push(...(await violations(page)));
      await context.close();
      expect(found).toEqual([]);
    },
    300_000,
  );
});

/** Strings that mean something to HTML, to attributes, to scripts or to the eye, and nothing to a chronicle. */
const hostile = {
  script: '<script>globalThis.broken = 1</script>',
  image: '<img src=x onerror="globalThis.broken = 2">',
  attribute: '"onclick="globalThis.broken = 3" onfocus=\'globalThis.broken = 4\' autofocus x="',
  cdata: ']]><!-- --><![CDATA[ &amp; &lt;b> {{7*7}} $'.concat('{7*7} </style></title></template></textarea>'),
  override: '\u202e甲乙\u202c\u2066丙\u200b\u0301\u0300',
  address: 'javascript:globalThis.broken=5',
};

/** A document with every string in every place of text, and the dangerous ones in attributes; one line has 100,000 characters. */
function hostileTei(): string {
  const escaped = (text: string): string =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
  const all = escaped(Object.values(hostile).join(' '));
  const long = `${'甲'.repeat(49_990)}${all}${'乙'.repeat(50_000)}`;
  const attribute = escaped(hostile.attribute);
  const address = escaped(hostile.address);
  return `<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="h" xml:lang="lzh-Hant">
<teiHeader><fileDesc><titleStmt><title type="main">${all}</title><title type="sub">${all}</title><author>${all}</author><editor xml:id="resp.a">${all}</editor></titleStmt>
<editionStmt><edition>${all}</edition></editionStmt>
<publicationStmt><publisher>${all}</publisher><pubPlace>${all}</pubPlace><date when="2026-01-01">2026</date><idno type="edition">${all}</idno><idno type="file">h</idno><idno type="URL">${address}</idno><availability><licence target="${address}">${all}</licence></availability></publicationStmt>
<sourceDesc><bibl><title>${all}</title><note>${all}</note></bibl></sourceDesc></fileDesc>
<encodingDesc><appInfo><application xml:id="rule.x" ident="x" version="1"><label>${all}</label></application></appInfo></encodingDesc></teiHeader>
<standOff>
<listPerson><person xml:id="pers.a" resp="#resp.a"><persName type="full">${all}</persName><persName type="${attribute}">x</persName><note>${all}</note><idno type="${attribute}">${address}</idno></person></listPerson>
<listPlace><place xml:id="place.a" type="${attribute}" resp="#resp.a"><placeName type="full">${all}</placeName><location><desc>${all}</desc><geo>38.1 106.2</geo></location><note>${all}</note></place></listPlace>
<listOrg><org xml:id="org.a" resp="#resp.a"><orgName type="full">${all}</orgName></org></listOrg>
<listBibl><bibl xml:id="work.a" resp="#resp.a"><title type="full">${all}</title><ref target="${address}">${all}</ref></bibl></listBibl>
<listEvent><event type="year" xml:id="h.y1" when-custom="咸平2" from="0999-01-25" to="1000-02-12"><label>${all}</label><desc>${all}</desc><listEvent><event type="entry" xml:id="h.ev1" corresp="#h.e1" when-custom="咸平2-6" from="0999-07-21" to="0999-08-18" resp="#rule.x"><label>${all}</label></event></listEvent></event></listEvent>
<listApp><app from="#h.n1" to="#h.n1" resp="#rule.x"><lem>${all}</lem><rdg source="#work.a">${all}</rdg></app></listApp>
</standOff>
<text><body><div type="juan" n="1"><div type="year" n="咸平2" corresp="#h.y1"><div type="entry" n="1" xml:id="h.e1">
<head type="gang"><date when-custom="咸平2-6" from="0999-07-21" to="0999-08-18" resp="#rule.x">${all}</date><persName ref="#pers.a" resp="#rule.x" cert="low">${all}</persName><placeName ref="#place.a" resp="#rule.x">${all}</placeName></head>
<p><orgName ref="#org.a" resp="#rule.x">${all}</orgName><choice><sic>${all}</sic><corr resp="#resp.a" cert="low">${all}</corr></choice><note type="variant" place="inline" resp="#rule.x" xml:id="h.n1">（<bibl corresp="#work.a" resp="#rule.x">《<title>${all}</title>》</bibl>）</note></p>
<p>${long}</p></div></div></div></body></text></TEI>`;
}

describe('the site of a hostile text', () => {
  let site: Site;
  let server: Server;
  let address: string;

  beforeAll(async () => {
    site = writeSite(await buildHtml([{ path: 'h.xml', xml: hostileTei() }], { fonts: false }, () => {}));
    ({ server, address } = await serveFolder(site.folder));
  });
  afterAll(() => {
    server?.close();
    if (site) rmSync(site.folder, { recursive: true, force: true });
  });

  it('has a page of every type, valid HTML each', () => {
    expect(site.pages.length).toBeGreaterThanOrEqual(singlePages.length + folders.length);
    expect(site.pages.flatMap((page) => invalidities(site, page))).toEqual([]);
  });

  it('is text everywhere: no element, no attribute, no script of it, no error, nothing from elsewhere', async () => {
    const faults: string[] = [];
    const context = await contextWith({}, 1440);
    const page = await openPage(context, address, faults);
    for (const type of site.pages) {
      await page.goto(`${address}/${type}`, { waitUntil: 'networkidle' });
      const strange = await page.evaluate<string[]>(`[...document.querySelectorAll('*')].flatMap((element) => [
        ...(['IMG', 'B', 'STYLE', 'TEXTAREA', 'IFRAME'].includes(element.tagName) ? [element.tagName] : []),
        ...[...element.attributes]
          .filter(({ name, value }) => /^on/.test(name) || name === 'autofocus' || (/^(href|src)$/.test(name) && /^\\s*javascript:/i.test(value)))
          .map(({ name }) => name),
        ...(element.tagName === 'SCRIPT' && !element.src && element.type !== 'application/ld+json' ? ['inline script'] : []),
      ])`);
      expect(strange, type).toEqual([]);
      expect(await page.evaluate('globalThis.broken'), type).toBeUndefined();
    }
    expect(faults).toEqual([]);
    await context.close();
  }, 240_000);

  it('is found by the search, and shown as it is', async () => {
    const faults: string[] = [];
    const context = await contextWith({}, 1440);
    const page = await openPage(context, address, faults);
    for (const query of ['<script>globalThis.broken', '甲甲 onerror', '乙丙']) {
      await page.goto(`${address}/index.html`);
      await page.goto(`${address}/search.html#${new URLSearchParams({ q: query })}`);
      await page.locator('[data-state=found]:visible').waitFor();
      expect(await page.locator('mark').first().textContent(), query).toBeTruthy();
      expect(await page.locator('.hit img, .hit script').count()).toBe(0);
    }
    expect(await page.evaluate('globalThis.broken')).toBeUndefined();
    expect(faults).toEqual([]);
    await context.close();
  });

  it('has the long line whole', () => {
    const text = readFileSync(join(site.folder, 'juan-01.html'), 'utf8');
    expect(text).toContain('甲'.repeat(49_990));
    expect(text).toContain('乙'.repeat(50_000));
  });
});
