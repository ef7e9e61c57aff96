import { Worker } from 'node:worker_threads';
import { packageRoot } from '../core/package-root.ts';
import type { CheckOptions } from './check-file.ts';
import { notChecked } from './not-checked.ts';
import type { CheckResult } from './result-cache.ts';

/** What a worker is asked to check; it answers with a {@link CheckResult}. */
export interface WorkerJob {
  readonly file: string;
  readonly bytes: Uint8Array;
}

/** A job of the pool; the bytes are read when a thread is free, so that few files are in memory at a time. */
export interface PoolJob {
  readonly file: string;
  /** Undefined where the file can no longer be read: the job is done without a check. */
  read(): Uint8Array | undefined;
  done(result: CheckResult, bytes: Uint8Array): void;
}

/** Threads cannot load TypeScript: the worker is the built one, from `src/` too. */
const builtWorker = (): URL => new URL('dist/batch/check-worker.js', packageRoot);

/**
 * Checks files in `size` threads. A thread that dies costs the file it was at a diagnostic, and another takes its place:
 * every job ends.
 */
export async function checkInWorkers(
  jobs: readonly PoolJob[],
  size: number,
  options: CheckOptions,
  entry: URL = builtWorker(),
): Promise<void> {
  const queue = jobs.values();
  const threads = Array.from({ length: Math.min(size, jobs.length) }, async () => {
    while (await runThread(queue, options, entry));
  });
  await Promise.all(threads);
}

interface Task {
  readonly job: PoolJob;
  readonly bytes: Uint8Array;
}

/** The next job whose file can be read. */
function nextTask(queue: Iterator<PoolJob, unknown>): Task | undefined {
  for (let { done, value } = queue.next(); !done; { done, value } = queue.next()) {
    const job = value as PoolJob;
    const bytes = job.read();
    if (bytes) return { job, bytes };
  }
  return undefined;
}

/** One thread until the queue is empty (false) or it dies at a file (true). */
function runThread(queue: Iterator<PoolJob, unknown>, options: CheckOptions, entry: URL): Promise<boolean> {
  return new Promise((resolve, reject) => {
    let task = nextTask(queue);
    if (!task) {
      resolve(false);
      return;
    }
    const worker = new Worker(entry, { workerData: options });
    const ask = ({ job: { file }, bytes }: Task): void => worker.postMessage({ file, bytes } satisfies WorkerJob);
    let reason: unknown = 'the thread ended';
    worker.on('message', (result: CheckResult) => {
      try {
        task?.job.done(result, task.bytes);
        task = nextTask(queue);
        if (task) ask(task);
        else void worker.terminate();
      } catch (thrown) {
        reject(thrown);
        void worker.terminate();
      }
    });
    worker.on('error', (thrown) => {
      reason = thrown;
    });
    worker.on('exit', () => {
      if (task) task.job.done({ diagnostics: [notChecked(task.job.file, reason)], reads: [] }, task.bytes);
      resolve(task !== undefined);
    });
    ask(task);
  });
}
