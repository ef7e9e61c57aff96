import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import type { Book } from './book.ts';
import type { Weight } from './drawing.ts';
import { bookSubtitle } from './front-pages.ts';
import { Face, type FontFile, type PdfObject } from './pdf-fonts.ts';
import { type PageFonts, points, writePage } from './pdf-page.ts';
import type { OutlineEntry, Sheets } from './sheet.ts';

const require = createRequire(import.meta.url);
const folders: Readonly<Record<Weight, string>> = {
  400: '400Regular',
  500: '500Medium',
  600: '600SemiBold',
  700: '700Bold',
};

/** What pdfkit 0.20 has beyond its types: objects, the catalogue, the page's fonts and the open font. */
type PdfDocument = Omit<PDFKit.PDFDocument, 'page'> & {
  ref(data?: Record<string, unknown>): PdfObject;
  readonly _root: PdfObject;
  _addInfo(): void;
  appendXML(xml: string): void;
  readonly _font: { readonly font: FontFile };
  readonly page: PDFKit.PDFPage & { readonly fonts: Record<string, PdfObject> };
};

/**
 * Writes the sheets of a book as a PDF. Fonts are embedded and subset, the text layer of the pages is the text, dates
 * come from the book: the same input gives the same bytes. `compress: false` leaves the streams readable.
 */
export async function writePdf(
  book: Book,
  { page, binding, sheets }: Sheets,
  options: { readonly compress?: boolean } = {},
): Promise<Uint8Array> {
  const doc = openDocument(book, options.compress ?? true);
  const finished = collect(doc);
  const fonts = new Faces(doc);
  const outline = new Outline(doc);
  for (const sheet of sheets) {
    doc.addPage({ size: [page.width * points, page.height * points], margin: 0 });
    doc.addContent(writePage(sheet.drawn, page.height, fonts));
    for (const entry of sheet.outline ?? []) outline.add(entry);
  }
  fonts.embed();
  finishCatalogue(
    doc,
    binding,
    sheets.map(({ label }) => label),
  );
  doc.end();
  return finished;
}

/** Whether the face of the edition has a glyph for a character. */
export function hasGlyph(char: string): boolean {
  checker ??= new Faces(new PDFDocument({ autoFirstPage: false, font: '' }) as unknown as PdfDocument);
  return checker.face(500).has(char);
}
let checker: Faces | undefined;

function openDocument(book: Book, compress: boolean): PdfDocument {
  const { front } = book;
  const date = new Date(/^\d{4}(-\d\d){0,2}$/.test(front.date ?? '') ? `${front.date}` : 0);
  const doc = new PDFDocument({
    autoFirstPage: false,
    compress,
    pdfVersion: '1.7',
    lang: 'zh-Hant',
    font: '',
    info: {
      Title: `${front.title}${bookSubtitle(book)}`,
      Author: front.authors.join('、'),
      ...(front.edition && { Subject: front.edition }),
      Creator: 'weibian',
      Producer: 'weibian (pdfkit)',
      CreationDate: date,
      ModDate: date,
    },
  });
  const open = doc as unknown as PdfDocument;
  // pdfkit writes the XMP itself, but puts the text in without escaping it.
  open._addInfo = () => open.appendXML(describe(book, date));
  return open;
}

/** The XMP description of the book. */
function describe({ front, ...book }: Book, date: Date): string {
  const escapeXml = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  const item = (text: string): string => `<rdf:li xml:lang="x-default">${escapeXml(text)}</rdf:li>`;
  const day = date.toISOString().slice(0, 10);
  const parts = [
    `<dc:title><rdf:Alt>${item(`${front.title}${bookSubtitle({ front, ...book })}`)}</rdf:Alt></dc:title>`,
    `<dc:creator><rdf:Seq>${front.authors.map((name) => `<rdf:li>${escapeXml(name)}</rdf:li>`).join('')}</rdf:Seq></dc:creator>`,
    '<dc:language><rdf:Bag><rdf:li>zh-Hant</rdf:li></rdf:Bag></dc:language>',
    front.edition && `<dc:description><rdf:Alt>${item(front.edition)}</rdf:Alt></dc:description>`,
    front.licence && `<dc:rights><rdf:Alt>${item(front.licence)}</rdf:Alt></dc:rights>`,
    `<xmp:CreateDate>${day}</xmp:CreateDate><xmp:ModifyDate>${day}</xmp:ModifyDate>`,
    '<xmp:CreatorTool>weibian</xmp:CreatorTool><pdf:Producer>weibian (pdfkit)</pdf:Producer>',
  ].filter(Boolean);
  const namespaces = [
    'xmlns:dc="http://purl.org/dc/elements/1.1/"',
    'xmlns:xmp="http://ns.adobe.com/xap/1.0/"',
    'xmlns:pdf="http://ns.adobe.com/pdf/1.3/"',
  ];
  return `<rdf:Description rdf:about="" ${namespaces.join(' ')}>\n${parts.join('\n')}\n</rdf:Description>`;
}

function collect(doc: PdfDocument): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    doc.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    doc.on('end', () => resolve(Buffer.concat(chunks)));
    doc.on('error', reject);
  });
}

/** The binding, spreads with the title alone, and the folios as page labels. */
function finishCatalogue(doc: PdfDocument, binding: Sheets['binding'], labels: readonly string[]): void {
  const catalogue = doc._root.data;
  // An object, because pdfkit ends it with the document.
  catalogue.ViewerPreferences = doc.ref({ Direction: binding === 'right' ? 'R2L' : 'L2R', DisplayDocTitle: true });
  catalogue.PageLayout = 'TwoPageRight';
  catalogue.PageLabels = { Nums: labels.flatMap((label, index) => [index, { P: new String(label) }]) };
}

/** The outline: an entry hangs below the last one of a smaller level. */
class Outline {
  readonly #open: { readonly level: number; readonly item: PDFKit.PDFOutline }[];

  constructor(doc: PdfDocument) {
    this.#open = [{ level: 0, item: doc.outline }];
  }

  /** Adds an entry that leads to the page drawn last. */
  add({ level, title }: OutlineEntry): void {
    while (this.#open.at(-1)!.level >= level) this.#open.pop();
    const here = { fit: true, expanded: level === 1 };
    const item = this.#open.at(-1)!.item.addItem(title, here);
    this.#open.push({ level, item });
  }
}

/** The weights of the face, opened when first used. */
class Faces implements PageFonts {
  readonly #doc: PdfDocument;
  readonly #faces = new Map<Weight, Face>();

  constructor(doc: PdfDocument) {
    this.#doc = doc;
  }

  face(weight: Weight): Face {
    const known = this.#faces.get(weight);
    if (known) return known;
    const folder = folders[weight];
    this.#doc.font(require.resolve(`@expo-google-fonts/noto-serif-tc/${folder}/NotoSerifTC_${folder}.ttf`));
    const face = new Face(this.#doc._font.font, `W${weight}`, (data) => this.#doc.ref(data));
    this.#faces.set(weight, face);
    return face;
  }

  use(weight: Weight, direction: 'horizontal' | number): string {
    const { name, object } = this.face(weight).voice(direction);
    this.#doc.page.fonts[name] = object;
    return name;
  }

  embed(): void {
    for (const [, face] of [...this.#faces].sort(([a], [b]) => a - b)) face.embed();
  }
}
