import { type Drawn, isArtifact, type Shape, type TextPart } from './drawing.ts';
import type { MakeObject, PdfObject } from './pdf-fonts.ts';
import { numberTree } from './pdf-trees.ts';

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

type TextItem = Exclude<Drawn, Shape>;

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
  #before: TextItem | undefined;
  #line = 0;
  /** Whether the section has its title, and whether it has years. */
  #titled = false;
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
    this.#openSection(section);
  }

  #openSection(title: string | undefined): void {
    this.#closeSection();
    this.#section = this.#open('Sect', this.#document, title ? { T: new String(title) } : {});
    this.#titled = false;
    this.#years = false;
  }

  tagOf(item: Drawn): Tag | undefined {
    const element = item.kind === 'shape' ? undefined : this.#elementOf(item);
    if (!element || item.kind === 'shape') {
      this.#piece = undefined;
      return undefined;
    }
    this.#before = item;
    if (element.actual !== undefined) element.actual += charsOf(item);
    if (this.#piece?.element !== element) this.#piece = { element, tag: this.#mark(element) };
    return this.#piece.tag;
  }

  /** Ends the tree; the catalogue points to what is returned. */
  finish(): PdfObject {
    this.#closeSection();
    this.#close(this.#document);
    this.#closePage();
    this.#root.data = {
      Type: 'StructTreeRoot',
      K: [this.#document.object],
      ParentTree: numberTree(this.#parents, this.#make),
      ParentTreeNextKey: this.#parents.length,
    };
    return this.#root;
  }

  #elementOf(item: TextItem): Element | undefined {
    const part = item.kind === 'sideways' ? undefined : item.part;
    if (!part) return isArtifact(item) ? undefined : this.#lineOf(item);
    // What a vertical page adds outside all blocks, as the end line of a juan, is ornament.
    if (part.generated && part.block === undefined && item.kind === 'glyph') return undefined;
    if (isMarginal(part)) return this.#noteOf(`${part.style} ${this.#parents.length}`, this.#blockOf(part));
    const block = this.#blockOf(part);
    if (part.note !== undefined && !part.generated) return this.#noteOf(`${part.note}`, block);
    this.#closeNote();
    return block;
  }

  #noteOf(key: string, block: Element): Element {
    if (this.#note?.key !== key) {
      this.#closeNote();
      this.#note = { key, element: this.#open('Note', block) };
    }
    return this.#note.element;
  }

  #blockOf(part: TextPart): Element {
    const { block, style } = part;
    // Notes of the margin stand where the page ends, in the middle of what goes on.
    if (this.#block && isMarginal(part)) return this.#block.element;
    // Title and author of a juan are one block of the layout, but not one paragraph.
    const key = `${block ?? ''}${block === undefined || style === 'author' ? style : ''}`;
    if (this.#block?.key === key) return this.#block.element;
    if (style === 'juan' || style === 'part') {
      // A juan may begin in the middle of a page.
      if (this.#titled) this.#openSection(undefined);
      this.#titled = true;
    }
    if (style === 'year') this.#years = true;
    return this.#openBlock(key, headings(style, this.#years), part.generated);
  }

  /** A paragraph of a front page: the items of one column, or of one row. */
  #lineOf(item: TextItem): Element {
    const before = this.#before;
    // The call of a note at the foot of the page stands in its line.
    if (item.kind === 'level' && this.#block) return this.#block.element;
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
}

/** Whether a part stands in the margin or at the foot of the page, apart from the blocks. */
function isMarginal({ style, block }: TextPart): boolean {
  return block === undefined && ['brow', 'side', 'note', 'apparatus'].includes(style);
}

/** The tag of a style: the juan above its years, years above headlines. */
function headings(style: string, years: boolean): string {
  if (style === 'juan' || style === 'part') return 'H1';
  if (style === 'year' || style === 'section') return 'H2';
  if (style === 'gang') return years ? 'H3' : 'H2';
  return 'P';
}

function charsOf(item: TextItem): string {
  if (item.kind === 'glyph') return item.char;
  return item.kind === 'level' ? item.chars : item.text;
}
