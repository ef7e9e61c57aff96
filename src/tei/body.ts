import type { AnnotatedText, DatedEntry } from '../annotate/annotate.ts';
import type { Annotation, BiblAnnotation, Correction } from '../annotate/annotation.ts';
import { firstFrom, type Span } from '../core/span.ts';
import type { XmlElement, XmlNode } from '../core/xml.ts';
import { dateAttributes } from './dates.ts';
import { type Attributes, element } from './element.ts';
import type { Glyph } from './glyphs.ts';
import { entityId, entryId, noteId, responsibleId, workId, yearId } from './ids.ts';

/** An element over a span of a block; marks nest and never cross. */
interface Mark extends Span {
  readonly name: string;
  readonly attributes: Attributes;
  /** Outer marks over the same span come first. */
  readonly rank: number;
  /** Makes the element of its content; `element` with name and attributes unless given. */
  readonly make?: (content: XmlNode[]) => XmlElement;
}

/** What the body is made of. */
export interface BodyInput {
  readonly id: string;
  readonly juan: number;
  readonly text: AnnotatedText;
  readonly glyphs: readonly Glyph[];
  /** Who vouches for the editorial brackets of the source. */
  readonly transcriber: string;
  /** Offsets of the brackets that supplied elements stand for. */
  readonly unwrapped: ReadonlySet<number>;
}

const ruleId = (rule: string): string => `#rule.${rule}`;

/** The body: div juan / year / entry, every code point of the source in a head or p. */
export function writeBody(input: BodyInput): XmlElement {
  const { id, juan, text } = input;
  const marks = collectMarks(input);
  const entry = (one: DatedEntry): XmlElement =>
    element(
      'div',
      { type: 'entry', n: one.n, 'xml:id': entryId(id, one.n) },
      one.head && writeBlock('head', { type: 'gang' }, one.head, input, marks),
      one.body.map((block) => writeBlock('p', {}, block, input, marks)),
    );
  const years = groupByYear(text.entries).map(({ year, entries }, index) => {
    if (!year) return entries.map(entry);
    const { heading } = entries[0]!;
    const head = heading && writeBlock('head', { type: 'year' }, heading, input, marks);
    return element('div', { type: 'year', n: year, corresp: `#${yearId(id, index + 1)}` }, head, entries.map(entry));
  });
  return element('body', {}, element('div', { type: 'juan', n: juan }, years));
}

/**
 * Consecutive entries of one year, with the key of the year (咸平2); a heading of the source always opens a year. Entries before
 * any year come without one.
 */
export function groupByYear(entries: readonly DatedEntry[]): { year?: string; entries: DatedEntry[] }[] {
  const groups: { year?: string; entries: DatedEntry[] }[] = [];
  for (const entry of entries) {
    const year = entry.year && `${entry.year.era}${entry.year.year}`;
    const last = groups.at(-1);
    if (last && last.year === year && !entry.heading) last.entries.push(entry);
    else groups.push({ ...(year ? { year } : {}), entries: [entry] });
  }
  return groups;
}

/** All marks of the text, outer before inner. */
function collectMarks({ id, text, glyphs, transcriber }: BodyInput): Mark[] {
  const marks: Mark[] = text.notes.flatMap((note, index) => {
    const attributes = { type: note.type, place: 'inline', resp: ruleId('note'), 'xml:id': noteId(id, index + 1) };
    const whole: Mark = { start: note.start, end: note.end, name: 'note', attributes, rank: 0 };
    const { commentary } = note;
    return commentary ? [whole, { ...commentary, name: 'seg', attributes: { type: 'commentary' }, rank: 1 }] : [whole];
  });
  for (const annotation of text.annotations) marks.push(...annotationMarks(annotation));
  for (const { start, end, id: glyph } of glyphs) {
    marks.push({ start, end, name: 'g', attributes: { ref: `#${glyph}` }, rank: 5 });
  }
  for (const span of text.supplied) {
    marks.push({ ...span, name: 'supplied', attributes: { resp: `#${responsibleId(transcriber)}` }, rank: 5 });
  }
  return marks.sort((a, b) => a.start - b.start || b.end - a.end || a.rank - b.rank);
}

