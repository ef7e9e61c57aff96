import type { Drawn, Glyph } from './drawing.ts';
import type { Format } from './format.ts';
import type { Geometry } from './geometry.ts';
import { chineseDigits } from './numerals.ts';
import type { Page } from './page.ts';

/** 書眉 of a page without frame: title and juan at the upper outer edge, the folio at the lower. Artifacts. */
export function drawRunningHead(
  page: Pick<Page, 'juan' | 'half' | 'number'>,
  title: string,
  format: Format,
  geometry: Geometry,
): Drawn[] {
  const { block, unit } = geometry;
  const size = geometry.textSize * 0.82;
  // Midway between the columns and the cut, but near enough to belong to the page.
  const away = Math.min(format.margin.outer * 0.5, 9 * unit + size);
  const x = page.half === 'a' ? block.left - away : block.right + away;
  const advance = size * 1.22;
  const folio = chineseDigits(String(page.number));
  const foot = geometry.frame.bottom - [...folio].length * advance;
  const room = Math.max(1, Math.floor((foot - geometry.frame.top) / advance) - 2);
  const head = [...`${title}　${page.juan}`].slice(0, room);
  return [...column(head, x, geometry.top, size, advance), ...column([...folio], x, foot, size, advance)];
}

function column(characters: readonly string[], x: number, top: number, size: number, advance: number): Glyph[] {
  return characters.flatMap((char, index): Glyph[] => {
    if (char === '　') return [];
    return [{ kind: 'glyph', char, x, y: top + index * advance, size, advance, weight: 500, ink: 'black' }];
  });
}
