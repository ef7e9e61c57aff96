import type { Drawn, Glyph, Ink, Shape, Sideways, Step, Weight } from './drawing.ts';
import { chooseForm, geta } from './gaiji.ts';

/** What a picture needs of the fonts: outlines in an em box of 1 × 1, y downwards from the top; `advance` in ems. */
export interface Outlines {
  has(char: string): boolean;
  /** The outline of a character of vertical text, or of horizontal text. */
  outline(char: string, weight: Weight, direction: 'vertical' | 'horizontal'): { readonly steps: readonly Step[]; readonly advance: number };
}

/** A page as a picture: its size in millimetres, a short name, and its text for those who do not see it. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly label: string;
  readonly text: string;
}

const inks: Readonly<Record<Ink, string>> = { black: '#000', red: '#b7321f', paper: '#fff' };

/** Units of the em box in the outlines of a picture: whole numbers, finer than a printer shows. */
const em = 1000;

/**
 * Draws a page as SVG 1.1: outlines only, so that it looks the same without any font. Each character is one definition,
 * placed where it stands; the text of the page is the description of the picture.
 */
export function drawSvg(drawn: readonly Drawn[], picture: Picture, outlines: Outlines): string {
  const writer = new SvgWriter(outlines);
  const body = drawn.flatMap((item) => writer.draw(item));
  const { width, height, label, text } = picture;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}mm" height="${height}mm" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escapeXml(label)}</title>`,
    `<desc xml:lang="lzh-Hant">${escapeXml(text)}</desc>`,
    `<defs>${writer.definitions().join('\n')}</defs>`,
    `<rect width="${width}" height="${height}" fill="${inks.paper}"/>`,
    ...body,
    '</svg>\n',
  ].join('\n');
}

class SvgWriter {
  readonly #outlines: Outlines;
  /** Path data of the glyphs in use, by character, weight and direction. */
  readonly #glyphs = new Map<string, { readonly id: string; readonly path: string; readonly advance: number }>();

  constructor(outlines: Outlines) {
    this.#outlines = outlines;
  }

  definitions(): string[] {
    return [...this.#glyphs.values()].map(({ id, path }) => `<path id="${id}" d="${path}"/>`);
  }

  draw(item: Drawn): string[] {
    if (item.kind === 'shape') return [shape(item)];
    return item.kind === 'sideways' ? this.#sideways(item) : this.#glyph(item);
  }

  #glyph(glyph: Glyph): string[] {
    const { char, composed } = chooseForm(glyph.char, glyph.gaiji, (one) => this.#outlines.has(one));
    const left = glyph.x - glyph.size / 2;
    if (!composed) {
      return [use(this.#define(char, glyph.weight, 'vertical').id, left, glyph.y, glyph.size, glyph.size, glyph.ink)];
    }
    // Components are narrowed: a heavier weight keeps their strokes as thick as those around them.
    const weight = glyph.weight < 600 ? 600 : 700;
    return composed.map(({ char: part, x, y, width, height }) => {
      const { id } = this.#define(part, weight, 'vertical');
      return use(id, left + x * glyph.size, glyph.y + y * glyph.size, width * glyph.size, height * glyph.size, glyph.ink);
    });
  }

  #sideways({ text, x, y, size, weight, ink }: Sideways): string[] {
    let at = 0;
    const placed = [...text].map((char) => {
      const form = this.#outlines.has(char) ? char : geta;
      const { id, advance } = this.#define(form, weight, 'horizontal');
      const one = use(id, at, -size * 0.61, size, size, ink);
      at += advance * size;
      return one;
    });
    return [`<g transform="translate(${number(x)} ${number(y)}) rotate(90)">${placed.join('')}</g>`];
  }

  #define(char: string, weight: Weight, direction: 'vertical' | 'horizontal'): { id: string; advance: number } {
    const key = `${direction} ${weight} ${char}`;
    let known = this.#glyphs.get(key);
    if (!known) {
      const { steps, advance } = this.#outlines.outline(char, weight, direction);
      known = { id: `g${this.#glyphs.size}`, path: pathData(steps, em), advance };
      this.#glyphs.set(key, known);
    }
    return known;
  }
}

/** Places a definition so that its em box has the size given. */
function use(id: string, x: number, y: number, width: number, height: number, ink: Ink): string {
  const fill = ink === 'black' ? '' : ` fill="${inks[ink]}"`;
  const scale = width === height ? number(width / em, 6) : `${number(width / em, 6)} ${number(height / em, 6)}`;
  return `<use href="#${id}"${fill} transform="translate(${number(x)} ${number(y)}) scale(${scale})"/>`;
}

function shape({ steps, width, ink }: Shape): string {
  const paint =
    width === undefined ? `fill="${inks[ink]}"` : `fill="none" stroke="${inks[ink]}" stroke-width="${number(width)}"`;
  return `<path d="${pathData(steps, 1)}" ${paint}/>`;
}

function pathData(steps: readonly Step[], scale: number): string {
  const digits = scale === 1 ? 3 : 0;
  return steps
    .map(([operator, ...values]) => operator + values.map((value) => number((value as number) * scale, digits)).join(' '))
    .join('');
}

/** A number with at most so many decimals, no exponent. */
function number(value: number, digits = 3): string {
  return String(Number(value.toFixed(digits)));
}

function escapeXml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
