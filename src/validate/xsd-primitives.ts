import { LETTER, NAME_CHAR } from 'xmlchars/xml/1.0/ed4.js';
import { moments } from './xsd-moments.ts';
import { lengths, type Primitive, ranges } from './xsd-value.ts';

/** A type of strings, all of them or those of a form. */
export function text(whitespace: Primitive['whitespace'], form?: RegExp): Primitive {
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

/** The datatypes of XML Schema 1.0 by name. */
export const primitives: Readonly<Record<string, Primitive>> = {
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
  ...moments,
  hexBinary: hex,
  base64Binary: base64,
  anyURI: anyUri,
};
