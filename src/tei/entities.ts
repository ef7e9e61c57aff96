import type { AnnotatedText } from '../annotate/annotate.ts';
import type { Authority, OtherName, Work } from '../authority/authority.ts';
import { chineseNumeral } from '../calendar/numerals.ts';
import { firstFrom, spanAt } from '../core/span.ts';
import type { XmlElement } from '../core/xml.ts';
import { groupByYear } from './body.ts';
import { dateAttributes } from './dates.ts';
import { element } from './element.ts';
import { entityId, entryId, eventId, noteId, responsibleId, workId, yearId } from './ids.ts';

/** What standOff is made of. */
export interface EntitiesInput {
  readonly id: string;
  readonly text: AnnotatedText;
  readonly authority: Authority;
  /** Who signs the authority files. */
  readonly editor: string;
}

type ListInput = EntitiesInput & {
  readonly proposedIds: ReadonlySet<string>;
  readonly shippedIds: ReadonlySet<string>;
};

/** standOff: every entity the text names, the works it cites, an event for each year and entry, the readings. */
export function writeStandOff(given: EntitiesInput): XmlElement | undefined {
  const { persons, places, orgs, works } = given.text.proposed;
  const input = {
    ...given,
    proposedIds: new Set([...persons, ...places, ...orgs].map(({ id }) => id)),
    shippedIds: new Set(works.map(({ id }) => id)),
  };
  const mentioned = mentionedIds(input);
  const { authority, text } = input;
  const { proposed } = text;
  const lists = [
    list(
      'listPerson',
      byId([...authority.persons, ...proposed.persons])
        .filter(({ id }) => mentioned.has(entityId.persName(id)))
        .map((person) => writePerson(person, input)),
    ),
    list(
      'listPlace',
      byId([...authority.places, ...proposed.places])
        .filter(({ id }) => mentioned.has(entityId.placeName(id)))
        .map((place) => writePlace(place, input)),
    ),
    list(
      'listOrg',
      byId([...authority.orgs, ...proposed.orgs])
        .filter(({ id }) => mentioned.has(entityId.orgName(id)))
        .map((org) => writeOrg(org, input)),
    ),
    list(
      'listBibl',
      byId([...authority.works, ...proposed.works])
        .filter(({ id }) => mentioned.has(workId(id)))
        .map((work) => writeWork(work, input)),
    ),
    list('listEvent', writeEvents(input)),
    list('listApp', writeReadings(input)),
  ].filter((made) => made !== undefined);
  return lists.length > 0 ? element('standOff', {}, lists) : undefined;
}

/** Sorted by id, so that the order does not tell where an entity comes from. */
const byId = <T extends { readonly id: string }>(entities: readonly T[]): T[] =>
  [...entities].sort((a, b) => (a.id < b.id ? -1 : 1));

const list = (name: string, items: readonly XmlElement[]): XmlElement | undefined =>
  items.length > 0 ? element(name, {}, items) : undefined;

/** Ids of the entities that annotations refer to, and of the works that their names come from. */
function mentionedIds({ text, authority }: EntitiesInput): Set<string> {
  const ids = new Set<string>();
  for (const annotation of text.annotations) {
    if (annotation.type === 'bibl') {
      if (annotation.work !== undefined) ids.add(workId(annotation.work));
    } else if (annotation.type !== 'date') ids.add(entityId[annotation.type](annotation.ref));
  }
  const named = [
    ...authority.persons.map((one) => [entityId.persName(one.id), one] as const),
    ...authority.places.map((one) => [entityId.placeName(one.id), one] as const),
    ...authority.orgs.map((one) => [entityId.orgName(one.id), one] as const),
  ];
  for (const [id, { names }] of named) {
    if (ids.has(id)) for (const { source } of names ?? []) if (source !== undefined) ids.add(workId(source));
  }
  for (const { work } of text.variants) if (work !== undefined) ids.add(workId(work));
  return ids;
}

