import type { LayoutConfig } from '../config/edition-config.ts';
import type { FormatChanges } from '../layout/format.ts';
import { type PageName, pageSize } from '../layout/page-sizes.ts';

/** The page format that the layout of edition.json asks for; what it leaves open stays as in the preset. */
export function printFormat({ preset, page, cells, ...same }: LayoutConfig): FormatChanges {
  return {
    ...same,
    ...(preset && { kind: preset }),
    // The schema has let only these names through.
    ...(page && { page: pageSize(page as PageName) }),
    ...(cells !== undefined && { rows: cells }),
  };
}
