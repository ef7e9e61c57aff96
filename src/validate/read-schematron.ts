import { attribute, descendants, elementsOf, type PlacedElement, type PlacedNode } from '../core/xml-tree.ts';
import { type SchemaFiles, schemaFault, schematronNamespaces } from './schema-files.ts';

/** A Schematron schema with all references resolved: what there is to run. */
export interface Schematron {
  /** Query language binding: XPath 1.0 semantics, or XPath 3.1 (xslt2, xslt3, xpath2, xpath3 and what is alike). */
  readonly binding: 'xslt1' | 'xslt3';
  readonly root: PlacedElement;
  /** Prefix → namespace, of `sch:ns`. */
  readonly namespaces: ReadonlyMap<string, string>;
  /** Keys, functions, variables and parameters in XSLT. */
  readonly xslt: readonly PlacedElement[];
  /** `sch:let` of the schema and of the phase. */
  readonly lets: readonly PlacedElement[];
  readonly patterns: readonly Pattern[];
  readonly diagnostics: ReadonlyMap<string, PlacedElement>;
}

export interface Pattern {
  readonly id: string | undefined;
  readonly lets: readonly PlacedElement[];
  readonly rules: readonly Rule[];
}

export interface Rule {
  readonly context: string;
  readonly element: PlacedElement;
  /** `let`, `assert`, `report` and variables in XSLT, in order; what it extends comes first. */
  readonly content: readonly PlacedElement[];
}

const xslNamespace = 'http://www.w3.org/1999/XSL/Transform';
const bindings: Readonly<Record<string, Schematron['binding']>> = {
  xslt: 'xslt1',
  xpath: 'xslt1',
  xslt1: 'xslt1',
  xslt2: 'xslt3',
  xslt3: 'xslt3',
  xpath2: 'xslt3',
  xpath3: 'xslt3',
  xpath31: 'xslt3',
  xslt4: 'xslt3',
};

/** Reads a Schematron schema: includes, abstract patterns and rules, and the phase are resolved. Throws a DiagnosticError. */
export function readSchematron(root: PlacedElement, files: SchemaFiles, phase: string | undefined): Schematron {
  if (!isSchematron(root, 'schema')) {
    throw schemaFault(root, `Unexpected root \`${root.name}\`, expected \`schema\` of Schematron.`);
  }
  return new Reader(expand(root, files, [root.file])).schema(phase);
}

/**
 * The Schematron rules that stand inside a RELAX NG schema, as TEI puts them there, as one schema; nothing when there
 * are none. Rules outside patterns are patterns of their own.
 */
export function embeddedSchematron(resolved: PlacedElement, files: SchemaFiles): Schematron | undefined {
  const found: PlacedElement[] = [];
  collect(resolved, found);
  if (!found.some(({ local }) => /^(?:pattern|rule|schema)$/.test(local))) return undefined;
  const children = found.flatMap((element) => {
    if (element.local === 'rule') return [{ ...element, local: 'pattern', attributes: [], children: [element] }];
    return element.local === 'schema' ? elementsOf(element) : [element];
  });
  const uri = found[0]!.uri;
  const attributes = [{ name: 'queryBinding', uri: '', local: 'queryBinding', value: 'xslt2' }];
  const schema: PlacedElement = { ...resolved, name: 'schema', uri, local: 'schema', attributes, children };
  return new Reader(expand(schema, files, [resolved.file])).schema(undefined);
}

function collect(element: PlacedElement, found: PlacedElement[]): void {
  for (const child of elementsOf(element)) {
    if (schematronNamespaces.has(child.uri) || (child.uri === xslNamespace && isDeclaration(child))) found.push(child);
    else collect(child, found);
  }
}

function isSchematron({ uri, local }: PlacedElement, name: string): boolean {
  return local === name && schematronNamespaces.has(uri);
}

function isDeclaration({ local }: PlacedElement): boolean {
  return /^(?:key|function|variable|param|accumulator|decimal-format)$/.test(local);
}

