import { createHash } from 'node:crypto';
import PDFDocument from 'pdfkit';
import type { Book } from './book.ts';
import { bookSubtitle } from './front-pages.ts';
import { ByteCollector } from './pdf-bytes.ts';
import { makeColourSpaces, makeOutputIntent } from './pdf-colour.ts';
import { Faces } from './pdf-faces.ts';
import type { FontFile, PdfObject } from './pdf-fonts.ts';
import { drawBleed, drawMarks, drawSlug, sheetMargin } from './pdf-marks.ts';
import { describeInfo, describeXmp } from './pdf-metadata.ts';
import { points, writePage } from './pdf-page.ts';
import { completeOptions, inksOf, type PdfOptions, registrationInks } from './pdf-profile.ts';
import { Tags } from './pdf-tags.ts';
import { numberTree, PageTree } from './pdf-trees.ts';
import type { OutlineEntry, Sheet, Sheets } from './sheet.ts';
import type { Outlines } from './svg.ts';

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

/**
 * Writes the sheets of a book as a PDF. Fonts are embedded and subset, the text layer of the pages is the text, dates
 * come from the book: the same input gives the same bytes. `profile` says what for: see docs/print-pdf.md.
 */
export async function writePdf(book: Book, given: Sheets, options: PdfOptions = {}): Promise<Uint8Array> {
  const complete = completeOptions(options);
  const sheets = complete.profile === 'press' ? evenSheets(given) : given;
  const bytes = new ByteCollector();
  const doc = openDocument(book, complete, bytes);
  const writer = new SheetWriter(doc, book, sheets, complete);
  const outline = new Outline(doc);
  for (const sheet of sheets.sheets) {
    writer.add(sheet);
    for (const entry of sheet.outline ?? []) outline.add(entry);
  }
  outline.finish();
  writer.finish();
  doc.end();
  return bytes.join();
}

/** The outlines of the fonts, `own` asked first, for pictures of pages. */
export function openOutlines(own: readonly string[] = []): Outlines {
  // pdfkit holds the library that reads fonts.
  const doc = new PDFDocument({ autoFirstPage: false, font: '' }) as unknown as PdfDocument;
  const faces = new Faces({
    open: (path) => {
      doc.font(path);
      return doc._font.font;
    },
    make: (data = {}) => doc.ref(data),
    addToPage: () => {},
    own,
    cidSet: false,
  });
  return {
    has: faces.has,
    outline: (char, weight, direction) => ({
      steps: faces.outline(char, weight, direction === 'vertical'),
      advance: faces.width(char, weight),
    }),
  };
}

/** Two pages make a leaf of a printed book: with a blank page before it, the colophon stands on the last one. */
function evenSheets(given: Sheets): Sheets {
  const { sheets, folded } = given;
  if (folded || sheets.length % 2 === 0) return given;
  const end = sheets.at(-1)!.label.startsWith('版權') ? sheets.length - 1 : sheets.length;
  return { ...given, sheets: [...sheets.slice(0, end), { label: '空白', drawn: [] }, ...sheets.slice(end)] };
}

/** The pages of the PDF as the profile wants them: boxes, inks, marks and tags. */
class SheetWriter {
  readonly #doc: PdfDocument;
  readonly #page: Sheets['page'];
  readonly #binding: Sheets['binding'];
  readonly #total: number;
  readonly #options: Required<PdfOptions>;
  readonly #title: string;
  readonly #fonts: Faces;
  readonly #tags: Tags | undefined;
  readonly #tree: PageTree | undefined;
  readonly #colours: Record<string, PdfObject>;
  readonly #labels: string[] = [];
  #inText = false;

  constructor(doc: PdfDocument, book: Book, { page, binding, sheets }: Sheets, options: Required<PdfOptions>) {
    const make = (data?: Record<string, unknown>): PdfObject => doc.ref(data);
    this.#doc = doc;
    this.#page = page;
    this.#binding = binding;
    this.#total = sheets.length;
    this.#options = options;
    this.#title = `${book.front.title}${bookSubtitle(book)}`;
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
    const archive = options.profile === 'archive';
    this.#tags = archive ? new Tags(make) : undefined;
    this.#tree = archive && sheets.length > 1000 ? new PageTree(doc._root.data.Pages as PdfObject, make) : undefined;
    this.#colours = options.profile === 'press' ? makeColourSpaces(options, make) : {};
  }

