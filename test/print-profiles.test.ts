import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readBody } from '../src/core/body-text.ts';
import { type Diagnostic, DiagnosticError } from '../src/core/diagnostic.ts';
import { buildPrint, findMissingGlyphs, type PrintOptions, readBook } from '../src/edition/build-print.ts';
import { fontChain, fontFault, fontFileOf, glyphFinder } from '../src/layout/font-files.ts';
import { writePdf } from '../src/layout/pdf.ts';
import { completeOptions } from '../src/layout/pdf-profile.ts';
import type { Sheets } from '../src/layout/sheet.ts';
import { type PdfElement, readPdfObjects, readPdfPages, readPdfTags, readPdfText } from './read-pdf.ts';

const sample = readFileSync(new URL('./fixtures/tei/sample.xml', import.meta.url), 'utf8');
const bodyText = (xml: string): string => readBody(xml).text.replace(/\s/gu, '');
const jpRegular = createRequire(import.meta.url).resolve(
  '@expo-google-fonts/noto-serif-jp/400Regular/NotoSerifJP_400Regular.ttf',
);

/** A book without generated parts but the list of characters. */
const bare = { principles: false, contents: false, indexes: false, interventions: false };

async function build(given: PrintOptions, xml = sample, found: Diagnostic[] = []): Promise<Uint8Array> {
  const options = { matter: bare, ...given };
  const [file] = await buildPrint([{ path: 'sample.xml', xml }], options, (one) => found.push(one));
  return file!.content as Uint8Array;
}

/** The sample with one entry, whose paragraph is given. */
function withParagraph(paragraph: string): string {
  const start = sample.indexOf('<div type="entry"');
  const end = sample.indexOf('</div>\n</div>\n</body>');
  return `${sample.slice(0, start)}<div type="entry" xml:id="x.e1"><p>${paragraph}</p></div>\n${sample.slice(end)}`;
}

/** Every operator that sets a colour in the pages of a PDF, with its operands, each once. */
function coloursOf(pdf: Uint8Array): string[] {
  const found = new Set<string>();
  for (const { content } of readPdfPages(pdf)) {
    const setters = content.matchAll(/(?:\/\w+ (?:cs|CS) )?(?:[\d.]+ )+(?:k|K|rg|RG|g|G|sc|SC|scn|SCN)(?=\s|$)/g);
    for (const [setter] of setters) found.add(setter);
  }
  return [...found].sort();
}

const latin = (pdf: Uint8Array): string => Buffer.from(pdf).toString('latin1');
const mm = (points: number): number => Math.round((points * 25.4) / 7.2) / 10;

function boxOf(dict: string, name: string): number[] | undefined {
  return new RegExp(`/${name} \\[([^\\]]*)\\]`)
    .exec(dict)?.[1]
    ?.split(' ')
    .map((value) => mm(Number(value)));
}

