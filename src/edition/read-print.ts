import { elementsNamed, parseXml, type XmlElement, type XmlNode } from '../core/xml.ts';
import type { Block, Book, Degree, Front, Inline, Juan } from '../layout/book.ts';
import { chineseNumber } from '../layout/numerals.ts';

/** Reads the XML that `print.xsl` writes into the print vocabulary. Throws on what that stylesheet cannot have made. */
export function readPrint(xml: string): Book {
  const root = parseXml(xml);
  return {
    id: root.attributes.id ?? '',
    front: readFront(root),
    juans: childrenOf(root).flatMap((child) => (child.name === 'juan' ? [readJuan(child)] : [])),
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

function readJuan(juan: XmlElement): Juan {
  const n = juan.attributes.n ?? '';
  const label = /^[1-9]\d{0,3}$/.test(n) ? `卷${chineseNumber(Number(n))}` : n;
  return { label, blocks: childrenOf(juan).map(readBlock) };
}

function readBlock(element: XmlElement): Block {
  const { id = '', label = '', note = '', indent } = element.attributes;
  const place = indent === undefined ? {} : { indent: Number(indent) };
  if (element.name === 'year') return { kind: 'year', label, ...(note && { note }) };
  if (element.name === 'gang') return { kind: 'gang', id, label, ...place, content: element.children.map(readInline) };
  if (element.name === 'mu') return { kind: 'mu', id, ...place, content: element.children.map(readInline) };
  throw new Error(`print.xsl wrote a block <${element.name}> that readPrint does not know`);
}

function readInline(node: XmlNode): Inline {
  if (typeof node === 'string') return node;
  const content = node.children.map(readInline);
  const { ids, standard, generated, degree, text = '' } = node.attributes;
  switch (node.name) {
    case 'note':
      return { kind: 'note', content };
    case 'name':
    case 'title':
      return { kind: node.name, content };
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

function childrenOf(element: XmlElement): XmlElement[] {
  return element.children.filter((child) => typeof child === 'object');
}

function textIn(element: XmlElement): string {
  return element.children.map((child) => (typeof child === 'string' ? child : textIn(child))).join('');
}
