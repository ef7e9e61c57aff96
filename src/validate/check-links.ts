import type { DocumentElement, DocumentTree } from './document-tree.ts';
import { isInside } from './document-tree.ts';
import { type CheckedDocument, type Found, openIn } from './finding.ts';
import { nearestNames } from './nearest-names.ts';

/** Elements that can answer for a statement: a rule of the software, a person, a body. */
const signers = [
  'application',
  'respStmt',
  'editor',
  'author',
  'principal',
  'name',
  'persName',
  'orgName',
  'person',
  'org',
];

/** URI schemes that need no prefixDef. */
const schemes = ['http', 'https', 'urn', 'mailto', 'doi', 'tag', 'file', 'ftp', 'ark', 'hdl', 'info', 'data', 'geo'];

// TEI P5 4.12, the attributes whose datatype is teidata.pointer.
const pointerAttributes = new Set(
  `active adj ana calendar change copyOf corresp datcat datingMethod datingPoint decls domains edRef exclude facs
  hand lemmaRef mutual new next nymRef origin parts passive period perf prev ref resp sameAs scheme scribeRef scriptRef
  select since source spanTo start synch target targetDatcat toWhom url valueDatcat where who wit`.split(/\s+/),
);

const tokens = (value: string): string[] => value.split(/[ \t\r\n]+/).filter((token) => token !== '');

/** What checks of pointers look at. */
interface Links {
  readonly tree: DocumentTree;
  readonly ours: boolean;
  readonly prefixes: ReadonlySet<string>;
  readonly patterns: ReadonlyMap<string, RegExp>;
  readonly found: Found;
  /** Whether a file beside the document exists; without it nothing outside is looked at. */
  readonly exists: ((href: string) => boolean) | undefined;
}

/** Level `links`: what the pointers of a document lead to. `exists` tells of files beside it by their relative URI. */
export function checkLinks(
  { tree, ours }: CheckedDocument,
  exists: ((href: string) => boolean) | undefined,
  found: Found,
): void {
  const definitions = tree.elements.filter(({ name }) => name === 'prefixDef');
  const links: Links = {
    tree,
    ours,
    found,
    exists,
    prefixes: new Set([...schemes, ...definitions.map(({ attributes }) => attributes.ident ?? '')]),
    patterns: new Map(definitions.flatMap(({ attributes }) => patternOf(attributes.ident, attributes.matchPattern))),
  };
  for (const element of tree.elements) {
    checkPointers(element, links);
    if (ours) checkTargets(element, links);
  }
}

/** The pattern of a prefixDef, whole; none when it is no pattern that JavaScript can read. */
function patternOf(ident = '', pattern = ''): [string, RegExp][] {
  try {
    return [[ident, new RegExp(`^(?:${pattern})$`, 'u')]];
  } catch {
    return [];
  }
}

function checkPointers(element: DocumentElement, links: Links): void {
  let lost = false;
  for (const attribute in element.attributes) {
    const value = element.attributes[attribute]!;
    // A document has thousands of pointers to things that exist: the look-up of one is all that most cost.
    if (value.startsWith('#') && links.tree.ids.has(value.slice(1))) continue;
    const declared = pointerAttributes.has(attribute);
    if (declared || value.includes('#')) {
      for (const token of tokens(value)) {
        if (!token.startsWith('#')) {
          if (declared) checkForeign(element, attribute, token, links);
        } else if (!lost && (declared || isLocal(element, attribute, links.ours))) {
          lost = checkLocal(element, attribute, token, links);
        }
      }
    }
  }
}

/** In weibian's own encoding every attribute with # is a pointer; in TEI at large those of apparatus entries are too. */
function isLocal({ name }: DocumentElement, attribute: string, ours: boolean): boolean {
  return (name === 'app' && (attribute === 'from' || attribute === 'to')) || (ours && attribute !== 'n');
}

