import { basename, extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readAuthority } from '../authority/authority.ts';
import type { EditionConfig } from '../config/edition-config.ts';
import type { Report } from '../core/diagnostic.ts';
import { packageRoot } from '../core/package-root.ts';

/** What a text outside an edition is converted with: a plain header, and the authority files that ship with weibian. */
export function defaultEdition(file: string, title: string | undefined, report: Report): EditionConfig {
  const shipped = (name: string): string[] => [fileURLToPath(new URL(`corpus/authority/${name}.json`, packageRoot))];
  return {
    id: 'text',
    title: title ?? basename(file, extname(file)),
    author: 'unknown',
    editors: [{ id: 'editor', name: 'Editor not named' }],
    publisher: 'Unpublished',
    licence: { name: 'Not yet licensed', url: 'https://rightsstatements.org/vocab/CNE/1.0/' },
    source: { description: `Plain text file ${basename(file)}.` },
    folder: '.',
    documents: [{ file }],
    authority: readAuthority(
      { persons: shipped('persons'), places: shipped('places'), orgs: shipped('orgs'), works: shipped('works') },
      report,
    ),
    recognition: 'propose',
    layout: {},
  };
}
