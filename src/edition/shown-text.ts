import { type Diagnostic, diagnostic } from '../core/diagnostic.ts';
import { TextIndex } from '../core/span.ts';
import type { TeiDocument } from './tei-corpus.ts';

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: '\u00a0' };

/** What a page shows of its markup: its text, and the signs that the style sheet takes from `data-mark`. */
export function shownText(markup: string): string {
  const marks = [...markup.matchAll(/data-mark="([^"]*)"/g)].map((match) => match[1]!).join('');
  return (markup.replace(/<(style|title)\b.*?<\/\1>|<[^>]*>/gs, '') + marks).replace(
    /&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi,
    (whole, hex, decimal, name) =>
      name ? (named[name] ?? whole) : String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(decimal)),
  );
}

/** Says that no font has a character, and where it stands first. */
export function missingGlyph(character: string, documents: readonly TeiDocument[]): Diagnostic {
  const codePoint = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
  const message = `No font has \`${character}\` (U+${codePoint}).`;
  const holder = documents.find(({ xml }) => xml.includes(character));
  if (!holder) return diagnostic('edition/missing-glyph', message);
  const index = new TextIndex(holder.xml);
  const offset = index.toOffset(holder.xml.indexOf(character));
  return diagnostic('edition/missing-glyph', message, {
    file: holder.path,
    range: index.range({ start: offset, end: offset + 1 }),
  });
}
