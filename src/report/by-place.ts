import { type CatalogueEntry, catalogue, type Level, levels } from '../core/codes.ts';
import type { Diagnostic } from '../core/diagnostic.ts';

/** Compares by file, level and place: a fault of an earlier level may be the cause of those of a later one. */
export function byPlace(a: Diagnostic, b: Diagnostic): number {
  const [left, right] = [a.file ?? '', b.file ?? ''];
  if (left !== right) return left < right ? -1 : 1;
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  return (a.range?.start.offset ?? 0) - (b.range?.start.offset ?? 0);
}

/** The level that finds what a code stands for; undefined for codes of other stages. */
export const levelOf = ({ code }: Pick<Diagnostic, 'code'>): Level | undefined =>
  (catalogue[code] as CatalogueEntry).level;

const rank = (found: Diagnostic): number => levels.indexOf(levelOf(found) ?? 'bytes');

const levelTitles: Readonly<Record<Level, string>> = {
  bytes: 'Bytes',
  'well-formed': 'Well-formed XML',
  schema: 'Schema',
  rules: 'House rules',
  links: 'Links',
  data: 'Data',
  text: 'Text',
  archive: 'Archive readiness',
};

/** What a level is called in reports; what is found outside the levels belongs to the files. */
export const titleOfLevel = (level: Level | undefined): string => (level === undefined ? 'Files' : levelTitles[level]);
