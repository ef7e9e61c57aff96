import { XMLParser } from 'fast-xml-parser';
import { SaxesParser, type SaxesTagNS } from 'saxes';

/** The TEI namespace. */
export const teiNamespace = 'http://www.tei-c.org/ns/1.0';

/** An attribute as the scanner gives it. */
export interface XmlAttribute {
  readonly name: string;
  readonly uri: string;
  readonly local: string;
  readonly value: string;
}

/** A start tag as the scanner gives it, with the UTF-16 indexes of its `<` and behind its `>`. */
export interface XmlStartTag {
  readonly name: string;
  readonly uri: string;
  readonly local: string;
  readonly attributes: readonly XmlAttribute[];
  /** Namespace declarations of this tag: prefix (empty for the default) → URI. */
  readonly namespaces: Readonly<Record<string, string>>;
  readonly at: number;
  readonly to: number;
}

/** What {@link scanXml} calls, in document order; `stop` ends the scan. `to` is the UTF-16 index behind an element. */
export interface XmlHandlers {
  start?(tag: XmlStartTag, stop: () => never): void;
  end?(name: { uri: string; local: string }, to: number): void;
  text?(text: string): void;
  comment?(text: string): void;
  instruction?(target: string, body: string): void;
}

/** A fault of well-formedness: the scanner stops at the first. `at` is the UTF-16 index where it was noticed. */
export interface XmlFault {
  readonly message: string;
  readonly at: number;
}

/** Ends a scan from inside a handler. */
class Stop extends Error {}

/**
 * Scans XML 1.0 with namespaces strictly (saxes): no DTD, no entities but the predefined, no external access.
 * Returns the first fault, or nothing. Source of the choice: it is the only parser measured to refuse every
 * malformed document.
 */
export function scanXml(text: string, handlers: XmlHandlers = {}): XmlFault | undefined {
  // A document that says 1.1 is read as 1.0, like every other 1.x (XML 1.0, 2.8): few parsers know 1.1.
  const parser = new SaxesParser({ xmlns: true, position: false, defaultXMLVersion: '1.0', forceXMLVersion: true });
  let fault: XmlFault | undefined;
  let tagStart = 0;
  const stop = (): never => {
    throw new Stop();
  };
  parser.on('error', (error) => {
    fault = { message: error.message, at: Math.min(Math.max(0, parser.position - 1), text.length) };
    stop();
  });
  parser.on('doctype', () => parser.fail('document type declaration'));
  parser.on('opentagstart', ({ name }) => {
    const behind = parser.position;
    const crlf = text.charCodeAt(behind - 1) === 0x0a && text.charCodeAt(behind - 2) === 0x0d;
    tagStart = behind - name.length - (crlf ? 3 : 2);
  });
  const { start, end, text: onText, comment, instruction } = handlers;
  parser.on('opentag', ({ name, uri, local, attributes: byName, ns }: SaxesTagNS) => {
    const attributes = Object.values(byName);
    if (name !== local) checkLocalName(parser, name, local);
    for (const attribute of attributes) {
      if (attribute.name !== attribute.local) checkLocalName(parser, attribute.name, attribute.local);
    }
    start?.({ name, uri, local, attributes, namespaces: ns, at: tagStart, to: parser.position }, stop);
  });
  if (end) parser.on('closetag', ({ uri, local }: SaxesTagNS) => end({ uri, local }, parser.position));
  if (onText) {
    parser.on('text', onText);
    parser.on('cdata', onText);
  }
  if (comment) parser.on('comment', comment);
  if (instruction) parser.on('processinginstruction', ({ target, body }) => instruction(target, body));
  const lone = /\p{Surrogate}/u.exec(text);
  if (lone) return { message: 'disallowed character', at: lone.index };
  if (text.startsWith('\uFEFF')) return { message: 'text data outside of root node', at: 0 };
  const piece = 1 << 20;
  try {
    for (let at = 0; at < text.length; at += piece) parser.write(text.slice(at, at + piece));
    parser.close();
  } catch (thrown) {
    if (!(thrown instanceof Stop)) throw thrown;
  }
  return fault;
}

/** A local part that begins like no name: saxes looks at the first character of a prefixed name only. */
function checkLocalName(parser: SaxesParser, name: string, local: string): void {
  if (noNameStart.test(local)) parser.fail(`malformed name: ${name}`);
}

// Characters of a name that begin none (XML 1.0, production 4a).
const noNameStart = /^(?:[-.\d\u00B7\u203F\u2040]|[\u0300-\u036F])/;

/** UTF-16 index of the document type declaration of a document, well-formed or not; nothing if it has none. */
export function findDoctype(text: string): number | undefined {
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  for (;;) {
    while (' \t\r\n'.includes(text.charAt(at)) && at < text.length) at++;
    if (/^<!doctype/i.test(text.slice(at, at + 9))) return at;
    const close = text.startsWith('<?', at) ? '?>' : text.startsWith('<!--', at) ? '-->' : undefined;
    const end = close ? text.indexOf(close, at + 2) : -1;
    if (!close || end < 0) return undefined;
    at = end + close.length;
  }
}

/** An element of the tree that {@link parseXml} gives; children in document order, text as strings. */
export interface XmlElement {
  /** Qualified name as written. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlNode[];
}

export type XmlNode = XmlElement | string;

// Every option away from a default that loses text: trimming, number parsing, entity expansion (research.md, XML in and out).
const reader = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  trimValues: false,
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  cdataPropName: '#cdata',
  ignoreDeclaration: true,
  ignorePiTags: true,
});

type RawNode = { readonly ':@'?: Record<string, string> } & Record<string, unknown>;

/** Parses well-formed XML (check it with {@link scanXml} first) into a tree of elements and text (fast-xml-parser). */
export function parseXml(text: string): XmlElement {
  const root = (reader.parse(text) as RawNode[]).map(toNode).find((node) => typeof node === 'object');
  if (!root) throw new Error('no root element: scan the XML before it is parsed');
  return root as XmlElement;
}

function toNode(raw: RawNode): XmlNode {
  const name = Object.keys(raw).find((key) => key !== ':@') ?? '#text';
  if (name === '#text') return decode(String(raw[name]));
  if (name === '#cdata') return (raw[name] as RawNode[]).map((inner) => String(inner['#text'] ?? '')).join('');
  const attributes = Object.entries(raw[':@'] ?? {}).map(([key, value]) => [key, decode(String(value))] as const);
  return { name, attributes: Object.fromEntries(attributes), children: (raw[name] as RawNode[]).map(toNode) };
}

const predefined: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The five predefined entities and character references, in one pass: the only ones XML has without a DTD. */
function decode(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#x([\da-f]+)|#(\d+)|(amp|lt|gt|quot|apos));/gi, (_, hex, decimal, name) =>
    name ? predefined[name]! : String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(decimal)),
  );
}

/** Elements of a tree with this name, in document order, the root included. */
export function* elementsNamed(element: XmlElement, name: string): Generator<XmlElement> {
  if (element.name === name) yield element;
  for (const child of element.children) if (typeof child === 'object') yield* elementsNamed(child, name);
}
