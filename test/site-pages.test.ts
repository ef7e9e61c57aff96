import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import sparticuz from '@sparticuz/chromium';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { convertDocument } from '../src/commands/convert-document.ts';
import { readEditionConfig } from '../src/config/edition-config.ts';
import { writeFileAtomic } from '../src/core/files.ts';
import { packageRoot } from '../src/core/package-root.ts';
import { scanXml } from '../src/core/xml.ts';
import { buildHtml } from '../src/edition/build-html.ts';
import { drawMap } from '../src/edition/draw-map.ts';
import { factsReader, noFacts } from '../src/edition/site-facts.ts';
import { calendarOf } from '../src/edition/year-calendar.ts';
import { officeBefore } from '../src/lexicon/office-before.ts';

// Registers, pages of entities, chronology, calendar and map of juan 3, from the file system, with JavaScript on and off.

const home = fileURLToPath(packageRoot);
const folder = mkdtempSync(join(tmpdir(), 'weibian-site-pages-'));
const files = new Map<string, string>();
const faults: string[] = [];
let browser: Browser;
let scripted: BrowserContext;
let plain: BrowserContext;
let tei = '';

const page = (path: string): string => files.get(path) ?? '';
const matches = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map((match) => match[1]!);

/** A page with its console errors and its requests beyond the file system collected. */
async function open(context: BrowserContext, path: string): Promise<Page> {
  const opened = await context.newPage();
  opened.on('pageerror', (error) => faults.push(`${path}: ${error.message}`));
  opened.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(`${path}: ${message.text()}`);
  });
  opened.on('requestfailed', (request) => faults.push(`${path}: failed ${request.url()}`));
  opened.on('request', (request) => {
    if (!request.url().startsWith('file://')) faults.push(`${path}: leaves the file system: ${request.url()}`);
  });
  await opened.goto(`${pathToFileURL(folder).href}/${path}`);
  return opened;
}

beforeAll(async () => {
  const edition = readEditionConfig(join(home, 'edition.json'), () => {});
  const document = edition!.documents[0]!;
  tei = convertDocument(readFileSync(document.file), document, edition!, '0.0.0', () => {})!.tei.xml;
  for (const { path, content } of await buildHtml([{ path: 'xixiaji-03.xml', xml: tei }], { fonts: false }, () => {})) {
    writeFileAtomic(join(folder, path), content);
    if (typeof content === 'string') files.set(path, content);
  }
  browser = await chromium.launch({
    executablePath: await sparticuz.executablePath(),
    args: ['--no-sandbox', '--disable-gpu', '--no-zygote'],
  });
  const viewport = { width: 1440, height: 1000 };
  scripted = await browser.newContext({ viewport });
  plain = await browser.newContext({ viewport, javaScriptEnabled: false });
}, 120_000);

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

const registers = ['persons', 'places', 'peoples', 'works'];

