import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type CatalogueEntry, catalogue, type Level, levels } from '../core/codes.ts';
import { type Diagnostic, diagnostic, type Report } from '../core/diagnostic.ts';
import type { ReadFile } from '../core/files.ts';
import { packageRoot } from '../core/package-root.ts';
import { teiNamespace } from '../core/xml.ts';
import { checkArchive } from './check-archive.ts';
import { checkCharacters } from './check-bytes.ts';
import { checkData } from './check-data.ts';
import { checkLinks } from './check-links.ts';
import { checkRules } from './check-rules.ts';
import { checkForeignSchema, checkSchema } from './check-schema.ts';
import { checkText } from './check-text.ts';
import { checkWellFormed } from './check-well-formed.ts';
import type { CompiledRelaxNg } from './compile-relaxng.ts';
import { type DocumentElement, type DocumentTree, readDocumentTree } from './document-tree.ts';
import type { ElementIndex } from './element-index.ts';
import { xincludeNamespace } from './find-inclusions.ts';
import { findingsTo, type IsEcho } from './finding.ts';
import { limitFindings } from './limit-findings.ts';
import { readUtf8 } from './read-utf8.ts';
import { type RelaxNg, readRelaxNg } from './relaxng.ts';
import type { SchemaCache, UserSchemas } from './user-schemas.ts';
import { assemble } from './xinclude.ts';

/** The plain text that the body of a document must equal. */
export interface SourceText {
  readonly path: string;
  readonly text: string;
}

/** How far to check, and against what. */
export interface ValidateOptions {
  /** The last level to run; everything when absent. */
  readonly until?: Level;
  /** Reads local files that the document names; without it nothing outside the text is looked at. */
  readonly files?: ReadFile;
  /** Whether a local file exists, for pointers to files that need not be read. */
  readonly exists?: (path: string) => boolean;
  /** The path behind symbolic links: an inclusion may not leave the folder of the document through one. */
  readonly realPath?: (path: string) => string;
  readonly source?: SourceText;
  /** Schemas in place of weibian's own, and of those that the document names in `xml-model`. */
  readonly schemas?: UserSchemas;
  /** Where compiled schemas are kept between runs. */
  readonly schemaCache?: SchemaCache;
}

/**
 * Checks TEI level by level: bytes, well-formedness, RELAX NG (schemas/weibian.rng), the rules of the house, links, data,
 * text, archive readiness. A level stops the next only where it must: nothing can be said of markup that cannot be read;
 * behind a fault of the schema what only follows from it is left out. Reports; throws only when the package was not built.
 */
export async function validateTei(
  input: string | Uint8Array,
  file: string,
  options: ValidateOptions,
  report: Report,
): Promise<void> {
  const limited = limitFindings(file, report);
  const text = typeof input === 'string' ? input.replace(/^\uFEFF/, '') : readUtf8(input, file, limited.report);
  if (text?.includes(xincludeNamespace)) {
    const assembled = assemble(text, file, options, limited.report);
    const restored: Report = (found) => limited.report(assembled!.restore(found));
    if (assembled) await checkDocument(assembled.text, file, options, restored);
  } else if (text !== undefined) {
    await checkDocument(text, file, options, limited.report);
  }
  limited.finish();
}

