import type { Authority } from '../authority/authority.ts';
import type { AnnotatedText } from './annotate.ts';
import type { Annotation } from './annotation.ts';

/**
 * The annotations as JSON lines, one each, in order of the text: type, start, end (code points of the source), text (the
 * quote), key (as the annotation guidelines define it), resp and, where it is less than certain, cert. Gold files have
 * the same form.
 */
export function writeStandoff({ source, annotations }: AnnotatedText, authority: Authority): string {
  const names = {
    persName: nameById(authority.persons),
    placeName: nameById(authority.places),
    orgName: nameById(authority.orgs),
  };
  const titles = new Map(authority.works.map(({ id, title }) => [id, title]));
  const keyOf = (annotation: Annotation): string => {
    if (annotation.type === 'date') return annotation.resolved?.custom ?? '?';
    if (annotation.type !== 'bibl') return names[annotation.type].get(annotation.ref) ?? annotation.ref;
    const section = annotation.parts.find(({ kind }) => kind === 'section');
    const juan = annotation.parts.flatMap(({ n }) => (n === undefined ? [] : [n]));
    const title = annotation.work === undefined ? '?' : (titles.get(annotation.work) ?? annotation.work);
    return [title, section ? source.text.slice(section.start, section.end) : '', juan.join('、')].join('|');
  };
  return annotations
    .map((annotation) => {
      const { start, end, type, quote, rule, cert } = annotation;
      const line = { start, end, type, key: keyOf(annotation), text: quote, resp: rule, ...(cert ? { cert } : {}) };
      return `${JSON.stringify(line)}\n`;
    })
    .join('');
}

const nameById = (entities: readonly { readonly id: string; readonly name: string }[]): Map<string, string> =>
  new Map(entities.map(({ id, name }) => [id, name]));
