import preset from '../presets/horizontal.json' with { type: 'json' };

/** 橫排: the page and its lines. Lengths in millimetres, sizes as parts of the text's; plain data, as an edition gives it in JSON. */
export interface HorizontalFormat {
  readonly kind: 'horizontal';
  readonly page: { readonly width: number; readonly height: number };
  /** `inside` is the side of the binding: the left of odd pages. */
  readonly margin: { readonly top: number; readonly bottom: number; readonly inside: number; readonly outside: number };
  /** Characters of a line; the measure divided by them is the size of the text. */
  readonly characters: number;
  /** Lines of a page without notes. */
  readonly lines: number;
  /** Characters that the first line of 目 is indented. */
  readonly indent: number;
  /** Lines left free above a year and above a headline. */
  readonly space: { readonly year: number; readonly gang: number };
  /** A mark that may not begin a line hangs beside the one before, or marks of that line are squeezed to make room. */
  readonly kinsoku: 'hang' | 'squeeze';
  /** Notes at the foot: their size, the distance of their lines, and the lines left for the rule above them. */
  readonly note: { readonly size: number; readonly leading: number; readonly gap: number };
  /** Whether variants and corrections stand in a band of their own (校勘記), or variants among the notes, corrections nowhere. */
  readonly apparatus: boolean;
  /** Every how many lines the margin has a number; 0 for none. */
  readonly lineNumbers: number;
}

/** The preset: 16開, thirty-six characters by thirty-three lines. */
export const horizontal = preset as HorizontalFormat;

/** What may be changed of the preset. Margins that are not given follow the page. */
export type HorizontalChanges = Partial<Omit<HorizontalFormat, 'margin'>> &
  Pick<HorizontalFormat, 'kind'> & { readonly margin?: Partial<HorizontalFormat['margin']> };

/**
 * The horizontal preset with some values changed. On another page, margins that are not given shrink and grow with it,
 * and characters and lines that are not given keep the size of the text. Throws a RangeError when nothing has room.
 */
export function makeHorizontal(changes: Partial<Omit<HorizontalChanges, 'kind'>> = {}): HorizontalFormat {
  const page = changes.page ?? horizontal.page;
  const across = page.width / horizontal.page.width;
  const down = page.height / horizontal.page.height;
  const { top, bottom, inside, outside } = horizontal.margin;
  const scaled = { top: top * down, bottom: bottom * down, inside: inside * across, outside: outside * across };
  const margin = { ...scaled, ...changes.margin };
  // A small page has a shade smaller text, a large one a shade larger.
  const growth = Math.sqrt(Math.min(across, down)) ** 0.7;
  const format: HorizontalFormat = {
    ...horizontal,
    characters: Math.round((horizontal.characters * across) / growth),
    lines: Math.round((horizontal.lines * down) / growth),
    ...changes,
    page,
    margin,
  };
  checkFormat(format);
  return format;
}

function checkFormat(format: HorizontalFormat): void {
  const { characters, lines, indent, note, page, margin } = format;
  const whole = [characters, lines, indent].every((value) => Number.isInteger(value) && value >= 0);
  const measure = page.width - margin.inside - margin.outside;
  const depth = page.height - margin.top - margin.bottom;
  if (
    !(whole && characters - indent >= 4 && characters >= 6 && lines >= 6) ||
    !(
      note.size > 0.4 &&
      note.size <= 1 &&
      note.leading >= 0.4 &&
      note.leading <= 1 &&
      note.gap >= 0 &&
      note.gap <= 2
    ) ||
    !(measure > 0 && depth > 0)
  ) {
    throw new RangeError(
      `a horizontal page needs room for six lines of six characters, four beside the indent: found ${JSON.stringify(format)}`,
    );
  }
}
