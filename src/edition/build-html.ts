import { readdirSync, readFileSync } from 'node:fs';
import type { Report } from '../core/diagnostic.ts';
import type { OutputFile } from '../core/files.ts';
import { packageRoot } from '../core/package-root.ts';
import type { SearchRecord } from '../core/search-record.ts';
import { loadStylesheet, parseSource, runXslt } from '../core/xslt.ts';
import { drawMap } from './draw-map.ts';
import { liftAddresses } from './lift-addresses.ts';
import { parallelDates } from './parallel-dates.ts';
import { buildSearchIndex } from './search-index.ts';
import { missingGlyph } from './shown-text.ts';
import { SiteCharacters } from './site-characters.ts';
import { factsReader, noFacts } from './site-facts.ts';
import { joinTei, type TeiDocument } from './tei-corpus.ts';
import { type CutFont, cutFont } from './web-font.ts';
import { calendarOf } from './year-calendar.ts';

export type { TeiDocument } from './tei-corpus.ts';

/** Choices of the HTML edition. */
export interface HtmlOptions {
  /** Order of the registers; `stroke` unless given. */
  readonly sort?: 'stroke' | 'pinyin';
  /** Direction of the text on wide screens until the reader chooses; `vertical` unless given. */
  readonly direction?: 'vertical' | 'horizontal';
  /** Characters of a juan from which on each of its years gets a page; 15,000 unless given. */
  readonly split?: number;
  /** Whether the site carries its own fonts (up to some seconds of work); true unless given. */
  readonly fonts?: boolean;
  /** Whether the search page gets its index; true unless given. */
  readonly search?: boolean;
}

/** The files of a site that fits in memory: what the stylesheet makes by path, then what goes with it; see {@link makeSite}. */
export async function buildHtml(
  documents: readonly TeiDocument[],
  options: HtmlOptions,
  report: Report,
): Promise<OutputFile[]> {
  const files: OutputFile[] = [];
  await makeSite(documents, options, report, (file) => files.push(file));
  const assets = files.findIndex(({ path }) => path.startsWith('assets/'));
  const pages = files.splice(0, Math.max(assets, 0));
  return [...pages.sort((a, b) => (a.path < b.path ? -1 : 1)), ...files];
}

/**
 * Makes one site from TEI files, in reading order: `index.html`, a page per juan, five registers with a page and data of each
 * entity, `chronology.html`, `calendar.html`, `map.html` where places have coordinates, `search.html` and its index, `about.html`,
 * style sheets, scripts, fonts and the TEI, whole and by entry. Each file is given away as soon as it is made, because all
 * together they are many times the text. Input that is not TEI is reported, and nothing is made.
 */
export async function makeSite(
  documents: readonly TeiDocument[],
  options: HtmlOptions,
  report: Report,
  give: (file: OutputFile) => void,
): Promise<void> {
  const facts = noFacts();
  const joined = joinTei(documents, report, factsReader(facts));
  const first = documents[0];
  if (joined === undefined || !first) return;

  const downloads = downloadPaths(documents.map(({ path }) => path));
  const corpus = await parseSource(joined);
  const parameters = {
    'tei-files': JSON.stringify(downloads),
    'calendar-json': JSON.stringify(calendarOf(facts.years)),
    'map-json': JSON.stringify(drawMap([...facts.coordinates]) ?? {}),
    'offices-json': JSON.stringify(Object.fromEntries(facts.offices)),
    parallels: JSON.stringify(parallelDates(documents)),
    ...(options.sort && { sort: options.sort }),
    ...(options.direction && { direction: options.direction }),
    ...(options.split !== undefined && { split: String(options.split) }),
  };
  const site = documents.length === 1 ? first.path : `${first.path} …`;
  const characters = new SiteCharacters();
  let records: readonly SearchRecord[] = [];
  runXslt(loadStylesheet('html'), corpus, parameters, site, report, (path, text) => {
    if (path === 'search/records.json') records = JSON.parse(text) as SearchRecord[];
    else if (!path.endsWith('.html')) give({ path, content: text });
    else {
      characters.add(path, text);
      give({ path, content: liftAddresses(text, path) });
    }
  });
  const fonts = options.fonts === false ? [] : await fontFiles(characters, documents, report);
  for (const file of [...styleSheets(fonts.length > 0), ...assets('dist/site/', '.js'), ...fonts]) give(file);
  if (options.search !== false) for (const file of await buildSearchIndex(records, report)) give(file);
  for (const [at, { xml }] of documents.entries()) give({ path: downloads[at]!, content: xml });
}

/** Where each TEI file lies in the site: its own name; a second file of one name gets its number before it. */
function downloadPaths(paths: readonly string[]): string[] {
  const taken = new Set<string>();
  return paths.map((path, at) => {
    const name = path
      .split(/[\\/]/)
      .at(-1)!
      .replace(/[^\p{L}\p{N}._-]/gu, '_');
    const free = taken.has(name) ? `${at + 1}-${name}` : name;
    taken.add(free);
    return `tei/${free}`;
  });
}

/** The style sheets of the site; the one of every page loads the fonts, where there are any. */
function styleSheets(fonts: boolean): OutputFile[] {
  const sheets = assets('xslt/assets/', '.css');
  const faces = sheets.find(({ path }) => path === 'assets/fonts.css')!.content;
  return sheets
    .filter(({ path }) => path !== 'assets/fonts.css')
    .map((sheet) =>
      fonts && sheet.path === 'assets/edition.css' ? { ...sheet, content: `${faces}${sheet.content}` } : sheet,
    );
}

/** The style sheets of `xslt/assets`, or the scripts that the build made of `src/site`, for the folder `assets` of the site. */
function assets(folder: string, ending: '.css' | '.js'): OutputFile[] {
  const source = new URL(folder, packageRoot);
  const names = readdirSync(source).filter((name) => name.endsWith(ending));
  return names.sort().map((name) => ({ path: `assets/${name}`, content: readFileSync(new URL(name, source), 'utf8') }));
}

/** The two fonts of the site, for the text and for the headings; a character that none has is reported with its place. */
async function fontFiles(
  characters: SiteCharacters,
  documents: readonly TeiDocument[],
  report: Report,
): Promise<OutputFile[]> {
  const style = assets('xslt/assets/', '.css').map(({ content }) => content);
  const generated = [...style.join('').matchAll(/content:\s*"([^"]*)"/g)].map((match) => match[1]!);
  const text = await cutFont([...characters.text].join('') + generated.join(''), 400, 'woff2');
  const heading = await cutFont([...characters.headings].join(''), 600, 'woff2');
  for (const character of missingOf([text, heading])) report(missingGlyph(character, documents));
  return [
    { path: 'assets/edition.woff2', content: text.content },
    { path: 'assets/edition-heading.woff2', content: heading.content },
  ];
}

function missingOf(fonts: readonly CutFont[]): string[] {
  return [...new Set(fonts.flatMap(({ missing }) => missing))];
}
