import { foldPattern } from '../core/fold.ts';
import { chapterAt } from './bibl-chapter.ts';
import { type Draft, withPassages } from './citation-draft.ts';
import type { TitleCatalogue, TitleHit } from './title-catalogue.ts';

/** Words that lead to a source. */
const cue = foldPattern(/[按案據引考攷見]$/u);
/** What is said of a source. */
const report = foldPattern(/^(?:[^\p{Script=Han}]|[云曰作載謂稱]|$)/u);
/** An office or a building that is called after a kind of book: 國史院, 實錄院, 日曆所. */
const office = foldPattern(/^[院館所官臣局庫]/u);
/** Titles that are offices too: a chapter behind them is none. */
const isOffice = foldPattern(/尚書|拾遺/uy);
/** 實錄云 at the beginning of a sentence speaks of a book, 孟子曰 may speak of a man. */
const spoken = foldPattern(/(?<![\p{Script=Han}])\p{Script=Han}[錄史曆要考目志鑑典覽][云曰作載謂稱書]/uy);
/** 孝經略司 is a mistaken division of 經略司. */
const divided = foldPattern(/^經[略制理營]/u);
const joint = foldPattern(/[、及與並和]/u);
/** What makes of a title that of a commentary on it: 論語講義. */
const commentary = foldPattern(/(?:新義|小義|講義|解義|集解|集注|正義|精義|訂義|音義|章句|解(?=[\p{P}\s云曰]))/uy);

/** Citations of works of the catalogue without title marks, outside those that were found already (sorted by start). */
export function bareCitations(text: string, catalogue: TitleCatalogue, found: readonly Draft[]): Draft[] {
  const drafts: Draft[] = [];
  let taken = 0;
  for (let at = 0; at < text.length; at++) {
    while (taken < found.length && found[taken]!.end <= at) taken++;
    const next = found[taken];
    if (next && next.start <= at) {
      at = next.end - 1;
      continue;
    }
    const hit = catalogue.longestAt(text, at);
    if (!hit || (next && next.start < at + hit.length)) continue;
    const before = Math.max(drafts.at(-1)?.end ?? 0, found[taken - 1]?.end ?? 0);
    if (!isCitation(text, at, hit, catalogue, before)) continue;
    const cited = withPassages(bareDraft(text, at, hit), text, catalogue);
    drafts.push(...cited);
    at = cited.at(-1)!.end - 1;
  }
  return drafts;
}

function bareDraft(text: string, at: number, { author, length, work }: TitleHit): Draft {
  const end = at + length;
  const longer = testAt(commentary, text, end);
  const title = { start: at + author, end: longer ? commentary.lastIndex : end };
  return { ...title, title, ...(longer ? {} : { work }), juan: [], malformed: false, bracketed: false };
}

/** `before` is the end of the citation that stands before. */
function isCitation(
  text: string,
  at: number,
  { length, author, ordinary }: TitleHit,
  catalogue: TitleCatalogue,
  before: number,
): boolean {
  const end = at + length;
  if (office.test(text.slice(end, end + 1))) return false;
  if (divided.test(text.slice(end - 1, end + 1))) return false;
  if (!ordinary || text[end] === '卷') return true;
  if (!testAt(isOffice, text, at)) {
    if (chapterAt(text, end) > 0 || (length === 2 && testAt(spoken, text, at))) return true;
  }
  const gap = joint.test(text[at - 1] ?? '') ? 1 : 0;
  if (before > 0 && before === at - gap) return true;
  if (isListed(text, end, catalogue)) return true;
  const isCued = author > 0 || cue.test(text.slice(Math.max(0, at - 1), at));
  return isCued && report.test(text.slice(end, end + 1));
}

/** True if another title is joined to what ends here: 九經、唐書、冊府元龜. */
function isListed(text: string, end: number, catalogue: TitleCatalogue): boolean {
  const next = joint.test(text[end] ?? '') ? catalogue.longestAt(text, end + 1) : undefined;
  return next !== undefined && (!next.ordinary || isListed(text, end + 1 + next.length, catalogue));
}

function testAt(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}
