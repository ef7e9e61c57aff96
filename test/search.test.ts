import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Converter } from 'opencc-js';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Diagnostic } from '../src/core/diagnostic.ts';
import { writeFileAtomic } from '../src/core/files.ts';
import { fold } from '../src/core/fold.ts';
import { findHits, type SearchRecord, searchForm, searchTerms } from '../src/core/search-record.ts';
import { buildHtml } from '../src/edition/build-html.ts';
import { buildSearchIndex } from '../src/edition/search-index.ts';
import { hitContext } from '../src/site/hit-context.ts';
import { type Pagefind, pagefindEngine } from '../src/site/pagefind-engine.ts';
import { type SearchEngine, search } from '../src/site/search-engine.ts';
import { type TextPart, textEngine } from '../src/site/text-engine.ts';
import { exampleTei, launchBrowser, serveFolder } from './site-in-browser.ts';

const folder = mkdtempSync(join(tmpdir(), 'weibian-search-'));
const { text: source, xml: tei } = exampleTei();
let server: Server;
let address: string;

beforeAll(async () => {
  const files = await buildHtml([{ path: 'xixiaji-03.xml', xml: tei }], { fonts: false }, () => {});
  for (const { path, content } of files) writeFileAtomic(join(folder, path), content);
  ({ server, address } = await serveFolder(folder));
});

afterAll(() => {
  server?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What counts of a text, by other means than the search itself. */
const plain = (text: string): string => fold(text.replace(/[^\p{L}\p{N}\p{Co}]/gu, '').toLowerCase());

const decoded = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&').replaceAll('&quot;', '"');

/** Id → the readings of an entry, taken from the TEI by regular expression. */
const entries = new Map(
  [...tei.matchAll(/<div type="entry"[^>]*xml:id="([^"]+)">(.*?)<\/div>/gs)].map(([, id, content]) => {
    const withoutCorr = content!.replace(/<corr\b.*?<\/corr>/gs, '');
    const readings = [
      withoutCorr,
      withoutCorr.replace(/<note\b.*?<\/note>/gs, ''),
      content!.replace(/<sic\b.*?<\/sic>/gs, '').replace(/<g ref="#char\.2">.*?<\/g>/gs, '癿'),
    ];
    return [id!, readings.map((reading) => plain(decoded(reading.replace(/<[^>]*>/g, ''))))];
  }),
);

/** Ids of the entries that have a query, by reading them all. */
function expected(query: string): string[] {
  return [...entries].filter(([, readings]) => readings.some((text) => text.includes(plain(query)))).map(([id]) => id);
}

let seed = 20261123;
const random = (below: number): number => {
  seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
  return Math.floor((seed / 2 ** 32) * below);
};

/** Strings of one to four characters from anywhere in a text, across lines, entries and notes. */
function randomStrings(text: string, count: number): string[] {
  const characters = [...text];
  return Array.from({ length: count }, () => {
    const length = 1 + random(4);
    const at = random(characters.length - length);
    return characters.slice(at, at + length).join('');
  });
}

const toSimplified = Converter({ from: 't', to: 'cn' });
const body = source.replace(/\s/g, '');
const han = [...body].filter((character) => /[\p{L}\p{N}\p{Co}]/u.test(character)).join('');
const queries: string[] = [
  ...randomStrings(han, 400),
  ...randomStrings(body, 100).filter((query) => plain(query) !== ''),
  ...randomStrings(han, 130).map((query) => String(toSimplified(query))),
].slice(0, 600);

async function idsFound(engine: SearchEngine, query: string): Promise<string[]> {
  const { ids } = await search(engine, { query, type: 'text', year: '' }, { type: [], year: [] });
  const records = await Promise.all(ids.map((id) => engine.load(id)));
  return records.map(({ href }) => href.split('#')[1]!);
}

async function openPagefind(): Promise<SearchEngine> {
  const module = (await import(pathToFileURL(join(folder, 'search/pagefind/pagefind.js')).href)) as {
    createInstance(options: { basePath: string }): Pagefind;
  };
  const pagefind = module.createInstance({ basePath: `${address}/search/pagefind/` });
  await pagefind.init();
  return pagefindEngine(pagefind);
}

function recordsOfSite(): SearchRecord[] {
  const script = readFileSync(join(folder, 'search/texts-1.js'), 'utf8');
  return [...(JSON.parse(script.slice(script.indexOf('{'), script.lastIndexOf('}') + 1)) as TextPart).records];
}

