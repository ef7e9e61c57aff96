import { foldTable, sameUnits } from './fold-table.ts';

function mapUnits(text: string, map: Uint16Array): string {
  let same = 0;
  while (same < text.length && map[text.charCodeAt(same)] === text.charCodeAt(same)) same++;
  if (same === text.length) return text;
  const units = new Uint16Array(text.length);
  for (let at = 0; at < text.length; at++) units[at] = map[text.charCodeAt(at)]!;
  // Unlike TextDecoder it keeps the halves of a pair that a slice has cut.
  return Buffer.from(units.buffer).toString('utf16le');
}

/**
 * The text with simplified characters and variants of print as one traditional character each (党 and 黨, 谷 and 穀 fold
 * together): for comparing only. UTF-16 indexes stay as they are; characters beyond the BMP stay themselves.
 */
export function fold(text: string): string {
  return mapUnits(text, foldTable());
}

/** Writes folded text with the given characters in place of what they fold to, the first of each kind. */
export function foldTo(characters: string): (folded: string) => string {
  const own = sameUnits();
  const folded = fold(characters);
  for (let at = characters.length - 1; at >= 0; at--) own[folded.charCodeAt(at)] = characters.charCodeAt(at);
  return (text) => mapUnits(text, own);
}

/** The same pattern for folded text. */
export function foldPattern(pattern: RegExp): RegExp {
  return new RegExp(fold(pattern.source), pattern.flags);
}
