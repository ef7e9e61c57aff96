import { attribute, type PlacedElement, textOf } from '../core/xml-tree.ts';
import type { NameClass } from './patterns.ts';
import { checkAttributes, unexpected } from './relaxng-syntax.ts';
import { patternsOf } from './resolve-relaxng.ts';
import { schemaFault } from './schema-files.ts';

/** What elements of a schema inherit from those around them. */
export interface Inherited {
  readonly ns: string;
  readonly library: string;
}

/** What holds inside an element. */
export function inner<C extends Inherited>(element: PlacedElement, outer: C): C {
  const ns = attribute(element, 'ns');
  const library = attribute(element, 'datatypeLibrary');
  if (ns === undefined && library === undefined) return outer;
  return { ...outer, ns: ns ?? outer.ns, library: library?.trim() ?? outer.library };
}

export function resolve(element: PlacedElement, prefix: string): string {
  const uri = prefix === 'xml' ? 'http://www.w3.org/XML/1998/namespace' : element.namespaces[prefix];
  if (uri !== undefined && prefix !== '') return uri;
  throw schemaFault(element, `Unexpected prefix \`${prefix}\`, expected one that is declared.`);
}

export function nameAttribute(element: PlacedElement, ns: string): NameClass {
  return plainName(element, attribute(element, 'name')!.trim(), ns);
}

function plainName(element: PlacedElement, name: string, ns: string): NameClass {
  const [prefix, local, ...more] = name.includes(':') ? name.split(':') : [undefined, name];
  if (more.length > 0 || !/^[\p{L}_][\p{L}\p{M}\p{N}\p{Pc}.·-]*$/u.test(local!)) {
    throw schemaFault(element, `Unexpected name \`${name}\`, expected a name of an element or attribute.`);
  }
  return { kind: 'name', uri: prefix === undefined ? ns : resolve(element, prefix), local: local! };
}

export function firstNameClass(element: PlacedElement, context: Inherited): NameClass {
  const [first] = patternsOf(element);
  if (!first) throw schemaFault(element, `Missing attribute \`name\` on \`${element.name}\`.`);
  if (!/^(?:name|anyName|nsName|choice)$/.test(first.local)) {
    throw schemaFault(element, `Missing attribute \`name\` on \`${element.name}\`, or a name class in it.`);
  }
  return nameClass(first, context);
}

function nameClass(element: PlacedElement, outer: Inherited): NameClass {
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

export function checkAttributeNames(names: NameClass, element: PlacedElement): void {
  if (names.kind === 'choice') for (const one of names.of) checkAttributeNames(one, element);
  else if (names.kind === 'name' && names.uri === '' && names.local === 'xmlns') {
    throw schemaFault(element, 'Unexpected attribute name `xmlns`: it declares a namespace.');
  } else if (names.kind !== 'anyName' && names.uri === 'http://www.w3.org/2000/xmlns') {
    throw schemaFault(element, 'Unexpected namespace of an attribute: it is that of declarations.');
  }
}
