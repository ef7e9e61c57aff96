import { type Diagnostic, DiagnosticError, diagnostic, type Report } from '../core/diagnostic.ts';
import { type OutputFile, readBytes } from '../core/files.ts';
import { loadStylesheet, parseSource, runXslt } from '../core/xslt.ts';
import type { Book, Entity, Inline } from '../layout/book.ts';
import { composeVertical } from '../layout/compose.ts';
import { fontFault, glyphFinder } from '../layout/font-files.ts';
import { type FormatChanges, makeFormat } from '../layout/format.ts';
import { chooseForm, geta } from '../layout/gaiji.ts';
import { composeHorizontal } from '../layout/horizontal/compose.ts';
import { type HorizontalChanges, makeHorizontal } from '../layout/horizontal/format.ts';
import { gaijiOf, type Matter } from '../layout/matter.ts';
import { openOutlines, writePdf } from '../layout/pdf.ts';
import type { PdfOptions } from '../layout/pdf-profile.ts';
import type { Sheets } from '../layout/sheet.ts';
import { drawSvg } from '../layout/svg.ts';
import { readUnits } from '../layout/units.ts';
import { bookName } from './book-name.ts';
import { printHtml } from './print-html.ts';
import { readPrint } from './read-print.ts';

/** What is written of a book: a PDF, each page as SVG, the pages as the layout has set them, or one file of HTML. */
export type PrintForm = 'pdf' | 'svg' | 'json' | 'html';

/** A preset, by its `kind` (keben unless given), with some values changed. */
export type PrintFormat = FormatChanges | HorizontalChanges;

/** How the book is set and the PDF is written. */
export interface PrintOptions extends PdfOptions {
  readonly format?: PrintFormat;
  /** Which generated parts the book has: all that are not empty, unless it says otherwise. */
  readonly matter?: Matter;
  readonly form?: PrintForm;
  /** Whether a page is written, by its number from 1; all are, unless this says otherwise. */
  readonly wanted?: (page: number) => boolean;
  /** Name of the file without its extension; by default the xml:id of the document, or what the xml:ids have in common. */
  readonly name?: string;
}

/**
 * Sets TEI documents, in this order, as one book: one file, or one for each page as SVG, or none where no page is wanted. The documents are well-formed TEI (validated before).
 * Title leaf and colophon follow the header of the first.
 */
export async function buildPrint(
  documents: readonly { readonly path: string; readonly xml: string }[],
  options: PrintOptions,
  report: Report,
): Promise<OutputFile[]> {
  if (documents.length === 0) return [];
  const books = [];
  const fonts = usableFonts(options.fonts ?? [], report);
  for (const document of documents) books.push(await readBook(document, report, fonts));
  const book = joinBooks(books);
  const sheets = composeBook(book, { ...options, fonts });
  const name = options.name ?? bookName(books.map(({ id }) => id));
  return writeBook(book, sheets, { ...options, name, fonts });
}

/** The sheets of a book in the preset of its format. */
export function composeBook(book: Book, { format = {}, matter = {}, fonts = [] }: PrintOptions): Sheets {
  if (isHorizontal(format)) return composeHorizontal(book, makeHorizontal(format), matter);
  return composeVertical(book, makeFormat(format), glyphFinder(fonts), matter);
}

const isHorizontal = (format: PrintFormat): format is HorizontalChanges => format.kind === 'horizontal';

type WriteOptions = PrintOptions & Required<Pick<PrintOptions, 'name' | 'fonts'>>;

/** The files of a book that has been set. */
async function writeBook(book: Book, whole: Sheets, options: WriteOptions): Promise<OutputFile[]> {
  const { form = 'pdf', name, fonts, wanted = () => true } = options;
  const sheets = { ...whole, sheets: whole.sheets.filter((_, index) => wanted(index + 1)) };
  if (sheets.sheets.length === 0) return [];
  switch (form) {
    case 'pdf':
      return [{ path: `${name}.pdf`, content: await writePdf(book, sheets, options) }];
    case 'html':
      return [{ path: `${name}.html`, content: await printHtml(book, sheets, openOutlines(fonts), fonts) }];
    case 'json':
      return [{ path: `${name}.json`, content: pagesJson(sheets) }];
    case 'svg': {
      const outlines = openOutlines(fonts);
      const digits = Math.max(3, String(whole.sheets.length).length);
      return whole.sheets.flatMap((sheet, index) => {
        if (!wanted(index + 1)) return [];
        const path = `${name}-${String(index + 1).padStart(digits, '0')}.svg`;
        return [{ path, content: drawSvg(sheet, whole.page, outlines) }];
      });
    }
  }
}

/** The pages as data: of those of the text what the layout has placed, of the others only their label. */
function pagesJson({ page, binding, sheets }: Sheets): string {
  const pages = sheets.map(({ label, outline, set }) => ({ label, ...(outline && { outline }), ...(set && { set }) }));
  return `${JSON.stringify({ page, binding, pages })}\n`;
}

