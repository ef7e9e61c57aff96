import { type Code, catalogue } from '../core/codes.ts';
import { diagnostic, type Report, type Severity } from '../core/diagnostic.ts';
import { parseSource, runXslt, type Stylesheet } from '../core/xslt.ts';
import type { ElementIndex } from './element-index.ts';

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
