import { type Dirent, readdirSync, type Stats, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { globBase, globTest, isGlob } from './glob.ts';

/** The files that the arguments of a command name. */
export interface InputFiles {
  /** Paths as named (`-` for standard input) or found below what was named; no file twice. */
  readonly files: readonly string[];
  /** The folders that were searched: a new file in one of them may be another input. */
  readonly folders: readonly string[];
  /** Folders without TEI and patterns that match nothing. */
  readonly unmatched: readonly string[];
}

/**
 * Files stand for themselves, folders for the *.xml below them, globs for the files that match; node_modules and folders
 * whose name begins with a dot are passed over. What is neither file nor folder nor glob is kept: reading it will tell.
 */
export function inputFiles(names: readonly string[]): InputFiles {
  const folders: string[] = [];
  const unmatched: string[] = [];
  const files = new Map<string, string>();
  const add = (file: string): void => {
    const key = file === '-' ? '-' : resolve(file);
    if (!files.has(key)) files.set(key, file);
  };
  for (const name of names) {
    const kind = name === '-' ? undefined : statOf(name);
    if (kind?.isDirectory()) {
      const found = filesBelow(name, folders).filter((file) => file.endsWith('.xml'));
      if (found.length === 0) unmatched.push(name);
      found.forEach(add);
    } else if (kind || !isGlob(name)) add(name);
    else {
      const matches = globTest(slashed(name));
      const found = filesBelow(globBase(slashed(name)), folders).filter((file) => matches(file));
      if (found.length === 0) unmatched.push(name);
      found.forEach(add);
    }
  }
  return { files: [...files.values()], folders: [...new Set(folders)], unmatched };
}

function statOf(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false });
}

/** All files below a folder, sorted by path; the folders searched are added to `folders`. */
function filesBelow(folder: string, folders: string[]): string[] {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
  folders.push(folder);
  return entries
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = slashed(join(folder, entry.name));
      if (entry.isDirectory()) return passedOver(entry.name) ? [] : filesBelow(path, folders);
      // Links to folders are not followed: they may lead back.
      return entry.isFile() || (entry.isSymbolicLink() && statOf(path)?.isFile()) ? [path] : [];
    });
}

const passedOver = (folder: string): boolean => folder === 'node_modules' || folder.startsWith('.');

const slashed = (path: string): string => (process.platform === 'win32' ? path.replaceAll('\\', '/') : path);
