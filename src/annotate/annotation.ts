import type { Span } from '../core/span.ts';

/** How sure the one who signs is; absent where there is no doubt. */
export type Certainty = 'medium' | 'low';

/** The rules that sign annotations: each is declared in the header's appInfo as `rule.NAME`. */
export const rules = {
  note: 'Notes in parentheses, typed by what they open with',
  bibl: 'Citations by grammar: titles in 《》, juan numbers, chapters, joined citations',
  date: 'Dates by grammar, resolved by their context and the civil calendar',
  name: 'Full names, variants and short names from the authority files, longest match',
  given: 'Given names, by the full name that stands before them in the entry',
  chain: 'Chains of prefectures named by one character each',
  tagger: 'Names proposed for review: found by the trained tagger and the lexicons',
  variant: 'Readings of other works: 《…》作…',
} as const;

export type Rule = keyof typeof rules;

/** What every annotation has: a span of the source (code points), its text, who says so, how surely. */
interface Signed extends Span {
  /** Equals the text of the span: W3C TextPositionSelector and TextQuoteSelector in one. */
  readonly quote: string;
  readonly rule: Rule;
  readonly cert?: Certainty;
}

/** A proposal to read a faulty form otherwise; the text stays as it is. */
export interface Correction extends Span {
  readonly corr: string;
}

export type NameType = 'persName' | 'placeName' | 'orgName';

/** A name; `ref` is the id of its entity in the authority file of its type. */
export interface NameAnnotation extends Signed {
  readonly type: NameType;
  readonly ref: string;
  readonly correction?: Correction;
}

/** The parts of a citation, inside its span. */
export interface BiblPart extends Span {
  readonly kind: 'title' | 'section' | 'juan';
  /** Number of the juan. */
  readonly n?: number;
}

/** A citation; `work` is an id of the works authority, `section` the chapter as it is written. */
export interface BiblAnnotation extends Signed {
  readonly type: 'bibl';
  readonly work?: string;
  readonly parts: readonly BiblPart[];
  readonly correction?: Correction;
}

/** A date as it is written, taken apart; see annotate/date.ts. */
export interface DateExpression {
  readonly era?: string;
  /** Polity and ruler that stand before the year, outside the span: 夏仁宗大慶元年, 蒙古太祖二十二年. */
  readonly dynasty?: string;
  readonly ruler?: string;
  /** Of the era, of the ruler, or of the era in force. */
  readonly year?: number;
  readonly relativeYear?: 'same' | 'next' | 'previous' | 'after-next' | 'before-previous';
  readonly month?: number;
  /** Without a month: the leap month of the year. */
  readonly leap?: boolean;
  /** 春 or 孟春, where no month is named. */
  readonly season?: string;
  /** A part of the month: 上旬, 初. */
  readonly part?: string;
  readonly relativeMonth?: 'same' | 'next' | 'previous';
  /** Number of the day, a sexagenary pair, or the new moon, full moon and last day. */
  readonly day?: number | string;
  /** What a day given by its pair is said to be: 甲子朔. */
  readonly phase?: string;
  readonly relativeDay?: 'same' | 'next' | 'previous';
  /** The date names a stretch of an era or dynasty only: 至道中, 唐末. */
  readonly vague?: '初' | '中' | '末';
}

/** What a date was found to mean: the key of `@when-custom`, and its proleptic Gregorian days (ISO, both inclusive). */
export interface ResolvedDate {
  readonly custom: string;
  readonly from: string;
  readonly to: string;
  /** The calendar by which it was resolved: song, liao, jin, xia. */
  readonly calendar: string;
  /** Nothing nearer than this stretch is said (至道中, 唐末). */
  readonly vague: boolean;
}

export interface DateAnnotation extends Signed {
  readonly type: 'date';
  readonly expression: DateExpression;
  readonly resolved?: ResolvedDate;
  /** The chain of reasoning, one sentence a step: `year: 咸平二年, of the heading …`. Empty where nothing was inferred. */
  readonly steps: readonly string[];
}

export type Annotation = NameAnnotation | BiblAnnotation | DateAnnotation;

/** True if two spans share a code point. */
export function overlaps(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}
