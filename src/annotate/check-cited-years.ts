import type { Work } from '../authority/authority.ts';
import { diagnostic, type Report } from '../core/diagnostic.ts';
import { spanAt } from '../core/span.ts';
import { entrySpan } from '../source/read-entries.ts';
import type { SourceDocument } from '../source/source-document.ts';
import type { BiblAnnotation } from './annotation.ts';
import type { Note } from './notes.ts';
import type { DatedEntry } from './resolve-dates.ts';

/**
 * Compares the year of each entry with the year that the cited juan covers, where the work is dated juan by juan
 * (續資治通鑑長編 54 = 咸平六年). Only the citations that a note opens with count: commentary speaks of other years.
 */
export function checkCitedYears(
  source: SourceDocument,
  entries: readonly DatedEntry[],
  notes: readonly Note[],
  citations: readonly BiblAnnotation[],
  works: readonly Work[],
  report: Report,
): void {
  const covers = new Map(works.filter((work) => work.covers).map((work) => [work.id, work.covers!]));
  const spans = entries.map(entrySpan);
  for (const bibl of citations) {
    const years = bibl.work === undefined ? undefined : covers.get(bibl.work);
    if (!years) continue;
    const note = notes[spanAt(notes, bibl.start)];
    if (note?.type !== 'source' || (note.commentary && bibl.start >= note.commentary.start)) continue;
    const entry = entries[spanAt(spans, bibl.start)];
    if (!entry?.year) continue;
    const own = `${entry.year.era}${entry.year.year}`;
    const known = bibl.parts.flatMap(({ n }) =>
      n !== undefined && years[n] !== undefined ? [{ n, year: years[n] }] : [],
    );
    if (known.length === 0 || known.some(({ year }) => year === own)) continue;
    const range = source.text.range(bibl);
    const told = known.map(({ n, year }) => `juan ${n} covers ${year}`).join(', ');
    const message = `Unexpected citation \`${bibl.quote}\` in an entry of ${own}: ${told}.`;
    report(diagnostic('annotate/source-disagrees', message, { file: source.path, range }));
  }
}
