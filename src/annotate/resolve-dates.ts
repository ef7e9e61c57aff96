import { type CivilDate, civilText } from '../calendar/civil-date.ts';
import { yearPair } from '../calendar/convert.ts';
import type { Code } from '../core/codes.ts';
import { diagnostic, type Report } from '../core/diagnostic.ts';
import { firstFrom, type Span, spanAt } from '../core/span.ts';
import { type Entry, entrySpan, type NoteSpan } from '../source/read-entries.ts';
import type { SourceDocument } from '../source/source-document.ts';
import { type DateAnnotation, type DateExpression, overlaps, type ResolvedDate } from './annotation.ts';
import { type Clock, civilOfYear, type EraYear, eraYearOf, shifted, westernOf, yearText } from './clock.ts';
import type { FoundDate } from './date.ts';
import { DateSetting } from './date-setting.ts';
import { LeadingDates } from './leading-dates.ts';
import { resolveDate } from './resolve-date.ts';
import { type Resolution, resolvedYear } from './resolved-days.ts';
import { vagueInterval } from './vague-dates.ts';
import type { Words } from './year-and-month.ts';

/** A civil year in force: era and number, with its heading and its days. */
export interface EntryYear {
  readonly era: string;
  readonly year: number;
  /** The astronomical year that holds most of it. */
  readonly western: number;
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

/** Headlines that go on with the year that 是歲 has closed. */
const continues = /^\s*[又復亦並]/u;

/**
 * Resolves dates in context. Dates that open a sentence of a headline move the clock of the chronicle; a month before the last one
 * opens a year where no heading says otherwise, and so does an undated headline after 是歲. What looks back (先是, 初), speech
 * and commentary leave the clock alone. The narrative has a clock of its own that starts with its headline; a note
 * too, and there a month that was named before is the same month again (上年十一月 … 十一月). Two eras of one moment
 * (景德元年、遼統和二十二年) are one year, named by the first. What the calendar does not have is reported.
 */
export function resolveDates(
  source: SourceDocument,
  entries: readonly Entry[],
  notes: readonly NoteSpan[],
  found: readonly FoundDate[],
  options: ResolveOptions,
  report: Report,
): { dates: DateAnnotation[]; entries: DatedEntry[] } {
  const setting = new DateSetting(source);
  const datesOf = entries.map((entry) => {
    const { start, end } = entrySpan(entry);
    return found.slice(firstFrom(found, start), firstFrom(found, end));
  });
  const chronicle = new Chronicle(
    source,
    setting,
    new LeadingDates(source, setting, entries, datesOf),
    notes,
    options,
    report,
  );
  const dated = entries.flatMap((entry, index) => {
    const found = datesOf[index]!;
    return withoutIdleHeading(chronicle.entry(entry, found), found);
  });
  return { dates: chronicle.dates, entries: dated.map((entry, index) => ({ ...entry, n: index + 1 })) };
}

/** A heading that names no year of the calendar (某某元年) heads nothing: it is an entry of its own. */
function withoutIdleHeading(entry: DatedEntry, found: readonly FoundDate[]): DatedEntry[] {
  const { heading, ...rest } = entry;
  const names = heading && found.some((date) => overlaps(date, heading) && date.expression.year !== undefined);
  if (!heading || (names && entry.year)) return [entry];
  return [{ n: 0, head: heading, body: [], ...(entry.year ? { year: entry.year } : {}) }, rest];
}

class Chronicle {
  readonly dates: DateAnnotation[] = [];
  readonly #source: SourceDocument;
  readonly #notes: readonly NoteSpan[];
  readonly #leading: LeadingDates;
  readonly #setting: DateSetting;
  readonly #options: ResolveOptions;
  readonly #report: Report;
  #clock: Clock;
  /** 是歲 has closed the year. */
  #closed = false;
  /** The last date that moved the clock, and what it was resolved to. */
  #leader: { readonly found: FoundDate; readonly at?: EraYear } | undefined;

  constructor(
    source: SourceDocument,
    setting: DateSetting,
    leading: LeadingDates,
    notes: readonly NoteSpan[],
    options: ResolveOptions,
    report: Report,
  ) {
    this.#source = source;
    this.#notes = notes;
    this.#leading = leading;
    this.#setting = setting;
    this.#options = options;
    this.#report = report;
    const at = options.start && eraYearOf(options.start);
    this.#clock = at ? { at, by: { year: `the start of the document` } } : { by: {} };
  }

