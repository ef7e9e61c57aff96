import type { HorizontalFormat } from './format.ts';
import type { LineStyle } from './page.ts';

/** The size of a style as a part of the text's. */
export function sizeOf(style: LineStyle, format: HorizontalFormat): number {
  switch (style) {
    case 'juan':
    case 'part':
      return 1.5;
    case 'title':
      return 2.8;
    case 'year':
      return 1.15;
    case 'note':
    case 'apparatus':
      return format.note.size;
    case 'item':
      return 0.88;
    default:
      return 1;
  }
}

/** Height of a line in lines of text. */
export function heightOf(style: LineStyle, format: HorizontalFormat): number {
  switch (style) {
    case 'juan':
    case 'part':
      return 3;
    case 'title':
      return 4;
    case 'author':
      return 2;
    case 'year':
    case 'section':
      return 1.5;
    case 'note':
    case 'apparatus':
      return format.note.leading;
    case 'item':
      return 0.9;
    default:
      return 1;
  }
}
