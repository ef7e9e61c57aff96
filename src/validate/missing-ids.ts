import { scanXml, teiNamespace, type XmlStartTag } from '../core/xml.ts';

/** An element as an identifier is made for it. */
interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly parent: string;
}

/** Prefixes of identifiers that are numbered: those that weibian writes, for entities that no authority file knows. */
const prefixes: Readonly<Record<string, string>> = {
  person: 'pers.',
  place: 'place.',
  org: 'org.',
  bibl: 'work.',
  char: 'char.',
  glyph: 'char.',
  editor: 'ed.',
};

/** Gives identifiers to elements of a document that lack them, always the same. */
export class MissingIds {
  readonly #elements = new Map<number, Element>();
  readonly #taken = new Set<string>();
  #root = '';

  /** `at` are the UTF-16 indexes of the `<` of the elements that lack an identifier. */
  constructor(text: string, at: ReadonlySet<number>) {
    const open: string[] = [];
    scanXml(text, {
      start: (tag) => {
        const attributes = new Map(tag.attributes.map(({ name, value }) => [name, value]));
        const id = attributes.get('xml:id');
        if (id !== undefined) this.#taken.add(id);
        if (open.length === 0) this.#root = id ?? '';
        if (at.has(tag.at)) this.#elements.set(tag.at, { name: teiName(tag), attributes, parent: open.at(-1) ?? '' });
        open.push(teiName(tag));
      },
      end: () => void open.pop(),
    });
  }

  /** A new identifier for the element at an index; nothing where no convention says how it is made, or it is taken. */
  idFor(at: number): string | undefined {
    const element = this.#elements.get(at);
    const id = element && (this.#ofText(element) ?? this.#numbered(element));
    if (id === undefined || this.#taken.has(id)) return undefined;
    this.#taken.add(id);
    return id;
  }

  /** Entries and their events are named by the document and their number, years by the document and their order. */
  #ofText({ name, attributes }: Element): string | undefined {
    const root = this.#root;
    const type = attributes.get('type');
    if (root === '') return undefined;
    if (name === 'div' && type === 'entry') {
      const n = attributes.get('n');
      return n !== undefined && /^[1-9]\d*$/.test(n) ? `${root}.e${n.padStart(3, '0')}` : undefined;
    }
    if (name !== 'event') return undefined;
    if (type === 'year') return this.#firstFree(`${root}.y`);
    const entry = attributes.get('corresp')?.match(/^#(.+)\.e(\d+)$/);
    return entry ? `${entry[1]}.ev${entry[2]}` : undefined;
  }

  #numbered({ name, parent }: Element): string | undefined {
    const prefix = prefixes[name];
    if (prefix === undefined || (name === 'bibl' && parent !== 'listBibl')) return undefined;
    return this.#firstFree(prefix);
  }

  #firstFree(prefix: string): string {
    for (let number = 1; ; number++) if (!this.#taken.has(`${prefix}${number}`)) return `${prefix}${number}`;
  }
}

function teiName({ uri, local }: XmlStartTag): string {
  return uri === teiNamespace ? local : '';
}
