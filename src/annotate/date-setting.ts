import { firstFrom, type Span } from '../core/span.ts';
import type { SourceDocument } from '../source/source-document.ts';
import type { FoundDate } from './date.ts';

/** What looks back or speaks from outside the course of events, at the head of a sentence, and what returns to it. */
const flashback =
  /(?:^|[。？！；\n）」])[\s\u3000]*(?:先是|先時|初(?=[，、：])|始(?=[，、])|[按案]|考(?=[，：:《])|謹[按案]|論曰|史臣)|(?<back>至是)/gu;

const quotations = ['「」', '『』', '“”'].map((pair) => ({ open: pair[0]!, marks: new RegExp(`[${pair}]`, 'gu') }));

/** Where a date stands in its sentence, its line and the speech of others. */
export class DateSetting {
  readonly #source: SourceDocument;
  /** Where quotations open and close, one list for each pair of marks: a line may be very long. */
  readonly #marks: readonly (readonly (Span & { readonly opens: boolean })[])[];

  constructor(source: SourceDocument) {
    this.#source = source;
    const { text } = source;
    this.#marks = quotations.map(({ open, marks }) =>
      [...text.text.matchAll(marks)].map(({ 0: mark, index }) => {
        const start = text.toOffset(index);
        return { start, end: start + 1, opens: mark === open };
      }),
    );
  }

  /** Offset at which the line of a span begins. */
  lineStart({ start }: Span): number {
    const point = this.#source.text.point(start);
    return point.offset - point.column + 1;
  }

  /** True where nothing but white space stands before the date, its polity aside. */
  opensBlock({ from }: FoundDate, blockStart: number): boolean {
    return this.#source.text.slice(blockStart, from).trim() === '';
  }

  /** True at the head of a sentence, and directly behind another such date: 景德元年、遼統和二十二年。春正月. */
  opensSentence(date: FoundDate, others: readonly FoundDate[]): boolean {
    const { text } = this.#source;
    const before = text.slice(Math.max(0, date.from - 4), date.from).replace(/[ \u3000]+$/u, '');
    if (this.insideSpeech(date)) return false;
    if (date.from === 0 || before === '' || /[。？！；\n）」』]$/u.test(before)) return true;
    // Dates stand in order: the search goes back over those alone that reach into this one.
    let last = firstFrom(others, date.from) - 1;
    while (last >= 0 && others[last]!.end > date.from) last--;
    const previous = others[last];
    if (!previous || !/^[、，]?[即為]?$/u.test(text.slice(previous.end, date.from))) return false;
    return this.opensSentence(previous, others);
  }

  /** Speech quotes other times; it does not move the clock of the narrative. */
  insideSpeech(date: Span): boolean {
    const lineStart = this.lineStart(date);
    return this.#marks.some((marks) => {
      const last = marks[firstFrom(marks, date.start) - 1];
      return last?.opens === true && last.start >= lineStart;
    });
  }

  /** True where the sentences before, in the same block, have gone back in time or turned to commentary. */
  insideFlashback({ from }: FoundDate, blockStart: number): boolean {
    const last = [...this.#source.text.slice(blockStart, from).matchAll(flashback)].at(-1);
    return last !== undefined && last.groups?.back === undefined;
  }
}
