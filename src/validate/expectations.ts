import type { XmlAttribute, XmlStartTag } from '../core/xml.ts';
import { describedTypes, expectedValue } from './expected-value.ts';
import type { Expected, ExpectedName, Forms } from './matcher.ts';
import { nearestNames } from './nearest-names.ts';
import { keyOf, parentsOf, type RelaxNg } from './relaxng.ts';

/** Longer lists are cut. */
const listed = 12;

/** Says what a document was expected to have, in a way that helps: what is required or much alike comes first. */
export class Expectations {
  readonly #text: string;
  readonly #schema: RelaxNg;
  readonly #origin: 'own' | 'foreign';
  readonly #parents = new Map<string, readonly string[]>();
  #used: ReadonlyMap<string, number> | undefined;

  /** Values are described as our guide does where the schema is our own, else by their datatypes. */
  constructor(text: string, schema: RelaxNg, origin: 'own' | 'foreign') {
    this.#text = text;
    this.#schema = schema;
    this.#origin = origin;
  }

  /** An element that may not stand in its parent; `late` when only something before it is missing. */
  element(tag: XmlStartTag, parent: XmlStartTag | undefined, expected: Expected, late: boolean): string {
    const where = parent ? `in \`${parent.name}\`` : 'as root';
    const found = `Unexpected element \`${tag.name}\``;
    const namesake = expected.elements.find(({ local, uri }) => local === tag.local && uri !== tag.uri);
    if (namesake) {
      const wrong = tag.uri ? `of the namespace \`${tag.uri}\`` : 'without namespace';
      return `${found} ${wrong} ${where}; expected ${namesake.uri ? `it in \`${namesake.uri}\`` : 'it without namespace'}.`;
    }
    const required = expected.elements.filter((one) => one.required);
    if (late && required.length > 0) return `${found} ${where}; ${this.missing(required, true)} before it.`;
    if (expected.elements.length <= listed) return `${found} ${where}; ${this.allowed(expected)}.`;
    const known = this.#schema.elements.get(tag.local)?.has(tag.uri) ?? false;
    const near = known
      ? undefined
      : nearestName(
          tag.local,
          expected.elements.map(({ local }) => local),
        );
    if (near) return `${found} ${where}; did you mean \`${near}\`?`;
    if (!known) return `${found} ${where}, which the schema does not know; ${this.allowed(expected)}.`;
    const parents = this.#list(this.#parentsOf(tag), 6);
    return parents
      ? `${found} ${where}; it may stand in ${parents}, and here ${this.#here(expected)}.`
      : `${found} ${where}; ${this.allowed(expected)}.`;
  }

  /** Where an element may stand, what the document uses most first. */
  #parentsOf(tag: XmlStartTag): readonly string[] {
    const key = keyOf(tag);
    const known = this.#parents.get(key);
    if (known) return known;
    const used = this.#names();
    const parents = parentsOf(this.#schema, tag).sort((a, b) => (used.get(b) ?? 0) - (used.get(a) ?? 0));
    this.#parents.set(key, parents);
    return parents;
  }

  #here({ elements, text }: Expected): string {
    const shown = this.#list(this.#sorted(elements).map(display), 6);
    return text ? `text, ${shown}` : shown;
  }

  /** An attribute that an element may not have. */
  attribute(given: XmlAttribute, tag: XmlStartTag, expected: readonly ExpectedName[]): string {
    const found = `Unexpected attribute \`${given.name}\` on \`${tag.name}\``;
    if (expected.length === 0) return `${found}; it has all its attributes.`;
    const names = this.#sorted(expected.toSorted((a, b) => (display(a) < display(b) ? -1 : 1))).map(displayAttribute);
    const near = names.length > listed ? nearestName(given.name, names) : undefined;
    return `${found}; ${near ? `did you mean \`${near}\`?` : `expected ${one(names)}${this.#list(names, listed)}.`}`;
  }

  /** What a value should be, of an attribute or an element of this name. */
  value(given: string, forms: Forms, name: string): string {
    const { values } = forms;
    if (this.#origin === 'own' && values.length === 0) return `expected ${expectedValue(name)}`;
    const described = this.#origin === 'own' ? [] : describedTypes(forms);
    if (values.length === 0) return `expected ${described.join(', or ') || 'a value of another form'}`;
    const near = values.length > listed ? nearestName(given.trim(), values) : undefined;
    const first = near === undefined ? values : [near, ...values.filter((value) => value !== near)];
    return [`expected ${one(first)}${this.#list(first, listed)}`, ...described].join(', or ');
  }

  /** What is missing: all of the names, or one of them. */
  missing(names: readonly ExpectedName[], all: boolean): string {
    return all ? `expected ${this.#list(names.map(display), listed)}` : this.#expected(names);
  }

  /** What may stand at a place. */
  allowed(expected: Expected): string {
    if (expected.elements.length > 0) return `${this.#expected(expected.elements)}${expected.text ? ', or text' : ''}`;
    return expected.text ? 'expected text only' : 'nothing more may stand here';
  }

  #expected(names: readonly ExpectedName[]): string {
    const shown = this.#sorted(names).map(display);
    return `expected ${one(shown)}${this.#list(shown, listed)}`;
  }

  /** What is required comes first; in a long list, what the document uses most. */
  #sorted(names: readonly ExpectedName[]): readonly ExpectedName[] {
    const used = names.length > listed ? this.#names() : undefined;
    const rank = (name: ExpectedName): number => (name.required ? 1e9 : 0) + (used?.get(name.local) ?? 0);
    return names.toSorted((a, b) => rank(b) - rank(a));
  }

  #list(names: readonly string[], length: number): string {
    const more = names.length > length ? ` and ${names.length - length} more` : '';
    return (
      names
        .slice(0, length)
        .map((name) => (name === '' ? 'nothing' : `\`${name}\``))
        .join(', ') + more
    );
  }

  /** How often the document has an element or attribute of a name. */
  #names(): ReadonlyMap<string, number> {
    if (this.#used) return this.#used;
    const used = new Map<string, number>();
    for (const [, element, attribute] of this.#text.matchAll(
      /<(?:[\w.-]+:)?([\p{L}_][\w.-]*)|\s([\w:.-]+)\s*=\s*["']/gu,
    )) {
      const name = element ?? attribute!.replace(/^.*:/, '');
      used.set(name, (used.get(name) ?? 0) + 1);
    }
    this.#used = used;
    return used;
  }
}

function one(names: readonly string[]): string {
  return names.length > 1 ? 'one of ' : '';
}

const xmlNamespace = 'http://www.w3.org/XML/1998/namespace';

function display({ uri, local }: ExpectedName): string {
  return uri === xmlNamespace ? `xml:${local}` : local;
}

/** Attributes of a namespace look like those without, and are not. */
function displayAttribute(name: ExpectedName): string {
  return name.uri === '' || name.uri === xmlNamespace ? display(name) : `{${name.uri}}${name.local}`;
}

/** A value short enough for a message. */
export function shorten(value: string): string {
  const points = [...value.replace(/\s+/g, ' ').trim()];
  return points.length > 30 ? `${points.slice(0, 30).join('')}…` : points.join('');
}

/** The name that is most like one that was written, be it in other case. */
function nearestName(written: string, names: readonly string[]): string | undefined {
  // Any other short word is near to a short one.
  if (written.length < 3) return undefined;
  const lower = new Map(names.map((name) => [name.toLowerCase(), name]));
  const [near] = nearestNames(written.toLowerCase(), lower.keys());
  return near === undefined ? undefined : lower.get(near);
}
