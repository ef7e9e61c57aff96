import type { Book } from './book.ts';
import { box, type Drawn, type Glyph, rectangle, stroke } from './drawing.ts';
import { type Format, keben } from './format.ts';
import { lines } from './frame.ts';
import { chineseDate, chineseDigits, chineseNumber } from './numerals.ts';
import { drawLine, fitSize, glyphAt, lengthOf, wrap } from './vertical-text.ts';

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The title page (內封): three fields under a band with the year, the title large in the middle. */
export function drawTitlePage(book: Book, format: Format): Drawn[] {
  const { page } = format;
  const area = centred(page.width, page.height, page.width * 0.72, page.height * 0.74, -0.01);
  const { front } = book;
  const unit = unitOf(format);
  const band = front.date ? 15 * unit : 0;
  const side = area.width * 0.235;
  const top = area.y + band;
  const height = area.height - band;
  const left = area.x + side;
  const right = area.x + area.width - side;
  const drawn: Drawn[] = [
    ...doubleFrame(area),
    stroke(left, top, left, area.y + area.height, lines.inner),
    stroke(right, top, right, area.y + area.height, lines.inner),
  ];
  if (front.date) {
    drawn.push(stroke(area.x, top, area.x + area.width, top, lines.inner));
    drawn.push(...drawBand(`${chineseDigits(front.date.slice(0, 4))}年刊`, area, band));
  }
  const characters = [...front.title].length;
  const size = Math.min((right - left) * 0.74, (height * 0.9) / (characters * 1.14));
  const length = characters * size * 1.14 - size * 0.14;
  const titleTop = top + (height - length) / 2;
  drawn.push(...drawLine({ text: front.title, x: (left + right) / 2, y: titleTop, size, weight: 600, spacing: 1.14 }));
  const small = Math.min(9 * unit, side * 0.4);
  if (front.authors.length > 0) {
    const text = `${front.authors.join('　')}　撰`;
    drawn.push(
      ...drawLine({
        text,
        x: right + side / 2,
        y: top + 14 * unit,
        size: fitSize(text, small, height - 28 * unit),
        weight: 600,
        spacing: 1.22,
      }),
    );
  }
  const subtitle = bookSubtitle(book);
  if (subtitle) {
    const size = Math.min(small, (height - 28 * unit) / ([...subtitle].length * 1.08 + 0.32));
    drawn.push(...drawSeal(subtitle, left - side / 2, area.y + area.height - 14 * unit, size));
  }
  return drawn;
}

/** The band above the fields: its characters run from right to left. */
function drawBand(text: string, area: Box, height: number): Glyph[] {
  const size = height * 0.5;
  const characters = [...text];
  const pitch = Math.min(size * 1.9, (area.width * 0.9) / characters.length);
  const start = area.x + area.width / 2 + (pitch * (characters.length - 1)) / 2;
  return characters.map((char, index) =>
    glyphAt(char, start - index * pitch, area.y + (height - size) / 2, size, size, 600, 'black'),
  );
}

/** What the imprint says: the title, after which book it is made, when and by whom. */
export function imprintTexts(book: Book): string[] {
  const { front } = book;
  const year = front.sourceDate ? chineseDate(front.sourceDate) : '';
  const title = `${front.title}${bookSubtitle(book)}`;
  return [
    title,
    front.sourceTitle || year ? `據${year.replace(/年.*$/, '年')}${front.sourceTitle ?? ''}重編` : '',
    front.date ? `${chineseDate(front.date)}刊行` : '',
    front.publisher ?? '',
  ].filter((text) => text !== '');
}

/** The verso of the title page (牌記): a cartouche that says after which book this one is made, when and by whom. */
export function drawImprint(book: Book, format: Format): Drawn[] {
  const texts = imprintTexts(book);
  const unit = unitOf(format);
  if (texts.length === 0) return [];
  const size = 6.4 * unit;
  const pitch = 13 * unit;
  const longest = Math.max(...texts.map((text) => lengthOf(text, size, 1.16)));
  const room = Math.min(longest + 16 * unit, format.page.height * 0.7);
  const area = centred(format.page.width, format.page.height, texts.length * pitch + 6 * unit, room, -0.03);
  const drawn: Drawn[] = doubleFrame(area);
  for (const [index, text] of texts.entries()) {
    const x = area.x + area.width - 3 * unit - pitch * (index + 0.5);
    if (index > 0) drawn.push(stroke(x + pitch / 2, area.y, x + pitch / 2, area.y + area.height, lines.rule));
    const fit = Math.min(size, (size * (area.height - 14 * unit)) / lengthOf(text, size, 1.16));
    drawn.push(
      ...drawLine({ text, x, y: area.y + 8 * unit, size: fit, weight: index === 0 ? 600 : 500, spacing: 1.16 }),
    );
  }
  return drawn;
}

