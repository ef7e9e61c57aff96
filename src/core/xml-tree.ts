import type { Range } from './diagnostic.ts';
import { TextIndex } from './span.ts';
import { scanXml, type XmlAttribute, type XmlFault } from './xml.ts';

/** An element that knows its file and its place there: schemas are read into these, so that their faults have places. */
export interface PlacedElement {
  /** Qualified name as written. */
  readonly name: string;
  readonly uri: string;
  readonly local: string;
  readonly attributes: readonly PlacedAttribute[];
  /** Namespaces in scope: prefix (empty for the default) → URI. */
  readonly namespaces: Readonly<Record<string, string>>;
  readonly children: readonly PlacedNode[];
  readonly file: string;
  /** Its start tag up to the name. */
  readonly range: Range;
}

/** An attribute of a schema, which may have been added to it. */
export type PlacedAttribute = Pick<XmlAttribute, 'name' | 'uri' | 'local' | 'value'>;

export type PlacedNode = PlacedElement | string;

/** Reads XML into a tree of placed elements and text, or gives its first fault; comments and instructions are left out. */
export function readPlacedXml(text: string, file: string): PlacedElement | XmlFault {
  const index = new TextIndex(text);
  const open: { element: PlacedElement; children: PlacedNode[] }[] = [];
  let root: PlacedElement | undefined;
  const fault = scanXml(text, {
    start({ name, uri, local, attributes, namespaces, at }) {
      const children: PlacedNode[] = [];
      const outer = open.at(-1);
      const inScope = outer?.element.namespaces ?? {};
      const element: PlacedElement = {
        name,
        uri,
        local,
        attributes: attributes.filter((attribute) => attribute.uri !== 'http://www.w3.org/2000/xmlns/'),
        namespaces: namespaces.length > 0 ? { ...inScope, ...Object.fromEntries(namespaces) } : inScope,
        children,
        file,
        range: index.rangeOfUnits(at, at + 1 + name.length),
      };
      if (outer) outer.children.push(element);
      else root = element;
      open.push({ element, children });
    },
    end: () => void open.pop(),
    text: (piece) => void open.at(-1)?.children.push(piece),
  });
  return fault ?? root!;
}

/** The value of an attribute without namespace. */
export function attribute({ attributes }: PlacedElement, name: string): string | undefined {
  return attributes.find(({ uri, local }) => uri === '' && local === name)?.value;
}

/** The child elements. */
export function elementsOf({ children }: PlacedElement): PlacedElement[] {
  return children.filter((child) => typeof child !== 'string');
}

/** The text of an element and of all that is in it. */
export function textOf({ children }: PlacedElement): string {
  return children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('');
}

/** An element and all that is in it, in document order. */
export function* descendants(element: PlacedElement): Generator<PlacedElement> {
  yield element;
  for (const child of element.children) if (typeof child !== 'string') yield* descendants(child);
}

/** Text or an attribute value with the characters escaped that XML takes for markup or would change. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"\t\n\r]/g, (character) => escapes[character]!);
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};
