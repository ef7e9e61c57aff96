import { readBody } from '../core/body-text.ts';
import type { DocumentElement } from './document-tree.ts';
import type { CheckedDocument, Found } from './finding.ts';
import type { SourceText } from './validate.ts';

/** Level `text`: nothing is lost. The characters are as many as the header says, and equal the source where it is named. */
export function checkText(
  { tree, ours }: CheckedDocument,
  xml: string,
  source: SourceText | undefined,
  found: Found,
): void {
  const body = tree.elements.find(({ name }) => name === 'body');
  if (!body) return;
  if (ours) checkCount(body, tree.elements, found);
  if (source) checkSource(tree.elements, body, xml, source, found);
}

function checkCount(body: DocumentElement, elements: readonly DocumentElement[], found: Found): void {
  const measure = elements.find(
    ({ name, attributes, parent }) =>
      name === 'measure' &&
      attributes.unit === 'character' &&
      parent?.name === 'extent' &&
      parent.parent?.name === 'fileDesc',
  );
  const stated = measure?.attributes.quantity;
  const count = characters(body);
  if (stated === undefined) {
    const message = `Missing number of characters, expected measure unit="character" quantity="${count}" in extent.`;
    found('validate/text-uncounted', body, message);
  } else if (Number(stated) !== count) {
    const message = `Unexpected text of ${count} characters, expected ${stated} as extent says.`;
    found('validate/text-lost', body, message, {
      related: [{ element: measure!, message: 'the number is stated here' }],
    });
  }
}

/** Characters of the text, white space aside; the brackets that supplied stands for are counted, corrections are not. */
function characters(element: DocumentElement): number {
  if (element.name === 'corr') return 0;
  let count = element.name === 'supplied' ? 2 : 0;
  for (const child of element.children) {
    if (typeof child === 'object') count += characters(child);
    else count += visibleCharacters(child);
  }
  return count;
}

/** Code points that are no white space; counted one by one, for patterns fail at runs of millions. */
function visibleCharacters(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const second = code >= 0xdc00 && code <= 0xdfff;
    const han = code > 0x3000 && code < 0xfe00;
    if (!second && (han || !/[\s\p{Z}]/u.test(text.charAt(at)))) count++;
  }
  return count;
}

/** Compares the text with its source, and names the line where they part. */
function checkSource(
  elements: readonly DocumentElement[],
  body: DocumentElement,
  xml: string,
  { path, text }: SourceText,
  found: Found,
): void {
  const read = readBody(xml).text;
  const expected = text.replace(/^\uFEFF/, '');
  if (read === expected) return;
  const [here, there] = [[...read], [...expected]];
  let at = 0;
  while (at < here.length && here[at] === there[at]) at++;
  const line = there.slice(0, at).filter((one) => one === '\n').length + 1;
  const start = elements.find(({ name, attributes }) => name === 'lb' && attributes.n === String(line)) ?? body;
  const shown = (points: readonly string[]): string =>
    at < points.length
      ? `\`${points
          .slice(Math.max(0, at - 5), at + 10)
          .join('')
          .replaceAll('\n', '↵')}\``
      : 'that ends here';
  const message = `Unexpected text ${shown(here)}, expected ${shown(there)} as line ${line} of \`${path}\` has it.`;
  found('validate/text-differs', start, message);
}
