import type { Code } from '../core/codes.ts';
import { diagnostic, type Report } from '../core/diagnostic.ts';
import type { SourceDocument } from './source-document.ts';

/** What a pattern finds in the source, and how the diagnostic says it. */
interface CharacterCheck {
  readonly code: Code;
  readonly pattern: RegExp;
  readonly message: (found: string) => string;
}

const codePoint = (character: string): string =>
  `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;

const han = '\\p{Script=Han}\\u3000-\\u303f\\uff00-\\uffef“”‘’';

/** A character described by its parts in angle brackets, as <者多>; U+E7B7 and its like may be a part. */
export const composedGlyph = /<(?=[^<>]*[\p{Script=Han}\p{Co}])[^<>\s]{1,6}>/u;

const checks: readonly CharacterCheck[] = [
  {
    code: 'source/control-character',
    pattern: /[\u{0}-\u{8}\u{b}\u{c}\u{e}-\u{1f}\u{7f}-\u{84}\u{86}-\u{9f}\u{fffe}\u{ffff}]/gu,
    message: (found) => `Unexpected control character ${codePoint(found)}, which XML cannot hold.`,
  },
  {
    code: 'source/replacement-character',
    pattern: /\u{fffd}/gu,
    message: () => 'Unexpected replacement character U+FFFD: a character was lost before this file was made.',
  },
  {
    code: 'source/composed-glyph',
    pattern: new RegExp(composedGlyph, 'gu'),
    message: (found) => `Composed glyph \`${found}\`: encoded as g, with its description in charDecl.`,
  },
  {
    code: 'source/private-use-character',
    pattern: /\p{Co}/gu,
    message: (found) => `Unexpected private-use character ${codePoint(found)}: no font or reader agrees what it is.`,
  },
  {
    code: 'source/stray-space',
    pattern: new RegExp(`(?<=[${han}])[ \\t\\u00a0]+(?=[${han}])`, 'gu'),
    message: () => 'Unexpected space between Chinese characters.',
  },
  {
    code: 'source/half-width-punctuation',
    pattern: new RegExp(`(?<=[${han}])[,.;:!?()\\[\\]"']`, 'gu'),
    message: (found) =>
      `Unexpected half-width \`${found}\` after a Chinese character, expected full-width punctuation.`,
  },
];

/** Reports characters that a TEI edition cannot keep, or that an editor should look at. Changes nothing. */
export function checkCharacters(source: SourceDocument, report: Report): void {
  const { text, path: file } = source;
  for (const { code, pattern, message } of checks) {
    for (const match of text.text.matchAll(pattern)) {
      const start = text.toOffset(match.index);
      const range = text.range({ start, end: start + [...match[0]].length });
      report(diagnostic(code, message(match[0]), { file, range }));
    }
  }
  const carriage = text.text.indexOf('\r');
  if (carriage >= 0) {
    const start = text.toOffset(carriage);
    const message = 'The file has carriage returns at line ends: kept, and given back by `weibian text`.';
    report(diagnostic('source/carriage-return', message, { file, range: text.range({ start, end: start + 1 }) }));
  }
}

const pairs: Readonly<Record<string, string>> = {
  '《': '》',
  '（': '）',
  '〔': '〕',
  '「': '」',
  '『': '』',
  '〈': '〉',
};
const openers: Readonly<Record<string, string>> = Object.fromEntries(Object.entries(pairs).map(([a, b]) => [b, a]));
/** Quotation marks often run over paragraphs; an unclosed one harms nothing, an unclosed title or note does. */
const quotation = new Set(['「', '『']);

/** Reports brackets that do not pair within their line: 《》（）〔〕〈〉 as errors, quotation marks as warnings. */
export function checkBrackets(source: SourceDocument, report: Report): void {
  const { text, path: file } = source;
  const complain = (bracket: string, offset: number, message: string): void => {
    const code = quotation.has(bracket) ? 'source/unclosed-quotation' : 'source/unclosed-bracket';
    report(diagnostic(code, message, { file, range: text.range({ start: offset, end: offset + 1 }) }));
  };
  let open: { bracket: string; offset: number }[] = [];
  let offset = 0;
  const closeLine = (): void => {
    for (const { bracket, offset: at } of open) {
      complain(bracket, at, `Unexpected end of line, expected \`${pairs[bracket]}\` to close this \`${bracket}\`.`);
    }
    open = [];
  };
  for (const character of text.text) {
    if (character === '\n' || character === '\r') closeLine();
    else if (character in pairs) {
      const titleInTitle = character === '《' ? open.findIndex(({ bracket }) => bracket === '《') : -1;
      if (titleInTitle >= 0) {
        const at = open.splice(titleInTitle, 1)[0]!.offset;
        complain('《', at, 'Unexpected `《` inside a title, expected `》` to close this `《` first.');
      }
      open.push({ bracket: character, offset });
    } else if (character in openers) {
      const opener = openers[character]!;
      const match = open.findLastIndex(({ bracket }) => bracket === opener);
      if (match < 0) complain(opener, offset, `Unexpected \`${character}\`, expected a \`${opener}\` before it.`);
      else {
        for (const { bracket, offset: at } of open.splice(match).slice(1)) {
          complain(
            bracket,
            at,
            `Unexpected \`${character}\`, expected \`${pairs[bracket]}\` to close this \`${bracket}\`.`,
          );
        }
      }
    }
    offset++;
  }
  closeLine();
}
