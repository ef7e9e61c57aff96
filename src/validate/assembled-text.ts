import type { Diagnostic, Range } from '../core/diagnostic.ts';
import { type Point, TextIndex } from '../core/span.ts';
import { decodeReferences } from '../core/xml/characters.ts';

/** A file that a part of an assembled text comes from. */
export interface SourceFile {
  readonly file: string;
  readonly text: string;
}

/** A part of an assembled text: characters of a file from `from` to `to`, or others that stand for them. */
export interface Part {
  readonly source: SourceFile;
  readonly from: number;
  readonly to: number;
  /** What stands in the assembled text, when that is not the part itself. */
  readonly text?: string;
}

/** A text put together from parts of files, and the way back. Indexes are UTF-16. */
export class AssembledText {
  readonly text: string;
  readonly #parts: readonly Part[];
  /** Where each part begins in the text. */
  readonly #starts: readonly number[];
  readonly #indexes = new Map<SourceFile, TextIndex>();
  #index: TextIndex | undefined;

  constructor(parts: readonly Part[]) {
    const starts: number[] = [];
    const texts: string[] = [];
    let length = 0;
    for (const part of parts) {
      const text = part.text ?? part.source.text.slice(part.from, part.to);
      starts.push(length);
      texts.push(text);
      length += text.length;
    }
    this.#parts = parts;
    this.#starts = starts;
    this.text = texts.join('');
  }

  /** A diagnostic of the text as one of the file it is about. */
  restore(found: Diagnostic): Diagnostic {
    // An edit could concern another file than the one that is checked.
    const { range, related, fix: _, ...rest } = found;
    return {
      ...rest,
      ...(range && this.#place(range)),
      ...(related && { related: related.map((other) => ({ ...other, ...this.#place(other.range) })) }),
    };
  }

  #place({ start, end }: Range): { file: string; range: Range } {
    const first = this.#unitOf(start);
    const number = this.#partAt(first);
    const { source, to } = this.#parts[number]!;
    const begin = Math.min(to, this.#sourceUnit(number, first));
    const last = Math.min(to, this.#sourceUnit(number, this.#unitOf(end)));
    return { file: source.file, range: this.#indexOf(source).rangeOfUnits(begin, Math.max(begin, last)) };
  }

  #unitOf({ offset }: Point): number {
    this.#index ??= new TextIndex(this.text);
    return this.#index.toUnit(Math.min(offset, this.#index.length));
  }

  /** The last part that begins at an index or before it. */
  #partAt(unit: number): number {
    let low = 0;
    let high = this.#parts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= unit) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #sourceUnit(number: number, unit: number): number {
    const { from, text } = this.#parts[number]!;
    if (text === undefined) return from + unit - this.#starts[number]!;
    return from + decodeReferences(text.slice(0, unit - this.#starts[number]!)).length;
  }

  #indexOf(source: SourceFile): TextIndex {
    let index = this.#indexes.get(source);
    if (!index) {
      index = new TextIndex(source.text);
      this.#indexes.set(source, index);
    }
    return index;
  }
}
