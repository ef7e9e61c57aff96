import type { AnnotatedText } from '../annotate/annotate.ts';
import type { DocumentConfig, EditionConfig } from '../config/edition-config.ts';
import { writeBody } from './body.ts';
import { element } from './element.ts';
import { writeStandOff } from './entities.ts';
import { findGlyphs, writeCharDecl } from './glyphs.ts';
import { writeHeader } from './header.ts';
import { serialiseTei } from './serialise.ts';

/** A TEI file: the contract between what reads texts and what makes editions of them. */
export interface Tei {
  readonly id: string;
  readonly xml: string;
}

/** Writes an annotated text as a TEI P5 document (docs/encoding.md). The same input gives the same bytes. */
export function writeTei(
  text: AnnotatedText,
  edition: EditionConfig,
  document: DocumentConfig & { readonly id: string },
  software: { readonly version: string },
): Tei {
  const { id } = document;
  const glyphs = findGlyphs(text.source, edition.glyphs ?? []);
  const transcriber = (edition.contributors?.[0] ?? edition.editors[0]!).id;
  const header = writeHeader({
    id,
    metadata: edition,
    document,
    characters: [...text.source.text.text.replace(/\s+/gu, '')].length,
    charDecl: writeCharDecl(glyphs),
    calendars: usedCalendars(text),
    software,
  });
  const standOff = writeStandOff({ id, text, authority: edition.authority, editor: edition.editors[0]!.id });
  const unwrapped = new Set(text.supplied.flatMap(({ start, end }) => [start, end - 1]));
  // A text without juan is one juan to the schema; the header does not say so.
  const body = writeBody({ id, juan: document.juan ?? 1, text, glyphs, transcriber, unwrapped });
  const root = element('TEI', { 'xml:id': id, 'xml:lang': 'lzh-Hant' }, header, standOff, element('text', {}, body));
  return { id, xml: serialiseTei(root) };
}

function usedCalendars({ annotations, entries }: AnnotatedText): string[] {
  const used = new Set<string>();
  for (const one of annotations) if (one.type === 'date' && one.resolved) used.add(one.resolved.calendar);
  for (const { year, date } of entries)
    for (const resolved of [year?.date, date]) if (resolved) used.add(resolved.calendar);
  return [...used].sort();
}
