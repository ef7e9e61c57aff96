import type { GlyphDescription } from '../config/edition-config.ts';
import type { Span } from '../core/span.ts';
import type { XmlElement } from '../core/xml.ts';
import { composedGlyph } from '../source/check-characters.ts';
import type { SourceDocument } from '../source/source-document.ts';
import { element } from './element.ts';
import { glyphId } from './ids.ts';

/** A composed glyph or private-use character of the source, with what is known of it. */
export interface Glyph extends Span {
  readonly id: string;
  /** As the source spells it. */
  readonly text: string;
  readonly description?: GlyphDescription;
}

const glyphPattern = new RegExp(`${composedGlyph.source}|\\p{Co}`, 'gu');

/**
 * Finds composed glyphs (<者多>) and private-use characters. A description fits a glyph that has its text; private-use
 * characters inside a composed glyph may be left out of it.
 */
export function findGlyphs(source: SourceDocument, descriptions: readonly GlyphDescription[]): Glyph[] {
  const { text } = source;
  const ids = new Map<string, string>();
  return [...text.text.matchAll(glyphPattern)].map((match) => {
    const [found] = match;
    const id = ids.get(found) ?? glyphId(ids.size + 1);
    ids.set(found, id);
    const plain = found.replace(/\p{Co}/gu, '');
    const description =
      descriptions.find((one) => one.text === found) ?? descriptions.find((one) => one.text === plain);
    const start = text.toOffset(match.index);
    return { id, text: found, start, end: start + [...found].length, ...(description ? { description } : {}) };
  });
}

/** The charDecl of the glyphs found; nothing if there are none. */
export function writeCharDecl(glyphs: readonly Glyph[]): XmlElement | undefined {
  const distinct = [...new Map(glyphs.map((glyph) => [glyph.id, glyph])).values()];
  if (distinct.length === 0) return undefined;
  return element('charDecl', {}, distinct.map(writeGlyph));
}

function writeGlyph({ id, text, description }: Glyph): XmlElement {
  // Two Han characters between < > are set side by side unless the edition says otherwise.
  const [, left, right] = /^<(\p{Script=Han})(\p{Script=Han})>$/u.exec(text) ?? [];
  const ids = description?.ids ?? (left && right && !description?.standard ? `⿰${left}${right}` : undefined);
  const privateUse = [...text].filter((character) => /\p{Co}/u.test(character));
  return element(
    'glyph',
    { 'xml:id': id },
    ids ? element('localProp', { name: 'IDS', value: ids }) : undefined,
    privateUse.map((character) =>
      element('localProp', {
        name: 'private-use',
        value: `U+${character.codePointAt(0)!.toString(16).toUpperCase()}`,
      }),
    ),
    element('mapping', { type: 'source' }, text),
    description?.standard ? element('mapping', { type: 'standard' }, description.standard) : undefined,
    description?.note ? element('note', {}, description.note) : undefined,
  );
}