describe('registers', () => {
  const shown = (opened: Page): Promise<string[]> => opened.locator('.entities h2').allTextContents();
  const listed = (opened: Page): Promise<string[]> => opened.locator('.headwords a:visible').allTextContents();
  const sorted = (names: readonly string[], order: string): string[] =>
    [...names].sort(new Intl.Collator(`zh-u-co-${order}`).compare);

  it('stand in the order of strokes, and in that of pinyin where the reader chooses it, also the next time', async () => {
    const opened = await open(scripted, 'persons.html');
    const names = await shown(opened);
    expect(names.length).toBeGreaterThan(90);
    expect(names).toEqual(sorted(names, 'stroke'));
    expect(await listed(opened)).toEqual(names);
    await opened.getByRole('radio', { name: 'Pinyin' }).check();
    expect(await shown(opened)).toEqual(sorted(names, 'pinyin'));
    expect(await listed(opened)).toEqual(sorted(names, 'pinyin'));
    await opened.goto(opened.url().replace('persons', 'places'));
    expect(await opened.getByRole('radio', { name: 'Pinyin' }).isChecked()).toBe(true);
    const places = await shown(opened);
    expect(places).toEqual(sorted(places, 'pinyin'));
    await opened.evaluate('localStorage.clear()');
    await opened.close();
  });

  it('show their headwords in both orders without JavaScript', async () => {
    const opened = await open(plain, 'persons.html');
    const names = await shown(opened);
    expect(await listed(opened)).toEqual(names);
    await opened.getByRole('radio', { name: 'Pinyin' }).check();
    expect(await listed(opened)).toEqual(sorted(names, 'pinyin'));
    await opened.close();
  });

  it('keep the address of every entity, and lead to its page', () => {
    for (const [element, register] of [
      ['person', 'persons'],
      ['place', 'places'],
      ['org', 'peoples'],
    ]) {
      const ids = matches(tei, new RegExp(`<${element} xml:id="([^"]+)"`, 'g'));
      expect(ids.length).toBeGreaterThan(0);
      for (const id of ids) {
        expect(page(`${register}.html`)).toContain(`id="${id}"`);
        expect(files.has(`${register}/${id}.html`), id).toBe(true);
        expect(files.has(`${register}/${id}.jsonld`), id).toBe(true);
      }
    }
    const events = matches(tei, /<event type="entry" xml:id="([^"]+)"/g);
    expect(events).toHaveLength(68);
    for (const id of events) expect(page('events.html')).toContain(`id="${id}"`);
  });

  it('count the mentions by year in bars', async () => {
    const opened = await open(plain, 'persons.html');
    const bars = opened.locator('#pers\\.pan-luozhi .bars');
    const label = await bars.getAttribute('aria-label');
    const counts = [...label!.matchAll(/(\d+)：(\d+)/g)].map((match) => [match[1], Number(match[2])] as const);
    expect(counts.reduce((sum, [, count]) => sum + count, 0)).toBe(mentionsOf('pers.pan-luozhi').length);
    expect(await bars.locator('rect').count()).toBe(counts.length);
    const heights = await bars
      .locator('rect')
      .evaluateAll((all) => all.map((one) => Number(one.getAttribute('height'))));
    const most = Math.max(...counts.map(([, count]) => count));
    expect(heights).toEqual(counts.map(([, count]) => Math.max(2, Math.round((24 * count) / most))));
    await opened.close();
  });
});

/** The names that point at an entity, as the TEI has them in its body. */
function mentionsOf(id: string): string[] {
  const body = tei.slice(tei.indexOf('<body'));
  return matches(body, new RegExp(`<(?:persName|placeName|orgName|rs) ref="#${id}"[^>]*>([^<]*)<`, 'g'));
}

