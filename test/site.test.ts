import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import sparticuz from '@sparticuz/chromium';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { convertDocument } from '../src/commands/convert-document.ts';
import { readEditionConfig } from '../src/config/edition-config.ts';
import { writeFileAtomic } from '../src/core/files.ts';
import { packageRoot } from '../src/core/package-root.ts';
import { buildHtml } from '../src/edition/build-html.ts';

// The site of juan 3, opened from the file system in Chromium, with JavaScript off and on.

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

  it('explains names and dates without JavaScript', async () => {
    const opened = await open(reader, 'juan-03');
    const names = opened.locator('.entry a.persName').first();
    expect(await names.getAttribute('href')).toMatch(/^persons\.html#/);
    const date = opened.locator('.entry a.date').first();
    const target = opened.locator(`[id="${(await date.getAttribute('href'))!.slice(1)}"]`);
    expect(await target.isVisible()).toBe(true);
    expect(await target.textContent()).toMatch(/999-07-21 – 08-18.*999-07-16 – 08-13.*遼統和十七年六月/s);
    expect(await opened.locator('.legend').isVisible()).toBe(true);
    expect(await opened.locator('.controls, .legend input, [popover]').filter({ visible: true }).count()).toBe(0);
    await opened.close();
  });

  it('fits every width in both directions, and is light', async () => {
    for (const direction of ['vertical', 'horizontal'] as const) {
      const checker = await readerWith({ direction });
      const opened = await open(checker, 'juan-03');
      const loaded = await opened.evaluate(
        `document.fonts.ready.then((fonts) => [...fonts].map((font) => font.status))`,
      );
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
    }
    const size = (file: string): number => statSync(join(folder, 'assets', file)).size;
    expect(size('edition.woff2') + size('edition-heading.woff2')).toBeLessThan(400_000);
    expect(gzipSync(readFileSync(join(folder, 'juan-03.html'))).length).toBeLessThan(100_000);
    expect(faults).toEqual([]);
  });
});

type Settings = Readonly<Record<string, string>>;

/** A reader with JavaScript who has chosen these settings before. */
async function readerWith(settings: Settings): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-TW' });
  await context.addInitScript((chosen: Settings) => {
    const store = globalThis as unknown as {
      localStorage: { length: number; setItem(key: string, value: string): void };
    };
    if (store.localStorage.length > 0) return;
    for (const [name, value] of Object.entries(chosen)) store.localStorage.setItem(`weibian.${name}`, value);
  }, settings);
  return context;
}

/** The text page of a reader, ready. */
async function read(context: BrowserContext, anchor = ''): Promise<Page> {
  const opened = await open(context, 'juan-03');
  if (anchor) await opened.goto(`${address('juan-03')}#${anchor}`);
  await opened.locator('html[data-ready]').waitFor({ state: 'attached' });
  return opened;
}

