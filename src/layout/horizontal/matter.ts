import type { Book } from '../book.ts';
import { bookSubtitle, imprintTexts, statements } from '../front-pages.ts';
import type { MatterEntry, MatterText, Part } from '../matter.ts';
import { widthOf, widthOfText } from '../widths.ts';
import { centredLine, toCell, type UnplacedLine } from './blocks.ts';
import type { HorizontalFormat } from './format.ts';
import { breakLines, type Room } from './lines.ts';
import type { LevelCell, LevelLine } from './page.ts';
import { generate, type Piece } from './pieces.ts';
import { heightOf, sizeOf } from './styles.ts';

/** A page of a part: lines only. */
export type MatterPage = readonly LevelLine[];

/** Characters between the two columns of an index. */
const gutter = 2;

/** Sets a part on pages: indexes in two columns, all else in lines of the whole measure. */
export function setLevelPart(part: Part, format: HorizontalFormat): MatterPage[] {
  const title = place(asText(centredLine(part.title, 'part', format.characters / sizeOf('part', format))), 0);
  const top = heightOf('part', format);
  const measure = format.characters / sizeOf(part.index ? 'item' : 'paragraph', format);
  // Narrow pages have no room for two columns.
  const columns = part.index && measure >= 34 ? 2 : 1;
  const width = (measure - gutter * (columns - 1)) / columns;
  const groups = part.entries.map((entry) => entryLines(entry, width, format, part.index ? 'item' : 'paragraph'));
  const pages: LevelLine[][] = [[title]];
  let column = 0;
  let y = top;
  for (const [index, group] of groups.entries()) {
    // A heading goes with the first two lines of what follows.
    const heading = part.entries[index]!.kind === 'section';
    const space = heading && y > top ? 0.5 : 0;
    const together = heading ? [...group, ...(groups[index + 1] ?? []).slice(0, 2)] : group.slice(0, 2);
    for (const [position, line] of group.entries()) {
      const needed =
        position === 0
          ? together.reduce((sum, { style }) => sum + heightOf(style, format), space)
          : heightOf(line.style, format);
      if (y + needed > format.lines + 1e-6) {
        column = (column + 1) % columns;
        if (column === 0) pages.push([]);
        y = pages.length === 1 ? top : 0;
      } else if (position === 0) y += space;
      pages.at(-1)!.push(place(line, y, column * (width + gutter)));
      y += heightOf(line.style, format);
    }
  }
  return pages;
}

function entryLines(
  entry: MatterEntry,
  width: number,
  format: HorizontalFormat,
  item: 'item' | 'paragraph' = 'paragraph',
): UnplacedLine[] {
  const { kinsoku } = format;
  const set = (style: UnplacedLine['style'], pieces: readonly Piece[], room: (line: number) => Room): UnplacedLine[] =>
    breakLines(pieces, kinsoku, room).map((placed) => asText({ style, cells: placed.map(toCell), underlines: [] }));
  switch (entry.kind) {
    case 'section':
      return set('section', generate(entry.text), () => ({ from: 0, to: width }));
    case 'paragraph':
      return set('paragraph', generate(entry.text), (line) => ({ from: line === 0 ? format.indent : 0, to: width }));
    case 'line': {
      const indent = (entry.level - 1) * 2;
      const room = (line: number): Room => ({ from: line === 0 ? indent : indent + 2, to: width - folioRoom });
      const lines = set('paragraph', generate(entry.text), room);
      return withFolio(entry.level === 1 ? strengthen(lines, entry.text.length) : lines, entry.folio, width);
    }
    case 'item': {
      const head = piecesOf(entry.head);
      const to = entry.folio ? width - folioRoom : width;
      const lines = set(item, [...head, ...piecesOf(entry.text)], (line) => ({ from: line === 0 ? 0 : 2, to }));
      const strong = strengthen(lines, head.length);
      return entry.folio ? withFolio(strong, entry.folio, width) : strong;
    }
  }
}

/** Room kept free for a folio at the end of a line. */
const folioRoom = 4;

