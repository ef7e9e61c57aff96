import type { Forms } from './matcher.ts';

// What an attribute (or an element with a datatype) expects, where the schema has no list of values to show.

const date = 'a Gregorian year, month or day such as `0999`, `0999-10` or `0999-10-17`';
const civil = 'a date of the text such as `咸平2`, `咸平2-閏3` or `咸平2-9-17`';
const pointers = 'pointers such as `#id`, a space between them';
const word = 'one word without a space';

const expectations: Readonly<Record<string, string>> = {
  'xml:id': 'a name that begins with a letter and has no space or colon, such as `juan-03.e001`',
  'xml:lang': 'a language code such as `lzh-Hant`',
  ident: 'a name or code without a space',
  quantity: 'a whole number',
  n: 'a number or one word',
  version: 'a version such as `1.0`',
  geo: 'a latitude from -90 to 90 and a longitude from -180 to 180 such as `38.8 110.5`',
  type: word,
  unit: word,
  role: word,
  rend: word,
  usage: 'a percentage from 0 to 100',
};

/** The form of a value, for `expected …`, by the name of its attribute or element. */
export function expectedValue(name: string): string {
  const known = expectations[name];
  if (known) return known;
  if (/^(when|from|to|notBefore|notAfter)$/.test(name)) return date;
  if (name.endsWith('-custom')) return civil;
  if (/^(ref|resp|corresp|source|who|toWhom|wit|where|facs|target|scheme|calendar|datingMethod)$/.test(name))
    return pointers;
  return 'a value of another form';
}

const types: Readonly<Record<string, string>> = {
  string: 'text',
  token: 'text',
  normalizedString: 'text',
  language: 'a language code such as `lzh-Hant`',
  Name: 'an XML name',
  NCName: 'an XML name without a colon',
  ID: 'an XML name without a colon',
  IDREF: 'the id of an element',
  IDREFS: 'ids of elements, a space between them',
  NMTOKEN: 'one word of letters, digits, `.`, `-`, `_` or `:`',
  NMTOKENS: 'words of letters, digits, `.`, `-`, `_` or `:`',
  QName: 'a name with a declared prefix',
  boolean: '`true` or `false`',
  decimal: 'a number such as `1.5`',
  float: 'a number such as `1.5` or `1e3`',
  double: 'a number such as `1.5` or `1e3`',
  duration: 'a duration such as `P1Y2M` or `PT30S`',
  dateTime: 'a date and time such as `2001-02-28T12:00:00`',
  time: 'a time such as `12:00:00`',
  date: 'a date such as `2001-02-28`',
  gYearMonth: 'a month such as `2001-02`',
  gYear: 'a year such as `2001` or `-0120`',
  gMonthDay: 'a day of a month such as `--02-28`',
  gDay: 'a day such as `---28`',
  gMonth: 'a month such as `--02`',
  hexBinary: 'pairs of hexadecimal digits',
  base64Binary: 'Base64',
  anyURI: 'a URI',
};

const bounds: Readonly<Record<string, string>> = {
  minInclusive: 'not below',
  maxInclusive: 'not above',
  minExclusive: 'above',
  maxExclusive: 'below',
  length: 'characters:',
  minLength: 'characters at least:',
  maxLength: 'characters at most:',
  totalDigits: 'digits at most:',
  fractionDigits: 'digits after the point at most:',
};

/** Where all of these may stand, as in TEI's dating attributes, one phrase is enough for all that has to do with time. */
const datings = ['date', 'gYear', 'gYearMonth', 'time'];
const moments: ReadonlySet<string> = new Set([...datings, 'gMonth', 'gDay', 'gMonthDay', 'dateTime']);

/** The forms of values of these datatypes, each once, for `expected …, or …`. */
export function describedTypes({ types: given, list }: Forms): string[] {
  const names = new Set(given.map(({ type }) => type));
  const isDating = datings.every((type) => names.has(type));
  const all = given
    .filter(({ type }) => !isDating || !moments.has(type))
    .map(({ type, facets }) => {
      const integer = /[iI]nteger|^(?:unsigned)?(?:[lL]ong|[iI]nt|[sS]hort|[bB]yte)$/.test(type);
      const sign = /^(?:nonNegative|unsigned)/.test(type)
        ? ' not below `0`'
        : type === 'positiveInteger'
          ? ' above `0`'
          : '';
      const base = types[type] ?? (integer ? `a whole number${sign}` : `a value of \`${type}\``);
      const narrowed = facets.map(({ name, value }) =>
        name === 'pattern'
          ? value === anyWord
            ? 'without a space'
            : `that matches \`${value}\``
          : `${bounds[name]} \`${value}\``,
      );
      return [base, ...narrowed].join(' ');
    });
  const distinct = [
    ...(isDating ? ['a date or time such as `2001`, `2001-02`, `2001-02-28` or `12:00:00`'] : []),
    ...new Set(all),
  ];
  return list && distinct.length > 0 ? [`a list of ${distinct.join(', or ')}, a space between them`] : distinct;
}

/** How TEI writes a word. */
const anyWord = '[^\\p{C}\\p{Z}]+';
