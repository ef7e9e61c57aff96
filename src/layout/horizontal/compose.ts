import type { Book } from '../book.ts';
import type { OutlineEntry, Sheet, Sheets } from '../sheet.ts';
import { drawLevelPage } from './draw.ts';
import type { HorizontalFormat } from './format.ts';
import { layoutHorizontal } from './layout.ts';
import type { LevelPage } from './page.ts';

/** The whole horizontal book. */
export function composeHorizontal(book: Book, format: HorizontalFormat): Sheets {
  const pages = layoutHorizontal(book, format);
  return { page: format.page, binding: 'left', sheets: pages.map((page) => textSheet(page, book, format)) };
}

function textSheet(page: LevelPage, book: Book, format: HorizontalFormat): Sheet {
  const { title } = book.front;
  const verso = [title, page.juan].filter(Boolean).join('　');
  const head = { verso, recto: [page.juan, page.year].filter(Boolean).join('　') || title };
  const margins = { folio: String(page.folio), number: page.folio, ...(!page.opening && { head }) };
  return { label: String(page.folio), drawn: drawLevelPage(page, margins, format), outline: outlineOf(page) };
}

function outlineOf(page: LevelPage): OutlineEntry[] {
  const juan = page.opening && page.juan ? [{ level: 1 as const, title: page.juan }] : [];
  const anchors = page.anchors.map(({ kind, label }) => ({
    level: kind === 'year' ? (2 as const) : (3 as const),
    title: label,
  }));
  return [...juan, ...anchors];
}
