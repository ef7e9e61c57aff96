import { elementsNamed, parseXml, type XmlElement } from '../src/core/xml.ts';
import { elementChildren } from '../src/setup/grammar.ts';

/** What an expanded pattern adds to the element around it. */
interface Piece {
  readonly attributes: readonly string[];
  readonly content: string;
}

/** Elements nest no deeper than this unless they must. */
const deepest = 9;

/** Header, standOff and text get no larger than this many elements each unless they must. */
const largest = 90;

/**
 * Writes documents at random that are valid in a RELAX NG grammar (XML syntax, one file): a walk of its patterns that
 * heads for one that no document has shown yet, so that a few documents show them all.
 */
export class TeiGenerator {
  readonly #start: XmlElement;
  readonly #defined: ReadonlyMap<string, XmlElement>;
  readonly #heights = new Map<XmlElement, number>();
  readonly #around = new Map<XmlElement, XmlElement[]>();
  readonly #seen = new Set<XmlElement>();
  readonly #random: () => number;
  /** How far each pattern is from the one that the document heads for. */
  #distances: ReadonlyMap<XmlElement, number> = new Map();
  #goal: XmlElement | undefined;
  #ids = 0;
  #elements = 0;

  constructor(rng: string, random: () => number) {
    const root = parseXml(rng);
    this.#start = elementsNamed(root, 'start').next().value!;
    this.#defined = new Map([...elementsNamed(root, 'define')].map((define) => [define.attributes.name!, define]));
    this.#random = random;
    this.#measure(root);
    for (const pattern of this.#heights.keys()) {
      for (const inner of this.#inside(pattern)) this.#around.set(inner, [...(this.#around.get(inner) ?? []), pattern]);
    }
  }

  /** The next document. */
  document(): string {
    this.#ids = 0;
    this.#goal = this.#unseen()[0];
    this.#distances = this.#distancesTo(this.#goal);
    const { content } = this.#all(this.#start, 0);
    return `<?xml version="1.0" encoding="UTF-8"?>\n${content.replace(/^<TEI/, '<TEI xmlns="http://www.tei-c.org/ns/1.0"')}\n`;
  }

  /** Elements, attributes, values and references that no document has shown yet, as the grammar has them. */
  unseen(): string[] {
    return this.#unseen().map(
      ({ name, attributes, children }) => `${name} ${attributes.name ?? attributes.type ?? children.join('')}`,
    );
  }

  #unseen(): XmlElement[] {
    const shown = ['element', 'attribute', 'value', 'data', 'ref'];
    return [...this.#heights.keys()].filter((pattern) => shown.includes(pattern.name) && !this.#seen.has(pattern));
  }

  /** Patterns inside of a pattern; what a reference leads to is inside of it. */
  #inside(pattern: XmlElement): XmlElement[] {
    return pattern.name === 'ref' ? [this.#defined.get(pattern.attributes.name!)!] : patternChildren(pattern);
  }

