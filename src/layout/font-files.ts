import { closeSync, openSync, readSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Weight } from './drawing.ts';

const require = createRequire(import.meta.url);
const folders: Readonly<Record<Weight, string>> = {
  400: '400Regular',
  500: '500Medium',
  600: '600SemiBold',
  700: '700Bold',
};

/** A font file in the chain; `id` names it in the PDF and is different for every file. */
export interface FontSource {
  readonly id: string;
  readonly path: string;
}

/** The families of the chain behind the owner's own fonts: Traditional forms first, then Japanese, then Simplified. */
const families = [
  { npm: '@expo-google-fonts/noto-serif-tc', file: 'NotoSerifTC', letter: '' },
  { npm: '@expo-google-fonts/noto-serif-jp', file: 'NotoSerifJP', letter: 'J' },
  { npm: '@expo-google-fonts/noto-serif-sc', file: 'NotoSerifSC', letter: 'S' },
] as const;

/** The font files of a weight in the order in which they are asked for a character; `own` paths come first. */
export function fontChain(weight: Weight, own: readonly string[] = []): readonly FontSource[] {
  // A font of one's own has one weight, which serves for all.
  return [...own.map((path, index) => ({ id: `W0${letters(index)}`, path })), ...shippedFonts(weight)];
}

const shipped = new Map<Weight, readonly FontSource[]>();

function shippedFonts(weight: Weight): readonly FontSource[] {
  const folder = folders[weight];
  const fonts =
    shipped.get(weight) ??
    families.map(({ npm, file, letter }) => ({
      id: `W${weight}${letter}`,
      path: require.resolve(`${npm}/${folder}/${file}_${folder}.ttf`),
    }));
  shipped.set(weight, fonts);
  return fonts;
}

/** Two capitals for a number below 676. */
function letters(index: number): string {
  return String.fromCharCode(65 + Math.floor(index / 26), 65 + (index % 26));
}

/**
 * The font file that a character (a code point, with its variation selectors) is set from: the first of the chain that
 * has it. Nothing when no font has it. Print, website and EPUB ask here, so that all show the same glyph.
 */
export function fontFileOf(char: string, weight: Weight = 500, own: readonly string[] = []): string | undefined {
  return fontChain(weight, own).find(({ path }) => fontHas(path, char))?.path;
}

/** Says of any character whether some font of the chain has it; each is looked up once. */
export function glyphFinder(own: readonly string[] = []): (char: string) => boolean {
  const found = new Map<string, boolean>();
  return (char) => {
    const answer = found.get(char) ?? fontFileOf(char, 500, own) !== undefined;
    found.set(char, answer);
    return answer;
  };
}

/** Whether a font file has a glyph for every code point of a character, variation selectors and accents aside. */
export function fontHas(path: string, char: string): boolean {
  const { covers } = factsOf(path);
  const points = [...char];
  return points.every((point, index) => (index > 0 && /\p{M}/u.test(point)) || covers(point.codePointAt(0)!));
}

/** Why a font cannot be embedded; nothing when it can. Throws what the disk throws when it cannot be read. */
export function fontFault(path: string): string | undefined {
  const tables = readTables(path);
  if (typeof tables === 'string') return tables;
  if (!tables.has('glyf')) return 'its outlines are not TrueType (CFF fonts must be converted first)';
  const missing = ['cmap', 'head', 'hhea', 'hmtx', 'loca', 'maxp'].filter((tag) => !tables.has(tag));
  if (missing.length > 0) return `it has no table ${missing.join(', ')}`;
  const facts = factsOf(path);
  if (facts.restricted) return 'its maker forbids embedding (OS/2 fsType)';
  return undefined;
}

/** Top of the em box above the baseline, in thousandths: where vertical glyphs hang. */
export function emTopOf(path: string): number {
  return factsOf(path).emTop;
}

interface FontFacts {
  readonly covers: (codePoint: number) => boolean;
  readonly restricted: boolean;
  readonly emTop: number;
}

type Tables = ReadonlyMap<string, () => Buffer>;

// Files do not change while a book is made, and a book asks many times.
const known = new Map<string, FontFacts>();

