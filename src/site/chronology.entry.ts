import { findFilters, followFilters } from './filters.ts';

// On the chronology: only the entries that name the person and the place chosen.

const rows = [...document.querySelectorAll<HTMLElement>('.entry-row')];
const marks = [...document.querySelectorAll<SVGElement>('.mark')];

/** Whether an entry, by its row or mark, names all entities chosen. */
function names(element: HTMLElement | SVGElement, chosen: readonly string[]): boolean {
  const named = (element.dataset.names ?? '').split(' ');
  return chosen.every((id) => named.includes(id));
}

const filters = findFilters();
if (filters) {
  followFilters(filters, (chosen) => {
    for (const row of rows) row.hidden = !names(row, chosen);
    for (const mark of marks) mark.classList.toggle('dim', !names(mark, chosen));
    return rows.filter((row) => !row.hidden).length;
  });
}
