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
  readonly #unitOf: Uint32Array;
  readonly #lineStarts: number[];

  constructor(text: string) {
    this.text = text;
    const units = new Uint32Array(text.length + 1);
    const lineStarts = [0];
    let points = 0;
    for (let unit = 0; unit < text.length; points++) {
      units[points] = unit;
      const code = text.codePointAt(unit)!;
      if (code === 0x0a || (code === 0x0d && text.charCodeAt(unit + 1) !== 0x0a)) lineStarts.push(points + 1);
      unit += code > 0xffff ? 2 : 1;
    }
    units[points] = text.length;
    this.length = points;
    this.#unitOf = units.subarray(0, points + 1);
    this.#lineStarts = lineStarts;
  }

  /** UTF-16 index of a code point offset. */
  toUnit(offset: number): number {
    const unit = this.#unitOf[offset];
    if (unit === undefined) throw new RangeError(`offset ${offset} is outside a text of ${this.length} code points`);
    return unit;
  }

  /** Code point offset of a UTF-16 index; an index inside a surrogate pair gives the pair's offset. */
  toOffset(unit: number): number {
    if (this.length === this.text.length) return Math.min(unit, this.length);
    return lastAtMost(this.#unitOf, unit);
  }

  /** The text of a span. */
  slice(start: number, end: number): string {
    return this.text.slice(this.toUnit(start), this.toUnit(end));
  }

  /** Line, column and offset of a code point offset. */
  point(offset: number): Point {
    const line = lastAtMost(this.#lineStarts, offset);
    return { line: line + 1, column: offset - this.#lineStarts[line]! + 1, offset };
  }

  /** The start and end points of a span. */
  range(span: Span): { start: Point; end: Point } {
    return { start: this.point(span.start), end: this.point(span.end) };
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

/** Index of the last element of a sorted list that is not greater than the value (0 if none is). */
function lastAtMost(sorted: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (sorted[middle]! <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
