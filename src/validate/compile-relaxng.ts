import { attribute, type PlacedElement, textOf } from '../core/xml-tree.ts';
import { type NameClass, type Pattern, Patterns, type Row } from './patterns.ts';
import { nameOf, patternsOf } from './resolve-relaxng.ts';
import { checkRestrictions } from './restrict-relaxng.ts';
import { schemaFault } from './schema-files.ts';

/** A compiled schema as it is written to JSON: patterns by number, the start, and the content of each element. */
export interface CompiledRelaxNg {
  readonly version: 1;
  readonly rows: readonly Row[];
  readonly start: number;
  readonly contents: readonly number[];
}

/** Attributes of the elements of RELAX NG, beside `ns` and `datatypeLibrary`; those with `!` are required. */
const attributesOf: Readonly<Record<string, readonly string[]>> = {
  element: ['name'],
  attribute: ['name'],
  group: [],
  interleave: [],
  choice: [],
  optional: [],
  zeroOrMore: [],
  oneOrMore: [],
  list: [],
  mixed: [],
  ref: ['name!'],
  parentRef: ['name!'],
  empty: [],
  text: [],
  value: ['type'],
  data: ['type!'],
  notAllowed: [],
  grammar: [],
  param: ['name!'],
  except: [],
  start: ['combine'],
  define: ['name!', 'combine'],
  div: [],
  name: [],
  anyName: [],
  nsName: [],
};

/** What holds at a place of the schema. */
interface Context {
  readonly ns: string;
  readonly library: string;
  readonly scope: Scope | undefined;
}

/** The components of a grammar by name, and the grammar around it. */
interface Scope {
  readonly outer: Scope | undefined;
  readonly components: ReadonlyMap<string, readonly { element: PlacedElement; context: Context }[]>;
  readonly done: Map<string, Pattern | 'in work'>;
}

/** Compiles a resolved schema (RELAX NG specification, 4 and 7). Throws a DiagnosticError with the place of the first fault. */
export function compileRelaxNg(root: PlacedElement): CompiledRelaxNg {
  return new Compiler().compile(root);
}

class Compiler {
  readonly #patterns = new Patterns();
  readonly #contents: Pattern[] = [];
  readonly #places: PlacedElement[] = [];
  /** Contents of elements still to compile: they may refer to what is being compiled. */
  readonly #queue: (() => void)[] = [];

