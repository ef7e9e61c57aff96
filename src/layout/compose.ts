import type { Book } from './book.ts';
import { drawPage } from './draw-page.ts';
import type { Format } from './format.ts';
import { drawColophon, drawImprint, drawTitlePage } from './front-pages.ts';
import { layoutPages } from './layout.ts';
import { chineseNumber } from './numerals.ts';
import type { Page } from './page.ts';
import type { OutlineEntry, Sheet, Sheets } from './sheet.ts';

/** The whole vertical book: title leaf, text, colophon. */
export function composeVertical(book: Book, format: Format): Sheets {
  const pages = layoutPages(book, format);
  const text = pages.map(
    (page): Sheet => ({
      label: leafLabel(page),
      drawn: drawPage(page, book.front.title, format),
      outline: outlineOf(page),
    }),
  );
  const sheets: Sheet[] = [
    { label: '內封', drawn: drawTitlePage(book, format) },
    { label: '牌記', drawn: drawImprint(book, format) },
    ...text,
    { label: '版權', drawn: drawColophon(book, format) },
  ];
  return { page: format.page, binding: 'right', sheets };
}

/** 卷三·五上. */
export function leafLabel({ juan, leaf, half }: Pick<Page, 'juan' | 'leaf' | 'half'>): string {
  return `${juan}·${chineseNumber(leaf)}${half === 'a' ? '上' : '下'}`;
}

/** The juan that begins on a page, its years and entries; a text without juans has its years at the top. */
function outlineOf(page: Page): OutlineEntry[] {
  const juan = page.leaf === 1 && page.half === 'a' && page.juan ? [{ level: 1 as const, title: page.juan }] : [];
  const anchors = page.anchors.map(({ kind, label }) => ({
    level: kind === 'year' ? (2 as const) : (3 as const),
    title: label,
  }));
  return [...juan, ...anchors];
}
