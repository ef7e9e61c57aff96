import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Diagnostic, DiagnosticError } from '../core/diagnostic.ts';
import { readQuietly } from '../core/files.ts';
import { digest, type TextCache } from './text-cache.ts';

/** What the check of a file gave, and the other files that it read: path → digest of the content, `present` where only that counted, null where there was none. */
export interface CheckResult {
  readonly diagnostics: readonly Diagnostic[];
  readonly reads: readonly (readonly [path: string, content: string | null])[];
}

/** The result of a file that cannot be read, by what reading it threw. */
export function unreadable(thrown: unknown): CheckResult {
  if (!(thrown instanceof DiagnosticError)) throw thrown;
  return { diagnostics: [thrown.diagnostic], reads: [] };
}

/**
 * Results of checks by all that they depend on: the bytes of the file, its name, the tool and its options, and the content
 * of every other file that was read on the way, which is read again before a result is believed.
 */
export class ResultCache {
  readonly #texts: TextCache;
  readonly #tool: string;
  readonly #contents = new Map<string, string | null>();

  /** `tool` stands for the program and its options: another program or other options give other results. */
  constructor(texts: TextCache, tool: string) {
    this.#texts = texts;
    this.#tool = tool;
  }

  key(file: string, bytes: Uint8Array): string {
    return digest(JSON.stringify([this.#tool, file, resolve(file)]), bytes);
  }

  get(key: string): CheckResult | undefined {
    const text = this.#texts.get(key);
    if (text === undefined) return undefined;
    const result = JSON.parse(text) as CheckResult;
    const stands = ([path, content]: readonly [string, string | null]): boolean =>
      content === present ? existsSync(path) : this.#content(path) === content;
    return result.reads.every(stands) ? result : undefined;
  }

  set(key: string, result: CheckResult): void {
    this.#texts.set(key, JSON.stringify(result));
  }

  /** Files are read once in a run, however many results depend on them. */
  #content(path: string): string | null {
    const known = this.#contents.get(path);
    if (known !== undefined) return known;
    const content = contentOf(readQuietly(path));
    this.#contents.set(path, content);
    return content;
  }
}

/** The digest of what reading a file gave. */
export const contentOf = (bytes: Uint8Array | undefined): string | null => (bytes === undefined ? null : digest(bytes));

/** Stands for the content of a file that was only asked for, such as a picture that is pointed at. */
export const present = 'present';
