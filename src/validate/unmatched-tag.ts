import type { Scope } from './check-namespaces.ts';
import { type MarkupFault, readMarkup } from './read-markup.ts';

/** An element that is open: its name, the UTF-16 index of its `<`, the prefixes declared in it. */
export interface OpenElement {
  readonly name: string;
  readonly start: number;
  readonly scope: Scope;
}

interface EndTag {
  readonly name: string;
  readonly start: number;
  readonly to: number;
}

/**
 * The cause of a closing tag that does not match the last open element: an element that was not closed, a
 * closing tag with the wrong name, or one too many: whichever lets most of the rest make sense.
 */
export function unmatchedTag(
  text: string,
  tag: EndTag,
  open: readonly OpenElement[],
  suspects: readonly OpenElement[],
): MarkupFault {
  const last = open.at(-1);
  const place = { start: tag.start, end: tag.start + 2 + tag.name.length };
  if (!last) return { message: `Unexpected \`</${tag.name}>\`, expected no closing tag.`, ...place };
  const names = open.map(({ name }) => name);
  const holder = names.lastIndexOf(tag.name);
  const unclosed = holder < 0 ? -1 : nextMismatch(text, tag.to, names.slice(0, holder));
  const misnamed = nextMismatch(text, tag.to, names.slice(0, -1));
  const surplus = nextMismatch(text, tag.to, names);
  const opened = {
    message: `\`<${last.name}>\` was opened here`,
    start: last.start,
    end: last.start + 1 + last.name.length,
  };
  if (unclosed >= misnamed && unclosed >= surplus) {
    const culprit = suspects.find(({ name, start }) => name === last.name && start > last.start) ?? last;
    const { name, start } = culprit;
    const related = [{ message: `\`</${tag.name}>\` stands here`, ...place }];
    const message = `Unexpected \`</${tag.name}>\` while this \`${name}\` is open, expected \`</${name}>\` first.`;
    return { message, start, end: start + 1 + name.length, related };
  }
  if (misnamed >= surplus) {
    return { message: `Unexpected \`</${tag.name}>\`, expected \`</${last.name}>\`.`, ...place, related: [opened] };
  }
  const message = `Unexpected \`</${tag.name}>\`: no such element is open, expected \`</${last.name}>\` or text.`;
  return { message, ...place, related: [opened] };
}

/** How much of a text is looked at to choose between explanations. */
const lookahead = 1 << 20;

/** Where the tags of the rest of a document stop matching the open elements; its length, and one, if they never do. */
function nextMismatch(text: string, from: number, open: readonly string[]): number {
  const names = [...open];
  const limit = Math.min(text.length, from + lookahead);
  for (let at = from; ; ) {
    const next = text.indexOf('<', at);
    if (next < 0) return names.length === 0 ? text.length + 1 : text.length;
    if (next >= limit) return limit;
    const markup = readMarkup(text, next);
    if ('message' in markup) return next;
    if (markup.kind === 'start') names.push(markup.name);
    else if (markup.kind === 'end' && names.pop() !== markup.name) return next;
    at = markup.to;
  }
}

/**
 * An element whose closing tag is indented like that of the element of its name around it: the tag was
 * meant for the outer one, and the inner one is not closed.
 */
export function misindented(text: string, element: OpenElement, end: number, around: readonly OpenElement[]): boolean {
  const outer = around.findLast(({ name }) => name === element.name);
  if (!outer) return false;
  const closing = indentation(text, end);
  const inner = indentation(text, element.start);
  return (
    closing !== undefined && inner !== undefined && closing !== inner && closing === indentation(text, outer.start)
  );
}

/** The blanks before a tag that is the first thing of its line; nothing for another, or more than 200. */
function indentation(text: string, at: number): string | undefined {
  return /(?:^|[\r\n])([ \t]*)$/.exec(text.slice(Math.max(0, at - 200), at))?.[1];
}
