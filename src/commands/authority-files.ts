import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type AuthorityFiles, type AuthorityKind, authorityKinds } from '../authority/authority.ts';
import { readBytes } from '../core/files.ts';

/** The authority file of a kind in a folder of proposals. */
export const fileInFolder = (folder: string, kind: AuthorityKind): string => join(folder, `${kind}.json`);

/** The authority files of an edition, and those of a folder that are there and that it does not list. */
export function withFolder(listed: AuthorityFiles, folder: string | undefined): Record<AuthorityKind, string[]> {
  const files = (kind: AuthorityKind): string[] => {
    const own = [...(listed[kind] ?? [])];
    if (folder === undefined) return own;
    const file = fileInFolder(folder, kind);
    return existsSync(file) && !own.includes(resolve(file)) ? [...own, file] : own;
  };
  const [persons, places, orgs, works] = authorityKinds.map(files);
  return { persons: persons!, places: places!, orgs: orgs!, works: works! };
}

/** The text of a JSON file, and the byte order mark that it may begin with. */
export function readJsonText(path: string): { readonly mark: string; readonly text: string } {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(readBytes(path));
  return text.startsWith('\u{feff}') ? { mark: '\u{feff}', text: text.slice(1) } : { mark: '', text };
}
