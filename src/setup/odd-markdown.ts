import { elementsNamed, type XmlElement, type XmlNode } from '../core/xml.ts';
import { elementChildren } from './grammar.ts';
import type { Odd } from './odd.ts';
import { indented } from './odd-schematron.ts';

/** Prose of an ODD in Markdown: words with their names of elements and attributes, paragraphs, lists, tables, examples. */
export class OddMarkdown {
  readonly #examples: ReadonlyMap<XmlElement, string>;

  constructor({ source, body }: Odd) {
    // Examples are cut from the text: comments, quotes and layout are part of what they show.
    const texts = [...source.matchAll(/<egXML\b[^>]*>\n([\s\S]*?)\n *<\/egXML>/g)].map(([, text]) =>
      indented(text!, 0),
    );
    this.#examples = new Map([...elementsNamed(body, 'egXML')].map((element, at) => [element, texts[at]!]));
  }

  /** An example as it stands in the ODD, moved to the left margin. */
  example(egXml: XmlElement): string {
    return this.#examples.get(egXml)!;
  }

  /** Words on one line. */
  inline(nodes: readonly XmlNode[]): string {
    return nodes
      .map((node) => (typeof node === 'string' ? escaped(node.replace(/\s+/g, ' ')) : this.#phrase(node)))
      .join('')
      .trim();
  }

  #phrase({ name, attributes, children }: XmlElement): string {
    const words = this.inline(children);
    if (name === 'hi') return attributes.rend === 'bold' ? `**${words}**` : `*${words}*`;
    if (name === 'ref') return `[${words}](${attributes.target})`;
    if (['gi', 'att', 'val', 'code'].includes(name)) return `\`${children.join('').replace(/\s+/g, ' ')}\``;
    throw new Error(`no Markdown for \`${name}\``);
  }

  /** A paragraph, list, table or example, without a line end. */
  block(element: XmlElement): string {
    const { name, attributes, children } = element;
    if (name === 'p') return this.inline(children);
    if (name === 'egXML') return this.code(element);
    if (name === 'table') return this.#table(element);
    if (name !== 'list') throw new Error(`no Markdown for \`${name}\``);
    return elementChildren(element)
      .map((item, at) => `${attributes.rend === 'numbered' ? `${at + 1}.` : '-'} ${this.inline(item.children)}`)
      .join('\n');
  }

  /** An example as a block of code. */
  code(egXml: XmlElement): string {
    // The namespace of examples is not that of the documents they show.
    const text = this.example(egXml).replace(/^<TEI /, '<TEI xmlns="http://www.tei-c.org/ns/1.0" ');
    return ['```xml', text, '```'].join('\n');
  }

  #table(element: XmlElement): string {
    const [head = [], ...rows] = elementChildren(element).map((row) =>
      elementChildren(row).map(({ children }) => this.inline(children)),
    );
    return table(head, rows);
  }
}

/** A table; `|` may stand in cells. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const escaped = (text: string): string => text.replace(/[*_<[\]]/g, '\\$&');
