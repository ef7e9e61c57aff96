import { type Diagnostic, DiagnosticError } from '../core/diagnostic.ts';
import { readBytes, writeFileAtomic } from '../core/files.ts';
import { fixDocument } from '../validate/fix.ts';
import type { CheckOptions } from './check-file.ts';
import { checkFile } from './check-file.ts';

/** A file that has something to put right. */
export interface FixedFile {
  readonly file: string;
  readonly before: string;
  readonly after: string;
  /** How many findings were put right. */
  readonly count: number;
}

/**
 * Fixes TEI files in memory; those that stay as they are, or that are no UTF-8, are left out. What the lists of ignored
 * findings name is as it should be and stays.
 */
export async function fixFiles(
  files: readonly string[],
  options: CheckOptions,
  ignored: readonly Diagnostic[],
): Promise<FixedFile[]> {
  const meant = new Set(ignored.map(identity));
  const fixed: FixedFile[] = [];
  for (const file of files) {
    const before = readText(file);
    if (before === undefined) continue;
    const mark = before.startsWith('\uFEFF') ? '\uFEFF' : '';
    const check = async (text: string) => {
      const { diagnostics } = await checkFile(new TextEncoder().encode(mark + text), file, options);
      return diagnostics.filter((found) => !meant.has(identity(found)));
    };
    const { text, count } = await fixDocument(before.slice(mark.length), file, check);
    if (count > 0) fixed.push({ file, before, after: mark + text, count });
  }
  return fixed;
}

/** A finding wherever its lines have moved to. */
function identity({ file, code, path, message }: Diagnostic): string {
  return JSON.stringify([file, code, path, message]);
}

/** Writes what was fixed, each file whole or not at all. */
export function writeFixed(fixed: readonly FixedFile[]): void {
  for (const { file, after } of fixed) writeFileAtomic(file, after);
}

function readText(file: string): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readBytes(file));
  } catch (thrown) {
    // Files that cannot be read or decoded are told of when they are checked.
    if (!(thrown instanceof DiagnosticError || thrown instanceof TypeError)) throw thrown;
    return undefined;
  }
}