/** Reports a pointer into the document that leads nowhere; tells whether it did. */
function checkLocal(element: DocumentElement, attribute: string, token: string, { tree, ours, found }: Links): boolean {
  // #xpath(…) and the like are pointer schemes of TEI at large.
  if (tree.ids.has(token.slice(1)) || (!ours && token.includes('('))) return false;
  const [nearest] = nearestNames(token.slice(1), tree.ids.keys());
  const meant = nearest === undefined ? '' : ` (\`#${nearest}\`?)`;
  const message = `Unexpected pointer \`${token}\` in \`${attribute}\`, expected the xml:id of an element of this file${meant}.`;
  const severity = openIn(ours, 'validate/pointer-unresolved');
  found('validate/pointer-unresolved', element, message, { attribute, severity });
  return true;
}

/** A pointer to something outside the document: a prefixed name, a URI, or a file beside it. */
function checkForeign(element: DocumentElement, attribute: string, token: string, links: Links): void {
  const { prefixes, patterns, found, exists, ours } = links;
  const prefix = /^([A-Za-z][\w+.-]*):/.exec(token)?.[1];
  if (prefix === undefined) {
    const href = token.replace(/[#?].*$/, '');
    if (!exists || href === '' || exists(href)) return;
    const message = `Unexpected pointer \`${token}\` in \`${attribute}\`, expected a file that exists beside this one.`;
    found('validate/file-not-found', element, message, { attribute });
  } else if (!prefixes.has(prefix)) {
    const message = `Unexpected prefix \`${prefix}:\` in \`${attribute}\`, expected one that a prefixDef declares.`;
    found('validate/prefix-undeclared', element, message, {
      attribute,
      severity: openIn(ours, 'validate/prefix-undeclared'),
    });
  } else {
    const pattern = patterns.get(prefix);
    const name = token.slice(prefix.length + 1);
    if (!pattern || pattern.test(name)) return;
    const message = `Unexpected \`${name}\` after \`${prefix}:\` in \`${attribute}\`, expected the form \`${pattern.source.slice(4, -2)}\` of its prefixDef.`;
    found('validate/identifier-form', element, message, { attribute });
  }
}

interface TargetRule {
  readonly code:
    | 'validate/name-target'
    | 'validate/bibl-target'
    | 'validate/glyph-target'
    | 'validate/resp-target'
    | 'validate/reading-target'
    | 'validate/calendar-target';
  readonly kinds: readonly string[];
  readonly expected: string;
}

const works: TargetRule = { code: 'validate/bibl-target', kinds: ['bibl', 'witness'], expected: 'a bibl of listBibl' };
const respRule: TargetRule = {
  code: 'validate/resp-target',
  kinds: signers,
  expected: 'an application, a respStmt or an editor',
};
const calendars: TargetRule = {
  code: 'validate/calendar-target',
  kinds: ['calendar'],
  expected: 'a calendar of calendarDesc',
};
const name = (kind: string, expected: string): TargetRule => ({
  code: 'validate/name-target',
  kinds: [kind],
  expected,
});

/** Rules for an attribute, wherever it stands. */
const anywhere: Readonly<Record<string, TargetRule>> = {
  resp: respRule,
  source: works,
  calendar: calendars,
  datingMethod: calendars,
};

/** Rules for an attribute of an element of the body. */
const inBody: Readonly<Record<string, Readonly<Record<string, TargetRule>>>> = {
  persName: { ref: name('person', 'a person') },
  placeName: { ref: name('place', 'a place') },
  orgName: { ref: name('org', 'an org') },
  bibl: { corresp: { ...works, kinds: ['bibl'] } },
};

const everywhere: Readonly<Record<string, Readonly<Record<string, TargetRule>>>> = {
  rs: {
    ref: {
      code: 'validate/name-target',
      kinds: ['person', 'place', 'org', 'bibl'],
      expected: 'a person, place, org or bibl',
    },
  },
  g: { ref: { code: 'validate/glyph-target', kinds: ['glyph', 'char'], expected: 'a glyph or char of charDecl' } },
  change: { who: respRule },
  lem: { wit: { code: 'validate/reading-target', kinds: ['witness'], expected: 'a witness of listWit' } },
  rdg: { wit: { code: 'validate/reading-target', kinds: ['witness'], expected: 'a witness of listWit' } },
};

/** Pointers lead to the right kind of thing: rules of weibian's own encoding. */
function checkTargets(element: DocumentElement, links: Links): void {
  for (const attribute in element.attributes) {
    const rule = anywhere[attribute] ?? everywhere[element.name]?.[attribute] ?? bodyRule(element, attribute);
    if (rule) checkKind(element, attribute, rule, links);
  }
  if (element.name === 'app') checkReading(element, links);
  else if (element.name === 'div' && element.attributes.type === 'year') checkYear(element, links);
  else if (element.name === 'event' && element.attributes.type === 'entry') checkEntryEvent(element, links);
}

function bodyRule(element: DocumentElement, attribute: string): TargetRule | undefined {
  const rule = inBody[element.name]?.[attribute];
  return rule && isInside(element, 'body') ? rule : undefined;
}

const targetsOf = (value: string | undefined, { tree }: Links): DocumentElement[] =>
  tokens(value ?? '').flatMap((token) => (token.startsWith('#') ? (tree.ids.get(token.slice(1)) ?? []) : []));

function checkKind(
  element: DocumentElement,
  attribute: string,
  { code, kinds, expected }: TargetRule,
  links: Links,
): void {
  const strangers = targetsOf(element.attributes[attribute], links).filter(({ name }) => !kinds.includes(name));
  if (strangers.length === 0) return;
  const shown = strangers.map((one) => `${one.name} #${one.attributes['xml:id']}`).join(' ');
  const message = `Unexpected target \`${shown}\` of \`${attribute}\` on \`${element.name}\`, expected ${expected}.`;
  links.found(code, element, message, {
    attribute,
    related: strangers.map((one) => ({ element: one, message: 'this is what it points to' })),
  });
}

function checkReading(element: DocumentElement, links: Links): void {
  for (const attribute of ['from', 'to']) {
    const value = element.attributes[attribute];
    if (targetsOf(value, links).every((target) => isInside(target, 'body'))) continue;
    const message = `Unexpected target \`${value}\` of \`${attribute}\` on \`app\`, expected an element of the body.`;
    links.found('validate/reading-target', element, message, { attribute });
    return;
  }
}

function checkYear(element: DocumentElement, links: Links): void {
  const { corresp, n } = element.attributes;
  const events = targetsOf(corresp, links);
  const years = events.filter(({ name, attributes }) => name === 'event' && attributes.type === 'year');
  if (events.length > 0 && years.length === 0) {
    const message = `Unexpected target \`${corresp}\` of the year \`${n}\`, expected an event of type year.`;
    links.found('validate/year-event', element, message, {
      related: events.map((one) => ({ element: one, message: 'this is what it points to' })),
    });
  }
  const other = events.find(
    ({ name, attributes }) =>
      name === 'event' && attributes['when-custom'] !== undefined && attributes['when-custom'] !== n,
  );
  if (!other) return;
  const message = `Unexpected year \`${n}\`, expected \`${other.attributes['when-custom']}\` as its event \`${corresp}\` says.`;
  links.found('validate/year-event', element, message, { related: [{ element: other, message: 'the event' }] });
}

function checkEntryEvent(element: DocumentElement, links: Links): void {
  const { corresp } = element.attributes;
  const wrong = targetsOf(corresp, links).find(({ name, attributes }) => name !== 'div' || attributes.type !== 'entry');
  if (!wrong) return;
  const message = `Unexpected target \`${wrong.name} ${corresp}\` of an event of type entry, expected a div of type entry.`;
  links.found('validate/entry-event', element, message, {
    related: [{ element: wrong, message: 'this is what it points to' }],
  });
}
