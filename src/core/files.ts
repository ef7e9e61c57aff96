import {
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { DiagnosticError, diagnostic } from './diagnostic.ts';

/** A file that a stage wants written: path relative to the output folder, with `/`. */
export interface OutputFile {
  readonly path: string;
  readonly content: string | Uint8Array;
}

/** Reads a local file; nothing when there is none, or it is no regular file. */
export type ReadFile = (path: string) => Uint8Array | undefined;

/** Reads a file; one that is missing, unreadable or no regular file is a DiagnosticError. */
export function readBytes(path: string): Uint8Array {
  let reason: string;
  let cause: unknown;
  try {
    const stats = statSync(path);
    if (stats.isFile()) return readFileSync(path);
    // A pipe or a device may never end.
    reason = stats.isDirectory() ? 'it is a folder' : 'it is no regular file; `-` reads standard input';
  } catch (thrown) {
    reason = reasonOf(thrown);
    cause = thrown;
  }
  const message = `Cannot read \`${path}\`: ${reason}.`;
  throw new DiagnosticError(diagnostic('core/unreadable-file', message, { file: path }), { cause });
}

/** Reads a file if it is there, is a regular file and may be read. */
export const readQuietly: ReadFile = (path) => {
  try {
    return statSync(path).isFile() ? readFileSync(path) : undefined;
  } catch {
    return undefined;
  }
};

/** The path of a file or folder without symbolic links; the path itself where there is none such. */
export function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** Writes a file whole or not at all: to a temporary file beside it, then renamed. */
export function writeFileAtomic(path: string, content: string | Uint8Array): void {
  const temporary = `${path}.tmp-${process.pid}`;
  try {
    makeFolder(dirname(path));
    writeFileSync(temporary, content);
    renameSync(temporary, path);
  } catch (cause) {
    removeQuietly(temporary);
    const reason = reasonOf(cause);
    throw new DiagnosticError(
      diagnostic('core/unwritable-file', `Cannot write \`${path}\`: ${reason}.`, { file: path }),
      {
        cause,
      },
    );
  }
}

/** Files of a folder that lie aside until it is known that all are wanted. */
export interface StagedFiles {
  write(file: OutputFile): void;
  /** Puts every file into its place. */
  commit(): void;
  /** Removes what was not put into its place. */
  discard(): void;
}

/** Lets files be written as they are made, and yet all or none come to be in a folder: they wait in a folder within it. */
export function stageFiles(folder: string): StagedFiles {
  const aside = join(folder, `.staged-${process.pid}`);
  const paths: string[] = [];
  return {
    write: ({ path, content }) => {
      writeFileAtomic(join(aside, path), content);
      paths.push(path);
    },
    commit: () => {
      for (const path of paths.splice(0)) moveFile(join(aside, path), join(folder, path));
      removeQuietly(aside);
    },
    discard: () => removeQuietly(aside),
  };
}

function moveFile(from: string, to: string): void {
  try {
    makeFolder(dirname(to));
    renameSync(from, to);
  } catch (cause) {
    throw new DiagnosticError(
      diagnostic('core/unwritable-file', `Cannot write \`${to}\`: ${reasonOf(cause)}.`, { file: to }),
      { cause },
    );
  }
}

/** Makes a folder and those above it, one at a time: mkdir's own recursion never ends on /proc (Node 20). */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  const parent = dirname(folder);
  if (parent !== folder) makeFolder(parent);
  mkdirSync(folder);
}

function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true, recursive: true });
  } catch {
    // The folder itself cannot be reached: nothing was written there.
  }
}

/** What a system error code means to a person. */
function reasonOf(cause: unknown): string {
  const { code } = cause as NodeJS.ErrnoException;
  return (code && reasons[code]) ?? code ?? String(cause);
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'you may not',
  EPERM: 'you may not',
  ENOTDIR: 'a file stands where a folder is needed',
  EISDIR: 'it is a folder',
  ENOSPC: 'the disk is full',
  EROFS: 'the disk is read-only',
};

/** Makes sure that files can be written in a folder, before any work is done; throws a DiagnosticError if not. */
export function checkWritable(folder: string): void {
  const probe = join(folder, '.weibian');
  try {
    makeFolder(folder);
    writeFileSync(probe, '');
  } catch (cause) {
    const message = `Cannot write in \`${folder}\`: ${reasonOf(cause)}.`;
    throw new DiagnosticError(diagnostic('core/unwritable-file', message, { file: folder }), { cause });
  } finally {
    removeQuietly(probe);
  }
}