/** Puts what `include` and `extends href` lead to in their places. */
function expand(element: PlacedElement, files: SchemaFiles, path: readonly string[]): PlacedElement {
  const children: PlacedNode[] = [];
  for (const child of element.children) {
    if (typeof child === 'string' || !schematronNamespaces.has(child.uri)) {
      children.push(child);
      continue;
    }
    const href = attribute(child, 'href');
    const isReference = child.local === 'include' || (child.local === 'extends' && href !== undefined);
    if (!isReference) {
      children.push(expand(child, files, path));
      continue;
    }
    const { target, steps } = referenced(child, href, files, path);
    const whole = child.local === 'include' && target.local !== 'schema';
    const expanded = expand(target, files, steps);
    children.push(...(whole ? [expanded] : expanded.children));
  }
  return { ...element, children };
}

function referenced(
  from: PlacedElement,
  href: string | undefined,
  files: SchemaFiles,
  path: readonly string[],
): { target: PlacedElement; steps: readonly string[] } {
  if (href === undefined) throw schemaFault(from, `Missing attribute \`href\` on \`${from.name}\`.`);
  const { root, fragment } = files.follow(href, from);
  const step = `${root.file}#${fragment}`;
  if (path.includes(step) || (fragment === '' && path.includes(root.file))) {
    throw schemaFault(from, `Unexpected \`${href}\`, expected a reference that does not lead back to itself.`);
  }
  const target =
    fragment === ''
      ? root
      : [...descendants(root)].find(({ attributes }) =>
          attributes.some(({ name, value }) => /^(?:xml:)?id$/.test(name) && value === fragment),
        );
  if (!target) throw schemaFault(from, `Unexpected \`${href}\`, expected the id of an element there.`);
  return { target, steps: fragment === '' ? [...path, root.file] : [...path, step] };
}

/** Reads an expanded schema. */
class Reader {
  readonly #root: PlacedElement;
  readonly #all: readonly PlacedElement[];

  constructor(root: PlacedElement) {
    this.#root = root;
    this.#all = [...descendants(root)].filter(({ uri }) => schematronNamespaces.has(uri));
  }

