import type { Step, Weight } from './drawing.ts';
import { emTopOf, type FontSource, fontChain, fontHas, glyphFinder } from './font-files.ts';
import { Face, type FontFile, type MakeObject } from './pdf-fonts.ts';
import type { PageFonts, Sign } from './pdf-page.ts';

/** What the faces need of the document that is being written. */
export interface FacesOptions {
  readonly open: (path: string) => FontFile;
  readonly make: MakeObject;
  /** Makes a font known to the page being drawn. */
  readonly addToPage: (name: string, font: object) => void;
  /** Paths of fonts that are asked first. */
  readonly own: readonly string[];
  readonly cidSet: boolean;
}

/** The fonts of a document: each character from the first font file of the chain that has it, files opened when used. */
export class Faces implements PageFonts {
  readonly has: (char: string) => boolean;
  readonly #options: FacesOptions;
  /** By id of the font file; the last of several is the one that still takes codes. */
  readonly #faces = new Map<string, Face[]>();
  readonly #signs = new Map<string, Sign>();
  readonly #sources = new Map<string, FontSource>();

  constructor(options: FacesOptions) {
    this.#options = options;
    this.has = glyphFinder(options.own);
  }

  sign(char: string, text: string, weight: Weight, vertical: boolean): Sign {
    const key = `${weight}${vertical ? 'v' : 'h'}${char}\t${text === char ? '' : text}`;
    const known = this.#signs.get(key);
    if (known) return known;
    const face = this.#face(char, weight);
    const sign = { face, code: face.code(char, text, vertical) };
    this.#signs.set(key, sign);
    return sign;
  }

  outline(char: string, weight: Weight, vertical = true): Step[] {
    return this.#face(char, weight).outline(char, vertical);
  }

  /** Width of a horizontal character in ems. */
  width(char: string, weight: Weight): number {
    return this.#face(char, weight).width(char) / 1000;
  }

  use(face: Face, direction: 'horizontal' | number): string {
    const { name, object } = face.voice(direction);
    this.#options.addToPage(name, object);
    return name;
  }

  embed(): void {
    // In the order of names, so that the file does not depend on which character came first.
    const ids = [...this.#faces.keys()].sort();
    for (const id of ids) for (const face of this.#faces.get(id)!) face.embed();
  }

  #face(char: string, weight: Weight): Face {
    const { id, path } = this.#source(char, weight);
    const faces = this.#faces.get(id) ?? [];
    this.#faces.set(id, faces);
    if (faces.length === 0 || faces.at(-1)!.full) {
      const prefix = faces.length === 0 ? id : `${id}X${faces.length}`;
      const { open, make, cidSet } = this.#options;
      faces.push(new Face(open(path), { prefix, emTop: emTopOf(path), cidSet }, make));
    }
    return faces.at(-1)!;
  }

  #source(char: string, weight: Weight): FontSource {
    const key = `${weight}${char}`;
    const source =
      this.#sources.get(key) ?? fontChain(weight, this.#options.own).find(({ path }) => fontHas(path, char));
    if (!source) throw new Error(`no font has a glyph for ${char}`);
    this.#sources.set(key, source);
    return source;
  }
}