describe('press', () => {
  let pdf: Uint8Array;
  beforeAll(async () => {
    pdf = await build({ profile: 'press' });
  });

  test('the trimmed page lies in the bleed, the bleed in the sheet', async () => {
    for (const { dict } of readPdfPages(pdf)) {
      expect(boxOf(dict, 'TrimBox')).toEqual([15, 15, 167, 251]);
      expect(boxOf(dict, 'BleedBox')).toEqual([12, 12, 170, 254]);
      expect(boxOf(dict, 'MediaBox')).toEqual([0, 0, 182, 266]);
    }
    const [page] = readPdfPages(await build({ profile: 'press', bleed: 5, marks: false }));
    expect(boxOf(page!.dict, 'TrimBox')).toEqual([5, 5, 157, 241]);
    expect(boxOf(page!.dict, 'BleedBox')).toEqual(boxOf(page!.dict, 'MediaBox'));
    expect(() => completeOptions({ bleed: -1 })).toThrow(RangeError);
  });

  test('black is K alone; only the red has other inks; registration marks have all', () => {
    expect(coloursOf(pdf)).toEqual(
      [
        ...['0 0 0 1 k', '0 0 0 1 K', '0 0 0 0 k', '0 0 0 0 K', '0 0.88 0.82 0.12 k', '0 0.88 0.82 0.12 K'],
        ...['/All cs 1 scn', '/All CS 1 SCN'],
      ].sort(),
    );
    expect(latin(pdf)).toContain('[/Separation /All /DeviceCMYK');
  });

  test('the red as an ink of its own, or black', async () => {
    const spot = await build({ profile: 'press', red: 'spot', spot: 'PANTONE 485 C' });
    expect(coloursOf(spot)).toEqual(
      [
        ...['0 0 0 1 k', '0 0 0 1 K', '0 0 0 0 k', '0 0 0 0 K'],
        ...['/All cs 1 scn', '/All CS 1 SCN', '/Spot cs 1 scn', '/Spot CS 1 SCN'],
      ].sort(),
    );
    expect(latin(spot)).toContain('[/Separation /PANTONE#20485#20C /DeviceCMYK');
    const black = await build({ profile: 'press', red: 'black', marks: false });
    expect(coloursOf(black)).toEqual(['0 0 0 0 K', '0 0 0 0 k', '0 0 0 1 K', '0 0 0 1 k']);
  });

  test('the number of pages is even: a blank one stands before the colophon', () => {
    const pages = readPdfPages(pdf);
    expect(pages.length % 2).toBe(0);
    expect(readPdfText(pdf).at(-2)).toBe('');
    expect(pages.at(-2)!.pieces.at(-1)!.text).toContain('空白');
    expect(readPdfText(pdf).at(-1)).toContain('版權');
  });

  test('marks lie outside the bleed, on every page; the slug line names title and page', () => {
    const pages = readPdfPages(pdf);
    for (const [index, { content, pieces }] of pages.entries()) {
      const marks = content.slice(content.indexOf('/All cs'));
      const strokes = [...marks.matchAll(/(-?[\d.]+) (-?[\d.]+) [ml](?=\s)/g)].map(([, x, y]) => [
        Number(x),
        Number(y),
      ]);
      expect(strokes.length).toBeGreaterThan(30);
      for (const [x, y] of strokes) expect(x! < -3 || x! > 155 || y! < -3 || y! > 239).toBe(true);
      const slug = pieces.at(-1)!;
      expect(slug.hidden).toBe(true);
      expect(slug.text).toContain(`西夏紀卷三　`);
      expect(slug.text).toContain(`${index + 1} / ${pages.length}`);
    }
  });

  test('what touches the fold goes on into the bleed, clipped there', () => {
    const { content } = readPdfPages(pdf)[2]!;
    expect(content).toContain('-3 -3 158 242 re W n');
    // 魚尾: its notch at the fold, its edge at 9 mm, and the same mirrored.
    const xs = [...content.matchAll(/(-?[\d.]+) -?[\d.]+ [ml](?=\s)/g)].map(([, x]) => Number(x));
    expect(xs).toContain(9);
    expect(xs).toContain(-9);
  });

  test('the output intent is FOGRA39 with its profile, and XMP says PDF/X-4, not trapped', () => {
    const file = latin(pdf);
    expect(file).toContain('%PDF-1.6');
    expect(file).toMatch(/\/S \/GTS_PDFX\n\/OutputConditionIdentifier \(FOGRA39\)/);
    const icc = readFileSync(new URL('../icc/FOGRA39L_coated.icc', import.meta.url)).toString('latin1');
    expect([...readPdfObjects(pdf).values()].some(({ stream }) => stream.trimEnd() === icc.trimEnd())).toBe(true);
    expect(file).toContain('<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>');
    expect(file).toContain('<pdf:Trapped>False</pdf:Trapped>');
    const trapped = /\/Trapped (\d+) 0 R/.exec(file)![1];
    expect(readPdfObjects(pdf).get(Number(trapped))!.dict.trim()).toBe('/False');
    expect(file).not.toMatch(/\/SMask|\/Group|\/Annots/);
  });
});