function annotationMarks(annotation: Annotation): Mark[] {
  const { start, end, rule, cert } = annotation;
  const signed = { resp: ruleId(rule), cert };
  const mark = (name: string, attributes: Attributes): Mark => ({ start, end, name, attributes, rank: 2 });
  switch (annotation.type) {
    case 'bibl':
      return [
        mark('bibl', { corresp: annotation.work && `#${workId(annotation.work)}`, ...signed }),
        ...biblPartMarks(annotation),
        ...correctionMarks(annotation.correction, annotation),
      ];
    case 'date':
      return [mark('date', { ...dateAttributes(annotation.resolved), ...signed })];
    default: {
      const ref = `#${entityId[annotation.type](annotation.ref)}`;
      return [mark(annotation.type, { ref, ...signed }), ...correctionMarks(annotation.correction, annotation)];
    }
  }
}

function biblPartMarks({ parts }: BiblAnnotation): Mark[] {
  return parts.map(({ kind, start, end, n }) => {
    const span = { start, end, rank: 3 };
    if (kind === 'juan') return { ...span, name: 'biblScope', attributes: { unit: 'juan', n } };
    return { ...span, name: 'title', attributes: kind === 'section' ? { level: 'a' } : {} };
  });
}

function correctionMarks(correction: Correction | undefined, { rule, cert }: Annotation): Mark[] {
  if (!correction) return [];
  const { start, end, corr } = correction;
  const make = (content: XmlNode[]): XmlElement =>
    element(
      'choice',
      {},
      element('sic', {}, content),
      element('corr', { resp: ruleId(rule), cert: cert ?? 'medium' }, corr),
    );
  return [{ start, end, name: 'choice', attributes: {}, rank: 4, make }];
}

function writeBlock(
  name: 'head' | 'p',
  attributes: Attributes,
  block: Span,
  input: BodyInput,
  marks: readonly Mark[],
): XmlElement {
  const inside = marks.slice(firstFrom(marks, block.start), firstFrom(marks, block.end));
  const lines = block.start === 0 ? [lineBreak(1, input.text.source.byteOrderMark ? 'bom' : undefined)] : [];
  return element(name, attributes, lines, nest(block, inside, input));
}

/** Text and elements of a span: each mark takes what lies inside it, the rest is text with line breaks. */
function nest(span: Span, marks: readonly Mark[], input: BodyInput): XmlNode[] {
  const content: XmlNode[] = [];
  let at = span.start;
  for (let index = 0; index < marks.length; ) {
    const mark = marks[index]!;
    let after = index + 1;
    while (after < marks.length && marks[after]!.start < mark.end) after++;
    content.push(...writeText({ start: at, end: mark.start }, input));
    const inner = nest(mark, marks.slice(index + 1, after), input);
    content.push(mark.make ? mark.make(inner) : element(mark.name, mark.attributes, inner));
    at = mark.end;
    index = after;
  }
  content.push(...writeText({ start: at, end: span.end }, input));
  return content;
}

/** Text with lb at every line end; the brackets of supplied text stand in the markup only. */
function writeText({ start, end }: Span, { text: { source }, unwrapped }: BodyInput): XmlNode[] {
  if (start >= end) return [];
  const nodes: XmlNode[] = [];
  let offset = start + (unwrapped.has(start) ? 1 : 0);
  const text = source.text.slice(offset, Math.max(offset, end - (unwrapped.has(end - 1) ? 1 : 0)));
  for (const piece of text.split(/(\r\n|\n|\r)/u)) {
    const length = [...piece].length;
    if (/^[\r\n]/u.test(piece)) {
      nodes.push(lineBreak(source.text.point(offset + length).line, lineEndType[piece]));
    } else if (piece) nodes.push(piece);
    offset += length;
  }
  return nodes;
}

const lineEndType: Readonly<Record<string, string | undefined>> = { '\r\n': 'crlf', '\r': 'cr' };

const lineBreak = (n: number, type: string | undefined): XmlElement => element('lb', { n, type });