describe('reading', () => {
  it('is vertical on wide screens, horizontal on narrow ones, and changes without reload', async () => {
    const context = await readerWith({});
    const opened = await read(context);
    const mode = (): Promise<string> =>
      opened.evaluate(`getComputedStyle(document.querySelector('.text')).writingMode`);
    expect(await mode()).toBe('vertical-rl');
    await opened.evaluate('globalThis.stays = true');
    await opened.keyboard.press('d');
    expect(await mode()).toBe('horizontal-tb');
    expect(await opened.evaluate('globalThis.stays')).toBe(true);
    await opened.reload();
    expect(await mode()).toBe('horizontal-tb');
    await context.close();
    const narrow = await browser.newContext({ viewport: { width: 390, height: 844 } });
    const small = await read(narrow);
    expect(await small.evaluate(`getComputedStyle(document.querySelector('.text')).writingMode`)).toBe('horizontal-tb');
    await narrow.close();
  });

  it('sets notes in two half lines that stay inside their columns', async () => {
    const context = await readerWith({ direction: 'vertical' });
    const opened = await read(context);
    for (const height of [900, 620]) {
      await opened.setViewportSize({ width: 1440, height });
      await opened.waitForTimeout(300);
      const pieces: { lines: number; below: number; em: number }[] = await opened.evaluate(`
        [...document.querySelectorAll('.piece')].map((piece) => {
          const em = Number.parseFloat(getComputedStyle(piece).fontSize);
          const walker = document.createTreeWalker(piece, NodeFilter.SHOW_TEXT);
          const middles = [];
          while (walker.nextNode()) {
            const range = document.createRange();
            range.selectNodeContents(walker.currentNode);
            middles.push(...[...range.getClientRects()].map(({ left, width }) => left + width / 2));
          }
          middles.sort((a, b) => a - b);
          const lines = middles.filter((middle, at) => at === 0 || middle - middles[at - 1] > em / 2).length;
          const block = piece.closest('.gang, .mu').getBoundingClientRect();
          return { lines, below: (piece.getBoundingClientRect().bottom - block.bottom) / em, em };
        })`);
      expect(pieces.length).toBeGreaterThan(90);
      expect(pieces.filter(({ lines }) => lines > 2)).toEqual([]);
      expect(pieces.filter(({ below }) => below > 0.1)).toEqual([]);
    }
    await context.close();
  });

  it.each(['vertical', 'horizontal'])('copies the text of the source, %s', async (direction) => {
    const context = await readerWith({ direction });
    const opened = await read(context);
    const copied: string[] = await opened.evaluate(`
      [...document.querySelectorAll('.gang, .mu')].map((block) => {
        getSelection().selectAllChildren(block);
        return getSelection().toString();
      })`);
    const plain = await open(reader, 'juan-03');
    const shown = await plain.locator('.gang, .mu').allTextContents();
    await plain.close();
    expect(copied).toEqual(shown);
    await context.close();
  });

  it.each(['vertical', 'horizontal'])('shifts nothing while it loads, %s', async (direction) => {
    const context = await readerWith({ direction });
    await context.addInitScript(`
      globalThis.shift = 0;
      new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => (globalThis.shift += value)))
        .observe({ type: 'layout-shift', buffered: true });`);
    // What stands in the browser's cache of files shows how the page builds up, not how fast this machine is today.
    await (await read(context)).close();
    const opened = await read(context);
    await opened.waitForTimeout(500);
    expect(await opened.evaluate('globalThis.shift')).toBe(0);
    await context.close();
  });

  it('goes from entry to entry by j and k, tells year and month, and lets the keys be turned off', async () => {
    const context = await readerWith({ direction: 'vertical' });
    const opened = await read(context);
    const focused = (): Promise<string> => opened.evaluate(`document.activeElement.closest('.entry')?.id`);
    for (const key of ['j', 'j', 'j', 'k']) await opened.keyboard.press(key);
    expect(await focused()).toBe('xixiaji-03.e002');
    await opened.waitForTimeout(700);
    expect(await opened.locator('.here').textContent()).toBe('咸平二年六月');
    await opened.evaluate(`document.querySelector('main').scrollBy({ left: -1e6, behavior: 'instant' })`);
    await expect.poll(() => opened.locator('.here').textContent()).toMatch(/^咸平六年/);
    await opened.keyboard.press('l');
    await opened.locator('.legend input').first().focus();
    await opened.keyboard.press('j');
    expect(await opened.evaluate(`document.activeElement.matches('input')`)).toBe(true);
    await opened.keyboard.press('Escape');
    await opened.keyboard.press('?');
    await opened.locator('[data-setting="keys"][data-value="off"]').click();
    await opened.keyboard.press('Escape');
    await opened.keyboard.press('d');
    expect(await opened.locator('html').getAttribute('data-direction')).toBe('vertical');
    await context.close();
  });

  it('maps the wheel to the direction of the text', async () => {
    const context = await readerWith({ direction: 'vertical' });
    const opened = await read(context);
    await opened.mouse.move(700, 400);
    await opened.mouse.wheel(0, 500);
    await expect.poll(() => opened.evaluate(`document.querySelector('main').scrollLeft`)).toBe(-500);
    await context.close();
  });

  it('speaks the language of the reader and the other on demand', async () => {
    const context = await readerWith({});
    const opened = await read(context);
    expect(await opened.locator('html').getAttribute('lang')).toBe('zh-Hant');
    expect(await opened.locator('nav >> text=Persons').filter({ visible: true }).count()).toBe(0);
    await opened.locator('[popovertarget=":settings"]').click();
    await opened.locator('[data-setting="lang"][data-value="en"]').click();
    expect(await opened.locator('html').getAttribute('lang')).toBe('en');
    expect(await opened.locator('nav >> text=Persons').filter({ visible: true }).count()).toBe(1);
    expect(await opened.locator('.years').getAttribute('aria-label')).toBe('Years');
    await context.close();
    expect(faults).toEqual([]);
  });
});

