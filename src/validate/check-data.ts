import { checkCivilDates, checkOrder, checkPair } from './check-dates.ts';
import { checkListOrder } from './check-lists.ts';
import { isDated } from './check-rules.ts';
import { childrenOf, type DocumentElement, isInside, textOf } from './document-tree.ts';
import type { CheckedDocument, Found } from './finding.ts';
import { identifierFault } from './identifiers.ts';

/** Level `data`: dates, coordinates, identifiers and characters say what can be so. */
export function checkData({ tree, ours }: CheckedDocument, found: Found): void {
  for (const element of tree.elements) {
    if (isDated(element)) {
      checkOrder(element, found);
      checkCivilDates(element, found);
      if (element.name === 'date') checkPair(element, found);
    }
    if (element.name === 'geo') checkCoordinates(element, found);
    else if (element.name === 'idno') checkIdentifier(element, found);
    else if (element.name === 'person') checkLife(element, found);
    if (ours) checkListOrder(element, found);
    if (ours) checkPrivateUse(element, found);
  }
}

function checkCoordinates(element: DocumentElement, found: Found): void {
  const pair = textOf(element)
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const [latitude = Number.NaN, longitude = Number.NaN] = pair;
  if (pair.length !== 2 || pair.some(Number.isNaN)) return;
  if (Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180) return;
  const swapped = Math.abs(latitude) <= 180 && Math.abs(longitude) <= 90 ? '; the latitude comes first' : '';
  const message = `Unexpected coordinates \`${pair.join(' ')}\`, expected a latitude from -90 to 90 and a longitude from -180 to 180${swapped}.`;
  found('validate/coordinates', element, message);
}

function checkIdentifier(element: DocumentElement, found: Found): void {
  const { type } = element.attributes;
  const value = textOf(element).trim();
  const expected = type === undefined ? undefined : identifierFault(type, value);
  if (expected === undefined) return;
  found(
    'validate/identifier-form',
    element,
    `Unexpected \`${value}\` as identifier of type \`${type}\`, expected ${expected}.`,
  );
}

/** Nobody dies before they are born. */
function checkLife(element: DocumentElement, found: Found): void {
  const [birth] = childrenOf(element, 'birth');
  const [death] = childrenOf(element, 'death');
  const born = birth?.attributes.when ?? birth?.attributes.notBefore ?? birth?.attributes.from;
  const died = death?.attributes.when ?? death?.attributes.notAfter ?? death?.attributes.to;
  if (born === undefined || died === undefined) return;
  const year = (date: string): number => Number(/^-?\d+/.exec(date)?.[0] ?? Number.NaN);
  if (!(year(died) < year(born))) return;
  const message = `Unexpected death \`${died}\` before the birth \`${born}\`, expected it after.`;
  found('validate/life-order', death!, message, { related: [{ element: birth!, message: 'the birth' }] });
}

/** Private-use characters of the text stand in g, which says what they are. */
function checkPrivateUse(element: DocumentElement, found: Found): void {
  if (element.name === 'g' || element.children.length === 0) return;
  for (const child of element.children) {
    const character = typeof child === 'string' ? /\p{Co}/u.exec(child)?.[0] : undefined;
    if (character === undefined || !isInside(element, 'text')) continue;
    const code = character.codePointAt(0)!.toString(16).toUpperCase();
    const message = `Unexpected private-use character U+${code} in \`${element.name}\`, expected it in a g that points to its glyph.`;
    found('validate/private-use-character', element, message);
    return;
  }
}
