const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: '\u00a0' };

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

/** What the page shows of its markup: its text, and the signs that the style sheet takes from `data-mark`. */
function shownText(markup: string): string {
  const marks = [...markup.matchAll(/data-mark="([^"]*)"/g)].map((match) => match[1]!).join('');
  return (markup.replace(/<(style|title)\b.*?<\/\1>|<[^>]*>/gs, '') + marks).replace(
    /&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi,
    (whole, hex, decimal, name) =>
      name ? (named[name] ?? whole) : String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(decimal)),
  );
}
