import { createHash } from 'node:crypto';
import PDFDocument from 'pdfkit';
import type { Book } from './book.ts';
import { drawPage } from './draw-page.ts';
import type { Drawn } from './drawing.ts';
import type { Format } from './format.ts';
import { bookSubtitle, drawColophon, drawImprint, drawTitlePage } from './front-pages.ts';
import { chineseNumber } from './numerals.ts';
import type { Page } from './page.ts';
import { ByteCollector } from './pdf-bytes.ts';
import { makeColourSpaces, makeOutputIntent } from './pdf-colour.ts';
import { Faces } from './pdf-faces.ts';
import type { FontFile, PdfObject } from './pdf-fonts.ts';
import { drawBleed, drawMarks, drawSlug, sheetMargin } from './pdf-marks.ts';
import { describeInfo, describeXmp } from './pdf-metadata.ts';
import { points, writePage } from './pdf-page.ts';
import { completeOptions, inksOf, type PdfOptions, registrationInks } from './pdf-profile.ts';
import { Tags } from './pdf-tags.ts';

/** What pdfkit 0.20 has beyond its types: objects, the catalogue, the page's resources and the open font. */
type PdfDocument = Omit<PDFKit.PDFDocument, 'page'> & {
  ref(data?: Record<string, unknown>): PdfObject;
  readonly _root: PdfObject;
  readonly info: Record<string, unknown>;
  _id: Uint8Array;
  _addInfo(): void;
  appendXML(xml: string): void;
  readonly _font: { readonly font: FontFile };
  readonly page: PDFKit.PDFPage & {
    readonly fonts: Record<string, object>;
    readonly colorSpaces: Record<string, object>;
    readonly dictionary: PdfObject;
  };
};

/** A page of the PDF: its label, what stands on it, and the title of the section that begins with it. */
interface Sheet {
  readonly label: string;
  readonly drawn: readonly Drawn[];
  readonly section?: string;
}

/**
 * Draws a book: title leaf, pages, colophon. Fonts are embedded and subset, the text layer of the pages is the text,
 * dates come from the book: the same input gives the same bytes. `profile` says what for: see docs/print-pdf.md.
 */
export async function writePdf(
  book: Book,
  pages: readonly Page[],
  format: Format,
  given: PdfOptions = {},
): Promise<Uint8Array> {
  const options = completeOptions(given);
  const bytes = new ByteCollector();
  const doc = openDocument(book, options, bytes);
  const sheets = new Sheets(doc, book, format, options, pages.length + 3);
  sheets.add({ label: '內封', drawn: drawTitlePage(book, format), section: '內封' });
  sheets.add({ label: '牌記', drawn: drawImprint(book, format) });
  const outline = new Outline(doc);
  for (const page of pages) {
    const label = `${page.juan}·${chineseNumber(page.leaf)}${page.half === 'a' ? '上' : '下'}`;
    const begins = page.leaf === 1 && page.half === 'a';
    sheets.add({ label, drawn: drawPage(page, book.front.title, format), ...(begins && { section: page.juan }) });
    outline.add(page);
  }
  // A printed book has whole leaves: with a blank page before it, the colophon stands on the last one.
  if (options.profile === 'press' && sheets.count % 2 === 0) sheets.add({ label: '空白', drawn: [] });
  const ink = options.profile === 'press' && options.red === 'black' ? '墨' : '朱';
  sheets.add({ label: '版權', drawn: drawColophon(book, format, ink), section: '版權' });
  outline.finish();
  sheets.finish();
  doc.end();
  return bytes.join();
}

/** The pages of the PDF as the profile wants them: boxes, inks, marks and tags. */
class Sheets {
  readonly #doc: PdfDocument;
  readonly #format: Format;
  readonly #options: Required<PdfOptions>;
  readonly #title: string;
  readonly #total: number;
  readonly #fonts: Faces;
  readonly #tags: Tags | undefined;
  readonly #colours: Record<string, PdfObject>;
  readonly #labels: string[] = [];

