import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { compileXslt } from '../core/compile-xslt.ts';
import { type Diagnostic, DiagnosticError, diagnostic, type Range, type Report } from '../core/diagnostic.ts';
import type { ReadFile } from '../core/files.ts';
import { packageRoot } from '../core/package-root.ts';
import { type CompiledRelaxNg, compileRelaxNg } from './compile-relaxng.ts';
import { embeddedSchematron, readSchematron, type Schematron } from './read-schematron.ts';
import { type RelaxNg, readRelaxNg } from './relaxng.ts';
import { resolveRelaxNg } from './resolve-relaxng.ts';
import { locate, relaxNgNamespace, SchemaFiles, schemaFault, schematronNamespaces } from './schema-files.ts';
import type { ForeignSchematron } from './schematron.ts';
import { type Source, writeSchematron } from './write-schematron.ts';
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
  const tell = (code: Diagnostic['code'], message: string): 'not used' => {
    report(diagnostic(code, message, { file, range }));
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
    const message = `Unexpected schema \`${href}\`, expected a file that can be read, beside the document.`;
    return tell('validate/schema-not-found', message);
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

let ownSchemas: readonly { readonly kind: 'relaxNg' | 'schematron'; readonly bytes: Uint8Array }[] | undefined;

function isOwn(bytes: Uint8Array): 'relaxNg' | 'schematron' | undefined {
  ownSchemas ??= [...ownByName].map(([name, kind]) => ({
    kind,
    bytes: readFileSync(new URL(`schemas/${name}`, packageRoot)),
  }));
  return ownSchemas.find((own) => Buffer.compare(bytes, own.bytes) === 0)?.kind;
}

/** A schema file as it is kept: everything compiled, and the hashes of the files it was compiled from. */
interface Compiled {
  readonly hashes: Readonly<Record<string, string>>;
  readonly relaxNg?: CompiledRelaxNg;
  readonly schematron?: { readonly file: string; readonly sef: string; readonly sources: readonly Source[] };
}

/** Kept with what is compiled: another number whenever the compilers change. */
const format = 1;

/** Schemas loaded in this process: a thousand documents may name the same. */
const inMemory = new Map<string, { readonly compiled: Compiled; readonly loaded: Loaded }>();

async function loadOne(
  path: string,
  part: Part,
  files: ReadFile,
  options: UserSchemaOptions,
  report: Report,
): Promise<Loaded | undefined> {
  const bytes = files(path);
  const own = bytes && isOwn(bytes);
  if (own) return { own, files: [path] };
  const key = `schema-${hash(JSON.stringify([format, path, part, options.phase, hash(bytes ?? '')]))}`;
  const isCurrent = ({ hashes }: Compiled): boolean =>
    Object.entries(hashes).every(([file, before]) => hash(files(file) ?? '') === before);
  const known = inMemory.get(key);
  if (known && isCurrent(known.compiled)) return known.loaded;
  const kept = options.schemaCache?.get(key);
  let compiled = kept === undefined ? undefined : (JSON.parse(kept) as Compiled);
  if (!compiled || !isCurrent(compiled)) {
    try {
      compiled = await compile(path, part, files, options.phase);
    } catch (thrown) {
      if (!(thrown instanceof DiagnosticError)) throw thrown;
      report(thrown.diagnostic);
      return undefined;
    }
    options.schemaCache?.set(key, JSON.stringify(compiled));
  }
  const loaded = read(compiled);
  inMemory.set(key, { compiled, loaded });
  return loaded;
}

function read({ hashes, relaxNg, schematron }: Compiled): Loaded {
  return {
    ...(relaxNg && { relaxNg: readRelaxNg(relaxNg) }),
    ...(schematron && { schematron: { ...schematron, sef: JSON.parse(schematron.sef) as unknown } }),
    files: Object.keys(hashes),
  };
}

async function compile(path: string, part: Part, read: ReadFile, phase: string | undefined): Promise<Compiled> {
  const files = new SchemaFiles(read);
  const root = files.open(path);
  let relaxNg: CompiledRelaxNg | undefined;
  let schema: Schematron | undefined;
  if (root.uri === relaxNgNamespace) {
    const resolved = resolveRelaxNg(root, files);
    if (part === 'both') relaxNg = compileRelaxNg(resolved);
    schema = embeddedSchematron(resolved, files);
  } else if (schematronNamespaces.has(root.uri)) schema = readSchematron(root, files, phase);
  else throw schemaFault(root, `Unexpected root \`${root.name}\` of a schema, expected RELAX NG or Schematron.`);
  const schematron = schema && (await compileSchematron(schema));
  const hashes = Object.fromEntries(files.paths.map((file) => [file, hash(read(file) ?? '')]));
  return { hashes, ...(relaxNg && { relaxNg }), ...(schematron && { schematron }) };
}

async function compileSchematron(schema: Schematron): Promise<NonNullable<Compiled['schematron']>> {
  const { xslt, sources, placeOf } = writeSchematron(schema);
  const compiled = await compileXslt(xslt);
  if ('sef' in compiled) return { file: schema.root.file, sef: compiled.sef, sources };
  const at = compiled.line === undefined ? schema.root : placeOf(compiled.line);
  throw schemaFault(at, `The rules cannot be compiled: ${compiled.message}.`);
}

function hash(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
