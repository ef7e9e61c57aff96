import type { Authority, Work } from '../authority/authority.ts';
import type { CivilDate } from '../calendar/civil-date.ts';
import type { Report } from '../core/diagnostic.ts';
import { firstFrom, type Span, spanAt } from '../core/span.ts';
import { lexiconWorks } from '../lexicon/lexicon.ts';
import { entrySpan, readEntries, readNotes } from '../source/read-entries.ts';
import type { SourceDocument } from '../source/source-document.ts';
import {
  type Annotation,
  type BiblAnnotation,
  type DateAnnotation,
  type NameAnnotation,
  overlaps,
} from './annotation.ts';
import { findBibl, type Misprint } from './bibl.ts';
import { checkCitedYears } from './check-cited-years.ts';
import { findDates } from './date.ts';
import { makeGazetteer } from './gazetteer.ts';
import { joinProposals } from './join-proposals.ts';
import { findNames } from './names.ts';
import { classifyNotes, type Note } from './notes.ts';
import { type Proposals, type ProposeOptions, propose } from './propose.ts';
import { type DatedEntry, resolveDates } from './resolve-dates.ts';
import { findVariants, type VariantReading } from './variants.ts';

export type { DatedEntry } from './resolve-dates.ts';

/** A source with everything that was found in it: the standoff form of an edition. All spans in code points. */
export interface AnnotatedText {
  readonly source: SourceDocument;
  readonly entries: readonly DatedEntry[];
  readonly notes: readonly Note[];
  /** In order of the text, without overlaps. */
  readonly annotations: readonly Annotation[];
  readonly variants: readonly VariantReading[];
  /** Entities that no authority file of the edition has: proposals for review, and the works of the shipped catalogue. */
  readonly proposed: Authority;
  /** Editorial brackets of the source, 〔 and 〕 included. */
  readonly supplied: readonly Span[];
}

/** What annotation needs to know beside the text. */
export interface AnnotateOptions {
  readonly authority: Authority;
  /** The year in which the text starts, where it has no headings. */
  readonly start?: CivilDate;
  /** Calendar of dates without an era of their own. */
  readonly calendar?: string;
  /** Proposes entities beside those of the authority files; without it only those are marked. */
  readonly propose?: ProposeOptions;
}

/**
 * Divides a source into entries and marks citations, dates and names, in this order: what an earlier step took, a
 * later one leaves alone (bibl wins over everything).
 */
export function annotate(source: SourceDocument, options: AnnotateOptions, report: Report): AnnotatedText {
  const noteSpans = readNotes(source);
  const entries = readEntries(source, noteSpans);
  const { pending } = options.authority;
  const works = withShippedWorks([...options.authority.works, ...(pending?.works ?? [])]);
  const citations = findBibl(source, works, misprintsOf(options.authority), report).map(unsureOf(pending?.works));
  const notes = classifyNotes(source, noteSpans, citations);
  const { dates, entries: dated } = resolveDates(
    source,
    entries,
    noteSpans,
    findDates(source, citations),
    { ...(options.start ? { start: options.start } : {}), calendar: options.calendar ?? 'song' },
    report,
  );
  const taken: (BiblAnnotation | DateAnnotation)[] = [...citations, ...dates].sort((a, b) => a.start - b.start);
  const fresh = options.propose ? propose(source, taken, options.authority, options.propose) : noProposals;
  const proposed = {
    ...joinProposals(fresh, options.authority),
    works: works.filter((work) => !options.authority.works.includes(work)),
  };
  const gazetteer = makeGazetteer(options.authority, proposed, fresh.more);
  const named = dated.flatMap((entry) =>
    findNames(source, entrySpan(entry), entry.year?.western, taken, gazetteer, report),
  );
  const variants = findVariants(source, noteSpans, citations, named, taken);
  const names = withReadings(named, variants);
  checkCitedYears(source, dated, notes, citations, works, report);
  const annotations: Annotation[] = [...citations, ...dates, ...names].sort((a, b) => a.start - b.start);
  return { source, entries: dated, notes, annotations, variants, proposed, supplied: findSupplied(source) };
}

/** The works of the edition, and behind them those of the shipped catalogue that it does not have. */
function withShippedWorks(own: readonly Work[]): readonly Work[] {
  const ids = new Set(own.map(({ id }) => id));
  return [...lexiconWorks.filter(({ id }) => !ids.has(id)), ...own];
}

/** A citation of a work that waits for review is no surer than the work. */
function unsureOf(pending: readonly Work[] = []): (citation: BiblAnnotation) => BiblAnnotation {
  const ids = new Set(pending.map(({ id }) => id));
  return (citation) =>
    citation.work !== undefined && ids.has(citation.work) ? { ...citation, cert: 'low' } : citation;
}

const noProposals: Proposals = { persons: [], places: [], orgs: [], more: [] };

/** Faulty forms of persons' names, of two characters and more, and of titles where the works say what is meant. */
function misprintsOf({ persons, works }: Authority): Misprint[] {
  const ofPersons = persons.flatMap(({ name, names }) =>
    (names ?? [])
      .filter(({ type, text }) => type === 'misprint' && [...text].length > 1)
      .map((one) => ({ text: one.text, corr: one.for ?? name })),
  );
  const ofTitles = works.flatMap(({ names = [] }) =>
    names.flatMap(({ text, for: corr }) => (corr === undefined ? [] : [{ text, corr }])),
  );
  return [...ofPersons, ...ofTitles];
}

/** The names with the readings in place of what the authority files had found in them. */
function withReadings(names: readonly NameAnnotation[], variants: readonly VariantReading[]): NameAnnotation[] {
  const readings = variants.flatMap((variant) => variant.names);
  const spans = variants.map((variant) => variant.reading);
  const kept = names.filter((name) => {
    const next = spans[firstFrom(spans, name.start)];
    return spanAt(spans, name.start) < 0 && !(next && overlaps(next, name));
  });
  return [...kept, ...readings];
}

function findSupplied({ text }: SourceDocument): Span[] {
  return [...text.text.matchAll(/〔[^〔〕\n]+〕/gu)].map((match) => {
    const start = text.toOffset(match.index);
    return { start, end: start + [...match[0]].length };
  });
}
