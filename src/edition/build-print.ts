import { diagnostic, type Report } from '../core/diagnostic.ts';
import type { OutputFile } from '../core/files.ts';
import { loadStylesheet, parseSource, runXslt } from '../core/xslt.ts';
import type { Book, Inline } from '../layout/book.ts';
import { type Format, makeFormat } from '../layout/format.ts';
import { chooseForm, geta } from '../layout/gaiji.ts';
import { layoutPages } from '../layout/layout.ts';
import { hasGlyph, writePdf } from '../layout/pdf.ts';
import { readUnits } from '../layout/units.ts';
import { bookName } from './book-name.ts';
import { readPrint } from './read-print.ts';

/** How the book is set; values not given are those of the keben format. */
export interface PrintOptions {
  readonly format?: Partial<Format>;
  /** Name of the PDF without `.pdf`; by default the xml:id of the document, or what the xml:ids have in common. */
  readonly name?: string;
}

/**
 * Sets TEI documents, in this order, as one book: one PDF. The documents are well-formed TEI (validated before).
 * Title leaf and colophon follow the header of the first.
 */
export async function buildPrint(
  documents: readonly { readonly path: string; readonly xml: string }[],
  options: PrintOptions,
  report: Report,
): Promise<OutputFile[]> {
  if (documents.length === 0) return [];
  const books = [];
  for (const document of documents) books.push(await readBook(document, report));
  const book = joinBooks(books);
  const format = makeFormat(options.format);
  const pages = layoutPages(book, format);
  const content = await writePdf(book, pages, format);
  return [{ path: `${options.name ?? bookName(books.map(({ id }) => id))}.pdf`, content }];
}

/** Turns a TEI document into the print vocabulary and reports characters that no font has. */
export async function readBook(
  document: { readonly path: string; readonly xml: string },
  report: Report,
): Promise<Book> {
  const source = await parseSource(document.xml);
  const { principal } = runXslt(loadStylesheet('print'), source, {}, document.path, report);
  const book = readPrint(principal);
  checkGlyphs(book, document.path, report);
  return book;
}

/** One book of several: the front matter of the first, the juans of all. */
export function joinBooks(books: readonly Book[]): Book {
  return { ...books[0]!, juans: books.flatMap((book) => book.juans) };
}

/** Reports each character without a glyph once, at the first entry that has it. */
function checkGlyphs(book: Book, file: string, report: Report): void {
  const seen = new Set<string>();
  for (const block of book.juans.flatMap((juan) => juan.blocks)) {
    if (block.kind === 'year') continue;
    for (const { text, missing } of missingIn(block.content)) {
      if (seen.has(text)) continue;
      seen.add(text);
      const points = [...missing].map((c) => `U+${c.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`);
      const message = `No font has \`${missing}\` (${points.join(' ')}) in \`${text}\` of entry \`${block.id}\`; 〓 is printed.`;
      report(diagnostic('edition/missing-glyph', message, { file, path: `//*[@xml:id='${block.id}']` }));
    }
  }
}

/** Units that would be drawn as 〓, with the characters that no font has. */
function* missingIn(content: readonly Inline[]): Generator<{ text: string; missing: string }> {
  for (const { text, gaiji } of readUnits(content, 'none')) {
    const form = chooseForm(text, gaiji, hasGlyph);
    if (form.char !== geta || form.composed || text === geta) continue;
    const lacking = [...(gaiji?.ids ?? text)].filter((char) => !hasGlyph(char)).join('');
    yield { text, missing: lacking || text };
  }
}
