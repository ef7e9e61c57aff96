import { readMarkup } from '../core/xml/markup.ts';
import type { UnitEdit } from '../core/xml/set-attributes.ts';

/** A child of a list with all that stands between it and the child before: line ends and comments move with it. */
interface Item {
  readonly id: string | undefined;
  readonly text: string;
}

/** The change that puts the children of the list at a `<` into the order of their xml:id; nothing where one has none. */
export function sortList(text: string, at: number): UnitEdit | undefined {
  const list = readMarkup(text, at);
  if ('code' in list || list.kind !== 'start') return undefined;
  const { items, end } = itemsOf(text, list.to);
  if (items.some(({ id }) => id === undefined)) return undefined;
  const sorted = items.toSorted((a, b) => (a.id! < b.id! ? -1 : a.id! > b.id! ? 1 : 0));
  return { start: list.to, end, text: sorted.map((item) => item.text).join('') };
}

/** The children of the element whose start tag ends at an index, up to the end of the last. */
function itemsOf(text: string, from: number): { items: Item[]; end: number } {
  const items: Item[] = [];
  let end = from;
  let depth = 0;
  let id: string | undefined;
  for (let at = from; ; ) {
    const next = text.indexOf('<', at);
    const markup = next < 0 ? undefined : readMarkup(text, next);
    if (!markup || 'code' in markup || (markup.kind === 'end' && depth === 0)) return { items, end };
    at = markup.to;
    if ((markup.kind === 'start' || markup.kind === 'empty') && depth === 0) {
      id = markup.attributes.find(({ name }) => name === 'xml:id')?.value;
    }
    if (markup.kind === 'start') depth++;
    else if (markup.kind === 'end') depth--;
    if (depth > 0 || (markup.kind !== 'end' && markup.kind !== 'empty')) continue;
    items.push({ id, text: text.slice(end, at) });
    end = at;
  }
}