/** The name elements of an entity: its own, the other names of its file, the readings that the text gives besides. */
function writeNames(
  type: keyof typeof entityId,
  id: string,
  name: string,
  names: readonly OtherName[] = [],
  { text }: EntitiesInput,
): XmlElement[] {
  const known = new Set([name, ...names.map((other) => other.text)]);
  const readings = text.variants.flatMap(({ names: found, work }) =>
    found
      .filter((one) => one.type === type && one.ref === id && !known.has(one.quote))
      .map((one) => ({ text: one.quote, work })),
  );
  const distinct = [...new Map(readings.map((reading) => [reading.text, reading])).values()];
  return [
    element(type, { type: 'full' }, name),
    ...names
      .filter((other) => other.text !== name)
      .map((other) =>
        element(type, { type: other.type, source: other.source && `#${workId(other.source)}` }, other.text),
      ),
    ...distinct.map((reading) =>
      element(
        type,
        { type: 'variant', source: reading.work && `#${workId(reading.work)}`, resp: '#rule.variant' },
        reading.text,
      ),
    ),
  ];
}

function writeIdentifiers(identifiers: Readonly<Record<string, string>> | undefined): XmlElement[] {
  return Object.entries(identifiers ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([type, value]) => element('idno', { type }, value));
}

/** The editor signs the authority files, the tagger what it proposes. */
const signature = ({ id }: { readonly id: string }, { editor, proposedIds }: ListInput): string =>
  proposedIds.has(id) ? '#rule.tagger' : `#${responsibleId(editor)}`;

/** Works of the shipped catalogue are signed by weibian. */
const workSignature = ({ id }: Work, { editor, shippedIds }: ListInput): string =>
  shippedIds.has(id) ? '#weibian' : `#${responsibleId(editor)}`;

function writePerson(person: Authority['persons'][number], input: ListInput): XmlElement {
  const { id, name, names, birth, death, floruit, note, identifiers, alternatives = [] } = person;
  return element(
    'person',
    { 'xml:id': entityId.persName(id), resp: signature(person, input) },
    writeNames('persName', id, name, names, input),
    birth === undefined ? undefined : element('birth', { when: birth }),
    death === undefined ? undefined : element('death', { when: death }),
    floruit === undefined ? undefined : element('floruit', {}, floruit),
    note === undefined ? undefined : element('note', {}, note),
    writeIdentifiers(identifiers),
    alternatives.map((other) =>
      element(
        'certainty',
        { locus: 'value', assertedValue: other.name, degree: other.degree },
        other.note === undefined || other.note === '' ? undefined : element('desc', {}, other.note),
      ),
    ),
  );
}

function writePlace(place: Authority['places'][number], input: ListInput): XmlElement {
  const { id, name, names, kind, geo, modern, note, identifiers } = place;
  const today = modern === undefined ? undefined : element('desc', {}, modern);
  const located = geo || today;
  return element(
    'place',
    { 'xml:id': entityId.placeName(id), type: kind, resp: signature(place, input) },
    writeNames('placeName', id, name, names, input),
    located ? element('location', {}, today, geo ? element('geo', {}, geo.join(' ')) : undefined) : undefined,
    note === undefined ? undefined : element('note', {}, note),
    writeIdentifiers(identifiers),
  );
}

function writeOrg(org: Authority['orgs'][number], input: ListInput): XmlElement {
  const { id, name, names, kind, note, identifiers } = org;
  return element(
    'org',
    { 'xml:id': entityId.orgName(id), type: kind, resp: signature(org, input) },
    writeNames('orgName', id, name, names, input),
    note === undefined ? undefined : element('note', {}, note),
    writeIdentifiers(identifiers),
  );
}

