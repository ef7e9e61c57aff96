import { LETTER, NAME_CHAR } from 'xmlchars/xml/1.0/ed4.js';
import { readXsdRegex } from './xsd-regex.ts';

/** Namespace of the datatypes of XML Schema. */
export const xsdLibrary = 'http://www.w3.org/2001/XMLSchema-datatypes';

/** Resolves the prefix of a QName, empty for none; nothing when it is not declared. */
export type ResolvePrefix = (prefix: string) => string | undefined;

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

/** How a type reads values; facets compare what it reads. */
interface Primitive {
  readonly whitespace: 'preserve' | 'replace' | 'collapse';
  /** The value of a normalised text; nothing when it is none. Equal values have equal keys. */
  read(text: string, resolve: ResolvePrefix): Value | undefined;
  /** Facets that it takes beside `pattern`. */
  readonly facets: readonly string[];
}

interface Value {
  readonly key: string;
  readonly length?: number;
  /** For types with an order: negative, 0 or positive; nothing when the two have none. */
  compare?(other: Value): number | undefined;
  readonly number?: bigint | number | Moment;
  readonly digits?: { readonly total: number; readonly fraction: number };
}

/** Milliseconds are exact enough for order; without a zone a moment spans 28 hours. */
interface Moment {
  readonly time: number;
  readonly zoned: boolean;
}

const lengths = ['length', 'minLength', 'maxLength'];
const ranges = ['minInclusive', 'maxInclusive', 'minExclusive', 'maxExclusive'];

function text(whitespace: Primitive['whitespace'], form?: RegExp): Primitive {
  return {
    whitespace,
    facets: lengths,
    read: (value) => (form && !form.test(value) ? undefined : { key: value, length: [...value].length }),
  };
}

function listOf(form: RegExp): Primitive {
  return {
    whitespace: 'collapse',
    facets: lengths,
    read(value) {
      const items = value.split(' ');
      return items.every((item) => form.test(item)) ? { key: value, length: items.length } : undefined;
    },
  };
}

function decimal(form: RegExp, min?: bigint, max?: bigint): Primitive {
  return {
    whitespace: 'collapse',
    facets: [...ranges, 'totalDigits', 'fractionDigits'],
    read(value) {
      const parts = form.exec(value);
      if (!parts) return undefined;
      const [, sign = '', whole = '', fraction = ''] = /^([+-]?)0*(\d*)(?:\.(\d*?)0*)?$/.exec(value)!;
      const minus = sign === '-' && (whole + fraction).length > 0 ? '-' : '';
      const integer = BigInt(`${minus}${whole || '0'}`.replace('-0', '0'));
      if ((min !== undefined && integer < min) || (max !== undefined && integer > max)) return undefined;
      return {
        key: `${minus}${whole}.${fraction}`,
        digits: { total: whole.length + fraction.length, fraction: fraction.length },
        compare: (other) => compareDecimals(`${minus}${whole}.${fraction}`, other.key),
      };
    },
  };
}

