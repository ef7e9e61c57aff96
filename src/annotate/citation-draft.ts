import type { Work } from '../authority/authority.ts';
import { chapterAt, isChapterTitle, joinedChapterAt } from './bibl-chapter.ts';
import { type Locus, readHalf, readLoci } from './bibl-locus.ts';
import type { TitleCatalogue } from './title-catalogue.ts';
import { type MarkedTitle, markedTitles } from './title-marks.ts';

interface Units {
  readonly start: number;
  readonly end: number;
}

/** A citation while it is read: offsets in UTF-16 units of the folded text. */
export interface Draft extends Units {
  readonly title?: Units;
  /** The work, where more than the title tells it: 薛居正五代史. */
  readonly work?: Work;
  readonly section?: Units;
  readonly juan: readonly Locus[];
  /** The title is not written as it should be: wrong separator, faulty marks, a form known as faulty. */
  readonly malformed: boolean;
  /** Stands in 《》; without them it is less certain. */
  readonly bracketed: boolean;
}

const separator = /[·‧・．•∙⋅./／]/u;
const wrongSeparator = /[，,、。．:：〈]/u;

/** The citations in title marks, with what locates the passage right behind them, and further chapters joined to them. */
export function markedCitations(text: string, catalogue: TitleCatalogue): Draft[] {
  const marked = markedTitles(text, {
    lengthAt: (at) => titleLength(text, at, catalogue),
    isTitle: (start, end) => isTitle(text, start, end, catalogue),
  });
  const byStart = new Map(marked.map((one) => [one.start, one]));
  const drafts: Draft[] = [];
  let last = 0;
  for (const one of marked) {
    // A chapter in marks of its own may have gone to the work before it.
    if (one.start < last) continue;
    const divided = divide(one.inner, text, catalogue);
    const draft = { start: one.start, end: one.end, ...divided, bracketed: true };
    const found = withPassages({ ...draft, malformed: draft.malformed || one.faulty }, text, catalogue, byStart);
    drafts.push(...found);
    last = found.at(-1)!.end;
  }
  return drafts;
}

/** A citation with the juan and chapter right behind its title, and the chapters joined to it as citations of their own. */
export function withPassages(
  draft: Draft,
  text: string,
  catalogue: TitleCatalogue,
  marked?: ReadonlyMap<number, MarkedTitle>,
): Draft[] {
  const located = locate(draft, text, catalogue, marked);
  const drafts = [located];
  for (let at = located.end; ; at = drafts.at(-1)!.end) {
    const section = joinedChapterAt(text, at);
    if (!section) return drafts;
    drafts.push({ ...section, section, juan: [], malformed: false, bracketed: false });
  }
}

function locate(
  draft: Draft,
  text: string,
  catalogue: TitleCatalogue,
  marked: ReadonlyMap<number, MarkedTitle> | undefined,
): Draft {
  const work = draft.work ?? (draft.title && catalogue.find(text.slice(draft.title.start, draft.title.end)));
  const juan = [...draft.juan];
  let { section, end } = draft;
  const readJuan = (): void => {
    const loci = readLoci(text, end, work?.juan);
    juan.push(...loci);
    end = loci.at(-1)?.end ?? end;
  };
  const half = section && readHalf(text, end);
  if (half) {
    juan.push(half);
    end = half.end;
  } else readJuan();
  const gap = separator.test(text[end] ?? '') ? 1 : 0;
  const inMarks = marked?.get(end + gap);
  if (!section && inMarks && work && isChapter(inMarks.inner, text, catalogue)) {
    section = inMarks.inner;
    end = inMarks.end;
  } else if (!section && draft.title && (draft.bracketed || work)) {
    const length = chapterAt(text, end + gap);
    if (length > 0) {
      section = { start: end + gap, end: end + gap + length };
      end = section.end;
    }
  }
  if (section !== draft.section) readJuan();
  return { ...draft, ...(section ? { section } : {}), juan, end };
}

