import { characterFault, decodeReferences, firstNonCharacter, normaliseLines, referenceFault } from './characters.ts';
import { ill, limits, type XmlFault } from './fault.ts';
import { type Markup, readMarkup } from './markup.ts';
import { skipSpace } from './names.ts';
import { Namespaces, type ResolvedTag } from './namespaces.ts';
import { misindentedElements, type OpenElement, unclosedElement, unmatchedTag } from './unmatched-tag.ts';

/** An attribute as the scanner gives it, with the UTF-16 indexes of its name and behind its closing quote. */
export interface XmlAttribute {
  readonly name: string;
  readonly uri: string;
  readonly local: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** A start tag as the scanner gives it, with the UTF-16 indexes of its `<` and behind its `>`. */
export interface XmlStartTag extends ResolvedTag {
  readonly name: string;
  readonly at: number;
  readonly to: number;
}

/** What {@link scanXml} calls, in document order; `to` is the UTF-16 index behind the end tag of an element. */
export interface XmlHandlers {
  start?(tag: XmlStartTag): void;
  end?(name: { uri: string; local: string }, to: number): void;
  /** A piece of text, and the UTF-16 index where it stands. */
  text?(text: string, at: number): void;
  instruction?(target: string, body: string, at: number): void;
}

interface Open extends OpenElement {
  readonly tag: ResolvedTag;
}

/**
 * Scans XML 1.0 (fifth edition) with namespaces: no DTD, no entities but the predefined, nothing outside the text
 * is read, time and memory grow with the text. Returns the first fault at its cause, or nothing.
 */
export function scanXml(text: string, handlers: XmlHandlers = {}): XmlFault | undefined {
  const scanner = new Scanner(text, handlers);
  const fault = scanner.scan();
  const bad = scanner.bad;
  return fault && bad < fault.start ? characterFault(text, bad) : fault;
}

class Scanner {
  readonly bad: number;
  readonly #text: string;
  readonly #handlers: XmlHandlers;
  readonly #namespaces = new Namespaces();
  readonly #open: Open[] = [];
  readonly #brackets: Finder;
  readonly #ampersands: Finder;
  readonly #returns: Finder;
  #rootSeen = false;

  constructor(text: string, handlers: XmlHandlers) {
    this.#text = text;
    this.#handlers = handlers;
    this.bad = firstNonCharacter(text);
    this.#brackets = new Finder(text, ']]>');
    this.#ampersands = new Finder(text, '&');
    this.#returns = new Finder(text, '\r');
  }

  scan(): XmlFault | undefined {
    const text = this.#text;
    for (let at = 0; ; ) {
      const found = text.indexOf('<', at);
      const next = found < 0 ? text.length : found;
      if (next > at) {
        const fault = this.#open.length > 0 ? this.#content(at, next) : this.#blank(at, next);
        if (fault) return fault;
      }
      if (found < 0) break;
      const markup = readMarkup(text, next);
      if ('code' in markup) return this.#misplaced(markup);
      if (this.bad < markup.to) return characterFault(text, this.bad);
      const fault = this.#markup(markup, next);
      if (fault) return fault;
      at = markup.to;
    }
    const last = this.#open.at(-1);
    if (last) return unclosedElement(last, misindentedElements(text, last.start, text.length));
    return this.#rootSeen ? undefined : noRoot(text);
  }

  /** A document type declaration is one only before the root element. */
  #misplaced(fault: XmlFault): XmlFault {
    if (fault.code !== 'validate/doctype' || !this.#rootSeen) return fault;
    return ill('Unexpected `<!DOCTYPE` inside the document, expected none.', fault.start, fault.end);
  }

  #markup(markup: Markup, at: number): XmlFault | undefined {
    const { kind, to } = markup;
    const text = this.#text;
    if (kind === 'start' || kind === 'empty') return this.#start(markup, at);
    if (kind === 'end') return this.#end(markup, at);
    if (kind === 'cdata') {
      if (this.#open.length === 0) return outsideRoot('CDATA section', at, at + 9, this.#rootSeen);
      const content = text.slice(at + 9, to - 3);
      if (content !== '') this.#handlers.text?.(normaliseLines(content), at + 9);
    } else if (kind === 'instruction' && this.#handlers.instruction && markup.name !== 'xml') {
      const body = text.slice(skipSpace(text, at + 2 + markup.name.length), to - 2);
      this.#handlers.instruction(markup.name, normaliseLines(body), at);
    }
    return undefined;
  }

