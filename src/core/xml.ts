import { XMLParser } from 'fast-xml-parser';
import { SaxesParser, type SaxesTagNS } from 'saxes';
import { type Point, TextIndex } from './span.ts';

/** The TEI namespace. */
export const teiNamespace = 'http://www.tei-c.org/ns/1.0';

/** An attribute as the scanner gives it. */
export interface XmlAttribute {
  readonly name: string;
  readonly uri: string;
  readonly local: string;
  readonly value: string;
}

/** A start tag as the scanner gives it; `at` is the place of its `<`. */
export interface XmlStartTag {
  readonly name: string;
  readonly uri: string;
  readonly local: string;
  readonly attributes: readonly XmlAttribute[];
  /** Namespace declarations of this tag: prefix (empty for the default) → URI. */
  readonly namespaces: Readonly<Record<string, string>>;
  readonly at: Point;
}

/** What {@link scanXml} calls, in document order. Every `at` is a place in the file, columns in code points. */
export interface XmlHandlers {
  start?(tag: XmlStartTag): void;
  end?(name: { uri: string; local: string }, at: Point): void;
  text?(text: string, at: Point): void;
  comment?(text: string): void;
  instruction?(target: string, body: string, at: Point): void;
  doctype?(at: Point): void;
}

/** A fault of well-formedness: the scanner stops at the first. */
export interface XmlFault {
  readonly message: string;
  readonly at: Point;
}

/**
 * Scans XML strictly (saxes): namespaces, well-formedness, no DTD entities, no external access.
 * Returns the first fault, or nothing. Source of the choice: it is the only parser measured to refuse every
 * malformed document.
 */
export function scanXml(text: string, handlers: XmlHandlers = {}): XmlFault | undefined {
  const parser = new SaxesParser({ xmlns: true, position: true });
  let fault: XmlFault | undefined;
  let tagStart: Point = { line: 1, column: 1, offset: 0 };
  const index = new TextIndex(text);
  const here = (back = 0): Point => index.pointAt(parser.line, Math.max(1, parser.column + 1 - back));
  parser.on('error', (error) => {
    fault ??= { message: error.message.replace(/^\d+:\d+: /, ''), at: here(1) };
  });
  parser.on('opentagstart', (tag) => {
    tagStart = here(tag.name.length + 2);
  });
  parser.on('opentag', (tag: SaxesTagNS) => {
    handlers.start?.({
      name: tag.name,
      uri: tag.uri,
      local: tag.local,
      attributes: Object.values(tag.attributes),
      namespaces: tag.ns,
      at: tagStart,
    });
  });
  parser.on('closetag', (tag: SaxesTagNS) => {
    handlers.end?.({ uri: tag.uri, local: tag.local }, tag.isSelfClosing ? tagStart : here(tag.name.length + 3));
  });
  const onText = (value: string): void => handlers.text?.(value, here());
  parser.on('text', onText);
  parser.on('cdata', onText);
  parser.on('comment', (value) => handlers.comment?.(value));
  parser.on('processinginstruction', ({ target, body }) => {
    if (!handlers.instruction) return;
    const end = index.toUnit(Math.min(here().offset, index.length));
    const start = text.lastIndexOf(`<?${target}`, end);
    handlers.instruction(target, body, index.point(index.toOffset(Math.max(0, start))));
  });
  parser.on('doctype', () => handlers.doctype?.(here()));
  // Pieces keep the work bounded after a fault: saxes would go on with the rest of a large file.
  const piece = 1 << 20;
  for (let at = 0; at < text.length && !fault; at += piece) parser.write(text.slice(at, at + piece));
  if (!fault) parser.close();
  return fault;
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
