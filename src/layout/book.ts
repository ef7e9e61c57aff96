/** A part of a block in reading order: text as it stands in the source, or a part with a role on the page. */
export type Inline = string | Note | Mark | Supplied | Gaiji | Honour | Ruby | Brow | Remark | Intervention;

/** 夾注: set in two half lines. Its text keeps the parentheses of the source. */
export interface Note {
  readonly kind: 'note';
  /** What the note does, as the TEI says it: `variant`, `source`, `commentary`. */
  readonly type?: string;
  readonly content: readonly Inline[];
}

/** A name (專名線, a straight side line) or a title (書名號, a wavy one). */
export interface Mark {
  readonly kind: 'name' | 'title';
  /** Id of the entity that is meant, and what it is: the indexes are made of them. */
  readonly key?: string;
  readonly of?: EntityKind;
  readonly content: readonly Inline[];
}

/** Text that an editor supplied: 〔〕 around it, which take no cell; they are part of the text, as the source has them. */
export interface Supplied {
  readonly kind: 'supplied';
  readonly content: readonly Inline[];
}

/** A character outside the fonts: its spelling in the source, its IDS (⿰者多), its standard character. */
export interface Gaiji {
  readonly kind: 'gaiji';
  readonly spelling: string;
  readonly ids?: string;
  readonly standard?: string;
}

/** 抬頭: 平抬 to the head of a new column, 單抬 one cell above it, 挪抬 behind one empty cell. */
export type Degree = 'ping' | 'dan' | 'nuo';

/** Words set off in honour. */
export interface Honour {
  readonly kind: 'honour';
  readonly degree: Degree;
  readonly content: readonly Inline[];
}

/**
 * 注音: a reading beside its characters; spaces part the readings of the characters, where there are as many. The base
 * is text, the reading is none.
 */
export interface Ruby {
  readonly kind: 'ruby';
  readonly base: readonly Inline[];
  readonly text: string;
}

/** 眉批: a note in the top margin above the place where it stands. `generated`: of the editors, no part of the text. */
export interface Brow {
  readonly kind: 'brow';
  readonly content: readonly Inline[];
  readonly generated?: true;
}

/** 校記: a note of the editors on the words before it. No part of the text. */
export interface Remark {
  readonly kind: 'remark';
  readonly content: readonly Inline[];
}

/** What somebody did to the text at this place, signed. It takes no room on the page; the list of interventions has it. */
export interface Intervention {
  readonly kind: 'intervention';
  /** Text supplied, a correction proposed, a fault marked only, a character outside the fonts. */
  readonly of: 'supplied' | 'correction' | 'sic' | 'gaiji';
  /** The text of the source at this place. */
  readonly text: string;
  /** What is proposed instead: the correction, the composition or the standard form of a character. */
  readonly reading?: string;
  /** Who says so, by name. */
  readonly by?: string;
  readonly cert?: string;
}

/** The kinds of entity that have an index each. */
export type EntityKind = 'person' | 'place' | 'org' | 'work';

/** An entity of the standOff: its headword as the registers of the site have it, and its other names. */
export interface Entity {
  readonly id: string;
  readonly of: EntityKind;
  readonly heading: string;
  readonly names: readonly string[];
}

/** A section of the editorial principles (凡例); `name` is the TEI element: correction, normalization, … */
export interface Principle {
  readonly name: string;
  readonly paragraphs: readonly string[];
}

/** A year heading: supplied by the edition, so no part of the text. */
export interface YearBlock {
  readonly kind: 'year';
  readonly label: string;
  /** Set small below the label: the cyclical year. */
  readonly note?: string;
  /** The source has a heading of its own, which follows: this one is for outline and running heads only. */
  readonly unset?: true;
  /** The Western year in which it begins. */
  readonly western?: string;
}

/** A headline (綱) or a paragraph of narrative (目) of the entry `id`; `label` is the headline for the outline. */
export interface TextBlock {
  readonly kind: 'gang' | 'mu';
  readonly id: string;
  readonly label?: string;
  /** A heading of the source itself: of a juan or of a year, in the place of the generated one. */
  readonly heading?: 'juan' | 'year';
  /** Cells that it stands lower than the head of the columns; that of the format unless given. */
  readonly indent?: number;
  readonly content: readonly Inline[];
}

export type Block = YearBlock | TextBlock;

/** A juan: starts on a new leaf, its folios run from one. `label` is 卷三. */
export interface Juan {
  readonly label: string;
  readonly blocks: readonly Block[];
}

/** What title leaf and colophon say; each as the header says it. Dates are YYYY-MM-DD or shorter. */
export interface Front {
  readonly title: string;
  readonly subtitle?: string;
  readonly authors: readonly string[];
  readonly editors: readonly string[];
  readonly edition?: string;
  readonly publisher?: string;
  readonly date?: string;
  readonly licence?: string;
  readonly licenceAddress?: string;
  readonly identifier?: string;
  readonly sourceTitle?: string;
  readonly sourceDate?: string;
}

/** The print vocabulary: a book as the layout takes it. `print.xsl` makes it from TEI. */
export interface Book {
  readonly id: string;
  readonly front: Front;
  readonly juans: readonly Juan[];
  readonly entities?: readonly Entity[];
  readonly principles?: readonly Principle[];
}

/** The text of inline content in the columns, code point by code point, white space and all: without 眉批 and 校記. */
export function textOf(content: readonly Inline[]): string {
  return content
    .map((part) => {
      if (typeof part === 'string') return part;
      if (part.kind === 'gaiji') return part.spelling;
      if (part.kind === 'brow' || part.kind === 'remark' || part.kind === 'intervention') return '';
      if (part.kind === 'ruby') return textOf(part.base);
      return part.kind === 'supplied' ? `〔${textOf(part.content)}〕` : textOf(part.content);
    })
    .join('');
}

/** The 眉批 of inline content, in order. */
export function browsOf(content: readonly Inline[]): Brow[] {
  return content.flatMap((part) => {
    if (typeof part === 'string' || part.kind === 'gaiji') return [];
    if (part.kind === 'remark' || part.kind === 'intervention') return [];
    return part.kind === 'brow' ? [part] : browsOf(part.kind === 'ruby' ? part.base : part.content);
  });
}

/** What a margin note or a 校記 says as one run: notes inside it are part of it. */
export function flatten(content: readonly Inline[]): Inline[] {
  return content.flatMap((part): Inline[] => {
    if (typeof part === 'string' || part.kind === 'gaiji' || part.kind === 'intervention') return [part];
    if (part.kind === 'note' || part.kind === 'brow' || part.kind === 'remark') return flatten(part.content);
    if (part.kind === 'ruby') return flatten(part.base);
    return part.kind === 'honour' ? flatten(part.content) : [{ ...part, content: flatten(part.content) }];
  });
}
