import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomic } from '../core/files.ts';

/** Texts by a key, kept from run to run. A text may be gone at any time: it can be made again. */
export interface TextCache {
  get(key: string): string | undefined;
  set(key: string, text: string): void;
}

/** SHA-256 of texts and bytes, in hexadecimal. */
export function digest(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

/** How much a folder may hold; the oldest go first. */
export interface CacheLimits {
  readonly files: number;
  readonly bytes: number;
}

const defaultLimits: CacheLimits = { files: 20_000, bytes: 50_000_000 };

/** A cache for one run. */
export const memoryCache = (): TextCache => new Map<string, string>();

/** A cache in a folder: a file for each text, written whole, opened by the checksum in its first line. */
export class FolderCache implements TextCache {
  readonly #folder: string;
  readonly #limits: CacheLimits;
  #written = false;

  constructor(folder: string, limits: CacheLimits = defaultLimits) {
    this.#folder = folder;
    this.#limits = limits;
  }

  get(key: string): string | undefined {
    let content: string;
    try {
      content = readFileSync(this.#path(key), 'utf8');
    } catch {
      return undefined;
    }
    const end = content.indexOf('\n');
    const text = content.slice(end + 1);
    return end > 0 && digest(key, text) === content.slice(0, end) ? text : undefined;
  }

  /** Writes a text; a folder that cannot be written keeps nothing. */
  set(key: string, text: string): void {
    try {
      writeFileAtomic(this.#path(key), `${digest(key, text)}\n${text}`);
      this.#written = true;
    } catch {
      // Without a cache everything works, only slower.
    }
  }

  /** Drops the oldest texts beyond the limits, if any was written since. */
  prune(): void {
    if (!this.#written) return;
    this.#written = false;
    const files = this.#files().sort((a, b) => b.stats.mtimeMs - a.stats.mtimeMs || (a.path < b.path ? -1 : 1));
    let bytes = 0;
    for (const [at, { path, stats }] of files.entries()) {
      bytes += stats.size;
      if (at >= this.#limits.files || bytes > this.#limits.bytes) removeQuietly(path);
    }
  }

  #files(): { path: string; stats: Stats }[] {
    return readdirSync(this.#folder).flatMap((name) => {
      const path = join(this.#folder, name);
      const stats = statSync(path, { throwIfNoEntry: false });
      return stats ? [{ path, stats }] : [];
    });
  }

  #path(key: string): string {
    return join(this.#folder, /^[\da-f]{64}$/.test(key) ? key : digest(key));
  }
}

function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Another run has it open, or has removed it.
  }
}
