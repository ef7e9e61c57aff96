import type { Authority } from '../authority/authority.ts';
import type { AnnotatedText } from './annotate.ts';
import type { Annotation } from './annotation.ts';

/** The key of an annotation as the annotation guidelines define it: full name, civil date, or WORK|SECTION|JUAN. */
function keysOf({ source, proposed }: AnnotatedText, authority: Authority): (annotation: Annotation) => string {
  const names = {
    persName: nameById([...authority.persons, ...proposed.persons]),
    placeName: nameById([...authority.places, ...proposed.places]),
    orgName: nameById([...authority.orgs, ...proposed.orgs]),
  };
  const titles = new Map([...proposed.works, ...authority.works].map(({ id, title }) => [id, title]));
  return (annotation) => {
    if (annotation.type === 'date') return annotation.resolved?.custom ?? '?';
    if (annotation.type !== 'bibl') return names[annotation.type].get(annotation.ref) ?? annotation.ref;
    const section = annotation.parts.find(({ kind }) => kind === 'section');
    const juan = annotation.parts.flatMap(({ n }) => (n === undefined ? [] : [n]));
    const title = annotation.work === undefined ? '?' : (titles.get(annotation.work) ?? annotation.work);
    return [title, section ? source.text.slice(section.start, section.end) : '', juan.join('、')].join('|');
  };
}

/**
 * The annotations as JSON lines, one each, in order of the text: type, start, end (code points of the source), text (the
 * quote), key, resp and, where it is less than certain, cert; a date that its context resolved has steps, the chain of reasoning.
 * Gold files have the same form.
 */
export function writeStandoff(text: AnnotatedText, authority: Authority): string {
  const keyOf = keysOf(text, authority);
  return text.annotations
    .map((annotation) => {
      const { start, end, type, quote, rule, cert } = annotation;
      const steps = stepsOf(annotation);
      const line = {
        start,
        end,
        type,
        key: keyOf(annotation),
        text: quote,
        resp: rule,
        ...(cert ? { cert } : {}),
        ...(steps.length > 0 ? { steps } : {}),
      };
      return `${JSON.stringify(line)}\n`;
    })
    .join('');
}

const stepsOf = (annotation: Annotation): readonly string[] => (annotation.type === 'date' ? annotation.steps : []);

/** A line for people about each annotation: where, what, resolved to what, by which rule and how surely; of a date also how. */
export function explainAnnotations(text: AnnotatedText, authority: Authority): string[] {
  const keyOf = keysOf(text, authority);
  return text.annotations.map((annotation) => {
    const { line, column } = text.source.text.point(annotation.start);
    const { type, quote, rule, cert } = annotation;
    const how = stepsOf(annotation).map((step) => `; ${step}`);
    return `${line}:${column} ${type} ${quote} → ${keyOf(annotation)} (rule ${rule}${cert ? `, cert ${cert}` : ''}${how.join('')})`;
  });
}

const nameById = (entities: readonly { readonly id: string; readonly name: string }[]): Map<string, string> =>
  new Map(entities.map(({ id, name }) => [id, name]));
