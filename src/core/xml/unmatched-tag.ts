import { ill, type XmlFault } from './fault.ts';
import { readMarkup } from './markup.ts';

/** An element by its name and the UTF-16 index of its `<`. */
export interface OpenElement {
  readonly name: string;
  readonly start: number;
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
): XmlFault {
  const last = open.at(-1);
  const end = tag.start + 2 + tag.name.length;
  if (!last) return ill(`Unexpected \`</${tag.name}>\`, expected no closing tag.`, tag.start, end);
  const names = open.map(({ name }) => name);
  const holder = names.lastIndexOf(tag.name);
  const unclosed = holder < 0 ? -1 : nextMismatch(text, tag.to, names.slice(0, holder));
  const misnamed = nextMismatch(text, tag.to, names.slice(0, -1));
  const surplus = nextMismatch(text, tag.to, names);
  if (unclosed >= misnamed && unclosed >= surplus) {
    const { name, start } = notClosed(last, suspects);
    const related = { message: `\`</${tag.name}>\` stands here`, start: tag.start, end };
    const message = `Unexpected \`</${tag.name}>\` while this \`${name}\` is open, expected \`</${name}>\` first.`;
    return ill(message, start, start + 1 + name.length, related);
  }
  const { name, start } = last;
  const related = { message: `\`<${name}>\` was opened here`, start, end: start + 1 + name.length };
  if (misnamed >= surplus)
    return ill(`Unexpected \`</${tag.name}>\`, expected \`</${name}>\`.`, tag.start, end, related);
  const message = `Unexpected \`</${tag.name}>\`: no such element is open, expected \`</${name}>\` or text.`;
  return ill(message, tag.start, end, related);
}

/** The fault of elements that are open at the end of a file. */
export function unclosedElement(last: OpenElement, suspects: readonly OpenElement[]): XmlFault {
  const { name, start } = notClosed(last, suspects);
  return ill(`Unexpected end of the file, expected \`</${name}>\`.`, start, start + 1 + name.length);
}

/** The element that was not closed: the one left open, or one inside it that took its closing tag. */
function notClosed(left: OpenElement, suspects: readonly OpenElement[]): OpenElement {
  return suspects.find(({ name, start }) => name === left.name && start > left.start) ?? left;
}

/** How much of a text is looked at to choose between explanations. */
const lookahead = 1 << 20;

/** Where the tags of the rest of a document stop matching the open elements; behind its end if they never do. */
function nextMismatch(text: string, from: number, open: readonly string[]): number {
  const names = [...open];
  const limit = Math.min(text.length, from + lookahead);
  for (let at = from; ; ) {
    const next = text.indexOf('<', at);
    if (next < 0) return names.length === 0 ? text.length + 1 : text.length;
    if (next >= limit) return limit;
    const markup = readMarkup(text, next);
    if ('code' in markup) return next;
    if (markup.kind === 'start') names.push(markup.name);
    else if (markup.kind === 'end' && names.pop() !== markup.name) return next;
    at = markup.to;
  }
}

/**
 * Elements inside the last open one whose closing tag is indented like the tag of the element of their name
 * around them: the closing tag was meant for the outer one, and the inner one is not closed.
 */
export function misindentedElements(text: string, from: number, to: number): OpenElement[] {
  const open: OpenElement[] = [];
  const found: OpenElement[] = [];
  for (let at = text.indexOf('<', from); at >= 0 && at < to; ) {
    const markup = readMarkup(text, at);
    if ('code' in markup) return found;
    if (markup.kind === 'start') open.push({ name: markup.name, start: at });
    if (markup.kind === 'end') {
      const element = open.pop();
      if (element && isMisindented(text, element, at, open)) found.push(element);
    }
    at = text.indexOf('<', markup.to);
  }
  return found;
}

function isMisindented(text: string, element: OpenElement, end: number, around: readonly OpenElement[]): boolean {
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
