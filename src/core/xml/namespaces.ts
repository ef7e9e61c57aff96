import { duplicateAttribute, type RawAttribute } from './attributes.ts';
import { decodeValue } from './characters.ts';
import { ill, type XmlFault } from './fault.ts';
import { type QualifiedName, qualifiedName } from './names.ts';
import type { XmlAttribute } from './scan.ts';

/** The namespace of the prefix `xml`. */
export const xmlNamespace = 'http://www.w3.org/XML/1998/namespace';
/** The namespace of attributes that declare namespaces. */
export const xmlnsNamespace = 'http://www.w3.org/2000/xmlns/';

/** A start tag with its names resolved, and the prefixes it declares. */
export interface ResolvedTag {
  readonly uri: string;
  readonly local: string;
  readonly attributes: readonly XmlAttribute[];
  readonly namespaces: readonly (readonly [prefix: string, uri: string])[];
}

const none: readonly (readonly [string, string])[] = [];

/** Prefixes and what they stand for at a place of a document (Namespaces in XML 1.0). */
export class Namespaces {
  /** Prefix → URIs, the innermost last: opening and closing cost the same at any depth. */
  readonly #bindings = new Map<string, string[]>();
  /** Names by their written form; a document has few. */
  readonly #names = new Map<string, QualifiedName>();

  /** Declares what a start tag declares and resolves its names; the `<` of the tag is at `at`. */
  open(name: string, raw: readonly RawAttribute[], at: number): ResolvedTag | XmlFault {
    let declarations: [string, string][] | undefined;
    for (const attribute of raw) {
      if (!attribute.name.startsWith('xmlns')) continue;
      if (attribute.name.length > 5 && attribute.name.charAt(5) !== ':') continue;
      const declared = this.#declare(attribute);
      if ('code' in declared) return declared;
      declarations ??= [];
      declarations.push(declared);
    }
    const element = this.#resolve(name, at + 1);
    if ('code' in element) return element;
    const attributes: XmlAttribute[] = [];
    for (const attribute of raw) {
      const resolved = this.#attribute(attribute);
      if ('code' in resolved) return resolved;
      if (resolved.name !== resolved.local) {
        const same = attributes.findIndex(({ local, uri }) => local === resolved.local && uri === resolved.uri);
        if (same >= 0) return duplicateAttribute(attribute, raw[same]!);
      }
      attributes.push(resolved);
    }
    return { uri: element.uri, local: element.local, attributes, namespaces: declarations ?? none };
  }

  /** Forgets what an element declared. */
  close(namespaces: ResolvedTag['namespaces']): void {
    for (const [prefix] of namespaces) this.#bindings.get(prefix)!.pop();
  }

  #declare({ name, value, start, end }: RawAttribute): [string, string] | XmlFault {
    const names = this.#divide(name);
    const prefix = name === 'xmlns' ? '' : (names?.local ?? '');
    const uri = decodeValue(value);
    if (!names) return malformedName(name, start);
    const reserved = (prefix === 'xml') !== (uri === xmlNamespace) || prefix === 'xmlns' || uri === xmlnsNamespace;
    if (reserved || (prefix !== '' && uri === '')) {
      const wanted = uri === '' ? 'a namespace' : 'another prefix and namespace: these are reserved';
      return ill(`Unexpected declaration \`${name}="${value}"\`, expected ${wanted}.`, start, end);
    }
    const bound = this.#bindings.get(prefix);
    if (bound) bound.push(uri);
    else this.#bindings.set(prefix, [uri]);
    return [prefix, uri];
  }

  #resolve(name: string, start: number): { uri: string; local: string } | XmlFault {
    const names = this.#divide(name);
    if (!names) return malformedName(name, start);
    const { prefix, local } = names;
    const uri = prefix === 'xml' ? xmlNamespace : this.#bindings.get(prefix)?.at(-1);
    if (uri !== undefined) return { uri, local };
    if (prefix === '') return { uri: '', local };
    const wanted = prefix === 'xmlns' ? 'another: it is reserved' : `one declared with \`xmlns:${prefix}\``;
    return ill(`Unexpected prefix \`${prefix}\` of \`${name}\`, expected ${wanted}.`, start, start + name.length);
  }

  #attribute(raw: RawAttribute): XmlAttribute | XmlFault {
    const { name, start, end } = raw;
    const value = decodeValue(raw.value);
    // The default namespace is not that of attributes.
    if (!name.includes(':'))
      return { name, uri: name === 'xmlns' ? xmlnsNamespace : '', local: name, value, start, end };
    if (name.startsWith('xmlns:')) return { name, uri: xmlnsNamespace, local: name.slice(6), value, start, end };
    const names = this.#resolve(name, start);
    return 'code' in names ? names : { name, uri: names.uri, local: names.local, value, start, end };
  }

  #divide(name: string): QualifiedName | undefined {
    let names = this.#names.get(name);
    if (!names) {
      names = qualifiedName(name);
      if (names && this.#names.size < 1000) this.#names.set(name, names);
    }
    return names;
  }
}

function malformedName(name: string, start: number): XmlFault {
  const message = `Unexpected name \`${name}\`, expected a name, or two joined by one colon.`;
  return ill(message, start, start + name.length);
}
