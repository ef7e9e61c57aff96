import type { Drawn } from './drawing.ts';

/**
 * A page as the back ends take it: its label (the folio a reader sees), and what the outline lists on it. `drawn` may
 * be a getter that draws the page: it is read once.
 */
export interface Sheet {
  readonly label: string;
  readonly drawn: readonly Drawn[];
  readonly outline?: readonly OutlineEntry[];
  /** The page of the text as the layout has set it, plain data: see page.ts and horizontal/page.ts; of a whole leaf both. */
  readonly set?: object | undefined;
}

/** An entry of the outline; it hangs below the last one of a smaller level. Parts and juan are 1, years 2, entries 3. */
export interface OutlineEntry {
  readonly level: 1 | 2 | 3;
  readonly title: string;
}

/** The sheets of a book, all of one size (in millimetres), bound on the right (vertical text) or on the left. */
export interface Sheets {
  readonly page: { readonly width: number; readonly height: number };
  readonly binding: 'right' | 'left';
  readonly sheets: readonly Sheet[];
  /** Whole leaves, printed on one side and folded: their number need not be even. */
  readonly folded?: true;
}
