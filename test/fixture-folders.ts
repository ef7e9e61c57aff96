import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';

const root = fileURLToPath(new URL('fixtures/', import.meta.url));

/** The case folders of a stage, by name. */
export function cases(stage: string): { name: string; folder: string }[] {
  return readdirSync(join(root, stage), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ name, folder: join(root, stage, name) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Compares with an expected file; `UPDATE=1` rewrites it, and a human reads the difference. A missing file fails. */
export function expectFile(path: string, content: string): void {
  if (process.env.UPDATE) writeFileSync(path, content);
  expect(existsSync(path), `${path} is missing: run with UPDATE=1 and read it`).toBe(true);
  expect(content).toBe(readFileSync(path, 'utf8'));
}
