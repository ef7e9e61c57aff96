import { referenceFault } from './characters.ts';
import { ill, limits, tooLarge, type XmlFault } from './fault.ts';
import { nameAt, pointAt, skipSpace } from './names.ts';

/** An attribute as written, references and all: UTF-16 indexes of its name and behind its closing quote. */
export interface RawAttribute {
  readonly name: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** A start tag that has no end yet, or what is behind its name. */
interface Opening {
  readonly start: number;
  readonly end: number;
}

interface StartTagRest {
  readonly attributes: RawAttribute[];
  readonly empty: boolean;
  readonly to: number;
}

/** Reads a start tag (its `<` at `tag`) from behind its name to its `>`, or says what is wrong with it. */
export function readAttributes(text: string, tag: number, from: number): StartTagRest | XmlFault {
  const attributes: RawAttribute[] = [];
  const opening = { start: tag, end: from };
  for (let at = from; ; ) {
    const next = skipSpace(text, at);
    const found = text.charAt(next);
    if (found === '>') return { attributes, empty: false, to: next + 1 };
    if (found === '/' && text.charAt(next + 1) === '>') return { attributes, empty: true, to: next + 2 };
    if (found === '' || found === '<') return unclosedTag(text, opening, next);
    if (found === '/') return ill('Unexpected `/` in a tag, expected `/>`.', next, next + 1);
    const before = attributes.at(-1);
    if (next === at && before) return closeFollower(text, before, next);
    const attribute = readAttribute(text, next, opening);
    if ('code' in attribute) return attribute;
    const first = attributes.find(({ name }) => name === attribute.name);
    if (first) return duplicateAttribute(attribute, first);
    if (attributes.push(attribute) > limits.attributes)
      return tooLarge('number of attributes', limits.attributes, tag, from);
    at = attribute.end;
  }
}

/** The fault of an attribute that stands twice. */
export function duplicateAttribute(second: RawAttribute, first: RawAttribute): XmlFault {
  const { name, start } = second;
  const related = { message: 'The first stands here', start: first.start, end: first.start + first.name.length };
  return ill(`Unexpected second attribute \`${name}\`, expected it once.`, start, start + name.length, related);
}

function unclosedTag(text: string, { start, end }: Opening, next: number): XmlFault {
  const tag = text.slice(start, end);
  if (next >= text.length) return ill(`Unexpected end of the file in the tag \`${tag}\`, expected \`>\`.`, start, end);
  const related = { message: 'The next `<` stands here', start: next, end: next + 1 };
  return ill(`Unexpected \`<\` in the tag \`${tag}\`, expected \`>\` before it.`, start, end, related);
}

/** What follows a closing quote at once: the quote was an opening one, or a space is missing. */
function closeFollower(text: string, before: RawAttribute, at: number): XmlFault {
  if (/[ \t\r\n][^\s"'<>=]+[ \t\r\n]*=[ \t\r\n]*$/.test(before.value.slice(-200))) {
    return noClosingQuote(text, before.name, before.start);
  }
  const name = nameAt(text, at);
  if (name === '' || wideMark.test(name)) return strayCharacter(text, at, `behind the value of \`${before.name}\``);
  const message = `Unexpected attribute \`${name}\` right behind a value, expected a space before it.`;
  return ill(message, at, at + name.length);
}

function noClosingQuote(text: string, name: string, start: number): XmlFault {
  const quote = text.charAt(skipSpace(text, skipSpace(text, start + name.length) + 1));
  const message = `Unexpected value of \`${name}\` without a closing quote, expected \`${quote}\`.`;
  return ill(message, start, start + name.length);
}

function readAttribute(text: string, at: number, opening: Opening): RawAttribute | XmlFault {
  const name = nameAt(text, at);
  if (name === '') return strayCharacter(text, at, `in the tag \`${text.slice(opening.start, opening.end)}\``);
  const end = at + name.length;
  if (name.length > limits.name) return tooLarge('name with a length', limits.name, at, end);
  const equals = skipSpace(text, end);
  if (text.charAt(equals) !== '=') return noValue(text, name, at, opening);
  const from = skipSpace(text, equals + 1);
  const quote = text.charAt(from);
  if (quote !== '"' && quote !== "'") return unquoted(text, name, at, from);
  const close = text.indexOf(quote, from + 1);
  if (close < 0) return noClosingQuote(text, name, at);
  const value = text.slice(from + 1, close);
  const less = value.indexOf('<');
  if (less >= 0) return openValue(text, name, at, value, from + 1);
  if (value.length > limits.value) return tooLarge('value with a length', limits.value, at, end);
  for (let ampersand = value.indexOf('&'); ampersand >= 0; ampersand = value.indexOf('&', ampersand + 1)) {
    const fault = referenceFault(text, from + 1 + ampersand);
    if (fault) return fault;
  }
  return { name, value, start: at, end: close + 1 };
}

/** A value with `<` in it: either that is meant, or its closing quote is missing and another one was found. */
function openValue(text: string, name: string, at: number, value: string, from: number): XmlFault {
  const less = value.indexOf('<');
  const tagEnded = value.slice(0, less).includes('>');
  if (tagEnded || !/[\s/>]/.test(text.charAt(from + value.length + 1))) return noClosingQuote(text, name, at);
  return ill(`Unexpected \`<\` in the value of \`${name}\`, expected \`&lt;\`.`, from + less, from + less + 1);
}

function noValue(text: string, name: string, at: number, opening: Opening): XmlFault {
  const wide = name.search(wideMark);
  if (wide >= 0) return strayCharacter(text, at + wide, `behind \`${name.slice(0, wide)}\``);
  const end = at + name.length;
  const next = skipSpace(text, end);
  const found = pointAt(text, next);
  if (found === '"' || found === "'") {
    return ill(`Unexpected value of \`${name}\` without \`=\`, expected \`${name}=${found}…${found}\`.`, at, end);
  }
  if (found === '' || found === '<') return unclosedTag(text, opening, next);
  if (next === end && !'/>'.includes(found)) return strayCharacter(text, next, `behind \`${name}\``);
  return ill(`Unexpected attribute \`${name}\` without a value, expected \`${name}="…"\`.`, at, end);
}

function unquoted(text: string, name: string, at: number, from: number): XmlFault {
  if (/[“”„‘’「『＂＇]/.test(text.charAt(from))) return strayCharacter(text, from, `around the value of \`${name}\``);
  const value = /^[^\s"'<>/]{0,30}/.exec(text.slice(from, from + 30))![0];
  const shown = value ? `\`${value}\` ` : '';
  const message = `Unexpected value ${shown}of \`${name}\` without quotes, expected \`${name}="…"\`.`;
  return ill(message, at, at + name.length);
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

function strayCharacter(text: string, at: number, where: string): XmlFault {
  const found = pointAt(text, at);
  const code = found.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
  const shown = /[\s\p{Cc}\p{Cf}]/u.test(found) ? `character U+${code}` : `\`${found}\``;
  const wanted = lookalikes[found] ?? 'an attribute or `>`';
  return ill(`Unexpected ${shown} ${where}, expected ${wanted}.`, at, at + found.length);
}