function factsOf(path: string): FontFacts {
  let facts = known.get(path);
  if (!facts) {
    facts = readFacts(path);
    known.set(path, facts);
  }
  return facts;
}

function readFacts(path: string): FontFacts {
  const tables = readTables(path);
  if (typeof tables === 'string') throw new Error(`${path}: ${tables}`);
  const os2 = tables.get('OS/2')?.();
  const unitsPerEm = tables.get('head')!().readUInt16BE(18);
  const [ascender, descender] = os2 ? [os2.readInt16BE(68), os2.readInt16BE(70)] : [0, 0];
  return {
    covers: readCoverage(tables.get('cmap')!()),
    restricted: os2 !== undefined && (os2.readUInt16BE(8) & 0xf) === 2,
    // The typographic box is the em box only when it is one em high (OpenType, OS/2).
    emTop: ascender - descender === unitsPerEm ? Math.round((ascender * 1000) / unitsPerEm) : 880,
  };
}

/** The tables of a font, each read when asked for: the outlines of a Chinese font are 10 MB. Or why it is no font. */
function readTables(path: string): Tables | string {
  const head = readAt(path, 0, 12);
  const kind = head.toString('latin1', 0, 4);
  if (kind === 'ttcf') return 'it is a collection of fonts (TTC); take one face out of it';
  if (kind !== '\0\x01\0\0' && kind !== 'OTTO' && kind !== 'true') return 'it is no TrueType font';
  const count = head.readUInt16BE(4);
  const directory = readAt(path, 12, 16 * count);
  return new Map(
    Array.from({ length: count }, (_, index) => {
      const at = 16 * index;
      const [offset, length] = [directory.readUInt32BE(at + 8), directory.readUInt32BE(at + 12)];
      return [directory.toString('latin1', at, at + 4), () => readAt(path, offset, length)] as const;
    }),
  );
}

function readAt(path: string, offset: number, length: number): Buffer {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(length);
    readSync(file, bytes, 0, length, offset);
    return bytes;
  } finally {
    closeSync(file);
  }
}

/** The code points of a character map: subtable 12 (all of Unicode), else 4 (the first plane). */
function readCoverage(cmap: Buffer): (codePoint: number) => boolean {
  const offsets = Array.from({ length: cmap.readUInt16BE(2) }, (_, index) => cmap.readUInt32BE(8 + 8 * index));
  const full = offsets.find((offset) => cmap.readUInt16BE(offset) === 12);
  if (full !== undefined) return groupsOf(cmap, full);
  const basic = offsets.find((offset) => cmap.readUInt16BE(offset) === 4);
  return basic === undefined ? () => false : segmentsOf(cmap, basic);
}

function groupsOf(cmap: Buffer, at: number): (codePoint: number) => boolean {
  const count = cmap.readUInt32BE(at + 12);
  const first = (index: number): number => cmap.readUInt32BE(at + 16 + 12 * index);
  const last = (index: number): number => cmap.readUInt32BE(at + 20 + 12 * index);
  return (codePoint) => {
    const index = firstIndex(count, (index) => last(index) >= codePoint);
    return index < count && first(index) <= codePoint;
  };
}

function segmentsOf(cmap: Buffer, at: number): (codePoint: number) => boolean {
  const count = cmap.readUInt16BE(at + 6) / 2;
  const field = (number: number, index: number): number => at + 14 + 2 * count * number + (number ? 2 : 0) + 2 * index;
  return (codePoint) => {
    if (codePoint > 0xffff) return false;
    const index = firstIndex(count, (index) => cmap.readUInt16BE(field(0, index)) >= codePoint);
    if (index === count) return false;
    const start = cmap.readUInt16BE(field(1, index));
    if (start > codePoint) return false;
    const delta = cmap.readUInt16BE(field(2, index));
    const range = cmap.readUInt16BE(field(3, index));
    if (range === 0) return ((codePoint + delta) & 0xffff) !== 0;
    const glyph = field(3, index) + range + 2 * (codePoint - start);
    return glyph + 2 <= cmap.length && cmap.readUInt16BE(glyph) !== 0;
  };
}

/** The first index below `count` for which a rising test holds, or `count`. */
function firstIndex(count: number, holds: (index: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
