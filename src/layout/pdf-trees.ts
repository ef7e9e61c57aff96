import type { MakeObject, PdfObject } from './pdf-fonts.ts';

// PDF/A-1 allows no array of more than 8,191 (ISO 19005-1, 6.1.12): long lists are trees of short ones.

const most = 1000;

/** A number tree (PDF 32000, 7.9.7): the values by the numbers from 0. */
export function numberTree(values: readonly unknown[], make: MakeObject): Record<string, unknown> {
  const part = (from: number): unknown[] =>
    values.slice(from, from + most).flatMap((value, index) => [from + index, value]);
  if (values.length <= most) return { Nums: part(0) };
  const kids: PdfObject[] = [];
  for (let from = 0; from < values.length; from += most) {
    const kid = make({ Limits: [from, Math.min(from + most, values.length) - 1], Nums: part(from) });
    kid.end();
    kids.push(kid);
  }
  return { Kids: kids };
}

/** Hangs the pages of a long document below nodes of 1,000 (PDF 32000, 7.7.3). */
export class PageTree {
  readonly #root: PdfObject;
  readonly #make: MakeObject;
  readonly #nodes: PdfObject[] = [];

  constructor(root: PdfObject, make: MakeObject) {
    this.#root = root;
    this.#make = make;
  }

  add(page: PdfObject): void {
    let kids = this.#nodes.at(-1)?.data.Kids as PdfObject[] | undefined;
    if (!kids || kids.length === most) {
      kids = [];
      this.#nodes.push(this.#make({ Type: 'Pages', Parent: this.#root, Kids: kids }));
    }
    kids.push(page);
    page.data.Parent = this.#nodes.at(-1)!;
  }

  finish(): void {
    for (const node of this.#nodes) {
      node.data.Count = (node.data.Kids as PdfObject[]).length;
      node.end();
    }
    this.#root.data.Kids = this.#nodes;
  }
}
