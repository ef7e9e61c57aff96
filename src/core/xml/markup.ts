import { type RawAttribute, readAttributes } from './attributes.ts';
import { ill, limits, tooLarge, type XmlFault } from './fault.ts';
import { nameAt, pointAt, skipSpace } from './names.ts';

/** A piece of markup; `to` is the UTF-16 index behind it. */
export type Markup =
  | {
      readonly kind: 'start' | 'empty';
      readonly name: string;
      readonly attributes: RawAttribute[];
      readonly to: number;
    }
  | { readonly kind: 'end'; readonly name: string; readonly to: number }
  | { readonly kind: 'cdata' | 'comment'; readonly to: number }
  | { readonly kind: 'instruction'; readonly name: string; readonly to: number };

/** Reads the markup that begins with the `<` at an index, or says what is wrong with it. */
export function readMarkup(text: string, at: number): Markup | XmlFault {
  const next = text.charCodeAt(at + 1);
  if (next === 0x2f) return readEndTag(text, at);
  if (next === 0x3f) return readInstruction(text, at);
  if (text.startsWith('<!--', at)) return readComment(text, at);
  if (text.startsWith('<![CDATA[', at)) return readCdata(text, at);
  if (next === 0x21) return misplacedDeclaration(text, at);
  const name = nameAt(text, at + 1);
  if (name !== '') return readStartTag(text, at, name);
  const point = pointAt(text, at + 1);
  if (point === '') return ill('Unexpected `<` at the end of the file, expected a tag.', at, at + 1);
  const blank = /\s/.test(point);
  const message = blank
    ? 'Unexpected `<` before white space, expected the name of a tag behind it, or `&lt;`.'
    : `Unexpected \`<${point}\`: no name begins with \`${point}\`, expected a tag, or \`&lt;\` for the character.`;
  return ill(message, at, at + 1 + (blank ? 0 : point.length));
}

function readStartTag(text: string, at: number, name: string): Markup | XmlFault {
  const from = at + 1 + name.length;
  if (name.length > limits.name) return tooLarge('name with a length', limits.name, at, from);
  const read = readAttributes(text, at, from);
  if ('code' in read) return read;
  return { kind: read.empty ? 'empty' : 'start', name, attributes: read.attributes, to: read.to };
}

function readEndTag(text: string, at: number): Markup | XmlFault {
  const name = nameAt(text, at + 2);
  const end = at + 2 + name.length;
  if (name === '') {
    const to = text.charAt(at + 2) === '>' ? at + 3 : at + 2;
    return ill(`Unexpected \`${text.slice(at, to)}\` without a name, expected \`</name>\`.`, at, to);
  }
  if (name.length > limits.name) return tooLarge('name with a length', limits.name, at, end);
  const close = skipSpace(text, end);
  const found = pointAt(text, close);
  if (found === '>') return { kind: 'end', name, to: close + 1 };
  const what = found === '' || found === '<' ? 'without `>`' : `with \`${found}\` in it`;
  return ill(`Unexpected closing tag \`</${name}\` ${what}, expected \`</${name}>\`.`, at, end);
}

function readComment(text: string, at: number): Markup | XmlFault {
  const dashes = text.indexOf('--', at + 4);
  if (dashes >= 0 && text.charAt(dashes + 2) === '>') return { kind: 'comment', to: dashes + 3 };
  const end = at + 4;
  if (dashes < 0) return ill('Unexpected comment without an end, expected `-->`.', at, end);
  if (text.startsWith('<!', dashes - 2)) {
    const next = { message: 'The next comment begins here', start: dashes - 2, end: dashes + 2 };
    return ill('Unexpected comment without an end before the next, expected `-->`.', at, end, next);
  }
  const begin = { message: 'The comment begins here', start: at, end };
  if (text.startsWith('--->', dashes)) {
    return ill('Unexpected `--->` at the end of a comment, expected `-->`.', dashes, dashes + 4, begin);
  }
  return ill('Unexpected `--` in a comment, expected one hyphen or `-->`.', dashes, dashes + 2, begin);
}

function readCdata(text: string, at: number): Markup | XmlFault {
  const close = text.indexOf(']]>', at + 9);
  if (close < 0) return ill('Unexpected CDATA section without an end, expected `]]>`.', at, at + 9);
  return { kind: 'cdata', to: close + 3 };
}

function readInstruction(text: string, at: number): Markup | XmlFault {
  const name = nameAt(text, at + 2);
  if (name === '') return ill('Unexpected `<?` without a name behind it, expected `<?name …?>`.', at, at + 2);
  const end = at + 2 + name.length;
  if (name.length > limits.name) return tooLarge('name with a length', limits.name, at, end);
  const close = text.indexOf('?>', end);
  if (close < 0) return ill(`Unexpected instruction \`<?${name}\` without an end, expected \`?>\`.`, at, end);
  if (name.toLowerCase() === 'xml') return xmlDeclaration(text, at, close + 2);
  if (name.includes(':')) return ill(`Unexpected \`:\` in \`<?${name}\`, expected a name without a colon.`, at, end);
  if (close !== end && skipSpace(text, end) === end) {
    return ill(`Unexpected \`${pointAt(text, end)}\` in \`<?${name}\`, expected a space or \`?>\`.`, at, end);
  }
  return { kind: 'instruction', name, to: close + 2 };
}

// XML 1.0, production 23; a version 1.x is read as 1.0 (2.8).
const declaration =
  /^<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(["'])1\.[0-9]+\1(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(["'])[A-Za-z][\w.-]*\2)?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(["'])(?:yes|no)\3)?[ \t\r\n]*\?>$/;

function xmlDeclaration(text: string, at: number, to: number): Markup | XmlFault {
  if (at > 0 && skipSpace(text, 0) === at) {
    const here = { message: 'The declaration stands here', start: at, end: at + 5 };
    return ill('Unexpected white space before the XML declaration, expected the declaration first.', 0, at, here);
  }
  if (at > 0) return ill('Unexpected XML declaration, expected it at the start of the file or not at all.', at, at + 5);
  const found = text.slice(0, Math.min(to, 200));
  if (declaration.test(found)) return { kind: 'instruction', name: 'xml', to };
  const message = `Unexpected XML declaration \`${found}\`, expected \`<?xml version="1.0" encoding="UTF-8"?>\`.`;
  return ill(message, at, to);
}

function misplacedDeclaration(text: string, at: number): XmlFault {
  const word = /^<![^\s<>[]{0,20}\[?(?:[^\s<>[]{0,20}\[)?/.exec(text.slice(at, at + 50))![0];
  const end = at + word.length;
  if (/^<!doctype/i.test(word)) {
    const message = 'Unexpected document type declaration (`<!DOCTYPE`), expected none.';
    return { code: 'validate/doctype', message, start: at, end: at + 9 };
  }
  if (/^<!\[cdata\[?/i.test(word)) return ill(`Unexpected \`${word}\`, expected \`<![CDATA[\`.`, at, end);
  return ill(`Unexpected \`${word}\`, expected \`<!--\`.`, at, end);
}