  compile(root: PlacedElement): CompiledRelaxNg {
    const start = this.#pattern(root, { ns: '', library: '', scope: undefined });
    for (let task = this.#queue.pop(); task; task = this.#queue.pop()) task();
    checkRestrictions(start, this.#contents, root, this.#places);
    return written(this.#patterns, start, this.#contents);
  }

  #pattern(element: PlacedElement, outer: Context): Pattern {
    const patterns = this.#patterns;
    checkAttributes(element);
    const context = inner(element, outer);
    switch (element.local) {
      case 'element':
        return this.#element(element, context);
      case 'attribute':
        return this.#attribute(element, context);
      case 'group':
        return this.#all(element, context);
      case 'interleave':
        return patterns.interleave(...this.#several(element, context));
      case 'choice':
        return patterns.choice(...this.#several(element, context));
      case 'optional':
        return patterns.optional(this.#all(element, context));
      case 'zeroOrMore':
        return patterns.optional(patterns.oneOrMore(this.#all(element, context)));
      case 'oneOrMore':
        return patterns.oneOrMore(this.#all(element, context));
      case 'list':
        return patterns.list(this.#all(element, context));
      case 'mixed':
        return patterns.interleave(patterns.text, this.#all(element, context));
      case 'ref':
        return this.#reference(element, context.scope);
      case 'parentRef':
        return this.#reference(element, context.scope?.outer);
      case 'empty':
      case 'text':
      case 'notAllowed':
        if (patternsOf(element).length > 0) throw unexpected(patternsOf(element)[0]!, element);
        return patterns[element.local];
      case 'value':
        return this.#value(element, context);
      case 'data':
        return this.#data(element, context);
      case 'grammar':
        return this.#grammar(element, context);
      default:
        throw schemaFault(element, `Unexpected element \`${element.name}\`, expected a pattern of RELAX NG.`);
    }
  }

  #several(element: PlacedElement, context: Context, from = 0): Pattern[] {
    const children = patternsOf(element).slice(from);
    checkText(element);
    if (children.length === 0) throw schemaFault(element, `Missing pattern in \`${element.name}\`.`);
    return children.map((child) => this.#pattern(child, context));
  }

  /** The children of an element as a group. */
  #all(element: PlacedElement, context: Context, from = 0): Pattern {
    return this.#several(element, context, from).reduceRight((then, first) => this.#patterns.group(first, then));
  }

  #element(element: PlacedElement, context: Context): Pattern {
    const named = attribute(element, 'name') !== undefined;
    const names = named ? nameAttribute(element, context.ns) : firstNameClass(element, context);
    const content = this.#contents.push(this.#patterns.notAllowed) - 1;
    this.#places.push(element);
    this.#queue.push(() => {
      this.#contents[content] = this.#all(element, context, named ? 0 : 1);
    });
    return this.#patterns.element(names, content);
  }

  #attribute(element: PlacedElement, given: Context): Pattern {
    const named = attribute(element, 'name') !== undefined;
    const context = named ? { ...given, ns: attribute(element, 'ns') ?? '' } : given;
    const names = named ? nameAttribute(element, context.ns) : firstNameClass(element, context);
    checkAttributeNames(names, element);
    const rest = patternsOf(element).slice(named ? 0 : 1);
    if (rest.length > 1) throw unexpected(rest[1]!, element);
    return this.#patterns.attribute(names, rest[0] ? this.#pattern(rest[0], context) : this.#patterns.text);
  }

  #value(element: PlacedElement, context: Context): Pattern {
    const type = attribute(element, 'type')?.trim();
    const library = type === undefined ? '' : context.library;
    let text = textOf(element);
    let { ns } = context;
    if (type === 'QName' || type === 'NOTATION') {
      const [prefix, local] = text.includes(':') ? text.trim().split(':') : [undefined, text.trim()];
      text = local ?? '';
      if (prefix !== undefined) ns = resolve(element, prefix);
    }
    return guarded(element, () => this.#patterns.value(library, type ?? 'token', text, ns));
  }

  #data(element: PlacedElement, context: Context): Pattern {
    const children = patternsOf(element);
    const facets = children.filter(({ local }) => local === 'param');
    const except = children.at(-1)?.local === 'except' ? children.at(-1) : undefined;
    const other = children.find((child) => child.local !== 'param' && child !== except);
    if (other) throw unexpected(other, element);
    for (const facet of facets) checkAttributes(facet);
    const read = facets.map((facet) => ({ name: attribute(facet, 'name')!.trim(), value: textOf(facet) }));
    const type = attribute(element, 'type')!.trim();
    const refused = except && this.#patterns.choice(...this.#several(except, inner(except, context)));
    return guarded(element, () => this.#patterns.data(context.library, type, read, refused));
  }

  #grammar(element: PlacedElement, context: Context): Pattern {
    const found = new Map<string, { element: PlacedElement; context: Context }[]>();
    const scope: Scope = { outer: context.scope, components: found, done: new Map() };
    const collect = (parent: PlacedElement, outer: Context): void => {
      for (const child of patternsOf(parent)) {
        checkAttributes(child);
        const childContext = inner(child, outer);
        if (child.local === 'div') collect(child, childContext);
        else if (child.local !== 'start' && child.local !== 'define') throw unexpected(child, parent);
        else {
          const others = found.get(nameOf(child));
          if (others) others.push({ element: child, context: childContext });
          else found.set(nameOf(child), [{ element: child, context: childContext }]);
        }
      }
      checkText(parent);
    };
    collect(element, { ...context, scope });
    for (const [name, several] of found)
      checkCombine(
        name,
        several.map((one) => one.element),
      );
    if (!found.has('start'))
      throw schemaFault(element, 'Missing `start` in the grammar; expected one, to say what the root may be.');
    // Definitions that nothing refers to may be wrong too.
    for (const name of found.keys()) this.#component(scope, name, element);
    return this.#component(scope, 'start', element);
  }

  #reference(element: PlacedElement, scope: Scope | undefined): Pattern {
    const name = `define ${attribute(element, 'name')!.trim()}`;
    if (scope?.components.has(name)) return this.#component(scope, name, element);
    throw schemaFault(
      element,
      `Unexpected reference to \`${attribute(element, 'name')}\`, expected the name of a definition.`,
    );
  }

  #component(scope: Scope, name: string, from: PlacedElement): Pattern {
    const done = scope.done.get(name);
    if (done === 'in work') {
      throw schemaFault(
        from,
        `Unexpected reference to \`${attribute(from, 'name')}\`, expected no definition that refers to itself outside an element.`,
      );
    }
    if (done) return done;
    scope.done.set(name, 'in work');
    const several = scope.components.get(name)!;
    const combine = several
      .map(({ element }) => attribute(element, 'combine')?.trim())
      .find((way) => way !== undefined);
    const parts = several.map(({ element, context }) => {
      if (element.local === 'start' && patternsOf(element).length > 1)
        throw unexpected(patternsOf(element)[1]!, element);
      return this.#all(element, context);
    });
    const pattern = combine === 'interleave' ? this.#patterns.interleave(...parts) : this.#patterns.choice(...parts);
    scope.done.set(name, pattern);
    return pattern;
  }
}

function inner(element: PlacedElement, outer: Context): Context {
  const ns = attribute(element, 'ns');
  const library = attribute(element, 'datatypeLibrary');
  if (ns === undefined && library === undefined) return outer;
  return { ...outer, ns: ns ?? outer.ns, library: library?.trim() ?? outer.library };
}

/** Runs what throws a plain Error about the schema, and gives the Error its place. */
function guarded(element: PlacedElement, make: () => Pattern): Pattern {
  try {
    return make();
  } catch (cause) {
    throw schemaFault(element, `${(cause as Error).message}.`);
  }
}

function unexpected(element: PlacedElement, parent: PlacedElement): Error {
  return schemaFault(element, `Unexpected element \`${element.name}\` in \`${parent.name}\` of a RELAX NG schema.`);
}

function checkText(element: PlacedElement): void {
  const text = element.children.find((child) => typeof child === 'string' && /\S/.test(child));
  if (text !== undefined)
    throw schemaFault(element, `Unexpected text \`${String(text).trim().slice(0, 30)}\` in \`${element.name}\`.`);
}

function checkAttributes(element: PlacedElement): void {
  const allowed = attributesOf[element.local];
  if (!allowed) throw schemaFault(element, `Unexpected element \`${element.name}\`, expected an element of RELAX NG.`);
  const names = allowed.map((name) => name.replace('!', ''));
  for (const { name } of element.attributes) {
    if (names.includes(name) || name === 'ns' || name === 'datatypeLibrary') continue;
    const expected = names.length > 0 ? `, expected ${names.map((one) => `\`${one}\``).join(' or ')}` : '';
    throw schemaFault(element, `Unexpected attribute \`${name}\` on \`${element.name}\`${expected}.`);
  }
  for (const name of allowed) {
    if (name.endsWith('!') && attribute(element, name.slice(0, -1)) === undefined) {
      throw schemaFault(element, `Missing attribute \`${name.slice(0, -1)}\` on \`${element.name}\`.`);
    }
  }
  const library = attribute(element, 'datatypeLibrary');
  if (library?.includes('#'))
    throw schemaFault(element, `Unexpected datatype library \`${library}\`, expected a URI without \`#\`.`);
}

