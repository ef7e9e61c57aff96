import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DiagnosticError, diagnostic } from './diagnostic.ts';

/** A file that a stage wants written: path relative to the output folder, with `/`. */
export interface OutputFile {
  readonly path: string;
  readonly content: string | Uint8Array;
}

/** Reads a file; a missing or unreadable one is a DiagnosticError. */
export function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw new DiagnosticError(
      diagnostic('core/unreadable-file', `Cannot read \`${path}\`: ${reason}.`, { file: path }),
      {
        cause,
      },
    );
  }
}

/** Writes a file whole or not at all: to a temporary file beside it, then renamed. */
export function writeFileAtomic(path: string, content: string | Uint8Array): void {
  const temporary = `${path}.tmp-${process.pid}`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(temporary, content);
    renameSync(temporary, path);
  } catch (cause) {
    rmSync(temporary, { force: true });
    const reason = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw new DiagnosticError(
      diagnostic('core/unwritable-file', `Cannot write \`${path}\`: ${reason}.`, { file: path }),
      {
        cause,
      },
    );
  }
}

/** Makes sure that files can be written in a folder, before any work is done; throws a DiagnosticError if not. */
export function checkWritable(folder: string): void {
  const probe = `${folder}/.weibian`;
  writeFileAtomic(probe, '');
  rmSync(probe, { force: true });
}