/** The first cells in heavy type. */
function strengthen(lines: readonly UnplacedLine[], count: number): UnplacedLine[] {
  let left = count;
  return lines.map((line) => ({
    ...line,
    cells: line.cells.map((cell) => (left-- > 0 ? { ...cell, strong: true as const } : cell)),
  }));
}

/** Puts the folio at the right edge of the last line, dots before it. */
function withFolio(lines: readonly UnplacedLine[], folio: string, width: number): UnplacedLine[] {
  const last = lines.at(-1)!;
  const end = Math.max(...last.cells.map((cell) => cell.x + cell.width));
  let x = width - widthOfText(folio);
  const leader = [end + 0.6, x - 0.6] as const;
  const cells = [...folio].map((char): LevelCell => {
    const cell = { text: char, x, width: widthOf(char) };
    x += cell.width;
    return cell;
  });
  return [...lines.slice(0, -1), { ...last, cells: [...last.cells, ...cells], leader }];
}

function piecesOf(text: MatterText): Piece[] {
  return text.flatMap((part) =>
    typeof part === 'string' ? generate(part) : [{ text: part.spelling, gaiji: part, width: 1 }],
  );
}

/** Generated parts have a text layer, unlike what is generated between the text. */
function asText(line: UnplacedLine): UnplacedLine {
  return { ...line, cells: line.cells.map(({ generated: _, ...cell }) => cell) };
}

function place(line: UnplacedLine, y: number, x = 0): LevelLine {
  const cells = line.cells.map((cell) => ({ ...cell, x: cell.x + x }));
  return { ...line, cells, y };
}

/** The title page: authors, the title large, its juan, the publisher and the year at the foot. */
export function titleLines(book: Book, format: HorizontalFormat): MatterPage {
  const { front } = book;
  const line = (text: string, style: LevelLine['style'], y: number): LevelLine[] =>
    text ? [place(asText(centredLine(text, style, format.characters / sizeOf(style, format))), y)] : [];
  const foot = [front.publisher, front.date?.slice(0, 4)].filter(Boolean).join('　');
  return [
    ...line(front.title, 'title', format.lines * 0.22),
    ...line(bookSubtitle(book), 'part', format.lines * 0.22 + 4.5),
    ...line(front.authors.length > 0 ? `${front.authors.join('　')}　撰` : '', 'year', format.lines * 0.22 + 8.5),
    ...line(foot, 'paragraph', format.lines - 2),
  ];
}

/** The verso of the title page: which edition this is, after which book. */
export function imprintLines(book: Book, format: HorizontalFormat): MatterPage {
  const texts = [...imprintTexts(book), book.front.edition ?? ''].filter((text) => text !== '');
  const flush = { ...format, indent: 0 };
  return atFoot(
    texts.flatMap((text) => entryLines({ kind: 'paragraph', text }, format.characters, flush)),
    format,
  );
}

/** The colophon: labelled statements at the foot of the last page. */
export function colophonLines(book: Book, format: HorizontalFormat): MatterPage {
  const legend = `綱頂格，目首行縮進${format.indent}字；注在頁末，每頁編號。直線標人名、地名、國族，波線標書名篇名。紀年標題、校記為編者所加。`;
  const lines = statements(book, legend).flatMap(([label, text]) =>
    text.split('\n').flatMap((part, index) => {
      const cells = breakLines(generate(`${index === 0 ? label : '　　'}　${part}`), format.kinsoku, (line) => ({
        from: line === 0 ? 0 : 3,
        to: format.characters,
      }));
      return cells.map((placed, row) => {
        const set = placed
          .map(toCell)
          .map((cell, at) => (row + index === 0 && at < label.length ? { ...cell, strong: true as const } : cell));
        return asText({ style: 'paragraph', cells: set, underlines: [] });
      });
    }),
  );
  return atFoot(lines, format);
}

/** Lines that end at the foot of the page. */
function atFoot(lines: readonly UnplacedLine[], format: HorizontalFormat): MatterPage {
  const top = Math.max(0, format.lines - lines.length);
  return lines.slice(0, format.lines).map((line, index) => place(line, top + index));
}
