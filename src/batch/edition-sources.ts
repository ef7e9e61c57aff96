import { dirname, join } from 'node:path';
import { idOf } from '../config/edition-config.ts';
import type { Report } from '../core/diagnostic.ts';
import { readBytes } from '../core/files.ts';
import { readJson } from '../core/json.ts';
import { scanXml } from '../core/xml.ts';

/** What the check of an edition needs of edition.json. */
interface EditionFile {
  readonly documents: readonly { readonly file: string; readonly id?: string }[];
}

/** The source texts of an edition by the xml:id of their TEI; nothing if edition.json has a fault, which is reported. */
export function editionSources(path: string, report: Report): Readonly<Record<string, string>> | undefined {
  const edition = readJson<EditionFile>(new TextDecoder().decode(readBytes(path)), path, 'edition', report);
  if (!edition) return undefined;
  return Object.fromEntries(edition.documents.map(({ file, id }) => [id ?? idOf(file), join(dirname(path), file)]));
}

/** The xml:id of the root element, if the text has a root element with one. */
export function rootId(text: string): string | undefined {
  let id: string | undefined;
  const done = new Error('the root is read');
  try {
    scanXml(text, {
      start({ attributes }) {
        id = attributes.find(({ name }) => name === 'xml:id')?.value;
        throw done;
      },
    });
  } catch (thrown) {
    // Throwing is the only way to end a scan early.
    if (thrown !== done) throw thrown;
  }
  return id;
}