describe('mentions in context', () => {
  it('are all on the page of the entity, as the text has them, and lead to their places', async () => {
    const opened = await open(plain, 'persons/pers.pan-luozhi.html');
    const rows = await opened.locator('.mentions li').evaluateAll((all) =>
      all.map((row) => ({
        href: row.querySelector('a')!.getAttribute('href')!,
        before: row.querySelector('.before')!.textContent!.replace(/^…/, ''),
        name: row.querySelector('mark')!.textContent!,
        after: row.querySelector('.after')!.textContent!.trim().replace(/…$/, ''),
      })),
    );
    expect(rows.map(({ name }) => name)).toEqual(mentionsOf('pers.pan-luozhi'));
    const source = tei
      .slice(tei.indexOf('<body'))
      .replace(/<corr>.*?<\/corr>|<[^>]*>|\n/g, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>');
    for (const { before, name, after, href } of rows) {
      expect(after.startsWith(name)).toBe(true);
      expect(before.length).toBeLessThanOrEqual(18);
      expect(source.replace(/\s+/g, '')).toContain((before + after).replace(/\s+/g, ''));
      const [file, anchor] = href.replace('../', '').split('#');
      expect(page(file!)).toMatch(new RegExp(`id="${anchor!.replaceAll('.', '\\.')}"[^>]*>${name}<`));
    }
    await opened.close();
  });

  it('are cut short on the register, with a way to all of them', () => {
    const article = /<article[^>]*id="pers\.pan-luozhi".*?<\/article>/s.exec(page('persons.html'))![0];
    expect(article.match(/<li>/g)).toHaveLength(5);
    expect(article).toContain('href="persons/pers.pan-luozhi.html#:mentions"');
  });
});

describe('the page of an entity', () => {
  it('stands in a folder, with its style and its scripts', async () => {
    const opened = await open(scripted, 'places/place.lingzhou.html');
    expect(await opened.evaluate('document.documentElement.dataset.lang')).toBe('en');
    expect(await opened.evaluate('getComputedStyle(document.querySelector("main")).marginInlineStart')).not.toBe('0px');
    await opened.getByRole('link', { name: 'On the map' }).click();
    await opened.waitForURL(/map\.html#:at-38_106\.2$/);
    expect(await opened.locator('.site:target circle').count()).toBe(1);
    await opened.close();
  });

  it('has the same as data, in JSON-LD', () => {
    const html = page('persons/pers.li-jiqian.html');
    const address = /<link rel="alternate" type="application\/ld\+json" href="([^"]+)">/.exec(html)![1]!;
    expect(address).toBe('../persons/pers.li-jiqian.jsonld');
    const data = JSON.parse(page('persons/pers.li-jiqian.jsonld'));
    expect(data).toMatchObject({
      '@context': 'https://schema.org',
      '@type': 'Person',
      '@id': 'pers.li-jiqian.html',
      name: '李繼遷',
      birthDate: '0963',
    });
    expect(data.alternateName).toContain('神武');
    const entries = data.subjectOf.map(({ url }: { url: string }) => url);
    expect(new Set(entries).size).toBe(entries.length);
    for (const url of entries) {
      const [file, anchor] = url.replace('../', '').split('#');
      expect(page(file)).toContain(`id="${anchor}"`);
    }
    expect(JSON.parse(page('places/place.fuzhou.jsonld')).geo).toEqual({
      '@type': 'GeoCoordinates',
      latitude: '39.03',
      longitude: '111.07',
    });
    const event = JSON.parse(page('events/xixiaji-03.ev002.jsonld'));
    expect(event).toMatchObject({ '@type': 'Event', startDate: '0999-07-21', endDate: '0999-08-18' });
    expect(event.about.map(({ name }: { name: string }) => name)).toContain('李璠');
  });

  it('has a name that every file system takes, another for each id', async () => {
    const ids = ['P1', 'p1', '李繼遷', 'con', 'p_1', `p${'x'.repeat(300)}`, `p${'x'.repeat(301)}`];
    const people = ids.map(
      (id) =>
        `<person xml:id="${id}"><persName>${id}</persName><idno type="URL">https://example.org/?q=&quot;</idno></person>`,
    );
    const xml = `<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="t"><standOff><listPerson>${people.join('')}</listPerson></standOff><text><body><p>甲</p></body></text></TEI>`;
    const found: string[] = [];
    const made = await buildHtml([{ path: 't.xml', xml }], { fonts: false }, ({ code }) => found.push(code));
    const names = made.map(({ path }) => path).filter((path) => /^persons\/.*\.html$/.test(path));
    expect(found).toEqual([]);
    expect(names).toHaveLength(ids.length);
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(ids.length);
    for (const name of names) expect(name).toMatch(/^persons\/(?!con\.)[a-z0-9._-]{1,140}\.html$/);
    for (const { path, content } of made)
      if (path.endsWith('.jsonld')) expect(() => JSON.parse(String(content))).not.toThrow();
    const register = String(made.find(({ path }) => path === 'persons.html')!.content);
    for (const name of names) expect(register).toContain(`href="${name}"`);
  });
});