describe('a search is exact', () => {
  it('has the text of the source in its records, and nothing else', () => {
    const texts = recordsOfSite()
      .filter(({ type }) => type === 'text')
      .map(({ texts }) => texts.find(({ kind }) => kind === 'source')!.text);
    // Brackets of the transcriber are elements in the TEI, and punctuation does not count.
    expect(plain(texts.join('')) === plain(body)).toBe(true);
    expect([...entries.keys()]).toHaveLength(68);
  });

  it.each([
    ['Pagefind', openPagefind],
    ['the texts themselves', async () => textEngine(recordsOfSite())],
  ])(
    'recall and precision are 1 for 600 random strings: %s',
    async (_, open) => {
      const engine = await open();
      expect(queries).toHaveLength(600);
      let found = 0;
      let wanted = 0;
      let right = 0;
      for (const query of queries) {
        const [ids, should] = [await idsFound(engine, query), expected(query)];
        expect(ids, query).toEqual(should);
        found += ids.length;
        wanted += should.length;
        right += ids.filter((id) => should.includes(id)).length;
      }
      expect(wanted).toBeGreaterThan(600);
      expect([right / wanted, right / found]).toEqual([1, 1]);
    },
    120_000,
  );

  it('both engines agree on entities, terms together, types and years', async () => {
    const engines = [await openPagefind(), textEngine(recordsOfSite())];
    const values = { type: ['text', 'persons', 'places', 'peoples', 'works'], year: ['咸平2', '咸平4', '咸平6'] };
    for (const query of ['繼遷', '党项', '遷 靈州', '六谷', '宋史', 'Song general', '繼遷 無此語']) {
      for (const [type, year] of [
        ['', ''],
        ['persons', ''],
        ['text', '咸平4'],
      ] as const) {
        const results = await Promise.all(engines.map((engine) => search(engine, { query, type, year }, values)));
        const found = await Promise.all(
          results.map(async ({ ids }, at) => Promise.all(ids.map((id) => engines[at]!.load(id)))),
        );
        expect(found[0], `${query} ${type} ${year}`).toEqual(found[1]);
        expect(results[0]!.counts, query).toEqual(results[1]!.counts);
      }
    }
  });
});

describe('the form in which texts are compared', () => {
  it.each([
    ['李繼遷，死。', '李繼遷死'],
    ['党项、谷', '黨項穀'],
    ['Bǎo Ｃ', 'baoc'],
    ['「」（）…', ''],
    ['𨫼□\u{e7b7}', '𨫼□\u{e7b7}'],
  ])('%s', (text, same) => {
    expect(searchForm(text).form).toBe(searchForm(same).form);
  });

  it('keeps the places of the text, beyond the BMP too', () => {
    const text = '甲，𨫼，乙丙';
    expect(
      findHits(text, searchForm(text), searchForm('𨫼乙').form).map(({ start, end }) => text.slice(start, end)),
    ).toEqual(['𨫼，乙']);
  });

  it('takes what stands between white space as terms', () => {
    expect(searchTerms('  继迁　"靈州" 繼遷 ，')).toEqual([searchForm('繼遷').form, searchForm('靈州').form]);
  });
});

describe('the context of a hit', () => {
  const record = (...texts: SearchRecord['texts']): SearchRecord => ({
    href: 'a.html',
    type: 'text',
    title: '1',
    years: [],
    texts,
  });
  const shown = (of: SearchRecord, ...terms: string[]): string =>
    hitContext(
      of,
      terms.map((term) => searchForm(term).form),
    )
      .parts.map(({ text, marked }) => (marked ? `[${text}]` : text))
      .join('');

  it('marks every place, and leaves out what is far from them', () => {
    const text = `${'甲'.repeat(40)}党${'乙'.repeat(100)}黨項${'丙'.repeat(40)}`;
    expect(shown(record({ kind: 'source', text }), '黨')).toBe(
      `…${'甲'.repeat(24)}[党]${'乙'.repeat(24)}…${'乙'.repeat(24)}[黨]項${'丙'.repeat(23)}…`,
    );
  });

  it('marks all terms, and terms that overlap once', () => {
    expect(shown(record({ kind: 'source', text: '夏六月繼遷掠河西' }), '繼遷', '遷掠', '夏')).toBe(
      '[夏]六月[繼遷][掠]河西',
    );
  });

  it('takes the reading that has the terms', () => {
    const of = record({ kind: 'source', text: '繼（注）選' }, { kind: 'without-notes', text: '繼選' });
    expect(hitContext(of, [searchForm('繼選').form]).kind).toBe('without-notes');
  });
});

describe('the index', () => {
  const records: SearchRecord[] = ['甲乙丙', '丁戊', '<script>alert(1)</script>\u202e]]>"'].map((text, at) => ({
    href: `a.html#${at}`,
    type: 'text',
    title: String(at),
    years: [],
    texts: [{ kind: 'source', text }],
  }));

  it('is the same bytes each time', async () => {
    const once = await buildSearchIndex(records, () => {});
    const again = await buildSearchIndex(records, () => {});
    expect(once.map(({ path }) => path)).toContain('search/pagefind/pagefind-entry.json');
    expect(again).toEqual(once);
  });

  it('does without Pagefind where its program does not run, and says so', async () => {
    const found: Diagnostic[] = [];
    process.env.PAGEFIND_EXTENDED_BINARY_PATH = join(folder, 'no-such-program');
    try {
      const files = await buildSearchIndex(records, (diagnostic) => found.push(diagnostic));
      expect(files.map(({ path }) => path)).toEqual(['search/texts-1.js']);
    } finally {
      delete process.env.PAGEFIND_EXTENDED_BINARY_PATH;
    }
    expect(found.map(({ code }) => code)).toEqual(['edition/no-search-index']);
  });
});

