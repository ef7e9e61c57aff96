import { firstFrom, type Span } from '../core/span.ts';
import type { NoteSpan } from '../source/read-entries.ts';
import type { SourceDocument } from '../source/source-document.ts';
import type { BiblAnnotation } from './annotation.ts';

/** A note with what it is; `commentary` is the part of a source note that goes on after its citations. */
export interface Note extends Span {
  readonly type: 'source' | 'variant' | 'commentary';
  readonly commentary?: Span;
}

/** What may stand between the bracket and the first citation: 按, 見, 事見, 畢氏, the author (沈括《夢溪筆談》). */
const introduction =
  /^[（(](?:\p{Script=Han}|[又俱並事語詳亦參]?[見據參詳引出本採]|\p{Script=Han}氏|(?!.*[之其此按案時])\p{Script=Han}{2,3})?$/u;

/**
 * Types notes by what they open with: a citation followed by 作 (variant), a citation (source), anything else
 * (commentary). What follows the citations of a source note is its commentary.
 */
export function classifyNotes(
  source: SourceDocument,
  notes: readonly NoteSpan[],
  citations: readonly BiblAnnotation[],
): Note[] {
  const { text } = source;
  return notes.map(({ start, end }) => {
    const from = firstFrom(citations, start);
    const first = citations[from];
    if (!first || first.start >= end || !introduction.test(text.slice(start, first.start)))
      return { start, end, type: 'commentary' };
    if (text.slice(first.end, first.end + 1) === '作') return { start, end, type: 'variant' };
    let last = first.end;
    for (const bibl of citations.slice(from + 1, firstFrom(citations, end))) {
      if (!/^[、，；及並并與和又參]*$/u.test(text.slice(last, bibl.start))) break;
      last = bibl.end;
    }
    const gap = /^[。，：；\s]*/u.exec(text.slice(last, end))![0].length;
    const commentary = { start: last + gap, end: end - 1 };
    return { start, end, type: 'source', ...(commentary.start < commentary.end ? { commentary } : {}) };
  });
}
