import { firstFrom, type Span, spanAt } from '../core/span.ts';
import type { NoteSpan } from '../source/read-entries.ts';
import type { SourceDocument } from '../source/source-document.ts';
import { type BiblAnnotation, type NameAnnotation, overlaps } from './annotation.ts';

/** A reading that a work has for a name, in code points. */
export interface VariantReading {
  /** The name as it stands here, with the people before it where the reading has one too. */
  readonly lemma: Span;
  readonly reading: Span;
  /** Id of the work that reads so; none where the note does not say. */
  readonly work?: string;
  /** The reading as names of the same entities, signed by the variant rule. */
  readonly names: readonly NameAnnotation[];
}

const readingPattern = /^作(\p{Script=Han}{1,10})(?=[，。；）])/u;

/**
 * Finds readings in notes: X（《長編》作Y）, 按《長編》X作Y, X，《長編》作Y. The reading names what the name before it
 * names; where people and person stand before it (黃女族長蒙異保), a reading with 族 (和諾克族長蒙吉布) divides alike.
 * `taken` are citations and dates: a reading that is one is no name.
 */
export function findVariants(
  source: SourceDocument,
  notes: readonly NoteSpan[],
  citations: readonly BiblAnnotation[],
  names: readonly NameAnnotation[],
  taken: readonly Span[],
): VariantReading[] {
  const { text } = source;
  const found: VariantReading[] = [];
  for (const note of notes) {
    for (let at = note.start; at < note.end; at++) {
      const reading = readingPattern.exec(text.slice(at, Math.min(note.end, at + 12)))?.[1];
      if (reading === undefined) continue;
      const span = { start: at + 1, end: at + 1 + [...reading].length };
      const next = taken[firstFrom(taken, span.start)];
      if ((next && overlaps(next, span)) || spanAt(taken, span.start) >= 0) continue;
      const before = firstFrom(citations, at) - 1;
      const citation = citations[before]?.end === at ? citations[before] : undefined;
      const lemma = lemmaBefore(source, citation?.start ?? at, names);
      if (!lemma) continue;
      const work =
        citation ??
        citations.slice(firstFrom(citations, note.start), before + 1).findLast((bibl) => bibl.end <= lemma[0]!.start);
      const readings = readingNames(source, lemma, span);
      found.push({
        lemma: { start: lemma.at(-readings.length)!.start, end: lemma.at(-1)!.end },
        reading: span,
        names: readings,
        ...(work?.work === undefined ? {} : { work: work.work }),
      });
    }
  }
  return found;
}

/** The name that ends here, a bracket or comma between; before it the people it belongs to, if one stands close. */
function lemmaBefore(
  source: SourceDocument,
  at: number,
  names: readonly NameAnnotation[],
): NameAnnotation[] | undefined {
  const joint = /[（，]/u.test(source.text.slice(Math.max(0, at - 1), at)) ? at - 1 : at;
  const last = firstFrom(names, joint) - 1;
  const name = names[last];
  if (name?.end !== joint) return undefined;
  const before = names[last - 1];
  const isPair = before?.type === 'orgName' && name.type === 'persName' && before.end <= name.start;
  const close = isPair && /^\p{Script=Han}{0,2}$/u.test(source.text.slice(before.end, name.start));
  return close ? [before, name] : [name];
}

function readingNames(source: SourceDocument, lemma: readonly NameAnnotation[], reading: Span): NameAnnotation[] {
  const { text } = source;
  const sign = (name: NameAnnotation, start: number, end: number): NameAnnotation => ({
    type: name.type,
    ref: name.ref,
    rule: 'variant',
    start,
    end,
    quote: text.slice(start, end),
  });
  const [people, person] = lemma;
  if (people && person) {
    const joint = text.slice(people.end, person.start);
    const words = text.slice(reading.start, reading.end);
    const divided = new RegExp(`^(\\p{Script=Han}+[族部])${joint}(\\p{Script=Han}+)$`, 'u').exec(words);
    if (divided) {
      const middle = reading.start + [...divided[1]!].length;
      const start = reading.end - [...divided[2]!].length;
      return [sign(people, reading.start, middle), sign(person, start, reading.end)];
    }
  }
  return [sign(lemma.at(-1)!, reading.start, reading.end)];
}
