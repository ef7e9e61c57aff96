import { availableParallelism } from 'node:os';
import type { Diagnostic } from '../core/diagnostic.ts';
import { readBytes } from '../core/files.ts';
import type { CheckOptions } from './check-file.ts';
import { type CheckResult, type ResultCache, unreadable } from './result-cache.ts';
import { checkInWorkers, type FileChecked } from './worker-pool.ts';

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
const costOfFile = 3_000;
/** Bytes of a file that this thread may check too while others run; it must not be the one that a file kills. */
const harmless = 1_000_000;

/** Checks TEI files; the results in the order of the files. */
export async function checkFiles(files: readonly string[], options: RunOptions): Promise<CheckResult[]> {
  const run = new Run(options);
  const results = files.map((file) => run.known(file));
  const open = files.flatMap((file, at) => (results[at] === undefined ? [{ file, at }] : []));
  if (open.length === 0) return results as CheckResult[];
  const names = open.map(({ file }) => file);
  let finished = files.length - open.length;
  const done = (number: number, { result, bytes }: FileChecked): void => {
    const { file, at } = open[number]!;
    results[at] = result;
    if (bytes) run.keep(file, bytes, result);
    options.progress(`checked ${++finished} of ${files.length}: ${file}`);
  };
  const here = async (number: number): Promise<FileChecked> => {
    // Loaded only now: a run that knows all results needs no parser and no schema, and threads load theirs meanwhile.
    const { checkNamed } = await import('./check-file.ts');
    options.progress(`checking ${names[number]}`);
    return checkNamed(names[number]!, (file) => run.read(file), options.check);
  };
  const threads = threadsFor(names.length, run.bytes, options.jobs);
  if (threads > 1) {
    const input = names.includes('-') ? { input: options.readInput() } : {};
    const alone = run.largest > harmless ? {} : { here };
    await checkInWorkers({ files: names, options: options.check, done, ...input, ...alone }, threads);
  } else for (const number of names.keys()) done(number, await here(number));
  return results as CheckResult[];
}

function threadsFor(files: number, bytes: number, jobs: number | undefined): number {
  if (jobs !== undefined) return Math.min(jobs, files);
  return bytes + files * costOfFile < worthThreads ? 1 : Math.min(availableParallelism(), files);
}

/** What a run knows of its files. */
class Run {
  readonly #options: RunOptions;
  /** Bytes of the files that must be checked, and of the largest of them. */
  bytes = 0;
  largest = 0;

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
      if (result) return result;
      this.bytes += bytes.length;
      this.largest = Math.max(this.largest, bytes.length);
      return undefined;
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
