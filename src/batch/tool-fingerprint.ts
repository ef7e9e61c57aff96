import { readdirSync, readFileSync } from 'node:fs';
import { packageRoot } from '../core/package-root.ts';
import { digest } from './text-cache.ts';

/** Folders of dist/ that no check loads: a change there leaves results as they are. */
const unrelated = new Set(['annotate', 'edition', 'layout', 'lexicon', 'setup', 'tei']);

/** A digest of the built program and its compiled schemas: what it changes with may change the result of a check. */
export function toolFingerprint(version: string): string {
  const dist = new URL('dist/', packageRoot);
  const files = readdirSync(dist, { withFileTypes: true })
    .filter(({ name }) => !unrelated.has(name))
    .flatMap((entry) =>
      entry.isDirectory()
        ? readdirSync(new URL(`${entry.name}/`, dist), { recursive: true, encoding: 'utf8' }).map(
            (name) => `${entry.name}/${name}`,
          )
        : [entry.name],
    )
    .filter((name) => /\.(?:[cm]?js|json)$/.test(name) && !/^xslt[/\\](?:html|print)\./.test(name));
  return digest(
    version,
    process.version,
    ...files.sort().map((file) => digest(file, readFileSync(new URL(file, dist)))),
  );
}
