import type { Work } from '../authority/authority.ts';
import { readNumeral } from '../calendar/numerals.ts';
import { diagnostic, type Report } from '../core/diagnostic.ts';
import { firstFrom } from '../core/span.ts';
import type { SourceDocument } from '../source/source-document.ts';
import { type BiblAnnotation, type BiblPart, type Certainty, overlaps as overlap } from './annotation.ts';

const numeral = '[一二三四五六七八九十百廿卅〇]+';
const juan = `(?:卷)?(?:之)?${numeral}(?:卷)?`;
/** Juan directly behind a title: 《長編》四十四及四十九. */
const juanList = new RegExp(`^${juan}(?:(?:、|及|至)${juan})*`, 'u');
/** A chapter directly behind a title, without brackets: 《國史》繼遷等傳. */
const openChapter = /^(?![及與并並])(?:\p{Script=Han}{1,4}、)*\p{Script=Han}{1,6}等傳/u;
/** A further chapter behind a citation, without brackets: 及裴濟、張煦等傳. */
const joinedChapter =
  /^(?:及|、|與|并|並)((?:\p{Script=Han}{1,4}、){0,4}\p{Script=Han}{2,6}(?:等傳|傳|本紀|志|表))(?=[。，；、）]|$)/u;
const chapterEnd = /(?:傳|紀|志|表|錄|載記)$/u;
const separator = /[·‧・．•]/u;
const wrongSeparator = /[，,、。．:：]/u;

/** A citation while it is read: offsets in UTF-16 units, what it says of its work in characters. */
interface Draft {
  readonly start: number;
  end: number;
  readonly title?: { start: number; end: number };
  readonly section?: { start: number; end: number };
  readonly juan: { start: number; end: number; n: number }[];
  readonly malformed: boolean;
  readonly bracketed: boolean;
}

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
  const text = source.text.text;
  const catalogue = new Catalogue(works);
  const drafts = [...bracketed(text, catalogue), ...unbracketed(text, works)].sort((a, b) => a.start - b.start);
  const found: BiblAnnotation[] = [];
  for (const draft of drafts) {
    const annotation = withCorrection(source, resolve(source, draft, catalogue, found, report), misprints);
    const last = found.at(-1);
    if (!last || !overlap(last, annotation)) found.push(annotation);
  }
  return found;
}

function* bracketed(text: string, catalogue: Catalogue): Generator<Draft> {
  for (const match of text.matchAll(/《([^《》\n]+)》/gu)) {
    const open = match.index;
    const inner = { start: open + 1, end: open + 1 + match[1]!.length };
    const draft: Draft = {
      start: open,
      end: open + match[0].length,
      juan: [],
      bracketed: true,
      ...divide(inner, text, catalogue),
    };
    const rest = text.slice(draft.end, draft.end + 60);
    const juans = juanList.exec(rest)?.[0];
    const chapter = juans ? undefined : openChapter.exec(rest)?.[0];
    if (juans) {
      draft.juan.push(...readJuan(juans, draft.end));
      draft.end += juans.length;
    }
    const section = chapter ? { start: draft.end, end: draft.end + chapter.length } : undefined;
    yield section ? { ...draft, section, end: section.end } : draft;
    yield* joined(text, section?.end ?? draft.end);
  }
}

/** The work and the chapter inside 《》, and whether they are divided as they should be. */
function divide(inner: { start: number; end: number }, text: string, catalogue: Catalogue) {
  const content = text.slice(inner.start, inner.end);
  const at = content.search(separator);
  if (at > 0)
    return parts(
      at,
      [content.slice(0, at), content.slice(at + 1)].some((part) => catalogue.isMalformed(part)),
    );
  const wrong = content.search(wrongSeparator);
  if (wrong > 0 && catalogue.find(content.slice(0, wrong))) return parts(wrong, true);
  const isWork = catalogue.find(content) !== undefined;
  if (!isWork && content.length > 1 && chapterEnd.test(content)) return { section: inner, malformed: false };
  return { title: inner, malformed: catalogue.isMalformed(content) };

  function parts(length: number, malformed: boolean) {
    const title = { start: inner.start, end: inner.start + length };
    return { title, section: { start: title.end + 1, end: inner.end }, malformed };
  }
}

function readJuan(list: string, start: number): { start: number; end: number; n: number }[] {
  return [...list.matchAll(new RegExp(juan, 'gu'))].map((match) => ({
    start: start + match.index,
    end: start + match.index + match[0].length,
    n: readNumeral(match[0].replace(/[卷之]/gu, '')) ?? Number.NaN,
  }));
}

function* joined(text: string, end: number): Generator<Draft> {
  const match = joinedChapter.exec(text.slice(end, end + 40));
  if (!match) return;
  const section = { start: end + 1, end: end + match[0].length };
  yield { ...section, section, juan: [], malformed: false, bracketed: false };
}

