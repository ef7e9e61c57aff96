/** A half-open range `[start, end)` of a text, 0-based, in Unicode code points. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A place in a file: line and column 1-based, offset 0-based; column and offset in Unicode code points. */
export interface Point {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/**
 * A text with its offset tables: code points to UTF-16 units, and both to lines. All offset arithmetic of the
 * project is here; lines end with LF, CR LF or CR.
 */
export class TextIndex {
  readonly text: string;
  /** Number of code points. */
  readonly length: number;
  /** Offsets of the code points of two units, the only ones that part units from code points. */
  readonly #astral: Uint32Array;
  readonly #lineStarts: Uint32Array;

  constructor(text: string) {
    this.text = text;
    const astral = new OffsetList();
    const lineStarts = new OffsetList();
    lineStarts.push(0);
    for (let unit = 0; unit < text.length; unit++) {
      const code = text.charCodeAt(unit);
      if (code === 0x0a || (code === 0x0d && text.charCodeAt(unit + 1) !== 0x0a)) {
        lineStarts.push(unit + 1 - astral.length);
      } else if (isHigh(code) && isLow(text.charCodeAt(unit + 1))) {
        astral.push(unit - astral.length);
        unit++;
      }
    }
    this.length = text.length - astral.length;
    this.#astral = astral.values();
    this.#lineStarts = lineStarts.values();
  }

  /** UTF-16 index of a code point offset. */
  toUnit(offset: number): number {
    if (!(offset >= 0 && offset <= this.length)) {
      throw new RangeError(`offset ${offset} is outside a text of ${this.length} code points`);
    }
    return offset + countBelow(this.#astral, offset);
  }

  /** Code point offset of a UTF-16 index; an index inside a surrogate pair gives the pair's offset. */
  toOffset(unit: number): number {
    const astral = this.#astral;
    let low = 0;
    let high = astral.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (astral[middle]! + middle < unit) low = middle + 1;
      else high = middle;
    }
    const inside = low > 0 && astral[low - 1]! + low === unit;
    return Math.min(inside ? astral[low - 1]! : unit - low, this.length);
  }

  /** The text of a span. */
  slice(start: number, end: number): string {
    return this.text.slice(this.toUnit(start), this.toUnit(end));
  }

  /** Line, column and offset of a code point offset. */
  point(offset: number): Point {
    const line = countBelow(this.#lineStarts, offset + 1);
    return { line, column: offset - this.#lineStarts[line - 1]! + 1, offset };
  }

  /** The start and end points of a span. */
  range(span: Span): { start: Point; end: Point } {
    return { start: this.point(span.start), end: this.point(span.end) };
  }

  /** The start and end points of a span given in UTF-16 units. */
  rangeOfUnits(start: number, end: number): { start: Point; end: Point } {
    return this.range({ start: this.toOffset(start), end: this.toOffset(end) });
  }

  /** The text of a 1-based line without its line end; empty beyond the last line. */
  line(line: number): string {
    const start = this.#lineStarts[line - 1];
    if (start === undefined) return '';
    const end = this.#lineStarts[line] ?? this.length;
    return this.slice(start, end).replace(/[\r\n]+$/, '');
  }

  /** The point of a 1-based line and column, the column given in code points. */
  pointAt(line: number, column: number): Point {
    const start = this.#lineStarts[Math.min(line, this.#lineStarts.length) - 1] ?? 0;
    return { line, column, offset: Math.min(start + column - 1, this.length) };
  }
}

/** A list of offsets that grows, four bytes each: a text may have 100 million lines. */
export class OffsetList {
  #values = new Uint32Array(16);
  length = 0;

  push(value: number): void {
    if (this.length === this.#values.length) {
      const grown = new Uint32Array(this.length * 2);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.length++] = value;
  }

  at(index: number): number | undefined {
    return index < this.length ? this.#values[index] : undefined;
  }

  set(index: number, value: number): void {
    this.#values[index] = value;
  }

  /** The values so far; they are not copied. */
  values(): Uint32Array {
    return this.#values.subarray(0, this.length);
  }
}

const isHigh = (code: number): boolean => code >= 0xd800 && code <= 0xdbff;
const isLow = (code: number): boolean => code >= 0xdc00 && code <= 0xdfff;

/** Index of the first span that starts at an offset or behind it, in spans sorted by start; their number if none does. */
export function firstFrom(spans: readonly Span[], offset: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle]!.start < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index of the span that holds an offset, in sorted spans that do not overlap; -1 if none does. */
export function spanAt(spans: readonly Span[], offset: number): number {
  const before = firstFrom(spans, offset + 1) - 1;
  return before >= 0 && offset < spans[before]!.end ? before : -1;
}

/** How many values of a sorted list are less than the value. */
function countBelow(sorted: Uint32Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
