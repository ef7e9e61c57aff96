import { readFileSync } from 'node:fs';
import { diagnostic, type Report } from '../core/diagnostic.ts';
import type { ReadFile } from '../core/files.ts';
import { packageRoot } from '../core/package-root.ts';
import { teiNamespace } from '../core/xml.ts';
import { loadStylesheet } from '../core/xslt.ts';
import { checkForeignSchema, checkSchema } from './check-schema.ts';
import { checkWellFormed } from './check-well-formed.ts';
import type { CompiledRelaxNg } from './compile-relaxng.ts';
import type { ElementIndex } from './element-index.ts';
import { readUtf8 } from './read-utf8.ts';
import { type RelaxNg, readRelaxNg } from './relaxng.ts';
import { checkForeignSchematron, checkSchematron } from './schematron.ts';
import type { SchemaCache, UserSchemas } from './user-schemas.ts';

/** How far to check; the default is everything. */
export interface ValidateOptions {
  /** The last level to run. */
  readonly until?: 'well-formed' | 'schema' | 'rules';
  /** Schemas in place of weibian's own, and of those that the document names in `xml-model`. */
  readonly schemas?: UserSchemas;
  /** Reads local files, such as the schemas of `xml-model`; without it nothing outside the text is read. */
  readonly files?: ReadFile;
  /** Where compiled schemas are kept between runs. */
  readonly schemaCache?: SchemaCache;
}

/**
 * Checks TEI: bytes, well-formedness, RELAX NG (schemas/weibian.rng), Schematron (schemas/weibian.sch). A level with
 * errors stops the next. Everything found is reported; throws only when the package was not built.
 */
export async function validateTei(
  input: string | Uint8Array,
  file: string,
  options: ValidateOptions,
  report: Report,
): Promise<void> {
  let errors = 0;
  const counted: Report = (found) => {
    if (found.severity === 'error') errors++;
    report(found);
  };
  const text = typeof input === 'string' ? input.replace(/^\uFEFF/, '') : readUtf8(input, file, counted);
  if (text === undefined) return;
  const index = checkWellFormed(text, file, counted);
  if (!index || options.until === 'well-formed') return;
  const schemas = options.schemas ?? (await modelSchemas(text, file, options, counted));
  if (!schemas || schemas.own.relaxNg) {
    if (!checkRoot(index, file, counted)) return;
    checkSchema(text, loadSchema(), index, file, counted);
  }
  for (const schema of schemas?.relaxNg ?? []) checkForeignSchema(text, schema, index, file, counted);
  if (options.until === 'schema') return;
  const valid = errors === 0;
  // What others wrote need not stop at the first level: their rules stand on their own.
  await checkForeignSchematron(text, schemas?.schematron ?? [], index, file, counted);
  if (!valid || (schemas && !schemas.own.schematron)) return;
  await checkSchematron(text, loadStylesheet('weibian-sch'), index, file, counted);
}

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

/** One message for a document of another kind, instead of one for each of its elements. */
function checkRoot({ root, place }: ElementIndex, file: string, report: Report): boolean {
  if (root.local === 'TEI' && root.uri === teiNamespace) return true;
  const namespace = root.uri ? `the namespace \`${root.uri}\`` : 'no namespace';
  const message = `Unexpected root element \`${root.name}\` in ${namespace}, expected \`TEI\` in \`${teiNamespace}\`.`;
  report(diagnostic('validate/not-tei', message, { file, ...place(1) }));
  return false;
}

let schema: RelaxNg | undefined;

function loadSchema(): RelaxNg {
  const compiled = new URL('dist/schemas/weibian.json', packageRoot);
  schema ??= readRelaxNg(JSON.parse(readFileSync(compiled, 'utf8')) as CompiledRelaxNg);
  return schema;
}
