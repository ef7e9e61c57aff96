import { diagnostic, type Report } from '../core/diagnostic.ts';
import type { OutputFile } from '../core/files.ts';
import { loadStylesheet, parseSource, runXslt } from '../core/xslt.ts';
import type { Book, Entity, Inline } from '../layout/book.ts';
import { composeVertical } from '../layout/compose.ts';
import { type Format, makeFormat } from '../layout/format.ts';
import { chooseForm, geta } from '../layout/gaiji.ts';
import { composeHorizontal } from '../layout/horizontal/compose.ts';
import { type HorizontalFormat, makeHorizontal } from '../layout/horizontal/format.ts';
import { gaijiOf, type Matter } from '../layout/matter.ts';
import { hasGlyph, writePdf } from '../layout/pdf.ts';
import type { Sheets } from '../layout/sheet.ts';
import { readUnits } from '../layout/units.ts';
import { readPrint } from './read-print.ts';

/** How the book is set; values not given are those of the preset: keben, or horizontal where `kind` says so. */
export interface PrintOptions {
  readonly format?: Partial<Format> | (Partial<HorizontalFormat> & Pick<HorizontalFormat, 'kind'>);
  /** Which generated parts the book has: all that are not empty, unless it says otherwise. */
  readonly matter?: Matter;
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
  const content = await writePdf(book, composeBook(book, options));
  return [{ path: `${options.name ?? commonName(books.map(({ id }) => id))}.pdf`, content }];
}

/** The sheets of a book in the preset of its format. */
export function composeBook(book: Book, { format = {}, matter = {} }: PrintOptions): Sheets {
  if ('kind' in format) return composeHorizontal(book, makeHorizontal(format), matter);
  return composeVertical(book, makeFormat(format), matter);
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
  checkNames(book, document.path, report);
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

/** `xixiaji-03` for one document, `xixiaji` for xixiaji-03 and xixiaji-04, `book` when nothing is common. */
function commonName(ids: readonly string[]): string {
  const [first = ''] = ids;
  if (ids.length === 1) return first || 'book';
  let length = 0;
  while (length < first.length && ids.every((id) => id[length] === first[length])) length++;
  return first.slice(0, length).replace(/[-_.\d]+$/, '') || 'book';
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

/** Reports characters without a glyph in the names that the indexes print. */
function checkNames(book: Book, file: string, report: Report): void {
  const content = JSON.stringify(book.juans);
  for (const { id, heading, names } of book.entities ?? []) {
    if (!content.includes(`"key":${JSON.stringify(id)}`)) continue;
    for (const name of [heading, ...names]) {
      const rest = gaijiOf(book).reduce((text, { spelling }) => text.replaceAll(spelling, ''), name);
      const missing = [...new Set(rest)].filter((char) => char.trim() && !hasGlyph(char)).join('');
      if (!missing) continue;
      const message = `No font has \`${missing}\` in the name \`${name}\` of \`${id}\`; 〓 is printed in the index.`;
      report(diagnostic('edition/missing-glyph', message, { file, path: `//*[@xml:id='${id}']` }));
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
