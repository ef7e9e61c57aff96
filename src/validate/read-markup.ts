import { characterFault } from './character-fault.ts';
import { type Attribute, readAttributes } from './read-attributes.ts';
import { nameAt, skipSpace } from './xml-names.ts';

/** What is wrong with the markup, and where: UTF-16 indexes of the cause, not of where a parser notices it. */
export interface MarkupFault {
  readonly message: string;
  readonly start: number;
  readonly end: number;
  readonly related?: readonly { readonly message: string; readonly start: number; readonly end: number }[];
}

/** A piece of markup: a tag, or a comment, CDATA section or processing instruction. `to` is the UTF-16 index behind it. */
export type Markup =
  | { readonly kind: 'start' | 'empty'; readonly name: string; readonly attributes: Attribute[]; readonly to: number }
  | { readonly kind: 'end'; readonly name: string; readonly to: number }
  | { readonly kind: 'cdata' | 'other'; readonly to: number };

/** Reads the markup that begins with the `<` at an index, or says what is wrong with it. */
export function readMarkup(text: string, at: number): Markup | MarkupFault {
  if (text.startsWith('<!--', at)) return readComment(text, at);
  if (text.startsWith('<![CDATA[', at)) return readCdata(text, at);
  if (text.startsWith('<?', at)) return readInstruction(text, at);
  if (text.startsWith('</', at)) return readEndTag(text, at);
  if (text.startsWith('<!', at)) return misplacedDeclaration(text, at);
  const name = nameAt(text, at + 1);
  if (name !== '') return readStartTag(text, at, name);
  const next = [...text.slice(at + 1, at + 3)][0];
  if (next === undefined)
    return { message: 'Unexpected `<` at the end of the file, expected a tag.', start: at, end: at + 1 };
  const message = /\s/.test(next)
    ? 'Unexpected `<` before white space, expected the name of a tag behind it, or `&lt;`.'
    : `Unexpected \`<${next}\`: no name begins with \`${next}\`, expected a tag, or \`&lt;\` for the character.`;
  return { message, start: at, end: at + 1 + (/\s/.test(next) ? 0 : next.length) };
}

function readStartTag(text: string, at: number, name: string): Markup | MarkupFault {
  const read = readAttributes(text, at, at + 1 + name.length);
  if ('message' in read) return read;
  return { kind: read.empty ? 'empty' : 'start', name, attributes: read.attributes, to: read.to };
}

function readEndTag(text: string, at: number): Markup | MarkupFault {
  const name = nameAt(text, at + 2);
  if (name === '') {
    const end = text.charAt(at + 2) === '>' ? at + 3 : at + 2;
    return { message: `Unexpected \`${text.slice(at, end)}\` without a name, expected \`</name>\`.`, start: at, end };
  }
  const close = skipSpace(text, at + 2 + name.length);
  if (text.charAt(close) === '>') return { kind: 'end', name, to: close + 1 };
  const end = at + 2 + name.length;
  const found = [...text.slice(close, close + 2)][0];
  const what = found === undefined || found === '<' ? 'without `>`' : `with \`${found}\` in it`;
  return { message: `Unexpected closing tag \`</${name}\` ${what}, expected \`</${name}>\`.`, start: at, end };
}

function readComment(text: string, at: number): Markup | MarkupFault {
  const dashes = text.indexOf('--', at + 4);
  if (dashes >= 0 && text.charAt(dashes + 2) === '>') {
    return characterFault(text, at, dashes) ?? { kind: 'other', to: dashes + 3 };
  }
  const opener = { start: at, end: at + 4 };
  if (dashes < 0) return { message: 'Unexpected comment without an end, expected `-->`.', ...opener };
  if (text.startsWith('<!', dashes - 2)) {
    const related = [{ message: 'The next comment begins here', start: dashes - 2, end: dashes + 2 }];
    return { message: 'Unexpected comment without an end before the next, expected `-->`.', ...opener, related };
  }
  const last = text.startsWith('--->', dashes);
  const message = last
    ? 'Unexpected `--->` at the end of a comment, expected `-->`.'
    : 'Unexpected `--` in a comment, expected one hyphen or `-->`.';
  return {
    message,
    start: dashes,
    end: dashes + (last ? 4 : 2),
    related: [{ message: 'The comment begins here', ...opener }],
  };
}

function readCdata(text: string, at: number): Markup | MarkupFault {
  const close = text.indexOf(']]>', at + 9);
  if (close < 0) return { message: 'Unexpected CDATA section without an end, expected `]]>`.', start: at, end: at + 9 };
  return characterFault(text, at, close) ?? { kind: 'cdata', to: close + 3 };
}

function readInstruction(text: string, at: number): Markup | MarkupFault {
  const target = nameAt(text, at + 2);
  if (target === '') {
    const message = 'Unexpected `<?` without a name behind it, expected `<?name …?>`.';
    return { message, start: at, end: at + 2 };
  }
  const end = at + 2 + target.length;
  const close = text.indexOf('?>', end);
  if (close < 0) {
    return {
      message: `Unexpected processing instruction \`<?${target}\` without an end, expected \`?>\`.`,
      start: at,
      end,
    };
  }
  if (target.toLowerCase() === 'xml') return xmlDeclaration(text, at, close + 2);
  if (target.includes(':')) {
    return { message: `Unexpected \`:\` in \`<?${target}\`, expected a name without a colon.`, start: at, end };
  }
  if (close !== end && skipSpace(text, end) === end) {
    const found = [...text.slice(end, end + 2)][0];
    return { message: `Unexpected \`${found}\` in \`<?${target}\`, expected a space or \`?>\`.`, start: at, end };
  }
  return characterFault(text, at, close) ?? { kind: 'other', to: close + 2 };
}

const declaration =
  /^<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(["'])1\.[0-9]+\1(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(["'])[A-Za-z][\w.-]*\2)?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(["'])(?:yes|no)\3)?[ \t\r\n]*\?>$/;

function xmlDeclaration(text: string, at: number, to: number): Markup | MarkupFault {
  if (at > 0) {
    const blank = skipSpace(text, 0) === at;
    const message = blank
      ? 'Unexpected white space before the XML declaration, expected `<?xml` as the first characters of the file.'
      : 'Unexpected XML declaration, expected it at the very start of the file or not at all.';
    return blank
      ? { message, start: 0, end: at, related: [{ message: 'The declaration stands here', start: at, end: at + 5 }] }
      : { message, start: at, end: at + 5 };
  }
  const found = text.slice(at, Math.min(to, at + 200));
  if (declaration.test(found)) return { kind: 'other', to };
  const message = `Unexpected XML declaration \`${found}\`, expected \`<?xml version="1.0" encoding="UTF-8"?>\`.`;
  return { message, start: at, end: to };
}

function misplacedDeclaration(text: string, at: number): MarkupFault {
  const word = /^<![^\s<>[]{0,20}\[?(?:[^\s<>[]{0,20}\[)?/.exec(text.slice(at, at + 50))![0];
  const start = { start: at, end: at + word.length };
  if (/^<!doctype/i.test(word))
    return { message: 'Unexpected `<!DOCTYPE` inside the document, expected none.', ...start };
  if (/^<!\[cdata\[?/i.test(word)) return { message: `Unexpected \`${word}\`, expected \`<![CDATA[\`.`, ...start };
  return { message: `Unexpected \`${word}\`, expected \`<!--\`.`, ...start };
}
