import type { Step } from './drawing.ts';

// pdfkit would embed fonts for horizontal text with one Unicode value a glyph. Here a code stands for a glyph *and* the
// text that the glyph stands for, punctuation that is not set included; so every PDF reader extracts the whole text.

/** The parts of fontkit's font that are used; pdfkit opens the file. */
export interface FontFile {
  readonly unitsPerEm: number;
  readonly postscriptName: string;
  readonly ascent: number;
  readonly descent: number;
  readonly capHeight: number;
  readonly italicAngle: number;
  readonly bbox: { readonly minX: number; readonly minY: number; readonly maxX: number; readonly maxY: number };
  hasGlyphForCodePoint(codePoint: number): boolean;
  layout(text: string, features: readonly string[]): { readonly glyphs: readonly FontGlyph[] };
  createSubset(): { includeGlyph(id: number): number; encode(): Uint8Array };
}

interface FontGlyph {
  readonly id: number;
  readonly advanceWidth: number;
  readonly path: { readonly commands: readonly { readonly command: string; readonly args: readonly number[] }[] };
}

/** An indirect object of the PDF; pdfkit makes it. */
export interface PdfObject {
  data: Record<string, unknown>;
  end(content?: Uint8Array | string): void;
}

export type MakeObject = (data?: Record<string, unknown>) => PdfObject;

/** The top of the em box above the baseline, in thousandths: the origin of vertical glyphs (PDF 32000, 9.7.4.3). */
export const emTop = 880;

/** One weight of the face: its glyph subset, its codes, and a PDF font for every direction and advance in use. */
export class Face {
  readonly #file: FontFile;
  readonly #subset: ReturnType<FontFile['createSubset']>;
  readonly #prefix: string;
  /** By code: glyph in the subset, width in thousandths, text. Code 0 is .notdef. */
  readonly #codes: { glyph: number; width: number; text: string }[] = [{ glyph: 0, width: 1000, text: '' }];
  readonly #codeOf = new Map<string, number>();
  readonly #voices = new Map<string, PdfObject>();
  readonly #make: MakeObject;

  constructor(file: FontFile, prefix: string, make: MakeObject) {
    this.#file = file;
    this.#subset = file.createSubset();
    this.#prefix = prefix;
    this.#make = make;
  }