/** The colophon (版權頁): how to read the page, and what the header says of edition, source and licence. */
export function drawColophon(book: Book, format: Format): Drawn[] {
  const { page } = format;
  const area = centred(page.width, page.height, page.width * 0.8, page.height * 0.72, -0.01);
  const unit = unitOf(format);
  const size = 4.3 * unit;
  const top = area.y + 8 * unit;
  const room = area.height - 16 * unit;
  const labelled = 3 * size * 1.14;
  const columns: { label?: string; text: string }[] = [];
  for (const [label, text] of statements(book, legend(format))) {
    const parts = text.split('\n').flatMap((line) => wrap(line, size, room - labelled));
    for (const [index, part] of parts.entries()) {
      columns.push({ ...(index === 0 && { label }), text: part });
    }
  }
  const heading = 20 * unit;
  const pitch = Math.min(9.5 * unit, (area.width - heading - 4 * unit) / columns.length);
  const drawn: Drawn[] = [...doubleFrame(area)];
  const headX = area.x + area.width - heading / 2 - unit;
  const title = `${book.front.title}${bookSubtitle(book)}`;
  drawn.push(stroke(headX - heading / 2, area.y, headX - heading / 2, area.y + area.height, lines.inner));
  drawn.push(
    ...drawLine({
      text: title,
      x: headX,
      y: top,
      size: fitSize(title, 10 * unit, room - 26 * unit),
      weight: 600,
      spacing: 1.16,
    }),
  );
  drawn.push(...drawSeal('版權', headX, area.y + area.height - 8 * unit, 6.2 * unit));
  for (const [index, { label, text }] of columns.entries()) {
    const x = headX - heading / 2 - pitch * (index + 0.5) - unit;
    if (label) {
      const begins = x + pitch / 2;
      if (index > 0) drawn.push(stroke(begins, area.y, begins, area.y + area.height, lines.rule));
      drawn.push(...drawLine({ text: label, x, y: top, size, weight: 600, spacing: 1.14 }));
    }
    drawn.push(...drawLine({ text, x, y: top + labelled, size, weight: 500, spacing: 1.14 }));
  }
  return drawn;
}

/** Label and statement of the colophon, a line feed where a new column must begin, those without a value left out. */
export function statements({ front }: Book, legend: string): [string, string][] {
  const source = [front.sourceTitle && `《${front.sourceTitle}》`, front.sourceDate && chineseDate(front.sourceDate)];
  const all: [string, string | undefined][] = [
    ['撰者', front.authors.join('、')],
    ['編者', front.editors.join('、')],
    ['底本', source.filter(Boolean).join('　')],
    ['版本', front.edition],
    ['刊行', [front.date && chineseDate(front.date), front.publisher].filter(Boolean).join('　')],
    ['識別', front.identifier],
    ['授權', [front.licence, front.licenceAddress].filter(Boolean).join('\n')],
    ['版式', legend],
    ['排印', 'weibian　Noto Serif TC (SIL Open Font License 1.1)'],
  ];
  return all.filter((entry): entry is [string, string] => Boolean(entry[1]));
}

function legend(format: Format): string {
  const marks = format.punctuation === 'judou' ? '圈為句，點為讀。' : '';
  const years = format.frame ? '框內紀年、' : '';
  const lower = format.indent > 0 ? `目低${chineseNumber(format.indent)}格` : '目亦頂格';
  // Where titles keep their brackets they have no line.
  const titles = format.punctuation === 'full' && format.titles === 'brackets' ? '' : '，波線標書名篇名';
  return `綱頂格，${lower}，注雙行。${marks}直線標人名、地名、國族${titles}。${years}方括皆編者補。`;
}

/** The juan of a book of one, 卷三; the range of a longer one, 卷三至卷五. */
export function bookSubtitle(book: Book): string {
  const first = book.juans[0]?.label ?? '';
  const last = book.juans.at(-1)?.label ?? '';
  return first === last ? first : `${first}至${last}`;
}

/** A red seal with white characters, its lower edge at `bottom`. */
function drawSeal(text: string, x: number, bottom: number, size: number): Drawn[] {
  const characters = [...text];
  const height = (characters.length * 1.08 + 0.32) * size;
  const width = size * 1.38;
  const top = bottom - height;
  return [
    rectangle(x - width / 2, top, width, height, 'red'),
    ...characters.map((char, index) =>
      glyphAt(char, x, top + (0.2 + index * 1.08) * size, size, size * 1.08, 700, 'paper'),
    ),
  ];
}

/** A thick frame outside a thin one whose lines stand on the box. */
function doubleFrame(area: Box): Drawn[] {
  const out = lines.gap + (lines.inner + lines.outer) / 2;
  return [
    ...box(area.x, area.y, area.width, area.height, lines.inner),
    ...box(area.x - out, area.y - out, area.width + 2 * out, area.height + 2 * out, lines.outer),
  ];
}

/** What a millimetre of the keben page is on this one. */
function unitOf({ page }: Format): number {
  return Math.min(page.width / keben.page.width, page.height / keben.page.height);
}

function centred(pageWidth: number, pageHeight: number, width: number, height: number, shift: number): Box {
  return { x: (pageWidth - width) / 2, y: (pageHeight - height) / 2 + shift * pageHeight, width, height };
}
