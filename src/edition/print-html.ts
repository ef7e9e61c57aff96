import { escapeXml } from '../core/xml-tree.ts';
import type { Book } from '../layout/book.ts';
import type { Drawn, Weight } from '../layout/drawing.ts';
import { fontFileOf } from '../layout/font-files.ts';
import { bookSubtitle } from '../layout/front-pages.ts';
import type { Sheets } from '../layout/sheet.ts';
import { drawSvgText, type Outlines } from '../layout/svg.ts';
import { subsetFile } from './web-font.ts';

/**
 * The pages of a book as one HTML file, for those who print from a browser or with Vivliostyle: the same pages as the
 * PDF, with their text as text, and the fonts cut down to its characters inside. `own` fonts are asked first.
 */
export async function printHtml(
  book: Book,
  { page, sheets }: Sheets,
  outlines: Outlines,
  own: readonly string[],
): Promise<string> {
  const title = `${book.front.title}${bookSubtitle(book)}`;
  const faces = await fontFaces(
    sheets.flatMap(({ drawn }) => drawn),
    own,
  );
  const sections = sheets.map(
    (sheet, index) =>
      `<section aria-label="${escapeXml(sheet.label)}">${drawSvgText(sheet, page, outlines, `p${index}`)}</section>`,
  );
  return `<!DOCTYPE html>
<html lang="lzh-Hant">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; font-src data:">
<title>${escapeXml(title)}</title>
<style>
${faces}
@page { size: ${page.width}mm ${page.height}mm; margin: 0 }
body { margin: 0; background: #ddd }
section { width: ${page.width}mm; height: ${page.height}mm; margin: 5mm auto; overflow: hidden; background: #fff; break-after: page; break-inside: avoid }
section:last-child { break-after: auto }
svg { display: block }
.v { font-feature-settings: "vert" }
@media print { body { background: none } section { margin: 0 } }
</style>
</head>
<body>
${sections.join('\n')}
</body>
</html>
`;
}

/** The fonts of the pages as style rules: for each weight the files of the chain that its characters come from, in order. */
async function fontFaces(drawn: readonly Drawn[], own: readonly string[]): Promise<string> {
  const rules: string[] = [];
  for (const [weight, characters] of [...charactersByWeight(drawn)].sort(([a], [b]) => a - b)) {
    const files = new Map<string, string[]>();
    for (const character of [...characters].sort()) {
      const file = fontFileOf(character, weight, own);
      if (file === undefined) continue;
      const known = files.get(file);
      if (known) known.push(character);
      else files.set(file, [character]);
    }
    const families: string[] = [];
    for (const [file, found] of files) {
      const family = `w${weight}-${families.length}`;
      families.push(family);
      const base64 = Buffer.from(await subsetFile(file, found, 'woff2')).toString('base64');
      rules.push(`@font-face { font-family: ${family}; src: url(data:font/woff2;base64,${base64}) format("woff2") }`);
    }
    rules.push(`.w${weight} { font-family: ${[...families, 'serif'].join(', ')} }`);
  }
  return rules.join('\n');
}

function charactersByWeight(drawn: readonly Drawn[]): Map<Weight, Set<string>> {
  const found = new Map<Weight, Set<string>>();
  for (const item of drawn) {
    if (item.kind === 'shape') continue;
    const known = found.get(item.weight) ?? new Set();
    const text = item.kind === 'glyph' ? item.char : item.kind === 'level' ? item.chars : item.text;
    // 〓 stands for what no font has.
    for (const character of `${text}〓`) known.add(character);
    found.set(item.weight, known);
  }
  return found;
}
