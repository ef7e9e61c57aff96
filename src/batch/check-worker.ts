import { parentPort, workerData } from 'node:worker_threads';
import { type CheckOptions, checkFile } from './check-file.ts';
import type { WorkerJob } from './worker-pool.ts';

// The entry of a worker: one file after the other, each answered with its result.

parentPort?.on('message', async ({ file, bytes }: WorkerJob) => {
  parentPort?.postMessage(await checkFile(bytes, file, workerData as CheckOptions));
});
