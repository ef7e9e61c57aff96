import { type CivilDate, civilText, formatCivil } from '../calendar/civil-date.ts';
import {
  civilInterval,
  dayOfCycle,
  eraOf,
  isoInterval,
  monthsWithCycleDay,
  shiftYear,
  westernYear,
  yearPair,
} from '../calendar/convert.ts';
import { eraNamed } from '../calendar/eras.ts';
import { diagnostic, type Report } from '../core/diagnostic.ts';
import type { Span } from '../core/span.ts';
import type { Entry, NoteSpan } from '../source/read-entries.ts';
import type { SourceDocument } from '../source/source-document.ts';
import { type Certainty, type DateAnnotation, type DateExpression, overlaps, type ResolvedDate } from './annotation.ts';
import type { FoundDate } from './date.ts';
import { vagueInterval } from './vague-dates.ts';

/** A civil year in force: era and number, with its heading and its days. */
export interface EntryYear {
  readonly era: string;
  readonly year: number;
  /** 咸平二年. */
  readonly label: string;
  /** 己亥. */
  readonly cycle: string;
  readonly date: ResolvedDate;
}

/** An entry with the year it belongs to and the date of its headline. */
export interface DatedEntry extends Entry {
  readonly year?: EntryYear;
  readonly date?: ResolvedDate;
}

export interface ResolveOptions {
  /** The year in which the text starts. */
  readonly start?: CivilDate;
  readonly calendar: string;
}

/** Where the chronicle stands: the civil date that a bare month or day is read by. */
interface Clock {
  readonly era?: string;
  readonly year?: number;
  readonly month?: number;
  readonly leap?: boolean;
}

/** Headlines that go on with the year that 是歲 has closed. */
const continues = /^\s*[又復亦並]/u;

/**
 * Resolves dates in context. Headlines move the clock of the chronicle: a month before the last one opens a year, and
 * so does an undated headline after 是歲. The narrative has a clock of its own that starts with its headline; a note
 * too, and there a month that was named before is the same month again (上年十一月 … 十一月). Days in pairs are looked
 * up in their month; what the calendar does not have is reported.
 */
export function resolveDates(
  source: SourceDocument,
  entries: readonly Entry[],
  notes: readonly NoteSpan[],
  found: readonly FoundDate[],
  options: ResolveOptions,
  report: Report,
): { dates: DateAnnotation[]; entries: DatedEntry[] } {
  const chronicle = new Chronicle(source, notes, options, report);
  const dated: DatedEntry[] = [];
  let next = 0;
  for (const entry of entries) {
    const end = (entry.body.at(-1) ?? entry.head!).end;
    const from = next;
    while (next < found.length && found[next]!.start < end) next++;
    dated.push(chronicle.entry(entry, found.slice(from, next)));
  }
  return { dates: chronicle.dates, entries: dated };
}

class Chronicle {
  readonly dates: DateAnnotation[] = [];
  readonly #source: SourceDocument;
  readonly #notes: readonly NoteSpan[];
  readonly #options: ResolveOptions;
  readonly #report: Report;
  #clock: Clock;
  /** 是歲 has closed the year. */
  #closed = false;
  #note = 0;

  constructor(source: SourceDocument, notes: readonly NoteSpan[], options: ResolveOptions, report: Report) {
    this.#source = source;
    this.#notes = notes;
    this.#options = options;
    this.#report = report;
    this.#clock = options.start ? { era: options.start.era, year: options.start.year } : {};
  }

