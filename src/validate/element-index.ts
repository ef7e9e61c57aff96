import type { Range, TextEdit } from '../core/diagnostic.ts';
import { OffsetList, TextIndex } from '../core/span.ts';
import { setAttributes } from '../core/xml/set-attributes.ts';
import { scanXml, type XmlFault } from '../core/xml.ts';

/** Where an element stands: its start tag (`<name`) in the file and its XPath. */
export interface ElementPlace {
  readonly range: Range;
  readonly path: string;
}

/** Places of all elements of a document by their ordinal, 1 for the root, in document order. */
export interface ElementIndex {
  readonly root: { readonly name: string; readonly uri: string; readonly local: string };
  /** The place of the nth element; throws when there are fewer. */
  place(ordinal: number): ElementPlace;
  /** The changes that give attributes of the nth element other values. */
  setAttributes(ordinal: number, values: Readonly<Record<string, string>>): TextEdit[];
}

/** How often a name was seen among the children of an element, and which was the first. */
interface Sibling {
  readonly first: number;
  count: number;
}

/** Scans a document once: the places of its elements, or its first fault. */
export function indexElements(text: string): ElementIndex | XmlFault {
  const elements = new ElementList(text);
  const open: { readonly ordinal: number; children: Map<string, Sibling> | undefined }[] = [
    { ordinal: 0, children: undefined },
  ];
  let root = { name: '', uri: '', local: '' };
  const fault = scanXml(text, {
    start({ name, uri, local, at }) {
      const parent = open.at(-1)!;
      if (parent.ordinal === 0) root = { name, uri, local };
      parent.children ??= new Map();
      let sibling = parent.children.get(name);
      if (!sibling) {
        sibling = { first: elements.length + 1, count: 0 };
        parent.children.set(name, sibling);
      }
      sibling.count++;
      if (sibling.count === 2) elements.setPosition(sibling.first, 1);
      elements.push(name, at, parent.ordinal, sibling.count === 1 ? 0 : sibling.count);
      open.push({ ordinal: elements.length, children: undefined });
    },
    end: () => void open.pop(),
  });
  if (fault) return fault;
  return {
    root,
    place: (ordinal) => elements.place(ordinal),
    setAttributes: (ordinal, values) => elements.setAttributes(ordinal, values),
  };
}

/** Name, place, parent and position of elements by ordinal, in few bytes each: a file may have millions. */
class ElementList {
  readonly #text: string;
  #index: TextIndex | undefined;
  readonly #names: string[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #name = new OffsetList();
  readonly #at = new OffsetList();
  readonly #parent = new OffsetList();
  /** Position among the siblings of its name, 0 for the only one. */
  readonly #position = new OffsetList();

  constructor(text: string) {
    this.#text = text;
  }

  get length(): number {
    return this.#at.length;
  }

  push(name: string, at: number, parent: number, position: number): void {
    let number = this.#numbers.get(name);
    if (number === undefined) {
      number = this.#names.push(name) - 1;
      this.#numbers.set(name, number);
    }
    this.#name.push(number);
    this.#at.push(at);
    this.#parent.push(parent);
    this.#position.push(position);
  }

  setPosition(ordinal: number, position: number): void {
    this.#position.set(ordinal - 1, position);
  }

  place(ordinal: number): ElementPlace {
    const at = this.#startOf(ordinal);
    const range = this.#textIndex().rangeOfUnits(at, at + 1 + this.#nameOf(ordinal).length);
    let path = '';
    for (let up = ordinal; up > 0; up = this.#parent.at(up - 1)!) {
      const position = this.#position.at(up - 1)!;
      path = `/${this.#nameOf(up)}${position > 0 ? `[${position}]` : ''}${path}`;
    }
    return { range, path };
  }

  setAttributes(ordinal: number, values: Readonly<Record<string, string>>): TextEdit[] {
    return setAttributes(this.#text, this.#startOf(ordinal), values).map(({ start, end, text }) => {
      return { range: this.#textIndex().rangeOfUnits(start, end), text };
    });
  }

  #startOf(ordinal: number): number {
    const at = this.#at.at(ordinal - 1);
    if (at === undefined) throw new RangeError(`there is no element ${ordinal}`);
    return at;
  }

  #textIndex(): TextIndex {
    this.#index ??= new TextIndex(this.#text);
    return this.#index;
  }

  #nameOf(ordinal: number): string {
    return this.#names[this.#name.at(ordinal - 1)!]!;
  }
}
