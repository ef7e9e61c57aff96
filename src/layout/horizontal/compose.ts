import type { Book } from '../book.ts';
import { backParts, contentsOf, type Matter, type PageFacts, type Part, principlesOf } from '../matter.ts';
import { chineseNumber } from '../numerals.ts';
import type { OutlineEntry, Sheet, Sheets } from '../sheet.ts';
import { drawLevelPage, type Margins } from './draw.ts';
import type { HorizontalFormat } from './format.ts';
import { layoutHorizontal } from './layout.ts';
import { colophonLines, imprintLines, type MatterPage, setLevelPart, titleLines } from './matter.ts';
import type { LevelPage } from './page.ts';

/**
 * The whole horizontal book: title page, imprint, 凡例, contents, text, indexes, interventions, colophon. The front
 * matter has folios of its own (一, 二, …); those of the text go on behind it.
 */
export function composeHorizontal(book: Book, format: HorizontalFormat, matter: Matter = {}): Sheets {
  const pages = layoutHorizontal(book, format);
  const facts = pages.map(factsOf);
  const matterSheet: MakeSheet = (label, lines, margins, outline = []) => ({
    label,
    outline,
    // Drawn when it is written, as the pages of the text: those of a long book would not fit into memory.
    get drawn() {
      return drawLevelPage({ lines, apparatus: [], notes: [] }, margins, format);
    },
  });
  const bare = (label: string, lines: MatterPage, number: number): Sheet =>
    matterSheet(label, lines, { folio: '', number });
  // What stands behind the text comes first: the contents say its folios.
  let folio = pages.length;
  const behind: { title: string; folio: string }[] = [];
  const back: Sheet[] = [];
  for (const part of backParts(book, facts, matter)) {
    behind.push({ title: part.title, folio: String(folio + 1) });
    back.push(...partSheets(part, book, format, matterSheet, () => ({ text: String(++folio), number: folio })));
  }
  let leaf = 0;
  const front = [...principlesOf(book, matter), ...contentsOf(facts, behind, matter)].flatMap((part) =>
    partSheets(part, book, format, matterSheet, () => ({ text: chineseNumber(++leaf), number: leaf })),
  );
  // The text begins on a right page.
  const filler = front.length % 2 === 1 ? [{ label: chineseNumber(front.length + 1), drawn: [] }] : [];
  const sheets: Sheet[] = [
    bare('書名頁', titleLines(book, format), 1),
    bare('版本說明', imprintLines(book, format), 2),
    ...front,
    ...filler,
    ...pages.map((page) => textSheet(page, book, format)),
    ...back,
    // The colophon stands on the last page of a leaf.
    ...(folio % 2 === 0 ? [{ label: '空白', drawn: [] }] : []),
    bare('版權頁', colophonLines(book, format), folio + (folio % 2 === 0 ? 2 : 1)),
  ];
  return { page: format.page, binding: 'left', sheets };
}

/** Makes a sheet of front or back matter. */
type MakeSheet = (label: string, lines: MatterPage, margins: Margins, outline?: readonly OutlineEntry[]) => Sheet;

function partSheets(
  part: Part,
  book: Book,
  format: HorizontalFormat,
  matterSheet: MakeSheet,
  nextFolio: () => { text: string; number: number },
): Sheet[] {
  return setLevelPart(part, format).map((lines, index) => {
    const { text, number } = nextFolio();
    const head = { verso: book.front.title, recto: part.title };
    const margins = { folio: text, number, ...(index > 0 && { head }) };
    return matterSheet(text, lines, margins, index === 0 ? [{ level: 1, title: part.title }] : []);
  });
}

function textSheet(page: LevelPage, book: Book, format: HorizontalFormat): Sheet {
  const { title } = book.front;
  const verso = [title, page.juan].filter(Boolean).join('　');
  const head = { verso, recto: [page.juan, page.year].filter(Boolean).join('　') || title };
  const margins = { folio: String(page.folio), number: page.folio, ...(!page.opening && { head }) };
  const anchors = page.anchors.map(({ kind, label }) => ({ level: levels[kind], title: label }));
  return {
    label: String(page.folio),
    get drawn() {
      return drawLevelPage(page, margins, format);
    },
    set: page,
    outline: [...juanOpening(page), ...anchors],
  };
}

const levels = { year: 2, gang: 3 } as const;

function factsOf(page: LevelPage): PageFacts {
  const lines = [...page.lines, ...page.apparatus, ...page.notes];
  const years = page.anchors.filter(({ kind }) => kind === 'year');
  return {
    folio: { juan: '', leaf: String(page.folio) },
    entities: new Set(lines.flatMap(({ underlines }) => underlines.flatMap(({ key }) => key ?? []))),
    interventions: lines.flatMap(({ cells }) => cells.flatMap(({ interventions }) => interventions ?? [])),
    openings: [...juanOpening(page), ...years.map(({ label }) => ({ level: 2 as const, title: label }))],
  };
}

/** The juan that begins on a page; a text without juans has its years at the top of the outline. */
function juanOpening(page: LevelPage): { level: 1; title: string }[] {
  return page.opening && page.juan ? [{ level: 1, title: page.juan }] : [];
}