function writeWork(work: Work, input: ListInput): XmlElement {
  const { id, title, names = [], author, period, juan, link, note, identifiers } = work;
  return element(
    'bibl',
    { 'xml:id': workId(id), resp: workSignature(work, input) },
    element('title', { type: 'full' }, title),
    names.filter(({ type }) => type !== 'malformed').map((other) => element('title', { type: other.type }, other.text)),
    author === undefined ? undefined : element('author', {}, author),
    period === undefined ? undefined : element('date', {}, period),
    juan === undefined
      ? undefined
      : element('extent', {}, element('measure', { unit: 'juan', quantity: juan }, `${chineseNumeral(juan)}卷`)),
    link === undefined ? undefined : element('ref', { target: address(link) }, link),
    writePassages(work, input.text),
    note === undefined ? undefined : element('note', {}, note),
    writeIdentifiers(identifiers),
  );
}

/** An address as TEI wants it: other than ASCII in percent notation, what is written so already left alone. */
const address = (page: string): string => encodeURI(page).replace(/%25(?=[\dA-F]{2})/gi, '%');

/** Where the juan that the text cites can be read. */
function writePassages(
  { id, passage, juan = Number.POSITIVE_INFINITY }: Work,
  { annotations }: AnnotatedText,
): XmlElement[] {
  if (passage === undefined) return [];
  const cited = annotations.flatMap((one) =>
    one.type === 'bibl' && one.work === id ? one.parts.flatMap(({ n }) => n ?? []) : [],
  );
  return [...new Set(cited)]
    .filter((n) => n <= juan)
    .sort((a, b) => a - b)
    .map((n) => {
      const page = passage.replace(/\{juan(?::(\d))?\}/g, (_, width = '1') => String(n).padStart(Number(width), '0'));
      return element('ptr', { type: 'passage', n, target: address(page) });
    });
}

/** One event per year, and in it one per entry, labelled with the headline. */
function writeEvents({ id, text }: EntitiesInput): XmlElement[] {
  return groupByYear(text.entries).flatMap(({ entries }, index) => {
    const events = entries.map((entry) => {
      const { n, date } = entry;
      const dated = date === undefined ? {} : { ...dateAttributes(date, false), resp: '#rule.date' };
      const attributes = { type: 'entry', 'xml:id': eventId(id, n), corresp: `#${entryId(id, n)}`, ...dated };
      return element('event', attributes, element('label', {}, headline(entry, text)));
    });
    const year = entries[0]!.year;
    if (!year) return events;
    const { label, cycle, date } = year;
    const attributes = { type: 'year', 'xml:id': yearId(id, index + 1), ...dateAttributes(date, false) };
    return [
      element(
        'event',
        attributes,
        element('label', {}, label),
        element('desc', {}, cycle),
        element('listEvent', {}, events),
      ),
    ];
  });
}

/** The words of a headline without its notes; of an entry without headline its first words. */
function headline({ head, body }: AnnotatedText['entries'][number], { source, notes }: AnnotatedText): string {
  const block = head ?? body[0];
  if (!block) return '';
  let words = '';
  let at = block.start;
  for (const note of notes.slice(firstFrom(notes, block.start), firstFrom(notes, block.end))) {
    words += source.text.slice(at, note.start);
    at = note.end;
  }
  words = (words + source.text.slice(at, block.end)).replace(/\s+/gu, '');
  const characters = [...words];
  return head || characters.length <= 30 ? words : `${characters.slice(0, 29).join('')}…`;
}

/** Readings of other works as apparatus entries, located by the note that gives them. */
function writeReadings({ id, text }: EntitiesInput): XmlElement[] {
  const { source, notes, variants } = text;
  return variants.map(({ lemma, reading, work }) => {
    const note = spanAt(notes, reading.start);
    const place = `#${noteId(id, note + 1)}`;
    return element(
      'app',
      { from: place, to: place, resp: '#rule.variant' },
      element('lem', {}, source.text.slice(lemma.start, lemma.end)),
      element('rdg', { source: work && `#${workId(work)}` }, source.text.slice(reading.start, reading.end)),
    );
  });
}
