import data from './fold.generated.json' with { type: 'json' };

let table: Uint16Array | undefined;

function foldTable(): Uint16Array {
  if (table) return table;
  table = Uint16Array.from({ length: 65536 }, (_, code) => code);
  for (let at = 0; at < data.folds.length; at += 2) table[data.folds.charCodeAt(at)] = data.folds.charCodeAt(at + 1);
  return table;
}

/**
 * The text with simplified characters and variants of print as one traditional character each (党 and 黨, 谷 and 穀 fold
 * together): for comparing only. UTF-16 indexes stay as they are; characters beyond the BMP stay themselves.
 */
export function fold(text: string): string {
  const folds = foldTable();
  const units = new Uint16Array(text.length);
  for (let at = 0; at < text.length; at++) units[at] = folds[text.charCodeAt(at)]!;
  const pieces: string[] = [];
  for (let at = 0; at < units.length; at += 8192) pieces.push(String.fromCharCode(...units.subarray(at, at + 8192)));
  return pieces.join('');
}

/** The same pattern for folded text. */
export function foldPattern(pattern: RegExp): RegExp {
  return new RegExp(fold(pattern.source), pattern.flags);
}
