import data from './fold.generated.json' with { type: 'json' };

let table: Uint16Array | undefined;

/** Every UTF-16 unit as itself. */
export function sameUnits(): Uint16Array {
  const units = new Uint16Array(65536);
  for (let code = 0; code < units.length; code++) units[code] = code;
  return units;
}

/** UTF-16 unit → the unit it folds to: simplified characters and variants of print to one traditional character. */
export function foldTable(): Uint16Array {
  if (table) return table;
  table = sameUnits();
  for (let at = 0; at < data.folds.length; at += 2) table[data.folds.charCodeAt(at)] = data.folds.charCodeAt(at + 1);
  return table;
}