  entry(entry: Entry, found: readonly FoundDate[]): DatedEntry {
    const inNote = found.filter((date) => this.#noteOf(date));
    const outside = found.filter((date) => !inNote.includes(date));
    const inHead = entry.head ? outside.filter((date) => overlaps(date, entry.head!)) : outside.slice(0, 1);
    if (inHead.length === 0) this.#undatedHead(entry);
    const headDates = inHead.map((date) => this.#headDate(date));
    const mentions: Clock[] = [];
    let clock = this.#clock;
    for (const date of outside.filter((one) => !inHead.includes(one))) {
      const read = this.#read(date, clock, []);
      mentions.push(read);
      // A look back (上年八月不雨) and speech leave the narrative where it was.
      const looksBack = (date.expression.relativeYear ?? '').includes('previous');
      if (!looksBack && !this.#insideSpeech(date)) clock = read;
    }
    let note: NoteSpan | undefined;
    for (const date of inNote) {
      const own = this.#noteOf(date);
      if (own !== note) clock = this.#clock;
      note = own;
      clock = this.#read(date, clock, mentions);
      mentions.push(clock);
    }
    const year = this.#entryYear();
    const date = headDates.find((one) => one && !one.vague);
    return { ...entry, ...(year ? { year } : {}), ...(date ? { date } : {}) };
  }

  #noteOf(date: Span): NoteSpan | undefined {
    while (this.#note > 0 && this.#notes[this.#note - 1]!.end > date.start) this.#note--;
    while (this.#notes[this.#note] && this.#notes[this.#note]!.end <= date.start) this.#note++;
    const note = this.#notes[this.#note];
    return note && note.start <= date.start ? note : undefined;
  }

  /** Speech quotes other times; it does not move the clock of the narrative. */
  #insideSpeech({ start }: Span): boolean {
    const { text } = this.#source;
    const lineStart = text.point(start).offset - text.point(start).column + 1;
    const before = text.slice(lineStart, start);
    return before.lastIndexOf('「') > before.lastIndexOf('」');
  }

  #undatedHead({ head, body }: Entry): void {
    const block = head ?? body[0]!;
    if (!this.#closed || continues.test(this.#source.text.slice(block.start, block.end))) return;
    this.#closed = false;
    this.#openYear(block, 'an undated entry follows 是歲');
  }

  /** The text moves to the next year without saying so. */
  #openYear(place: Span, reason: string): void {
    const { era, year } = this.#clock;
    if (era === undefined || year === undefined) return;
    const opened = shiftYear({ era, year }, 1);
    if (!opened) return;
    this.#clock = { era: opened.era, year: opened.year };
    const start = place.start + /^\s*/u.exec(this.#source.text.slice(place.start, place.end))![0].length;
    const range = this.#source.text.range({ start, end: start + 1 });
    const message = `Here ${civilText(opened)} is taken to begin: ${reason}.`;
    this.#report(diagnostic('annotate/assumed-year', message, { file: this.#source.path, range }));
  }

  #headDate(found: FoundDate): ResolvedDate | undefined {
    const { expression } = found;
    const { month, leap = false } = expression;
    const last = this.#clock;
    const isBare =
      expression.era === undefined && expression.year === undefined && expression.relativeYear === undefined;
    if (isBare && month !== undefined && !expression.vague) {
      const back = last.month !== undefined && (month < last.month || (month === last.month && last.leap && !leap));
      if (this.#closed || back) {
        this.#openYear(found, this.#closed ? 'a month follows 是歲' : 'the months run backwards');
      }
      this.#closed = false;
    }
    const read = this.#read(found, this.#clock, []);
    if (expression.vague) return this.dates.at(-1)!.resolved;
    if (expression.relativeYear === 'same' && month === undefined) this.#closed = true;
    else this.#clock = read;
    if (expression.era !== undefined) this.#closed = false;
    return this.dates.at(-1)!.resolved;
  }

  /** Resolves one date by a clock, notes the annotation, and gives the clock as it stands behind it. */
  #read(found: FoundDate, clock: Clock, mentions: readonly Clock[]): Clock {
    const { start, end, expression } = found;
    const quote = this.#source.text.slice(start, end);
    const add = (resolved?: ResolvedDate, cert?: Certainty): void => {
      this.dates.push({
        type: 'date',
        start,
        end,
        quote,
        rule: 'date',
        expression,
        ...(resolved ? { resolved } : {}),
        ...(cert ? { cert } : {}),
      });
    };
    if (expression.vague) {
      const resolved = vagueInterval(expression, quote, this.#options.calendar);
      add(resolved, resolved ? undefined : 'low');
      return clock;
    }
    const year = yearOf(expression, clock, mentions);
    if (!year) {
      this.#complain(
        'annotate/unresolved-date',
        `Unexpected date \`${quote}\` without a year, expected a year before it.`,
        found,
      );
      add(undefined, 'low');
      return clock;
    }
    const month = monthOf(expression, clock);
    const date = this.#civil(year, month, expression, found, quote);
    if (!date) {
      add(undefined, 'low');
      return { ...year, ...month };
    }
    add(resolvedDate(date, this.#options.calendar));
    return { ...year, ...month };
  }

  /** The civil date of an expression; nothing, and a diagnostic, where the calendar has no such month or day. */
  #civil(
    year: { era: string; year: number },
    { month, leap }: { month?: number; leap?: boolean },
    { day }: DateExpression,
    found: FoundDate,
    quote: string,
  ): CivilDate | undefined {
    const inYear: CivilDate = month === undefined ? year : { ...year, month, ...(leap ? { leap } : {}) };
    if (!civilInterval(inYear)) {
      this.#complain(
        'annotate/impossible-month',
        `Unexpected month \`${quote}\`: ${civilText(year)} has no such month.`,
        found,
      );
      return undefined;
    }
    if (day === undefined) return inYear;
    const dated = typeof day === 'number' ? { ...inYear, day } : dayNamed(inYear, day);
    if (dated && civilInterval(dated)) return dated;
    const near =
      typeof day === 'string' && day.length === 2
        ? monthsWithCycleDay(inYear, day)
            .slice(0, 2)
            .map((one) => civilText(one))
        : [];
    const help = near.length > 0 ? ` The nearest months that have it: ${near.join(', ')}.` : '';
    this.#complain(
      'annotate/impossible-day',
      `Unexpected day \`${quote}\`: ${civilText(inYear)} does not have it.${help}`,
      found,
    );
    return undefined;
  }

