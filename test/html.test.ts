import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../src/core/diagnostic.ts';
import { packageRoot } from '../src/core/package-root.ts';
import { parseXml } from '../src/core/xml.ts';
import { buildHtml, type HtmlOptions, type TeiDocument } from '../src/edition/build-html.ts';
import { parallelDates } from '../src/edition/parallel-dates.ts';
import { cutFont } from '../src/edition/web-font.ts';
import { cases, expectFile } from './fixture-folders.ts';

async function site(...documents: TeiDocument[]): Promise<{ files: Map<string, string>; found: Diagnostic[] }> {
  return siteWith({}, ...documents);
}

async function siteWith(
  options: HtmlOptions,
  ...documents: TeiDocument[]
): Promise<{ files: Map<string, string>; found: Diagnostic[] }> {
  const found: Diagnostic[] = [];
  const files = await buildHtml(documents, { ...options, fonts: false, search: false }, (diagnostic) =>
    found.push(diagnostic),
  );
  return { files: new Map(files.map(({ path, content }) => [path, String(content)])), found };
}

function tei(body: string, standOff = '', id = 't'): string {
  const text = `<text><body><div type="juan" n="1"><div type="entry" n="1" xml:id="${id}.e1">${body}</div></div></body></text>`;
  return `<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="${id}"><standOff>${standOff}</standOff>${text}</TEI>`;
}

/** The content of main, a line for each block, so that a difference can be read. */
function body(page: string): string {
  // How an entry is cited is alike for all: test/cite.test.ts.
  const cite = /<details class="cite".*?<\/details>|<template id=":cite">.*?<\/template>/gs;
  const main = (/<main[^>]*>(.*)<\/main>/s.exec(page)?.[1] ?? '').replace(cite, '');
  return `${main.replace(/(?=<(?:header|nav|section|article|div|h[1-6]|p|ol|ul|li|dl|dt|dd|details|template)\b)/g, '\n').trim()}\n`;
}

