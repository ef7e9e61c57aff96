import { firstFrom } from '../core/span.ts';
import { type Entry, entrySpan } from '../source/read-entries.ts';
import type { SourceDocument } from '../source/source-document.ts';
import { overlaps } from './annotation.ts';
import { type Clock, type EraYear, namedYear, ruledYear, westernOf, yearInForce } from './clock.ts';
import type { FoundDate } from './date.ts';
import type { DateSetting } from './date-setting.ts';

/** Decides which dates lead the chronicle on, and which only speak of other times. */
export class LeadingDates {
  readonly #source: SourceDocument;
  readonly #setting: DateSetting;
  /** The years that entries open with: what later ones say decides about those before. */
  readonly #headings: readonly FoundDate[];
  /** An entry has opened with a date, so others without one are its narrative. */
  #annals = false;

  /** `datesOf`: the dates of each entry. */
  constructor(
    source: SourceDocument,
    setting: DateSetting,
    entries: readonly Entry[],
    datesOf: readonly (readonly FoundDate[])[],
  ) {
    this.#source = source;
    this.#setting = setting;
    this.#headings = entries.flatMap((entry, index) => {
      const date = datesOf[index]![0];
      return date?.expression.year !== undefined && setting.opensBlock(date, entrySpan(entry).start) ? [date] : [];
    });
  }

  /** The dates that move the chronicle: those that open a sentence of the headline, or of a paragraph that opens with a date. */
  moving(entry: Entry, outside: readonly FoundDate[], clock: Clock): FoundDate[] {
    const block = entry.head ?? entry.body[0]!;
    const span = { start: (entry.heading ?? block).start, end: block.end };
    const leads = outside.filter(
      (date) => overlaps(date, span) && this.#setting.opensSentence(date, outside) && !date.expression.vague,
    );
    const opens = leads[0] !== undefined && this.#setting.opensBlock(leads[0], span.start);
    const annals = entry.head !== undefined || entry.heading !== undefined || opens || !this.#annals;
    if (opens) this.#annals = true;
    if (!annals) return leads.filter((date) => this.#opensEra(date, clock.at));
    let { at, month } = clock;
    return leads.filter((date, index) => {
      const isHeading = entry.heading !== undefined && date.start < entry.heading.end;
      const follows = this.isJoined(leads[index - 1], date);
      const joined = follows || this.isJoined(date, leads[index + 1]);
      const opensBlock = index === 0 && opens;
      if (
        this.#setting.insideFlashback(date, span.start) ||
        !this.#keepsOrder(date, at, month, { opensBlock, strong: isHeading || joined })
      )
        return false;
      // The year of the second court is the one already in force.
      if (date.expression.year !== undefined && !follows) at = this.#namedYear(date, at) ?? at;
      month = date.expression.month ?? (date.expression.year === undefined ? month : undefined);
      return true;
    });
  }

  /** In narrative too an era is reached where the next heading counts on in it: 重熙元年 before 十八年. */
  #opensEra(date: FoundDate, at: EraYear | undefined): boolean {
    const named = date.expression.era === undefined ? undefined : this.#namedYear(date, at);
    if (!at || !named || named.era.dynasty !== at.era.dynasty) return false;
    const years = westernOf(named) - westernOf(at);
    const next = this.#nextHeading(date.start);
    if (years < 0 || next === undefined || next.expression.era !== undefined) return false;
    return (this.yearsToNextHeading(date.start, at, named) ?? -1) >= years;
  }

  /**
   * A chronicle goes forward: a year before the one in force, or after that of the next heading, is spoken of and not reached, and so is a
   * year of another court. Headings, and years joined to those of other courts, are what they are.
   */
  #keepsOrder(
    { start, from, expression }: FoundDate,
    at: EraYear | undefined,
    month: number | undefined,
    { opensBlock, strong }: { readonly opensBlock: boolean; readonly strong: boolean },
  ): boolean {
    if (expression.relativeYear?.includes('previous')) return false;
    if (strong || !at) return true;
    if (expression.year === undefined) {
      // Inside a paragraph only a new spring is a new year; other months that run back are of the narrative.
      const back = expression.month !== undefined && month !== undefined && expression.month < month;
      return opensBlock || !back || expression.month === 1;
    }
    const named = this.#namedYear({ expression }, at);
    if (!named) return false;
    const next = this.yearsToNextHeading(start, at);
    const years = westernOf(named) - westernOf(at);
    if (opensBlock && from < start) return years >= 0 || next === undefined || next < 0;
    if (!opensBlock && named.era.dynasty !== at.era.dynasty) return false;
    // Back only where the headings after it stay there: then the clock had gone astray.
    if (years < 0) return next !== undefined && next < 0 && next >= years;
    // A later heading without an era that would run back, or stay, is of an era reached on the way.
    const isOpen = next === undefined || (next <= 0 && this.#nextHeading(start)!.expression.era === undefined);
    return isOpen || next >= years;
  }

  #namedYear({ expression }: Pick<FoundDate, 'expression'>, at: EraYear | undefined): EraYear | undefined {
    if (expression.era !== undefined) return namedYear(expression, at);
    return expression.ruler === undefined ? yearInForce(expression.year!, at) : ruledYear(expression, at);
  }

  /**
   * The year of the next entry that opens with one, as years after another year; undefined where none follows. A year
   * without an era is one of the era that `reached` has.
   */
  yearsToNextHeading(after: number, at: EraYear | undefined, reached = at): number | undefined {
    const date = this.#nextHeading(after);
    const named = date && at && this.#namedYear(date, reached);
    return named && westernOf(named) - westernOf(at);
  }

  #nextHeading(after: number): FoundDate | undefined {
    return this.#headings[firstFrom(this.#headings, after + 1)];
  }

  /** True for two years with nothing between them but the names of the second court. */
  isJoined(first: FoundDate | undefined, second: FoundDate | undefined): boolean {
    if (first?.expression.year === undefined || second?.expression.year === undefined) return false;
    const gap = this.#source.text.slice(first.end, second.from);
    return second.from === second.start ? /^[，、]?即$/u.test(gap) : /^[、，。\s]*[即為]?$/u.test(gap);
  }
}
