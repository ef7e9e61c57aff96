import type { Book } from './book.ts';
import { drawPage } from './draw-page.ts';
import { foldLeaves } from './fold-leaves.ts';
import type { Format } from './format.ts';
import { drawColophon, drawImprint, drawTitlePage } from './front-pages.ts';
import { glyphBlocks, listGlyphs, placeOf } from './glyph-list.ts';
import { hasRaised, layoutAppendix, layoutPages } from './layout.ts';
import { chineseDigits, chineseNumber } from './numerals.ts';
import type { Page } from './page.ts';
import type { OutlineEntry, Sheet, Sheets } from './sheet.ts';

/** The whole vertical book: title leaf, text, list of characters, colophon. `has`: whether a font has a character. */
export function composeVertical(book: Book, given: Format, has: (char: string) => boolean): Sheets {
  const format = withRaisedRow(book, given);
  const pages = layoutPages(book, format);
  const text = [...pages, ...glyphPages(pages, format, has)].map(
    (page): Sheet => ({
      label: folioLabel(page, format),
      // Drawn when it is written: the drawings of all pages of a long book would not fit into memory.
      get drawn() {
        return drawPage(page, book.front.title, format);
      },
      outline: outlineOf(page),
      set: page,
    }),
  );
  const sheets: Sheet[] = [
    { label: '內封', drawn: drawTitlePage(book, format) },
    { label: '牌記', drawn: drawImprint(book, format) },
    ...text,
    { label: '版權', drawn: drawColophon(book, format) },
  ];
  const halves: Sheets = { page: format.page, binding: 'right', sheets };
  return format.sheet === 'leaf' ? foldLeaves(halves) : halves;
}

/** A book with 單抬 needs a row for it above the columns. */
function withRaisedRow(book: Book, format: Format): Format {
  return format.raised === 0 && hasRaised(book) ? { ...format, raised: 1 } : format;
}

/** 字形表: the characters that are composed or printed as 〓; no pages where there are none. */
function glyphPages(pages: readonly Page[], format: Format, has: (char: string) => boolean): Page[] {
  const glyphs = listGlyphs(pages, has);
  if (glyphs.length === 0) return [];
  const blocks = glyphBlocks(glyphs, (page) => placeOf(page, format.juanBegins === 'leaf'));
  return layoutAppendix('字形表', blocks, format, pages.length);
}

/** The folio as a reader sees it: 卷三·五上, or the number of the page. */
function folioLabel(page: Page, format: Format): string {
  return format.juanBegins === 'leaf' ? leafLabel(page) : chineseDigits(String(page.number));
}

/** 卷三·五上. */
export function leafLabel({ juan, leaf, half }: Pick<Page, 'juan' | 'leaf' | 'half'>): string {
  return `${juan}·${chineseNumber(leaf)}${half === 'a' ? '上' : '下'}`;
}

/** The juan that begins on a page, its years and entries; a text without juans has its years at the top. */
function outlineOf(page: Page): OutlineEntry[] {
  const juan = page.opens && page.juan ? [{ level: 1 as const, title: page.juan }] : [];
  const anchors = page.anchors.map(({ kind, label }) => ({
    level: kind === 'year' ? (2 as const) : (3 as const),
    title: label,
  }));
  return [...juan, ...anchors];
}
