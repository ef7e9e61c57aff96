import type { Book } from './book.ts';
import { drawPage } from './draw-page.ts';
import type { Format } from './format.ts';
import { drawColophon, drawImprint, drawTitlePage } from './front-pages.ts';
import { layoutPages } from './layout.ts';
import { backParts, contentsOf, type Matter, type PageFacts, type Part, principlesOf } from './matter.ts';
import { drawMatterLeaf, setPart } from './matter-columns.ts';
import { chineseNumber } from './numerals.ts';
import type { Page } from './page.ts';
import type { OutlineEntry, Sheet, Sheets } from './sheet.ts';

/**
 * The whole vertical book: title leaf, 凡例, contents, text, indexes, interventions, colophon. The text is set first:
 * every part has folios of its own, so what stands before it does not move it.
 */
export function composeVertical(book: Book, format: Format, matter: Matter = {}): Sheets {
  const pages = layoutPages(book, format);
  const facts = pages.map(factsOf);
  const back = backParts(book, facts, matter);
  const behind = back.map(({ title }) => ({ title, folio: folioOf({ leaf: 1, half: 'a' }) }));
  const front = [...principlesOf(book, matter), ...contentsOf(facts, behind, matter)];
  const sheets: Sheet[] = [
    { label: '內封', drawn: drawTitlePage(book, format) },
    { label: '牌記', drawn: drawImprint(book, format) },
    ...front.flatMap((part) => partSheets(part, book, format)),
    ...pages.map((page) => textSheet(page, book, format)),
    ...back.flatMap((part) => partSheets(part, book, format)),
    { label: '版權', drawn: drawColophon(book, format) },
  ];
  return { page: format.page, binding: 'right', sheets };
}

function textSheet(page: Page, book: Book, format: Format): Sheet {
  const openings = [
    ...juanOpening(page),
    ...page.anchors.map(({ kind, label }) => ({ level: levels[kind], title: label })),
  ];
  return { label: `${page.juan}·${folioOf(page)}`, drawn: drawPage(page, book.front.title, format), outline: openings };
}

const levels = { year: 2, gang: 3 } as const;

function partSheets(part: Part, book: Book, format: Format): Sheet[] {
  return setPart(part, format).map((leaf, index) => ({
    label: `${part.title}·${folioOf(leaf)}`,
    drawn: drawMatterLeaf(leaf, book.front.title, format),
    ...(index === 0 && { outline: [{ level: 1 as const, title: part.title }] }),
  }));
}

/** 五上. */
function folioOf({ leaf, half }: Pick<Page, 'leaf' | 'half'>): string {
  return `${chineseNumber(leaf)}${half === 'a' ? '上' : '下'}`;
}

function factsOf(page: Page): PageFacts {
  const years = page.anchors.filter(({ kind }) => kind === 'year');
  return {
    folio: { juan: page.juan, leaf: folioOf(page) },
    entities: new Set(page.sideLines.flatMap(({ key }) => key ?? [])),
    interventions: page.cells.flatMap(({ interventions }) => interventions ?? []),
    openings: [...juanOpening(page), ...years.map(({ label }) => ({ level: 2 as const, title: label }))],
  };
}

/** The juan that begins on a page; a text without juans has its years at the top of the outline. */
function juanOpening(page: Page): (OutlineEntry & { level: 1 })[] {
  return page.leaf === 1 && page.half === 'a' && page.juan ? [{ level: 1, title: page.juan }] : [];
}
