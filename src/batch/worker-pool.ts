import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { packageRoot } from '../core/package-root.ts';
import type { CheckOptions } from './check-file.ts';
import { notChecked } from './not-checked.ts';
import type { CheckResult } from './result-cache.ts';
import { Tickets } from './tickets.ts';

/** What a thread is told at its start: the files, and its place at the shared tickets that say which is next. */
export interface WorkerTask {
  readonly files: readonly string[];
  readonly tickets: Int32Array;
  readonly seat: number;
  readonly options: CheckOptions;
  /** The content of `-`. */
  readonly input?: Uint8Array;
}

/** What a thread answers for each file that it takes; no bytes where the file could not be read. */
export interface FileChecked {
  readonly result: CheckResult;
  readonly bytes?: Uint8Array;
}

/** The answer of a thread: which of the files, and what the check gave. */
export interface WorkerAnswer extends FileChecked {
  readonly at: number;
}

/** A run of threads over files. */
export interface PoolRun {
  readonly files: readonly string[];
  readonly options: CheckOptions;
  readonly input?: Uint8Array;
  /** Takes the outcome of a file. */
  done(at: number, checked: FileChecked): void;
  /** Checks a file in this thread, which then takes part; without it, it only waits for the others. */
  here?(at: number): Promise<FileChecked>;
}

/** Threads cannot load TypeScript: the worker is the built one, from `src/` too. */
const builtWorker = (): URL => new URL('dist/bundle/check-worker.js', packageRoot);

/**
 * Checks files in `size` threads, each of which takes the next file when it has done with one. A thread that dies costs
 * the file it was at a diagnostic, and another takes its place: every file is done.
 */
export async function checkInWorkers(run: PoolRun, size: number, entry: URL = builtWorker()): Promise<void> {
  const count = Math.min(size, run.files.length);
  const tickets = new Tickets(count, run.files.length);
  const finished = new Set<number>();
  const done: PoolRun['done'] = (at, checked) => {
    finished.add(at);
    run.done(at, checked);
  };
  let reason: unknown;
  const fail = (at: number): void =>
    done(at, { result: { diagnostics: [notChecked(run.files[at]!, reason)], reads: [] } });
  const work = async (seat: number): Promise<void> => {
    if (seat === 0 && run.here) return workHere(run.here, done, tickets);
    for (;;) {
      reason = await runThread({ ...run, done }, tickets, seat, entry);
      const last = tickets.takenBy(seat);
      if (last === undefined || finished.has(last)) return;
      fail(last);
    }
  };
  // Threads that collect garbage with threads of their own would stand in each other's way on few cores.
  setFlagsFromString('--no-parallel-scavenge');
  setFlagsFromString('--no-concurrent-marking');
  await Promise.all(Array.from({ length: count }, (_, seat) => work(count - 1 - seat)));
  // Threads that cannot even start take no file: every file is done all the same.
  for (const at of run.files.keys()) if (!finished.has(at)) fail(at);
}

async function workHere(
  here: (at: number) => Promise<FileChecked>,
  done: PoolRun['done'],
  tickets: Tickets,
): Promise<void> {
  for (let at = tickets.take(0); at !== undefined; at = tickets.take(0)) {
    done(at, await here(at));
    // Answers of the threads are waiting.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** One thread until it ends: no file is left, or it died at one. Gives the reason of its death, if it had one. */
function runThread(
  { files, options, input, done }: PoolRun,
  tickets: Tickets,
  seat: number,
  entry: URL,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const task: WorkerTask = { files, tickets: tickets.shared, seat, options, ...(input && { input }) };
    const worker = new Worker(entry, { workerData: task });
    let reason: unknown = 'the thread ended';
    worker.on('message', ({ at, ...checked }: WorkerAnswer) => {
      try {
        done(at, checked);
      } catch (thrown) {
        reject(thrown);
        void worker.terminate();
      }
    });
    worker.on('error', (thrown) => {
      reason = thrown;
    });
    worker.on('exit', () => resolve(reason));
  });
}
