import { rules } from '../annotate/annotation.ts';
import { chineseNumeral } from '../calendar/numerals.ts';
import type { DocumentConfig, Metadata, Responsible } from '../config/edition-config.ts';
import type { XmlElement } from '../core/xml.ts';
import { element } from './element.ts';
import { responsibleId } from './ids.ts';

/** What the header says of one document. */
export interface HeaderInput {
  readonly id: string;
  readonly metadata: Metadata;
  readonly document: DocumentConfig;
  /** Code points of the body text, white space aside. */
  readonly characters: number;
  readonly charDecl: XmlElement | undefined;
  /** Calendars that dates refer to. */
  readonly calendars: readonly string[];
  readonly software: { readonly version: string };
}

const calendarNames: Readonly<Record<string, string>> = {
  song: 'Civil calendar of the Song',
  liao: 'Civil calendar of the Liao',
  jin: 'Civil calendar of the Jin',
  xia: 'Civil calendar of the Xia (the months of the Song)',
};

/** The teiHeader of a document. */
export function writeHeader(input: HeaderInput): XmlElement {
  const { metadata } = input;
  return element(
    'teiHeader',
    {},
    writeFileDesc(input),
    writeEncodingDesc(input),
    element(
      'profileDesc',
      {},
      input.calendars.length > 0 ? element('calendarDesc', {}, input.calendars.map(writeCalendar)) : undefined,
      element(
        'langUsage',
        {},
        element('language', { ident: 'lzh-Hant' }, 'Classical Chinese in traditional characters'),
      ),
    ),
    metadata.date === undefined ? undefined : writeRevision(metadata.date, metadata.editors[0]!),
  );
}

function writeRevision(date: string, editor: Responsible): XmlElement {
  const change = { when: date, who: `#${responsibleId(editor.id)}` };
  return element('revisionDesc', {}, element('change', change, 'Encoded from plain text with weibian.'));
}

function writeCalendar(name: string): XmlElement {
  const prose =
    `${calendarNames[name] ?? name}: when-custom gives era, year, month (閏 before a leap month) and day, ` +
    'as 咸平4-11-27; from and to give the same days in the proleptic Gregorian calendar.';
  return element('calendar', { 'xml:id': name }, element('p', {}, prose));
}

function writeFileDesc({ id, metadata, document, characters }: HeaderInput): XmlElement {
  const { source, licence, edition, date } = metadata;
  const subtitle = document.title ?? (document.juan === undefined ? undefined : `卷${chineseNumeral(document.juan)}`);
  const dated = date === undefined ? undefined : element('date', { when: date }, date);
  return element(
    'fileDesc',
    {},
    element(
      'titleStmt',
      {},
      element('title', { type: 'main' }, metadata.title),
      subtitle === undefined ? undefined : element('title', { type: 'sub' }, subtitle),
      element('author', {}, metadata.author),
      metadata.editors.map((editor) => element('editor', { 'xml:id': responsibleId(editor.id) }, editor.name)),
      [...metadata.editors.filter(({ role }) => role), ...(metadata.contributors ?? [])].map((one) =>
        writeResponsibility(one, metadata.editors.includes(one)),
      ),
    ),
    edition === undefined ? undefined : element('editionStmt', {}, element('edition', {}, edition)),
    element(
      'extent',
      {},
      element('measure', { unit: 'character', quantity: characters }, `${characters} characters, white space aside`),
    ),
    element(
      'publicationStmt',
      {},
      element('publisher', {}, metadata.publisher),
      metadata.place === undefined ? undefined : element('pubPlace', {}, metadata.place),
      dated,
      metadata.identifier === undefined ? undefined : element('idno', { type: 'edition' }, metadata.identifier),
      element('idno', { type: 'file' }, id),
      metadata.url === undefined ? undefined : element('idno', { type: 'URL' }, metadata.url),
      element('availability', { status: 'free' }, element('licence', { target: licence.url }, licence.name)),
    ),
    element(
      'sourceDesc',
      {},
      element(
        'bibl',
        {},
        optional('author', source.author),
        source.title === undefined ? undefined : element('title', { level: 'm' }, source.title),
        subtitle === undefined ? undefined : element('biblScope', { unit: 'juan', n: document.juan }, subtitle),
        optional('pubPlace', source.place),
        optional('publisher', source.publisher),
        optional('date', source.date),
        element('note', {}, source.description),
        source.url === undefined ? undefined : element('ref', { target: source.url }, source.url),
      ),
    ),
  );
}