describe('archive', () => {
  let pdf: Uint8Array;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'weibian-archive-'));
    pdf = await build({ profile: 'archive' });
    writeFileSync(join(folder, 'book.pdf'), pdf);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('PDF 1.4 in sRGB, with its profile, identified as PDF/A-1b and nothing more', () => {
    const file = latin(pdf);
    expect(file).toContain('%PDF-1.4');
    expect(file).toContain('/S /GTS_PDFA1');
    const colours = coloursOf(pdf);
    expect(colours.length).toBe(6);
    for (const colour of colours) expect(colour).toMatch(/ (rg|RG)$/);
    expect(file).toContain('<pdfaid:part>1</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>');
    expect(file).not.toMatch(/pdfuaid|pdfxid/);
    expect(file).not.toMatch(/\/SMask|\/Group|\/ExtGState/);
  });

  test('every subset lists its codes', () => {
    const file = latin(pdf);
    const count = (pattern: RegExp): number => file.match(pattern)?.length ?? 0;
    expect(count(/\/CIDSet \d+ 0 R/g)).toBe(count(/\/Type \/FontDescriptor/g));
  });

  test('the tree of tags holds the text in its order', () => {
    const tree = readPdfTags(pdf);
    const textOf = (element: PdfElement): string =>
      element.kids.map((kid) => (typeof kid === 'string' ? kid : textOf(kid))).join('');
    const sections = tree.kids as PdfElement[];
    expect(tree.type).toBe('Document');
    expect(sections.map(({ type }) => type)).toEqual(['Sect', 'Sect', 'Sect', 'Sect']);
    expect(textOf(sections[1]!)).toBe(bodyText(sample));
    expect(textOf(sections[0]!)).toContain('西夏紀');
    expect(sections[2]!.kids[0]).toMatchObject({ type: 'H1', actual: '字形表' });
    expect(textOf(sections[3]!)).toContain('CC0 1.0');
    const juan = sections[1]!.kids as PdfElement[];
    expect(juan.map(({ type, actual }) => [type, actual].filter(Boolean).join(' '))).toEqual([
      ...['H1 西夏紀卷三', 'P 戴錫章撰', 'H2 咸平二年己亥'],
      ...['H3', 'P', 'H3'],
    ]);
    const notes = juan[4]!.kids.filter((kid): kid is PdfElement => typeof kid !== 'string');
    expect(notes.map(({ type }) => type)).toEqual(['Note', 'Note']);
    expect(textOf(notes[0]!)).toBe('（《長編》作和諾克族長蒙吉布）');
    expect(latin(pdf)).toMatch(/\/MarkInfo \d+ 0 R/);
    expect(latin(pdf)).toContain('/Lang (zh-Hant)');
  });

  test('paragraphs and notes that go over pages stay one element', async () => {
    const note = `（${'注'.repeat(900)}）`;
    const xml = withParagraph(`${'甲'.repeat(150)}<note>${note}</note>${'乙'.repeat(400)}`);
    const tree = readPdfTags(await build({ profile: 'archive' }, xml));
    const juan = (tree.kids[1] as PdfElement).kids as PdfElement[];
    const paragraph = juan.at(-1)!;
    expect(juan.map(({ type }) => type)).toEqual(['H1', 'P', 'H2', 'P']);
    const notes = paragraph.kids.filter((kid): kid is PdfElement => typeof kid !== 'string');
    expect(notes).toHaveLength(1);
    expect(notes[0]!.kids.length).toBeGreaterThan(1);
    expect(notes[0]!.kids.join('')).toBe(note);
  });

  test('a composed character says in ActualText what the source has', () => {
    const text = Buffer.from('\ufeff<者多>', 'utf16le').swap16().toString('hex');
    expect(readPdfPages(pdf)[2]!.content).toContain(`/Span <</ActualText <${text}>>> BDC`);
  });

  test('PDFBox preflight finds it valid PDF/A-1b', (context) => {
    const jars = ['preflight', 'pdfbox2', 'xmpbox', 'fontbox2', 'commons-logging', 'commons-io'];
    const paths = [...jars, 'javax.activation', 'jaxb-api'].map((name) => `/usr/share/java/${name}.jar`);
    const missing = paths.filter((path) => !existsSync(path));
    if (spawnSync('java', ['-version']).error || missing.length > 0) {
      context.skip('no PDFBox preflight here: apt-get install libpdfbox2-java libactivation-java libjaxb-api-java');
    }
    const validator = 'org.apache.pdfbox.preflight.Validator_A1b';
    const run = spawnSync('java', ['-cp', paths.join(':'), validator, join(folder, 'book.pdf')], { encoding: 'utf8' });
    expect(run.stdout + run.stderr).toContain('is a valid PDF/A-1b file');
  });
});

describe('all profiles', () => {
  test('files for different uses have different identifiers, the same each time', async () => {
    const idOf = (pdf: Uint8Array): string => /\/ID \[<(\w+)>/.exec(latin(pdf))![1]!;
    const ids = [];
    for (const profile of ['press', 'archive', 'screen'] as const) ids.push(idOf(await build({ profile })));
    expect(new Set(ids).size).toBe(3);
    expect(idOf(await build({ profile: 'press', bleed: 4 }))).not.toBe(ids[0]);
  });

  test('the screen has no sheet, no claim and no tags', async () => {
    const file = latin(await build({}));
    expect(file).not.toMatch(/TrimBox|BleedBox|OutputIntent|StructTreeRoot|pdfaid|pdfxid/);
  });
});

describe('sheets', () => {
  const sheets = (labels: readonly string[], more: Partial<Sheets> = {}): Sheets => ({
    page: { width: 100, height: 150 },
    binding: 'right',
    sheets: labels.map((label) => ({ label, drawn: [] })),
    ...more,
  });
  const pagesOf = async (given: Sheets): Promise<number> => {
    const book = await readBook({ path: 'sample.xml', xml: sample }, () => {});
    return readPdfPages(await writePdf(book, given, { profile: 'press' })).length;
  };

  test('a blank page stands before the colophon or at the end; folded leaves have none', async () => {
    expect(await pagesOf(sheets(['一', '二', '版權']))).toBe(4);
    expect(await pagesOf(sheets(['一']))).toBe(2);
    expect(await pagesOf(sheets(['一', '二']))).toBe(2);
    expect(await pagesOf(sheets(['一', '二', '三'], { folded: true }))).toBe(3);
  });

  test('a long archive file has no long lists', async () => {
    const book = await readBook({ path: 'sample.xml', xml: sample }, () => {});
    const labels = Array.from({ length: 2500 }, (_, index) => String(index));
    const file = latin(await writePdf(book, sheets(labels), { profile: 'archive' }));
    const nodes = [...file.matchAll(/\/Type \/Pages\n(?:\/Parent \d+ 0 R\n)?(?:\/Count \d+\n)?\/Kids \[([^\]]*)\]/g)];
    expect(nodes.map(([, kids]) => kids!.split(' R').length - 1).sort((a, b) => a - b)).toEqual([3, 500, 1000, 1000]);
    expect(file).toContain('/Count 2500');
    for (const [, members] of file.matchAll(/\/Nums \[(.*?)\]\n/gs)) expect(members!.length).toBeLessThan(60_000);
  });
});

