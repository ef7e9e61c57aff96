import { primitives, text } from './xsd-primitives.ts';
import { readXsdRegex } from './xsd-regex.ts';
import { type Primitive, type ResolvePrefix, ranges, type Value } from './xsd-value.ts';

/** Namespace of the datatypes of XML Schema. */
export const xsdLibrary = 'http://www.w3.org/2001/XMLSchema-datatypes';

/** A facet such as `minInclusive`, as a schema gives it. */
export interface Facet {
  readonly name: string;
  readonly value: string;
}

/** A datatype with its facets. */
export interface Datatype {
  readonly name: string;
  readonly facets: readonly Facet[];
  /** Does a text (with its white space) belong to the type? */
  allows(text: string, resolve: ResolvePrefix): boolean;
}

/** The types built into RELAX NG; they take no facets. */
const builtIn: Readonly<Record<string, Primitive>> = {
  string: { ...text('preserve'), facets: [] },
  token: { ...text('collapse'), facets: [] },
};

function primitive(library: string, name: string): Primitive {
  const types = library === '' ? builtIn : library === xsdLibrary ? primitives : undefined;
  if (!types) throw new Error(`Unexpected datatype library \`${library}\`, expected \`${xsdLibrary}\``);
  const found = Object.hasOwn(types, name) ? types[name] : undefined;
  if (found) return found;
  const where = library === '' ? 'one built into RELAX NG (is `datatypeLibrary` missing?)' : 'one of XML Schema';
  throw new Error(`Unexpected datatype \`${name}\`, expected ${where}`);
}

function normalise(whitespace: Primitive['whitespace'], value: string): string {
  if (whitespace === 'preserve') return value;
  const replaced = value.replace(/[\t\n\r]/g, ' ');
  return whitespace === 'replace' ? replaced : replaced.replace(/ +/g, ' ').replace(/^ | $/g, '');
}

/** A datatype of a library with facets; throws an Error that says what is wrong with the schema. */
export function readDatatype(library: string, name: string, facets: readonly Facet[]): Datatype {
  const type = primitive(library, name);
  const tests = facets.map((facet) => readFacet(type, name, facet, library));
  return {
    name,
    facets,
    allows(given, resolve) {
      const lexical = normalise(type.whitespace, given);
      const value = type.read(lexical, resolve);
      return value !== undefined && tests.every((test) => test(value, lexical));
    },
  };
}

type Test = (value: Value, lexical: string) => boolean;

function readFacet(type: Primitive, name: string, { name: facet, value: given }: Facet, library: string): Test {
  if (facet === 'pattern' && library !== '') {
    let pattern: RegExp;
    try {
      pattern = readXsdRegex(given);
    } catch (cause) {
      throw new Error(`Unexpected pattern \`${given}\`: ${(cause as Error).message}`, { cause });
    }
    return (_, lexical) => pattern.test(lexical);
  }
  if (!type.facets.includes(facet)) throw new Error(`Unexpected param \`${facet}\` of \`${name}\``);
  if (!ranges.includes(facet)) {
    if (!/^\s*\d+\s*$/.test(given)) throw new Error(`Unexpected value \`${given}\` of \`${facet}\`, expected a number`);
    return countTest(facet, Number(given));
  }
  const bound = type.read(normalise(type.whitespace, given), () => undefined);
  if (!bound) throw new Error(`Unexpected value \`${given}\` of \`${facet}\`, expected a value of \`${name}\``);
  return (value) => {
    const order = value.compare?.(bound);
    if (order === undefined || Number.isNaN(order)) return false;
    if (facet === 'minInclusive') return order >= 0;
    if (facet === 'maxInclusive') return order <= 0;
    return facet === 'minExclusive' ? order > 0 : order < 0;
  };
}

function countTest(facet: string, count: number): Test {
  if (facet === 'length') return ({ length = 0 }) => length === count;
  if (facet === 'minLength') return ({ length = 0 }) => length >= count;
  if (facet === 'maxLength') return ({ length = 0 }) => length <= count;
  if (facet === 'totalDigits') return ({ digits }) => digits!.total <= count;
  return ({ digits }) => digits!.fraction <= count;
}

/** A single value of a datatype: gives a test whether a text is that value. Throws an Error when the value is none. */
export function readValue(
  library: string,
  name: string,
  value: string,
  resolve: ResolvePrefix,
): (text: string, resolve: ResolvePrefix) => boolean {
  const type = primitive(library, name);
  const wanted = type.read(normalise(type.whitespace, value), resolve);
  if (!wanted) throw new Error(`Unexpected value \`${value}\`, expected a value of \`${name}\``);
  return (text, resolveThere) => type.read(normalise(type.whitespace, text), resolveThere)?.key === wanted.key;
}
