import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import subsetFont from 'subset-font';

/** Weights of Noto Serif TC that the edition sets: text and headings. */
export type FontWeight = 400 | 600;

/** A font with exactly the characters asked for, and those the typeface has not, in code point order. */
export interface CutFont {
  readonly content: Uint8Array;
  readonly missing: readonly string[];
}

/** A web font with exactly the characters asked for, and those the typeface has not, in code point order. */
export interface WebFont {
  readonly woff2: Uint8Array;
  readonly missing: readonly string[];
}

const require = createRequire(import.meta.url);
const fileOf: Record<FontWeight, string> = {
  400: '400Regular/NotoSerifTC_400Regular.ttf',
  600: '600SemiBold/NotoSerifTC_600SemiBold.ttf',
};

/** Cuts Noto Serif TC down to the characters of a text, as woff2. */
export async function buildWebFont(text: string, weight: FontWeight): Promise<WebFont> {
  const { content, missing } = await cutFont(text, weight, 'woff2');
  return { woff2: content, missing };
}

/**
 * Cuts Noto Serif TC down to the characters of a text, as woff2 or TrueType (sfnt), without hinting. `locl` stays out: its
 * regional forms double the size. Control characters and white space other than spaces are never missing.
 */
export async function cutFont(text: string, weight: FontWeight, targetFormat: 'woff2' | 'sfnt'): Promise<CutFont> {
  const font = readFileSync(require.resolve(`@expo-google-fonts/noto-serif-tc/${fileOf[weight]}`));
  const wanted = [...new Set(text)]
    .filter((character) => !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(character))
    .sort(byCodePoint);
  const covers = coverage(font);
  const content = await subset(font, wanted, targetFormat);
  return { content, missing: wanted.filter((character) => !covers(character.codePointAt(0)!)) };
}

/** Cuts a font file down to some characters that it has, as woff2. */
export function subsetFile(path: string, characters: readonly string[]): Promise<Uint8Array> {
  return subset(readFileSync(path), characters, 'woff2');
}

function subset(font: Buffer, characters: readonly string[], targetFormat: 'woff2' | 'sfnt'): Promise<Uint8Array> {
  return subsetFont(font, characters.join(''), {
    targetFormat,
    noHinting: true,
    keepFeatures: ['vert', 'vrt2', 'halt', 'vhal'],
  });
}

function byCodePoint(a: string, b: string): number {
  return a.codePointAt(0)! - b.codePointAt(0)!;
}

/** Whether the font maps a code point to a glyph: its cmap subtable of format 12 (OpenType, cmap). */
function coverage(font: Buffer): (codePoint: number) => boolean {
  const table = tableOffset(font, 'cmap');
  const subtables = Array.from(
    { length: font.readUInt16BE(table + 2) },
    (_, at) => table + font.readUInt32BE(table + 8 + 8 * at),
  );
  const full = subtables.find((offset) => font.readUInt16BE(offset) === 12);
  if (full === undefined) throw new Error('the font has no cmap subtable of format 12');
  const groups = Array.from({ length: font.readUInt32BE(full + 12) }, (_, at) => full + 16 + 12 * at);
  return (codePoint) =>
    groups.some((at) => codePoint >= font.readUInt32BE(at) && codePoint <= font.readUInt32BE(at + 4));
}

function tableOffset(font: Buffer, tag: string): number {
  for (let at = 12; at < 12 + 16 * font.readUInt16BE(4); at += 16) {
    if (font.toString('latin1', at, at + 4) === tag) return font.readUInt32BE(at + 8);
  }
  throw new Error(`the font has no table ${tag}`);
}

/** The licence of the typeface (SIL Open Font License), which goes wherever the font goes. */
export function fontLicence(): string {
  return readFileSync(require.resolve('@expo-google-fonts/noto-serif-tc/LICENSE_FONT'), 'utf8');
}