/** The legend is the same on every page: it is shown in one case only. */
function withoutLegend(content: string): string {
  return content.replace(/<section class="legend.*?<\/section>/s, '<section class="legend">…</section>');
}

describe('HTML of each element', () => {
  it.each(cases('html'))('$name', async ({ name, folder }) => {
    const choice = join(folder, 'options.json');
    const { page = 'juan-01.html', ...options }: HtmlOptions & { page?: string } = existsSync(choice)
      ? JSON.parse(readFileSync(choice, 'utf8'))
      : {};
    const xml = readFileSync(join(folder, 'input.xml'), 'utf8');
    const { files, found } = await siteWith(options, { path: 't.xml', xml });
    expect(found).toEqual([]);
    const content = body(files.get(page) ?? '');
    expectFile(join(folder, 'expected.html'), name === 'lb-is-nothing' ? content : withoutLegend(content));
  });
});

describe('the site', () => {
  it('has its pages, its style and the TEI itself', async () => {
    const xml = tei('<p>甲</p>');
    const { files } = await site({ path: 'a/b/x.xml', xml });
    expect([...files.keys()]).toEqual([
      'about.html',
      'calendar.html',
      'chronology.html',
      'events.html',
      'index.html',
      'juan-01.html',
      'peoples.html',
      'persons.html',
      'places.html',
      'search.html',
      'tei/entries/t.e1.xml',
      'works.html',
      'assets/chronology.css',
      'assets/cite.css',
      'assets/edition.css',
      'assets/map.css',
      'assets/reading.css',
      'assets/registers.css',
      'assets/search.css',
      'assets/chronology.js',
      'assets/cite.js',
      'assets/interface.js',
      'assets/map.js',
      'assets/reading.js',
      'assets/registers.js',
      'assets/search.js',
      'assets/settings.js',
      'tei/x.xml',
    ]);
    expect(files.get('tei/x.xml')).toBe(xml);
  });

  it('is the same bytes each time, fonts too', async () => {
    const documents = [{ path: 'x.xml', xml: tei('<head type="gang">甲</head><p>乙</p>') }];
    const [once, again] = [await buildHtml(documents, {}, () => {}), await buildHtml(documents, {}, () => {})];
    expect(again).toEqual(once);
    expect(once.map(({ path }) => path)).toContain('assets/edition-heading.woff2');
  });

  it('makes one site of several files, and one entity of one id', async () => {
    const people = '<listPerson><person xml:id="p1"><persName type="full">李繼遷</persName></person></listPerson>';
    const files = ['a', 'b'].map((id) => ({
      path: `${id}/x.xml`,
      xml: tei(`<p>甲<persName ref="#p1">${id}</persName></p>`, people, id),
    }));
    const { files: pages } = await site(...files);
    const persons = pages.get('persons.html')!;
    expect(persons.match(/id="p1"/g)).toHaveLength(1);
    expect(persons).toContain('href="text-a-1.html#a.e1.m1"');
    expect(persons).toContain('href="text-b-1.html#b.e1.m1"');
    expect(pages.get('text-a-1.html')).toContain('rel="next" href="text-b-1.html"');
    expect([...pages.keys()].filter((path) => path.startsWith('tei/'))).toEqual([
      'tei/entries/a.e1.xml',
      'tei/entries/b.e1.xml',
      'tei/x.xml',
      'tei/2-x.xml',
    ]);
  });

  it('sorts by pinyin where asked', async () => {
    const people = [...'王丁']
      .map((name, at) => `<person xml:id="p${at}"><persName>${name}</persName></person>`)
      .join('');
    const xml = tei(
      '<p>甲</p>',
      `<listPerson>${people}<person xml:id="p9"><persName>安</persName></person></listPerson>`,
    );
    const files = await buildHtml([{ path: 'x.xml', xml }], { fonts: false, search: false, sort: 'pinyin' }, () => {});
    const page = String(files.find(({ path }) => path === 'persons.html')?.content);
    expect([...page.matchAll(/<article class="entity person" id="(\w+)"/g)].map((match) => match[1])).toEqual([
      'p9',
      'p1',
      'p0',
    ]);
  });
});

describe('input that is not as it should be', () => {
  it('reports an element without a template and keeps its text', async () => {
    const { files, found } = await site({ path: 't.xml', xml: tei('<p>甲<foreign>乙</foreign>丙</p>') });
    expect(found.map(({ code, file }) => [code, file])).toEqual([['edition/unhandled-element', 't.xml']]);
    expect(found[0]!.message).toContain('`foreign`');
    expect(files.get('juan-01.html')).toContain('甲乙丙');
  });

  it.each([
    ['edition/not-tei', '<html/>'],
    ['validate/not-well-formed', '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text></TEI>'],
    ['validate/doctype', '<!DOCTYPE TEI><TEI xmlns="http://www.tei-c.org/ns/1.0"/>'],
  ])('%s makes no site', async (code, xml) => {
    const { files, found } = await site({ path: 't.xml', xml });
    expect(found.map((diagnostic) => diagnostic.code)).toEqual([code]);
    expect(files.size).toBe(0);
  });

  it('keeps hostile text text', async () => {
    const attack = `<p>&lt;script&gt;alert(1)&lt;/script&gt;<persName ref="#p1">" onclick="alert(2)</persName>]]&gt;&#x202E;</p>`;
    const person = `<person xml:id="p1"><persName>&lt;img src=x onerror=alert(3)&gt;</persName><note>"&gt;&lt;b&gt;</note><idno type="URL">javascript:alert(4)</idno></person>`;
    const { files } = await site({ path: 't.xml', xml: tei(attack, `<listPerson>${person}</listPerson>`) });
    for (const [path, page] of files) {
      if (!path.endsWith('.html')) continue;
      // Well-formed once void elements are closed: then no text has become markup.
      const root = parseXml(
        page
          .replace(/^<!DOCTYPE html>/, '')
          .replace(/<(meta|link)([^>]*)>/g, '<$1$2/>')
          .replace(/(<script src="[^"]*") defer>/g, '$1>'),
      );
      const names = JSON.stringify(root).match(/"name":"(img|b)"|"on\w+":|javascript:[^"]*","children/g);
      expect(names, path).toBeNull();
      // Scripts are files of our own, never text; linked data is no script, and no text can end it.
      expect(
        [...page.matchAll(/<script[^>]*>[^<]*/g)]
          .map(String)
          .filter(
            (tag) =>
              !/^<script (?:src="(?:\.\.\/)?assets\/\w+\.js"(?: defer)?>|type="application\/ld\+json">\{.*\})$/.test(
                tag,
              ),
          ),
      ).toEqual([]);
      expect(page).not.toMatch(/href="javascript/);
      expect(page).not.toMatch(/ style="|<style/);
    }
  });

  it('reads a line of 100,000 characters', async () => {
    const { files } = await site({ path: 't.xml', xml: tei(`<p>${'甲'.repeat(100_000)}</p>`) });
    expect(files.get('juan-01.html')!.length).toBeGreaterThan(100_000);
  });
});

describe('a long juan', () => {
  const year = (n: number): string =>
    `<div type="year" n="咸平${n}"><div type="entry" n="${n}" xml:id="t.e${n}"><p>甲<persName ref="#p1">乙</persName></p></div></div>`;
  const xml =
    `<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="t"><standOff><listPerson><person xml:id="p1"><persName>乙</persName></person></listPerson></standOff>` +
    `<text><body><div type="juan" n="1"><head type="juan">卷首</head>${year(2)}${year(3)}</div></body></text></TEI>`;

  it('gets a page for each year, and every link finds its page', async () => {
    const { files } = await siteWith({ split: 3 }, { path: 't.xml', xml });
    expect([...files.keys()].filter((path) => path.startsWith('juan'))).toEqual(['juan-01-2.html', 'juan-01.html']);
    const [first, second] = [files.get('juan-01.html')!, files.get('juan-01-2.html')!];
    expect(first).toContain('卷首');
    expect(second).not.toContain('卷首');
    expect(second).toContain('<a href="juan-01.html#t.1.1">');
    expect(second).toContain('rel="prev" href="juan-01.html"');
    expect(second).toContain('<title>卷一　咸平三年');
    const persons = files.get('persons.html')!;
    expect(persons).toContain('href="juan-01.html#t.e2.m1">1.2');
    expect(persons).toContain('href="juan-01-2.html#t.e3.m1">1.3');
    expect(files.get('index.html')).toContain('href="juan-01-2.html#t.1.2"');
  });

  it('stays one page below the threshold', async () => {
    const { files } = await siteWith({ split: 10 }, { path: 't.xml', xml });
    expect([...files.keys()].filter((path) => path.startsWith('juan'))).toEqual(['juan-01.html']);
  });
});

describe('dates in other states', () => {
  const date = (attributes: string): { xml: string } => ({ xml: `<date ${attributes}/>` });

  it.each([
    ['a month', 'when-custom="咸平2-8" from="0999-09-18" to="0999-10-16"', ['遼統和十七年八月']],
    ['a year', 'when-custom="咸平2" from="0999-01-25" to="1000-02-12"', ['遼統和十七年']],
    ['a day', 'when-custom="咸平4-11-27" when="1001-12-20"', ['遼統和十九年十一月二十七日']],
    ['a time longer than a year', 'when-custom="至道中" notBefore="0995-02-08" notAfter="0998-02-04"', []],
    ['no civil date', 'when-custom="景雲見" when="0999-09-18"', []],
  ])('of %s', (_, attributes, expected) => {
    expect(Object.values(parallelDates([date(attributes)])).flat()).toEqual(expected);
  });

  it('name every state of the time', () => {
    const found = Object.values(
      parallelDates([date('when-custom="皇祐2-3" from="1050-04-01" to="1050-04-01"')]),
    ).flat();
    expect(found.map((name) => name.slice(0, 2)).sort()).toEqual(['西夏', '遼重']);
  });
});

describe('the web font', () => {
  it('names the characters it has not', async () => {
    const { content: woff2, missing } = await cutFont('西夏\u{e7b7}\u{28afc}\n', 400, 'woff2');
    expect(Buffer.from(woff2.subarray(0, 4)).toString()).toBe('wOF2');
    expect(missing).toEqual(['\u{e7b7}']);
  });

  it('reports a character of the text that no font has, with its place', async () => {
    const found: Diagnostic[] = [];
    await buildHtml([{ path: 't.xml', xml: tei('<p>白\u{e7b7}</p>') }], {}, (diagnostic) => found.push(diagnostic));
    expect(found.map(({ code, file, range }) => [code, file, range?.start.line])).toEqual([
      ['edition/missing-glyph', 't.xml', 1],
    ]);
    expect(found[0]!.message).toContain('U+E7B7');
  });
});

describe('labels', () => {
  const keys = (language: string): string[] => {
    const text = readFileSync(new URL(`xslt/locale/${language}.xml`, packageRoot), 'utf8');
    return [...text.matchAll(/key="([^"]+)"/g)].map((match) => match[1]!).sort();
  };

  it('are the same keys in every language, each once', () => {
    const chinese = keys('zh-Hant');
    expect(new Set(chinese).size).toBe(chinese.length);
    expect(keys('en').filter((key) => !key.endsWith('.one'))).toEqual(chinese.filter((key) => !key.endsWith('.one')));
  });
});