function checkCombine(name: string, several: readonly PlacedElement[]): void {
  const shown = name === 'start' ? '`start`' : `definition of \`${name.replace('define ', '')}\``;
  const ways = several.map((one) => attribute(one, 'combine')?.trim());
  const strange = ways.findIndex((way) => way !== undefined && way !== 'choice' && way !== 'interleave');
  if (strange >= 0)
    throw schemaFault(
      several[strange]!,
      `Unexpected \`combine\` \`${ways[strange]}\`, expected \`choice\` or \`interleave\`.`,
    );
  const bare = several.filter((one) => attribute(one, 'combine') === undefined);
  if (bare.length > 1) throw schemaFault(bare[1]!, `Unexpected second ${shown}, expected \`combine\` on it.`);
  if (new Set(ways.filter((way) => way !== undefined)).size > 1) {
    throw schemaFault(several.at(-1)!, `Unexpected \`combine\` on ${shown}, expected the same on each.`);
  }
}

function resolve(element: PlacedElement, prefix: string): string {
  const uri = prefix === 'xml' ? 'http://www.w3.org/XML/1998/namespace' : element.namespaces[prefix];
  if (uri !== undefined && prefix !== '') return uri;
  throw schemaFault(element, `Unexpected prefix \`${prefix}\`, expected one that is declared.`);
}

