import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { type AuthorityFiles, type AuthorityKind, authorityKinds, readAuthority } from '../authority/authority.ts';
import { DiagnosticError, diagnostic, type Report } from '../core/diagnostic.ts';
import { readBytes } from '../core/files.ts';
import { placeInJson, readJson, type SchemaName } from '../core/json.ts';

const schemaOfKey: Readonly<Record<string, SchemaName>> = {
  persons: 'persons',
  places: 'places',
  orgs: 'orgs',
  works: 'works',
  ignore: 'ignore',
  documents: 'edition',
};

interface EditionFile {
  readonly documents: readonly { readonly file: string }[];
  readonly authority?: AuthorityFiles;
}

/**
 * Checks JSON files against their schemas, edition.json with the authority files that it names and the texts that must
 * be there. An authority file of an edition is not checked a second time on its own. Returns the files that it depends on.
 */
export function checkJson(files: readonly string[], report: Report): string[] {
  const used: string[] = [];
  const others: { file: string; text: string; schema: SchemaName | undefined }[] = [];
  for (const file of files) {
    guarded(report, () => {
      const text = new TextDecoder().decode(readBytes(file));
      const schema = schemaOf(text);
      if (schema === 'edition') used.push(...checkEdition(text, file, report));
      else others.push({ file, text, schema });
    });
  }
  const checked = new Set(used.map((path) => resolve(path)));
  for (const { file, text, schema } of others) {
    if (!checked.has(resolve(file))) checkOne(text, file, schema, report);
  }
  return used;
}

/** A file that cannot be read is one finding, not the end of the run. */
function guarded(report: Report, run: () => void): void {
  try {
    run();
  } catch (thrown) {
    if (!(thrown instanceof DiagnosticError)) throw thrown;
    report(thrown.diagnostic);
  }
}

function checkOne(text: string, file: string, schema: SchemaName | undefined, report: Report): void {
  if (schema) {
    readJson(text, file, schema, report);
    return;
  }
  const message = `Unexpected JSON without a \`$schema\` that weibian has, expected an edition, an authority file or a list of findings to ignore.`;
  report(diagnostic('config/unknown-json', message, { file }));
}

/** Checks edition.json; returns the authority files that it names, which are checked with it. */
function checkEdition(text: string, file: string, report: Report): string[] {
  const edition = readJson<EditionFile>(text, file, 'edition', report);
  if (!edition) return [];
  const here = (path: string): string => join(dirname(file), path);
  const missing = (named: string, at: readonly (string | number)[]): boolean => {
    if (existsSync(here(named))) return false;
    const message = `Unexpected \`${named}\`: there is no such file, expected the path of one.`;
    report(diagnostic('config/missing-file', message, { file, ...placeInJson(text, [...at]) }));
    return true;
  };
  for (const [at, document] of edition.documents.entries()) missing(document.file, ['documents', at, 'file']);
  const named = (kind: AuthorityKind): readonly string[] => edition.authority?.[kind] ?? [];
  const present = authorityKinds.map((kind) => {
    const files = named(kind).filter((path, at) => !missing(path, ['authority', kind, at]));
    return [kind, files.map(here)] as const;
  });
  readAuthority(Object.fromEntries(present), report);
  return authorityKinds.flatMap((kind) => named(kind).map(here));
}

/** The schema of a file by its `$schema`, or by a key of its root; what is no JSON at all has any: readJson says so. */
function schemaOf(text: string): SchemaName | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'ignore';
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const named = (value as { $schema?: unknown }).$schema;
  const name = typeof named === 'string' ? basename(named).replace(/\.schema\.json$/, '') : '';
  const known = Object.values(schemaOfKey).find((schema) => schema === name);
  return known ?? Object.entries(schemaOfKey).find(([key]) => Object.hasOwn(value, key))?.[1];
}
