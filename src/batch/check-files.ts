import { availableParallelism } from 'node:os';
import { type Diagnostic, DiagnosticError } from '../core/diagnostic.ts';
import { readBytes } from '../core/files.ts';
import type { CheckOptions } from './check-file.ts';
import type { CheckResult, ResultCache } from './result-cache.ts';
import { checkInWorkers, type PoolJob } from './worker-pool.ts';

/** How a run over many TEI files is carried out; no setting changes what is found. */
export interface RunOptions {
  readonly check: CheckOptions;
  /** How many threads; by the number of cores and the size of the files unless given. */
  readonly jobs?: number;
  readonly cache?: ResultCache;
  /** Standard input, the same each time. */
  readInput(): Uint8Array;
  progress(message: string): void;
}

/** Work that is worth threads, which take their time to start: bytes of TEI, and as many more for each file as it costs to begin with it. */
const worthThreads = 1_000_000;
const costOfFile = 10_000;

/** Checks TEI files; the results in the order of the files. */
export async function checkFiles(files: readonly string[], options: RunOptions): Promise<CheckResult[]> {
  const run = new Run(options);
  const results = files.map((file) => run.known(file));
  const open = files.flatMap((file, at) => (results[at] === undefined ? [{ file, at }] : []));
  let done = files.length - open.length;
  const jobs = open.map(({ file, at }) => ({
    file,
    read() {
      try {
        return run.read(file);
      } catch (thrown) {
        results[at] = unreadable(thrown);
        return undefined;
      }
    },
    done(result: CheckResult, bytes: Uint8Array) {
      results[at] = result;
      run.keep(file, bytes, result);
      options.progress(`checked ${++done} of ${files.length}: ${file}`);
    },
  }));
  const threads = threadsFor(jobs.length, run.bytes, options.jobs);
  if (threads > 1) await checkInWorkers(jobs, threads, options.check);
  else if (jobs.length > 0) await checkHere(jobs, options);
  return results as CheckResult[];
}

async function checkHere(jobs: readonly PoolJob[], { check, progress }: RunOptions): Promise<void> {
  // Loaded only now: a run that knows all results needs no parser and no schema.
  const { checkFile } = await import('./check-file.ts');
  for (const job of jobs) {
    progress(`checking ${job.file}`);
    const bytes = job.read();
    if (bytes) job.done(await checkFile(bytes, job.file, check), bytes);
  }
}

function unreadable(thrown: unknown): CheckResult {
  if (!(thrown instanceof DiagnosticError)) throw thrown;
  return { diagnostics: [thrown.diagnostic], reads: [] };
}

function threadsFor(files: number, bytes: number, jobs: number | undefined): number {
  if (jobs !== undefined) return Math.min(jobs, files);
  return bytes + files * costOfFile < worthThreads ? 1 : Math.min(availableParallelism(), files);
}

/** What a run knows of its files. */
class Run {
  readonly #options: RunOptions;
  /** Bytes of the files that must be checked. */
  bytes = 0;

  constructor(options: RunOptions) {
    this.#options = options;
  }

  read(file: string): Uint8Array {
    return file === '-' ? this.#options.readInput() : readBytes(file);
  }

  /** The result of an earlier run, or what hinders the check; undefined where the file must be checked. */
  known(file: string): CheckResult | undefined {
    const { cache } = this.#options;
    try {
      const bytes = this.read(file);
      const result = cache?.get(cache.key(file, bytes));
      if (!result) this.bytes += bytes.length;
      return result;
    } catch (thrown) {
      return unreadable(thrown);
    }
  }

  /** Keeps the result by the bytes that were checked, which may no longer be those in the file. */
  keep(file: string, bytes: Uint8Array, result: CheckResult): void {
    const brokeOff = result.diagnostics.some(({ code }: Diagnostic) => code === 'validate/not-checked');
    if (!brokeOff) this.#options.cache?.set(this.#options.cache.key(file, bytes), result);
  }
}
