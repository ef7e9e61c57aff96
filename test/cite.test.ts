import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Diagnostic } from '../src/core/diagnostic.ts';
import { writeFileAtomic } from '../src/core/files.ts';
import { buildHtml } from '../src/edition/build-html.ts';
import { withAddress } from '../src/site/citation-address.ts';
import { validateTei } from '../src/validate/validate.ts';
import { exampleTei, launchBrowser, serveFolder } from './site-in-browser.ts';

const header = `<teiHeader><fileDesc>
<titleStmt><title type="main">甲紀</title><title type="sub">卷一</title><author>乙</author><editor>A &amp; B {C}</editor><editor>丙</editor></titleStmt>
<editionStmt><edition>第2版</edition></editionStmt>
<publicationStmt><publisher>丁社</publisher><pubPlace>北京</pubPlace><date when="2026-11">2026</date><idno type="edition">10.1234/x</idno>
<idno type="URL">https://example.org/jia</idno><availability><licence target="https://creativecommons.org/licenses/by/4.0/">CC BY</licence></availability></publicationStmt>
<sourceDesc><bibl><title>甲紀</title></bibl></sourceDesc></fileDesc></teiHeader>`;

async function site(headerOf: string, entry: string): Promise<Map<string, string>> {
  const xml = `<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="t" xml:lang="lzh-Hant">${headerOf}<text><body><div type="juan" n="1">${entry}</div></body></text></TEI>`;
  const files = await buildHtml([{ path: 't.xml', xml }], { fonts: false, search: false }, () => {});
  return new Map(files.map(({ path, content }) => [path, String(content)]));
}

const decoded = (markup: string): string =>
  markup.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');

function formats(page: string): { text: string[]; bibtex: string; csl: unknown } {
  const inside = (tag: string, format: string): string =>
    decoded(new RegExp(`<${tag} data-format="${format}"[^>]*>(.*?)</${tag}>`, 's').exec(page)![1]!);
  const text = [...inside('p', 'text').matchAll(/<span[^>]*>(.*?)<\/span>/g)].map((match) => match[1]!.trim());
  return { text, bibtex: inside('pre', 'bibtex'), csl: JSON.parse(inside('pre', 'csl')) };
}

const entry =
  '<div type="entry" n="12" xml:id="t.e12"><head type="gang">「戊」己<note>（庚）</note>。</head><p>辛。</p></div>';