  /** Whether the face has a glyph for every code point of a character, variation selectors aside. */
  has(char: string): boolean {
    const points = [...char].filter((point) => !/\p{M}/u.test(point) || char.length === point.length);
    return points.every((point) => this.#file.hasGlyphForCodePoint(point.codePointAt(0)!));
  }

  /** The code, four hexadecimal digits, of a character that stands for a text. Throws when the face lacks it. */
  code(char: string, text: string, vertical: boolean): string {
    const key = `${vertical ? 'v' : 'h'}\t${char}\t${text}`;
    let code = this.#codeOf.get(key);
    if (code === undefined) {
      const glyph = this.#glyph(char, vertical);
      code = this.#codes.length;
      const width = Math.round((glyph.advanceWidth * 1000) / this.#file.unitsPerEm);
      this.#codes.push({ glyph: this.#subset.includeGlyph(glyph.id), width, text });
      this.#codeOf.set(key, code);
    }
    return hex(code);
  }

  /** Width of horizontal text in thousandths of the size. */
  width(text: string): number {
    const scale = 1000 / this.#file.unitsPerEm;
    return [...text].reduce((sum, char) => sum + Math.round(this.#glyph(char, false).advanceWidth * scale), 0);
  }

  /** The outline of a character in an em box of 1 × 1, y downwards from the top. */
  outline(char: string): Step[] {
    const scale = 1 / this.#file.unitsPerEm;
    const x = (value: number): number => value * scale;
    const y = (value: number): number => emTop / 1000 - value * scale;
    const steps: Step[] = [];
    let at: [number, number] = [0, 0];
    for (const { command, args } of this.#glyph(char, true).path.commands) {
      const point = (index: number): [number, number] => [x(args[index]!), y(args[index + 1]!)];
      if (command === 'closePath') continue;
      if (command === 'quadraticCurveTo') {
        const [handle, end] = [point(0), point(2)];
        const toward = (from: [number, number]): [number, number] => [
          from[0] + (2 / 3) * (handle[0] - from[0]),
          from[1] + (2 / 3) * (handle[1] - from[1]),
        ];
        steps.push(['C', ...toward(at), ...toward(end), ...end]);
        at = end;
      } else if (command === 'bezierCurveTo') {
        steps.push(['C', ...point(0), ...point(2), ...point(4)]);
        at = point(4);
      } else {
        at = point(0);
        steps.push([command === 'moveTo' ? 'M' : 'L', ...at]);
      }
    }
    return steps;
  }

  #glyph(char: string, vertical: boolean): FontGlyph {
    const glyph = this.#file.layout(char, vertical ? ['vert'] : []).glyphs[0];
    if (!glyph) throw new Error(`the face has no glyph for ${char}`);
    return glyph;
  }

  /** The PDF font for vertical text whose glyphs advance so many thousandths, or for horizontal text. */
  voice(direction: 'horizontal' | number): { name: string; object: PdfObject } {
    const key = String(direction);
    const object = this.#voices.get(key) ?? this.#make();
    this.#voices.set(key, object);
    return { name: `${this.#prefix}${direction === 'horizontal' ? 'H' : `V${direction}`}`, object };
  }

  /** Writes the font file and the fonts into the PDF; call once, when everything is drawn. */
  embed(): void {
    if (this.#voices.size === 0) return;
    const name = `${subsetTag(this.#prefix)}+${this.#file.postscriptName}`;
    const shared = {
      Type: 'Font',
      Subtype: 'CIDFontType2',
      BaseFont: name,
      CIDSystemInfo: { Registry: new String('Adobe'), Ordering: new String('Identity'), Supplement: 0 },
      FontDescriptor: this.#descriptor(name),
      W: [0, this.#codes.map(({ width }) => width)],
      CIDToGIDMap: this.#finished({}, Buffer.from(this.#codes.flatMap(({ glyph }) => [glyph >> 8, glyph & 0xff]))),
    };
    const toUnicode = this.#finished({}, unicodeMap(this.#codes.map(({ text }) => text)));
    for (const [direction, object] of this.#voices) {
      const vertical = direction !== 'horizontal';
      const descendant = this.#finished({ ...shared, ...(vertical && { DW2: [emTop, -Number(direction)] }) });
      object.data = {
        Type: 'Font',
        Subtype: 'Type0',
        BaseFont: name,
        Encoding: vertical ? 'Identity-V' : 'Identity-H',
        DescendantFonts: [descendant],
        ToUnicode: toUnicode,
      };
      object.end();
    }
  }

  #descriptor(name: string): PdfObject {
    const file = this.#file;
    const scale = 1000 / file.unitsPerEm;
    const { minX, minY, maxX, maxY } = file.bbox;
    return this.#finished({
      Type: 'FontDescriptor',
      FontName: name,
      Flags: 4, // symbolic: the encoding is our own
      FontBBox: [minX, minY, maxX, maxY].map((value) => value * scale),
      ItalicAngle: file.italicAngle,
      Ascent: file.ascent * scale,
      Descent: file.descent * scale,
      CapHeight: file.capHeight * scale,
      StemV: 80,
      FontFile2: this.#finished({}, this.#subset.encode()),
    });
  }

  #finished(data: Record<string, unknown>, content?: Uint8Array | string): PdfObject {
    const object = this.#make(data);
    object.end(content);
    return object;
  }
}

/** Six capitals from the prefix: subsets of a PDF must have different tags (PDF 32000, 9.6.4). */
function subsetTag(prefix: string): string {
  return prefix.replace(/\d/g, (digit) => String.fromCharCode(65 + Number(digit))).padEnd(6, 'W');
}

function unicodeMap(texts: readonly string[]): string {
  const units = texts.map((text) =>
    text
      .split('')
      .map((unit) => hex(unit.charCodeAt(0)))
      .join(''),
  );
  const ranges: string[] = [];
  // A block has at most 100 lines.
  for (let start = 1; start < units.length; start += 100) {
    const block = units.slice(start, start + 100).map((value, index) => `<${hex(start + index)}> <${value}>`);
    ranges.push(`${block.length} beginbfchar\n${block.join('\n')}\nendbfchar`);
  }
  return `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
${ranges.join('\n')}
endcmap
CMapName currentdict /CMap defineresource pop
end
end`;
}

function hex(value: number): string {
  return value.toString(16).padStart(4, '0');
}