  #complain(
    code: 'annotate/unresolved-date' | 'annotate/impossible-month' | 'annotate/impossible-day',
    message: string,
    span: Span,
  ): void {
    this.#report(diagnostic(code, message, { file: this.#source.path, range: this.#source.text.range(span) }));
  }

  #entryYear(): EntryYear | undefined {
    const { era, year } = this.#clock;
    if (era === undefined || year === undefined || !civilInterval({ era, year })) return undefined;
    const date = resolvedDate({ era, year }, this.#options.calendar);
    return { era, year, label: civilText({ era, year }), cycle: yearPair({ era, year }) ?? '', date };
  }
}

const shifts = { same: 0, next: 1, 'after-next': 2, previous: -1, 'before-previous': -2 } as const;

/** The year of an expression: its own, the one of an earlier mention of the same month, or by the clock. */
function yearOf(
  { era, year, relativeYear, month, leap = false }: DateExpression,
  clock: Clock,
  mentions: readonly Clock[],
): { era: string; year: number } | undefined {
  if (era !== undefined) return { era: nearestEra(era, clock), year: year ?? 1 };
  if (year !== undefined) return clock.era === undefined ? undefined : { era: clock.era, year };
  const same = mentions.findLast((one) => month !== undefined && one.month === month && (one.leap ?? false) === leap);
  const base = yearDate(clock);
  if (!base) return undefined;
  const mention = same && yearDate(same);
  // A mention by another count (統和二十一年五月) is the same year by the count of the chronicle (咸平六年).
  const shift = mention
    ? (westernYear(mention) ?? 0) - (westernYear(base) ?? 0)
    : relativeYear === undefined
      ? 0
      : shifts[relativeYear];
  return shift === 0 ? base : shiftYear(base, shift);
}

const yearDate = ({ era, year }: Clock): { era: string; year: number } | undefined =>
  era === undefined || year === undefined ? undefined : { era, year };

/** The name of the era as the calendar has it, of several the one nearest to the clock. */
function nearestEra(name: string, clock: Clock): string {
  const date = yearDate(clock);
  const near = date && westernYear(date);
  return eraNamed(name, near === undefined ? {} : { near })[0]?.name ?? name;
}

function monthOf(
  { month, leap, relativeMonth, day, relativeYear, era, year }: DateExpression,
  clock: Clock,
): { month?: number; leap?: boolean } {
  if (month !== undefined) return { month, ...(leap ? { leap } : {}) };
  const clocked = clock.month === undefined ? {} : { month: clock.month, ...(clock.leap ? { leap: true } : {}) };
  if (relativeMonth === 'next' && clock.month !== undefined) return { month: Math.min(12, clock.month + 1) };
  if (relativeMonth === 'previous' && clock.month !== undefined) return { month: Math.max(1, clock.month - 1) };
  if (relativeMonth !== undefined) return clocked;
  const isDayOnly = day !== undefined && relativeYear === undefined && era === undefined && year === undefined;
  return isDayOnly ? clocked : {};
}

/** A day by its pair, or the first, the full-moon and the last day of the month. */
function dayNamed(month: CivilDate, name: string): CivilDate | undefined {
  if (name === '朔') return { ...month, day: 1 };
  if (name === '望') return { ...month, day: 15 };
  if (name !== '晦') return dayOfCycle(month, name);
  const days = civilInterval(month);
  return days && { ...month, day: days.to - days.from + 1 };
}

function resolvedDate(date: CivilDate, calendar: string): ResolvedDate {
  const { from, to } = isoInterval(date)!;
  const line = eraOf(date)?.line;
  return {
    custom: formatCivil(date),
    from,
    to,
    vague: false,
    calendar: line === 'liao' || line === 'jin' ? line : calendar,
  };
}
