import { type Diagnostic, diagnostic, type Report } from '../core/diagnostic.ts';
import { TextIndex } from '../core/span.ts';
import type { XmlFault } from '../core/xml.ts';
import { type ElementIndex, indexElements } from './element-index.ts';

/**
 * The places of the elements of a well-formed document without DOCTYPE; otherwise reports the first fault and
 * returns nothing. Entities are never expanded, nothing outside the text is read.
 */
export function checkWellFormed(text: string, file: string, report: Report): ElementIndex | undefined {
  const found = indexElements(text);
  if ('place' in found) return found;
  report(faultDiagnostic(found, text, file));
  return undefined;
}

/** The diagnostic of a document that cannot be read. */
export function faultDiagnostic(fault: XmlFault, text: string, file: string): Diagnostic {
  const index = new TextIndex(text);
  const place = ({ start, end }: { start: number; end: number }) => ({ file, range: index.rangeOfUnits(start, end) });
  const related = fault.related?.map((other) => ({ message: other.message, ...place(other) }));
  return diagnostic(fault.code, fault.message, { ...place(fault), ...(related && { related }) });
}