describe('fonts', () => {
  test('each character comes from the first font that has it', () => {
    const files = [...'紀乁专'].map((char) => /Noto\w+(?=_)/.exec(fontFileOf(char, 600)!)![0]);
    expect(files).toEqual(['NotoSerifTC', 'NotoSerifJP', 'NotoSerifSC']);
    expect(fontFileOf('\u{2ffff}')).toBeUndefined();
    expect(fontFileOf('紀', 600, [jpRegular])).toBe(jpRegular);
    expect(fontFileOf('专', 600, [jpRegular])).toContain('NotoSerifSC_600SemiBold.ttf');
    expect(glyphFinder()('紀\u{e0100}')).toBe(true);
    expect(fontChain(500, [jpRegular]).map(({ id }) => id)).toEqual(['W0AA', 'W500', 'W500J', 'W500S']);
  });

  test('the book is set from several fonts, in one text layer', async () => {
    const found: Diagnostic[] = [];
    const xml = withParagraph('紀乁专紀。<g ref="#char.1">&lt;者多&gt;</g>').replace('⿰者多', '⿰乁专');
    for (const profile of ['screen', 'press', 'archive'] as const) {
      const pdf = await build({ profile }, xml, found);
      expect(readPdfText(pdf).slice(2, -1).join('')).toBe('紀乁专紀。<者多>');
      expect(latin(pdf)).toMatch(/\/BaseFont \/[A-Z]{6}\+NotoSerifJP/);
      expect(latin(pdf)).toMatch(/\/BaseFont \/[A-Z]{6}\+NotoSerifSC/);
      const tags = [...latin(pdf).matchAll(/\/FontName \/([A-Z]{6})\+/g)].map(([, tag]) => tag);
      expect(new Set(tags).size).toBe(tags.length);
    }
    expect(found).toEqual([]);
  });

  test('fonts that are not wanted are not in the file', async () => {
    expect(latin(await build({}))).not.toMatch(/NotoSerif(JP|SC)/);
  });

  test('a font of the owner comes first', async () => {
    const pdf = await build({ fonts: [jpRegular] });
    expect(latin(pdf)).toMatch(/\/W0AAV\d+ \d+ 0 R/);
    expect(readPdfText(pdf).slice(2, -1).join('')).toBe(bodyText(sample));
  });

  test('a font that cannot be used is an error', async () => {
    const found: Diagnostic[] = [];
    const text = new URL('./fixtures/tei/sample.xml', import.meta.url).pathname;
    await build({ fonts: [text] }, sample, found);
    expect(found.map(({ code, message }) => [code, message.includes('it is no TrueType font')])).toEqual([
      ['edition/unusable-font', true],
    ]);
    await expect(build({ fonts: ['/nowhere/font.ttf'] })).rejects.toThrow(DiagnosticError);
    expect(fontFault(jpRegular)).toBeUndefined();
  });

  test('the list of characters that no font has names them with their entries', async () => {
    const paragraph = '甲\u{e7b7}</p></div>\n<div type="entry" xml:id="x.e2"><p>\u{e7b7}\u{2ffff}';
    const found: Diagnostic[] = [];
    const book = await readBook({ path: 'x.xml', xml: withParagraph(paragraph) }, (one) => found.push(one));
    expect(findMissingGlyphs(book)).toEqual([
      { text: '\u{e7b7}', missing: '\u{e7b7}', entries: ['x.e1', 'x.e2'] },
      { text: '\u{2ffff}', missing: '\u{2ffff}', entries: ['x.e2'] },
    ]);
    expect(found.map(({ message }) => message)).toEqual([
      'No font has `\u{e7b7}` (U+E7B7) in `\u{e7b7}` of entry `x.e1` and 1 more; 〓 is printed.',
      'No font has `\u{2ffff}` (U+2FFFF) in `\u{2ffff}` of entry `x.e2`; 〓 is printed.',
    ]);
  });
});