  schema(phaseName: string | undefined): Schematron {
    const phase = this.#phase(phaseName);
    const active = phase && elementsOf(phase).filter((child) => isSchematron(child, 'active'));
    const wanted = active && new Set(active.map((one) => attribute(one, 'pattern')));
    const top = elementsOf(this.#root);
    const patterns = top
      .filter((one) => isSchematron(one, 'pattern') || isSchematron(one, 'group'))
      .filter((one) => attribute(one, 'abstract') !== 'true')
      .filter((one) => !wanted || wanted.has(attribute(one, 'id')))
      .flatMap((one) => this.#patterns(one));
    const diagnostics = this.#all.filter(({ local }) => local === 'diagnostic');
    return {
      binding: this.#binding(),
      root: this.#root,
      namespaces: this.#namespaces(),
      xslt: top.filter((one) => one.uri === xslNamespace).map(checkDeclaration),
      lets: [...top, ...(phase ? elementsOf(phase) : [])].filter((one) => isSchematron(one, 'let')),
      patterns,
      diagnostics: new Map(diagnostics.map((one) => [attribute(one, 'id') ?? '', one])),
    };
  }

  #binding(): Schematron['binding'] {
    const given = attribute(this.#root, 'queryBinding') ?? 'xslt';
    const binding = bindings[given.toLowerCase()];
    if (binding) return binding;
    throw schemaFault(
      this.#root,
      `Unexpected query language \`${given}\`, expected xslt, xslt2, xslt3, xpath2 or xpath3.`,
    );
  }

  #namespaces(): ReadonlyMap<string, string> {
    const declared = this.#all.filter(({ local }) => local === 'ns');
    return new Map(declared.map((one) => [attribute(one, 'prefix') ?? '', attribute(one, 'uri') ?? '']));
  }

  /** The phase to run; nothing means all patterns. */
  #phase(name: string | undefined): PlacedElement | undefined {
    const wanted = name === undefined || name === '#DEFAULT' ? attribute(this.#root, 'defaultPhase') : name;
    if (wanted === undefined || wanted === '#ALL') return undefined;
    const phases = this.#all.filter(({ local }) => local === 'phase');
    const phase = phases.find((one) => attribute(one, 'id') === wanted);
    if (phase) return phase;
    const known = phases.map((one) => `\`${attribute(one, 'id')}\``).join(', ') || 'no phase: the schema has none';
    throw schemaFault(this.#root, `Unexpected phase \`${wanted}\`, expected ${known}.`);
  }

  #patterns(element: PlacedElement): Pattern[] {
    const resolved = this.#instance(element);
    const children = elementsOf(resolved);
    const pattern = {
      id: attribute(element, 'id'),
      lets: children.filter((one) => isSchematron(one, 'let')),
      rules: children.filter((one) => isSchematron(one, 'rule')).flatMap((one) => this.#rule(one)),
    };
    // In a group every rule that matches is applied, in a pattern the first only.
    if (resolved.local !== 'group') return [pattern];
    return pattern.rules.map((rule) => ({ ...pattern, rules: [rule] }));
  }

  /** An instance of an abstract pattern with the values of its parameters in place. */
  #instance(element: PlacedElement): PlacedElement {
    const name = attribute(element, 'is-a');
    if (name === undefined) return element;
    const abstract = this.#all.find((one) => /^(?:pattern|group)$/.test(one.local) && attribute(one, 'id') === name);
    if (!abstract)
      throw schemaFault(element, `Unexpected \`is-a\` \`${name}\`, expected the id of an abstract pattern.`);
    const params = [...elementsOf(abstract), ...elementsOf(element)].filter((one) => isSchematron(one, 'param'));
    const values = new Map(params.map((one) => [attribute(one, 'name') ?? '', attribute(one, 'value') ?? '']));
    const own = elementsOf(element).filter((one) => !isSchematron(one, 'param'));
    const instance = substitute(abstract, values);
    return { ...instance, children: [...instance.children, ...own] };
  }

  #rule(element: PlacedElement): Rule[] {
    if (attribute(element, 'abstract') === 'true') return [];
    const context = attribute(element, 'context');
    if (context === undefined) throw schemaFault(element, `Missing attribute \`context\` on \`${element.name}\`.`);
    return [{ context, element, content: this.#content(element, []) }];
  }

  #content(element: PlacedElement, path: readonly PlacedElement[]): PlacedElement[] {
    return elementsOf(element).flatMap((child) => {
      if (child.uri === xslNamespace) return [child];
      if (isSchematron(child, 'extends')) return this.#abstractRule(child, path);
      if (/^(?:assert|report)$/.test(child.local) && attribute(child, 'test') === undefined) {
        throw schemaFault(child, `Missing attribute \`test\` on \`${child.name}\`.`);
      }
      return /^(?:let|assert|report)$/.test(child.local) ? [child] : [];
    });
  }

  #abstractRule(extension: PlacedElement, path: readonly PlacedElement[]): PlacedElement[] {
    const name = attribute(extension, 'rule');
    const found = this.#all.find((one) => one.local === 'rule' && attribute(one, 'id') === name);
    if (!found) throw schemaFault(extension, `Unexpected \`extends\` of \`${name}\`, expected the id of a rule.`);
    if (path.includes(found)) {
      throw schemaFault(extension, `Unexpected \`extends\` of \`${name}\`, expected no rule that extends itself.`);
    }
    return this.#content(found, [...path, found]);
  }
}

function checkDeclaration(element: PlacedElement): PlacedElement {
  if (isDeclaration(element) || (element.local === 'template' && !attribute(element, 'match'))) return element;
  throw schemaFault(element, `Unexpected \`${element.name}\`, expected only keys, functions and variables of XSLT.`);
}

/** `$name` in attributes and text replaced by the value of the parameter, the longest name first. */
function substitute(element: PlacedElement, values: ReadonlyMap<string, string>): PlacedElement {
  if (values.size === 0) return element;
  const names = [...values.keys()].sort((a, b) => b.length - a.length).map((name) => name.replaceAll('.', '\\.'));
  const references = new RegExp(`\\$(${names.join('|')})(?![\\p{L}\\p{N}_.-])`, 'gu');
  const replace = (text: string): string => text.replace(references, (_, name: string) => values.get(name)!);
  const walk = (one: PlacedElement): PlacedElement => ({
    ...one,
    attributes: one.attributes.map((given) => ({ ...given, value: replace(given.value) })),
    children: one.children.map((child) => (typeof child === 'string' ? replace(child) : walk(child))),
  });
  return walk(element);
}
