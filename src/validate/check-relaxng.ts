import { attribute, type PlacedElement } from '../core/xml-tree.ts';
import { components, nameOf, patternsOf } from './resolve-relaxng.ts';
import { schemaFault } from './schema-files.ts';

const xsd = 'http://www.w3.org/2001/XMLSchema-datatypes';

/** Datatypes by library; the empty one is built into RELAX NG. */
const datatypes: Readonly<Record<string, ReadonlySet<string>>> = {
  '': new Set(['string', 'token']),
  [xsd]: new Set(
    (
      'string normalizedString token language Name NCName NMTOKEN NMTOKENS ID IDREF IDREFS ENTITY ENTITIES QName NOTATION ' +
      'boolean decimal integer nonPositiveInteger negativeInteger nonNegativeInteger positiveInteger long int short byte ' +
      'unsignedLong unsignedInt unsignedShort unsignedByte float double duration dateTime time date gYearMonth gYear ' +
      'gMonthDay gDay gMonth hexBinary base64Binary anyURI'
    ).split(' '),
  ),
};

/** Definitions of a grammar by name, and the grammar around it. */
interface Scope {
  readonly defined: ReadonlyMap<string, readonly PlacedElement[]>;
  readonly outer: Scope | undefined;
}

/**
 * Checks a resolved schema for what the grammar of RELAX NG cannot say and an engine tells without a place: names
 * without definition, definitions that cannot be combined, unknown datatypes. Throws a DiagnosticError at the first.
 */
export function checkRelaxNg(root: PlacedElement): void {
  walk(root, undefined, '');
}

function walk(element: PlacedElement, scope: Scope | undefined, outerLibrary: string): void {
  const library = attribute(element, 'datatypeLibrary') ?? outerLibrary;
  const name = attribute(element, 'name')?.trim() ?? '';
  let inner = scope;
  if (element.local === 'grammar') inner = { defined: definitions(element), outer: scope };
  else if (element.local === 'ref') checkReference(element, name, scope);
  else if (element.local === 'parentRef') checkReference(element, name, scope?.outer);
  else if (element.local === 'data') checkDatatype(element, library);
  else if (element.local === 'value' && attribute(element, 'type') !== undefined) checkDatatype(element, library);
  for (const child of patternsOf(element)) walk(child, inner, library);
}

function definitions(grammar: PlacedElement): ReadonlyMap<string, readonly PlacedElement[]> {
  const defined = new Map<string, PlacedElement[]>();
  for (const component of components(grammar)) {
    const name = nameOf(component);
    const others = defined.get(name);
    if (others) others.push(component);
    else defined.set(name, [component]);
  }
  if (!defined.has('start'))
    throw schemaFault(grammar, 'Missing `start` in the grammar; expected one, to say what the root may be.');
  for (const [name, several] of defined) checkCombine(name, several);
  return defined;
}

function checkCombine(name: string, several: readonly PlacedElement[]): void {
  const ways = new Set(several.map((one) => attribute(one, 'combine')?.trim()));
  const shown = name === 'start' ? '`start`' : `definition of \`${name.replace('define ', '')}\``;
  const bare = several.filter((one) => attribute(one, 'combine') === undefined);
  if (bare.length > 1) throw schemaFault(bare[1]!, `Unexpected second ${shown}, expected \`combine\` on it.`);
  ways.delete(undefined);
  if (ways.size > 1)
    throw schemaFault(several.at(-1)!, `Unexpected \`combine\` on ${shown}, expected the same on each.`);
}

function checkReference(element: PlacedElement, name: string, scope: Scope | undefined): void {
  if (!scope?.defined.has(`define ${name}`)) {
    throw schemaFault(element, `Unexpected reference to \`${name}\`, expected the name of a definition.`);
  }
}

function checkDatatype(element: PlacedElement, library: string): void {
  const types = datatypes[library];
  const type = attribute(element, 'type')?.trim() ?? '';
  if (!types) throw schemaFault(element, `Unexpected datatype library \`${library}\`, expected \`${xsd}\`.`);
  if (!types.has(type)) {
    const where = library === '' ? 'built into RELAX NG (is `datatypeLibrary` missing?)' : 'of XML Schema';
    throw schemaFault(element, `Unexpected datatype \`${type}\`, expected one ${where}.`);
  }
}
