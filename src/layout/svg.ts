import { escapeXml } from '../core/xml-tree.ts';
import type { Drawn, Glyph, Ink, Shape, Sideways, Step, Weight } from './drawing.ts';
import { chooseForm, geta } from './gaiji.ts';

/** What a picture needs of the fonts: outlines in an em box of 1 × 1, y downwards from the top; `advance` in ems. */
export interface Outlines {
  has(char: string): boolean;
  /** The outline of a character of vertical text, or of horizontal text. */
  outline(
    char: string,
    weight: Weight,
    direction: 'vertical' | 'horizontal',
  ): { readonly steps: readonly Step[]; readonly advance: number };
}

/** A page as a picture: its size in millimetres, an id for what it defines, a short name, and its text for those who do not see it. */
export interface Picture {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly label: string;
  readonly text: string;
}

const inks: Readonly<Record<Ink, string>> = { black: '#000', red: '#b7321f', paper: '#fff' };

/** The baseline below the top of the em box, in ems (emTop of the fonts). */
const baseline = 0.88;

/** Units of the em box in the outlines of a picture: whole numbers, finer than a printer shows. */
const em = 1000;

/**
 * Draws a page as SVG 1.1. With `outlines` it looks the same without any font: each character is one definition, placed
 * where it stands, and the text of the page is the description of the picture. With `text` the characters are text in the
 * fonts of the document around it, classes `w500 v` for weight and vertical forms; only composed characters are outlines.
 */
export function drawSvg(
  drawn: readonly Drawn[],
  picture: Picture,
  outlines: Outlines,
  characters: 'outlines' | 'text' = 'outlines',
): string {
  const writer = new SvgWriter(picture.id, outlines, characters === 'text');
  const body = writer.draw(drawn);
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
  readonly #id: string;
  readonly #outlines: Outlines;
  readonly #asText: boolean;
  /** Path data of the glyphs in use, by character, weight and direction. */
  readonly #glyphs = new Map<string, { readonly id: string; readonly path: string; readonly advance: number }>();

  constructor(id: string, outlines: Outlines, asText: boolean) {
    this.#id = id;
    this.#outlines = outlines;
    this.#asText = asText;
  }

  definitions(): string[] {
    return [...this.#glyphs.values()].map(({ id, path }) => `<path id="${id}" d="${path}"/>`);
  }

  draw(drawn: readonly Drawn[]): string[] {
    const out: string[] = [];
    for (let at = 0; at < drawn.length; ) {
      const item = drawn[at]!;
      let end = at + 1;
      if (item.kind === 'shape') out.push(shape(item));
      else if (item.kind === 'sideways') out.push(this.#sideways(item));
      else if (!this.#isText(item)) out.push(...this.#outlined(item));
      else {
        while (end < drawn.length && this.#goesOn(item, drawn[end]!)) end++;
        out.push(this.#text(drawn.slice(at, end) as Glyph[]));
      }
      at = end;
    }
    return out;
  }

  #isText(glyph: Glyph): boolean {
    return this.#asText && chooseForm(glyph.char, glyph.gaiji, (one) => this.#outlines.has(one)).composed === undefined;
  }

  #goesOn(first: Glyph, next: Drawn): boolean {
    if (next.kind !== 'glyph' || !this.#isText(next)) return false;
    return next.x === first.x && next.size === first.size && next.weight === first.weight && next.ink === first.ink;
  }

  /** Glyphs of one axis as text, each at its place. */
  #text(run: readonly Glyph[]): string {
    const [{ x, size, weight, ink }] = run as [Glyph];
    const left = number(x - size / 2);
    const places = run.map(({ y }) => number(y + size * baseline));
    const text = run.map(({ char, gaiji }) => chooseForm(char, gaiji, (one) => this.#outlines.has(one)).char).join('');
    const xs = run.map(() => left).join(' ');
    return `<text class="w${weight} v" font-size="${number(size)}" x="${xs}" y="${places.join(' ')}"${fillOf(ink)}>${escapeXml(text)}</text>`;
  }

  #outlined(glyph: Glyph): string[] {
    const { char, composed } = chooseForm(glyph.char, glyph.gaiji, (one) => this.#outlines.has(one));
    const left = glyph.x - glyph.size / 2;
    if (!composed) {
      return [use(this.#define(char, glyph.weight, 'vertical').id, left, glyph.y, glyph.size, glyph.size, glyph.ink)];
    }
    // Components are narrowed: a heavier weight keeps their strokes as thick as those around them.
    const weight = glyph.weight < 600 ? 600 : 700;
    return composed.map(({ char: part, x, y, width, height }) => {
      const { id } = this.#define(part, weight, 'vertical');
      return use(
        id,
        left + x * glyph.size,
        glyph.y + y * glyph.size,
        width * glyph.size,
        height * glyph.size,
        glyph.ink,
      );
    });
  }

  #sideways({ text, x, y, size, weight, ink }: Sideways): string {
    const turned = `translate(${number(x)} ${number(y)}) rotate(90)`;
    if (this.#asText) {
      return `<text class="w${weight}" font-size="${number(size)}" transform="${turned}" y="${number(size * 0.27)}"${fillOf(ink)}>${escapeXml(text)}</text>`;
    }
    let at = 0;
    const placed = [...text].map((char) => {
      const form = this.#outlines.has(char) ? char : geta;
      const { id, advance } = this.#define(form, weight, 'horizontal');
      const one = use(id, at, size * (0.27 - baseline), size, size, ink);
      at += advance * size;
      return one;
    });
    return `<g transform="${turned}">${placed.join('')}</g>`;
  }

  #define(char: string, weight: Weight, direction: 'vertical' | 'horizontal'): { id: string; advance: number } {
    const key = `${direction} ${weight} ${char}`;
    let known = this.#glyphs.get(key);
    if (!known) {
      const { steps, advance } = this.#outlines.outline(char, weight, direction);
      known = { id: `${this.#id}-${this.#glyphs.size}`, path: pathData(steps, em), advance };
      this.#glyphs.set(key, known);
    }
    return known;
  }
}

/** Places a definition so that its em box has the size given. */
function use(id: string, x: number, y: number, width: number, height: number, ink: Ink): string {
  const scale = width === height ? number(width / em, 6) : `${number(width / em, 6)} ${number(height / em, 6)}`;
  return `<use href="#${id}"${fillOf(ink)} transform="translate(${number(x)} ${number(y)}) scale(${scale})"/>`;
}

const fillOf = (ink: Ink): string => (ink === 'black' ? '' : ` fill="${inks[ink]}"`);

function shape({ steps, width, ink }: Shape): string {
  const paint =
    width === undefined ? `fill="${inks[ink]}"` : `fill="none" stroke="${inks[ink]}" stroke-width="${number(width)}"`;
  return `<path d="${pathData(steps, 1)}" ${paint}/>`;
}

function pathData(steps: readonly Step[], scale: number): string {
  const digits = scale === 1 ? 3 : 0;
  return steps
    .map(
      ([operator, ...values]) => operator + values.map((value) => number((value as number) * scale, digits)).join(' '),
    )
    .join('');
}

/** A number with at most so many decimals, no exponent. */
function number(value: number, digits = 3): string {
  return String(Number(value.toFixed(digits)));
}
