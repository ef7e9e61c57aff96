import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { readBody } from '../src/core/body-text.ts';
import type { Diagnostic } from '../src/core/diagnostic.ts';
import { buildPrint, type PrintOptions, readBook } from '../src/edition/build-print.ts';
import type { Inline } from '../src/layout/book.ts';
import { glyphFinder } from '../src/layout/font-files.ts';
import { type FormatChanges, makeFormat } from '../src/layout/format.ts';
import { glyphBlocks, listGlyphs, placeOf } from '../src/layout/glyph-list.ts';
import { layoutAppendix, layoutPages } from '../src/layout/layout.ts';
import { pageText } from '../src/layout/page.ts';
import { readPdfText } from './read-pdf.ts';

const sample = readFileSync(new URL('./fixtures/tei/sample.xml', import.meta.url), 'utf8');

/** The sample's header over another body: `entries` are the XML of its entries. */
function withEntries(entries: string): string {
  const start = sample.indexOf('<div type="entry"');
  const end = sample.indexOf('</div>\n</div>\n</body>');
  return `${sample.slice(0, start)}${entries}${sample.slice(end)}`;
}

function entry(id: string, head: string, paragraph: string): string {
  return `<div type="entry" xml:id="${id}"><head type="gang">${head}</head><p>${paragraph}</p></div>\n`;
}

/** Juan 3 with its notes, titles and composed characters marked and nothing else: enough for text of real volume. */
function roughJuan(): string {
  const escapeXml = (line: string): string => line.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  const source = readFileSync(new URL('../corpus/xixiaji-03.txt', import.meta.url), 'utf8');
  const lines = source.split('\n').filter((line) => line.trim());
  return withEntries(
    lines
      .map((line, index) => {
        const marked = escapeXml(line)
          .replace(/&lt;者多&gt;/g, '<g ref="#char.1">$&</g>')
          .replace(/《([^》]*)》/g, '《<title>$1</title>》')
          .replace(/繼遷|靈州|麟州/g, '<name>$&</name>')
          .replace(/<(\/?)name>/g, '<$1persName>')
          .replace(/（[^（）]*）/g, '<note>$&</note>');
        return `<div type="entry" xml:id="r${index}"><p>${marked}</p></div>\n`;
      })
      .join(''),
  );
}

/** Source text of the TEI body without white space. */
const bodyText = (xml: string): string => readBody(xml).text.replace(/\s/gu, '');

/** A book without generated parts: title leaf, text, colophon. */
const bare = { principles: false, contents: false, indexes: false, interventions: false, glyphs: false };

async function build(xml: string, found: Diagnostic[] = [], given: PrintOptions = {}): Promise<Uint8Array> {
  const options = { matter: bare, ...given };
  const [file] = await buildPrint([{ path: 'sample.xml', xml }], options, (one) => found.push(one));
  return file!.content as Uint8Array;
}

/** The pages of text: all but the title leaf and the colophon (and a blank page before it). */
const textPages = <T>(pages: readonly T[]): readonly T[] => pages.slice(2, -1);

const has = (program: string): boolean => spawnSync(program, ['-v']).error === undefined;

