import type { Drawn, Glyph, Ink, Level, Shape, Sideways, Step, Weight } from './drawing.ts';
import { type Component, chooseForm, geta } from './gaiji.ts';
import { emTop, type Face } from './pdf-fonts.ts';

/** PDF units (points) of a millimetre. */
export const points = 72 / 25.4;

/** Ink in CMYK: black is K only; paper is the white inside a solid shape. */
const inks: Readonly<Record<Ink, string>> = { black: '0 0 0 1', red: '0 0.88 0.82 0.12', paper: '0 0 0 0' };

/** The fonts that a page may use. */
export interface PageFonts {
  face(weight: Weight): Face;
  /** Makes a font known to the page being drawn and returns its resource name. */
  use(weight: Weight, direction: 'horizontal' | number): string;
}

/** Writes what is drawn on one page of a height in millimetres as PDF operators. */
export function writePage(drawn: readonly Drawn[], height: number, fonts: PageFonts): string {
  return new PageWriter(fonts, height).write(drawn);
}

/** The operators of one page, in millimetres; neighbours in a column share one string. */
class PageWriter {
  readonly #fonts: PageFonts;
  readonly #height: number;
  readonly #out: string[] = [];
  #ink: Ink | undefined;

  constructor(fonts: PageFonts, height: number) {
    this.#fonts = fonts;
    this.#height = height;
  }

  write(drawn: readonly Drawn[]): string {
    // pdfkit turns its pages upside down; this turns them back, and scales to millimetres.
    this.#put(`q ${number(points)} 0 0 ${number(-points)} 0 ${number(this.#height * points)} cm`);
    for (let at = 0; at < drawn.length; ) {
      const artifact = isArtifact(drawn[at]!);
      let end = at + 1;
      while (end < drawn.length && isArtifact(drawn[end]!) === artifact) end++;
      if (artifact) this.#put('/Artifact BMC /Span <</ActualText ()>> BDC');
      this.#run(drawn.slice(at, end));
      if (artifact) this.#put('EMC EMC');
      at = end;
    }
    this.#put('Q');
    return this.#out.join('\n');
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
    const face = this.#fonts.face(first.weight);
    const forms = run.map((glyph) => chooseForm(glyph.char, glyph.gaiji, (char) => face.has(char)));
    for (const [index, { composed }] of forms.entries()) {
      if (composed) this.#compose(run[index]!, run[index]!.x - run[index]!.size / 2, composed);
    }
    this.#useInk(first.ink);
    const advance = Math.round((first.advance / first.size) * 1000);
    const name = this.#fonts.use(first.weight, advance);
    this.#put(`BT /${name} ${number(first.size)} Tf 1 0 0 1 ${this.#at(first.x, first.y)} Tm`);
    let codes = '';
    let hidden = false;
    const show = (): void => {
      if (codes) this.#put(`<${codes}> Tj`);
      codes = '';
    };
    for (const [index, glyph] of run.entries()) {
      const form = forms[index]!;
      // The outline of a composed character is drawn already; 〓 stands unseen for its text.
      if (hidden !== Boolean(form.composed)) {
        show();
        hidden = !hidden;
        this.#put(hidden ? '3 Tr' : '0 Tr');
      }
      codes += face.code(form.char, glyph.text ?? glyph.char, true);
    }
    show();
    this.#put(hidden ? '0 Tr ET' : 'ET');
  }

  /** Draws a composed character from the outlines of its components, a weight heavier because they are narrowed. */
  #compose(glyph: Glyph | Level, from: number, components: readonly Component[]): void {
    const face = this.#fonts.face(glyph.weight < 600 ? 600 : 700);
    for (const { char, x, y, width, height } of components) {
      const left = from + x * glyph.size;
      const top = glyph.y + y * glyph.size;
      const place = (step: Step): Step =>
        step.map((value, index) => {
          if (typeof value === 'string') return value;
          return index % 2 ? left + value * width * glyph.size : top + value * height * glyph.size;
        }) as unknown as Step;
      this.#shape({ kind: 'shape', steps: face.outline(char).map(place), ink: glyph.ink });
    }
  }

  /** Horizontal text on one baseline; the pen is moved where a glyph does not begin where the one before ended. */
  #level(run: readonly Level[]): void {
    const { size, weight, ink, y } = run[0]!;
    const face = this.#fonts.face(weight);
    const forms = run.map(({ chars, gaiji }) =>
      [...chars].length > 1 && !gaiji ? undefined : chooseForm(chars, gaiji, (char) => face.has(char)),
    );
    for (const [index, form] of forms.entries()) {
      if (form?.composed) this.#compose(run[index]!, run[index]!.x, form.composed);
    }
    this.#useInk(ink);
    this.#put(`BT /${this.#fonts.use(weight, 'horizontal')} ${number(size)} Tf`);
    let codes = '';
    let pen = Number.NaN;
    let hidden = false;
    const show = (): void => {
      if (codes) this.#put(`<${codes}> Tj`);
      codes = '';
    };
    for (const [index, item] of run.entries()) {
      const form = forms[index];
      if (hidden !== Boolean(form?.composed)) {
        show();
        hidden = !hidden;
        this.#put(hidden ? '3 Tr' : '0 Tr');
      }
      if (!(Math.abs(item.x - pen) < size * 0.001)) {
        show();
        this.#put(`1 0 0 1 ${this.#at(item.x, y + (size * emTop) / 1000)} Tm`);
        pen = item.x;
      }
      const glyphs = form ? [form.char] : [...item.chars].map((char) => (face.has(char) ? char : geta));
      for (const [at, glyph] of glyphs.entries()) {
        const text = form ? (item.text ?? item.chars) : [...item.chars][at]!;
        codes += face.code(glyph, text, false);
        pen += (face.width(glyph) * size) / 1000;
      }
    }
    show();
    this.#put(hidden ? '0 Tr ET' : 'ET');
  }

  #sideways({ text, x, y, size, weight, ink }: Sideways): void {
    this.#useInk(ink);
    const face = this.#fonts.face(weight);
    const name = this.#fonts.use(weight, 'horizontal');
    const codes = [...text].map((char) => face.code(face.has(char) ? char : geta, char, false)).join('');
    // Latin sits on the axis with the middle of its x-height, not with its baseline.
    this.#put(`BT /${name} ${number(size)} Tf 0 -1 1 0 ${this.#at(x - size * 0.27, y)} Tm <${codes}> Tj ET`);
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
    this.#put(`${inks[ink]} k ${inks[ink]} K`);
  }

  #at(x: number, y: number): string {
    return `${number(x)} ${number(this.#height - y)}`;
  }

  #put(line: string): void {
    this.#out.push(line);
  }
}

function isArtifact(item: Drawn): boolean {
  if (item.kind === 'sideways') return item.artifact === true;
  return item.kind === 'shape' || item.text === undefined;
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
  return String(Number(value.toFixed(4)));
}