/** Full titles of the catalogue that stand without brackets. */
function* unbracketed(text: string, works: readonly Work[]): Generator<Draft> {
  for (const { title, note = '' } of works) {
    // The catalogue marks titles that are ordinary words too: 國史, 同音.
    if ([...title].length < 2 || note.startsWith('Only within 《》')) continue;
    for (let at = text.indexOf(title); at >= 0; at = text.indexOf(title, at + title.length)) {
      const span = { start: at, end: at + title.length };
      yield { ...span, title: span, juan: [], malformed: false, bracketed: false };
    }
  }
}

function resolve(
  source: SourceDocument,
  draft: Draft,
  catalogue: Catalogue,
  before: readonly BiblAnnotation[],
  report: Report,
): BiblAnnotation {
  const { text } = source;
  const span = (part: { start: number; end: number }) => ({
    start: text.toOffset(part.start),
    end: text.toOffset(part.end),
  });
  const { start, end } = span(draft);
  const title = draft.title && text.text.slice(draft.title.start, draft.title.end);
  const section = draft.section && text.text.slice(draft.section.start, draft.section.end);
  const lineStart = start - text.point(start).column + 1;
  const context = { section, here: before.slice(firstFrom(before, lineStart)), start, index: source };
  const { work, cert } =
    title === undefined ? workOfSection(context, catalogue) : workOfTitle(title, context, catalogue);
  const place = { file: source.path, range: text.range({ start, end }) };
  const quote = text.slice(start, end);
  const known = work === undefined ? undefined : catalogue.byId(work);
  if (draft.malformed && known) {
    report(
      diagnostic(
        'annotate/malformed-title',
        `Unexpected title \`${quote}\`, expected the form \`《${known.title}·…》\`.`,
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
      ...(Number.isNaN(part.n) ? {} : { n: part.n }),
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
    if (kind !== 'section') continue;
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
  /** The citations before this one in its paragraph. */
  readonly here: readonly BiblAnnotation[];
  readonly start: number;
  readonly index: SourceDocument;
}

interface Resolution {
  readonly work?: string;
  readonly cert?: Certainty;
}

function workOfTitle(title: string, context: Context, catalogue: Catalogue): Resolution {
  const work = catalogue.find(title);
  if (work) return { work: work.id };
  if ([...title].length === 1) return workOfAbbreviation(title, context);
  return { cert: 'low' };
}

/** 《錄》 behind 《稽古錄》: one character stands for the latest title in the paragraph that ends with it. */
function workOfAbbreviation(title: string, { here, index }: Context): Resolution {
  const full = here.findLast(
    ({ work, parts }) =>
      work !== undefined &&
      parts.some((part) => part.kind !== 'juan' && index.text.slice(part.start, part.end).endsWith(title)),
  );
  return full?.work === undefined ? { cert: 'low' } : { work: full.work, cert: 'low' };
}

/** A chapter without its work: one that names its work, one cited before with its work, or of the work cited last. */
function workOfSection({ section = '', here, start }: Context, catalogue: Catalogue): Resolution {
  const own = catalogue.bySection(section);
  if (own) return { work: own.id };
  const last = here.findLast(({ work, parts }) => work !== undefined && parts.some(({ kind }) => kind === 'section'));
  const follows = last !== undefined && last.end >= start - 2;
  const known = catalogue.cited(section);
  if (!follows && known !== undefined) return { work: known };
  if (last?.work === undefined) return { cert: 'low' };
  return follows ? { work: last.work } : { work: last.work, cert: 'medium' };
}

/** The works by their titles. */
class Catalogue {
  readonly #byTitle = new Map<string, Work>();
  readonly #bySection = new Map<string, Work>();
  readonly #byId = new Map<string, Work>();
  readonly #malformed = new Set<string>();
  readonly #cited = new Map<string, string>();

  constructor(works: readonly Work[]) {
    for (const work of works) {
      this.#byId.set(work.id, work);
      for (const { text, type } of work.names ?? []) {
        this.#byTitle.set(text, work);
        if (type === 'malformed') this.#malformed.add(text);
      }
      for (const section of work.sections ?? []) this.#bySection.set(section, work);
    }
    for (const work of works) this.#byTitle.set(work.title, work);
  }

  find(title: string): Work | undefined {
    return this.#byTitle.get(title);
  }

  bySection(section: string): Work | undefined {
    return this.#bySection.get(section);
  }

  byId(id: string): Work | undefined {
    return this.#byId.get(id);
  }

  /** Remembers a chapter that was cited with its work. */
  cite(section: string, work: string): void {
    this.#cited.set(section, work);
  }

  /** The work with which a chapter was cited last. */
  cited(section: string): string | undefined {
    return this.#cited.get(section);
  }

  isMalformed(title: string): boolean {
    return this.#malformed.has(title);
  }
}
