import { escapeXml } from '../core/xml-tree.ts';
import { clusters } from './clusters.ts';
import {
  type Drawn,
  type Glyph,
  type Ink,
  isArtifact,
  type Level,
  type Shape,
  type Sideways,
  type Step,
  type Weight,
} from './drawing.ts';
import { chooseForm, type Form, geta } from './gaiji.ts';
import type { Sheet, Sheets } from './sheet.ts';

/** What a picture needs of the fonts. */
export interface Outlines {
  has(char: string): boolean;
  /** The outline of a character in an em box of 1 × 1, y downwards from the top, and the width of a horizontal one in ems. */
  outline(
    char: string,
    weight: Weight,
    direction: 'vertical' | 'horizontal',
  ): { readonly steps: readonly Step[]; readonly advance: number };
}

/**
 * A sheet as SVG 1.1, in outlines only, so that it looks the same without any font: each character is one definition,
 * placed where it stands, and the text of the page is the description of the picture.
 */
export function drawSvg({ label, drawn }: Sheet, page: Sheets['page'], outlines: Outlines): string {
  const writer = new SvgWriter('g', outlines, false);
  const body = writer.draw(drawn);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${sizeOf(page)} role="img">`,
    `<title>${escapeXml(label)}</title>`,
    `<desc xml:lang="lzh-Hant">${escapeXml(drawn.map(textOf).join(''))}</desc>`,
    `<defs>${writer.definitions().join('\n')}</defs>`,
    `<rect width="${page.width}" height="${page.height}" fill="${inks.paper}"/>`,
    ...body,
    '</svg>\n',
  ].join('\n');
}

/**
 * A sheet as an svg element for an HTML page: its characters are text in the fonts of the page, with the classes `w500`
 * for the weight and `v` for the forms of vertical text; only composed characters are outlines. `id` starts their ids.
 */
export function drawSvgText(sheet: Sheet, page: Sheets['page'], outlines: Outlines, id: string): string {
  const writer = new SvgWriter(id, outlines, true);
  const body = writer.draw(sheet.drawn);
  const definitions = writer.definitions();
  const defs = definitions.length > 0 ? [`<defs>${definitions.join('\n')}</defs>`] : [];
  return [`<svg ${sizeOf(page)}>`, ...defs, ...body, '</svg>'].join('\n');
}

/** What the text layer says of an item. */
export function textOf(item: Drawn): string {
  return item.kind === 'shape' || isArtifact(item) ? '' : (item.text ?? '');
}

const sizeOf = ({ width, height }: Sheets['page']): string =>
  `width="${width}mm" height="${height}mm" viewBox="0 0 ${width} ${height}"`;

const inks: Readonly<Record<Ink, string>> = { black: '#000', red: '#b7321f', paper: '#fff' };

/** Units of the em box in the outlines of a picture: whole numbers, finer than a printer shows. */
const em = 1000;

/** The baseline below the top of the em box, in ems: where the fonts of the editions have it. */
const baseline = 0.88;

/** The middle of the x-height above the baseline, in ems: turned Latin stands with it on the axis of the column. */
const middle = 0.27;

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
      else if (!this.#asText || this.#form(item)?.composed) out.push(...this.#outlined(item));
      else {
        while (end < drawn.length && this.#goesOn(item, drawn[end]!)) end++;
        out.push(this.#text(drawn.slice(at, end) as (Glyph | Level)[]));
      }
      at = end;
    }
    return out;
  }

  /** The form of a single character; nothing for a run of several. */
  #form(item: Glyph | Level): Form | undefined {
    const char = item.kind === 'glyph' ? item.char : item.chars;
    if (item.kind === 'level' && !item.gaiji && clusters(char).length > 1) return undefined;
    return chooseForm(char, item.gaiji, (one) => this.#outlines.has(one));
  }

  /** The characters as the fonts can show them. */
  #shown(item: Glyph | Level): string {
    const form = this.#form(item);
    if (form) return form.char;
    return clusters((item as Level).chars)
      .map((char) => (this.#outlines.has(char) ? char : geta))
      .join('');
  }

  /** Whether two single characters stand in one column, or on one line, and look alike. */
  #goesOn(first: Glyph | Level, next: Drawn): boolean {
    if (next.kind === 'shape' || next.kind === 'sideways' || next.kind !== first.kind) return false;
    const aligned = first.kind === 'glyph' ? next.x === first.x : next.y === first.y;
    if (!aligned || next.size !== first.size || next.weight !== first.weight || next.ink !== first.ink) return false;
    // A character with marks of its own would have the place of the next too.
    return [first, next].every((item) => [...this.#shown(item)].length === 1 && !this.#form(item)?.composed);
  }

  /** Characters of one column or line, each at its place. */
  #text(run: readonly (Glyph | Level)[]): string {
    const { kind, size, weight, ink } = run[0]!;
    const x = run.map((item) => number(leftOf(item)));
    const y = run.map((item) => number(item.y + size * baseline));
    const text = run.map((item) => this.#shown(item)).join('');
    const look = `class="w${weight}${kind === 'glyph' ? ' v' : ''}" font-size="${number(size)}"${fillOf(ink)}`;
    return `<text ${look} x="${x.join(' ')}" y="${y.join(' ')}">${escapeXml(text)}</text>`;
  }

  #outlined(item: Glyph | Level): string[] {
    const { y, size, ink, weight } = item;
    const left = leftOf(item);
    const composed = this.#form(item)?.composed;
    if (composed) {
      // Components are narrowed: a heavier weight keeps their strokes as thick as those around them.
      const heavier = weight < 600 ? 600 : 700;
      return composed.map((part) => {
        const { id } = this.#define(part.char, heavier, 'vertical');
        return use(id, left + part.x * size, y + part.y * size, part.width * size, part.height * size, ink);
      });
    }
    if (item.kind === 'glyph')
      return [use(this.#define(this.#shown(item), weight, 'vertical').id, left, y, size, size, ink)];
    return this.#run(this.#shown(item), left, y, item);
  }

  /** Horizontal characters, each where the one before ends. */
  #run(text: string, x: number, y: number, { size, weight, ink }: Pick<Level, 'size' | 'weight' | 'ink'>): string[] {
    let at = x;
    return clusters(text).map((char) => {
      const { id, advance } = this.#define(char, weight, 'horizontal');
      const one = use(id, at, y, size, size, ink);
      at += advance * size;
      return one;
    });
  }

  #sideways(item: Sideways): string {
    const { x, y, size, weight, ink } = item;
    const text = [...item.text].map((char) => (this.#outlines.has(char) ? char : geta)).join('');
    const turned = `transform="translate(${number(x)} ${number(y)}) rotate(90)"`;
    if (!this.#asText) return `<g ${turned}>${this.#run(text, 0, size * (middle - baseline), item).join('')}</g>`;
    const look = `class="w${weight}" font-size="${number(size)}"${fillOf(ink)}`;
    return `<text ${look} ${turned} y="${number(size * middle)}">${escapeXml(text)}</text>`;
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

/** The left edge of the em box: a character of vertical text stands on the axis of its column. */
const leftOf = (item: Glyph | Level): number => (item.kind === 'glyph' ? item.x - item.size / 2 : item.x);

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