  entry(entry: Entry, found: readonly FoundDate[]): DatedEntry {
    const outside = found.filter((date) => !this.#noteOf(date));
    const moving = new Set(this.#leading.moving(entry, outside, this.#clock));
    if (entry.head && moving.size === 0) this.#undatedHead(entry);
    const mentions: Clock[] = [];
    const heads: (ResolvedDate | undefined)[] = [];
    let year = moving.size === 0 ? this.#clock.at : undefined;
    let clock = this.#clock;
    let noteClock: Clock = this.#clock;
    let note: NoteSpan | undefined;
    let last = this.#clock.at ? entrySpan(entry).start : Number.POSITIVE_INFINITY;
    for (const date of found) {
      // 至是 takes the narrative back from what led to it.
      if (last < date.start && this.#source.text.slice(last, date.start).includes('至是')) clock = this.#clock;
      last = date.end;
      const own = this.#noteOf(date);
      if (own) {
        if (own !== note) noteClock = this.#clock.at ? this.#clock : clock;
        note = own;
        noteClock = this.#read(date, noteClock, mentions).clock;
        if (this.#isHeadingNote(date, own)) this.#compareYears(date, noteClock.at);
        mentions.push(noteClock);
      } else if (moving.has(date)) {
        heads.push(this.#move(date));
        clock = this.#clock;
        year ??= clock.at;
      } else {
        const read = this.#read(date, clock, []).clock;
        mentions.push(read);
        // A look back (上年八月不雨) and speech leave the narrative where it was.
        const looksBack = (date.expression.relativeYear ?? '').includes('previous');
        if (!looksBack && !this.#setting.insideSpeech(date)) clock = read;
      }
    }
    // Nothing has said yet where the chronicle stands: the narrative does.
    if (!this.#clock.at) this.#clock = clock;
    const entryYear = year && this.#entryYear(year);
    const date = heads.find((one) => one?.custom.includes('-')) ?? heads.find((one) => one !== undefined);
    return { ...entry, ...(entryYear ? { year: entryYear } : {}), ...(date ? { date } : {}) };
  }

  #noteOf(date: Span): NoteSpan | undefined {
    return this.#notes[spanAt(this.#notes, date.start)];
  }

  #undatedHead({ head, body }: Entry): void {
    const block = head ?? body[0]!;
    if (!this.#closed || continues.test(this.#source.text.slice(block.start, block.end))) return;
    this.#closed = false;
    if (this.#leading.yearsToNextHeading(block.start, this.#clock.at) === undefined)
      this.#openYear(block, 'an undated entry follows 是歲');
  }

  /** The text moves to the next year without saying so. */
  #openYear(place: Span, reason: string): void {
    const opened = this.#clock.at && shifted(this.#clock.at, 1);
    if (!opened) return;
    const start = place.start + /^\s*/u.exec(this.#source.text.slice(place.start, place.end))![0].length;
    const { line, column } = this.#source.text.point(start);
    this.#clock = { at: opened, by: { year: `the order of the entries (${line}:${column}: ${reason})` } };
    const range = this.#source.text.range({ start, end: start + 1 });
    const message = `Here ${yearText(opened)} is taken to begin: ${reason}.`;
    this.#report(diagnostic('annotate/assumed-year', message, { file: this.#source.path, range }));
  }

  /** Moves the chronicle by a date of a headline. */
  #move(found: FoundDate): ResolvedDate | undefined {
    const { expression } = found;
    const { era, year, relativeYear, month, leap = false } = expression;
    const last = this.#clock;
    if (era === undefined && year === undefined && relativeYear === undefined && month !== undefined) {
      const back = last.month !== undefined && (month < last.month || (month === last.month && last.leap && !leap));
      if (this.#closed || back) this.#turnYear(found, back === true);
      this.#closed = false;
    }
    const before = this.#leader;
    const { clock, resolved, problem } = this.#read(found, this.#clock, []);
    if (before?.at && this.#isParallel(before.found, found, problem ? undefined : clock.at)) {
      if (!problem) this.#compareYears(found, clock.at);
      this.#leader = { found, at: before.at };
      const { era: _era, dynasty: _dynasty, ruler: _ruler, year: _year, ...inYear } = expression;
      if (!namesMonth(inYear)) return undefined;
      // The month that stands behind the second name of the year is the month of the chronicle too.
      const own = resolveDate(inYear, this.#wordsOf(found), last, [], this.#options.calendar);
      this.#clock = own.clock;
      return own.resolved;
    }
    if (relativeYear === 'same' && !namesMonth(expression)) this.#closed = true;
    else this.#clock = clock;
    if (era !== undefined || year !== undefined) this.#closed = false;
    this.#leader = { found, ...(year !== undefined && clock.at ? { at: clock.at } : {}) };
    return resolved;
  }

  /** The months run backwards, or 是歲 has closed the year: the next year, unless a later heading says that it comes then. */
  #turnYear(found: FoundDate, back: boolean): void {
    const next = this.#leading.yearsToNextHeading(found.start, this.#clock.at);
    if (!this.#staysByDay(found) && (next === undefined || next > 1 || next < 0)) {
      this.#openYear(found, this.#closed ? 'a month follows 是歲' : 'the months run backwards');
    } else if (back) {
      const { start, end } = found;
      const message = `Unexpected \`${this.#source.text.slice(start, end)}\` after ${monthText(this.#clock)}: the months of a year stand in order.`;
      this.#complain('annotate/month-out-of-order', message, found);
    }
  }

  /** The month has the day in this year and not in the next: a month before it was a slip (二年三月丁巳 … 二月乙未). */
  #staysByDay(found: FoundDate): boolean {
    const { at } = this.#clock;
    const next = at && shifted(at, 1);
    if (typeof found.expression.day !== 'string' || !next) return false;
    const isImpossible = (year: EraYear): boolean =>
      resolveDate(found.expression, this.#wordsOf(found), { at: year, by: {} }, [], this.#options.calendar).problem !==
      undefined;
    return !isImpossible(at) && isImpossible(next);
  }

  /** 景德元年、遼統和二十二年: directly joined years of two courts. */
  #isParallel(first: FoundDate, second: FoundDate, at: EraYear | undefined): boolean {
    const isOther = second.from === second.start || at === undefined || at.era.dynasty !== this.#clock.at?.era.dynasty;
    return this.#leading.isJoined(first, second) && isOther;
  }

  /** （遼統和二十二年） directly behind the year of a heading. */
  #isHeadingNote(date: FoundDate, note: NoteSpan): boolean {
    const leader = this.#leader;
    return leader?.at !== undefined && leader.found.end === note.start && date.from === note.start + 1;
  }

  /** Two names of one year must name one year. */
  #compareYears(found: FoundDate, at: EraYear | undefined): void {
    const first = this.#clock.at;
    if (!first || !at || westernOf(first) === westernOf(at)) return;
    const message = `Unexpected year ${yearText(at)} beside ${yearText(first)}: it is ${westernOf(at)}, not ${westernOf(first)}.`;
    this.#complain('annotate/years-disagree', message, found);
  }

  /** Resolves one date by a clock and notes the annotation. */
  #read(found: FoundDate, clock: Clock, mentions: readonly Clock[]): Resolution {
    const { start, end, expression } = found;
    const words = this.#wordsOf(found);
    const { quote } = words;
    const { calendar } = this.#options;
    const vague = expression.vague && vagueInterval(expression, quote, calendar, clock.at);
    const result: Resolution = expression.vague
      ? { clock, steps: [], ...(vague ? { resolved: vague } : { cert: 'low' }) }
      : resolveDate(expression, words, clock, mentions, calendar);
    // A number of years that no era has is a year where it opens a sentence, and else how long something took.
    if (result.isNone && !this.#setting.opensSentence(found, [])) return result;
    const { resolved, cert, steps, problem } = result;
    if (problem) this.#complain(problem.code, problem.message, found);
    this.dates.push({
      type: 'date',
      start,
      end,
      quote,
      rule: 'date',
      expression,
      steps,
      ...(resolved ? { resolved } : {}),
      ...(cert ? { cert } : {}),
    });
    return result;
  }

  #wordsOf({ start, end }: Span): Words {
    const { text } = this.#source;
    const quote = text.slice(start, end);
    const { line, column } = text.point(start);
    return { quote, place: `\`${quote}\` (${line}:${column})` };
  }

  #complain(code: Code, message: string, span: Span): void {
    this.#report(diagnostic(code, message, { file: this.#source.path, range: this.#source.text.range(span) }));
  }

  #entryYear(at: EraYear): EntryYear {
    const date = civilOfYear(at);
    const { calendar } = this.#options;
    return {
      era: date.era,
      year: date.year,
      western: westernOf(at),
      label: yearText(at),
      cycle: yearPair(date) ?? '',
      date: resolvedYear(at, calendar),
    };
  }
}

const namesMonth = ({ month, season, leap, relativeMonth }: DateExpression): boolean =>
  [month, season, leap, relativeMonth].some((one) => one !== undefined);

const monthText = ({ at, month, leap }: Clock): string =>
  civilText({ ...civilOfYear(at!), ...(month === undefined ? {} : { month }), ...(leap ? { leap } : {}) });
