import { parentPort, workerData } from 'node:worker_threads';
import { readBytes } from '../core/files.ts';
import { checkNamed } from './check-file.ts';
import { Tickets } from './tickets.ts';
import type { WorkerAnswer, WorkerTask } from './worker-pool.ts';

// The entry of a worker: takes one file after the other and answers each with its result.

const { files, tickets, seat, options, input } = workerData as WorkerTask;
const own = new Tickets(tickets.length - 1, files.length, tickets);
for (let at = own.take(seat); at !== undefined; at = own.take(seat)) {
  const checked = await checkNamed(files[at]!, (file) => (file === '-' ? input! : readBytes(file)), options);
  parentPort?.postMessage({ at, ...checked } satisfies WorkerAnswer);
}
