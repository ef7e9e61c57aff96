import type { Work } from '../authority/authority.ts';
import { diagnostic, type Report } from '../core/diagnostic.ts';
import { fold } from '../core/fold.ts';
import { firstFrom } from '../core/span.ts';
import type { SourceDocument } from '../source/source-document.ts';
import { type BiblAnnotation, type BiblPart, type Certainty, overlaps as overlap } from './annotation.ts';
import { bareCitations } from './bare-titles.ts';
import { type Draft, markedCitations } from './citation-draft.ts';
import { TitleCatalogue } from './title-catalogue.ts';

/** A faulty form of a name, and the one that is meant. */
export interface Misprint {
  readonly text: string;
  readonly corr: string;
}

/**
 * Finds citations (《》 with what locates the passage, further chapters without brackets, known titles without
 * brackets) and resolves them to works. Source of the rules: annotation guidelines, bibl.
 */
export function findBibl(
  source: SourceDocument,
  works: readonly Work[],
  misprints: readonly Misprint[],
  report: Report,
): BiblAnnotation[] {
  const text = source.folded;
  const catalogue = new TitleCatalogue(works);
  const marked = markedCitations(text, catalogue);
  const drafts = [...marked, ...bareCitations(text, catalogue, marked)].sort((a, b) => a.start - b.start);
  const found: BiblAnnotation[] = [];
  for (const draft of drafts) {
    const annotation = withCorrection(source, resolve(source, text, draft, catalogue, found, report), misprints);
    const last = found.at(-1);
    if (!last || !overlap(last, annotation)) found.push(annotation);
  }
  return found;
}

/** Citations of a paragraph that one may lean on: more would make a very long paragraph slow. */
const reach = 100;

function resolve(
  source: SourceDocument,
  folded: string,
  draft: Draft,
  catalogue: TitleCatalogue,
  before: readonly BiblAnnotation[],
  report: Report,
): BiblAnnotation {
  const { text } = source;
  const span = (part: { start: number; end: number }) => ({
    start: text.toOffset(part.start),
    end: text.toOffset(part.end),
  });
  const { start, end } = span(draft);
  const title = draft.title && folded.slice(draft.title.start, draft.title.end);
  const section = draft.section && folded.slice(draft.section.start, draft.section.end);
  const lineStart = start - text.point(start).column + 1;
  const context = {
    section,
    here: before.slice(Math.max(firstFrom(before, lineStart), before.length - reach)),
    start,
    index: source,
  };
  const { work, cert, malformed } =
    title === undefined ? workOfSection(context, catalogue) : workOfTitle(title, draft.work, context, catalogue);
  const place = { file: source.path, range: text.range({ start, end }) };
  const quote = text.slice(start, end);
  const known = work === undefined ? undefined : catalogue.byId(work);
  if ((draft.malformed || malformed) && known) {
    report(
      diagnostic(
        'annotate/malformed-title',
        `Unexpected title \`${quote}\`, expected the form \`《${known.title}${section === undefined ? '' : '·…'}》\`.`,
        place,
      ),
    );
  }
  if (!known)
    report(
      diagnostic(
        'annotate/unknown-work',
        `Unexpected work \`${quote}\`, expected one that the works authority files have.`,
        place,
      ),
    );
  if (work !== undefined && section !== undefined && !cert) catalogue.cite(section, work);
  const certainty = draft.bracketed || cert ? cert : ('medium' as const);
  const parts: BiblPart[] = [
    ...(draft.title ? [{ kind: 'title' as const, ...span(draft.title) }] : []),
    ...(draft.section ? [{ kind: 'section' as const, ...span(draft.section) }] : []),
    ...draft.juan.map((part) => ({
      kind: 'juan' as const,
      ...span(part),
      ...(part.n === undefined ? {} : { n: part.n }),
    })),
  ];
  return {
    type: 'bibl',
    start,
    end,
    quote,
    rule: 'bibl',
    parts,
    ...(work === undefined ? {} : { work }),
    ...(certainty ? { cert: certainty } : {}),
  };
}

/** Proposes the right name where a chapter is cited under a misprinted one (《張估傳》). */
function withCorrection(
  { text }: SourceDocument,
  bibl: BiblAnnotation,
  misprints: readonly Misprint[],
): BiblAnnotation {
  for (const { kind, start, end } of bibl.parts) {
    if (kind === 'juan') continue;
    const section = text.slice(start, end);
    const misprint = misprints.find((one) => section.includes(one.text));
    if (!misprint) continue;
    const at = start + [...section.slice(0, section.indexOf(misprint.text))].length;
    return { ...bibl, correction: { start: at, end: at + [...misprint.text].length, corr: misprint.corr } };
  }
  return bibl;
}

interface Context {
  readonly section: string | undefined;
  /** The citations before this one in its paragraph, so far as it may lean on them. */
  readonly here: readonly BiblAnnotation[];
  readonly start: number;
  readonly index: SourceDocument;
}

interface Resolution {
  readonly work?: string;
  readonly cert?: Certainty;
  /** The title is not the way to call that work. */
  readonly malformed?: boolean;
}

function workOfTitle(title: string, known: Work | undefined, context: Context, catalogue: TitleCatalogue): Resolution {
  const work = known ?? catalogue.find(title);
  if (work) return { work: work.id };
  const standard = context.section === undefined ? undefined : standardHistory(title, catalogue);
  if (standard) return { work: standard.id, malformed: true };
  if ([...title].length === 1) return workOfAbbreviation(title, context);
  return { cert: 'low' };
}

/** 《宋·党項傳》: before a chapter the name of a dynasty stands for its standard history. */
function standardHistory(dynasty: string, catalogue: TitleCatalogue): Work | undefined {
  if ([...dynasty].length > 1) return undefined;
  return catalogue.find(`${dynasty}史`) ?? catalogue.find(`新${dynasty}書`) ?? catalogue.find(`${dynasty}書`);
}

/**
 * 《錄》 behind 《稽古錄》: one character stands for the latest title in the paragraph that ends with it; 《傳》 and 《紀》
 * without such a title for those of the history cited last.
 */
function workOfAbbreviation(title: string, { here, index }: Context): Resolution {
  const full =
    here.findLast(
      ({ work, parts }) =>
        work !== undefined &&
        parts.some((part) => part.kind !== 'juan' && fold(index.text.slice(part.start, part.end)).endsWith(title)),
    ) ?? (/[傳紀志表史]/u.test(title) ? here.findLast(({ work }) => work !== undefined) : undefined);
  return full?.work === undefined ? { cert: 'low' } : { work: full.work, cert: 'low' };
}

/** A chapter without its work: one that names its work, one cited before with its work, or of the work cited last. */
function workOfSection({ section = '', here, start }: Context, catalogue: TitleCatalogue): Resolution {
  const own = catalogue.bySection(section);
  if (own) return { work: own.id };
  const last = here.findLast(({ work, parts }) => work !== undefined && parts.some(({ kind }) => kind === 'section'));
  const follows = last !== undefined && last.end >= start - 2;
  const known = catalogue.cited(section);
  if (!follows && known !== undefined) return { work: known };
  if (last?.work === undefined) return { cert: 'low' };
  return follows ? { work: last.work } : { work: last.work, cert: 'medium' };
}
