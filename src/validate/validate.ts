import { readFileSync } from 'node:fs';
import { diagnostic, type Report } from '../core/diagnostic.ts';
import type { ReadFile } from '../core/files.ts';
import { packageRoot } from '../core/package-root.ts';
import { teiNamespace } from '../core/xml.ts';
import { loadStylesheet } from '../core/xslt.ts';
import { checkSchema } from './check-schema.ts';
import { checkWellFormed } from './check-well-formed.ts';
import type { ElementIndex } from './element-index.ts';
import { xincludeNamespace } from './find-inclusions.ts';
import { limitFindings } from './limit-findings.ts';
import { readUtf8 } from './read-utf8.ts';
import { type RelaxNg, readRelaxNg } from './relaxng.ts';
import { checkSchematron } from './schematron.ts';
import { assemble } from './xinclude.ts';

/** How far to check; the default is everything. */
export interface ValidateOptions {
  /** The last level to run. */
  readonly until?: 'well-formed' | 'schema' | 'rules';
  /** Reads the files that a document includes; without it nothing outside the text is read. */
  readonly files?: ReadFile;
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
  const text = typeof input === 'string' ? input.replace(/^\uFEFF/, '') : readUtf8(input, file, report);
  if (text === undefined) return;
  const limited = limitFindings(file, report);
  if (text.includes(xincludeNamespace)) {
    const assembled = assemble(text, file, options.files, limited.report);
    if (assembled) await checkText(assembled.text, file, options, (found) => limited.report(assembled.restore(found)));
  } else {
    await checkText(text, file, options, limited.report);
  }
  limited.finish();
}

/** The levels from well-formedness on, of a text without inclusions. */
async function checkText(text: string, file: string, options: ValidateOptions, report: Report): Promise<void> {
  let errors = 0;
  const counted: Report = (found) => {
    if (found.severity === 'error') errors++;
    report(found);
  };
  const index = checkWellFormed(text, file, counted);
  if (!index || options.until === 'well-formed') return;
  if (!checkRoot(index, file, counted)) return;
  checkSchema(text, loadSchema(), index, file, counted);
  if (errors > 0 || options.until === 'schema') return;
  await checkSchematron(text, loadStylesheet('weibian-sch'), index, file, counted);
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
  schema ??= readRelaxNg(readFileSync(new URL('dist/schemas/weibian.json', packageRoot), 'utf8'));
  return schema;
}
