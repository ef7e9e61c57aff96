import type { Range } from './diagnostic.ts';
import { scanXml, type XmlAttribute, type XmlFault, type XmlHandlers } from './xml.ts';

/** An element that knows its file and its place there: schemas are read into these, so that their faults have places. */
export interface PlacedElement {
  /** Qualified name as written. */
  readonly name: string;
  readonly uri: string;
  readonly local: string;
  readonly attributes: readonly XmlAttribute[];
  /** Namespaces in scope: prefix (empty for the default) → URI. */
  readonly namespaces: Readonly<Record<string, string>>;
  readonly children: readonly PlacedNode[];
  readonly file: string;
  /** Its start tag up to the name. */
  readonly range: Range;
}

export type PlacedNode = PlacedElement | string;

/** Schemas nest some dozen elements; what walks the tree by recursion fails at some thousands. */
const maximalDepth = 500;

/** Reads XML into a tree of placed elements and text, or gives its first fault; comments and instructions are left out. */
export function readPlacedXml(text: string, file: string): PlacedElement | XmlFault {
  let tooDeep: XmlFault | undefined;
  const open: { element: PlacedElement; children: PlacedNode[] }[] = [];
  let root: PlacedElement | undefined;
  const handlers: XmlHandlers = {
    start({ name, uri, local, attributes, namespaces, at }) {
      if (open.length >= maximalDepth) {
        tooDeep = { message: `more than ${maximalDepth} elements in each other`, at };
        throw tooDeep;
      }
      const length = [...name].length + 1;
      const end = { ...at, column: at.column + length, offset: at.offset + length };
      const children: PlacedNode[] = [];
      const outer = open.at(-1);
      const inScope = outer?.element.namespaces ?? {};
      const element: PlacedElement = {
        name,
        uri,
        local,
        attributes: attributes.filter((attribute) => attribute.uri !== 'http://www.w3.org/2000/xmlns/'),
        namespaces: Object.keys(namespaces).length > 0 ? { ...inScope, ...namespaces } : inScope,
        children,
        file,
        range: { start: at, end },
      };
      if (outer) outer.children.push(element);
      else root = element;
      open.push({ element, children });
    },
    end: () => void open.pop(),
    text: (piece) => void open.at(-1)?.children.push(piece),
  };
  try {
    return scanXml(text, handlers) ?? root!;
  } catch (thrown) {
    // Throwing is the only way to end a scan early.
    if (!tooDeep || thrown !== tooDeep) throw thrown;
    return tooDeep;
  }
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
