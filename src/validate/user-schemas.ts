import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { compileXslt } from '../core/compile-xslt.ts';
import { type Diagnostic, DiagnosticError, diagnostic, type Range, type Report } from '../core/diagnostic.ts';
import type { ReadFile } from '../core/files.ts';
import { packageRoot } from '../core/package-root.ts';
import type { PlacedElement } from '../core/xml-tree.ts';
import { compileRelaxNg } from './compile-relaxng.ts';
import { embeddedSchematron, readSchematron, type Schematron } from './read-schematron.ts';
import { type RelaxNg, readRelaxNg, writeRelaxNgJson } from './relaxng.ts';
import { resolveRelaxNg } from './resolve-relaxng.ts';
import { locate, relaxNgNamespace, SchemaFiles, schemaFault } from './schema-files.ts';
import type { ForeignSchematron } from './schematron.ts';
import { writeSchematron } from './write-schematron.ts';
import { type XmlModel, xmlModels } from './xml-models.ts';

/** Compiled schemas by key: what compiling takes seconds for is kept here, by whoever has a place for it. */
export interface SchemaCache {
  get(key: string): string | undefined;
  set(key: string, value: string): void;
}

export interface UserSchemaOptions {
  /** The phase of Schematron schemas; else their default phase, else all patterns. */
  readonly phase?: string;
  /** Where compiled schemas are kept between runs. */
  readonly schemaCache?: SchemaCache;
}

/** Schemas that a document is checked against in place of weibian's own. */
export interface UserSchemas {
  readonly relaxNg: readonly RelaxNg[];
  readonly schematron: readonly ForeignSchematron[];
  /** Weibian's own schemas that are named among them; they stand in neither list. */
  readonly own: { readonly relaxNg: boolean; readonly schematron: boolean };
  /** Paths of the files read, sorted. */
  readonly files: readonly string[];
}

/**
 * Loads RELAX NG schemas (XML syntax; `include` and embedded Schematron too) and Schematron schemas. Every fault is
 * reported, with its place in the schema; gives nothing when there is one.
 */
export async function loadUserSchemas(
  paths: readonly string[],
  files: ReadFile,
  options: UserSchemaOptions,
  report: Report,
): Promise<UserSchemas | undefined> {
  const loaded = await Promise.all(paths.map((path) => loadOne(path, 'both', files, options, report)));
  return loaded.every((one) => one !== undefined) ? joined(loaded) : undefined;
}

/**
 * The schemas that a document names in `xml-model` instructions: those that are local and exist. Nothing when there is
 * none, or weibian's own only. What is named and not used is reported.
 */
export async function loadModelSchemas(
  text: string,
  file: string,
  files: ReadFile | undefined,
  options: UserSchemaOptions,
  report: Report,
): Promise<UserSchemas | undefined> {
  const loaded: Loaded[] = [];
  let named = false;
  for (const model of xmlModels(text)) {
    const one = await loadModel(model, file, files, options, report);
    if (one === 'not used') continue;
    named = true;
    if (one) loaded.push(one);
  }
  if (!named) return undefined;
  const schemas = joined(loaded);
  const isForeign = loaded.length === 0 || schemas.relaxNg.length > 0 || schemas.schematron.length > 0;
  return isForeign ? schemas : undefined;
}

/** One schema file, loaded. */
interface Loaded {
  readonly relaxNg?: RelaxNg;
  readonly schematron?: ForeignSchematron;
  readonly own?: 'relaxNg' | 'schematron';
  readonly files: readonly string[];
}

type Part = 'both' | 'schematron';

function joined(loaded: readonly Loaded[]): UserSchemas {
  return {
    relaxNg: loaded.flatMap(({ relaxNg }) => relaxNg ?? []),
    schematron: loaded.flatMap(({ schematron }) => schematron ?? []),
    own: {
      relaxNg: loaded.some(({ own }) => own === 'relaxNg'),
      schematron: loaded.some(({ own }) => own === 'schematron'),
    },
    files: [...new Set(loaded.flatMap(({ files }) => files))].sort(),
  };
}

