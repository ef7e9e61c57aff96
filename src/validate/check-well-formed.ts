import { diagnostic, type Report } from '../core/diagnostic.ts';
import { TextIndex } from '../core/span.ts';
import { type ElementIndex, type IllFormed, indexElements, maximalDepth, type OpenTag } from './element-index.ts';

/**
 * The places of the elements of a well-formed document without DOCTYPE; otherwise reports the first fault and
 * returns nothing. Entities are never expanded, nothing outside the text is read.
 */
export function checkWellFormed(text: string, file: string, report: Report): ElementIndex | undefined {
  let doctype: number | undefined;
  const found = indexElements(text, (end) => {
    doctype ??= end;
  });
  if (doctype !== undefined) {
    const index = new TextIndex(text);
    const start = index.toOffset(Math.max(0, text.lastIndexOf('<!DOCTYPE', index.toUnit(doctype))));
    const message = 'Unexpected document type declaration (`<!DOCTYPE`), expected none.';
    report(diagnostic('validate/doctype', message, { file, range: index.range({ start, end: start + 9 }) }));
    return undefined;
  }
  if ('place' in found) return found;
  if (found.tooDeep) {
    const message = `Unexpected depth of more than ${maximalDepth} elements in each other, expected less.`;
    report(diagnostic('validate/too-deep', message, { file, range: found.open.at(-1)!.range }));
    return undefined;
  }
  reportFault(found, text, file, report);
  return undefined;
}

function reportFault({ fault, open }: IllFormed, text: string, file: string, report: Report): void {
  const index = new TextIndex(text);
  const ampersand = bareAmpersand(text);
  if (ampersand !== undefined && ampersand <= index.toUnit(Math.min(fault.at.offset, index.length))) {
    const start = index.toOffset(ampersand);
    const range = index.range({ start, end: start + 1 });
    report(diagnostic('validate/not-well-formed', 'Unexpected `&`, expected `&amp;`.', { file, range }));
    return;
  }
  const opened = (tag: OpenTag) => ({ message: `\`<${tag.name}>\` was opened here`, file, range: tag.range });
  if (/close tag|closing tag/.test(fault.message)) {
    const unit = text.lastIndexOf('</', index.toUnit(Math.min(fault.at.offset, index.length)));
    // The scanner goes on after the fault: what was open before the tag is seen only without the tag.
    const before = indexElements(text.slice(0, unit), () => {});
    const last = 'fault' in before ? before.open.at(-1) : undefined;
    const name = /^<\/([^\s>]*)/.exec(text.slice(unit))?.[1] ?? '';
    const start = index.toOffset(unit);
    const range = index.range({ start, end: start + [...name].length + 2 });
    const message = `Unexpected \`</${name}>\`, expected ${last ? `\`</${last.name}>\`` : 'no closing tag'}.`;
    report(diagnostic('validate/not-well-formed', message, { file, range, ...(last && { related: [opened(last)] }) }));
  } else if (fault.message.startsWith('unclosed tag') && open.length > 0) {
    const last = open.at(-1)!;
    const message = `Unexpected end of the file, expected \`</${last.name}>\`.`;
    report(diagnostic('validate/not-well-formed', message, { file, range: last.range }));
  } else {
    const range = { start: fault.at, end: { ...fault.at, column: fault.at.column + 1, offset: fault.at.offset + 1 } };
    const reason = fault.message.replace(/[.\s]+$/, '');
    report(diagnostic('validate/not-well-formed', `The markup cannot be read: ${reason}.`, { file, range }));
  }
}

/** UTF-16 index of the first `&` that begins neither a reference nor stands in a comment, CDATA or instruction. */
function bareAmpersand(text: string): number | undefined {
  const pieces = /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|&(?!#\d+;|#x[\da-f]+;|[\w:.-]+;)/gi;
  for (const { 0: piece, index } of text.matchAll(pieces)) if (piece === '&') return index;
  return undefined;
}