function onFile<T>(bytes: Uint8Array, use: (path: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'weibian-print-'));
  try {
    const path = join(folder, 'book.pdf');
    writeFileSync(path, bytes);
    return use(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const run = (program: string, args: readonly string[]): string => spawnSync(program, args, { encoding: 'utf8' }).stdout;

const cases: readonly (readonly [string, string, FormatChanges])[] = [
  ['the sample', sample, {}],
  ['juan 3', roughJuan(), {}],
  ['juan 3 in letterpress', roughJuan(), { kind: 'qianyin' }],
  ['the sample on whole leaves', sample, { sheet: 'leaf' }],
];

const profiles = ['screen', 'press', 'archive'] as const;
const all = cases.flatMap(([name, xml, format]) => {
  // One profile is enough where only the page differs.
  const some = format.kind ? (['archive'] as const) : profiles;
  return some.map((profile) => ({ name, xml, format, profile }));
});

for (const { name, xml, format, profile } of all) {
  const leaf = format.sheet === 'leaf';
  describe(`print edition of ${name} for ${profile}`, () => {
    let pdf: Uint8Array;
    const found: Diagnostic[] = [];
    beforeAll(async () => {
      pdf = await build(xml, found, { format, profile });
    });

    test('the text layer is the text', () => {
      expect(
        readPdfText(pdf)
          .slice(leaf ? 1 : 2, -1)
          .join(''),
      ).toBe(bodyText(xml));
    });

    test.skipIf(!has('pdftotext'))('pdftotext -raw gives the text', () => {
      const text = onFile(pdf, (path) => {
        const last = Number(/Pages:\s+(\d+)/.exec(run('pdfinfo', [path]))![1]) - 1;
        return run('pdftotext', ['-raw', '-f', leaf ? '2' : '3', '-l', String(last), path, '-']);
      });
      expect(text.replace(/\s/gu, '')).toBe(bodyText(xml));
    });

    test.skipIf(!has('pdffonts'))('all fonts are TrueType, embedded, subset, with Unicode', () => {
      const fonts = onFile(pdf, (path) => run('pdffonts', [path]))
        .trim()
        .split('\n')
        .slice(2);
      expect(fonts.length).toBeGreaterThan(2);
      for (const font of fonts) expect(font).toMatch(/ CID TrueType +Identity-[HV] +yes yes yes /);
    });

    test.skipIf(!has('qpdf'))('qpdf finds no fault', () => {
      onFile(pdf, (path) => expect(run('qpdf', ['--check', path])).toContain('No syntax or stream encoding errors'));
    });

    test('every font has its file and its Unicode map', () => {
      const file = Buffer.from(pdf).toString('latin1');
      const count = (pattern: RegExp): number => file.match(pattern)?.length ?? 0;
      expect(count(/\/Subtype \/Type0/g)).toBeGreaterThan(2);
      expect(count(/\/ToUnicode \d+ 0 R/g)).toBe(count(/\/Subtype \/Type0/g));
      expect(count(/\/FontFile2 \d+ 0 R/g)).toBe(count(/\/Type \/FontDescriptor/g));
      expect(file).not.toMatch(/\/Type3|\/Type1\b/);
    });

    test('two builds give the same bytes', async () => {
      expect(Buffer.compare(Buffer.from(await build(xml, [], { format, profile })), Buffer.from(pdf))).toBe(0);
    });
  });
}

/** The text layer of horizontal pages with each note put back at its call: `[a] （…）` below goes to `[a]` above. */
function putNotesBack(pages: readonly string[]): string {
  const label = /\[(?:[a-z]+|\d+)\]/u;
  return pages
    .map((page) => {
      // The notes begin where the labels begin again.
      const parts = page.split(new RegExp(`(${label.source})`, 'u'));
      const labels = parts.filter((_, index) => index % 2 === 1);
      const calls = labels.length / 2;
      const called = labels.slice(0, calls);
      const text = parts.slice(0, calls * 2 + 1);
      const notes = new Map(labels.slice(calls).map((name, index) => [name, parts[calls * 2 + 2 * index + 2]!]));
      return text.map((part, index) => (index % 2 ? (notes.get(called[(index - 1) / 2]!) ?? '') : part)).join('');
    })
    .join('');
}

for (const [name, xml] of cases.slice(0, 2)) {
  describe(`horizontal edition of ${name}`, () => {
    let pdf: Uint8Array;
    const options: PrintOptions = { matter: bare, format: { kind: 'horizontal', lines: 40 } };
    beforeAll(async () => {
      pdf = await build(xml, [], options);
    });

    test('the text layer with its notes put back is the text', () => {
      expect(putNotesBack(textPages(readPdfText(pdf)))).toBe(bodyText(xml));
    });

    test.skipIf(!has('pdftotext'))(
      'pdftotext gives the same in the order of the content, the same characters by place',
      () => {
        const pages = (...more: string[]): string[] =>
          onFile(pdf, (path) => {
            const last = Number(/Pages:\s+(\d+)/.exec(run('pdfinfo', [path]))![1]) - 1;
            return run('pdftotext', [...more, '-f', '3', '-l', String(last), path, '-']);
          })
            .split('\f')
            .map((page) => page.replace(/\s/gu, ''));
        expect(putNotesBack(pages('-raw'))).toBe(bodyText(xml));
        // By place on the page, calls may come behind their line; no character is lost or doubled.
        const sorted = (text: string): string => [...text].sort().join('');
        expect(
          sorted(
            pages()
              .join('')
              .replace(/\[(?:[a-z]+|\d+)\]/g, ''),
          ),
        ).toBe(sorted(bodyText(xml)));
      },
    );

    test.skipIf(!has('pdffonts'))('all fonts are TrueType, embedded, subset, with Unicode', () => {
      const fonts = onFile(pdf, (path) => run('pdffonts', [path]))
        .trim()
        .split('\n')
        .slice(2);
      for (const font of fonts) expect(font).toMatch(/ CID TrueType +Identity-[HV] +yes yes yes /);
    });

    test.skipIf(!has('qpdf'))('qpdf finds no fault', () => {
      onFile(pdf, (path) => expect(run('qpdf', ['--check', path])).toContain('No syntax or stream encoding errors'));
    });

    test('it is bound on the left, and two builds give the same bytes', async () => {
      expect(Buffer.from(pdf).toString('latin1')).toContain('/Direction /L2R');
      expect(Buffer.compare(Buffer.from(await build(xml, [], options)), Buffer.from(pdf))).toBe(0);
    });
  });
}

describe('generated parts in the PDF', () => {
  test('they have a text layer', async () => {
    for (const format of [{}, { kind: 'horizontal' }] as NonNullable<PrintOptions['format']>[]) {
      const pdf = await build(sample, [], { format, matter: {} });
      const text = readPdfText(pdf).join('').replace(/\s/gu, '');
      for (const said of ['凡例', '目錄', '人名索引', '李繼遷', '校改表', '疑當作']) expect(text).toContain(said);
    }
  });
});

describe('print edition', () => {
  test('the document is Chinese, bound on the right, with outline and folios as labels', async () => {
    const file = Buffer.from(await build(sample)).toString('latin1');
    expect(file).toContain('/Lang (zh-Hant)');
    expect(file).toContain('/Direction /R2L');
    expect(file).toMatch(/\/PageLabels <</);
    expect(file).toMatch(/\/Outlines \d+ 0 R/);
    expect(file).toContain('(D:20261123000000Z)');
  });

  test('title leaf and colophon say what the header says', async () => {
    const pages = readPdfText(await build(sample));
    expect(pages[0]).toContain('西夏紀');
    expect(pages[0]).toContain('戴錫章撰');
    expect(pages[1]).toContain('二〇二六年十一月二十三日刊行');
    for (const value of ['CC0 1.0', 'Example edition', 'Weibian editors', 'urn:x-weibian:sample-03']) {
      expect(pages.at(-1)).toContain(value);
    }
  });

  test('a missing character is named and stays in the text layer', async () => {
    const found: Diagnostic[] = [];
    const pdf = await build(
      withEntries(entry('x.e1', '岑移\u{e7b7}。', '又\u{e7b7}。<g ref="#none">&lt;不白&gt;</g>')),
      found,
    );
    expect(found.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'edition/missing-glyph No font has `\u{e7b7}` (U+E7B7) in `\u{e7b7}` of entry `x.e1`; 〓 is printed.',
      'edition/missing-glyph No font has `<不白>` (U+003C U+4E0D U+767D U+003E) in `<不白>` of entry `x.e1`; 〓 is printed.',
    ]);
    expect(textPages(readPdfText(pdf)).join('')).toBe('岑移\u{e7b7}。又\u{e7b7}。<不白>');
  });

  test('a character that the index could not print is named', async () => {
    const found: Diagnostic[] = [];
    await build(
      sample
        .replace('>李繼遷<', '>李\u{e7b7}遷<')
        .replace('>蒙異保</persName><persName', '>蒙&lt;者多&gt;</persName><persName'),
      found,
    );
    expect(found.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'edition/missing-glyph No font has `\u{e7b7}` in the name `李\u{e7b7}遷` of `pers.li-jiqian`; 〓 is printed in the index.',
    ]);
  });

  test('an unknown element is reported and its text kept', async () => {
    const found: Diagnostic[] = [];
    const pdf = await build(withEntries(entry('x.e1', '甲', '乙<foreign>丙</foreign>丁')), found);
    expect(found.map(({ code }) => code)).toEqual(['edition/unhandled-element']);
    expect(found[0]!.message).toContain('`foreign`');
    expect(textPages(readPdfText(pdf)).join('')).toBe('甲乙丙丁');
  });

  test('several documents make one book; folios begin again with each juan', async () => {
    const next = sample
      .replaceAll('sample-03', 'sample-04')
      .replace('<div type="juan" n="3">', '<div type="juan" n="4">');
    const documents = [sample, next].map((xml, index) => ({ path: `${index}.xml`, xml }));
    const [file] = await buildPrint(documents, { matter: bare }, () => {});
    expect(file!.path).toBe('sample.pdf');
    expect(textPages(readPdfText(file!.content as Uint8Array)).join('')).toBe(bodyText(sample).repeat(2));
  });

  test('full and no punctuation have the same text layer', async () => {
    for (const punctuation of ['full', 'none'] as const) {
      const [file] = await buildPrint(
        [{ path: 's.xml', xml: sample }],
        { format: { punctuation }, matter: bare },
        () => {},
      );
      expect(textPages(readPdfText(file!.content as Uint8Array)).join('')).toBe(bodyText(sample));
    }
  });

  test('the vocabulary of the sample: blocks, labels, marks', async () => {
    const book = await readBook({ path: 'sample.xml', xml: sample }, () => {});
    expect(book.juans.map(({ label }) => label)).toEqual(['卷三']);
    const blocks = book.juans[0]!.blocks;
    expect(blocks.map(({ kind }) => kind)).toEqual(['year', 'gang', 'mu', 'gang']);
    expect(blocks[0]).toMatchObject({ kind: 'year', label: '咸平二年', note: '己亥', western: '999' });
    expect(blocks[3]).toMatchObject({ label: '冬十月，升保靜縣為靜州。' });
    expect(layoutPages(book, makeFormat()).map(pageText).join('')).toBe(bodyText(sample));
  });

  const blocksOf = async (paragraph: string): Promise<unknown> => {
    const xml = withEntries(entry('x.e1', '甲', paragraph));
    const book = await readBook({ path: 'x.xml', xml }, () => {});
    const block = book.juans[0]!.blocks.at(-1)!;
    return block.kind === 'year' ? undefined : block.content.filter((part) => !isIntervention(part));
  };
  const isIntervention = (part: Inline): boolean => typeof part === 'object' && part.kind === 'intervention';

  test('抬頭 from hi', async () => {
    expect(
      await blocksOf(
        '<hi rend="平抬">帝</hi><hi rend="red 單抬">上</hi><hi rend="挪抬">旨</hi><hi rend="small">臣</hi>',
      ),
    ).toEqual([
      { kind: 'honour', degree: 'ping', content: ['帝'] },
      { kind: 'honour', degree: 'dan', content: ['上'] },
      { kind: 'honour', degree: 'nuo', content: ['旨'] },
      '臣',
    ]);
  });

  test('眉批 from notes at the top, those of the editors apart', async () => {
    expect(
      await blocksOf(
        '甲<note place="top">乙</note><note place="margin top" type="editorial">丙</note><note place="margin-top">丁</note>',
      ),
    ).toEqual([
      '甲',
      { kind: 'brow', content: ['乙'] },
      { kind: 'brow', content: ['丙'], generated: true },
      { kind: 'brow', content: ['丁'] },
    ]);
  });

  test('readings from ruby, indent from rend', async () => {
    expect(await blocksOf('<ruby><rb>啜訛</rb><rt>chuò é</rt></ruby>')).toEqual([
      { kind: 'ruby', base: ['啜訛'], text: 'chuò é' },
    ]);
    const xml = withEntries(entry('x.e1', '甲', '乙').replace('<p>', '<p rend="低二格">'));
    const book = await readBook({ path: 'x.xml', xml }, () => {});
    expect(book.juans[0]!.blocks.at(-1)).toMatchObject({ kind: 'mu', indent: 2 });
  });

  test('headings of the source stand for the generated ones', async () => {
    const xml = sample
      .replace('<div type="juan" n="3">', '<div type="juan" n="3"><head type="juan">西夏紀卷三</head>')
      .replace(/<div type="year"[^>]*>/, '$&<head type="year">咸平二年</head>');
    const book = await readBook({ path: 'x.xml', xml }, () => {});
    expect(book.juans[0]!.blocks.slice(0, 3)).toMatchObject([
      { kind: 'gang', heading: 'juan', content: ['西夏紀卷三'] },
      { kind: 'year', label: '咸平二年', unset: true },
      { kind: 'gang', heading: 'year', content: ['咸平二年'] },
    ]);
    expect(textPages(readPdfText(await build(xml))).join('')).toBe(bodyText(xml));
  });

  test('校記 from corrections, readings and notes of the editors', async () => {
    const remark = (content: unknown[]): unknown => ({ kind: 'remark', content });
    const work = { kind: 'title', content: ['長編'] };
    expect(await blocksOf('<choice><sic>選</sic><corr cert="high">遷</corr></choice>')).toEqual([
      '選',
      remark(['「選」當作「遷」。']),
    ]);
    expect(await blocksOf('<choice><sic>選</sic><corr>遷</corr></choice>')).toEqual([
      '選',
      remark(['「選」疑當作「遷」。']),
    ]);
    expect(await blocksOf('甲<note type="apparatus">乙</note>')).toEqual(['甲', remark(['乙'])]);
    expect(await blocksOf('<app><lem>甲</lem><rdg source="#work.changbian">乙</rdg><rdg wit="#none"/></app>')).toEqual([
      '甲',
      remark(['「甲」，《', work, '》作「乙」，一本無。']),
    ]);
    // A reading of listApp stands behind the note that it is taken from.
    expect(await blocksOf('甲<note xml:id="sample-03.n1">（乙）</note>丙')).toEqual([
      '甲',
      { kind: 'note', content: ['（乙）'] },
      remark(['「河西黃女族長蒙異保」，《', work, '》作「和諾克族長蒙吉布」。']),
      '丙',
    ]);
  });

  test('notes in the margins are no part of the columns; 眉批 of the source are in the text layer', async () => {
    const paragraph = '甲<note place="top">乙</note>丙<note type="apparatus">丁</note><hi rend="單抬">戊</hi>';
    for (const format of [{ apparatus: 'end' }, { apparatus: 'side', kind: 'qianyin' }] as const) {
      const pdf = await build(withEntries(entry('x.e1', '己', paragraph)), [], { format });
      expect(textPages(readPdfText(pdf)).join('')).toBe('己甲丙戊乙');
    }
  });

  test('the list of characters names spelling, parts and place, and is no part of the text', async () => {
    const book = await readBook({ path: 'sample.xml', xml: sample }, () => {});
    const format = makeFormat();
    const pages = layoutPages(book, format);
    const glyphs = listGlyphs(pages, glyphFinder());
    expect(glyphs.map(({ spelling, form }) => [spelling, form])).toEqual([['<者多>', 'composed']]);
    const blocks = glyphBlocks(glyphs, (page) => placeOf(page, true));
    const list = layoutAppendix('字形表', blocks, format, pages.length);
    expect(list.map(pageText).join('')).toBe('');
    const cells = list.flatMap((page) => page.cells.map(({ text }) => text)).join('');
    expect(cells).toBe('字形表<者多>原作＜者多＞⿰者多見卷三第一葉上');
  });
});