function nameAttribute(element: PlacedElement, ns: string): NameClass {
  return plainName(element, attribute(element, 'name')!.trim(), ns);
}

function plainName(element: PlacedElement, name: string, ns: string): NameClass {
  const [prefix, local, ...more] = name.includes(':') ? name.split(':') : [undefined, name];
  if (more.length > 0 || !/^[\p{L}_][\p{L}\p{M}\p{N}\p{Pc}.·-]*$/u.test(local!)) {
    throw schemaFault(element, `Unexpected name \`${name}\`, expected a name of an element or attribute.`);
  }
  return { kind: 'name', uri: prefix === undefined ? ns : resolve(element, prefix), local: local! };
}

function firstNameClass(element: PlacedElement, context: Context): NameClass {
  const [first] = patternsOf(element);
  if (!first) throw schemaFault(element, `Missing attribute \`name\` on \`${element.name}\`.`);
  if (!/^(?:name|anyName|nsName|choice)$/.test(first.local)) {
    throw schemaFault(element, `Missing attribute \`name\` on \`${element.name}\`, or a name class in it.`);
  }
  return nameClass(first, context);
}

function nameClass(element: PlacedElement, outer: Context): NameClass {
  checkAttributes(element);
  const context = inner(element, outer);
  const children = patternsOf(element);
  if (element.local === 'name') return plainName(element, textOf(element).trim(), context.ns);
  if (element.local === 'choice') return { kind: 'choice', of: children.map((child) => nameClass(child, context)) };
  if (element.local !== 'anyName' && element.local !== 'nsName') {
    throw schemaFault(element, `Unexpected element \`${element.name}\`, expected a name class.`);
  }
  const [except, ...more] = children;
  if (more[0] || (except && except.local !== 'except')) throw unexpected(more[0] ?? except!, element);
  const refused: NameClass | undefined = except && {
    kind: 'choice',
    of: patternsOf(except).map((child) => nameClass(child, inner(except, context))),
  };
  if (refused && excludes(refused, element.local)) {
    throw schemaFault(
      except!,
      `Unexpected name class in the \`except\` of \`${element.name}\`, expected narrower ones.`,
    );
  }
  const open = refused ? { except: refused } : {};
  return element.local === 'anyName' ? { kind: 'anyName', ...open } : { kind: 'nsName', uri: context.ns, ...open };
}

/** The exception is as wide as what it is taken from (specification, 4.16). */
function excludes(names: NameClass, from: string): boolean {
  if (names.kind === 'choice') return names.of.some((one) => excludes(one, from));
  return names.kind === 'anyName' || (names.kind === 'nsName' && from === 'nsName');
}

function checkAttributeNames(names: NameClass, element: PlacedElement): void {
  if (names.kind === 'choice') for (const one of names.of) checkAttributeNames(one, element);
  else if (names.kind === 'name' && names.uri === '' && names.local === 'xmlns') {
    throw schemaFault(element, 'Unexpected attribute name `xmlns`: it declares a namespace.');
  } else if (names.kind !== 'anyName' && names.uri === 'http://www.w3.org/2000/xmlns') {
    throw schemaFault(element, 'Unexpected namespace of an attribute: it is that of declarations.');
  }
}

/** The patterns that are in use, numbered anew so that children come first. */
function written(patterns: Patterns, start: Pattern, contents: readonly Pattern[]): CompiledRelaxNg {
  const numbers = new Map<number, number>();
  const rows: Row[] = [];
  const number = (id: number): number => {
    const known = numbers.get(id);
    if (known !== undefined) return known;
    const row = renumbered(patterns.rows[id]!, number);
    numbers.set(id, rows.length);
    return rows.push(row) - 1;
  };
  return { version: 1, start: number(start.id), contents: contents.map(({ id }) => number(id)), rows };
}

function renumbered(row: Row, number: (id: number) => number): Row {
  switch (row[0]) {
    case 'choice':
    case 'interleave':
      return [row[0], ...row.slice(1).map((id) => number(id as number))];
    case 'group':
      return ['group', number(row[1]), number(row[2])];
    case 'oneOrMore':
    case 'list':
      return [row[0], number(row[1])];
    case 'attribute':
      return ['attribute', row[1], number(row[2])];
    case 'data':
      return row[4] === undefined ? row : ['data', row[1], row[2], row[3], number(row[4])];
    default:
      return row;
  }
}
