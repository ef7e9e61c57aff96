import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EpubCheck } from '@likecoin/epubcheck-ts';
import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { readBodyText } from '../src/core/body-text.ts';
import type { Diagnostic } from '../src/core/diagnostic.ts';
import { elementsNamed, parseXml, type XmlElement, type XmlNode } from '../src/core/xml.ts';
import { buildEpub, type EpubOptions } from '../src/edition/build-epub.ts';
import type { TeiDocument } from '../src/edition/tei-corpus.ts';
import { exampleTei } from './site-in-browser.ts';

interface Book {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly files: ReadonlyMap<string, string>;
  readonly found: readonly Diagnostic[];
}

async function bookOf(documents: readonly TeiDocument[], options: EpubOptions = { fonts: false }): Promise<Book> {
  const found: Diagnostic[] = [];
  const [file] = await buildEpub(documents, options, (diagnostic) => found.push(diagnostic));
  const bytes = file!.content as Uint8Array;
  const entries = Object.entries(unzipSync(bytes)).map(([path, content]) => [path, strFromU8(content)] as const);
  return { path: file!.path, bytes, files: new Map(entries), found };
}

const bookOfXml = (...xmls: readonly string[]): Promise<Book> =>
  bookOf(xmls.map((xml, at) => ({ path: `${at}.xml`, xml })));

function tei(body: string, { header = '', standOff = '', id = 't' } = {}): string {
  return `<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="${id}">${header}<standOff>${standOff}</standOff><text><body>${body}</body></text></TEI>`;
}

const juan = (n: string, content: string): string => `<div type="juan" n="${n}">${content}</div>`;
const entry = (id: string, content: string): string => `<div type="entry" xml:id="${id}">${content}</div>`;

/** The paths of the documents in reading order. */
function spineOf({ files }: Book): string[] {
  const opf = files.get('EPUB/package.opf')!;
  const href = new Map([...opf.matchAll(/<item id="([^"]+)" href="([^"]+)"/g)].map(([, id, path]) => [id, path!]));
  return [...opf.matchAll(/<itemref idref="([^"]+)"/g)].map(([, id]) => href.get(id!)!);
}

/**
 * The text of the work in reading order: of every `text` division, without what the edition adds (class `added`), and with
 * the spelling of the source (`data-source`) where another form is shown. 夾注 count: they are text of the work.
 */
function readingText(book: Book): string {
  return spineOf(book)
    .map((path) => parsePage(book.files.get(`EPUB/${path}`)!))
    .flatMap((page) => [...elementsNamed(page, 'div')].filter((div) => div.attributes.class === 'text'))
    .map(textOf)
    .join('');
}

const parsePage = (page: string): XmlElement => parseXml(page.replace('<!DOCTYPE html>', ''));

function textOf(node: XmlNode): string {
  if (typeof node === 'string') return node;
  if (node.attributes.class?.split(' ').includes('added')) return '';
  return node.attributes['data-source'] ?? node.children.map(textOf).join('');
}

/** Line ends are layout in a TEI file and none in an e-book. */
const withoutLineEnds = (text: string): string => text.replace(/[\r\n]/g, '');

/** Fails with what stands around the first difference: the whole text would fill the screen. */
function expectText(book: Book, xml: string): void {
  const [is, should] = [readingText(book), withoutLineEnds(readBodyText(xml))];
  let at = 0;
  while (at < should.length && is[at] === should[at]) at++;
  expect(is.slice(Math.max(0, at - 20), at + 40)).toBe(should.slice(Math.max(0, at - 20), at + 40));
  expect(is.length).toBe(should.length);
}

async function faults({ bytes }: Book): Promise<unknown[]> {
  const { messages } = await EpubCheck.validate(bytes);
  return messages.filter(({ severity }) => severity !== 'usage' && severity !== 'info');
}

