import { create } from 'xmlbuilder2';
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js';
import { teiNamespace, type XmlElement } from '../core/xml.ts';

/** Elements that hold only elements: white space between their children means nothing, so lines may break there. */
const containers = new Set(
  `TEI teiHeader fileDesc titleStmt respStmt editionStmt extent publicationStmt availability sourceDesc encodingDesc
  projectDesc editorialDecl correction normalization punctuation interpretation refsDecl citeStructure listPrefixDef
  prefixDef charDecl glyph appInfo application profileDesc calendarDesc calendar langUsage revisionDesc standOff
  listPerson person listPlace place location listOrg org listBibl listEvent event listApp app text body div`.split(
    /\s+/,
  ),
);

const xmlNamespace = 'http://www.w3.org/XML/1998/namespace';

/**
 * Serialises a TEI element as an XML document (xmlbuilder2, checked for well-formed characters): one line per element
 * inside containers, nothing added inside mixed content.
 */
export function serialiseTei(root: XmlElement): string {
  const document = create({ version: '1.0', encoding: 'UTF-8' });
  append(document.ele(teiNamespace, root.name), root, 0);
  return `${document.end({ wellFormed: true, prettyPrint: false }).replace('?>', '?>\n')}\n`;
}

/** Fills a node; its elements have the namespace of the root, which they inherit. */
function append(node: XMLBuilder, { name, attributes, children }: XmlElement, depth: number): void {
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('xml:')) node.att(xmlNamespace, key, literal(value));
    else node.att(key, literal(value));
  }
  const broken = containers.has(name) && children.length > 0 && children.every((child) => typeof child === 'object');
  for (const child of children) {
    if (broken) node.txt(`\n${'  '.repeat(depth + 1)}`);
    if (typeof child === 'string') node.txt(literal(child));
    else append(node.ele(child.name), child, depth + 1);
  }
  if (broken) node.txt(`\n${'  '.repeat(depth)}`);
}

/** xmlbuilder2 takes `&amp;` and `&#65;` in text for references and leaves them: an escaped ampersand it leaves too. */
const literal = (text: string): string => text.replaceAll('&', '&amp;');