  add(sheet: Sheet): void {
    const page = this.#page;
    const { bleed } = this.#options;
    const press = this.#options.profile === 'press';
    const margin = press ? sheetMargin(this.#options) : 0;
    const size = [page.width, page.height].map((length) => (length + 2 * margin) * points);
    this.#doc.addPage({ size: size as [number, number], margin: 0 });
    this.#tree?.add(this.#doc.page.dictionary);
    this.#tags?.beginPage(this.#doc.page.dictionary, this.#sectionOf(sheet));
    this.#labels.push(sheet.label);
    const text = sheet.drawn;
    const setting = { height: page.height, margin, inks: inksOf(this.#options), fonts: this.#fonts };
    const drawn = press ? [...text, ...drawBleed(text, page)] : text;
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

  /** The title of the section that begins with a sheet: the title leaf, a juan or part, a text without, the colophon. */
  #sectionOf({ label, outline = [] }: Sheet): string | undefined {
    const part = outline.find(({ level }) => level === 1);
    const text = outline.length > 0 && !this.#inText;
    this.#inText ||= outline.length > 0;
    const index = this.#labels.length;
    return part?.title ?? (text || index === 0 || index === this.#total - 1 ? label : undefined);
  }

  finish(): void {
    const { _root: root } = this.#doc;
    this.#fonts.embed();
    this.#tree?.finish();
    const intent = makeOutputIntent(this.#options, (data) => this.#doc.ref(data));
    if (intent) root.data.OutputIntents = [intent];
    if (this.#tags) {
      // Both are ended by pdfkit with the document.
      root.data.StructTreeRoot = this.#tags.finish();
      root.data.MarkInfo = this.#doc.ref({ Marked: true });
    }
    finishCatalogue(this.#doc, this.#binding, this.#labels, this.#options);
  }

  /** The boxes of a sheet for the press, and what stands around the trimmed page. */
  #finishPressPage({ label }: Sheet, setting: Parameters<typeof writePage>[1], margin: number): void {
    const page = this.#page;
    const { bleed, marks } = this.#options;
    const box = (out: number): number[] => {
      const [left, right] = [margin - out, margin + page.width + out];
      return [left, margin - out, right, margin + page.height + out].map((length) => length * points);
    };
    Object.assign(this.#doc.page.dictionary.data, { TrimBox: box(0), BleedBox: box(bleed) });
    Object.assign(this.#doc.page.colorSpaces, this.#colours);
    if (!marks) return;
    const outside = { ...setting, artifact: true } as const;
    const slug = `${this.#title}　${label}　${this.#labels.length} / ${this.#total}`;
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

/** The binding, spreads with the title alone, and the folios as page labels. */
function finishCatalogue(
  doc: PdfDocument,
  binding: Sheets['binding'],
  labels: readonly string[],
  { profile }: Required<PdfOptions>,
): void {
  const catalogue = doc._root.data;
  // An object, because pdfkit ends it with the document.
  catalogue.ViewerPreferences = doc.ref({ Direction: binding === 'right' ? 'R2L' : 'L2R', DisplayDocTitle: true });
  // PDF 1.4, on which PDF/A-1 stands, has no layout of pages in pairs that does not scroll.
  catalogue.PageLayout = profile === 'archive' ? 'TwoColumnRight' : 'TwoPageRight';
  catalogue.PageLabels = numberTree(
    labels.map((label) => ({ P: new String(label) })),
    (data) => doc.ref(data),
  );
}

/** The outline: an entry hangs below the last one of a smaller level. */
class Outline {
  readonly #root: PDFKit.PDFOutline;
  readonly #open: { readonly level: number; readonly item: PDFKit.PDFOutline }[];

  constructor(doc: PdfDocument) {
    this.#root = doc.outline;
    this.#open = [{ level: 0, item: doc.outline }];
  }

  /** Adds an entry that leads to the page drawn last. */
  add({ level, title }: OutlineEntry): void {
    while (this.#open.at(-1)!.level >= level) this.#open.pop();
    const here = { fit: true, expanded: level === 1 };
    const item = this.#open.at(-1)!.item.addItem(title, here);
    this.#open.push({ level, item });
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
