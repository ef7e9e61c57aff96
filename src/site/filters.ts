// The choices above a time line or a map: what fits none of them is hidden or dimmed, and the number of the rest is told.

/** The selects of a page's filter, and what tells the number of the things shown. */
export interface Filters {
  readonly selects: readonly HTMLSelectElement[];
  readonly shown: Element;
}

/** The filters of the page; undefined where it has none. */
export function findFilters(): Filters | undefined {
  const shown = document.querySelector('.filters .shown');
  return shown ? { selects: [...document.querySelectorAll<HTMLSelectElement>('.filters select')], shown } : undefined;
}

/** Calls `apply` with the values chosen, now (a browser keeps choices when it comes back to a page) and on every change. */
export function followFilters({ selects, shown }: Filters, apply: (values: readonly string[]) => number): void {
  const run = (): void => {
    shown.textContent = String(apply(selects.map(({ value }) => value).filter(Boolean)));
  };
  for (const select of selects) select.addEventListener('change', run);
  run();
}
