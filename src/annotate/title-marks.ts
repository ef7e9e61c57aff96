/** Words in title marks, in UTF-16 units; `inner` leaves the marks out. */
export interface MarkedTitle {
  readonly start: number;
  readonly end: number;
  readonly inner: { readonly start: number; readonly end: number };
  /** One of the marks is missing, or they are not 《》. */
  readonly faulty: boolean;
}

/** What the words in faulty marks have to say for themselves: how many UTF-16 units from here are a title and its chapter. */
export interface TitleJudge {
  /** Units of the longest title, with its chapter, that begins here; 0 if none does. */
  readonly lengthAt: (at: number) => number;
  /** True if the words are a title, or a title and its chapter, and nothing else. */
  readonly isTitle: (start: number, end: number) => boolean;
}

/** Units in which a mark closes, or is not closed at all. */
const longest = 80;
const opens = '《〈<＜';
const closed = /^《[^《》]+》/u;
/** A title that names another: the outer marks count, unless they enclose a list or a sentence. */
const nested = /^《(?:[^《》，、。；：]|《[^《》]+》)+》/u;
const wronglyClosed = /^《[^《》〈〉，、。；：]+〉/u;
const otherMarks = /^(?:〈[^《》〈〉]+〉|<[^<>]+>|＜[^＜＞]+＞)/u;
const sentenceEnd = /[。；！？」』）]/u;

/**
 * The titles of a (folded) text in 《》; nested marks belong to the outer title. Where a mark is missing, or is 〈〉 or
 * <>, the words must be a title that the judge knows.
 */
export function markedTitles(text: string, judge: TitleJudge): MarkedTitle[] {
  const found: MarkedTitle[] = [];
  let last = 0;
  for (const { 0: mark, index: at } of text.matchAll(/[《》〈<＜]/gu)) {
    if (at < last) continue;
    const title = opens.includes(mark) ? opened(text, at, mark, judge) : closedOnly(text, at, last, judge);
    if (!title) continue;
    found.push(title);
    last = title.end;
  }
  return found;
}

function opened(text: string, start: number, mark: string, judge: TitleJudge): MarkedTitle | undefined {
  const [window = ''] = /^[^\n]*/u.exec(text.slice(start, start + longest)) ?? [];
  const marked = (words: string, faulty: boolean): MarkedTitle => {
    const end = start + words.length;
    return { start, end, inner: { start: start + 1, end: end - 1 }, faulty };
  };
  if (mark !== '《') {
    const [words] = otherMarks.exec(window) ?? [];
    return words !== undefined && judge.isTitle(start + 1, start + words.length - 1) ? marked(words, true) : undefined;
  }
  const known = judge.lengthAt(start + 1);
  const [words] = closed.exec(window) ?? nested.exec(window) ?? [];
  if (words !== undefined && !(known > 0 && sentenceEnd.test(words))) return marked(words, false);
  const [wrong] = wronglyClosed.exec(window) ?? [];
  if (wrong !== undefined) return marked(wrong, true);
  const end = start + 1 + known;
  return known > 0 ? { start, end, inner: { start: start + 1, end }, faulty: true } : undefined;
}

/** A title whose opening mark is missing: the longest words before 》 that are a title. */
function closedOnly(text: string, close: number, from: number, judge: TitleJudge): MarkedTitle | undefined {
  for (let start = Math.max(from, close - 24); start < close - 1; start++) {
    if (judge.isTitle(start, close) && !text.slice(start, close).includes('\n'))
      return { start, end: close + 1, inner: { start, end: close }, faulty: true };
  }
  return undefined;
}
