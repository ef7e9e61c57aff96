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
