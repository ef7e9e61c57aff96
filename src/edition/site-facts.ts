import { readIsoDate } from '../calendar/julian-day.ts';
import { teiNamespace, type XmlHandlers, type XmlStartTag } from '../core/xml.ts';
import { officeReader } from './office-reader.ts';

/** What the pages need to know of the TEI before the stylesheet runs: what it cannot compute itself hangs on it. */
export interface SiteFacts {
  /** Civil year (`咸平2`) → a Western year that it touches, where an event or a date says one. */
  readonly years: Map<string, number | undefined>;
  /** Content of each geo of a location that is certain, white space normalised: `39.03 111.07`. */
  readonly coordinates: Set<string>;
  /** Anchor of a mention (`xixiaji-03.e002.m3`) → the office that the text has directly before it. */
  readonly offices: Map<string, string>;
}

type Reader = Required<Pick<XmlHandlers, 'start' | 'text' | 'end'>>;

/** Facts of nothing yet. */
export function noFacts(): SiteFacts {
  return { years: new Map(), coordinates: new Set(), offices: new Map() };
}

/** Handlers for {@link scanXml} that note the facts of a document. */
export function factsReader(facts: SiteFacts): Reader {
  let geo: string | undefined;
  let certain = true;
  const offices = officeReader(facts.offices);
  return {
    start: (tag) => {
      if (tag.uri !== teiNamespace) return;
      offices.start(tag);
      if (tag.local === 'location') certain = ['high', undefined].includes(attribute(tag, 'cert'));
      if (tag.local === 'geo' && certain) geo = '';
      if (tag.local === 'event' || tag.local === 'date') {
        noteYear(facts, attribute(tag, 'when-custom'), attribute(tag, 'from', 'when'));
      }
      if (tag.local === 'div' && attribute(tag, 'type') === 'year') noteYear(facts, attribute(tag, 'n'));
    },
    text: (text) => {
      offices.text(text);
      if (geo !== undefined) geo += text;
    },
    end: ({ uri, local }) => {
      if (uri === teiNamespace) offices.end({ local });
      if (local !== 'geo' || geo === undefined) return;
      facts.coordinates.add(geo.trim().replace(/\s+/g, ' '));
      geo = undefined;
    },
  };
}

function attribute(tag: XmlStartTag, ...names: readonly string[]): string | undefined {
  return tag.attributes.find(({ name }) => names.includes(name))?.value;
}

/** Keeps the year of a civil date (`咸平2-閏9-3`), and the Western year of its first day. */
function noteYear({ years }: SiteFacts, civil: string | undefined, western?: string): void {
  const key = civil?.split('-')[0];
  if (!key) return;
  const year = western === undefined ? undefined : readIsoDate(western)?.year;
  if (years.get(key) === undefined) years.set(key, year);
}