describe('the chronology', () => {
  it('says the same in the time line and in the table', async () => {
    const opened = await open(plain, 'chronology.html');
    const marked = await opened.locator('.mark').evaluateAll((all) => all.map((mark) => mark.getAttribute('href')));
    const rows = await opened
      .locator('.entry-row .reference')
      .evaluateAll((all) => all.map((row) => row.getAttribute('href')));
    expect(rows).toHaveLength(68);
    expect([...marked].sort()).toEqual([...rows].sort());
    expect(await opened.locator('.filters').isVisible()).toBe(false);
    expect(await opened.locator('.entry-row:visible').count()).toBe(68);
    const row = opened.locator('.entry-row', { hasText: '夏六月，繼遷掠河西' });
    expect((await row.locator('td').allTextContents()).map((text) => text.trim())).toEqual([
      '咸平二年六月',
      '夏六月，繼遷掠河西，殺宋指揮使李璠。',
      '999-07-16 – 08-13',
      '999-07-21 – 08-18',
    ]);
    await opened.close();
  });

  it('has each mark over its month', async () => {
    const opened = await open(plain, 'chronology.html');
    const box = (locator: ReturnType<Page['locator']>) => locator.first().boundingBox();
    const mark = (await box(opened.locator('.mark[aria-label^="3.6 "]')))!;
    const month = (await box(opened.locator('.timeline .year').first().getByText('十二', { exact: true })))!;
    expect(Math.abs(mark.x + mark.width / 2 - (month.x + month.width / 2))).toBeLessThan(4);
    await opened.close();
  });

  it('shows only the entries of the person and the place chosen', async () => {
    const opened = await open(scripted, 'chronology.html');
    const naming = (...ids: string[]): number =>
      tei
        .split('<div type="entry"')
        .slice(1)
        .filter((entry) => ids.every((id) => entry.includes(`ref="#${id}"`))).length;
    await opened.locator('select[name=persons]').selectOption('pers.pan-luozhi');
    const count = naming('pers.pan-luozhi');
    expect(count).toBeGreaterThan(3);
    expect(await opened.locator('.entry-row:visible').count()).toBe(count);
    expect(await opened.locator('.mark:not(.dim)').count()).toBe(count);
    expect((await opened.locator('.filters output').textContent())?.trim()).toBe(`${count} / 68`);
    await opened.locator('select[name=places]').selectOption('place.lingzhou');
    expect(await opened.locator('.entry-row:visible').count()).toBe(naming('pers.pan-luozhi', 'place.lingzhou'));
    await opened.locator('select[name=persons]').selectOption('');
    await opened.locator('select[name=places]').selectOption('');
    expect(await opened.locator('.entry-row:visible').count()).toBe(68);
    await opened.close();
  });
});

describe('the calendar', () => {
  it('has the months of each year, and the entries in them', async () => {
    const opened = await open(plain, 'calendar.html');
    const year = opened.locator('.calendar-year', { hasText: '咸平二年' });
    const rows = await year
      .locator('tbody tr')
      .evaluateAll((all) =>
        all.map((row) => [...row.children].map((cell) => cell.textContent!.trim().replace(/\s+/g, ' '))),
      );
    expect(rows.map(([month]) => month)).toEqual([
      '正月',
      '二月',
      '三月',
      '閏三月',
      '四月',
      '五月',
      '六月',
      '七月',
      '八月',
      '九月',
      '十月',
      '十一月',
      '十二月',
    ]);
    expect(rows[6]).toEqual(['六月', '壬子', '小', '999-07-16', '999-07-21', '3.2']);
    const days = await opened.locator('.day', { hasText: '日' }).allTextContents();
    expect(days.length).toBeGreaterThan(0);
    expect(await opened.locator('.calendar-year').count()).toBe(5);
    await opened.close();
  });

  it('knows the year of an era by the time of its event, and its names at other courts', () => {
    const years = calendarOf(
      new Map([
        ['大慶1', 1140],
        ['咸平2', undefined],
        ['某1', undefined],
        ['大慶2', 1037],
      ]),
    );
    expect(Object.keys(years)).toEqual(['咸平2', '大慶1', '大慶2']);
    expect([years.大慶1!.western, years.大慶2!.western]).toEqual([1140, 1037]);
    expect(years.大慶1!.also).toContain('宋紹興十年');
    expect(years.咸平2).toMatchObject({ western: 999, pair: '己亥', also: ['遼統和十七年'] });
    expect(years.咸平2!.months[3]).toEqual({
      key: '閏3',
      pair: '甲申',
      days: 29,
      gregorian: '0999-04-24',
      julian: '0999-04-19',
    });
  });
});

