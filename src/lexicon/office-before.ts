import { fold } from '../core/fold.ts';
import offices from './offices.json' with { type: 'json' };

/** Words that stand before a person's name and say what the person is: offices, ranks, titles, nobility, roles. Folded. */
const words: ReadonlySet<string> = new Set(
  [offices.offices, offices.ranks, offices.titles, offices.nobility, offices.roles]
    .flat()
    .filter((word) => [...word].length > 1)
    .map(fold),
);
const longest = Math.max(...[...words].map((word) => word.length));

/**
 * The office at the end of a text, in its own characters: `虎翼指揮使` of 與虎翼指揮使. Offices in a row are one (刺史、部署);
 * undefined where the text ends otherwise.
 */
export function officeBefore(text: string): string | undefined {
  const folded = fold(text);
  let start = text.length;
  let next = wordBefore(folded, start);
  while (next !== undefined) {
    start = next;
    next = wordBefore(folded, folded.endsWith('、', start) ? start - 1 : start);
  }
  return start < text.length ? text.slice(start) : undefined;
}

/** Where the longest word begins that ends at a place. */
function wordBefore(folded: string, end: number): number | undefined {
  for (let length = Math.min(longest, end); length > 1; length--) {
    if (words.has(folded.slice(end - length, end))) return end - length;
  }
  return undefined;
}
