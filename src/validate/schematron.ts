import { pathToFileURL } from 'node:url';
import { type Diagnostic, diagnostic, type Report } from '../core/diagnostic.ts';
import { parseSource, runForeign, type SourceNode } from '../core/xslt.ts';
import type { ElementIndex } from './element-index.ts';
import type { Finding, Source } from './write-schematron.ts';

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

function runRules(schema: ForeignSchematron, source: SourceNode, file: string, report: Report): Finding[] {
  try {
    return JSON.parse(runForeign(schema.sef, source, pathToFileURL(schema.file).href)) as Finding[];
  } catch (cause) {
    const reason = String((cause as Error).message ?? cause).replace(/[.\s]+$/, '');
    const message = `The rules cannot be evaluated for \`${file}\`: ${reason}.`;
    report(diagnostic('validate/invalid-schema', message, { file: schema.file }));
    return [];
  }
}

function foreignDiagnostic(finding: Finding, source: Source, index: ElementIndex, file: string): Diagnostic {
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
