import { ill, type XmlFault } from './fault.ts';

// XML 1.0, production 2: what is no Char. With the flag `u` a surrogate pair is one character.
const noCharacter = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/u;

/** UTF-16 index of the first character that no XML file can hold; infinity if there is none. */
export function firstNonCharacter(text: string): number {
  const at = text.search(noCharacter);
  return at < 0 ? Number.POSITIVE_INFINITY : at;
}

/** The fault of a character that no XML file can hold. */
export function characterFault(text: string, at: number): XmlFault {
  const code = text.charCodeAt(at);
  const kind = code < 0x20 ? 'control character' : code < 0xe000 ? 'half of a surrogate pair' : 'noncharacter';
  const message = `Unexpected ${kind} U+${hex(code)}, expected a character that XML can hold.`;
  return ill(message, at, at + 1);
}

/** Characters people write as HTML entities, which XML does not know. */
const htmlEntities: Readonly<Record<string, number>> = {
  nbsp: 0xa0,
  copy: 0xa9,
  reg: 0xae,
  deg: 0xb0,
  sect: 0xa7,
  middot: 0xb7,
  bull: 0x2022,
  times: 0xd7,
  eacute: 0xe9,
  uuml: 0xfc,
  ouml: 0xf6,
  auml: 0xe4,
  ndash: 0x2013,
  mdash: 0x2014,
  lsquo: 0x2018,
  rsquo: 0x2019,
  ldquo: 0x201c,
  rdquo: 0x201d,
  hellip: 0x2026,
  laquo: 0xab,
  raquo: 0xbb,
};

const reference = /&(?:#(x?)([^\s;<>&"']{0,12})|([^\s;<>&"'#]{0,40}))(;?)/y;

/** What is wrong with the reference that begins with the `&` at an index. */
export function referenceFault(text: string, at: number): XmlFault | undefined {
  reference.lastIndex = at;
  const [found, x, digits, name, semicolon] = reference.exec(text)!;
  const fault = (reason: string): XmlFault => ill(`Unexpected ${reason}.`, at, at + found.length);
  if (digits !== undefined) {
    const valid = x ? /^[\da-f]+$/i.test(digits) : /^\d+$/.test(digits);
    if (!valid) return fault(`reference \`${found}\`, expected digits such as \`&#x4E00;\``);
    if (!semicolon) return fault(`reference \`${found}\` without its end, expected \`;\``);
    if (isCharacter(Number.parseInt(digits, x ? 16 : 10))) return undefined;
    return fault(`reference \`${found}\`: XML cannot hold this character, expected another`);
  }
  if (semicolon && name! in predefined) return undefined;
  const known = /^(?:amp|lt|gt|quot|apos)(?![A-Za-z])/.exec(name!)?.[0];
  if (known) {
    const message = `Unexpected reference \`&${known}\` without its end, expected \`&${known};\`.`;
    return ill(message, at, at + 1 + known.length);
  }
  const code = Object.hasOwn(htmlEntities, name!) && htmlEntities[name!];
  if (code) return fault(`entity \`${found}\`, expected \`&#x${hex(code)};\` or the character itself`);
  if (semicolon && name !== '') {
    return fault(`entity \`${found}\`: XML does not know it, expected the character itself`);
  }
  return ill('Unexpected `&`, expected `&amp;`.', at, at + 1);
}

const predefined: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
});

/** The five predefined entities and character references, in one pass: the only ones XML has without a DTD. */
export function decodeReferences(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#x([\da-fA-F]+)|#(\d+)|(amp|lt|gt|quot|apos));/g, (_, hex, decimal, name) =>
    name ? predefined[name]! : String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(decimal)),
  );
}

/** Line ends as XML gives them: one LF each (XML 1.0, 2.11). */
export function normaliseLines(text: string): string {
  // Replacing millions of characters takes forty times their memory and ten times the time of this.
  return text.includes('\r') ? text.split('\r\n').join('\n').split('\r').join('\n') : text;
}

/** The value of an attribute as XML gives it: white space becomes spaces, references their characters (3.3.3). */
export function decodeValue(raw: string): string {
  return /[&\t\n\r]/.test(raw) ? decodeReferences(raw.replace(/\r\n|[\t\n\r]/g, ' ')) : raw;
}

function isCharacter(code: number): boolean {
  if (code < 0x20) return code === 9 || code === 10 || code === 13;
  return code < 0xd800 || (code > 0xdfff && code < 0xfffe) || (code > 0xffff && code < 0x110000);
}

function hex(code: number): string {
  return code.toString(16).toUpperCase().padStart(4, '0');
}
