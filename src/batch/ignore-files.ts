import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const ignoreFileName = 'weibian-ignore.json';

/** Where lists of the given files may stand: in the folder of a file and those above, up to edition.json or the current folder. */
export function ignoreFilesFor(files: readonly string[]): string[] {
  const found = new Set<string>();
  for (const folder of new Set(files.map((file) => dirname(resolve(file))))) {
    for (const above of foldersUp(folder)) found.add(join(relative('.', above), ignoreFileName));
  }
  return [...found].sort();
}

/** A folder and those above it up to the first that is the current one or has an edition.json; itself alone without such. */
function foldersUp(folder: string): string[] {
  const folders = [];
  for (let at = folder; ; at = dirname(at)) {
    folders.push(at);
    if (at === resolve('.') || existsSync(join(at, 'edition.json'))) return folders;
    if (dirname(at) === at) return [folder];
  }
}