/** True if the words in marks are a chapter and no work. */
function isChapter({ start, end }: Units, text: string, catalogue: TitleCatalogue): boolean {
  const words = text.slice(start, end);
  return !catalogue.find(words) && (isChapterTitle(words) || catalogue.bySection(words) !== undefined);
}

type Divided = Pick<Draft, 'title' | 'section' | 'juan' | 'malformed'>;

/** The work, the juan and the chapter inside 《》, and whether they are divided as they should be. */
function divide(inner: Units, text: string, catalogue: TitleCatalogue): Divided {
  const words = text.slice(inner.start, inner.end);
  const whole = (): Divided => ({ title: inner, juan: [], malformed: catalogue.isMalformed(words) });
  if (catalogue.find(words)) return whole();
  const prefix = startsWithWork(inner, text, catalogue);
  if (prefix > 0 && words[prefix] === '卷') return parts(inner, prefix, prefix, text, catalogue);
  const at = words.search(separator);
  if (at > 0) return parts(inner, at, at + 1, text, catalogue);
  const wrong = words.search(wrongSeparator);
  if (wrong > 0 && catalogue.find(words.slice(0, wrong))) {
    if (catalogue.find(words.slice(wrong + 1))) return whole();
    return { ...parts(inner, wrong, wrong + 1, text, catalogue), malformed: true };
  }
  if (prefix > 0) return parts(inner, prefix, prefix, text, catalogue);
  return isChapter(inner, text, catalogue) ? { section: inner, juan: [], malformed: false } : whole();
}

/** Units of the title that the words open with, where a chapter or a juan and nothing else follows it. */
function startsWithWork({ start, end }: Units, text: string, catalogue: TitleCatalogue): number {
  const hit = catalogue.longestAt(text, start);
  if (!hit || start + hit.length >= end) return 0;
  const rest = text.slice(start + hit.length, end);
  const isPassage = /^卷/u.test(rest) ? readLoci(rest, 0, undefined).length > 0 : isChapterTitle(rest);
  return isPassage ? hit.length : 0;
}

/** Title up to `length`, juan and chapter from `next` on, in units from the start of the words. */
function parts(inner: Units, length: number, next: number, text: string, catalogue: TitleCatalogue): Divided {
  const title = { start: inner.start, end: inner.start + length };
  const rest = text.slice(0, inner.end);
  const juan = /^第?之?卷/u.test(rest.slice(inner.start + next)) ? readLoci(rest, inner.start + next, undefined) : [];
  let start = juan.at(-1)?.end ?? inner.start + next;
  if (juan.length > 0 && separator.test(rest[start] ?? '')) start++;
  const end = rest[inner.end - 1] === '〉' && rest[inner.start + length] === '〈' ? inner.end - 1 : inner.end;
  const malformed = [title, { start, end }].some((part) => catalogue.isMalformed(text.slice(part.start, part.end)));
  return { title, ...(start < end ? { section: { start, end } } : {}), juan, malformed };
}

/** Units of the title that begins here, with its chapter where one is joined to it as in 《》. */
function titleLength(text: string, at: number, catalogue: TitleCatalogue): number {
  const hit = catalogue.longestAt(text, at);
  if (!hit) return 0;
  const end = at + hit.length;
  const gap = /[·‧・．•，、]/u.test(text[end] ?? '') ? 1 : 0;
  const chapter = chapterAt(text, end + gap);
  return hit.length + (chapter > 0 ? gap + chapter : 0);
}

/** True if the words are a title, alone or with its chapter. */
function isTitle(text: string, start: number, end: number, catalogue: TitleCatalogue): boolean {
  const words = text.slice(start, end);
  if (catalogue.find(words) || catalogue.bySection(words) || isChapterTitle(words)) return true;
  const hit = catalogue.longestAt(text, start);
  if (!hit || start + hit.length >= end) return false;
  const rest = text.slice(start + hit.length, end).replace(/^[·‧・．•，、]/u, '');
  return isChapterTitle(rest) || /^卷/u.test(rest);
}
