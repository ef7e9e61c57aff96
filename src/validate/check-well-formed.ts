import { diagnostic, type Report } from '../core/diagnostic.ts';
import { TextIndex } from '../core/span.ts';
import { findDoctype, type XmlFault } from '../core/xml.ts';
import { type ElementIndex, indexElements, maximalDepth } from './element-index.ts';
import { findFault } from './find-fault.ts';

/**
 * The places of the elements of a well-formed document without DOCTYPE; otherwise reports the first fault and
 * returns nothing. Entities are never expanded, nothing outside the text is read.
 */
export function checkWellFormed(text: string, file: string, report: Report): ElementIndex | undefined {
  const place = (start: number, end: number) => ({ file, range: new TextIndex(text).rangeOfUnits(start, end) });
  const doctype = findDoctype(text);
  if (doctype !== undefined) {
    const message = 'Unexpected document type declaration (`<!DOCTYPE`), expected none.';
    report(diagnostic('validate/doctype', message, place(doctype, doctype + 9)));
    return undefined;
  }
  const found = indexElements(text);
  if ('place' in found) return found;
  if (found.tooDeep) {
    const message = `Unexpected depth of more than ${maximalDepth} elements in each other, expected less.`;
    report(diagnostic('validate/too-deep', message, place(found.fault.at, found.fault.at + 1)));
    return undefined;
  }
  reportFault(found.fault, text, file, report);
  return undefined;
}

function reportFault(noticed: XmlFault, text: string, file: string, report: Report): void {
  const index = new TextIndex(text);
  const fault = findFault(text) ?? {
    message: `The markup cannot be read: ${noticed.message.replace(/[.\s]+$/, '')}.`,
    start: noticed.at,
    end: noticed.at + 1,
  };
  const related = fault.related?.map(({ message, start, end }) => ({
    message,
    file,
    range: index.rangeOfUnits(start, end),
  }));
  const range = index.rangeOfUnits(fault.start, fault.end);
  report(diagnostic('validate/not-well-formed', fault.message, { file, range, ...(related && { related }) }));
}
