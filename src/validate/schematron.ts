import { pathToFileURL } from 'node:url';
import { type Code, catalogue } from '../core/codes.ts';
import { type Diagnostic, diagnostic, type Report, type Severity } from '../core/diagnostic.ts';
import { parseSource, runForeign, runXslt, type SourceNode, type Stylesheet } from '../core/xslt.ts';
import type { ElementIndex } from './element-index.ts';
import type { Finding as ForeignFinding, Source } from './write-schematron.ts';

/** A finding as the stylesheets that xslt/schematron.xsl makes write it. */
interface Finding {
  readonly id: string;
  readonly role: string;
  readonly text: string;
  readonly help: string;
  /** Ordinal of the element in document order, 1 for the root. */
  readonly element: number;
  /** Name of the attribute that the rule looked at, or empty. */
  readonly attribute: string;
}

/** Runs a compiled Schematron schema over a well-formed document; the id of an assertion is the code after `validate/`. */
export async function checkSchematron(
  text: string,
  schema: Stylesheet,
  index: ElementIndex,
  file: string,
  report: Report,
): Promise<void> {
  const { principal } = runXslt(schema, await parseSource(text), {}, file, report);
  for (const { id, role, text: message, help, element, attribute } of JSON.parse(principal) as Finding[]) {
    const code = `validate/${id}`;
    if (!(code in catalogue)) throw new Error(`${schema.name}: assertion ${id} has no code in the catalogue`);
    const { range, path } = index.place(element);
    const place = { file, range, path: attribute ? `${path}/@${attribute}` : path, severity: role as Severity };
    report(diagnostic(code as Code, message, { ...place, ...(help && { help }) }));
  }
}

/** A Schematron schema of the user's, compiled. */
export interface ForeignSchematron {
  readonly file: string;
  readonly sef: unknown;
  readonly sources: readonly Source[];
}

/** Runs Schematron schemas of the user's over a well-formed document; findings are in document order. */
export async function checkForeignSchematron(
  text: string,
  schemas: readonly ForeignSchematron[],
  index: ElementIndex,
  file: string,
  report: Report,
): Promise<void> {
  if (schemas.length === 0) return;
  const source = await parseSource(text);
  for (const schema of schemas) {
    const findings = runRules(schema, source, file, report);
    for (const finding of findings.sort((a, b) => a.element - b.element)) {
      report(foreignDiagnostic(finding, schema.sources[finding.source]!, index, file));
    }
  }
}

function runRules(schema: ForeignSchematron, source: SourceNode, file: string, report: Report): ForeignFinding[] {
  try {
    return JSON.parse(runForeign(schema.sef, source, pathToFileURL(schema.file).href)) as ForeignFinding[];
  } catch (cause) {
    const reason = String((cause as Error).message ?? cause).replace(/[.\s]+$/, '');
    const message = `The rules cannot be evaluated for \`${file}\`: ${reason}.`;
    report(diagnostic('validate/invalid-schema', message, { file: schema.file }));
    return [];
  }
}

function foreignDiagnostic(finding: ForeignFinding, source: Source, index: ElementIndex, file: string): Diagnostic {
  const { range, path } = index.place(finding.element);
  const place = { file, range, path: finding.attribute ? `${path}/@${finding.attribute}` : path };
  const { name, severity } = source;
  if (finding.failure) {
    const related = [{ message: 'it stands here', file: source.file, range: source.range }];
    const message = `The assertion \`${name}\` cannot be evaluated here: ${finding.failure.replace(/[.\s]+$/, '')}.`;
    return diagnostic('validate/invalid-schema', message, { ...place, related });
  }
  const text = finding.text || `Unexpected \`${path.replace(/.*\//, '')}\``;
  const message = `${text} (assertion \`${name}\`)`;
  return diagnostic('validate/assertion', message, { ...place, severity, ...(finding.help && { help: finding.help }) });
}
