import { characterFault, referenceFault } from './character-fault.ts';
import { checkNamespaces, type Scope } from './check-namespaces.ts';
import { type Markup, type MarkupFault, readMarkup } from './read-markup.ts';
import { misindented, type OpenElement, unmatchedTag } from './unmatched-tag.ts';
import { skipSpace } from './xml-names.ts';

const noNamespaces: Scope = new Map();

/**
 * The first fault of a document that is not well-formed, at its cause: a quote that is missing rather than the `<`
 * that a parser trips over, the element that was not closed rather than the closing tag far behind it.
 */
export function findFault(text: string): MarkupFault | undefined {
  const open: OpenElement[] = [];
  const suspects: OpenElement[] = [];
  let rootSeen = false;
  for (let at = 0; ; ) {
    const next = nextOf(text, at);
    const fault = textFault(text, at, next, open.length > 0, rootSeen);
    if (fault) return fault;
    if (next === text.length) break;
    const markup = readMarkup(text, next);
    if ('message' in markup) return markup;
    if (open.length === 0 && (markup.kind === 'start' || markup.kind === 'empty') && rootSeen)
      return secondRoot(markup, next);
    if (open.length === 0 && markup.kind === 'cdata') return outsideRoot('CDATA section', next, next + 9, rootSeen);
    if (markup.kind === 'start' || markup.kind === 'empty') {
      const scope = checkNamespaces(markup, next, open.at(-1)?.scope ?? noNamespaces);
      if ('message' in scope) return scope;
      rootSeen = true;
      if (markup.kind === 'start') open.push({ name: markup.name, start: next, scope });
    } else if (markup.kind === 'end') {
      const last = open.at(-1);
      if (last?.name !== markup.name)
        return unmatchedTag(text, { name: markup.name, start: next, to: markup.to }, open, suspects);
      open.pop();
      if (misindented(text, last, next, open)) suspects.push(last);
    }
    at = markup.to;
  }
  if (open.length > 0) return unclosed(open, suspects);
  return rootSeen ? undefined : noRoot(text);
}

/** Index of the next `<` from an index on. */
function nextOf(text: string, from: number): number {
  const next = text.indexOf('<', from);
  return next < 0 ? text.length : next;
}

/** What is wrong with the text between two tags. */
function textFault(
  text: string,
  from: number,
  to: number,
  inside: boolean,
  rootSeen: boolean,
): MarkupFault | undefined {
  if (!inside) {
    const start = skipSpace(text, from);
    if (start >= to) return undefined;
    const shown = [...text.slice(start, Math.min(to, start + 60))].slice(0, 20).join('').trimEnd();
    return outsideRoot(`text \`${shown}\``, start, start + shown.length, rootSeen);
  }
  const faults = [characterFault(text, from, to), referencesFault(text, from, to), bracketsFault(text, from, to)];
  return faults.filter((fault) => fault !== undefined).sort((a, b) => a.start - b.start)[0];
}

function referencesFault(text: string, from: number, to: number): MarkupFault | undefined {
  const piece = text.slice(from, to);
  for (let at = piece.indexOf('&'); at >= 0; at = piece.indexOf('&', at + 1)) {
    const fault = referenceFault(text, from + at);
    if (fault) return fault;
  }
  return undefined;
}

function bracketsFault(text: string, from: number, to: number): MarkupFault | undefined {
  const at = text.slice(from, to).indexOf(']]>');
  if (at < 0) return undefined;
  return { message: 'Unexpected `]]>` in text, expected `]]&gt;`.', start: from + at, end: from + at + 3 };
}

function outsideRoot(what: string, start: number, end: number, rootSeen: boolean): MarkupFault {
  const where = rootSeen ? 'after the root element' : 'before the root element';
  const wanted = rootSeen ? 'nothing more but comments' : 'a tag';
  return { message: `Unexpected ${what} ${where}, expected ${wanted}.`, start, end };
}

function secondRoot({ name }: Markup & { name: string }, start: number): MarkupFault {
  const message = `Unexpected second root element \`${name}\`, expected the end of the file.`;
  return { message, start, end: start + 1 + name.length };
}

function unclosed(open: readonly OpenElement[], suspects: readonly OpenElement[]): MarkupFault {
  const last = open.at(-1)!;
  const { name, start } = suspects.find((one) => one.name === last.name && one.start > last.start) ?? last;
  return { message: `Unexpected end of the file, expected \`</${name}>\`.`, start, end: start + 1 + name.length };
}

function noRoot(text: string): MarkupFault {
  const what = text.length === 0 ? 'empty file' : 'end of the file';
  return { message: `Unexpected ${what}, expected a root element.`, start: text.length, end: text.length };
}
