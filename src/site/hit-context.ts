import { findHits, type Hit, type SearchRecord, type SearchText, searchForm } from '../core/search-record.ts';

/** A piece of text to show, marked where it was looked for. */
export interface ContextPart {
  readonly text: string;
  readonly marked: boolean;
}

/** What to show of a record: which of its texts, and the places in it. */
export interface HitContext {
  readonly kind: SearchText['kind'];
  readonly parts: readonly ContextPart[];
}

/** Characters of the text before and after a hit, and places shown of one record. */
const reach = 24;
const most = 3;

/** The first text of a record that has all terms, or the first that has any, with its places in context. */
export function hitContext(record: SearchRecord, terms: readonly string[]): HitContext {
  const found = record.texts.map((text) => ({ ...text, hits: hitsOf(text.text, terms) }));
  const best =
    found.find(({ hits }) => hits.every((some) => some.length > 0)) ??
    found.find(({ hits }) => hits.some((some) => some.length > 0)) ??
    found[0]!;
  const hits = best.hits.flat().sort((a, b) => a.start - b.start);
  return { kind: best.kind, parts: contextParts(best.text, hits) };
}

function hitsOf(text: string, terms: readonly string[]): Hit[][] {
  const form = searchForm(text);
  return terms.map((term) => findHits(text, form, term));
}

/** Windows around the first hits, joined where they meet, with … where text is left out. */
function contextParts(text: string, hits: readonly Hit[]): ContextPart[] {
  const parts: ContextPart[] = [];
  let shown = 0;
  let windows = 0;
  const show = (from: number, to: number, marked: boolean): void => {
    if (from < to) parts.push({ text: text.slice(from, to), marked });
  };
  for (const [at, { start, end }] of hits.entries()) {
    if (end <= shown) continue;
    const before = wholeCharacter(text, Math.max(shown, start - reach));
    if (before > shown) {
      if (++windows > most) break;
      parts.push({ text: '…', marked: false });
    }
    show(before, start, false);
    show(Math.max(start, shown), end, true);
    const next = hits[at + 1]?.start ?? text.length;
    shown = wholeCharacter(text, Math.min(next, end + reach));
    shown = Math.max(shown, end);
    show(end, shown, false);
  }
  if (hits.length === 0) {
    shown = wholeCharacter(text, Math.min(text.length, 2 * reach));
    show(0, shown, false);
  }
  if (shown < text.length) parts.push({ text: '…', marked: false });
  return parts;
}

/** The place itself, or the one before where it would cut a pair of surrogates. */
function wholeCharacter(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff && at > 0 ? at - 1 : at;
}
