import { XMLParser } from 'fast-xml-parser';
import { decodeReferences } from './xml/characters.ts';

/** The TEI namespace. */
export const teiNamespace = 'http://www.tei-c.org/ns/1.0';

export type { XmlFault } from './xml/fault.ts';
export { scanXml, type XmlAttribute, type XmlHandlers, type XmlStartTag } from './xml/scan.ts';

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
  if (name === '#text') return decodeReferences(String(raw[name]));
  if (name === '#cdata') return (raw[name] as RawNode[]).map((inner) => String(inner['#text'] ?? '')).join('');
  const attributes = Object.entries(raw[':@'] ?? {}).map(
    ([key, value]) => [key, decodeReferences(String(value))] as const,
  );
  return { name, attributes: Object.fromEntries(attributes), children: (raw[name] as RawNode[]).map(toNode) };
}

/** Elements of a tree with this name, in document order, the root included. */
export function* elementsNamed(element: XmlElement, name: string): Generator<XmlElement> {
  if (element.name === name) yield element;
  for (const child of element.children) if (typeof child === 'object') yield* elementsNamed(child, name);
}
