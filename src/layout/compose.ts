import type { Book, Juan } from './book.ts';
import { drawPage } from './draw-page.ts';
import { foldLeaves } from './fold-leaves.ts';
import type { Format } from './format.ts';
import { drawColophon, drawImprint, drawTitlePage } from './front-pages.ts';
import { glyphBlocks, type ListedGlyph, listGlyphs, placeOf } from './glyph-list.ts';
import { hasRaised, layoutAppendix, layoutJuan } from './layout.ts';
import { backParts, contentsOf, type Matter, type PageFacts, type Part, principlesOf } from './matter.ts';
import { drawMatterLeaf, setPart } from './matter-columns.ts';
import { chineseDigits, chineseNumber } from './numerals.ts';
import type { Page } from './page.ts';
import type { OutlineEntry, Sheet, Sheets } from './sheet.ts';

/**
 * The whole vertical book: title leaf, 凡例, contents, text, list of characters, indexes, interventions, colophon. The
 * text is set first: what stands before it has folios of its own and does not move it. `has`: whether a font has a character.
 */
export function composeVertical(
  book: Book,
  given: Format,
  has: (char: string) => boolean,
  matter: Matter = {},
): Sheets {
  const format = withRaisedRow(book, given);
  const text: TextPage[] = [];
  const glyphs = listGlyphs(setText(book, format, text), has);
  if (matter.glyphs !== false && glyphs.length > 0) {
    const pages = glyphPages(glyphs, format, text.length);
    text.push(...pages.map((page) => textPage(page, format, () => page)));
  }
  const facts = text.map((page) => page.facts);
  const behind: { title: string; folio: string }[] = [];
  const back: Sheet[] = [];
  for (const part of backParts(book, facts, matter)) {
    const before = text.length + back.length;
    behind.push({ title: part.title, folio: folioOf({ leaf: 1, half: 'a', number: before + 1 }, format) });
    back.push(...partSheets(part, before, book, format));
  }
  const front: Sheet[] = [];
  for (const part of [...principlesOf(book, matter), ...contentsOf(facts, behind, matter)]) {
    front.push(...partSheets(part, front.length, book, format));
  }
  // The text begins on the page that lies open on the left, as every leaf does.
  if (front.length % 2 === 1) front.push({ label: folioNumber(front.length + 1), drawn: [] });
  const sheets: Sheet[] = [
    { label: '內封', drawn: drawTitlePage(book, format) },
    { label: '牌記', drawn: drawImprint(book, format) },
    ...front,
    ...text.map((page) => textSheet(page, book, format)),
    ...back,
    { label: '版權', drawn: drawColophon(book, format) },
  ];
  const halves: Sheets = { page: format.page, binding: 'right', sheets };
  return format.sheet === 'leaf' ? foldLeaves(halves) : halves;
}

/** A book with 單抬 needs a row for it above the columns. */
function withRaisedRow(book: Book, format: Format): Format {
  return format.raised === 0 && hasRaised(book) ? { ...format, raised: 1 } : format;
}

/** What is kept of a page of the text, and how it is had again. */
interface TextPage {
  readonly label: string;
  readonly facts: PageFacts;
  readonly outline: readonly OutlineEntry[];
  page(): Page;
}

/**
 * Sets the text and gives each page once; `text` takes what is kept of it. The pages of a long book would not fit into
 * memory: a juan is set again when its pages are written.
 */
function* setText(book: Book, format: Format, text: TextPage[]): Generator<Page> {
  let last: { readonly juan: Juan; readonly pages: readonly Page[] } | undefined;
  for (const juan of book.juans) {
    const before = text.length;
    const pagesOf = (): readonly Page[] => {
      if (last?.juan !== juan) last = { juan, pages: layoutJuan(book, juan, format, before) };
      return last.pages;
    };
    for (const [index, page] of pagesOf().entries()) {
      text.push(textPage(page, format, () => pagesOf()[index]!));
      yield page;
    }
  }
}

function textPage(page: Page, format: Format, again: () => Page): TextPage {
  const anchors = page.anchors.map(({ kind, label }) => ({ level: levels[kind], title: label }));
  return {
    label: hasLeaves(format) ? `${page.juan}·${folioOf(page, format)}` : folioOf(page, format),
    facts: factsOf(page, format),
    outline: [...juanOpening(page), ...anchors],
    page: again,
  };
}

/** 字形表: the characters that are composed or printed as 〓. */
function glyphPages(glyphs: readonly ListedGlyph[], format: Format, before: number): Page[] {
  const blocks = glyphBlocks(glyphs, (page) => placeOf(page, hasLeaves(format)));
  return layoutAppendix('字形表', blocks, format, before);
}

function textSheet({ label, outline, page }: TextPage, book: Book, format: Format): Sheet {
  return {
    label,
    outline,
    get drawn() {
      return drawPage(page(), book.front.title, format);
    },
    get set() {
      return page();
    },
  };
}

const levels = { year: 2, gang: 3 } as const;

/** The sheets of a part, with so many pages before it. */
function partSheets(part: Part, before: number, book: Book, format: Format): Sheet[] {
  return setPart(part, format, before).map((leaf, index) => ({
    label: hasLeaves(format) ? `${part.title}·${folioOf(leaf, format)}` : folioOf(leaf, format),
    get drawn() {
      return drawMatterLeaf(leaf, book.front.title, format);
    },
    ...(index === 0 && { outline: [{ level: 1 as const, title: part.title }] }),
  }));
}

/** Whether folios count leaves, in each juan and part anew, or pages. */
const hasLeaves = (format: Format): boolean => format.juanBegins === 'leaf';

/** 五上, or the number of the page. */
function folioOf({ leaf, half, number }: Pick<Page, 'leaf' | 'half' | 'number'>, format: Format): string {
  return hasLeaves(format) ? `${chineseNumber(leaf)}${half === 'a' ? '上' : '下'}` : folioNumber(number);
}

const folioNumber = (number: number): string => chineseDigits(String(number));

function factsOf(page: Page, format: Format): PageFacts {
  const years = page.anchors.filter(({ kind }) => kind === 'year');
  return {
    folio: { juan: hasLeaves(format) ? page.juan : '', leaf: folioOf(page, format) },
    entities: new Set([...page.sideLines, ...page.brow.sideLines].flatMap(({ key }) => key ?? [])),
    interventions: [...page.cells, ...page.brow.cells, ...page.side].flatMap(
      ({ interventions }) => interventions ?? [],
    ),
    openings: [...juanOpening(page), ...years.map(({ label }) => ({ level: 2 as const, title: label }))],
  };
}

/** The juan that begins on a page; a text without juans has its years at the top of the outline. */
function juanOpening(page: Page): (OutlineEntry & { level: 1 })[] {
  return page.opens && page.juan ? [{ level: 1, title: page.juan }] : [];
}
