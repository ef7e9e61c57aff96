import { existsSync } from 'node:fs';
import type { Level } from '../core/codes.ts';
import { type Diagnostic, DiagnosticError, diagnostic, type Report } from '../core/diagnostic.ts';
import { type ReadFile, readQuietly, realPath } from '../core/files.ts';
import { readSource } from '../source/source-document.ts';
import type { UserSchemaOptions, UserSchemas } from '../validate/user-schemas.ts';
import { validateTei } from '../validate/validate.ts';
import { rootId } from './edition-sources.ts';
import { notChecked } from './not-checked.ts';
import { type CheckResult, contentOf, present, unreadable } from './result-cache.ts';
import { FolderCache } from './text-cache.ts';
import type { FileChecked } from './worker-pool.ts';

/** How files are checked; plain data, so that a worker can be told. */
export interface CheckOptions {
  /** The last level to run. */
  readonly until?: Level;
  /** The plain text that the body must equal. */
  readonly source?: string;
  /** Paths of schemas in place of weibian's own. */
  readonly schemas?: readonly string[];
  /** The phase of Schematron schemas. */
  readonly phase?: string;
  /** Where compiled schemas are kept. */
  readonly schemaFolder?: string;
  /** The same for the documents of an edition: xml:id of the root → path. */
  readonly sources?: Readonly<Record<string, string>>;
}

/** Reads a TEI file and checks it; a file that cannot be read has that as its result, and no bytes. */
export async function checkNamed(
  file: string,
  read: (file: string) => Uint8Array,
  options: CheckOptions,
): Promise<FileChecked> {
  let bytes: Uint8Array;
  try {
    bytes = read(file);
  } catch (thrown) {
    return { result: unreadable(thrown) };
  }
  return { result: await checkFile(bytes, file, options), bytes };
}

/** Checks one TEI file, and notes what it reads beside it. Whatever happens becomes a diagnostic. */
export async function checkFile(bytes: Uint8Array, file: string, options: CheckOptions): Promise<CheckResult> {
  const diagnostics: Diagnostic[] = [];
  const report: Report = (found) => diagnostics.push(found);
  const reads = new Map<string, string | null>();
  const files: ReadFile = (path) => {
    const content = readQuietly(path);
    reads.set(path, contentOf(content));
    return content;
  };
  const exists = (path: string): boolean => {
    const found = existsSync(path);
    if (!reads.has(path)) reads.set(path, found ? present : null);
    return found;
  };
  try {
    const path = sourceOf(bytes, options);
    const source = path === undefined ? undefined : sourceText(path, files);
    const until = options.until === undefined ? {} : { until: options.until };
    const kept = options.schemaFolder === undefined ? {} : { schemaCache: new FolderCache(options.schemaFolder) };
    const schemas = options.schemas && (await userSchemas(options.schemas, files, { ...options, ...kept }, report));
    if (options.schemas && !schemas) return { diagnostics, reads: [...reads] };
    const given = { ...(source && { source }), ...(schemas && { schemas }), ...kept };
    await validateTei(bytes, file, { ...until, files, exists, realPath, ...given }, report);
  } catch (thrown) {
    report(thrown instanceof DiagnosticError ? thrown.diagnostic : notChecked(file, thrown));
  }
  return { diagnostics, reads: [...reads] };
}

async function userSchemas(
  paths: readonly string[],
  files: ReadFile,
  options: UserSchemaOptions,
  report: Report,
): Promise<UserSchemas | undefined> {
  const { loadUserSchemas } = await import('../validate/user-schemas.ts');
  return loadUserSchemas(paths, files, options, report);
}

function sourceOf(bytes: Uint8Array, { source, sources }: CheckOptions): string | undefined {
  if (source !== undefined || sources === undefined) return source;
  const id = rootId(new TextDecoder().decode(bytes));
  return id === undefined ? undefined : sources[id];
}

function sourceText(path: string, files: ReadFile): { path: string; text: string } {
  const bytes = files(path);
  if (!bytes) throw new DiagnosticError(diagnostic('core/unreadable-file', `Cannot read \`${path}\`.`, { file: path }));
  return { path, text: readSource(path, bytes).text.text };
}