describe('the e-book of the example edition', () => {
  const { xml } = exampleTei();
  let book: Book;
  beforeAll(async () => {
    book = await bookOf([{ path: 'xixiaji-03.xml', xml }], {});
  });

  it('has the text of the source in its reading order', () => {
    expect(book.found.filter(({ code }) => code !== 'edition/missing-glyph')).toEqual([]);
    expectText(book, xml);
  });

  it('passes epubcheck', async () => expect(await faults(book)).toEqual([]));

  it('passes the epubcheck of Debian', (context) => {
    const checker = '/usr/bin/epubcheck';
    if (!existsSync(checker)) context.skip('there is no /usr/bin/epubcheck: apt-get install epubcheck');
    const folder = mkdtempSync(join(tmpdir(), 'weibian-epub-'));
    try {
      writeFileSync(join(folder, 'book.epub'), book.bytes);
      // The package of Debian is a bare jar.
      const said = execFileSync('java', ['-jar', checker, '--failonwarnings', join(folder, 'book.epub')]).toString();
      expect(said).toContain('0 fatals / 0 errors / 0 warnings');
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, 120_000);

  it('is the same bytes each time, mimetype first and stored', async () => {
    const again = await bookOf([{ path: 'xixiaji-03.xml', xml }], {});
    expect(Buffer.compare(again.bytes, book.bytes)).toBe(0);
    // OCF: the name at byte 30, the content right behind it, no extra field.
    expect(strFromU8(book.bytes.subarray(30, 58))).toBe('mimetypeapplication/epub+zip');
    const names = [...book.files.keys()].slice(2);
    expect(names).toEqual([...names].sort());
  });

  it('carries fonts with every character it shows, and their licence', () => {
    expect(book.found).toEqual([]);
    expect(book.files.get('EPUB/fonts/OFL.txt')).toContain('SIL OPEN FONT LICENSE');
    expect(book.files.get('EPUB/book.css')).toContain('url("fonts/text.ttf")');
    const shown = [...book.files]
      .filter(([path]) => path.endsWith('.xhtml'))
      .map(([, page]) => page.replace(/<[^>]*>/g, ''));
    expect(shown.join('')).not.toMatch(/\p{Co}/u);
  });

  it('tells what the header tells', () => {
    const opf = book.files.get('EPUB/package.opf')!.replaceAll(' xmlns:dc="http://purl.org/dc/elements/1.1/"', '');
    for (const line of [
      '<dc:identifier id="book-id">urn:uuid:76a94cb9-1773-4130-b6ce-4d37193df6b7</dc:identifier>',
      '<dc:title id="title">西夏紀</dc:title>',
      '<dc:title id="subtitle">卷三</dc:title>',
      '<dc:creator id="aut-1">戴錫章</dc:creator>',
      '<dc:language>lzh-Hant</dc:language>',
      '<dc:language>zh-Hant</dc:language>',
      '<dc:date>2026-11-23</dc:date>',
      '<meta property="dcterms:modified">2026-11-23T00:00:00Z</meta>',
      '<meta property="schema:accessModeSufficient">textual</meta>',
      '<spine page-progression-direction="rtl">',
    ]) {
      expect(opf).toContain(line);
    }
    expect(spineOf(book)).toEqual(
      ['titlepage', 'nav', 'juan-03', 'persons', 'places', 'peoples', 'works', 'colophon'].map((id) => `${id}.xhtml`),
    );
  });

  it('keeps 夾注 in the line, and opens proposals as notes', () => {
    const page = book.files.get('EPUB/juan-03.xhtml')!;
    expect(page).toContain('<span class="note">（<span class="bibl">');
    const marks = [...page.matchAll(/epub:type="noteref" role="doc-noteref" id="([^"]+)" href="#([^"]+)"/g)];
    expect(marks.length).toBeGreaterThan(0);
    for (const [, mark, note] of marks) {
      expect(page).toContain(`<aside epub:type="footnote" role="doc-footnote" id="${note}"`);
      expect(page).toContain(`role="doc-backlink" href="#${mark}"`);
    }
    expect(page).toContain('aria-label="⿰者多"');
  });

  it('divides a long juan at its years', async () => {
    const divided = await bookOf([{ path: 'x.xml', xml }], { fonts: false, split: 1000 });
    expect(spineOf(divided).filter((path) => path.startsWith('juan'))).toEqual(
      ['juan-03', 'juan-03-2', 'juan-03-3', 'juan-03-4', 'juan-03-5'].map((id) => `${id}.xhtml`),
    );
    expectText(divided, xml);
    expect(divided.files.get('EPUB/juan-03-2.xhtml')).toContain('<h1 class="year-head added">');
    expect(await faults(divided)).toEqual([]);
  });
});

describe('other texts', () => {
  it('several files are one book, named by what their ids have in common', async () => {
    const people = '<listPerson><person xml:id="p1"><persName type="full">李繼遷</persName></person></listPerson>';
    const files = ['w-01', 'w-02'].map((id, at) =>
      tei(juan(String(at + 1), entry(`${id}.e1`, `<p>甲<persName ref="#p1">繼遷</persName></p>`)), {
        standOff: people,
        id,
      }),
    );
    const book = await bookOfXml(...files);
    expect(book.path).toBe('w.epub');
    expect(readingText(book)).toBe('甲繼遷甲繼遷');
    const persons = book.files.get('EPUB/persons.xhtml')!;
    expect(persons).toContain('<span class="juan">卷一</span> <a href="juan-01.xhtml#w-01.e1">一</a>');
    expect(persons).toContain('<span class="juan">卷二</span> <a href="juan-02.xhtml#w-02.e1">一</a>');
    expect(await faults(book)).toEqual([]);
  });

  it('a text without juan, notes and names is a book', async () => {
    const book = await bookOfXml(tei('<p>天地玄黃，<lb n="2"/>宇宙洪荒。</p>'));
    expect(readingText(book)).toBe('天地玄黃，宇宙洪荒。');
    expect(spineOf(book)).toEqual(['titlepage.xhtml', 'nav.xhtml', 'text-1.xhtml', 'colophon.xhtml']);
    expect(await faults(book)).toEqual([]);
  });

  it('what stands beside the juan is text too', async () => {
    const body = `<p>序</p><div type="preface"><head>自序</head><p>甲</p></div>${juan('1', '<p>乙</p>')}${juan('1', '<p>丙</p>')}<p>跋</p>`;
    const xml = tei(body);
    const book = await bookOfXml(xml);
    expectText(book, xml);
    expect(await faults(book)).toEqual([]);
  });

  it('a divided juan keeps what stands between its years', async () => {
    const years = ['甲', '乙'].map((text, at) => `<div type="year" n="咸平${at + 1}"><p>${text}</p></div>`);
    const xml = tei(juan('1', `<head>題</head>${years.join('<p>間</p>')}<p>末</p>`));
    const book = await bookOf([{ path: 'x.xml', xml }], { fonts: false, split: 1 });
    expect(spineOf(book)).toContain('juan-01-2.xhtml');
    expect(readingText(book)).toBe('題甲間乙末');
    expect(await faults(book)).toEqual([]);
  });

  it('notes of the editors are notes, brackets and blocks inside notes stay', async () => {
    const xml = tei(
      juan(
        '1',
        entry(
          'e1',
          '<head type="supplied">擬題</head><p>甲<note type="editorial">編者</note><note><p>夾</p><p>注</p></note><supplied>補</supplied><supplied>〔補〕</supplied><choice><sic>乙</sic><corr>丁</corr></choice><gap/>\n   丙</p>',
        ),
      ),
    );
    const book = await bookOfXml(xml);
    expectText(book, xml);
    expect(book.files.get('EPUB/juan-01.xhtml')).toContain('</a>編者</p></aside>');
    expect(await faults(book)).toEqual([]);
  });

  it('pages of the source can be gone to', async () => {
    const book = await bookOfXml(tei(juan('1', '<p>甲<pb n="12a"/>乙</p>')));
    expect(book.files.get('EPUB/nav.xhtml')).toContain('<li><a href="juan-01.xhtml#weibian-p1">12a</a></li>');
    expect(await faults(book)).toEqual([]);
  });

  it('characters that no font has have a stand-in, and are reported where they are not described', async () => {
    const header =
      '<teiHeader><encodingDesc><charDecl><glyph xml:id="g1"><localProp name="IDS" value="⿱者多"/><mapping type="source">&lt;者多&gt;</mapping></glyph></charDecl></encodingDesc></teiHeader>';
    const xml = tei(juan('1', '<p>白\u{e7b7}<g ref="#g1">&lt;者多&gt;</g>\u{2b740}</p>'), { header });
    const book = await bookOf([{ path: 'x.xml', xml }], {});
    expect(readingText(book)).toBe('白\u{e7b7}<者多>\u{2b740}');
    expect(book.found.map(({ code, message }) => [code, message])).toEqual([
      ['edition/missing-glyph', 'No font has `\u{2b740}` (U+2B740).'],
    ]);
    expect(await faults(book)).toEqual([]);
  });
});

describe('hostile text', () => {
  const hostile = '&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;&quot;]]&gt;';
  const said = '<script>alert(1)</script>&amp;"]]>';

  it('stays text in every document', async () => {
    const header = `<teiHeader><fileDesc><titleStmt><title>${hostile}</title><author>${hostile}</author></titleStmt>
      <publicationStmt><publisher>${hostile}</publisher><date when="nonsense">x</date><idno type="edition">urn:uuid:nonsense</idno>
      <availability><licence target="javascript:alert(1)">${hostile}</licence></availability></publicationStmt>
      <sourceDesc><bibl><title>${hostile}</title><ref target="http://[x%zz">${hostile}</ref></bibl></sourceDesc></fileDesc>
      <encodingDesc><projectDesc><p>${hostile}</p></projectDesc></encodingDesc></teiHeader>`;
    const standOff = `<listPerson><person xml:id="p1"><persName>${hostile}</persName></person></listPerson>`;
    const body = juan(
      '&quot;&gt;x',
      entry('e 1&quot;', `<p xml:lang="&quot;x y"><persName ref="#p1">${hostile}</persName></p>`),
    );
    const book = await bookOfXml(tei(body, { header, standOff }));
    expect(readingText(book)).toBe(said);
    for (const [path, page] of book.files) {
      if (!path.endsWith('.xhtml')) continue;
      expect([...elementsNamed(parsePage(page), 'script')]).toEqual([]);
      expect(page).not.toMatch(/(?:href|src)="javascript:/);
    }
    expect(await faults(book)).toEqual([]);
  });

  it('what is no TEI is reported, and nothing is made', async () => {
    const found: Diagnostic[] = [];
    expect(await buildEpub([{ path: 'x.xml', xml: '<html/>' }], {}, (one) => found.push(one))).toEqual([]);
    expect(found.map(({ code }) => code)).toEqual(['edition/not-tei']);
  });
});
