import type { Command } from './command.ts';

const loaders: ReadonlyMap<string, () => Promise<Command>> = new Map([
  ['build', async () => (await import('./build.ts')).build],
  ['convert', async () => (await import('./convert.ts')).convert],
  ['validate', async () => (await import('./validate.ts')).validate],
  ['text', async () => (await import('./text.ts')).text],
  ['html', async () => (await import('./html.ts')).html],
  ['print', async () => (await import('./print.ts')).print],
  ['epub', async () => (await import('./epub.ts')).epub],
  ['score', async () => (await import('./score.ts')).score],
  ['authority', async () => (await import('./authority.ts')).authority],
  ['date', async () => (await import('./date.ts')).date],
  ['explain', async () => (await import('./explain.ts')).explain],
  ['init', async () => (await import('./init.ts')).init],
]);

/** One command without the code and the data of the others; undefined where there is none of the name. */
export async function loadCommand(name: string): Promise<Command | undefined> {
  return loaders.get(name)?.();
}
