import type { XmlElement, XmlNode } from '../core/xml.ts';

/** Attributes by name; an undefined value leaves the attribute out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** What may stand in an element while it is made: nothing, a node, or lists of nodes. */
export type Content = XmlNode | undefined | readonly Content[];

/** Makes an element; undefined content and attributes are left out, lists are flattened. */
export function element(name: string, attributes: Attributes, ...content: readonly Content[]): XmlElement {
  const given = Object.entries(attributes).filter((pair): pair is [string, string | number] => pair[1] !== undefined);
  return {
    name,
    attributes: Object.fromEntries(given.map(([key, value]) => [key, String(value)])),
    children: flatten(content),
  };
}

function flatten(content: readonly Content[]): XmlNode[] {
  return content.flatMap((item) => {
    if (item === undefined) return [];
    return Array.isArray(item) ? flatten(item as readonly Content[]) : [item as XmlNode];
  });
}