async function loadModel(
  model: XmlModel,
  file: string,
  files: ReadFile | undefined,
  options: UserSchemaOptions,
  report: Report,
): Promise<Loaded | undefined | 'not used'> {
  const { href, kind, phase, range } = model;
  const tell = (code: Diagnostic['code'], message: string, more: Partial<Diagnostic> = {}): 'not used' => {
    report(diagnostic(code, message, { file, range, ...more }));
    return 'not used';
  };
  if (kind === 'xsd' || kind === 'dtd') {
    return tell('validate/unused-schema', `The ${kind === 'xsd' ? 'XML Schema' : 'DTD'} \`${href}\` is not used.`);
  }
  const location = locate(href, file);
  const name = basename('remote' in location ? href.replace(/[?#].*$/, '') : location.path);
  const own = ownByName.get(name);
  if ('remote' in location) {
    if (own) return { own, files: [] };
    return tell('validate/remote-schema', `The schema \`${href}\` is on the network: it is not fetched.`);
  }
  if (!files) return own ? { own, files: [] } : 'not used';
  if (!files(location.path)) {
    if (own) return { own, files: [] };
    const message = `Unexpected schema \`${href}\`, expected a file: there is none at \`${location.path}\`.`;
    return tell('validate/schema-not-found', message, { severity: 'warning' });
  }
  const wanted = phase === undefined ? options : { ...options, phase };
  const part = kind === 'schematron' ? 'schematron' : 'both';
  return loadOne(location.path, part, files, wanted, related(report, file, range));
}

/** Faults of a schema lead back to the instruction that names it. */
function related(report: Report, file: string, range: Range): Report {
  const named = { message: 'the schema is named here', file, range };
  return (found) => report({ ...found, related: [...(found.related ?? []), named] });
}

const ownByName: ReadonlyMap<string, 'relaxNg' | 'schematron'> = new Map([
  ['weibian.rng', 'relaxNg'],
  ['weibian.sch', 'schematron'],
]);

function isOwn(bytes: Uint8Array): 'relaxNg' | 'schematron' | undefined {
  for (const [name, kind] of ownByName) {
    if (Buffer.compare(bytes, readFileSync(new URL(`schemas/${name}`, packageRoot))) === 0) return kind;
  }
  return undefined;
}

/** Schemas loaded in this process, with the hashes of their files: a thousand documents may name the same. */
const inMemory = new Map<string, { readonly hashes: ReadonlyMap<string, string>; readonly loaded: Loaded }>();

async function loadOne(
  path: string,
  part: Part,
  files: ReadFile,
  options: UserSchemaOptions,
  report: Report,
): Promise<Loaded | undefined> {
  const key = JSON.stringify([path, part, options.phase]);
  const known = inMemory.get(key);
  const hashOf = (file: string): string => hash(files(file) ?? '');
  if (known && [...known.hashes].every(([file, before]) => hashOf(file) === before)) return known.loaded;
  const opened = new SchemaFiles(files);
  try {
    const bytes = files(path);
    const own = bytes && isOwn(bytes);
    const loaded = own ? { own, files: [path] } : await load(opened.open(path), part, opened, options);
    inMemory.set(key, { hashes: new Map(loaded.files.map((file) => [file, hashOf(file)])), loaded });
    return loaded;
  } catch (thrown) {
    if (!(thrown instanceof DiagnosticError)) throw thrown;
    report(thrown.diagnostic);
    return undefined;
  }
}

async function load(
  root: PlacedElement,
  part: Part,
  files: SchemaFiles,
  { phase, schemaCache }: UserSchemaOptions,
): Promise<Loaded> {
  if (root.uri !== relaxNgNamespace) {
    const schema = readSchematron(root, files, phase);
    return { schematron: await compileSchematron(schema, schemaCache), files: files.paths };
  }
  const resolved = resolveRelaxNg(root, files);
  const schema = embeddedSchematron(resolved, files);
  return {
    ...(part === 'both' && { relaxNg: convertRelaxNg(resolved) }),
    ...(schema && { schematron: await compileSchematron(schema, schemaCache) }),
    files: files.paths,
  };
}

/** A compiled schema is read as one from the cache is, so that both are the same. */
function convertRelaxNg(resolved: PlacedElement): RelaxNg {
  return readRelaxNg(writeRelaxNgJson(compileRelaxNg(resolved)));
}

async function compileSchematron(schema: Schematron, cache?: SchemaCache): Promise<ForeignSchematron> {
  const { xslt, sources, placeOf } = writeSchematron(schema);
  const key = `sch-${hash(xslt)}`;
  let sef = cache?.get(key);
  if (sef === undefined) {
    const compiled = await compileXslt(xslt);
    if (!('sef' in compiled)) {
      const at = compiled.line === undefined ? schema.root : placeOf(compiled.line);
      throw schemaFault(at, `The rules cannot be compiled: ${compiled.message.replace(/[.\s]+$/, '')}.`);
    }
    sef = compiled.sef;
    cache?.set(key, sef);
  }
  return { file: schema.root.file, sef: JSON.parse(sef) as unknown, sources };
}

function hash(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
