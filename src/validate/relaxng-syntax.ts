import { attribute, type PlacedElement } from '../core/xml-tree.ts';
import { schemaFault } from './schema-files.ts';

// What the grammar of RELAX NG says of its elements. Faults are DiagnosticErrors with their places.

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

export function unexpected(element: PlacedElement, parent: PlacedElement): Error {
  return schemaFault(element, `Unexpected element \`${element.name}\` in \`${parent.name}\` of a RELAX NG schema.`);
}

export function checkText(element: PlacedElement): void {
  const text = element.children.find((child) => typeof child === 'string' && /\S/.test(child));
  if (text !== undefined)
    throw schemaFault(element, `Unexpected text \`${String(text).trim().slice(0, 30)}\` in \`${element.name}\`.`);
}

export function checkAttributes(element: PlacedElement): void {
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

export function checkCombine(name: string, several: readonly PlacedElement[]): void {
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
