/** Width and height of a trimmed page in millimetres. */
export interface PageSize {
  readonly width: number;
  readonly height: number;
}

// GB/T 788—1999 (after ISO 6716) knows A4 (16 leaves of a sheet), A5 (32) and A6 (64), and B5 of the larger sheet. The
// trade still calls the sizes cut from sheets of 787 × 1092 and 889 × 1194 mm (850 × 1168 for 大32開) by 開.
const sizes = {
  A4: { width: 210, height: 297 },
  A5: { width: 148, height: 210 },
  A6: { width: 105, height: 144 },
  B5: { width: 169, height: 239 },
  '16開': { width: 185, height: 260 },
  '32開': { width: 130, height: 184 },
  大16開: { width: 210, height: 285 },
  大32開: { width: 140, height: 203 },
} as const satisfies Readonly<Record<string, PageSize>>;

/** Name of a page size: of the standard (A4) or of the trade (大32開). */
export type PageName = keyof typeof sizes;

/** The named page sizes. */
export const pageSizes: Readonly<Record<PageName, PageSize>> = sizes;

/** The size that a name or a size of one's own stands for. */
export function pageSize(page: PageName | PageSize): PageSize {
  return typeof page === 'string' ? sizes[page] : page;
}
