import type { Work } from '../authority/authority.ts';
import { parseCivil } from '../calendar/civil-date.ts';
import { westernYear } from '../calendar/convert.ts';
import { diagnostic, type Report } from '../core/diagnostic.ts';
import { spanAt } from '../core/span.ts';
import { lexiconWorks } from '../lexicon/lexicon.ts';
import { entrySpan } from '../source/read-entries.ts';
import type { SourceDocument } from '../source/source-document.ts';
import type { BiblAnnotation } from './annotation.ts';
import type { Note } from './notes.ts';
import type { DatedEntry } from './resolve-dates.ts';

/** What a juan or chapter covers: as it is told, and the western years, both inclusive. */
interface Covered {
  readonly part: string;
  readonly years: string;
  readonly from: number;
  readonly to: number;
}

/**
 * Compares the year of each entry with the years that the cited juan or chapter covers, where the work is dated so
 * (續資治通鑑長編 54 = 咸平六年, 宋史真宗紀 = 997–1022). Only the citations that a note opens with count: commentary speaks of other years.
 */
export function checkCitedYears(
  source: SourceDocument,
  entries: readonly DatedEntry[],
  notes: readonly Note[],
  citations: readonly BiblAnnotation[],
  works: readonly Work[],
  report: Report,
): void {
  // An edition's own entry for a work need not repeat what the shipped catalogue knows of its juan.
  const dated = [...lexiconWorks, ...works].filter((work) => work.covers);
  const covers = new Map(dated.map((work) => [work.id, work.covers!]));
  const spans = entries.map(entrySpan);
  for (const bibl of citations) {
    const years = bibl.work === undefined ? undefined : covers.get(bibl.work);
    if (!years) continue;
    const note = notes[spanAt(notes, bibl.start)];
    if (note?.type !== 'source' || (note.commentary && bibl.start >= note.commentary.start)) continue;
    const own = entries[spanAt(spans, bibl.start)]?.year;
    if (!own) continue;
    const known = bibl.parts.flatMap((part) => coveredBy(part, source.text.slice(part.start, part.end), years));
    if (known.length === 0 || known.some(({ from, to }) => from <= own.western && own.western <= to)) continue;
    const range = source.text.range(bibl);
    const told = known.map(({ part, years: covered }) => `${part} covers ${covered}`).join(', ');
    const message = `Unexpected citation \`${bibl.quote}\` in an entry of ${own.era}${own.year}: ${told}.`;
    report(diagnostic('annotate/source-disagrees', message, { file: source.path, range }));
  }
}

/** What a part of a citation covers; empty where the work does not say. */
function coveredBy(
  { kind, n }: BiblAnnotation['parts'][number],
  text: string,
  years: Readonly<Record<string, string>>,
): Covered[] {
  const key = kind === 'section' ? text.replace('本紀', '紀') : kind === 'juan' ? `${n}` : '';
  const covered = years[key];
  if (covered === undefined) return [];
  const part = kind === 'juan' ? `juan ${key}` : key;
  const range = /^(\d+)\/(\d+)$/.exec(covered);
  if (range) return [{ part, years: covered.replace('/', '–'), from: Number(range[1]), to: Number(range[2]) }];
  const date = parseCivil(covered);
  const year = date && westernYear(date);
  return year === undefined ? [] : [{ part, years: covered, from: year, to: year }];
}
