import type { XmlElement, XmlNode } from '../core/xml.ts';

/** Attributes by name; an undefined value leaves the attribute out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** What may stand in an element while it is made: nothing, a node, or lists of nodes. */
export type Content = XmlNode | undefined | readonly Content[];

/** Makes an element; undefined content and attributes are left out, lists are flattened. */
export function element(name: string, attributes: Attributes, ...content: readonly Content[]): XmlElement {
  const given: Record<string, string> = {};
  for (const key in attributes) {
    const value = attributes[key];
    if (value !== undefined) given[key] = String(value);
  }
  const children: XmlNode[] = [];
  addTo(children, content);
  return { name, attributes: given, children };
}

function addTo(children: XmlNode[], content: readonly Content[]): void {
  for (const item of content) {
    if (Array.isArray(item)) addTo(children, item as readonly Content[]);
    else if (item !== undefined) children.push(item as XmlNode);
  }
}
