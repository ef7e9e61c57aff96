import { create } from 'xmlbuilder2';
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js';
import { firstNonCharacter } from '../core/xml/characters.ts';
import { teiNamespace, type XmlElement } from '../core/xml.ts';
import { schemas } from './schema-files.ts';

type Document = NonNullable<XMLBuilder['node']['ownerDocument']>;
type Element = ReturnType<Document['createElement']>;

/** Elements that hold only elements: white space between their children means nothing, so lines may break there. */
const containers = new Set(
  `TEI teiHeader fileDesc titleStmt respStmt editionStmt extent publicationStmt availability sourceDesc encodingDesc
  projectDesc editorialDecl correction normalization punctuation interpretation refsDecl citeStructure listPrefixDef
  prefixDef charDecl glyph appInfo application profileDesc calendarDesc calendar langUsage revisionDesc standOff
  listPerson person listPlace place location listOrg org listBibl listEvent event listApp app text body div`.split(
    /\s+/,
  ),
);

/**
 * Serialises a TEI element as an XML document (xmlbuilder2; throws at characters that XML does not allow): one line per element
 * inside containers, nothing added inside mixed content. Editors find its schemas by the processing instructions.
 */
export function serialiseTei(root: XmlElement): string {
  const builder = create({ version: '1.0', encoding: 'UTF-8' });
  const document = builder.node as Document;
  for (const { path, namespace } of schemas) {
    const data = `href="${path}" type="application/xml" schematypens="${namespace}"`;
    document.appendChild(document.createProcessingInstruction('xml-model', data));
  }
  document.appendChild(makeNode(document, root, 0));
  // Its own check would refuse `xml:id` here: names are ours and well-formed, characters are the text's.
  const xml = builder.end({ prettyPrint: false });
  if (firstNonCharacter(xml) < xml.length) throw new Error('the text has characters that XML does not allow');
  const prolog = xml.slice(0, xml.indexOf(`<${root.name}`));
  const start = `<${root.name} xmlns="${teiNamespace}"`;
  return `${prolog.replaceAll('?>', '?>\n')}${start}${xml.slice(prolog.length + 1 + root.name.length)}\n`;
}

/**
 * The DOM node of an element, made by the calls of the DOM itself: the builder's own cost as much again. None
 * has a namespace: xmlbuilder2 would look it up again for each when it writes.
 */
function makeNode(document: Document, { name, attributes, children }: XmlElement, depth: number): Element {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, literal(value));
  const addText = (text: string): void => {
    node.appendChild(document.createTextNode(text));
  };
  const broken = containers.has(name) && children.length > 0 && children.every((child) => typeof child === 'object');
  for (const child of children) {
    if (broken) addText(`\n${'  '.repeat(depth + 1)}`);
    if (typeof child === 'string') addText(literal(child));
    else node.appendChild(makeNode(document, child, depth + 1));
  }
  if (broken) addText(`\n${'  '.repeat(depth)}`);
  return node;
}

/** xmlbuilder2 takes `&amp;` and `&#65;` in text for references and leaves them: an escaped ampersand it leaves too. */
const literal = (text: string): string => text.replaceAll('&', '&amp;');
