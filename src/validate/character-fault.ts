import type { MarkupFault } from './read-markup.ts';

// XML 1.0, production 2: what is no Char. Surrogates stand here alone: with the flag `u` a pair is one character.
const noCharacter = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu;

/** The first character of a piece of text that no XML file can hold. */
export function characterFault(text: string, from: number, to: number): MarkupFault | undefined {
  noCharacter.lastIndex = from;
  const found = noCharacter.exec(from === 0 && to === text.length ? text : text.slice(0, to));
  if (!found) return undefined;
  const code = found[0].charCodeAt(0);
  const kind = code < 0x20 ? 'control character' : code < 0xe000 ? 'half of a surrogate pair' : 'noncharacter';
  const message = `Unexpected ${kind} U+${hex(code).padStart(4, '0')}, expected a character that XML can hold.`;
  return { message, start: found.index, end: found.index + 1 };
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
export function referenceFault(text: string, at: number): MarkupFault | undefined {
  reference.lastIndex = at;
  const [found, x, digits, name, semicolon] = reference.exec(text)!;
  const place = { start: at, end: at + found.length };
  if (digits !== undefined) {
    const valid = x ? /^[\da-f]+$/i.test(digits) : /^\d+$/.test(digits);
    if (!valid)
      return { message: `Unexpected reference \`${found}\`, expected digits such as \`&#x4E00;\`.`, ...place };
    if (!semicolon) return { message: `Unexpected reference \`${found}\` without its end, expected \`;\`.`, ...place };
    const code = Number.parseInt(digits, x ? 16 : 10);
    if (isCharacter(code)) return undefined;
    const message = `Unexpected reference \`${found}\`: XML cannot hold this character, expected another.`;
    return { message, ...place };
  }
  if (/^(?:amp|lt|gt|quot|apos)$/.test(name!)) {
    if (semicolon) return undefined;
    return { message: `Unexpected reference \`${found}\` without its end, expected \`${found};\`.`, ...place };
  }
  const code = htmlEntities[name!];
  if (code !== undefined) {
    return {
      message: `Unexpected entity \`${found}\`, expected \`&#x${hex(code)};\` or the character itself.`,
      ...place,
    };
  }
  if (semicolon && name !== '') {
    return {
      message: `Unexpected entity \`${found}\`: XML does not know it, expected the character itself.`,
      ...place,
    };
  }
  return { message: 'Unexpected `&`, expected `&amp;`.', start: at, end: at + 1 };
}

function isCharacter(code: number): boolean {
  if (code < 0x20) return code === 9 || code === 10 || code === 13;
  return code < 0xd800 || (code > 0xdfff && code < 0xfffe) || (code > 0xffff && code < 0x110000);
}

function hex(code: number): string {
  return code.toString(16).toUpperCase();
}
