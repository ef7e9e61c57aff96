import type { PagefindIndex } from 'pagefind';
import { diagnostic, type Report } from '../core/diagnostic.ts';
import type { OutputFile } from '../core/files.ts';
import { type SearchRecord, searchForm } from '../core/search-record.ts';

/** UTF-16 units of text in one script of the search that needs no server. */
const partLength = 400_000;

/**
 * Makes the files of the search from its records, in reading order: an index of Pagefind below `search/pagefind/`, and
 * the records themselves as scripts `search/texts-N.js` for where Pagefind cannot run (from the file system, or where
 * its program is not to be had: then that is reported and the scripts serve alone).
 */
export async function buildSearchIndex(records: readonly SearchRecord[], report: Report): Promise<OutputFile[]> {
  return [...(await pagefindFiles(records, report)), ...textScripts(records)];
}

/** Files of Pagefind for pages that a site does not load: user interfaces of its own. */
const unused = /-ui\.(?:js|css)$|^pagefind-highlight\.js$/;

async function pagefindFiles(records: readonly SearchRecord[], report: Report): Promise<OutputFile[]> {
  const pagefind = await import('pagefind');
  try {
    const { index, errors } = await pagefind.createIndex({
      forceLanguage: 'zh',
      includeCharacters: uncommonCharacters(records),
    });
    if (!index) throw new Error(errors.join('; '));
    for (const [place, record] of records.entries()) await addRecord(index, record, place);
    const made = await index.getFiles();
    if (made.errors.length > 0) throw new Error(made.errors.join('; '));
    return made.files
      .filter(({ path }) => !unused.test(path))
      .map(({ path, content }) => ({ path: `search/pagefind/${path}`, content }))
      .sort((a, b) => (a.path < b.path ? -1 : 1));
  } catch (cause) {
    const reason = (cause instanceof Error ? cause.message : String(cause)).split('\n')[0]!;
    report(diagnostic('edition/no-search-index', `Pagefind made no index: ${reason}`));
    return [];
  } finally {
    await pagefind.close();
  }
}

async function addRecord(index: PagefindIndex, record: SearchRecord, place: number): Promise<void> {
  const { errors } = await index.addCustomRecord({
    // The url carries the record: unlike meta it is not indexed, and the browser needs the text as it is written.
    url: JSON.stringify(record),
    content: indexedContent(record),
    language: 'zh',
    filters: { type: [record.type], year: [...record.years] },
    sort: { place: String(place) },
  });
  if (errors.length > 0) throw new Error(errors.join('; '));
}

/** Pagefind segments Chinese by a dictionary and then misses what lies across its words: here every character is a word. */
function indexedContent({ texts }: SearchRecord): string {
  return texts.map(({ text }) => [...searchForm(text).form].join('\u200b')).join('\u200b00\u200b');
}

/** Signs and private-use characters of the texts, which Pagefind would take for punctuation. */
function uncommonCharacters(records: readonly SearchRecord[]): string {
  const all = new Set(records.flatMap(({ texts }) => texts.flatMap(({ text }) => [...searchForm(text).form])));
  return [...all]
    .filter((character) => !/[\p{L}\p{Nd}\p{Nl}]/u.test(character))
    .sort()
    .join('');
}

/** The records in scripts of about equal length; each says how many there are. */
function textScripts(records: readonly SearchRecord[]): OutputFile[] {
  const parts: SearchRecord[][] = [[]];
  let length = 0;
  for (const record of records) {
    if (length > partLength) {
      parts.push([]);
      length = 0;
    }
    parts.at(-1)!.push(record);
    length += record.texts.reduce((sum, { text }) => sum + text.length, 0);
  }
  return parts.map((part, at) => ({
    path: `search/texts-${at + 1}.js`,
    content: `(globalThis.weibianTexts ??= []).push(${JSON.stringify({ parts: parts.length, records: part })});\n`,
  }));
}
