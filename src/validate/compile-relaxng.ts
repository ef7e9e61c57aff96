import { attribute, type PlacedElement, textOf } from '../core/xml-tree.ts';
import { type Pattern, Patterns, type Row } from './patterns.ts';
import { checkAttributeNames, firstNameClass, type Inherited, inner, nameAttribute, resolve } from './relaxng-names.ts';
import { checkAttributes, checkCombine, checkText, unexpected } from './relaxng-syntax.ts';
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

/** What holds at a place of the schema. */
interface Context extends Inherited {
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

/** Runs what throws a plain Error about the schema, and gives the Error its place. */
function guarded(element: PlacedElement, make: () => Pattern): Pattern {
  try {
    return make();
  } catch (cause) {
    throw schemaFault(element, `${(cause as Error).message}.`);
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
