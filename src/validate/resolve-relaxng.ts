import { join } from 'node:path';
import { attribute, elementsOf, type PlacedElement, type PlacedNode } from '../core/xml-tree.ts';
import { locate, relaxNgNamespace, type SchemaFiles, schemaFault } from './schema-files.ts';

/**
 * One RELAX NG pattern out of the files of a schema: `include` with its overriding definitions and `externalRef` are
 * put in place (RELAX NG specification, 4.5 to 4.7); foreign elements stay. Throws a DiagnosticError.
 */
export function resolveRelaxNg(root: PlacedElement, files: SchemaFiles): PlacedElement {
  if (root.uri !== relaxNgNamespace) {
    throw schemaFault(root, `Unexpected root \`${root.name}\`, expected a RELAX NG schema in XML syntax.`);
  }
  return new Resolver(files).element(root, root.file, [root.file]);
}

class Resolver {
  readonly #files: SchemaFiles;

  constructor(files: SchemaFiles) {
    this.#files = files;
  }

  element(element: PlacedElement, outerBase: string, path: readonly string[]): PlacedElement {
    const base = this.#base(element, outerBase);
    if (element.local === 'externalRef') return this.#externalRef(element, base, path);
    if (element.local === 'include') return this.#include(element, base, path);
    const children = element.children.map((child) =>
      typeof child === 'string' || child.uri !== relaxNgNamespace ? child : this.element(child, base, path),
    );
    return { ...element, attributes: element.attributes.filter(({ uri }) => uri === ''), children };
  }

  #base(element: PlacedElement, outer: string): string {
    const given = element.attributes.find(({ name }) => name === 'xml:base')?.value;
    if (given === undefined) return outer;
    const location = locate(given, outer);
    if ('remote' in location) return outer;
    return given.endsWith('/') ? join(location.path, 'schema.rng') : location.path;
  }

  #externalRef(element: PlacedElement, base: string, path: readonly string[]): PlacedElement {
    const target = this.#target(element, base, path);
    const ns = attribute(element, 'ns');
    return ns === undefined || attribute(target, 'ns') !== undefined ? target : withAttribute(target, 'ns', ns);
  }

  #include(element: PlacedElement, base: string, path: readonly string[]): PlacedElement {
    const grammar = this.#target(element, base, path);
    if (grammar.local !== 'grammar') {
      throw schemaFault(element, `Unexpected root \`${grammar.local}\` of the included schema, expected \`grammar\`.`);
    }
    const own = this.element({ ...element, local: 'div' }, base, path);
    const overriding = components(own);
    const overridden = new Set(overriding.map(nameOf));
    const there = new Set(components(grammar).map(nameOf));
    for (const component of overriding) {
      if (there.has(nameOf(component))) continue;
      const what = component.local === 'start' ? '`start`' : `definition of \`${attribute(component, 'name')}\``;
      throw schemaFault(component, `Unexpected ${what}, expected only what the included schema defines.`);
    }
    const kept = without(grammar, (component) => overridden.has(nameOf(component)));
    return {
      ...own,
      attributes: own.attributes.filter(({ name }) => name !== 'href'),
      children: [{ ...kept, local: 'div' }, ...own.children],
    };
  }

  /** The pattern of another file; what its root says of datatypes holds there only. */
  #target(element: PlacedElement, base: string, path: readonly string[]): PlacedElement {
    const href = attribute(element, 'href');
    if (href === undefined) throw schemaFault(element, `Missing attribute \`href\` on \`${element.name}\`.`);
    const { root } = this.#files.follow(href, element, base);
    if (root.uri !== relaxNgNamespace) {
      throw schemaFault(element, `Unexpected root \`${root.name}\` of \`${href}\`, expected RELAX NG.`);
    }
    if (path.includes(root.file)) {
      throw schemaFault(element, `Unexpected \`${href}\`, expected a schema that does not lead back to itself.`);
    }
    const target = this.element(root, root.file, [...path, root.file]);
    return attribute(target, 'datatypeLibrary') === undefined ? withAttribute(target, 'datatypeLibrary', '') : target;
  }
}

function withAttribute(element: PlacedElement, name: string, value: string): PlacedElement {
  return { ...element, attributes: [...element.attributes, { name, uri: '', local: name, value }] };
}

/** The child elements that are RELAX NG. */
export function patternsOf(element: PlacedElement): PlacedElement[] {
  return elementsOf(element).filter(({ uri }) => uri === relaxNgNamespace);
}

/** `start` and `define` of a grammar, those in its `div` too, but not those of grammars inside patterns. */
export function components(grammar: PlacedElement): PlacedElement[] {
  return patternsOf(grammar).flatMap((child) =>
    child.local === 'div' ? components(child) : /^(?:start|define)$/.test(child.local) ? [child] : [],
  );
}

/** Tells components apart: `start` is one, each name of a definition another. */
export function nameOf(component: PlacedElement): string {
  return component.local === 'start' ? 'start' : `define ${attribute(component, 'name')?.trim()}`;
}

function without(grammar: PlacedElement, drop: (component: PlacedElement) => boolean): PlacedElement {
  const children = grammar.children.flatMap((child): PlacedNode[] => {
    if (typeof child === 'string') return [child];
    if (child.local === 'div') return [without(child, drop)];
    return /^(?:start|define)$/.test(child.local) && drop(child) ? [] : [child];
  });
  return { ...grammar, children };
}