  constructor(doc: PdfDocument, book: Book, format: Format, options: Required<PdfOptions>, total: number) {
    const make = (data?: Record<string, unknown>): PdfObject => doc.ref(data);
    this.#doc = doc;
    this.#format = format;
    this.#options = options;
    this.#title = `${book.front.title}${bookSubtitle(book)}`;
    this.#total = options.profile === 'press' ? total + (total % 2) : total;
    this.#fonts = new Faces({
      open: (path) => {
        doc.font(path);
        return doc._font.font;
      },
      make,
      addToPage: (name, font) => {
        doc.page.fonts[name] = font;
      },
      own: options.fonts,
      cidSet: options.profile === 'archive',
    });
    this.#tags = options.profile === 'archive' ? new Tags(make) : undefined;
    this.#colours = options.profile === 'press' ? makeColourSpaces(options, make) : {};
  }

  get count(): number {
    return this.#labels.length;
  }

  add(sheet: Sheet): void {
    const { page } = this.#format;
    const { bleed } = this.#options;
    const press = this.#options.profile === 'press';
    const margin = press ? sheetMargin(this.#options) : 0;
    const size = [page.width, page.height].map((length) => (length + 2 * margin) * points);
    this.#doc.addPage({ size: size as [number, number], margin: 0 });
    this.#labels.push(sheet.label);
    this.#tags?.beginPage(this.#doc.page.dictionary, sheet.section);
    const setting = { height: page.height, margin, inks: inksOf(this.#options), fonts: this.#fonts };
    const drawn = press ? [...sheet.drawn, ...drawBleed(sheet.drawn, page)] : sheet.drawn;
    this.#doc.addContent(
      writePage(drawn, {
        ...setting,
        ...(press && { clip: { width: page.width, bleed } }),
        ...(this.#tags && { tags: this.#tags }),
      }),
    );
    if (press) this.#finishPressPage(sheet, setting, margin);
    // It is 1, which PDF before 1.6 does not know.
    if (this.#options.profile !== 'screen') delete this.#doc.page.dictionary.data.UserUnit;
  }

  finish(): void {
    const { _root: root } = this.#doc;
    this.#fonts.embed();
    const intent = makeOutputIntent(this.#options, (data) => this.#doc.ref(data));
    if (intent) root.data.OutputIntents = [intent];
    if (this.#tags) {
      // Both are ended by pdfkit with the document.
      root.data.StructTreeRoot = this.#tags.finish();
      root.data.MarkInfo = this.#doc.ref({ Marked: true });
    }
    finishCatalogue(this.#doc, this.#labels, this.#options);
  }

  /** The boxes of a sheet for the press, and what stands around the trimmed page. */
  #finishPressPage({ label }: Sheet, setting: Parameters<typeof writePage>[1], margin: number): void {
    const { page } = this.#format;
    const { bleed, marks } = this.#options;
    const box = (out: number): number[] => {
      const [left, right] = [margin - out, margin + page.width + out];
      return [left, margin - out, right, margin + page.height + out].map((length) => length * points);
    };
    Object.assign(this.#doc.page.dictionary.data, { TrimBox: box(0), BleedBox: box(bleed) });
    Object.assign(this.#doc.page.colorSpaces, this.#colours);
    if (!marks) return;
    const outside = { ...setting, artifact: true } as const;
    const slug = `${this.#title}　${label}　${this.count} / ${this.#total}`;
    this.#doc.addContent(writePage(drawMarks(page, bleed), { ...outside, inks: registrationInks }));
    this.#doc.addContent(writePage(drawSlug(slug, page, bleed), outside));
  }
}

const versions = { screen: '1.7', press: '1.6', archive: '1.4' } as const;

function openDocument(book: Book, options: Required<PdfOptions>, bytes: ByteCollector): PdfDocument {
  const { profile, compress, fonts, ...press } = options;
  const doc = new PDFDocument({
    autoFirstPage: false,
    compress,
    pdfVersion: versions[profile],
    lang: 'zh-Hant',
    font: '',
    info: describeInfo(book),
  });
  // As a stream it would keep each of its many small pieces until the end; the head of the file is there already.
  bytes.add(doc.read() as Uint8Array);
  doc.push = (piece: Uint8Array | null) => {
    if (piece) bytes.add(piece);
    return true;
  };
  const open = doc as unknown as PdfDocument;
  // Files for different uses have different identifiers, wherever the fonts lie on the disk.
  const id = createHash('md5')
    .update(JSON.stringify([book, profile, press, fonts.length]))
    .digest('hex');
  if (profile !== 'screen') open._id = Buffer.from(id, 'hex');
  if (profile === 'press') open.info.Trapped = new PdfName('False');
  // pdfkit writes the XMP itself, but puts the text in without escaping it.
  open._addInfo = () => open.appendXML(describeXmp(book, profile, id));
  return open;
}

/** A name as a value of the document information, where pdfkit would write a string. */
class PdfName {
  readonly #name: string;

  constructor(name: string) {
    this.#name = name;
  }

  /** Not `Object`, or pdfkit takes it for a dictionary. */
  get [Symbol.toStringTag](): string {
    return 'PdfName';
  }

  toString(): string {
    return `/${this.#name}`;
  }
}

/** Right binding, spreads with the title alone, and the folios as page labels. */
function finishCatalogue(doc: PdfDocument, labels: readonly string[], { profile }: Required<PdfOptions>): void {
  const catalogue = doc._root.data;
  // An object, because pdfkit ends it with the document.
  catalogue.ViewerPreferences = doc.ref({ Direction: 'R2L', DisplayDocTitle: true });
  // PDF 1.4, on which PDF/A-1 stands, has no layout of pages in pairs that does not scroll.
  catalogue.PageLayout = profile === 'archive' ? 'TwoColumnRight' : 'TwoPageRight';
  catalogue.PageLabels = { Nums: labels.flatMap((label, index) => [index, { P: new String(label) }]) };
}

/** The outline: juan, years in it, entries in the year. */
class Outline {
  readonly #root: PDFKit.PDFOutline;
  #juanItem: PDFKit.PDFOutline;
  #yearItem: PDFKit.PDFOutline | undefined;

  constructor(doc: PdfDocument) {
    this.#root = doc.outline;
    this.#juanItem = doc.outline;
  }

  /** Adds what begins on the page that was drawn last. */
  add(page: Page): void {
    const here = { fit: true, expanded: false };
    if (page.leaf === 1 && page.half === 'a') {
      // A text without juans has its years and entries at the top.
      this.#juanItem = page.juan ? this.#root.addItem(page.juan, { ...here, expanded: true }) : this.#root;
      this.#yearItem = undefined;
    }
    for (const anchor of page.anchors) {
      if (anchor.kind === 'year') this.#yearItem = this.#juanItem.addItem(anchor.label, here);
      else (this.#yearItem ?? this.#juanItem).addItem(anchor.label, here);
    }
  }

  /** Gives every item with others below it their number, negative when they are closed (PDF 32000, 12.3.3). */
  finish(): void {
    countItems(this.#root as OutlineItem);
  }
}

/** What pdfkit's outline items have beyond their type. */
type OutlineItem = PDFKit.PDFOutline & {
  readonly outlineData: Record<string, unknown>;
  readonly options: { readonly expanded?: boolean };
  readonly children: readonly OutlineItem[];
};

/** Counts the items that show below one when it is open. */
function countItems(item: OutlineItem): number {
  const below = item.children.map(countItems);
  const count = below.reduce((sum, more, index) => sum + (item.children[index]!.options.expanded ? more : 0), 0);
  const total = item.children.length + count;
  const open = item.options.expanded || item.outlineData.Parent === undefined;
  if (total > 0) item.outlineData.Count = open ? total : -total;
  return total;
}
