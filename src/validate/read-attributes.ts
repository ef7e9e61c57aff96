import { characterFault, referenceFault } from './character-fault.ts';
import type { MarkupFault } from './read-markup.ts';
import { nameAt, skipSpace } from './xml-names.ts';

/** An attribute as written: `start` is the UTF-16 index of its name, `end` that behind its closing quote. */
export interface Attribute {
  readonly name: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

interface StartTagRest {
  readonly attributes: Attribute[];
  readonly empty: boolean;
  readonly to: number;
}

/** Reads a start tag (its `<` at `tag`) from behind its name to its `>`, or says what is wrong with it. */
export function readAttributes(text: string, tag: number, from: number): StartTagRest | MarkupFault {
  const attributes: Attribute[] = [];
  const names = new Map<string, Attribute>();
  const opening = { start: tag, end: from };
  for (let at = from; ; ) {
    const next = skipSpace(text, at);
    const found = text.charAt(next);
    if (found === '>') return { attributes, empty: false, to: next + 1 };
    if (text.startsWith('/>', next)) return { attributes, empty: true, to: next + 2 };
    if (found === '' || found === '<') return unclosedTag(text, opening, next);
    if (found === '/') return { message: 'Unexpected `/` in a tag, expected `/>`.', start: next, end: next + 1 };
    const before = attributes.at(-1);
    if (next === at && before) return closeFollower(text, before, next);
    const attribute = readAttribute(text, next, opening);
    if ('message' in attribute) return attribute;
    const first = names.get(attribute.name);
    if (first) return duplicateAttribute(attribute, first);
    names.set(attribute.name, attribute);
    attributes.push(attribute);
    at = attribute.end;
  }
}

/** The fault of an attribute that stands twice. */
export function duplicateAttribute(second: Attribute, first: Attribute): MarkupFault {
  const { name, start } = second;
  const related = [{ message: 'The first stands here', start: first.start, end: first.start + first.name.length }];
  return {
    message: `Unexpected second attribute \`${name}\`, expected it once.`,
    start,
    end: start + name.length,
    related,
  };
}

function unclosedTag(text: string, opening: { start: number; end: number }, next: number): MarkupFault {
  const tag = text.slice(opening.start, opening.end);
  if (next >= text.length)
    return { message: `Unexpected end of the file in the tag \`${tag}\`, expected \`>\`.`, ...opening };
  const related = [{ message: 'The next `<` stands here', start: next, end: next + 1 }];
  return { message: `Unexpected \`<\` in the tag \`${tag}\`, expected \`>\` before it.`, ...opening, related };
}

/** What follows a closing quote at once: the quote was an opening one, or a space is missing. */
function closeFollower(text: string, before: Attribute, at: number): MarkupFault {
  if (/[ \t\r\n][^\s"'<>=]+[ \t\r\n]*=[ \t\r\n]*$/.test(before.value.slice(-200))) return noClosingQuote(text, before);
  const name = nameAt(text, at);
  if (name !== '' && !wideMark.test(name)) {
    const message = `Unexpected attribute \`${name}\` right behind a value, expected a space before it.`;
    return { message, start: at, end: at + name.length };
  }
  return strayCharacter(text, at, `behind the value of \`${before.name}\``);
}

function noClosingQuote(text: string, { name, start }: { name: string; start: number }): MarkupFault {
  const quote = text.charAt(skipSpace(text, skipSpace(text, start + name.length) + 1));
  const message = `Unexpected value of \`${name}\` without a closing quote, expected \`${quote}\`.`;
  return { message, start, end: start + name.length };
}

function readAttribute(text: string, at: number, opening: { start: number; end: number }): Attribute | MarkupFault {
  const name = nameAt(text, at);
  if (name === '') return strayCharacter(text, at, `in the tag \`${text.slice(opening.start, opening.end)}\``);
  const place = { start: at, end: at + name.length };
  const equals = skipSpace(text, place.end);
  if (text.charAt(equals) !== '=') return noValue(text, name, place, equals, opening);
  const from = skipSpace(text, equals + 1);
  const quote = text.charAt(from);
  if (quote !== '"' && quote !== "'") return unquoted(text, name, place, from);
  const close = text.indexOf(quote, from + 1);
  const less = indexBetween(text, '<', from + 1, close < 0 ? text.length : close);
  if (close < 0 || less >= 0) return openValue(text, name, place, { from, close, less });
  const value = text.slice(from + 1, close);
  for (let ampersand = value.indexOf('&'); ampersand >= 0; ampersand = value.indexOf('&', ampersand + 1)) {
    const fault = referenceFault(text, from + 1 + ampersand);
    if (fault) return fault;
  }
  return characterFault(text, from, close) ?? { name, value, start: at, end: close + 1 };
}

/** A value with `<` in it, or with no closing quote: which of the two is meant. */
function openValue(
  text: string,
  name: string,
  place: { start: number; end: number },
  { from, close, less }: { from: number; close: number; less: number },
): MarkupFault {
  const tagEnded = less >= 0 && indexBetween(text, '>', from + 1, less) >= 0;
  if (close >= 0 && less >= 0 && !tagEnded && /[\s/>]/.test(text.charAt(close + 1))) {
    return { message: `Unexpected \`<\` in the value of \`${name}\`, expected \`&lt;\`.`, start: less, end: less + 1 };
  }
  return noClosingQuote(text, { name, start: place.start });
}

function noValue(
  text: string,
  name: string,
  place: { start: number; end: number },
  next: number,
  opening: { start: number; end: number },
): MarkupFault {
  const wide = name.search(wideMark);
  if (wide >= 0) return strayCharacter(text, place.start + wide, `behind \`${name.slice(0, wide)}\``);
  const found = [...text.slice(next, next + 2)][0] ?? '';
  if (found === '"' || found === "'") {
    return {
      message: `Unexpected value of \`${name}\` without \`=\`, expected \`${name}=${found}…${found}\`.`,
      ...place,
    };
  }
  if (found === '' || found === '<') return unclosedTag(text, opening, next);
  if (next === place.end && !'/>'.includes(found)) return strayCharacter(text, next, `behind \`${name}\``);
  return { message: `Unexpected attribute \`${name}\` without a value, expected \`${name}="…"\`.`, ...place };
}

function unquoted(text: string, name: string, place: { start: number; end: number }, from: number): MarkupFault {
  const found = [...text.slice(from, from + 2)][0] ?? '';
  if (/[“”„‘’「『＂＇]/.test(found)) return strayCharacter(text, from, `around the value of \`${name}\``);
  const value = /^[^\s"'<>/]{0,30}/.exec(text.slice(from, from + 30))![0];
  const message = `Unexpected value ${value ? `\`${value}\` ` : ''}of \`${name}\` without quotes, expected \`${name}="…"\`.`;
  return { message, ...place };
}

/** What people type in place of the characters of markup, the commonest in Chinese texts first. */
const lookalikes: Readonly<Record<string, string>> = {
  '\u3000': 'a space',
  '\u00A0': 'a space',
  '＝': '`=`',
  '＞': '`>`',
  '／': '`/`',
  '＜': '`<`',
  '“': '`"`',
  '”': '`"`',
  '„': '`"`',
  '＂': '`"`',
  '「': '`"`',
  '『': '`"`',
  '‘': "`'`",
  '’': "`'`",
  '＇': "`'`",
};

/** Wide forms of the characters of markup that XML takes for letters of a name. */
const wideMark = /[＝＞／＂＇]/;

function strayCharacter(text: string, at: number, where: string): MarkupFault {
  const found = [...text.slice(at, at + 2)][0] ?? '';
  const code = found.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
  const shown = /[\s\p{Cc}\p{Cf}]/u.test(found) ? `character U+${code}` : `\`${found}\``;
  const wanted = lookalikes[found] ?? 'an attribute or `>`';
  return { message: `Unexpected ${shown} ${where}, expected ${wanted}.`, start: at, end: at + found.length };
}

/** Index of a character between two indexes, -1 if it is not there; never looks beyond. */
function indexBetween(text: string, character: string, from: number, to: number): number {
  for (let at = from; at < to; at++) if (text.charAt(at) === character) return at;
  return -1;
}
