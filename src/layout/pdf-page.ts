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
import { type Component, chooseForm, type Form, geta } from './gaiji.ts';
import type { Face } from './pdf-fonts.ts';
import type { Inks } from './pdf-profile.ts';
import type { PageTags, Tag } from './pdf-tags.ts';

/** PDF units (points) of a millimetre. */
export const points = 72 / 25.4;

/** A character in a font: the face, and the code there that stands for it and for its text. */
export interface Sign {
  readonly face: Face;
  readonly code: string;
}

/** The fonts that a page may use: a chain, asked in order for each character. */
export interface PageFonts {
  /** Whether any font has a character. */
  has(char: string): boolean;
  sign(char: string, text: string, weight: Weight, vertical: boolean): Sign;
  outline(char: string, weight: Weight): Step[];
  /** Makes a font known to the page being drawn and returns its resource name. */
  use(face: Face, direction: 'horizontal' | number): string;
}

/** The page that is written: lengths in millimetres. */
export interface PageSetting {
  /** Height of the trimmed page. */
  readonly height: number;
  /** Sheet that is left around the trimmed page on all sides. */
  readonly margin: number;
  readonly inks: Inks;
  readonly fonts: PageFonts;
  /** Hides what is drawn more than `bleed` outside the trimmed page. */
  readonly clip?: { readonly width: number; readonly bleed: number };
  /** Names the parts of the text in the structure tree. */
  readonly tags?: PageTags;
  /** Nothing of it belongs to the text. */
  readonly artifact?: true;
}

/** Writes what is drawn on one page as PDF operators. */
export function writePage(drawn: readonly Drawn[], setting: PageSetting): string {
  return new PageWriter(setting).write(drawn);
}

/** Where the baseline of horizontal text stands in the em box, from its top. */
const baseline = 0.88;

/** Text that belongs to no part of a structure tree, because the document has none. */
const untagged: Tag = { open: '', close: '' };

/** The operators of one page, in millimetres; neighbours in a column share one string. */
class PageWriter {
  readonly #setting: PageSetting;
  readonly #fonts: PageFonts;
  readonly #out: string[] = [];
  #ink: Ink | undefined;

  constructor(setting: PageSetting) {
    this.#setting = setting;
    this.#fonts = setting.fonts;
  }

