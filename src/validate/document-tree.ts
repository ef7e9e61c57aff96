import { scanXml, teiNamespace, type XmlElement } from '../core/xml.ts';

/** An element of a {@link DocumentTree}: `name` is the local name for TEI, the name as written for other namespaces. */
export interface DocumentElement extends XmlElement {
  /** Place in document order, 1 for the root: the number that ElementIndex.place takes. */
  readonly ordinal: number;
  readonly parent: DocumentElement | undefined;
  readonly children: (DocumentElement | string)[];
}

/** A document as the levels after the schema look at it. */
export interface DocumentTree {
  readonly root: DocumentElement;
  /** All elements in document order. */
  readonly elements: readonly DocumentElement[];
  /** The first element with each xml:id. */
  readonly ids: ReadonlyMap<string, DocumentElement>;
}

/** Reads a well-formed document; comments and processing instructions are left out. */
export function readDocumentTree(text: string): DocumentTree {
  const elements: DocumentElement[] = [];
  const ids = new Map<string, DocumentElement>();
  let open: DocumentElement | undefined;
  scanXml(text, {
    start({ name, local, uri, attributes }) {
      const values: Record<string, string> = {};
      for (const attribute of attributes) values[attribute.name] = attribute.value;
      const element: DocumentElement = {
        name: uri === teiNamespace ? local : name,
        ordinal: elements.length + 1,
        parent: open,
        attributes: values,
        children: [],
      };
      elements.push(element);
      open?.children.push(element);
      const id = values['xml:id'];
      if (id !== undefined && !ids.has(id)) ids.set(id, element);
      open = element;
    },
    text: (piece) => void open?.children.push(piece),
    end: () => {
      open = open?.parent;
    },
  });
  return { root: elements[0]!, elements, ids };
}

/** The text of an element, that of its descendants included. */
export function textOf(element: XmlElement): string {
  let text = '';
  for (const child of element.children) text += typeof child === 'string' ? child : textOf(child);
  return text;
}

/** The text with white space trimmed and collapsed, as XPath's normalize-space gives it. */
export function wordsOf(element: XmlElement): string {
  return textOf(element)
    .replace(/[ \t\r\n]+/g, ' ')
    .trim();
}

/** Whether an element has an ancestor of a name. */
export function isInside(element: DocumentElement, name: string): boolean {
  for (let at = element.parent; at; at = at.parent) if (at.name === name) return true;
  return false;
}

/** The child elements, of one name when it is given. */
export function childrenOf(element: DocumentElement, name?: string): DocumentElement[] {
  return element.children.filter(
    (child): child is DocumentElement => typeof child === 'object' && (name === undefined || child.name === name),
  );
}
