import type { Drawn, Glyph, Sideways } from './drawing.ts';
import type { Cell, Style } from './page.ts';
import type { MakeObject, PdfObject } from './pdf-fonts.ts';

/** A marked part of a page: the operators before and after it. */
export interface Tag {
  readonly open: string;
  readonly close: string;
}

/** Says of the items of a page, in reading order, which part of the text they are. */
export interface PageTags {
  /** The tag of an item, the same object as long as the part goes on; nothing for an artifact. Asked once an item. */
  tagOf(item: Drawn): Tag | undefined;
}

/** A part of the text in the tree (PDF 32000, 14.7.2). */
interface Element {
  readonly object: PdfObject;
  readonly type: string;
  readonly kids: unknown[];
  /** The page its first piece stands on: numbers among the kids are pieces there. */
  page?: PdfObject;
  /** For headings that the edition made: what they say, since the text layer does not. */
  actual?: string;
}

/**
 * The structure tree of the document: Document > Sect (a juan, or a page of the front) > H1, H2, H3, P > Note. Pages
 * and items come in reading order, so that elements open and close one after the other and memory stays small.
 */
export class Tags implements PageTags {
  readonly #make: MakeObject;
  readonly #root: PdfObject;
  readonly #document: Element;
  /** For every page before this one, the list of the elements of its marked pieces. */
  readonly #parents: PdfObject[] = [];
  /** The elements of the pieces of this page. */
  #pieces: PdfObject[] = [];
  #page: PdfObject | undefined;
  #section: Element | undefined;
  #block: { readonly key: string; readonly element: Element } | undefined;
  #note: { readonly key: string; readonly element: Element } | undefined;
  /** The piece of this page that goes on. */
  #piece: { readonly element: Element; readonly tag: Tag } | undefined;
  #before: Glyph | Sideways | undefined;
  #line = 0;
  #years = false;

  constructor(make: MakeObject) {
    this.#make = make;
    this.#root = make({ Type: 'StructTreeRoot' });
    this.#document = { object: make({ Type: 'StructElem', S: 'Document', P: this.#root }), type: 'Document', kids: [] };
  }

  /** Goes to the next page; `section` is the title of the section that begins there. */
  beginPage(page: PdfObject, section: string | undefined): void {
    this.#closePage();
    this.#page = page;
    page.data.StructParents = this.#parents.length;
    if (section === undefined && this.#section) return;
    this.#closeSection();
    this.#section = this.#open('Sect', this.#document, section ? { T: new String(section) } : {});
    this.#years = false;
  }

  tagOf(item: Drawn): Tag | undefined {
    const element = item.kind === 'shape' ? undefined : this.#elementOf(item);
    if (!element || item.kind === 'shape') {
      this.#piece = undefined;
      return undefined;
    }
    this.#before = item;
    if (element.actual !== undefined && item.kind === 'glyph') element.actual += item.char;
    if (this.#piece?.element !== element) this.#piece = { element, tag: this.#mark(element) };
    return this.#piece.tag;
  }

  /** Ends the tree; the catalogue points to what is returned. */
  finish(): PdfObject {
    this.#closeSection();
    this.#close(this.#document);
    this.#closePage();
    const nums = this.#parents.flatMap((elements, page) => [page, elements]);
    this.#root.data = {
      Type: 'StructTreeRoot',
      K: [this.#document.object],
      ParentTree: this.#numberTree(nums),
      ParentTreeNextKey: this.#parents.length,
    };
    return this.#root;
  }

  #elementOf(item: Glyph | Sideways): Element | undefined {
    const cell = item.kind === 'glyph' ? item.cell : undefined;
    if (!cell) return item.kind === 'glyph' && item.text === undefined ? undefined : this.#lineOf(item);
    // What the edition made and no block has, as the end line of a juan, is ornament.
    if (cell.generated && cell.block === undefined) return undefined;
    const block = this.#blockOf(cell);
    if (cell.note === undefined || cell.generated) {
      this.#closeNote();
      return block;
    }
    const key = `${this.#block!.key} ${cell.note}`;
    if (this.#note?.key !== key) {
      this.#closeNote();
      this.#note = { key, element: this.#open('Note', block) };
    }
    return this.#note.element;
  }

  #blockOf(cell: Cell): Element {
    // Title and author of a juan are one block of the layout, but not one paragraph.
    const key = `${cell.block ?? ''}${cell.block === undefined || cell.style === 'author' ? cell.style : ''}`;
    if (this.#block?.key === key) return this.#block.element;
    if (cell.style === 'year') this.#years = true;
    return this.#openBlock(key, headings(cell.style, this.#years), cell.generated);
  }

  /** A paragraph of a front page: the items of one column, or of one row. */
  #lineOf(item: Glyph | Sideways): Element {
    const before = this.#before;
    const goesOn = before && (before.x === item.x || before.y === item.y);
    if (goesOn && this.#block) return this.#block.element;
    return this.#openBlock(`line ${this.#line++}`, 'P');
  }

  #openBlock(key: string, type: string, generated?: true): Element {
    this.#closeBlock();
    const element = this.#open(type, this.#section!);
    if (generated) element.actual = '';
    this.#block = { key, element };
    return element;
  }