  write(drawn: readonly Drawn[]): string {
    const { height, margin, clip } = this.#setting;
    const left = number(margin * points);
    // pdfkit turns its pages upside down; this turns them back, and scales to millimetres.
    this.#put(`q ${number(points)} 0 0 ${number(-points)} ${left} ${number((height + margin) * points)} cm`);
    if (clip) {
      const { width, bleed } = clip;
      const sides = [-bleed, -bleed, width + 2 * bleed, height + 2 * bleed].map(number);
      this.#put(`${sides.join(' ')} re W n`);
    }
    const tags = drawn.map((item) => this.#tagOf(item));
    for (let at = 0; at < drawn.length; ) {
      const tag = tags[at];
      let end = at + 1;
      while (end < drawn.length && tags[end] === tag) end++;
      if (!tag) this.#put('/Artifact BMC /Span <</ActualText ()>> BDC');
      if (tag?.open) this.#put(tag.open);
      this.#run(drawn.slice(at, end));
      if (!tag) this.#put('EMC EMC');
      if (tag?.close) this.#put(tag.close);
      at = end;
    }
    this.#put('Q');
    return this.#out.join('\n');
  }

  /** The part of the text that an item belongs to; nothing for an artifact. */
  #tagOf(item: Drawn): Tag | undefined {
    if (this.#setting.artifact) return undefined;
    if (this.#setting.tags) return this.#setting.tags.tagOf(item);
    return isArtifact(item) ? undefined : untagged;
  }

  #run(drawn: readonly Drawn[]): void {
    for (let at = 0; at < drawn.length; ) {
      const item = drawn[at]!;
      if (item.kind === 'shape') this.#shape(item);
      if (item.kind === 'sideways') this.#sideways(item);
      if (item.kind === 'level') {
        let end = at + 1;
        while (end < drawn.length && sameLine(item, drawn[end]!)) end++;
        this.#level(drawn.slice(at, end) as Level[]);
        at = end;
        continue;
      }
      if (item.kind !== 'glyph') {
        at++;
        continue;
      }
      let end = at + 1;
      while (end < drawn.length && follows(drawn[end - 1]!, drawn[end]!)) end++;
      this.#glyphs(drawn.slice(at, end) as Glyph[]);
      at = end;
    }
  }

  #glyphs(run: readonly Glyph[]): void {
    const first = run[0]!;
    const forms = run.map((glyph) => chooseForm(glyph.char, glyph.gaiji, this.#fonts.has));
    for (const [index, { composed }] of forms.entries()) {
      if (composed) this.#compose(run[index]!, run[index]!.x - run[index]!.size / 2, composed);
    }
    this.#useInk(first.ink);
    const signs = run.map((glyph, index) =>
      this.#fonts.sign(forms[index]!.char, glyph.text ?? glyph.char, glyph.weight, true),
    );
    for (let at = 0; at < run.length; ) {
      let end = at + 1;
      while (end < run.length && signs[end]!.face === signs[at]!.face) end++;
      this.#show(run.slice(at, end), forms.slice(at, end), signs.slice(at, end));
      at = end;
    }
  }

  /** Shows glyphs of one face, one below the other. */
  #show(run: readonly Glyph[], forms: readonly Form[], signs: readonly Sign[]): void {
    const first = run[0]!;
    const advance = Math.round((first.advance / first.size) * 1000);
    const name = this.#fonts.use(signs[0]!.face, advance);
    this.#put(`BT /${name} ${number(first.size)} Tf 1 0 0 1 ${this.#at(first.x, first.y)} Tm`);
    let codes = '';
    let hidden = false;
    const show = (): void => {
      if (codes) this.#put(`<${codes}> Tj`);
      codes = '';
    };
    for (const [index, glyph] of run.entries()) {
      const { composed } = forms[index]!;
      // The outline of a composed character is drawn already; 〓 stands unseen for its text.
      if (hidden !== Boolean(composed)) {
        show();
        hidden = !hidden;
        this.#put(hidden ? '3 Tr' : '0 Tr');
      }
      codes += signs[index]!.code;
      if (!composed) continue;
      this.#showComposed(codes, glyph.text);
      codes = '';
    }
    show();
    this.#put(hidden ? '0 Tr ET' : 'ET');
  }

  /** Shows what stands unseen for a composed character; the tags say again what it means. */
  #showComposed(codes: string, text: string | undefined): void {
    const says = text !== undefined && this.#setting.tags !== undefined;
    if (says) this.#put(`/Span <</ActualText <${utf16(text)}>>> BDC`);
    this.#put(`<${codes}> Tj`);
    if (says) this.#put('EMC');
  }

