import { findFilters, followFilters } from './filters.ts';

// On the map: the places that the text names in the year chosen, in the size of that year.

/** A site: its circle, the radius for all years, and that for each year in which it is named. */
interface Site {
  readonly element: SVGElement;
  readonly circle: Element;
  readonly whole: string;
  readonly radii: ReadonlyMap<string, string>;
}

function readSite(element: SVGElement): Site[] {
  const circle = element.querySelector('circle');
  if (!circle) return [];
  const pairs = (element.dataset.radii ?? '').split(' ').map((pair) => pair.split(':') as [string, string]);
  return [{ element, circle, whole: circle.getAttribute('r') ?? '', radii: new Map(pairs) }];
}

const sites = [...document.querySelectorAll<SVGElement>('.site')].flatMap(readSite);

// On a narrow screen the map is wider than its frame: it opens where the text speaks most.
const frame = document.querySelector('.map .scroll');
const first = sites[0]?.circle.getBoundingClientRect();
if (frame && first) frame.scrollLeft = first.left - frame.getBoundingClientRect().left - frame.clientWidth / 2;

const filters = findFilters();
if (filters) {
  followFilters(filters, ([year]) => {
    let shown = 0;
    for (const { element, circle, whole, radii } of sites) {
      const radius = year === undefined ? whole : radii.get(year);
      element.classList.toggle('gone', radius === undefined);
      circle.setAttribute('r', radius ?? whole);
      if (radius !== undefined) shown++;
    }
    return shown;
  });
}