/** The levels of a text without inclusions. */
async function checkDocument(text: string, file: string, options: ValidateOptions, report: Report): Promise<void> {
  const wanted = (level: Level): boolean => levels.indexOf(level) <= levels.indexOf(options.until ?? 'archive');
  const faults: Diagnostic[] = [];
  const counted: Report = (found) => {
    if (found.severity === 'error') faults.push(found);
    report(found);
  };
  if (!checkCharacters(text, file, counted) || !wanted('well-formed')) return;
  const index = checkWellFormed(text, file, counted);
  if (!index || !wanted('schema')) return;
  const schemas = options.schemas ?? (await modelSchemas(text, file, options, counted));
  const ours = !schemas || schemas.own.relaxNg;
  if (ours) {
    if (!checkRoot(index, file, counted)) return;
    checkSchema(text, loadSchema(), index, file, counted);
  }
  for (const one of schemas?.relaxNg ?? []) checkForeignSchema(text, one, index, file, counted);
  // Of what was only counted, the echoes cannot be told.
  if (!wanted('rules') || faults.some(({ code }) => code === 'validate/too-many')) return;
  if (schemas && schemas.schematron.length > 0) await checkForeign(text, schemas, index, file, counted);
  const tree = readDocumentTree(text);
  const found = findingsTo(index, file, echoesOf(faults, tree, index), counted);
  const document = { tree, ours };
  checkRules(document, found);
  if (wanted('links')) checkLinks(document, existsBeside(file, options), found);
  if (wanted('data')) checkData(document, found);
  const refused = faults.some(({ code }) => (catalogue[code] as CatalogueEntry).level === 'schema');
  if (wanted('text') && !refused) checkText(document, text, options.source, found);
  if (wanted('archive') && faults.length === 0) checkArchive(tree, found);
}

/** The schemas that the document names; loaded only where it does. */
async function modelSchemas(
  text: string,
  file: string,
  options: ValidateOptions,
  report: Report,
): Promise<UserSchemas | undefined> {
  if (!text.includes('<?xml-model')) return undefined;
  const { loadModelSchemas } = await import('./user-schemas.ts');
  return loadModelSchemas(text, file, options.files, options, report);
}

/** Foreign Schematron needs an XSLT processor, which is loaded for nothing else here. */
async function checkForeign(
  text: string,
  { schematron }: UserSchemas,
  index: ElementIndex,
  file: string,
  report: Report,
): Promise<void> {
  const { checkForeignSchematron } = await import('./schematron.ts');
  await checkForeignSchematron(text, schematron, index, file, report);
}

/** One message for a document of another kind, instead of one for each of its elements. */
function checkRoot({ root, place }: ElementIndex, file: string, report: Report): boolean {
  if (root.local === 'TEI' && root.uri === teiNamespace) return true;
  const namespace = root.uri ? `the namespace \`${root.uri}\`` : 'no namespace';
  const message = `Unexpected root element \`${root.name}\` in ${namespace}, expected \`TEI\` in \`${teiNamespace}\`.`;
  report(diagnostic('validate/not-tei', message, { file, ...place(1) }));
  return false;
}

/**
 * Tells which findings only follow from faults of the schema: those at an element that the schema refused or that stands in
 * one, those that have to do with such an element, and pointers, when an xml:id may have got lost.
 */
function echoesOf(faults: readonly Diagnostic[], tree: DocumentTree, index: ElementIndex): IsEcho {
  if (faults.length === 0) return () => false;
  const places = new Set(faults.map(({ range }) => range?.start.offset));
  const refused = new Set(tree.elements.filter(({ ordinal }) => places.has(index.place(ordinal).range.start.offset)));
  const within = (element: DocumentElement | undefined): boolean =>
    element?.parent !== undefined && (refused.has(element) || within(element.parent));
  const idLost = faults.some(({ code, message }) => code === 'validate/missing-element' || message.includes('xml:id'));
  return (code, element, related) =>
    (idLost && code === 'validate/pointer-unresolved') || within(element) || related.some((one) => refused.has(one));
}

/** Whether the files exist that a document names by relative URI; nothing is asked of a document without a folder. */
function existsBeside(file: string, { exists }: ValidateOptions): ((href: string) => boolean) | undefined {
  if (!exists) return undefined;
  return (href) => {
    try {
      return exists(join(dirname(file), decodeURIComponent(href)));
    } catch {
      return false;
    }
  };
}

let schema: RelaxNg | undefined;

function loadSchema(): RelaxNg {
  const compiled = new URL('dist/schemas/weibian.json', packageRoot);
  schema ??= readRelaxNg(JSON.parse(readFileSync(compiled, 'utf8')) as CompiledRelaxNg);
  return schema;
}
