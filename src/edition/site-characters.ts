import { shownText } from './shown-text.ts';

/** The characters that the pages of a site show: what its fonts must have. */
export class SiteCharacters {
  readonly text = new Set<string>();
  readonly headings = new Set<string>();

  add(path: string, markup: string): void {
    addAll(this.text, shownText(markup));
    // Only pages at the root have semi-bold headings; those of entities would bring every name and headline.
    if (path.includes('/')) return;
    for (const [heading] of markup.matchAll(/<h1\b.*?<\/h1>|<section class="year".*?<\/h2>/gs)) {
      addAll(this.headings, shownText(heading));
    }
  }
}

function addAll(set: Set<string>, text: string): void {
  for (const character of text) set.add(character);
}
