import { elementsNamed, parseXml, type XmlElement, type XmlNode } from '../core/xml.ts';
import type {
  Block,
  Book,
  Degree,
  Entity,
  EntityKind,
  Front,
  Inline,
  Intervention,
  Juan,
  Principle,
  TextBlock,
} from '../layout/book.ts';
import { chineseNumber } from '../layout/numerals.ts';

/** Reads the XML that `print.xsl` writes into the print vocabulary. Throws on what that stylesheet cannot have made. */
export function readPrint(xml: string): Book {
  const root = parseXml(xml);
  return {
    id: root.attributes.id ?? '',
    front: readFront(root),
    juans: childrenOf(root).flatMap((child) => (child.name === 'juan' ? [readJuan(child)] : [])),
    entities: [...elementsNamed(root, 'entity')].map(readEntity),
    principles: [...elementsNamed(root, 'principle')]
      .map(readPrinciple)
      .filter(({ paragraphs }) => paragraphs.length > 0),
  };
}

function readFront(root: XmlElement): Front {
  const fields = [...elementsNamed(root, 'field')].map((field) => [field.attributes.name, textIn(field)] as const);
  const all = (name: string): string[] => fields.filter(([key]) => key === name).map(([, value]) => value);
  const optional = <K extends keyof Front>(key: K, name: string): Partial<Front> => {
    const [value] = all(name);
    return value === undefined ? {} : { [key]: value };
  };
  return {
    title: all('title')[0] ?? '',
    authors: all('author'),
    editors: all('editor'),
    ...optional('subtitle', 'subtitle'),
    ...optional('edition', 'edition'),
    ...optional('publisher', 'publisher'),
    ...optional('date', 'date'),
    ...optional('licence', 'licence'),
    ...optional('licenceAddress', 'licence-address'),
    ...optional('identifier', 'identifier'),
    ...optional('sourceTitle', 'source-title'),
    ...optional('sourceDate', 'source-date'),
  };
}

function readEntity(element: XmlElement): Entity {
  const { id = '', of = '', heading = '' } = element.attributes;
  return { id, of: of as EntityKind, heading, names: childrenOf(element).map(textIn) };
}

function readPrinciple(element: XmlElement): Principle {
  return { name: element.attributes.name ?? '', paragraphs: childrenOf(element).map(textIn) };
}

function readJuan(juan: XmlElement): Juan {
  const n = juan.attributes.n ?? '';
  const label = /^[1-9]\d{0,3}$/.test(n) ? `卷${chineseNumber(Number(n))}` : n;
  return { label, blocks: childrenOf(juan).map(readBlock) };
}

function readBlock(element: XmlElement): Block {
  const { id = '', label = '', note = '', western = '', indent, heading, unset } = element.attributes;
  const place = {
    ...(indent !== undefined && { indent: Number(indent) }),
    ...(heading && { heading: heading as NonNullable<TextBlock['heading']> }),
  };
  if (element.name === 'year') {
    const about = {
      ...(note && { note }),
      ...(western && { western }),
      ...(unset === 'true' && { unset: true as const }),
    };
    return { kind: 'year', label, ...about };
  }
  if (element.name === 'gang') return { kind: 'gang', id, label, ...place, content: element.children.map(readInline) };
  if (element.name === 'mu') return { kind: 'mu', id, ...place, content: element.children.map(readInline) };
  throw new Error(`print.xsl wrote a block <${element.name}> that readPrint does not know`);
}

function readInline(node: XmlNode): Inline {
  if (typeof node === 'string') return node;
  const content = node.children.map(readInline);
  const { ids, standard, type, key, of, generated, degree, text = '' } = node.attributes;
  switch (node.name) {
    case 'note':
      return { kind: 'note', ...(type && { type }), content };
    case 'name':
    case 'title':
      return { kind: node.name, ...(key && of && { key, of: of as EntityKind }), content };
    case 'intervention':
      return readIntervention(node);
    case 'supplied':
    case 'remark':
      return { kind: node.name, content };
    case 'brow':
      return { kind: 'brow', content, ...(generated === 'true' && { generated: true }) };
    case 'honour':
      return { kind: 'honour', degree: degree as Degree, content };
    case 'ruby':
      return { kind: 'ruby', base: content, text };
    case 'gaiji':
      return { kind: 'gaiji', spelling: textIn(node), ...(ids && { ids }), ...(standard && { standard }) };
    default:
      throw new Error(`print.xsl wrote <${node.name}> in a block; readPrint does not know it`);
  }
}

function readIntervention({ attributes }: XmlElement): Intervention {
  const { of = '', text = '', reading, by, cert } = attributes;
  return {
    kind: 'intervention',
    of: of as Intervention['of'],
    text,
    ...(reading && { reading }),
    ...(by && { by }),
    ...(cert && { cert }),
  };
}

function childrenOf(element: XmlElement): XmlElement[] {
  return element.children.filter((child) => typeof child === 'object');
}

function textIn(element: XmlElement): string {
  return element.children.map((child) => (typeof child === 'string' ? child : textIn(child))).join('');
}