describe('the map', () => {
  it('has every place with certain coordinates, and lists all others', async () => {
    const located = tei.match(/<geo>/g)!.length;
    const sites = new Set(matches(tei, /<geo>([^<]+)<\/geo>/g)).size;
    const places = tei.match(/<place /g)!.length;
    const opened = await open(plain, 'map.html');
    expect(await opened.locator('.site').count()).toBe(sites);
    expect(await opened.locator('.located tbody tr').count()).toBe(located);
    expect(await opened.locator('.unlocated li').count()).toBe(places - located);
    expect((await opened.locator('path.river').getAttribute('d'))!.length).toBeGreaterThan(1000);
    await opened.close();
  });

  it('has no name upon another name or upon a mark', async () => {
    const opened = await open(plain, 'map.html');
    const boxes = await opened.locator('.site text, .site circle').evaluateAll((all) =>
      all.map((one) => {
        const { x, y, width, height } = (
          one as unknown as { getBBox(): { x: number; y: number; width: number; height: number } }
        ).getBBox();
        const text = one.tagName === 'text';
        // The box of a text has the height of its line: what is drawn is the square of the character.
        return {
          text,
          what: one.textContent,
          x,
          width,
          y: text ? y + (height - 14) / 2 : y,
          height: text ? 14 : height,
        };
      }),
    );
    expect(boxes.filter(({ text }) => text).length).toBeGreaterThan(20);
    const upon = boxes.flatMap((one, at) =>
      boxes
        .slice(at + 1)
        .filter((other) => {
          const apart =
            one.x + one.width <= other.x ||
            other.x + other.width <= one.x ||
            one.y + one.height <= other.y ||
            other.y + other.height <= one.y;
          return (one.text || other.text) && !apart;
        })
        .map((other) => `${one.what} / ${other.what}`),
    );
    expect(upon).toEqual([]);
    await opened.close();
  });

  it('shows the places of the year chosen, in the size of that year', async () => {
    const opened = await open(scripted, 'map.html');
    const lingzhou = opened.locator('[id=":at-38_106.2"] circle');
    const whole = Number(await lingzhou.getAttribute('r'));
    const all = await opened.locator('.site:visible').count();
    await opened.locator('select[name=year]').selectOption({ index: 1 });
    expect(Number(await lingzhou.getAttribute('r'))).toBeLessThan(whole);
    const shown = await opened.locator('.site:visible').count();
    expect(shown).toBeGreaterThan(0);
    expect(shown).toBeLessThan(all);
    expect((await opened.locator('.filters output').textContent())?.trim()).toBe(`${shown} / ${all}`);
    await opened.locator('select[name=year]').selectOption('');
    expect(Number(await lingzhou.getAttribute('r'))).toBe(whole);
    await opened.close();
  });

  it('draws places where they lie: east to the right, north above; nothing without places', () => {
    const map = drawMap(['38 106.2', '39.03 111.07', '34.26 108.94', 'nowhere', '38 106 3', '99 10'])!;
    expect(Object.keys(map.points).sort()).toEqual(['34.26 108.94', '38 106.2', '39.03 111.07']);
    const [lingzhou, fuzhou, changan] = ['38 106.2', '39.03 111.07', '34.26 108.94'].map((text) => map.points[text]!);
    expect(fuzhou![0]).toBeGreaterThan(lingzhou![0]);
    expect(changan![1]).toBeGreaterThan(lingzhou![1]);
    // 靈州 to 府州 is 440 km by their coordinates.
    const distance = Math.hypot(fuzhou![0] - lingzhou![0], fuzhou![1] - lingzhou![1]);
    expect((100 * distance) / map.hundredKilometres).toBeGreaterThan(425);
    expect((100 * distance) / map.hundredKilometres).toBeLessThan(455);
    expect(drawMap(['nowhere'])).toBeUndefined();
    expect(drawMap(['38 106.2'])!.points['38 106.2']).toBeDefined();
  });

  it('takes no place whose location is less than certain', () => {
    const facts = noFacts();
    const place = (cert: string, geo: string): string => `<place><location${cert}><geo>${geo}</geo></location></place>`;
    const fault = scanXml(
      `<TEI xmlns="http://www.tei-c.org/ns/1.0">${place('', ' 38\n106.2 ')}${place(' cert="low"', '1 1')}${place(' cert="high"', '2 2')}</TEI>`,
      factsReader(facts),
    );
    expect(fault).toBeUndefined();
    expect([...facts.coordinates]).toEqual(['38 106.2', '2 2']);
  });
});