/** Turns a TEI document into the print vocabulary and reports characters that no font has; `fonts` are asked first. */
export async function readBook(
  document: { readonly path: string; readonly xml: string },
  report: Report,
  fonts: readonly string[] = [],
): Promise<Book> {
  const source = await parseSource(document.xml);
  const { principal } = runXslt(loadStylesheet('print'), source, {}, document.path, report);
  const book = readPrint(principal);
  for (const lacking of findMissingGlyphs(book, fonts)) report(missingGlyph(lacking, document.path));
  checkNames(book, fonts, document.path, report);
  return book;
}

/** One book of several: the front matter of the first, the juans of all, each entity once with the names of all. */
export function joinBooks(books: readonly Book[]): Book {
  const entities = new Map<string, Entity>();
  for (const entity of books.flatMap((book) => book.entities ?? [])) {
    const known = entities.get(entity.id) ?? entity;
    const names = new Set([...known.names, ...entity.names, entity.heading]);
    names.delete(known.heading);
    entities.set(entity.id, { ...known, names: [...names] });
  }
  return { ...books[0]!, juans: books.flatMap((book) => book.juans), entities: [...entities.values()] };
}

/** A character of the text that is printed as 〓: what no font has, and the entries where it stands. */
export interface MissingGlyph {
  /** The character as the source spells it. */
  readonly text: string;
  /** The code points that no font has: the character itself, or parts that it could be composed of. */
  readonly missing: string;
  /** Ids of entries, in order. */
  readonly entries: readonly string[];
}

/** The list of characters that no font has, in the order in which they come first. */
export function findMissingGlyphs(book: Book, fonts: readonly string[] = []): MissingGlyph[] {
  const has = glyphFinder(fonts);
  const found = new Map<string, { missing: string; entries: Set<string> }>();
  for (const block of book.juans.flatMap((juan) => juan.blocks)) {
    if (block.kind === 'year') continue;
    for (const { text, missing } of missingIn(block.content, has)) {
      const known = found.get(text) ?? { missing, entries: new Set() };
      known.entries.add(block.id);
      found.set(text, known);
    }
  }
  return [...found].map(([text, { missing, entries }]) => ({ text, missing, entries: [...entries] }));
}

function missingGlyph({ text, missing, entries }: MissingGlyph, file: string): Diagnostic {
  const points = [...missing].map((c) => `U+${c.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`);
  const [first, ...more] = entries;
  const place = more.length === 0 ? `entry \`${first}\`` : `entry \`${first}\` and ${more.length} more`;
  const message = `No font has \`${missing}\` (${points.join(' ')}) in \`${text}\` of ${place}; 〓 is printed.`;
  return diagnostic('edition/missing-glyph', message, { file, path: `//*[@xml:id='${first}']` });
}

/** Reports characters without a glyph in the names that the indexes print. */
function checkNames(book: Book, fonts: readonly string[], file: string, report: Report): void {
  const has = glyphFinder(fonts);
  const named = namedIn(book);
  const gaiji = gaijiOf(book);
  for (const { id, heading, names } of book.entities ?? []) {
    if (!named.has(id)) continue;
    for (const name of [heading, ...names]) {
      const rest = gaiji.reduce((text, { spelling }) => text.replaceAll(spelling, ''), name);
      const missing = [...new Set(rest)].filter((char) => char.trim() && !has(char)).join('');
      if (!missing) continue;
      const message = `No font has \`${missing}\` in the name \`${name}\` of \`${id}\`; 〓 is printed in the index.`;
      report(diagnostic('edition/missing-glyph', message, { file, path: `//*[@xml:id='${id}']` }));
    }
  }
}

/** The ids of the entities that the text names. */
function namedIn(book: Book): ReadonlySet<string> {
  const keys = new Set<string>();
  const read = (content: readonly Inline[]): void => {
    for (const part of content) {
      if (typeof part === 'string' || part.kind === 'gaiji' || part.kind === 'intervention') continue;
      if ('key' in part && part.key !== undefined) keys.add(part.key);
      read(part.kind === 'ruby' ? part.base : part.content);
    }
  };
  for (const block of book.juans.flatMap(({ blocks }) => blocks)) if (block.kind !== 'year') read(block.content);
  return keys;
}

/** Units that would be drawn as 〓, with the characters that no font has. */
function* missingIn(
  content: readonly Inline[],
  has: (char: string) => boolean,
): Generator<{ text: string; missing: string }> {
  for (const { text, gaiji } of readUnits(content, 'none')) {
    const form = chooseForm(text, gaiji, has);
    if (form.char !== geta || form.composed || text === geta) continue;
    const lacking = [...(gaiji?.ids ?? text)].filter((char) => !has(char)).join('');
    yield { text, missing: lacking || text };
  }
}

/** The fonts that can be read and embedded; the others are reported. */
function usableFonts(fonts: readonly string[], report: Report): string[] {
  return fonts.filter((path) => {
    const fault = faultOf(path);
    if (fault)
      report(diagnostic('edition/unusable-font', `Cannot use the font \`${path}\`: ${fault}.`, { file: path }));
    return !fault;
  });
}

function faultOf(path: string): string | undefined {
  try {
    readBytes(path);
    return fontFault(path);
  } catch (error) {
    if (error instanceof DiagnosticError) throw error;
    return 'it is damaged';
  }
}
