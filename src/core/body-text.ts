import { elementsNamed, parseXml, type XmlElement } from './xml.ts';

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
  const walk = new BodyWalk();
  for (const body of elementsNamed(parseXml(xml), 'body')) walk.element(body, false, false);
  return walk.result();
}

class BodyWalk {
  readonly #pieces: string[] = [];
  readonly #spans: MarkedSpan[] = [];
  #length = 0;
  #byteOrderMark = false;

  result(): BodyText {
    return { text: this.#pieces.join(''), spans: this.#spans, byteOrderMark: this.#byteOrderMark };
  }

  element(element: XmlElement, inBlock: boolean, inMark: boolean): void {
    const { name, attributes, children } = element;
    if (editorial.has(name) || isEditorial(name, attributes.type)) return;
    if (name === 'lb') {
      this.#lineBreak(attributes);
      return;
    }
    const start = this.#length;
    const wrap = name === 'supplied' && !textOf(children).startsWith('〔');
    if (wrap) this.#text('〔');
    const text = inBlock || blocks.has(name);
    const mark = marked.has(name) && !inMark;
    for (const child of children) {
      if (typeof child === 'object') this.element(child, text, inMark || mark);
      // A line break of the file inside a block is layout too: line ends of the source are lb.
      else if (text) this.#text(child.replace(/[ \t]*[\r\n]\s*/gu, ''));
    }
    if (wrap) this.#text('〕');
    if (mark && this.#length > start) this.#spans.push({ start, end: this.#length, type: name, element });
  }

  #lineBreak({ n, type }: Readonly<Record<string, string>>): void {
    if (n === '1') this.#byteOrderMark = type === 'bom';
    else this.#text(lineEnds[type ?? ''] ?? '\n');
  }

  #text(text: string): void {
    if (text === '') return;
    this.#pieces.push(text);
    this.#length += [...text].length;
  }
}

function isEditorial(name: string, type: string | undefined): boolean {
  if (name === 'note') return type === 'editorial' || type === 'apparatus' || type === 'generated';
  return name === 'head' && (type === 'supplied' || type === 'generated');
}

const textOf = (nodes: XmlElement['children']): string =>
  nodes.map((node) => (typeof node === 'string' ? node : textOf(node.children))).join('');
