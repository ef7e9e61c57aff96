import type { LayoutConfig } from '../config/edition-config.ts';
import type { FormatChanges } from '../layout/format.ts';
import type { HorizontalChanges } from '../layout/horizontal/format.ts';
import { type PageName, pageSize } from '../layout/page-sizes.ts';

/** The vertical format that the layout of edition.json asks for; what it leaves open stays as in the preset. */
export function printFormat({ preset, page, cells, fonts: _, matter: __, ...same }: LayoutConfig): FormatChanges {
  return {
    ...same,
    ...(preset && preset !== 'horizontal' && { kind: preset }),
    ...(page && { page: sizeOf(page) }),
    ...(cells !== undefined && { rows: cells }),
  };
}

/** The same for horizontal pages: cells are the characters of a line, columns the lines of a page. */
export function horizontalFormat({ page, margin, cells, columns, indent, apparatus }: LayoutConfig): HorizontalChanges {
  const { top, bottom, spine: inside, outer: outside } = margin ?? {};
  const given = { top, bottom, inside, outside };
  return {
    kind: 'horizontal',
    ...(page && { page: sizeOf(page) }),
    ...(margin && { margin: Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) }),
    ...(cells !== undefined && { characters: cells }),
    ...(columns !== undefined && { lines: columns }),
    ...(indent !== undefined && { indent }),
    ...(apparatus && { apparatus: apparatus !== 'none' }),
  };
}

// The schema has let only these names through.
const sizeOf = (page: NonNullable<LayoutConfig['page']>): ReturnType<typeof pageSize> => pageSize(page as PageName);
