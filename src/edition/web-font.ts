import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import subsetFont from 'subset-font';
import { fontChain, fontHas } from '../layout/font-files.ts';

/** Weights of Noto Serif TC that site and e-book set: text and headings. */
export type FontWeight = 400 | 600;

/** As what a cut font is written: for browsers, or TrueType. */
export type FontFormat = 'woff2' | 'sfnt';

/** A font with exactly the characters asked for, and those the typeface has not, in code point order. */
export interface CutFont {
  readonly content: Uint8Array;
  readonly missing: readonly string[];
}

/**
 * Cuts Noto Serif TC down to the characters of a text, without hinting. `locl` stays out: its regional forms double the
 * size. Control characters and white space other than spaces are never missing.
 */
export async function cutFont(text: string, weight: FontWeight, targetFormat: FontFormat): Promise<CutFont> {
  const { path } = fontChain(weight)[0]!;
  const wanted = [...new Set(text)]
    .filter((character) => !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(character))
    .sort((a, b) => a.codePointAt(0)! - b.codePointAt(0)!);
  const content = await subsetFile(path, wanted, targetFormat);
  return { content, missing: wanted.filter((character) => !fontHas(path, character)) };
}

/** Cuts a font file down to some of its characters. */
export function subsetFile(path: string, characters: readonly string[], targetFormat: FontFormat): Promise<Uint8Array> {
  return subsetFont(readFileSync(path), characters.join(''), {
    targetFormat,
    noHinting: true,
    keepFeatures: ['vert', 'vrt2', 'halt', 'vhal'],
  });
}

const require = createRequire(import.meta.url);

/** The licence of the typeface (SIL Open Font License), which goes wherever the font goes. */
export function fontLicence(): string {
  return readFileSync(require.resolve('@expo-google-fonts/noto-serif-tc/LICENSE_FONT'), 'utf8');
}
