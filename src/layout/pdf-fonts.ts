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
  layout(text: string, features: readonly string[]): { readonly glyphs: readonly FontGlyph[] };
  glyphForCodePoint(codePoint: number): FontGlyph;
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

/** How a face is set and embedded. */
export interface FaceOptions {
  /** Starts the names of its PDF fonts: one word, different for every face of the document. */
  readonly prefix: string;
  /** The top of the em box above the baseline, in thousandths: the origin of vertical glyphs (PDF 32000, 9.7.4.3). */
  readonly emTop: number;
  /** Whether to list the codes in a CIDSet, as PDF/A-1 wants of subsets (ISO 19005-1, 6.3.5). */
  readonly cidSet?: boolean;
}

/** Codes of a face beyond which it takes no new ones: a code has two bytes. */
const mostCodes = 0xfff0;

/** A font file in use: its glyph subset, its codes, and a PDF font for every direction and advance. */
export class Face {
  readonly #file: FontFile;
  readonly #subset: ReturnType<FontFile['createSubset']>;
  readonly #options: FaceOptions;
  /** By code: glyph in the subset, width in thousandths, text. Code 0 is .notdef. */
  readonly #codes: { glyph: number; width: number; text: string }[] = [{ glyph: 0, width: 1000, text: '' }];
  readonly #codeOf = new Map<string, number>();
  // Shaping is what costs; a character has many codes, for the texts it stands for, but one glyph.
  readonly #glyphOf = new Map<string, FontGlyph>();
  readonly #voices = new Map<string, PdfObject>();
  readonly #make: MakeObject;

  constructor(file: FontFile, options: FaceOptions, make: MakeObject) {
    this.#file = file;
    this.#subset = file.createSubset();
    this.#options = options;
    this.#make = make;
  }

  /** Whether all codes are given away. */
  get full(): boolean {
    return this.#codes.length >= mostCodes;
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

  /** Width of a horizontal character in thousandths of the size. */
  width(char: string): number {
    return Math.round((this.#glyph(char, false).advanceWidth * 1000) / this.#file.unitsPerEm);
  }

  /** The outline of a character in an em box of 1 × 1, y downwards from the top; the form of vertical text unless told. */
  outline(char: string, vertical = true): Step[] {
    const scale = 1 / this.#file.unitsPerEm;
    const x = (value: number): number => value * scale;
    const y = (value: number): number => this.#options.emTop / 1000 - value * scale;
    const steps: Step[] = [];
    let at: [number, number] = [0, 0];
    for (const { command, args } of this.#glyph(char, vertical).path.commands) {
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
    const key = `${vertical ? 'v' : 'h'}${char}`;
    const glyph = this.#glyphOf.get(key) ?? this.#shape(char, vertical);
    if (!glyph) throw new Error(`the face has no glyph for ${char}`);
    this.#glyphOf.set(key, glyph);
    return glyph;
  }

  /** Han characters have one form in every direction; to find it without shaping is ten times as fast. */
  #shape(char: string, vertical: boolean): FontGlyph | undefined {
    if (/^\p{Unified_Ideograph}$/u.test(char)) return this.#file.glyphForCodePoint(char.codePointAt(0)!);
    return this.#file.layout(char, vertical ? ['vert'] : []).glyphs[0];
  }

  /** The PDF font for vertical text whose glyphs advance so many thousandths, or for horizontal text. */
  voice(direction: 'horizontal' | number): { name: string; object: PdfObject } {
    const key = String(direction);
    const object = this.#voices.get(key) ?? this.#make();
    this.#voices.set(key, object);
    return { name: `${this.#options.prefix}${direction === 'horizontal' ? 'H' : `V${direction}`}`, object };
  }

  /** Writes the font file and the fonts into the PDF; call once, when everything is drawn. */
  embed(): void {
    if (this.#voices.size === 0) return;
    const name = `${subsetTag(this.#options.prefix)}+${this.#file.postscriptName}`;
    const shared = {
      Type: 'Font',
      Subtype: 'CIDFontType2',
      BaseFont: name,
      CIDSystemInfo: { Registry: new String('Adobe'), Ordering: new String('Identity'), Supplement: 0 },
      FontDescriptor: this.#descriptor(name),
      W: widthArrays(this.#codes.map(({ width }) => width)),
      CIDToGIDMap: this.#finished({}, Buffer.from(this.#codes.flatMap(({ glyph }) => [glyph >> 8, glyph & 0xff]))),
    };
    const toUnicode = this.#finished({}, unicodeMap(this.#codes.map(({ text }) => text)));
    for (const [direction, object] of this.#voices) {
      const vertical = direction !== 'horizontal';
      const descendant = this.#finished({
        ...shared,
        ...(vertical && { DW2: [this.#options.emTop, -Number(direction)] }),
      });
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
      ...(this.#options.cidSet && { CIDSet: this.#finished({}, bitSet(this.#codes.length)) }),
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
  return prefix
    .replace(/\d/g, (digit) => String.fromCharCode(65 + Number(digit)))
    .padEnd(6, 'W')
    .slice(-6);
}

/** Widths from code 0 in arrays of at most 4,000: PDF/A-1 allows no array of more than 8,191 (ISO 19005-1, 6.1.12). */
function widthArrays(widths: readonly number[]): (number | readonly number[])[] {
  const arrays: (number | readonly number[])[] = [];
  for (let start = 0; start < widths.length; start += 4000) arrays.push(start, widths.slice(start, start + 4000));
  return arrays;
}

/** The first `count` bits set, highest bit first. */
function bitSet(count: number): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(count / 8)).fill(0xff);
  if (count % 8) bytes[bytes.length - 1] = (0xff << (8 - (count % 8))) & 0xff;
  return bytes;
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
