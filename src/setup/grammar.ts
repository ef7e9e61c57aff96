import { elementsNamed, parseXml, type XmlElement } from '../core/xml.ts';

/** What a grammar says of an attribute of an element, over all places where the element may stand. */
export interface AttributeModel {
  /** It must be there wherever the element stands. */
  readonly required: boolean;
  /** The values listed; other values are allowed too when `open`. */
  readonly values: ReadonlySet<string>;
  readonly open: boolean;
}

/** What a grammar says of an element, over all places where it may stand. Names as written. */
export interface ElementModel {
  readonly attributes: ReadonlyMap<string, AttributeModel>;
  readonly children: ReadonlySet<string>;
  readonly parents: ReadonlySet<string>;
  readonly text: boolean;
}

/** Elements of a grammar by name. */
export type Grammar = ReadonlyMap<string, ElementModel>;

type Attributes = ReadonlyMap<string, AttributeModel>;

/** Reads a RELAX NG grammar (XML syntax, one file) as lists of what stands where; order and number are left out. */
export function readGrammar(rng: string): Grammar {
  const root = parseXml(rng);
  const patterns = new Patterns(root);
  const definitions = [...elementsNamed(root, 'element')].filter(({ attributes }) => attributes.name);
  const names = [...new Set(definitions.map(({ attributes }) => attributes.name!))].sort();
  const places = (name: string): XmlElement[] => definitions.filter(({ attributes }) => attributes.name === name);
  const children = new Map(names.map((name) => [name, union(places(name).map((one) => patterns.children(one)))]));
  return new Map(
    names.map((name) => [
      name,
      {
        attributes: either(places(name).map((one) => patterns.attributes(one))),
        children: new Set([...children.get(name)!].filter((child) => child !== textNode).sort()),
        parents: new Set(names.filter((parent) => children.get(parent)!.has(name))),
        text: children.get(name)!.has(textNode),
      },
    ]),
  );
}

/** Stands for text in a set of children. */
const textNode = '#text';

/** The patterns of a grammar with their references followed; what a definition gives is kept. */
class Patterns {
  readonly #defined = new Map<string, XmlElement[]>();
  readonly #attributes = new Map<string, Attributes>();
  readonly #children = new Map<string, ReadonlySet<string>>();

  constructor(root: XmlElement) {
    for (const define of elementsNamed(root, 'define')) {
      const name = define.attributes.name!;
      this.#defined.set(name, [...(this.#defined.get(name) ?? []), define]);
    }
  }

  attributes(pattern: XmlElement): Attributes {
    const parts = elementChildren(pattern)
      .filter(({ name }) => name !== 'element')
      .map((part) => this.#attributesOf(part));
    if (pattern.name === 'choice') return either(parts);
    const optional = pattern.name === 'optional' || pattern.name === 'zeroOrMore';
    return optional ? either([...parts, new Map()]) : together(parts);
  }

  #attributesOf(pattern: XmlElement): Attributes {
    const name = pattern.attributes.name ?? '';
    if (pattern.name === 'attribute')
      return new Map(name ? [[name, { required: true, ...this.#values(pattern) }]] : []);
    if (pattern.name !== 'ref') return this.attributes(pattern);
    if (!this.#attributes.has(name)) {
      this.#attributes.set(name, together((this.#defined.get(name) ?? []).map((define) => this.attributes(define))));
    }
    return this.#attributes.get(name)!;
  }

  /** Values of an attribute: those listed, and whether there are others. */
  #values(pattern: XmlElement): Pick<AttributeModel, 'values' | 'open'> {
    const parts = elementChildren(pattern).filter(({ name }) => name !== 'a:documentation');
    const inside = parts.flatMap((part) => {
      if (part.name === 'value') return [{ values: new Set(part.children as string[]), open: false }];
      if (part.name === 'ref') return this.#defined.get(part.attributes.name!)!.map((define) => this.#values(define));
      if (part.name === 'choice') return [this.#values(part)];
      return [{ values: new Set<string>(), open: true }];
    });
    if (inside.length === 0) return { values: new Set(), open: true };
    return { values: union(inside.map(({ values }) => values)), open: inside.some(({ open }) => open) };
  }

  children(pattern: XmlElement): ReadonlySet<string> {
    return union(
      elementChildren(pattern).map(({ name, attributes, ...rest }) => {
        if (name === 'attribute' || name === 'a:documentation') return new Set<string>();
        if (name === 'text' || name === 'data' || name === 'value') return new Set([textNode]);
        if (name === 'element') return new Set(attributes.name ? [attributes.name] : []);
        return name === 'ref' ? this.#childrenOf(attributes.name!) : this.children({ name, attributes, ...rest });
      }),
    );
  }

  #childrenOf(name: string): ReadonlySet<string> {
    if (!this.#children.has(name)) {
      this.#children.set(name, union((this.#defined.get(name) ?? []).map((define) => this.children(define))));
    }
    return this.#children.get(name)!;
  }
}

/** Child elements of an element, in order. */
export function elementChildren({ children }: XmlElement): XmlElement[] {
  return children.filter((child): child is XmlElement => typeof child === 'object');
}

function union(sets: readonly ReadonlySet<string>[]): Set<string> {
  return new Set(sets.flatMap((set) => [...set]));
}

/** Attributes where one of several patterns holds: required is what all of them require. */
function either(parts: readonly Attributes[]): Attributes {
  return merged(parts, (found) => found.length === parts.length && found.every(({ required }) => required));
}

/** Attributes where several patterns hold at once: required is what any of them requires. */
function together(parts: readonly Attributes[]): Attributes {
  return merged(parts, (found) => found.some(({ required }) => required));
}

function merged(parts: readonly Attributes[], required: (found: readonly AttributeModel[]) => boolean): Attributes {
  const names = union(parts.map((part) => new Set(part.keys())));
  return new Map(
    [...names].map((name) => {
      const found = parts.flatMap((part) => part.get(name) ?? []);
      const values = union(found.map((one) => one.values));
      return [name, { required: required(found), values, open: found.some(({ open }) => open) }];
    }),
  );
}
