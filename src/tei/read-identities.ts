import type { Identity } from '../annotate/identity.ts';
import type { FoundSpan } from '../annotate/score.ts';
import { type MarkedSpan, readBody } from '../core/body-text.ts';
import { elementsNamed, parseXml, type XmlElement } from '../core/xml.ts';

/** The spans of a TEI file with what each was resolved to: entities by their names in standOff, civil dates, works. */
export function readIdentities(xml: string): FoundSpan[] {
  const names = readNames(parseXml(xml));
  return readBody(xml).spans.map(({ start, end, type, element }) => {
    const identity = identify(type, element, names);
    return { start, end, type, ...(identity ? { identity } : {}) };
  });
}

/** Element of standOff that describes an entity → the element that gives its names. */
const entities = { person: 'persName', place: 'placeName', org: 'orgName', bibl: 'title' } as const;

/** Names by the id of the entity, the full name first, misprints left out. */
function readNames(root: XmlElement): Map<string, string[]> {
  const names = new Map<string, string[]>();
  for (const standOff of elementsNamed(root, 'standOff')) {
    for (const [name, nameElement] of Object.entries(entities)) {
      for (const { attributes, children } of elementsNamed(standOff, name)) {
        const id = attributes['xml:id'];
        const own = children.filter((child) => typeof child === 'object');
        const given = own.filter((child) => child.name === nameElement && child.attributes.type !== 'misprint');
        if (id !== undefined) names.set(`#${id}`, given.map(textOf));
      }
    }
  }
  return names;
}

function identify(
  type: MarkedSpan['type'],
  { attributes, children }: XmlElement,
  names: ReadonlyMap<string, readonly string[]>,
): Identity | undefined {
  if (type === 'date') {
    const custom = attributes['when-custom'];
    const vague = attributes.notBefore !== undefined;
    return { kind: 'date', vague, ...(custom === undefined ? {} : { custom }) };
  }
  if (type !== 'bibl') return { kind: 'entity', names: names.get(attributes.ref ?? '') ?? [] };
  const parts = [...inside(children)];
  const titles = parts.filter(({ name }) => name === 'title');
  const section = titles.find((title) => title.attributes.level === 'a');
  const title = titles.find((one) => one !== section);
  const juan = parts.filter((part) => part.name === 'biblScope' && part.attributes.unit === 'juan');
  return {
    kind: 'work',
    titles: names.get(attributes.corresp ?? '') ?? [],
    ...(title ? { title: textOf(title) } : {}),
    ...(section ? { section: textOf(section) } : {}),
    juan: juan.map(({ attributes: { n } }) => Number(n)),
  };
}

function* inside(nodes: XmlElement['children']): Generator<XmlElement> {
  for (const node of nodes) {
    if (typeof node === 'string') continue;
    yield node;
    yield* inside(node.children);
  }
}

/** The text of an element as it is meant: of a correction, the correct form. */
function textOf({ children }: XmlElement): string {
  return children
    .map((node) => (typeof node === 'string' ? node : node.name === 'sic' ? '' : textOf(node)))
    .join('')
    .replace(/\s+/gu, '');
}