  /** Draws a composed character from the outlines of its components, a weight heavier because they are narrowed. */
  #compose(glyph: Glyph | Level, from: number, components: readonly Component[]): void {
    const weight = glyph.weight < 600 ? 600 : 700;
    for (const { char, x, y, width, height } of components) {
      const left = from + x * glyph.size;
      const top = glyph.y + y * glyph.size;
      const place = (step: Step): Step =>
        step.map((value, index) => {
          if (typeof value === 'string') return value;
          return index % 2 ? left + value * width * glyph.size : top + value * height * glyph.size;
        }) as unknown as Step;
      this.#shape({ kind: 'shape', steps: this.#fonts.outline(char, weight).map(place), ink: glyph.ink });
    }
  }

  /** Horizontal text on one baseline; the pen is moved where a glyph does not begin where the one before ended. */
  #level(run: readonly Level[]): void {
    const { size, weight, ink, y } = run[0]!;
    const forms = run.map(({ chars, gaiji }) =>
      clusters(chars).length > 1 && !gaiji ? undefined : chooseForm(chars, gaiji, this.#fonts.has),
    );
    for (const [index, form] of forms.entries()) {
      if (form?.composed) this.#compose(run[index]!, run[index]!.x, form.composed);
    }
    this.#useInk(ink);
    let begin = 'BT ';
    let face: Face | undefined;
    let codes = '';
    let pen = Number.NaN;
    let hidden = false;
    const show = (): void => {
      if (codes) this.#put(`<${codes}> Tj`);
      codes = '';
    };
    for (const [index, item] of run.entries()) {
      const form = forms[index];
      const glyphs = form ? [form.char] : clusters(item.chars).map((char) => (this.#fonts.has(char) ? char : geta));
      for (const [at, glyph] of glyphs.entries()) {
        const text = form ? (item.text ?? item.chars) : clusters(item.chars)[at]!;
        const sign = this.#fonts.sign(glyph, text, weight, false);
        if (sign.face !== face) {
          show();
          face = sign.face;
          this.#put(`${begin}/${this.#fonts.use(face, 'horizontal')} ${number(size)} Tf`);
          begin = '';
        }
        if (hidden !== Boolean(form?.composed)) {
          show();
          hidden = !hidden;
          this.#put(hidden ? '3 Tr' : '0 Tr');
        }
        if (at === 0 && !(Math.abs(item.x - pen) < size * 0.001)) {
          show();
          this.#put(`1 0 0 1 ${this.#at(item.x, y + size * baseline)} Tm`);
          pen = item.x;
        }
        pen += (face.width(glyph) * size) / 1000;
        codes += sign.code;
        if (!form?.composed) continue;
        this.#showComposed(codes, item.text);
        codes = '';
      }
    }
    show();
    this.#put(hidden ? '0 Tr ET' : 'ET');
  }

  #sideways({ text, x, y, size, weight, ink }: Sideways): void {
    this.#useInk(ink);
    const signs = [...text].map((char) => this.#fonts.sign(this.#fonts.has(char) ? char : geta, char, weight, false));
    const shown: string[] = [];
    for (let at = 0; at < signs.length; ) {
      const { face } = signs[at]!;
      let codes = '';
      for (; signs[at]?.face === face; at++) codes += signs[at]!.code;
      shown.push(`/${this.#fonts.use(face, 'horizontal')} ${number(size)} Tf`, `<${codes}> Tj`);
    }
    // Latin sits on the axis with the middle of its x-height, not with its baseline.
    const [font, ...rest] = shown;
    this.#put(`BT ${font} 0 -1 1 0 ${this.#at(x - size * 0.27, y)} Tm ${rest.join(' ')} ET`);
  }

  #shape({ steps, width, ink }: Shape): void {
    this.#useInk(ink);
    const operators = { M: 'm', L: 'l', C: 'c' } as const;
    const path = steps.map(([operator, ...values]) => {
      const pairs = [];
      for (let index = 0; index < values.length; index += 2) pairs.push(this.#at(values[index]!, values[index + 1]!));
      return `${pairs.join(' ')} ${operators[operator]}`;
    });
    this.#put(width === undefined ? `${path.join(' ')} f` : `${number(width)} w ${path.join(' ')} S`);
  }

  #useInk(ink: Ink): void {
    if (ink === this.#ink) return;
    this.#ink = ink;
    this.#put(this.#setting.inks[ink]);
  }

  #at(x: number, y: number): string {
    return `${number(x)} ${number(this.#setting.height - y)}`;
  }

  #put(line: string): void {
    this.#out.push(line);
  }
}

/** Whether horizontal text stands on the baseline of another, in the same font. */
function sameLine(first: Level, next: Drawn): boolean {
  if (next.kind !== 'level') return false;
  return next.y === first.y && next.size === first.size && next.weight === first.weight && next.ink === first.ink;
}

/** Whether a glyph goes on where the one before ended, in the same font. */
function follows(before: Drawn, next: Drawn): boolean {
  if (before.kind !== 'glyph' || next.kind !== 'glyph') return false;
  const same = before.weight === next.weight && before.ink === next.ink && before.size === next.size;
  return (
    same &&
    before.x === next.x &&
    before.advance === next.advance &&
    Math.abs(before.y + before.advance - next.y) < 1e-6
  );
}

/** A number as PDF writes it: at most four decimals, no exponent. */
function number(value: number): string {
  let written = numbers.get(value);
  if (written === undefined) {
    written = String(Number(value.toFixed(4)));
    if (numbers.size > 50_000) numbers.clear();
    numbers.set(value, written);
  }
  return written;
}

// Pages share their grid, so that few numbers are new.
const numbers = new Map<number, string>();

/** Text as the digits of a PDF string in UTF-16 with its byte order mark. */
function utf16(text: string): string {
  return Buffer.from(`\ufeff${text}`, 'utf16le').swap16().toString('hex');
}