describe('the title page', () => {
  it('counts the entries of years in either language, and in one where both are read', async () => {
    for (const [lang, count] of [
      ['zh-Hant', '8 條'],
      ['en', '8 entries'],
    ] as const) {
      const context = await readerWith({ lang });
      const opened = await open(context, 'index');
      expect((await opened.locator('.front li .count').first().innerText()).trim()).toBe(count);
      await context.close();
    }
    const plain = await open(reader, 'index');
    expect((await plain.locator('.front li .count').first().innerText()).trim()).toBe('8 條');
    await plain.close();
  });
});

describe('layers', () => {
  const marked: readonly (readonly [layer: string, selector: string, property: string, off: string])[] = [
    ['persons', '.text .persName', 'backgroundImage', 'none'],
    ['places', '.text .placeName', 'backgroundImage', 'none'],
    ['peoples', '.text .orgName', 'backgroundImage', 'none'],
    ['dates', '.text .date', 'backgroundImage', 'none'],
    ['citations', '.text .title', 'textDecorationLine', 'none'],
    ['variants', '.text .note.variant:not(:has(.seg))', 'display', 'none'],
    ['commentary', '.text .seg.commentary', 'display', 'none'],
  ];

  it('each have a mark of their own, can be hidden, and stay so', async () => {
    const context = await readerWith({ direction: 'horizontal' });
    const opened = await read(context);
    const style = (selector: string, property: string): Promise<string[]> =>
      opened.evaluate(
        `[...new Set([...document.querySelectorAll(${JSON.stringify(selector)})].map((one) => getComputedStyle(one).${property}))]`,
      );
    const names = await Promise.all(
      marked.slice(0, 4).map(async ([, selector, property]) => (await style(selector, property)).join()),
    );
    expect(new Set(names).size).toBe(4);
    await opened.keyboard.press('l');
    for (const [layer, selector, property, off] of marked) {
      expect(await style(selector, property), layer).not.toContain(off);
      await opened.locator(`.legend input[data-layer="${layer}"]`).uncheck();
      expect(await style(selector, property), layer).toEqual([off]);
    }
    const sign = (): Promise<string> =>
      opened.evaluate(`getComputedStyle(document.querySelector('.text .choice'), '::after').content`);
    expect(await sign()).toBe('"疑"');
    await opened.locator('.legend input[data-layer="corrections"]').uncheck();
    expect(await sign()).toBe('none');
    // Chromium hands what was stored to a new process a moment later: once in ten the first reload does not have it yet.
    await expect
      .poll(async () => {
        await opened.reload();
        return opened.locator('html').getAttribute('data-hide');
      })
      .toBe([...marked.map(([layer]) => layer), 'corrections'].join(' '));
    await context.close();
    expect(faults).toEqual([]);
  });
});