  #distancesTo(goal: XmlElement | undefined): Map<XmlElement, number> {
    const distances = new Map<XmlElement, number>(goal ? [[goal, 0]] : []);
    for (const [pattern, distance] of distances) {
      for (const outer of this.#around.get(pattern) ?? []) {
        if (!distances.has(outer)) distances.set(outer, distance + 1);
      }
    }
    return distances;
  }

  /** How deep each pattern must nest, until nothing changes. */
  #measure(root: XmlElement): void {
    const all = [...patternsIn(root)];
    for (const pattern of all) this.#heights.set(pattern, Number.POSITIVE_INFINITY);
    for (let changed = true; changed; ) {
      changed = false;
      for (const pattern of all) {
        const height = this.#height(pattern);
        if (height !== this.#heights.get(pattern)) changed = true;
        this.#heights.set(pattern, height);
      }
    }
  }

  #height(pattern: XmlElement): number {
    const inner = this.#inside(pattern).map((one) => this.#heights.get(one)!);
    if (pattern.name === 'optional' || pattern.name === 'zeroOrMore' || pattern.name === 'attribute') return 0;
    if (pattern.name === 'choice') return Math.min(...inner);
    return Math.max(0, ...inner) + (pattern.name === 'element' ? 1 : 0);
  }

  #all(pattern: XmlElement, depth: number): Piece {
    return joined(patternChildren(pattern).map((one) => this.#expand(one, depth)));
  }

  #expand(pattern: XmlElement, depth: number): Piece {
    this.#seen.add(pattern);
    if (pattern === this.#goal) this.#goal = undefined;
    const { name, attributes } = pattern;
    if (name === 'ref') return this.#all(this.#defined.get(attributes.name!)!, depth);
    if (name === 'element') return this.#element(pattern, depth);
    if (name === 'attribute') return this.#attribute(pattern, depth);
    if (name === 'choice') return this.#expand(this.#choose(patternChildren(pattern), depth), depth);
    if (name === 'interleave')
      return joined(this.#shuffled(patternChildren(pattern)).map((one) => this.#expand(one, depth)));
    if (name === 'list') return { attributes: [], content: this.#list(pattern, depth) };
    if (name === 'value') return { attributes: [], content: pattern.children.join('') };
    if (name === 'data') return { attributes: [], content: this.#data(pattern) };
    if (name === 'text') return { attributes: [], content: this.#pick(texts) };
    const [least, most] = times[name] ?? [1, 1];
    return joined(Array.from({ length: this.#number(pattern, least, most, depth) }, () => this.#all(pattern, depth)));
  }

  #element(pattern: XmlElement, depth: number): Piece {
    const { name } = pattern.attributes;
    if (depth === 1) this.#elements = 0;
    this.#elements++;
    const { attributes, content } = this.#all(pattern, depth + 1);
    const tag = [name, ...this.#shuffled(attributes)].join(' ');
    return { attributes: [], content: content === '' ? `<${tag}/>` : `<${tag}>${content}</${name}>` };
  }

  #attribute(pattern: XmlElement, depth: number): Piece {
    const { content } =
      patternChildren(pattern).length > 0 ? this.#all(pattern, depth) : { content: this.#pick(texts) };
    const value = content.replaceAll('"', '&quot;');
    return { attributes: [`${pattern.attributes.name}="${value}"`], content: '' };
  }

  /** Words, each an expansion of its own, as often as the pattern repeats. */
  #list(pattern: XmlElement, depth: number): string {
    const words = patternChildren(pattern).flatMap((one) => {
      const length = one.name === 'oneOrMore' ? 1 + Math.floor(this.#random() * 2) : 1;
      return Array.from(
        { length },
        () => (one.name === 'oneOrMore' ? this.#all(one, depth) : this.#expand(one, depth)).content,
      );
    });
    return words.join(' ');
  }

  #data({ attributes: { type = '' }, children }: XmlElement): string {
    if (type === 'ID') return `x${++this.#ids}${this.#pick(['', '.y', '-章', '_b'])}`;
    const params = children.filter((one): one is XmlElement => typeof one === 'object');
    const key = [type, ...params.map((param) => `${param.attributes.name}=${param.children.join('')}`)].join(' ');
    const values = data[key];
    if (!values) throw new Error(`no values for \`${key}\`: add some to test/generate-tei.ts`);
    return this.#pick(values);
  }

  /** One of several patterns: that nearest to the goal, any one behind it, the lowest where the document is deep or large. */
  #choose(patterns: readonly XmlElement[], depth: number): XmlElement {
    const distance = (one: XmlElement): number => this.#distances.get(one) ?? Number.POSITIVE_INFINITY;
    const nearest = Math.min(...patterns.map(distance));
    if (this.#goal && nearest < Number.POSITIVE_INFINITY) return patterns.find((one) => distance(one) === nearest)!;
    const lowest = Math.min(...patterns.map((one) => this.#heights.get(one)!));
    return this.#pick(this.#mustEnd(depth) ? patterns.filter((one) => this.#heights.get(one) === lowest) : patterns);
  }

  /** How often to repeat: always where that leads to the goal; attributes and text may stay where elements may not. */
  #number(pattern: XmlElement, least: number, most: number, depth: number): number {
    if (this.#goal && this.#distances.has(pattern)) return Math.max(1, least);
    if (this.#mustEnd(depth) && patternChildren(pattern).some((one) => this.#heights.get(one)! > 0)) return least;
    return least + Math.floor(this.#random() * (most - least + 1));
  }

  #mustEnd(depth: number): boolean {
    return depth >= deepest || this.#elements >= largest;
  }

  #pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.#random() * list.length)]!;
  }

  #shuffled<T>(list: readonly T[]): T[] {
    const keyed = list.map((one) => [this.#random(), one] as const);
    return keyed.sort(([a], [b]) => a - b).map(([, one]) => one);
  }
}

/** How often at least and at most. */
const times: Readonly<Record<string, readonly [number, number]>> = {
  optional: [0, 1],
  zeroOrMore: [0, 3],
  oneOrMore: [1, 2],
};

const texts = ['夏六月', '，', ' ', '《長編》', '&lt;者多&gt;', 'a &amp; b', '𠀀', '（', '\n  '];

const pattern = 'pattern=';
const bounds = (least: number, most: number): string => `minInclusive=${least} maxInclusive=${most}`;

/** Values of the datatypes of weibian.rng, the odd ones among them. */
const data: Readonly<Record<string, readonly string[]>> = {
  language: ['lzh-Hant', 'en', 'zh-Latn-pinyin', 'x-old'],
  NCName: ['IDS', 'private-use', '_a', '字.1'],
  nonNegativeInteger: ['0', '7', '10137', '+1', '007'],
  'nonNegativeInteger maxInclusive=100': ['0', '50', '100'],
  positiveInteger: ['1', '68', '+2', '010'],
  [`double ${bounds(0, 1)}`]: ['0', '1', '0.4', '5E-1', '.25'],
  [`double ${bounds(-90, 90)}`]: ['38.8', '-90', '90.0', '1e1'],
  [`double ${bounds(-180, 180)}`]: ['110.5', '-180', '180', '-0'],
  [`string ${pattern}.+`]: [' ', ':', '卷', ' · '],
  [`anyURI ${pattern}\\S+`]: [
    '#x1',
    'https://example.org/a?b=c',
    'wikidata:Q7209',
    '../a.xml#b',
    'https://example.org/西夏',
  ],
  [`token ${pattern}[^\\p{C}\\p{Z}]+`]: ['3', '咸平2', '12a', '(a)', 'x:y', '?'],
  [`token ${pattern}[\\p{L}\\p{N}\\-?]+`]: ['咸平2', '咸平2-閏3', '咸平2-9-17', '至道中', '?'],
  [`token ${pattern}[0-9]+(\\.[0-9]+){0,2}`]: ['4', '4.12', '4.12.0'],
  [`token ${pattern}[0-9]+(\\.[0-9]+){0,3}`]: ['1', '0.1', '0.1.0', '0.1.0.25'],
  [`token ${pattern}[a-z][a-z0-9+.\\-]*`]: ['wikidata', 'a', 'x-1.y+z'],
  [`date ${pattern}-?[0-9]{4,}-[0-9]{2}-[0-9]{2}`]: ['0999-09-18', '1004-02-29', '-0206-01-31', '12024-12-31'],
  [`gYearMonth ${pattern}-?[0-9]{4,}-[0-9]{2}`]: ['0999-09', '-0206-12', '12024-01'],
  [`gYear ${pattern}-?[0-9]{4,}`]: ['0999', '-0206', '12024'],
};

function joined(pieces: readonly Piece[]): Piece {
  return {
    attributes: pieces.flatMap(({ attributes }) => attributes),
    content: pieces.map(({ content }) => content).join(''),
  };
}

/** Child patterns; documentation and parameters are none. */
function patternChildren(element: XmlElement): XmlElement[] {
  return elementChildren(element).filter(({ name }) => name !== 'a:documentation' && name !== 'param');
}

function* patternsIn(element: XmlElement): Generator<XmlElement> {
  yield element;
  for (const inner of patternChildren(element)) yield* patternsIn(inner);
}