  #start({ kind, name, attributes, to }: Markup & { kind: 'start' | 'empty' }, at: number): XmlFault | undefined {
    const end = at + 1 + name.length;
    if (this.#open.length === 0 && this.#rootSeen) {
      return ill(`Unexpected second root element \`${name}\`, expected the end of the file.`, at, end);
    }
    if (this.#open.length >= limits.depth) {
      const message = `Unexpected depth of more than ${limits.depth} elements in each other, expected less.`;
      return { code: 'validate/too-deep', message, start: at, end };
    }
    this.#rootSeen = true;
    const tag = this.#namespaces.open(name, attributes, at);
    if ('code' in tag) return tag;
    const { uri, local, namespaces } = tag;
    this.#handlers.start?.({ name, uri, local, attributes: tag.attributes, namespaces, at, to });
    if (kind === 'start') {
      this.#open.push({ name, start: at, tag });
      return undefined;
    }
    this.#handlers.end?.(tag, to);
    this.#namespaces.close(namespaces);
    return undefined;
  }

  #end({ name, to }: Markup & { kind: 'end' }, at: number): XmlFault | undefined {
    const last = this.#open.at(-1);
    if (last?.name !== name) {
      const suspects = last ? misindentedElements(this.#text, last.start, at) : [];
      return unmatchedTag(this.#text, { name, start: at, to }, this.#open, suspects);
    }
    this.#open.pop();
    this.#handlers.end?.(last.tag, to);
    this.#namespaces.close(last.tag.namespaces);
    return undefined;
  }

  /** The text between two tags inside the root element. */
  #content(from: number, to: number): XmlFault | undefined {
    const text = this.#text;
    const brackets = this.#brackets.next(from);
    const firstAmpersand = this.#ampersands.next(from);
    const limit = Math.min(to, brackets, this.bad);
    for (let at = firstAmpersand; at < limit; at = this.#ampersands.next(at + 1)) {
      const fault = referenceFault(text, at);
      if (fault) return fault;
    }
    if (this.bad < Math.min(to, brackets)) return characterFault(text, this.bad);
    if (brackets < to) return ill('Unexpected `]]>` in text, expected `]]&gt;`.', brackets, brackets + 3);
    if (this.#handlers.text) this.#giveText(from, to, firstAmpersand < to);
    return undefined;
  }

  #giveText(from: number, to: number, references: boolean): void {
    const returns = this.#returns.next(from) < to;
    // Millions of replacements at once would take many times the memory of the text.
    const piece = references || returns ? 1 << 16 : to - from;
    for (let at = from; at < to; ) {
      const end = pieceEnd(this.#text, at, piece, to);
      const content = this.#text.slice(at, end);
      const lines = returns ? normaliseLines(content) : content;
      this.#handlers.text!(references ? decodeReferences(lines) : lines, at);
      at = end;
    }
  }

  /** The text outside the root element, which must be white space. */
  #blank(from: number, to: number): XmlFault | undefined {
    const start = skipSpace(this.#text, from);
    if (start >= to) return undefined;
    if (this.#text.startsWith('\uFEFF', start))
      return outsideRoot('second byte order mark', start, start + 1, this.#rootSeen);
    const points = [...this.#text.slice(start, Math.min(to, start + 60))];
    const shown = points.slice(0, 20).join('').trimEnd() || points[0]!;
    return outsideRoot(`text \`${shown}\``, start, start + shown.length, this.#rootSeen);
  }
}

/** Where a piece of a text ends that divides no reference and no CR LF. */
function pieceEnd(text: string, from: number, length: number, to: number): number {
  const end = from + length;
  if (end >= to) return to;
  const ampersand = text.slice(end - 20, end).lastIndexOf('&');
  if (ampersand >= 0) return end - 20 + ampersand;
  return text.charAt(end) === '\n' ? end + 1 : end;
}

/** Finds a string again and again from places that ascend, in one pass over the text. */
class Finder {
  readonly #text: string;
  readonly #needle: string;
  #found = -1;

  constructor(text: string, needle: string) {
    this.#text = text;
    this.#needle = needle;
  }

  /** Index of the next from an index on; infinity if there is none. */
  next(from: number): number {
    if (this.#found < from) {
      const found = this.#text.indexOf(this.#needle, from);
      this.#found = found < 0 ? Number.POSITIVE_INFINITY : found;
    }
    return this.#found;
  }
}

function outsideRoot(what: string, start: number, end: number, rootSeen: boolean): XmlFault {
  const where = rootSeen ? 'after the root element' : 'before the root element';
  const wanted = rootSeen ? 'nothing more but comments' : 'a tag';
  return ill(`Unexpected ${what} ${where}, expected ${wanted}.`, start, end);
}

function noRoot(text: string): XmlFault {
  const what = text.length === 0 ? 'empty file' : 'end of the file';
  return ill(`Unexpected ${what}, expected a root element.`, text.length, text.length);
}
