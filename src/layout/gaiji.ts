import type { Gaiji } from './book.ts';

/** Stands for a character that no font has. */
export const geta = '〓';

/** A component of a composed character, with its place in the em box: 0 to 1, y downwards from the top. */
export interface Component {
  readonly char: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

// Parts of the box that the operands take. Left parts and upper parts are a little smaller, as in handwriting.
const operators: Readonly<Record<string, { readonly axis: 'x' | 'y'; readonly parts: readonly number[] }>> = {
  '⿰': { axis: 'x', parts: [0.48, 0.52] },
  '⿱': { axis: 'y', parts: [0.48, 0.52] },
  '⿲': { axis: 'x', parts: [0.33, 0.34, 0.33] },
  '⿳': { axis: 'y', parts: [0.33, 0.34, 0.33] },
};

/**
 * The components of an ideographic description sequence of side-by-side and over-and-under operators (⿰⿱⿲⿳), nested
 * too. Nothing for other operators or a malformed sequence: such a character cannot be composed from whole glyphs.
 */
export function composeIds(ids: string): Component[] | undefined {
  const symbols = [...ids];
  const components: Component[] = [];
  let at = 0;
  const read = (x: number, y: number, width: number, height: number): boolean => {
    const symbol = symbols[at++];
    if (symbol === undefined || /[⿴-⿻]/u.test(symbol)) return false;
    const operator = operators[symbol];
    if (!operator) {
      components.push({ char: symbol, x, y, width, height });
      return true;
    }
    let offset = 0;
    for (const part of operator.parts) {
      const whole =
        operator.axis === 'x'
          ? read(x + offset * width, y, part * width, height)
          : read(x, y + offset * height, width, part * height);
      if (!whole) return false;
      offset += part;
    }
    return true;
  };
  return read(0, 0, 1, 1) && at === symbols.length && components.length > 1 ? components : undefined;
}

/** How a character is drawn: as one glyph, or composed of several in the place of 〓. */
export interface Form {
  readonly char: string;
  readonly composed?: readonly Component[];
}

/**
 * The form of a character in a font: itself; a gaiji composed from its IDS, else as its standard character or the
 * single character of its IDS; else 〓. `has` says whether the font has a glyph.
 */
export function chooseForm(char: string, gaiji: Gaiji | undefined, has: (char: string) => boolean): Form {
  if (!gaiji) return { char: has(char) ? char : geta };
  const composed = gaiji.ids ? composeIds(gaiji.ids) : undefined;
  if (composed?.every((part) => has(part.char))) return { char: geta, composed };
  const single = [gaiji.standard, gaiji.ids].find((form) => form && [...form].length === 1 && has(form));
  return { char: single ?? geta };
}