/** Compares `-whole.fraction` without leading and trailing zeros. */
function compareDecimals(a: string, b: string): number {
  const width = Math.max(a.length, b.length);
  const scaled = (key: string): bigint => {
    const [whole = '', fraction = ''] = key.replace('-', '').split('.');
    const value = BigInt((whole || '0') + fraction.padEnd(width, '0'));
    return key.startsWith('-') ? -value : value;
  };
  const difference = scaled(a) - scaled(b);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

const integer = /^[+-]?\d+$/;
const floating = /^(?:[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[Ee][+-]?\d+)?|-?INF|NaN)$/;

function float(single: boolean): Primitive {
  return {
    whitespace: 'collapse',
    facets: ranges,
    read(value) {
      if (!floating.test(value)) return undefined;
      const number = Number(value.replace('INF', 'Infinity'));
      const rounded = single ? Math.fround(number) : number;
      return {
        key: String(rounded),
        number: rounded,
        compare: ({ number: other }) =>
          Number.isNaN(rounded) || Number.isNaN(other)
            ? undefined
            : rounded - Number(other) || (rounded === other ? 0 : rounded - Number(other)),
      };
    },
  };
}

const zone = '(Z|[+-]\\d{2}:\\d{2})?';
const year = '(-?(?:[1-9]\\d{4,}|\\d{4}))';
const clock = '(\\d{2}):(\\d{2}):(\\d{2}(?:\\.\\d+)?)';

/** Which fields a type has, in the order of its groups. */
type Field = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'zone';

function moment(form: string, fields: readonly Field[]): Primitive {
  const pattern = new RegExp(`^${form}$`);
  return {
    whitespace: 'collapse',
    facets: ranges,
    read(value) {
      const groups = pattern.exec(value);
      if (!groups) return undefined;
      const read = (field: Field): string | undefined =>
        fields.includes(field) ? groups[fields.indexOf(field) + 1] : undefined;
      const found = momentOf(read);
      return (
        found && {
          key: `${found.time} ${found.zoned}`,
          number: found,
          compare: ({ number }) => compareMoments(found, number as Moment),
        }
      );
    },
  };
}

function momentOf(read: (field: Field) => string | undefined): Moment | undefined {
  const number = (field: Field, missing: number): number => Number(read(field) ?? missing);
  const [years, month, day] = [number('year', 2000), number('month', 1), number('day', 1)];
  const [hour, minute, second] = [number('hour', 0), number('minute', 0), number('second', 0)];
  // XML Schema 1.0 has no year 0: before 1 comes -1. Years are those of which the milliseconds can be counted.
  if (years === 0 || Math.abs(years) > 292_000_000 || month < 1 || month > 12 || day < 1 || day > daysOf(years, month))
    return undefined;
  // As jing reads times: seconds to 60 and a fraction, no 24:00:00.
  if (hour > 23 || minute > 59 || second >= 61) return undefined;
  const offset = offsetOf(read('zone'));
  if (offset === undefined) return undefined;
  const days = daysBefore(years < 0 ? years + 1 : years, month) + day;
  const time = (((days * 24 + hour) * 60 + minute - offset) * 60 + second) * 1000;
  return { time, zoned: read('zone') !== undefined };
}

/** Minutes of a time zone, 0 for none; nothing when it is beyond 14 hours, or 14 hours west (which jing refuses). */
function offsetOf(given: string | undefined): number | undefined {
  if (given === undefined || given === 'Z') return 0;
  const [hours = 0, minutes = 0] = given.slice(1).split(':').map(Number);
  if (minutes > 59 || hours > 14 || (hours === 14 && (minutes > 0 || given.startsWith('-')))) return undefined;
  return (given.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

function daysOf(years: number, month: number): number {
  const counted = years < 0 ? years + 1 : years;
  const isLeap = counted % 4 === 0 && (counted % 100 !== 0 || counted % 400 === 0);
  return month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Days from the year 0 to the first of a month, proleptic Gregorian. */
function daysBefore(years: number, month: number): number {
  const before = years - 1;
  let days = before * 365 + Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
  for (let each = 1; each < month; each++) days += daysOf(years <= 0 ? years - 1 : years, each);
  return days;
}

function compareMoments(a: Moment, b: Moment): number | undefined {
  if (a.zoned === b.zoned) return a.time - b.time;
  const difference = a.time - b.time;
  return Math.abs(difference) > 14 * 3_600_000 ? difference : undefined;
}

const duration: Primitive = {
  whitespace: 'collapse',
  facets: ranges,
  read(value) {
    const found =
      /^(-?)P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d*)?|\.\d+)S)?)?$/.exec(
        value,
      );
    if (!found) return undefined;
    const [, minus, years = 0, months = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = found;
    const sign = minus ? -1 : 1;
    const whole = sign * (Number(years) * 12 + Number(months));
    const time = sign * (((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds));
    return { key: `${whole} ${time}`, compare: (other) => compareDurations(whole, time, other.key) };
  },
};

/** Durations have an order where it is the same from each of four dates (XML Schema, 3.2.6.2). */
function compareDurations(months: number, seconds: number, other: string): number | undefined {
  const [otherMonths = 0, otherSeconds = 0] = other.split(' ').map(Number);
  const from: readonly (readonly [number, number])[] = [
    [1696, 9],
    [1697, 2],
    [1903, 3],
    [1903, 7],
  ];
  const signs = from.map(([startYear, startMonth]) => {
    const end = (count: number, rest: number): number => {
      const month = startYear * 12 + startMonth - 1 + count;
      return daysBefore(Math.floor(month / 12), (((month % 12) + 12) % 12) + 1) * 86_400 + rest;
    };
    return Math.sign(end(months, seconds) - end(otherMonths, otherSeconds));
  });
  return signs.every((sign) => sign === signs[0]) ? signs[0] : undefined;
}

const letter = `[${LETTER}_]`;
const nameCharacters = `[${NAME_CHAR}]*`;
const ncName = new RegExp(`^${letter}[${NAME_CHAR.replace(':', '')}]*$`, 'u');
const nmToken = new RegExp(`^[${NAME_CHAR}]+$`, 'u');

const qName: Primitive = {
  whitespace: 'collapse',
  facets: lengths,
  read(value, resolve) {
    const [prefix, local, ...more] = value.includes(':') ? value.split(':') : ['', value];
    if (more.length > 0 || value.startsWith(':') || !ncName.test(local!)) return undefined;
    const uri = resolve(prefix!);
    return uri === undefined ? undefined : { key: `${uri}\n${local}`, length: [...value].length };
  },
};

const base64: Primitive = {
  whitespace: 'collapse',
  facets: lengths,
  read(value) {
    const bare = value.replaceAll(' ', '');
    if (!/^(?:[\w+/]{4})*(?:[\w+/]{2}==|[\w+/]{3}=)?$/.test(bare) || bare.includes('_')) return undefined;
    if (/[^AQgw]==$/.test(bare) || /[^AEIMQUYcgkosw048]=$/.test(bare.replace(/==$/, ''))) return undefined;
    return { key: bare, length: (bare.length / 4) * 3 - (bare.endsWith('==') ? 2 : bare.endsWith('=') ? 1 : 0) };
  },
};

const hex: Primitive = {
  whitespace: 'collapse',
  facets: lengths,
  read: (value) =>
    /^(?:[\da-fA-F]{2})*$/.test(value) ? { key: value.toUpperCase(), length: value.length / 2 } : undefined,
};

const booleans: Primitive = {
  whitespace: 'collapse',
  facets: [],
  read: (value) => (/^(?:true|false|1|0)$/.test(value) ? { key: /1|true/.test(value) ? 'true' : 'false' } : undefined),
};

/** A URI reference (RFC 2396, with RFC 2732 for IPv6); characters that would have to be escaped may stand as they are. */
const anyUri: Primitive = {
  whitespace: 'collapse',
  facets: lengths,
  read: (value) => (isUriReference(value) ? { key: value, length: [...value].length } : undefined),
};

function isUriReference(value: string): boolean {
  if (/%(?![\da-fA-F]{2})/.test(value)) return false;
  const [reference = '', ...fragments] = value.split('#');
  if (fragments.length > 1) return false;
  const scheme = /^([^/?:]*):/.exec(reference)?.[1];
  if (scheme !== undefined && !/^[a-zA-Z][a-zA-Z\d+.-]*$/.test(scheme)) return false;
  const rest = scheme === undefined ? reference : reference.slice(scheme.length + 1);
  if (scheme !== undefined && rest === '') return false;
  const isOpaque = scheme !== undefined && !rest.startsWith('/');
  if (isOpaque) return true;
  if (rest === '//' && fragments.length === 0) return false;
  const [, authority = '', path = ''] = /^(?:\/\/([^/?]*))?([^?]*)/.exec(rest)!;
  if (/[[\]]/.test(path)) return false;
  return !/[[\]]/.test(authority) || /^(?:[^@[\]]*@)?\[[\da-fA-F:.]*:[\da-fA-F:.]*\](?::\d*)?$/.test(authority);
}

const two = (power: bigint): bigint => 2n ** power;

const primitives: Readonly<Record<string, Primitive>> = {
  string: text('preserve'),
  normalizedString: text('replace'),
  token: text('collapse'),
  language: text('collapse', /^[a-zA-Z]{1,8}(?:-[a-zA-Z\d]{1,8})*$/),
  Name: text('collapse', new RegExp(`^[${LETTER}_:]${nameCharacters}$`, 'u')),
  NCName: text('collapse', ncName),
  ID: text('collapse', ncName),
  IDREF: text('collapse', ncName),
  ENTITY: text('collapse', ncName),
  NMTOKEN: text('collapse', nmToken),
  IDREFS: listOf(ncName),
  ENTITIES: listOf(ncName),
  NMTOKENS: listOf(nmToken),
  QName: qName,
  NOTATION: qName,
  boolean: booleans,
  decimal: decimal(/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/),
  integer: decimal(integer),
  nonPositiveInteger: decimal(integer, undefined, 0n),
  negativeInteger: decimal(integer, undefined, -1n),
  nonNegativeInteger: decimal(integer, 0n),
  positiveInteger: decimal(integer, 1n),
  long: decimal(integer, -two(63n), two(63n) - 1n),
  int: decimal(integer, -two(31n), two(31n) - 1n),
  short: decimal(integer, -32768n, 32767n),
  byte: decimal(integer, -128n, 127n),
  unsignedLong: decimal(integer, 0n, two(64n) - 1n),
  unsignedInt: decimal(integer, 0n, two(32n) - 1n),
  unsignedShort: decimal(integer, 0n, 65535n),
  unsignedByte: decimal(integer, 0n, 255n),
  float: float(true),
  double: float(false),
  duration,
  dateTime: moment(`${year}-(\\d{2})-(\\d{2})T${clock}${zone}`, [
    'year',
    'month',
    'day',
    'hour',
    'minute',
    'second',
    'zone',
  ]),
  time: moment(`${clock}${zone}`, ['hour', 'minute', 'second', 'zone']),
  date: moment(`${year}-(\\d{2})-(\\d{2})${zone}`, ['year', 'month', 'day', 'zone']),
  gYearMonth: moment(`${year}-(\\d{2})${zone}`, ['year', 'month', 'zone']),
  gYear: moment(`${year}${zone}`, ['year', 'zone']),
  gMonthDay: moment(`--(\\d{2})-(\\d{2})${zone}`, ['month', 'day', 'zone']),
  gDay: moment(`---(\\d{2})${zone}`, ['day', 'zone']),
  gMonth: moment(`--(\\d{2})${zone}`, ['month', 'zone']),
  hexBinary: hex,
  base64Binary: base64,
  anyURI: anyUri,
};

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
