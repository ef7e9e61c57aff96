import { type FSWatcher, statSync, watch } from 'node:fs';

/** After a change the rest of it is waited for: editors write in several steps. */
const settledAfter = 100;
/** Not every file system tells of changes: so often they are looked for. */
const lookedForEvery = 2000;

/** The state of files: equal texts mean that none was changed, made or removed. */
export function stateOf(files: readonly string[]): string {
  return files
    .map((file) => {
      const stats = statSync(file, { throwIfNoEntry: false });
      return stats ? `${file} ${stats.size} ${stats.mtimeMs} ${stats.ino}` : file;
    })
    .join('\n');
}

/** Waits until `state` gives another text than `before`; asked when something happens in one of the folders, and now and then. */
export function untilChanged(before: string, state: () => string, folders: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    const watchers: FSWatcher[] = [];
    let timer: NodeJS.Timeout | undefined;
    const look = (): void => {
      if (state() === before) return;
      clearInterval(interval);
      clearTimeout(timer);
      for (const one of watchers) one.close();
      resolve();
    };
    const interval = setInterval(look, lookedForEvery);
    for (const folder of folders) {
      try {
        const watcher = watch(folder, () => {
          clearTimeout(timer);
          timer = setTimeout(look, settledAfter);
        });
        watcher.on('error', () => watcher.close());
        watchers.push(watcher);
      } catch {
        // A folder that is gone, or more than the system watches: the interval is left.
      }
    }
  });
}