const optional = (name: string, text: string | undefined): XmlElement | undefined =>
  text === undefined ? undefined : element(name, {}, text);

/** Editors carry their id on editor itself; others on their respStmt. */
function writeResponsibility({ id, name, role }: Responsible, isEditor: boolean): XmlElement {
  return element(
    'respStmt',
    isEditor ? {} : { 'xml:id': responsibleId(id) },
    element('resp', {}, role ?? 'contributor'),
    element('name', {}, name),
  );
}

function writeEncodingDesc({ metadata, charDecl, software }: HeaderInput): XmlElement {
  const { version } = software;
  const principles = metadata.principles ?? {};
  const principle = (name: keyof typeof principles, attributes = {}): XmlElement | undefined =>
    principles[name] === undefined ? undefined : element(name, attributes, element('p', {}, principles[name]));
  return element(
    'encodingDesc',
    {},
    metadata.project === undefined ? undefined : element('projectDesc', {}, element('p', {}, metadata.project)),
    element(
      'editorialDecl',
      {},
      principle('correction'),
      principle('normalization'),
      principle('punctuation', { marks: 'all' }),
      element(
        'segmentation',
        {},
        element(
          'p',
          {},
          'Each entry has its headline (綱) in head and its narrative (目) in p; lb marks the lines of the source file.',
        ),
      ),
      principle('interpretation'),
    ),
    writeRefsDecl(),
    element('listPrefixDef', {}, Object.entries(registers).map(writePrefix)),
    charDecl,
    element(
      'appInfo',
      {},
      element('application', { 'xml:id': 'weibian', ident: 'weibian', version }, element('label', {}, 'weibian')),
      Object.entries(rules).map(([name, label]) =>
        element(
          'application',
          { 'xml:id': `rule.${name}`, ident: `weibian-${name}`, version },
          element('label', {}, label),
        ),
      ),
    ),
  );
}

/** Canonical references: 3 咸平2 12 is an entry. */
function writeRefsDecl(): XmlElement {
  const step = (unit: string, match: string, delim: string | undefined, inner?: XmlElement): XmlElement =>
    element('citeStructure', { unit, match, use: '@n', delim }, inner);
  const entry = step('entry', "div[@type='entry']", ' ');
  return element(
    'refsDecl',
    {},
    step('juan', "//body/div[@type='juan']", undefined, step('year', "div[@type='year']", ' ', entry)),
  );
}

interface Register {
  readonly match: string;
  readonly address: string;
  readonly name: string;
}

/** Registers of persons, places and works, and how their identifiers become addresses. */
const registers: Readonly<Record<string, Register>> = {
  CBDB: {
    match: '(\\d+)',
    address: 'https://cbdb.fas.harvard.edu/cbdbapi/person.php?id=$1',
    name: 'China Biographical Database',
  },
  DILA: { match: '([AP]\\w+)', address: 'https://authority.dila.edu.tw/person/?fromInner=$1', name: 'DILA authority' },
  Wikidata: { match: '(Q\\d+)', address: 'https://www.wikidata.org/entity/$1', name: 'Wikidata' },
  TGAZ: {
    match: '(\\w+)',
    address: 'https://maps.cga.harvard.edu/tgaz/placename/$1',
    name: 'Temporal Gazetteer (CHGIS)',
  },
  VIAF: { match: '(\\d+)', address: 'https://viaf.org/viaf/$1', name: 'Virtual International Authority File' },
};

function writePrefix([type, { match, address, name }]: [string, Register]): XmlElement {
  const attributes = { ident: type.toLowerCase(), matchPattern: match, replacementPattern: address };
  return element('prefixDef', attributes, element('p', {}, name));
}
