import { readFileSync } from 'node:fs';
import type { Report } from '../core/diagnostic.ts';
import type { OutputFile } from '../core/files.ts';
import { packageRoot } from '../core/package-root.ts';
import { loadStylesheet, parseSource, runXslt } from '../core/xslt.ts';
import { bookName } from './book-name.ts';
import { packOcf } from './ocf.ts';
import { missingGlyph, shownText } from './shown-text.ts';
import { joinTei, type TeiDocument, type TeiReader } from './tei-corpus.ts';
import { cutFont, fontLicence } from './web-font.ts';

/** Choices of the e-book. */
export interface EpubOptions {
  /** Order of the registers; `stroke` unless given. */
  readonly sort?: 'stroke' | 'pinyin';
  /** Characters of a juan from which on each of its years gets a document; 15,000 unless given. */
  readonly split?: number;
  /** Whether the book carries its fonts; true unless given. */
  readonly fonts?: boolean;
  /** Name of the file without `.epub`; by default the xml:id of the document, or what the xml:ids have in common. */
  readonly name?: string;
}

/** Makes one EPUB 3 of TEI files, in reading order. Input that is not TEI is reported, and nothing is made. */
export async function buildEpub(
  documents: readonly TeiDocument[],
  options: EpubOptions,
  report: Report,
): Promise<OutputFile[]> {
  const ids: string[] = [];
  const files = await epubFiles(documents, options, report, rootIds(ids));
  if (files.length === 0) return [];
  return [{ path: `${options.name ?? bookName(ids)}.epub`, content: packOcf(files) }];
}

/** Collects the xml:id of each root element. */
function rootIds(ids: string[]): TeiReader {
  let depth = 0;
  return {
    start: ({ attributes }) => {
      if (depth++ === 0) ids.push(attributes.find(({ name }) => name === 'xml:id')?.value ?? '');
    },
    text: () => {},
    end: () => {
      depth--;
    },
  };
}

/** The files of the publication, not yet packed. */
export async function epubFiles(
  documents: readonly TeiDocument[],
  options: EpubOptions,
  report: Report,
  reader?: TeiReader,
): Promise<OutputFile[]> {
  const corpus = joinTei(documents, report, reader);
  const first = documents[0];
  if (corpus === undefined || !first) return [];
  const fonts = options.fonts !== false;
  const parameters = {
    // One language of the interface: nothing in a book switches it.
    'secondary-language': '',
    fonts: fonts ? 'yes' : 'no',
    ...(options.sort && { sort: options.sort }),
    ...(options.split !== undefined && { split: String(options.split) }),
  };
  const file = documents.length === 1 ? first.path : `${first.path} …`;
  const result = runXslt(loadStylesheet('epub'), await parseSource(corpus), parameters, file, report).documents;
  const made = [...result].map(([path, content]) => ({ path, content }));
  const style = { path: 'book.css', content: `${fonts ? asset('fonts.css') : ''}${asset('book.css')}` };
  return [...made, style, ...(fonts ? await fontFiles(made, style.content, documents, report) : [])];
}

const asset = (name: string): string => readFileSync(new URL(`xslt/epub/${name}`, packageRoot), 'utf8');

/**
 * The fonts of the book, for the text and for its headings, and their licence. TrueType: e-readers that know no WOFF2 are still
 * in use, and the archive packs it as well. A character that no font has is reported with its place.
 */
async function fontFiles(
  made: readonly { readonly path: string; readonly content: string }[],
  style: string,
  documents: readonly TeiDocument[],
  report: Report,
): Promise<OutputFile[]> {
  const pages = made.filter(({ path }) => path.endsWith('.xhtml')).map(({ content }) => content);
  const markup = pages.join('\n');
  const generated = [...style.matchAll(/content:\s*"([^"]*)"/g)].map((match) => match[1]!).join('');
  const headings = [...markup.matchAll(/<h1\b.*?<\/h1>|<h\d class="year-head.*?<\/h\d>/gs)].map((match) => match[0]);
  const text = await cutFont(shownText(markup) + generated, 400, 'sfnt');
  const heading = await cutFont(shownText(headings.join('')), 600, 'sfnt');
  for (const character of new Set([...text.missing, ...heading.missing])) report(missingGlyph(character, documents));
  return [
    { path: 'fonts/text.ttf', content: text.content },
    { path: 'fonts/heading.ttf', content: heading.content },
    { path: 'fonts/OFL.txt', content: fontLicence() },
  ];
}
