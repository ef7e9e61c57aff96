import { foldTable } from './fold-table.ts';

/** What a search can find: an entry of the text, or an entity of a register. */
export interface SearchRecord {
  /** Its place in the site: `juan-03.html#xixiaji-03.e012`. */
  readonly href: string;
  /** `text`, or the register of the entity: `persons`, `places`, `peoples`, `works`. */
  readonly type: string;
  /** Number of the entry, or name of the entity. */
  readonly title: string;
  /** When an entry happened, for reading. */
  readonly date?: string;
  /** Civil year of the entry, or of all mentions of the entity: `咸平2`. */
  readonly years: readonly string[];
  /** What is searched; nothing is found across two of them. */
  readonly texts: readonly SearchText[];
}

/** One text of a record: as the source has it, without its notes, with the corrections; or a name, or a note on an entity. */
export interface SearchText {
  readonly kind: 'source' | 'without-notes' | 'corrected' | 'name' | 'note';
  readonly text: string;
}

/** A text as it is compared: `form` holds what counts, and `at` gives for each UTF-16 unit of it the place in the text. */
export interface SearchForm {
  readonly form: string;
  readonly at: readonly number[];
}

/** Where something was found in a text, in UTF-16 units; `end` is the first unit after it. */
export interface Hit {
  readonly start: number;
  readonly end: number;
}

const counted = /[\p{L}\p{N}\p{Co}\p{So}]/u;
const forms = new Map<string, string>();

/** What counts of one character: folded, in lower case, without diacritics; nothing of punctuation and white space. */
function characterForm(character: string): string {
  const known = forms.get(character);
  if (known !== undefined) return known;
  const table = foldTable();
  let form = '';
  for (const part of character.normalize('NFKD').toLowerCase()) {
    if (!counted.test(part)) continue;
    form += part.length === 1 ? String.fromCharCode(table[part.charCodeAt(0)]!) : part;
  }
  forms.set(character, form);
  return form;
}

/** A text, or what a reader looks for, as it is compared. */
export function searchForm(text: string): SearchForm {
  const at: number[] = [];
  let form = '';
  let place = 0;
  for (const character of text) {
    const part = characterForm(character);
    form += part;
    for (let unit = 0; unit < part.length; unit++) at.push(place);
    place += character.length;
  }
  return { form, at };
}

/** Every place of the folded term in a text, from left to right, without overlaps. */
export function findHits(text: string, { form, at }: SearchForm, term: string): Hit[] {
  const hits: Hit[] = [];
  if (term === '') return hits;
  for (let found = form.indexOf(term); found >= 0; found = form.indexOf(term, found + term.length)) {
    const last = at[found + term.length - 1]!;
    hits.push({ start: at[found]!, end: last + String.fromCodePoint(text.codePointAt(last)!).length });
  }
  return hits;
}

/** What a reader looks for: terms between white space, folded; a record must have all of them. */
export function searchTerms(query: string): string[] {
  return [...new Set(query.split(/\s+/u).map((term) => searchForm(term).form))].filter((term) => term !== '');
}
