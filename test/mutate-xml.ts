import { scanXml } from '../src/core/xml.ts';

/** Numbers in [0, 1) from a seed (mulberry32): the same mutants in every run. */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Start and end of an element, in UTF-16 units. */
export interface Piece {
  readonly start: number;
  readonly end: number;
}

/**
 * Changes a well-formed document in one to three places and keeps it well-formed: deletes, doubles, moves or renames
 * an element, unwraps it, deletes, copies or changes an attribute, puts text or an element somewhere.
 */
export function mutate(xml: string, random: () => number): string {
  let text = xml;
  for (let times = 1 + Math.floor(random() * 3); times > 0; times--) text = mutateOnce(text, random);
  return text;
}

function mutateOnce(xml: string, random: () => number): string {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const elements = elementsOf(xml).slice(1);
  if (elements.length === 0) return xml;
  const element = pick(elements);
  const other = pick(elements);
  const attributes = [...xml.matchAll(/(?<!<\?.*) [\w:.-]+="[^"]*"/g)].map(({ 0: match, index }) => ({
    start: index,
    end: index + match.length,
  }));
  if (attributes.length === 0) attributes.push({ start: 0, end: 0 });
  const attribute = pick(attributes);
  const body = (piece: Piece): string => xml.slice(piece.start, piece.end);
  const cut = (piece: Piece, put: string): string => xml.slice(0, piece.start) + put + xml.slice(piece.end);
  const tag = (piece: Piece): string => /^<([\w:.-]+)/.exec(body(piece))![1]!;
  const actions: (() => string)[] = [
    () => cut(element, ''),
    () => cut(element, body(element) + body(element)),
    () =>
      cut(
        element,
        body(element)
          .replace(/^<[^>]*>/, '')
          .replace(/<\/[^>]*>$/, ''),
      ),
    () => xml.slice(0, other.start) + body(element) + xml.slice(other.start),
    () => cut(element, renamed(body(element), tag(other))),
    () => cut(element, body(other)),
    () => cut(attribute, ''),
    () => cut(attribute, body(pick(attributes))),
    () => cut(attribute, body(attribute).replace(/"[^"]*"/, `"${pick(values)}"`)),
    () => xml.slice(0, element.start) + pick(['文', ' ', '&lt;', '<!-- -->']) + xml.slice(element.start),
    () => withAttribute(xml, element, body(attribute)),
    () => withAttribute(xml, element, body(pick(attributes))),
  ];
  const mutant = pick(actions)();
  return scanXml(mutant) ? xml : mutant;
}

const values = [
  '',
  '1',
  '0',
  '-1',
  'a b',
  '#x',
  '咸平2',
  '0999',
  '1000-02-29',
  '1004-02-29',
  '-0001',
  '0000',
  'high',
  'source',
  '2023-13-01',
  '1.5',
  'x:y',
  '12:00:00',
];

/** Start and end of every element, in document order; the base documents have no CDATA and no `>` in attributes. */
export function elementsOf(xml: string): Piece[] {
  const open: number[] = [];
  const found: Piece[] = [];
  for (const { 0: tag, index } of xml.matchAll(/<[\w/][^>]*>/g)) {
    const end = index + tag.length;
    if (tag.startsWith('</')) found.push({ start: open.pop()!, end });
    else if (tag.endsWith('/>')) found.push({ start: index, end });
    else open.push(index);
  }
  return found.sort((a, b) => a.start - b.start);
}

function renamed(xml: string, name: string): string {
  return xml.replace(/^<[\w:.-]+/, `<${name}`).replace(/<\/[\w:.-]+>$/, `</${name}>`);
}

function withAttribute(xml: string, { start }: Piece, attribute: string): string {
  return xml.slice(0, start) + xml.slice(start).replace(/^<[\w:.-]+/, (tag) => tag + attribute);
}
