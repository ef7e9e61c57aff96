import type { Gaiji, Inline, TextBlock } from './book.ts';
import { chooseForm, type Form, geta } from './gaiji.ts';
import { chineseDigits, chineseNumber } from './numerals.ts';
import type { Cell, Page } from './page.ts';

/** A page as its folio names it. */
export type PagePlace = Pick<Page, 'juan' | 'leaf' | 'half' | 'number'>;

/** A character that is not drawn as it is spelled: composed, as its standard character, or as 〓; and its pages. */
export interface ListedGlyph {
  readonly spelling: string;
  readonly gaiji?: Gaiji;
  readonly form: 'composed' | 'standard' | 'missing';
  readonly places: readonly PagePlace[];
}

/** The characters of the text outside the fonts, in the order in which they come first. `has`: whether a font has one. */
export function listGlyphs(pages: Iterable<Page>, has: (char: string) => boolean): ListedGlyph[] {
  const found = new Map<string, { gaiji?: Gaiji; form: ListedGlyph['form']; places: PagePlace[] }>();
  for (const page of pages) {
    const { juan, leaf, half, number } = page;
    for (const cell of [...page.cells, ...page.brow.cells]) {
      const form = formOf(cell, has);
      if (!form) continue;
      const known = found.get(cell.text) ?? { ...(cell.gaiji && { gaiji: cell.gaiji }), form, places: [] };
      // The place only: the pages of a long book would not fit into memory.
      if (known.places.at(-1)?.number !== number) known.places.push({ juan, leaf, half, number });
      found.set(cell.text, known);
    }
  }
  return [...found].map(([spelling, glyph]) => ({ spelling, ...glyph }));
}

/** How a cell departs from its spelling; nothing for generated cells and for what the fonts have. */
function formOf({ text, gaiji, generated }: Cell, has: (char: string) => boolean): ListedGlyph['form'] | undefined {
  if (generated || text === '' || text === geta) return undefined;
  const form: Form = chooseForm(text, gaiji, has);
  if (form.composed) return 'composed';
  if (form.char === geta) return 'missing';
  return gaiji ? 'standard' : undefined;
}

/** The list as paragraphs: the character, its spelling, its parts and its standard character, its places. */
export function glyphBlocks(glyphs: readonly ListedGlyph[], folio: (page: PagePlace) => string): TextBlock[] {
  return glyphs.map(({ spelling, gaiji, places }): TextBlock => {
    const fields = [
      `原作${fullWidth(spelling)}`,
      gaiji?.ids,
      gaiji?.standard && `即${gaiji.standard}`,
      `見${places.map(folio).join('、')}`,
    ].filter((field) => field !== undefined && field !== '');
    return {
      kind: 'mu',
      id: '',
      content: [
        gaiji ?? spelling,
        ...fields.map((field): Inline => ({ kind: 'honour', degree: 'nuo', content: [field as string] })),
      ],
    };
  });
}

/** Latin marks as wide as a cell, private-use characters as their numbers: what fonts have and columns can hold. */
function fullWidth(text: string): string {
  const named = text.replace(/\p{Co}/gu, (char) => `U+${char.codePointAt(0)!.toString(16).toUpperCase()}`);
  return named.replace(/[!-~]/gu, (char) => String.fromCodePoint(char.codePointAt(0)! + 0xfee0));
}

/** Where a page is: 卷三第五葉上, or 第九頁 in a book without leaves. */
export function placeOf(page: PagePlace, leaves: boolean): string {
  if (!leaves) return `第${chineseDigits(String(page.number))}頁`;
  return `${page.juan}第${chineseNumber(page.leaf)}葉${page.half === 'a' ? '上' : '下'}`;
}