describe('popovers', () => {
  it.each(['vertical', 'horizontal'])('open, lead on and close by keyboard, %s', async (direction) => {
    const context = await readerWith({ direction });
    const opened = await read(context);
    const box = opened.locator('.popover');
    await opened.locator('#xixiaji-03\\.e002 a.persName').first().focus();
    await opened.keyboard.press('Enter');
    expect(await box.isVisible()).toBe(true);
    expect(await box.innerText()).toMatch(/李繼遷.*生 963.*卒 1004.*前一處/s);
    await opened.keyboard.press('Tab');
    expect(await opened.evaluate(`document.activeElement.closest('.popover') !== null`)).toBe(true);
    const at = await opened.locator('#xixiaji-03\\.e002 a.persName').first().boundingBox();
    const { x, y, width, height } = (await box.boundingBox())!;
    const [ahead, below, above] = [at!.x - (x + width), y - (at!.y + at!.height), at!.y - (y + height)];
    const gaps = direction === 'vertical' ? [ahead] : [below, above];
    expect(Math.min(...gaps.map(Math.abs))).toBeLessThan(40);
    expect(x >= 0 && y >= 0 && x + width <= 1440 && y + height <= 900).toBe(true);
    await opened.keyboard.press('Escape');
    expect(await box.isVisible()).toBe(false);
    expect(await opened.evaluate(`document.activeElement.id`)).toBe('xixiaji-03.e002.m1');
    await context.close();
  });

  it('tell of dates, citations, readings and corrections what the edition knows', async () => {
    const context = await readerWith({ direction: 'horizontal' });
    const opened = await read(context);
    const told = async (selector: string): Promise<string> => {
      await opened.locator(selector).first().click();
      const text = await opened.locator('.popover').innerText();
      await opened.keyboard.press('Escape');
      return text.replace(/\s+/g, ' ');
    };
    expect(await told('#xixiaji-03\\.e002 a.date')).toMatch(
      /夏六月 中曆 咸平二年六月 格里曆 999-07-21 – 08-18 儒略曆 999-07-16 – 08-13 同時 遼統和十七年六月 推得 年承 咸平二年（原書無年題，卷首之年，本編所定） 月見文中 曆用 宋曆 所據 Dates by grammar/,
    );
    expect(await told('#xixiaji-03\\.e002 a.bibl')).toMatch(/續資治通鑑長編.*李燾.*五百二十卷/);
    expect(await told('#xixiaji-03\\.e003 a.sign')).toMatch(/「黃女族長蒙異保」.*作「和諾克族長蒙吉布」/);
    expect(await told('.bibl:has(.choice)')).toMatch(/宋史.*「張估」疑當作「張佶」.*確度 中/);
    expect(await told('#xixiaji-03\\.e002 a.uncertain')).toMatch(/李璠.*確度 中/);
    await context.close();
    expect(faults).toEqual([]);
  });

  it('tell how a date was found, and lead to what it is taken from', async () => {
    const context = await readerWith({ direction: 'vertical' });
    const opened = await read(context);
    await opened.locator('#xixiaji-03\\.e032 .mu a.date').first().click();
    const box = opened.locator('.popover');
    expect((await box.locator('.chain li').allInnerTexts()).map((step) => step.replace(/\s+/g, ' '))).toEqual([
      '年承 咸平五年（原書無年題，起於 3.29，本編依條目次序定）',
      '月承上文 「三月」 3.32',
      '己酉為十三日，是月丁酉朔',
      '曆用 宋曆',
    ]);
    await box.locator('.chain a').nth(1).click();
    expect(await box.isVisible()).toBe(false);
    expect(await opened.evaluate('location.hash')).toBe('#xixiaji-03.e032.d1');
    await context.close();
    expect(faults).toEqual([]);
  });

  it('show a small map where coordinates are certain, and nowhere else', async () => {
    for (const theme of ['paper', 'day', 'night']) {
      const context = await readerWith({ direction: 'horizontal', theme });
      const opened = await read(context);
      await opened.locator('a[data-entity="place.linzhou"]').first().click();
      const drawn = opened.locator('.popover .map-thumbnail');
      expect(await drawn.locator('svg').getAttribute('aria-hidden')).toBe('true');
      expect(await opened.locator('.popover .more a').first().getAttribute('href')).toMatch(
        /^map\.html#:at-38\.95_110\.5$/,
      );
      const style = (selector: string, property: string): Promise<string> =>
        opened.evaluate(`getComputedStyle(document.querySelector(${JSON.stringify(selector)})).${property}`);
      const paper = await style('html', 'backgroundColor');
      expect(await style('.waters .river', 'fill')).toBe('none');
      expect(await style('.waters .river', 'stroke')).not.toBe(paper);
      expect(await style('.map-thumbnail circle', 'fill')).not.toBe(paper);
      await opened.keyboard.press('Escape');
      await opened.locator('a[data-entity="place.hanhai"]').first().click();
      expect(await opened.locator('.popover h2').innerText()).toBe('旱海');
      expect(await drawn.count()).toBe(0);
      await context.close();
    }
    expect(faults).toEqual([]);
  });

  it('quote the office before the name here, signed, and are named by their own headword', async () => {
    const context = await readerWith({ direction: 'horizontal' });
    const opened = await read(context);
    await opened.locator('a[data-office="殿前都指揮使"]').first().click();
    const box = opened.locator('.popover');
    expect(await box.innerText()).toMatch(/此處所題職稱\s*殿前都指揮使\s*weibian 據職官詞表讀出/);
    const name = (): Promise<string> =>
      opened.evaluate(
        `document.getElementById(document.querySelector('.popover').getAttribute('aria-labelledby')).textContent`,
      );
    expect(await name()).toBe('王超');
    await opened.keyboard.press('Escape');
    await opened.locator('#xixiaji-03\\.e002 a.date').first().click();
    expect(await name()).toBe('夏六月');
    await opened.keyboard.press('Escape');
    await opened.locator('#xixiaji-03\\.e003 a.sign').first().click();
    expect(await box.getAttribute('aria-labelledby')).toBeNull();
    expect(await box.getAttribute('aria-label')).toMatch(/^「黃女族長蒙異保」/);
    await context.close();
    expect(faults).toEqual([]);
  });

  it('of a layer that is hidden do not open, and their links lead nowhere', async () => {
    const context = await readerWith({ direction: 'horizontal', hide: 'persons' });
    const opened = await read(context);
    const name = opened.locator('#xixiaji-03\\.e002 a.persName').first();
    await name.click();
    await name.click({ button: 'middle' });
    await name.click({ modifiers: ['Control'] });
    await name.press('Enter');
    expect(opened.url()).toBe(address('juan-03'));
    expect(context.pages()).toHaveLength(1);
    expect(await opened.locator('.popover').isVisible()).toBe(false);
    await opened.locator('#xixiaji-03\\.e002 a.placeName').first().click();
    expect(await opened.locator('.popover').isVisible()).toBe(true);
    await context.close();
    const plain = await open(reader, 'juan-03');
    await plain.locator('#xixiaji-03\\.e002 a.persName').first().click();
    expect(plain.url()).toBe(`${address('persons')}#pers.li-jiqian`);
    await plain.close();
    expect(faults).toEqual([]);
  });

  it('walk through the mentions of a name, over columns too', async () => {
    const context = await readerWith({ direction: 'vertical' });
    const opened = await read(context);
    await opened.locator('#xixiaji-03\\.e002 a.persName').first().click();
    const count = async (): Promise<string> => (await opened.locator('.popover .ordinal').textContent())!;
    const [, all] = /^1 \/ (\d+)$/.exec(await count()) ?? [];
    expect(Number(all)).toBeGreaterThan(50);
    await opened.locator('.popover .next-mention').click();
    expect(await count()).toBe(`2 / ${all}`);
    await opened.locator('.popover .previous-mention').click();
    await opened.locator('.popover .previous-mention').click();
    expect(await count()).toBe(`${all} / ${all}`);
    await context.close();
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