describe('the citation of an entry', () => {
  it('says what the header says, in three forms and two languages', async () => {
    const page = (await site(header, entry)).get('juan-01.html')!;
    const { text, bibtex, csl } = formats(page);
    expect(text).toEqual([
      '乙：〈「戊」己〉，《甲紀．卷一》，第 1.12 條。A & B {C}、丙 編。第2版。北京，丁社，2026-11。10.1234/x https://example.org/jia/juan-01.html#t.e12',
      '乙, “「戊」己”, in 甲紀, 卷一, entry 1.12. Edited by A & B {C}, 丙. 第2版. 北京, 丁社, 2026-11. 10.1234/x https://example.org/jia/juan-01.html#t.e12',
    ]);
    expect(bibtex).toBe(
      `${[
        '@incollection{t.e12',
        '  author = {{乙}}',
        '  title = {「戊」己}',
        '  booktitle = {甲紀 卷一}',
        '  editor = {{A \\& B \\{C\\}} and {丙}}',
        '  edition = {第2版}',
        '  publisher = {丁社}',
        '  address = {北京}',
        '  year = {2026}',
        '  number = {1.12}',
        '  note = {10.1234/x}',
        '  url = {https://example.org/jia/juan-01.html#t.e12}',
        '  language = {lzh-Hant}',
      ].join(',\n')}\n}`,
    );
    expect(csl).toEqual([
      {
        id: 't.e12',
        type: 'chapter',
        title: '「戊」己',
        'container-title': '甲紀 卷一',
        author: [{ literal: '乙' }],
        editor: [{ literal: 'A & B {C}' }, { literal: '丙' }],
        edition: '第2版',
        publisher: '丁社',
        'publisher-place': '北京',
        issued: { 'date-parts': [[2026, 11]] },
        number: '1.12',
        DOI: '10.1234/x',
        URL: 'https://example.org/jia/juan-01.html#t.e12',
        language: 'lzh-Hant',
      },
    ]);
  });

  it('leaves out what the header does not say, and takes the first words where there is no headline', async () => {
    const page = (
      await site('', '<div type="entry" n="1" xml:id="t.e1"><p>一二三四五六七八九十一二三四五六七</p></div>')
    ).get('juan-01.html')!;
    const { text, csl } = formats(page);
    expect(text[1]).toBe(
      '“一二三四五六七八九十一二三四五六…”, in Untitled, 卷一, entry 1.1.'.replace('Untitled', '無題'),
    );
    expect(Object.keys((csl as object[])[0]!).sort()).toEqual([
      'container-title',
      'id',
      'language',
      'number',
      'title',
      'type',
    ]);
  });

  it('keeps hostile text text', async () => {
    const hostile = '</script><script>alert(1)</script>"\\}{%,' + ']]&gt;';
    const escaped = hostile.replaceAll('<', '&lt;');
    const page = (
      await site(
        header.replaceAll('甲紀', escaped),
        `<div type="entry" n="1" xml:id="t.e1"><head>${escaped}</head></div>`,
      )
    ).get('juan-01.html')!;
    const { bibtex, csl } = formats(page);
    expect((csl as { title: string }[])[0]!.title).toBe(decoded(hostile));
    // No brace of the text opens or closes a field.
    const title = /^ {2}title = \{(.*)\},$/m.exec(bibtex)![1]!;
    expect(title.replace(/\\[{}&%$#_~^]/g, '')).not.toMatch(/[{}%\\]/);
    const linked = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(page)![1]!;
    expect((JSON.parse(linked) as { isPartOf: { name: string } }).isPartOf.name).toBe(decoded(hostile));
    expect(page).not.toContain('<script>');
  });
});

describe('the address of the reader in a citation', () => {
  const address = 'https://a.example/b.html#e1';

  it('is added to each form that has none', () => {
    expect(withAddress('甲。', 'text', address)).toBe(`甲。 ${address}`);
    expect(withAddress('@incollection{a,\n  year = {2026}\n}', 'bibtex', address)).toBe(
      `@incollection{a,\n  year = {2026},\n  url = {${address}}\n}`,
    );
    expect(JSON.parse(withAddress('[{"id":"a"}]', 'csl', address))).toEqual([{ id: 'a', URL: address }]);
  });

  it('does not replace one', () => {
    const own = 'https://example.org/#e1';
    expect(withAddress(`甲。 ${own}`, 'text', address)).toBe(`甲。 ${own}`);
    expect(withAddress(`@b{a,\n  url = {${own}}\n}`, 'bibtex', address)).toContain(own);
    expect(JSON.parse(withAddress(`[{"URL":"${own}"}]`, 'csl', address))).toEqual([{ URL: own }]);
  });
});

describe('what a page says of itself', () => {
  it('in Dublin Core, Highwire and schema.org', async () => {
    const files = await site(header, entry);
    const page = files.get('juan-01.html')!;
    const meta = [...page.matchAll(/<meta name="((?:DC|citation)[^"]*)" content="([^"]*)">/g)].map(
      ([, name, value]) => `${name}: ${decoded(value!)}`,
    );
    expect(meta).toEqual([
      'DC.title: 甲紀 卷一',
      'DC.creator: 乙',
      'DC.contributor: A & B {C}',
      'DC.contributor: 丙',
      'DC.publisher: 丁社',
      'DC.date: 2026-11',
      'DC.type: Text',
      'DC.format: text/html',
      'DC.identifier: 10.1234/x',
      'DC.identifier: https://example.org/jia/juan-01.html',
      'DC.source: 甲紀',
      'DC.language: lzh-Hant',
      'DC.rights: https://creativecommons.org/licenses/by/4.0/',
      'citation_title: 甲紀 卷一',
      'citation_author: 乙',
      'citation_editor: A & B {C}',
      'citation_editor: 丙',
      'citation_publication_date: 2026/11',
      'citation_publisher: 丁社',
      'citation_language: lzh-Hant',
      'citation_inbook_title: 甲紀',
      'citation_public_url: https://example.org/jia/juan-01.html',
    ]);
    const linked = (name: string): Record<string, unknown> =>
      JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(files.get(name)!)![1]!);
    expect(linked('juan-01.html')).toMatchObject({
      '@context': 'https://schema.org',
      '@type': 'Chapter',
      '@id': 'https://example.org/jia/juan-01.html',
      position: '1',
      isPartOf: { '@type': 'Book', '@id': 'https://example.org/jia/', name: '甲紀' },
      encoding: { contentUrl: 'https://example.org/jia/tei/t.xml', encodingFormat: 'application/tei+xml' },
    });
    expect(linked('index.html')).toMatchObject({
      '@type': 'Book',
      license: 'https://creativecommons.org/licenses/by/4.0/',
    });
    expect(linked('persons.html')).toMatchObject({ '@type': 'WebPage', isPartOf: { '@type': 'Book' } });
  });
});

describe('the TEI of an entry, and its citation in Chromium', () => {
  const folder = mkdtempSync(join(tmpdir(), 'weibian-cite-'));
  const { xml: whole } = exampleTei();
  const entries = new Map<string, string>();
  let server: Server;
  let address: string;
  let browser: Browser;

  beforeAll(async () => {
    const files = await buildHtml([{ path: 'xixiaji-03.xml', xml: whole }], { fonts: false, search: false }, () => {});
    for (const { path, content } of files) {
      writeFileAtomic(join(folder, path), content);
      if (path.startsWith('tei/entries/')) entries.set(path, String(content));
    }
    ({ server, address } = await serveFolder(folder));
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is valid in itself, for every entry', async () => {
    const found: Diagnostic[] = [];
    for (const [path, xml] of entries) await validateTei(xml, path, {}, (diagnostic) => found.push(diagnostic));
    expect(entries.size).toBe(68);
    expect(found).toEqual([]);
  });

  it('has the text of the entry and of no other, and leads to the whole', () => {
    for (const [path, xml] of entries) {
      const id = path.slice('tei/entries/'.length, -'.xml'.length);
      const content = new RegExp(`<div type="entry"[^>]* xml:id="${id}">(.*?)</div>`, 's');
      const text = (of: string): string =>
        content
          .exec(of)![1]!
          .replace(/<lb n="\d+"\/>/g, '')
          .replace(/\n\s*/g, '');
      expect(text(xml), id).toBe(text(whole));
      expect(xml.match(/<div type="entry"/g), id).toHaveLength(1);
      expect(xml).toContain(`<ref target="../xixiaji-03.xml#${id}">`);
      expect(xml.length, id).toBeLessThan(40_000);
    }
  });

  it('is downloaded and copied from the page', async () => {
    const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('console', (message) => faults.push(message.text()));
    page.on('pageerror', (fault) => faults.push(fault.message));
    await page.goto(`${address}/juan-03.html`);
    const cite = page.locator('details.cite').nth(11);
    await cite.locator('summary').focus();
    await page.keyboard.press('Enter');
    const copied = async (format: string): Promise<string> => {
      await cite.locator(`button[data-copy=${format}]`).click();
      await cite.locator('[data-state=copied]:visible').waitFor();
      return page.evaluate('navigator.clipboard.readText()');
    };
    const link = `${address}/juan-03.html#xixiaji-03.e012`;
    const text = await copied('text');
    expect(text.endsWith(` ${link}`)).toBe(true);
    expect(text).toMatch(/3\.12/);
    expect(await copied('bibtex')).toContain(`url = {${link}}`);
    expect(JSON.parse(await copied('csl'))).toMatchObject([{ id: 'xixiaji-03.e012', URL: link, number: '3.12' }]);
    const href = await cite.locator('a[download]').getAttribute('href');
    expect(href).toBe('tei/entries/xixiaji-03.e012.xml');
    expect(readFileSync(join(folder, href!), 'utf8')).toBe(entries.get(href!));
    expect(faults).toEqual([]);
    await context.close();
  });

  it('is readable without JavaScript', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${address}/juan-03.html`);
    const cite = page.locator('details.cite').first();
    await cite.locator('summary').click();
    expect(await cite.locator('[data-format=text]').isVisible()).toBe(true);
    expect(await cite.locator('button').count()).toBe(0);
    await context.close();
  });
});