describe('offices before names', () => {
  it.each([
    ['與虎翼指揮使', '指揮使'],
    ['以鈐轄、內園使', '鈐轄、內園使'],
    ['令如京使', '如京使'],
    ['詔', undefined],
    ['', undefined],
    // What simplified characters and variants of print write is the same office.
    ['杀宋指挥使', '指挥使'],
  ])('of %s is %s', (text, office) => expect(officeBefore(text)).toBe(office));

  it.each([
    ['with its place', '<placeName ref="#l">靈州</placeName>知州', '靈州知州'],
    ['that governs a place', '又與宋知<placeName ref="#l">威虜軍</placeName>', '知威虜軍'],
    ['that begins inside a name', '<orgName ref="#o">黃女族</orgName>長', '黃女族長'],
    ['without the state it serves', '殺<orgName ref="#o">宋</orgName>指揮使', '指揮使'],
    ['of the source, not of a correction', '鈐<choice><sic>轄</sic><corr>官</corr></choice>', '鈐轄'],
    ['over the ends of lines', '鈐\n<lb n="2"/>轄', '鈐轄'],
    ['that a note parts from the name', '指揮使<note>（甲）</note>', undefined],
    ['of another sentence', '<placeName ref="#l">靈州</placeName>，', undefined],
  ])('%s', (_, before, office) => {
    const facts = noFacts();
    const entry = `<div xml:id="e1"><p>${before}<persName ref="#p">乙</persName></p></div>`;
    const xml = `<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><div>${entry}</div></body></text></TEI>`;
    expect(scanXml(xml, factsReader(facts))).toBeUndefined();
    const mentions = before.split('ref="').length;
    expect([...facts.offices]).toEqual(office === undefined ? [] : [[`e1.m${mentions}`, office]]);
  });
});

describe('all pages', () => {
  it('link to what exists, and have each id once', () => {
    const html = [...files].filter(([path]) => path.endsWith('.html'));
    const ids = new Map(html.map(([path, text]) => [path, matches(text, / id="([^"]*)"/g)]));
    expect(html.length).toBeGreaterThan(350);
    for (const [path, text] of html) {
      expect(new Set(ids.get(path)).size, path).toBe(ids.get(path)!.length);
      for (const href of matches(text, / (?:href|src)="([^"]*)"/g)) {
        if (/^https?:/.test(href)) continue;
        const [file, anchor] = href.split('#') as [string, string?];
        const target = file === '' ? path : join(dirname(path), file);
        expect(files.has(target), `${path}: ${href}`).toBe(true);
        if (anchor) expect(ids.get(target)?.includes(decodeURIComponent(anchor)), `${path}: ${href}`).toBe(true);
      }
    }
  });

  it('fit every width', async () => {
    const opened = await open(scripted, 'map.html');
    for (const path of [
      ...registers,
      'events',
      'chronology',
      'calendar',
      'map',
      'persons/pers.li-jiqian',
      'events/xixiaji-03.ev003',
    ]) {
      await opened.goto(`${pathToFileURL(folder).href}/${path}.html`);
      for (const width of [390, 820, 1440]) {
        await opened.setViewportSize({ width, height: 900 });
        const overflow = await opened.evaluate(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        );
        expect(overflow, `${path} at ${width} px`).toBeLessThanOrEqual(0);
      }
    }
    await opened.close();
  });

  it('have shown no error and asked for nothing beyond the file system', () => {
    expect(faults).toEqual([]);
  });
});
