import { parseXml, scanXml, type XmlElement } from './xml.ts';

/** A name, date or citation of a TEI file: its span in code points of the source text. */
export interface MarkedSpan {
  readonly start: number;
  readonly end: number;
  readonly type: string;
  readonly element: XmlElement;
}

/** What the body of a TEI file says: the source text, and the outermost marks in it. */
export interface BodyText {
  readonly text: string;
  readonly spans: readonly MarkedSpan[];
  readonly byteOrderMark: boolean;
}

/** Blocks of text; white space outside them is layout of the file. */
const blocks = new Set([
  'head',
  'p',
  'ab',
  'l',
  'lg',
  'trailer',
  'opener',
  'closer',
  'salute',
  'signed',
  'dateline',
  'item',
  'cell',
]);
/** Words of the editors, not of the source. */
const editorial = new Set(['corr', 'reg', 'expan', 'ex', 'figDesc']);
const marked = new Set(['persName', 'placeName', 'orgName', 'date', 'bibl']);
const lineEnds: Readonly<Record<string, string>> = { crlf: '\r\n', cr: '\r' };

/**
 * Reads the source text back from a TEI document (well-formed XML): line ends from lb, 〔〕 for supplied, corrections
 * and notes of the editors left out. The inverse of writeTei.
 */
export function readBody(xml: string): BodyText {
  const reader = new BodyReader();
  readTree(parseXml(xml), reader);
  return reader.result();
}

/** The text of {@link readBody}, and nothing else, from a scan that builds no tree; throws if the XML is not well-formed. */
export function readBodyText(xml: string): string {
  const reader = new BodyReader();
  let bodies = 0;
  const fault = scanXml(xml, {
    start({ name, attributes }) {
      if (name === 'body') bodies++;
      if (bodies > 0) reader.open(name, (key) => attributes.find((one) => one.name === key)?.value);
    },
    text: (text) => reader.text(text),
    end() {
      if (bodies > 0 && reader.close() === 'body') bodies--;
    },
  });
  if (fault) throw new Error(`the XML is not well-formed: ${fault.message}`);
  return reader.result().text;
}

/** The text of {@link readBodyText} of a file that writeTei has just made: header and registers are not read. */
export function readWrittenText(xml: string): string {
  // Text holds no `<`: the first is the tag itself.
  return readBodyText(xml.slice(xml.indexOf('<body'), xml.lastIndexOf('</text>')));
}

function readTree(element: XmlElement, reader: BodyReader, inBody = false): void {
  const { name, attributes, children } = element;
  const body = inBody || name === 'body';
  if (body) reader.open(name, (key) => attributes[key], element);
  for (const child of children) {
    if (typeof child === 'object') readTree(child, reader, body);
    else if (body) reader.text(child);
  }
  if (body) reader.close();
}

/** An open element. Places are numbers of pieces of text. */
interface OpenElement {
  readonly name: string;
  readonly element: XmlElement | undefined;
  /** Its text is none of the source. */
  readonly skipped: boolean;
  readonly inBlock: boolean;
  readonly inMark: boolean;
  /** Where a mark starts; undefined where the element is none. */
  readonly mark: number | undefined;
  /** Where 〔 would stand before the text of supplied; undefined for other elements. */
  readonly bracket: number | undefined;
}

/** Takes start tags, text and end tags of a body. */
class BodyReader {
  readonly #pieces: string[] = [];
  readonly #open: OpenElement[] = [];
  /** Elements supplied of which no text was seen yet: text that brings 〔 itself needs none. */
  #undecided: OpenElement[] = [];
  readonly #marks: { start: number; end: number; element: XmlElement }[] = [];
  #byteOrderMark = false;

  open(name: string, attribute: (key: string) => string | undefined, element?: XmlElement): void {
    const parent = this.#open.at(-1);
    const skipped = parent?.skipped === true || editorial.has(name) || isEditorial(name, attribute('type'));
    const inMark = parent?.inMark === true;
    const isMark = !skipped && !inMark && marked.has(name);
    const bracket = !skipped && name === 'supplied' ? this.#pieces.push('') - 1 : undefined;
    if (name === 'lb' && !skipped) this.#lineBreak(attribute('n'), attribute('type'));
    const opened = {
      name,
      element,
      skipped: skipped || name === 'lb',
      inBlock: parent?.inBlock === true || blocks.has(name),
      inMark: inMark || isMark,
      mark: isMark ? this.#pieces.length : undefined,
      bracket,
    };
    this.#open.push(opened);
    if (bracket !== undefined) this.#undecided.push(opened);
  }

  text(text: string): void {
    if (text === '') return;
    if (this.#undecided.length > 0) this.#decide(this.#undecided, text.startsWith('〔'));
    const parent = this.#open.at(-1);
    // A line break of the file inside a block is layout too: line ends of the source are lb.
    if (parent?.inBlock && !parent.skipped) this.#pieces.push(text.replace(/[ \t]*[\r\n]\s*/gu, ''));
  }

  /** Closes the innermost element and gives its name. */
  close(): string | undefined {
    const closed = this.#open.pop();
    if (closed?.bracket !== undefined) {
      if (this.#undecided.includes(closed)) this.#decide([closed], false);
      if (this.#pieces[closed.bracket] !== '') this.#pieces.push('〕');
    }
    if (closed?.mark !== undefined && closed.element) {
      this.#marks.push({ start: closed.mark, end: this.#pieces.length, element: closed.element });
    }
    return closed?.name;
  }

  result(): BodyText {
    const offsets = [0];
    for (const piece of this.#pieces) offsets.push(offsets.at(-1)! + [...piece].length);
    const spans = this.#marks
      .map(({ start, end, element }) => ({ start: offsets[start]!, end: offsets[end]!, type: element.name, element }))
      .filter(({ start, end }) => end > start);
    return { text: this.#pieces.join(''), spans, byteOrderMark: this.#byteOrderMark };
  }

  #decide(supplied: readonly OpenElement[], hasBracket: boolean): void {
    if (!hasBracket) for (const { bracket } of supplied) this.#pieces[bracket!] = '〔';
    this.#undecided = this.#undecided.filter((one) => !supplied.includes(one));
  }

  #lineBreak(n: string | undefined, type: string | undefined): void {
    if (n === '1') this.#byteOrderMark = type === 'bom';
    else this.#pieces.push(lineEnds[type ?? ''] ?? '\n');
  }
}

function isEditorial(name: string, type: string | undefined): boolean {
  if (name === 'note') return type === 'editorial' || type === 'apparatus' || type === 'generated';
  return name === 'head' && (type === 'supplied' || type === 'generated');
}
