import type { LayoutConfig } from '../config/edition-config.ts';
import type { Format } from '../layout/format.ts';

/** The page format that the layout of edition.json asks for; what it leaves open stays as in the preset. */
export function printFormat({ page, columns, cells, punctuation }: LayoutConfig): Partial<Format> {
  return {
    ...(page ? { page } : {}),
    ...(columns === undefined ? {} : { columns }),
    ...(cells === undefined ? {} : { rows: cells }),
    ...(punctuation ? { punctuation } : {}),
  };
}