describe('the search page in Chromium', () => {
  let browser: Browser;
  const faults: string[] = [];

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  async function open(base: string, hash = ''): Promise<Page> {
    const page = await browser.newPage();
    page.on('console', (message) => faults.push(message.text()));
    page.on('pageerror', (fault) => faults.push(fault.message));
    page.on('requestfailed', (request) => faults.push(request.url()));
    page.on('request', (request) => {
      if (!request.url().startsWith(base)) faults.push(request.url());
    });
    await page.goto(`${base}/search.html${hash}`);
    return page;
  }

  async function ask(page: Page, query: string): Promise<string[]> {
    const hash = `#${new URLSearchParams({ q: query, type: 'text' })}`;
    await page.evaluate(`location.hash = ${JSON.stringify(hash)}`);
    await expect.poll(() => page.locator('[name=q]').inputValue(), { timeout: 10_000 }).toBe(query);
    await page.locator('.hits[aria-busy=false]').waitFor({ state: 'attached' });
    const total = Number(await page.locator('#\\:total').textContent());
    const hits = page.locator('.hit a');
    while ((await hits.count()) < total && (await page.locator('#\\:more').isVisible())) {
      const before = await hits.count();
      await page.locator('#\\:more').click();
      await expect.poll(() => hits.count(), { timeout: 10_000 }).toBeGreaterThan(before);
    }
    return hits.evaluateAll((links) => links.map((link) => String(link.getAttribute('href')).split('#')[1]!));
  }

  it.each(['http', 'file'] as const)('finds the same from %s', async (scheme) => {
    const base = scheme === 'http' ? address : pathToFileURL(folder).href;
    const page = await open(base);
    for (const query of [...queries.slice(0, 12), ...queries.slice(420, 426), ...queries.slice(540, 552)]) {
      expect(await ask(page, query), query).toEqual(expected(query));
    }
    await page.close();
    expect(faults).toEqual([]);
  });

  it('loads Pagefind and not the texts where there is a server', async () => {
    const page = await browser.newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(`${address}/search.html?q=${encodeURIComponent('卢鉴')}`);
    await page.locator('[data-state=found]:visible').waitFor();
    expect(asked.some((url) => url.endsWith('wasm.unknown.pagefind'))).toBe(true);
    expect(asked.some((url) => url.includes('texts-1.js'))).toBe(false);
    expect(await page.locator('mark').first().textContent()).toBe('盧鑒');
    // The semi-bold font has the characters of titles only: a hit set in it may be blank.
    expect(await page.evaluate(`getComputedStyle(document.querySelector('mark')).fontWeight`)).toBe('400');
    await page.close();
  });

  it('is narrowed by type and year, leads to the entry, and keeps the search in the address', async () => {
    const page = await open(address);
    await page.locator('[name=q]').fill('六谷');
    await page.locator('[data-state=found]:visible').waitFor();
    const all = Number(await page.locator('#\\:total').textContent());
    await page.locator('input[name=type][value=text]').check();
    await page.locator('[name=year]').selectOption('咸平4');
    await expect
      .poll(async () => Number(await page.locator('#\\:total').textContent()), { timeout: 10_000 })
      .toBeLessThan(all);
    await page.locator('.hits[aria-busy=false]').waitFor();
    expect(new URL(page.url()).hash).toBe(`#${new URLSearchParams({ q: '六谷', type: 'text', year: '咸平4' })}`);
    expect(await page.locator('.hit .when').allTextContents()).not.toContain('');
    const entry = (await page.locator('.hit a').first().getAttribute('href'))!;
    await page.locator('.hit a').first().click();
    await page.waitForURL(`${address}/${entry}`);
    expect(await page.locator(':target').textContent()).toMatch(/六[谷穀]/);
    await page.goBack();
    await page.locator('[data-state=found]:visible').waitFor();
    expect(await page.locator('[name=year]').inputValue()).toBe('咸平4');
    await page.close();
    expect(faults).toEqual([]);
  });

  it('speaks the language of the interface in its list of years', async () => {
    const page = await open(address, `#q=${encodeURIComponent('靈州')}`);
    const all = page.locator('[name=year] option').first();
    await expect.poll(() => all.textContent()).toMatch(/^All years \(\d+\)$/);
    await page.locator('[popovertarget=":settings"]').click();
    await page.locator('[data-setting="lang"][data-value="zh-Hant"]').click();
    await expect.poll(() => all.textContent()).toMatch(/^各年 \(\d+\)$/);
    await page.close();
    expect(faults).toEqual([]);
  });

  it('says where nothing is found, and what there is without JavaScript', async () => {
    const page = await open(address, `#${new URLSearchParams({ q: '無此語無此語' })}`);
    await page.locator('[data-state=none]:visible').waitFor();
    expect(await page.locator('.hit').count()).toBe(0);
    await page.close();
    const silent = await browser.newContext({ javaScriptEnabled: false });
    const still = await silent.newPage();
    await still.goto(`${address}/search.html`);
    expect(await still.locator('form').isVisible()).toBe(false);
    expect(await still.locator('noscript a').count()).toBeGreaterThan(4);
    await silent.close();
  });
});