  #open(type: string, parent: Element, more: Record<string, unknown> = {}): Element {
    const object = this.#make({ Type: 'StructElem', S: type, P: parent.object, ...more });
    parent.kids.push(object);
    return { object, type, kids: [] };
  }

  /** Begins a piece of an element on the page. */
  #mark(element: Element): Tag {
    const id = this.#pieces.push(element.object) - 1;
    element.page ??= this.#page!;
    element.kids.push(element.page === this.#page ? id : { Type: 'MCR', Pg: this.#page, MCID: id });
    const open = `/${element.type} <</MCID ${id}>> BDC`;
    // A heading that the edition made is part of the tree, and no part of the text layer.
    if (element.actual === undefined) return { open, close: 'EMC' };
    return { open: `${open} /Span <</ActualText ()>> BDC`, close: 'EMC EMC' };
  }

  #closePage(): void {
    if (this.#page) this.#parents.push(this.#finished(this.#pieces));
    this.#pieces = [];
    this.#piece = undefined;
  }

  #closeNote(): void {
    if (this.#note) this.#close(this.#note.element);
    this.#note = undefined;
  }

  #closeBlock(): void {
    this.#closeNote();
    if (this.#block) this.#close(this.#block.element);
    this.#block = undefined;
  }

  #closeSection(): void {
    this.#closeBlock();
    if (this.#section) this.#close(this.#section);
    this.#section = undefined;
    this.#before = undefined;
  }

  #close({ object, kids, page, actual }: Element): void {
    Object.assign(object.data, page && { Pg: page }, { K: kids }, actual && { ActualText: new String(actual) });
    object.end();
    // What is written is not needed again; a long book has many elements.
    object.data = {};
    kids.length = 0;
  }

  #finished(data: unknown): PdfObject {
    const object = this.#make(data as Record<string, unknown>);
    object.end();
    return object;
  }

  /** A number tree of leaves of 1,000 keys (PDF 32000, 7.9.7). */
  #numberTree(nums: readonly unknown[]): Record<string, unknown> {
    if (nums.length <= 2000) return { Nums: nums };
    const leaves = [];
    for (let at = 0; at < nums.length; at += 2000) {
      const part = nums.slice(at, at + 2000);
      leaves.push(this.#finished({ Limits: [part[0], part.at(-2)], Nums: part }));
    }
    return { Kids: leaves };
  }
}

/** The tag of a style: the juan above its years, years above headlines. */
function headings(style: Style, years: boolean): string {
  if (style === 'juan') return 'H1';
  if (style === 'year') return 'H2';
  if (style === 'gang') return years ? 'H3' : 'H2';
  return 'P';
}
