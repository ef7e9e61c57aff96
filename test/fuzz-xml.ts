import fc from 'fast-check';
import { ParseOption, XmlDocument, XmlParseError } from 'libxml2-wasm';
import { SaxesParser } from 'saxes';
import type { Diagnostic } from '../src/core/diagnostic.ts';
import { scanXml } from '../src/core/xml.ts';
import { validateTei } from '../src/validate/validate.ts';
import { mutate, randomOf } from './mutate-xml.ts';

/** A change of a file, as data that fast-check can shrink; places are parts of a million of the length. */
type Change =
  | { readonly kind: 'flip'; readonly at: number; readonly bit: number }
  | { readonly kind: 'insert' | 'overwrite'; readonly at: number; readonly bytes: Uint8Array }
  | { readonly kind: 'delete' | 'double'; readonly at: number; readonly length: number }
  | { readonly kind: 'truncate'; readonly at: number }
  | { readonly kind: 'splice'; readonly other: number; readonly at: number; readonly from: number }
  | { readonly kind: 'token'; readonly at: number; readonly token: string }
  | { readonly kind: 'drop tag' | 'double tag' | 'drop quote'; readonly at: number }
  | { readonly kind: 'rename tag'; readonly at: number; readonly name: string }
  | { readonly kind: 'tree'; readonly seed: number }
  | { readonly kind: 'encode'; readonly as: 'utf-16le' | 'utf-16be' | 'mark' | 'two marks' | 'latin1' }
  | { readonly kind: 'declare'; readonly declaration: string };

/** What breaks XML, and what only looks as if it did. */
const tokens = [
  ...[
    '<',
    '>',
    '&',
    '"',
    "'",
    '=',
    '/',
    ':',
    ']]>',
    ']]',
    '--',
    '-->',
    '--->',
    '<!--',
    '<!-- - -->',
    '<![CDATA[',
    '<![CDATA[<&]]>',
  ],
  ...[
    '<?',
    '?>',
    '<?a?>',
    '<?a b?c?>',
    '<?a:b?>',
    '<?XML?>',
    '<?xml version="1.0"?>',
    '<? a?>',
    '</',
    '/>',
    '</p>',
    '<p>',
    '<p/>',
  ],
  ...[
    '&amp;',
    '&amp',
    '&lt;',
    '&nbsp;',
    '&#0;',
    '&#x0;',
    '&#xD800;',
    '&#xFFFE;',
    '&#x1F600;',
    '&#x110000;',
    '&#65',
    '&#xZ;',
    '&;',
  ],
  ...[
    '\u0000',
    '\u0001',
    '\u000B',
    '\u007F',
    '\u0085',
    '\u2028',
    '\uFEFF',
    '\uFFFE',
    '\uFFFF',
    '\u3000',
    '\u00A0',
    '\r',
    '\r\n',
    '\t',
  ],
  ...[
    '𨫼',
    '<𨫼/>',
    '<é/>',
    '<·/>',
    '<a·/>',
    '<x:a/>',
    '<a:/>',
    '<:a/>',
    '<a:b:c/>',
    '<x:1/>',
    '<xml:a/>',
    '<xmlns:a/>',
    '<1/>',
    '<-/>',
  ],
  ...[
    ' xmlns="u"',
    ' xmlns=""',
    ' xmlns:x="u"',
    ' xmlns:x=""',
    ' xmlns:xml="u"',
    ' xmlns:xmlns="u"',
    ' xmlns:x=" u"',
    ' x:a="1"',
  ],
  ...[
    ' xmlns:x="u" xmlns:y="u" x:a="1" y:a="2"',
    ' a="1" a="2"',
    ' a',
    ' a=',
    ' a=b',
    " a='1'",
    ' a="<"',
    ' a="&"',
    ' a="]]>"',
  ],
  ...[
    '<!DOCTYPE TEI>',
    '<!DOCTYPE TEI SYSTEM "x.dtd">',
    '<!ENTITY a "b">',
    '<!doctype html>',
    '<!a>',
    '<!>',
    ' xml:space="x"',
    ' xml:id="1"',
  ],
];

const declarations = [
  ...[
    '',
    '<?xml version="1.0"?>',
    "<?xml version='1.0' encoding='utf-8'?>",
    '<?xml version="1.1"?>',
    '<?xml version="2.0"?>',
  ],
  ...[
    '<?xml version="1.0" encoding="GBK"?>',
    '<?xml version="1.0" encoding="UTF-16"?>',
    '<?xml version="1.0" encoding=""?>',
  ],
  ...['<?xml version="1.0" standalone="yes"?>', '<?xml version="1.0" standalone="maybe"?>', '<?xml encoding="UTF-8"?>'],
  ...[
    '<?xml version="1.0" standalone="yes" encoding="UTF-8"?>',
    ' <?xml version="1.0"?>',
    '<?xml version="1.0" a="b"?>',
    '<?xml?>',
  ],
];

const place = fc.nat({ max: 999_999 });
const bytes = fc.uint8Array({ minLength: 1, maxLength: 4 });
const size = fc.integer({ min: 1, max: 60 });
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constant('flip' as const), at: place, bit: fc.nat({ max: 7 }) }),
  fc.record({ kind: fc.constantFrom('insert' as const, 'overwrite' as const), at: place, bytes }),
  fc.record({ kind: fc.constantFrom('delete' as const, 'double' as const), at: place, length: size }),
  fc.record({ kind: fc.constant('truncate' as const), at: place }),
  fc.record({ kind: fc.constant('splice' as const), other: fc.nat({ max: 9 }), at: place, from: place }),
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('token' as const), at: place, token: fc.constantFrom(...tokens) }),
  },
  fc.record({ kind: fc.constantFrom('drop tag' as const, 'double tag' as const, 'drop quote' as const), at: place }),
  fc.record({
    kind: fc.constant('rename tag' as const),
    at: place,
    name: fc.constantFrom('p', 'div', 'x:p', '1', 'é', 'a:b:c'),
  }),
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('tree' as const), seed: fc.nat() }) },
  fc.record({
    kind: fc.constant('encode' as const),
    as: fc.constantFrom(
      'utf-16le' as const,
      'utf-16be' as const,
      'mark' as const,
      'two marks' as const,
      'latin1' as const,
    ),
  }),
  fc.record({ kind: fc.constant('declare' as const), declaration: fc.constantFrom(...declarations) }),
);

/** A valid file by its number, and the changes to make in it. */
export const mutant = fc.record({
  base: fc.nat({ max: 9 }),
  changes: fc.array(change, { minLength: 1, maxLength: 3 }),
});

/** The file that the changes make of one of the bases. */
export function apply(
  { base, changes }: { base: number; changes: readonly Change[] },
  bases: readonly Buffer[],
): Buffer {
  return changes.reduce((file, one) => applyOne(file, one, bases), bases[base % bases.length]!);
}

function applyOne(file: Buffer, change: Change, bases: readonly Buffer[]): Buffer {
  const index = 'at' in change ? Math.floor((change.at / 1e6) * file.length) : 0;
  const cut = (from: number, to: number, put: Uint8Array = Buffer.alloc(0)): Buffer =>
    Buffer.concat([file.subarray(0, from), put, file.subarray(to)]);
  switch (change.kind) {
    case 'flip':
      return file.length === 0 ? file : cut(index, index + 1, Buffer.of(file[index]! ^ (1 << change.bit)));
    case 'insert':
      return cut(index, index, change.bytes);
    case 'overwrite':
      return cut(index, index + change.bytes.length, change.bytes);
    case 'delete':
      return cut(index, index + change.length);
    case 'double':
      return cut(index, index, file.subarray(index, index + change.length));
    case 'truncate':
      return file.subarray(0, index);
    case 'splice': {
      const other = bases[change.other % bases.length]!;
      return Buffer.concat([file.subarray(0, index), other.subarray(Math.floor((change.from / 1e6) * other.length))]);
    }
    case 'token': {
      const edge = edgeNear(file, index);
      return cut(edge, edge, Buffer.from(change.token));
    }
    case 'drop quote': {
      const quote = file.indexOf('"', index);
      return quote < 0 ? file : cut(quote, quote + 1);
    }
    case 'drop tag':
    case 'double tag':
    case 'rename tag': {
      const tag = tagFrom(file, index);
      if (!tag) return file;
      if (change.kind === 'drop tag') return cut(tag.start, tag.end);
      const text = file.subarray(tag.start, tag.end);
      if (change.kind !== 'rename tag') return cut(tag.start, tag.start, text);
      const renamed = text.toString('latin1').replace(/^(<\/?)[^\s/>]+/, `$1${change.name}`);
      return cut(tag.start, tag.end, Buffer.from(renamed, 'latin1'));
    }
    case 'tree':
      try {
        return Buffer.from(mutate(file.toString('utf8'), randomOf(change.seed)));
      } catch {
        // No tree is left to be changed after other changes.
        return file;
      }
    case 'encode':
      return encode(file, change.as);
    case 'declare':
      return Buffer.from(file.toString('latin1').replace(/^<\?xml[^>]*\?>/, change.declaration), 'latin1');
  }
}

/** The next place where markup begins or ends: tokens in the middle of words break less. */
function edgeNear(file: Buffer, from: number): number {
  for (let at = from; at < Math.min(file.length, from + 200); at++)
    if ('<>"= '.includes(String.fromCharCode(file[at]!))) return at;
  return from;
}

function tagFrom(file: Buffer, from: number): { start: number; end: number } | undefined {
  const start = file.indexOf('<', from);
  const end = file.indexOf('>', start);
  return start < 0 || end < 0 ? undefined : { start, end: end + 1 };
}

function encode(file: Buffer, as: (Change & { kind: 'encode' })['as']): Buffer {
  const text = file.toString('utf8');
  if (as === 'mark') return Buffer.from(`\uFEFF${text}`);
  if (as === 'two marks') return Buffer.from(`\uFEFF\uFEFF${text}`);
  if (as === 'latin1') return Buffer.from(text, 'latin1');
  const little = Buffer.from(`\uFEFF${text}`, 'utf16le');
  return as === 'utf-16le' ? little : little.swap16();
}

/** What libxml2 says of the well-formedness of a file, namespaces included; nothing if it is well-formed. */
export function referenceFault(file: Uint8Array): string | undefined {
  const { XML_PARSE_HUGE, XML_PARSE_NO_XXE, XML_PARSE_NONET, XML_PARSE_SKIP_IDS } = ParseOption;
  try {
    const option = XML_PARSE_HUGE | XML_PARSE_NO_XXE | XML_PARSE_NONET | XML_PARSE_SKIP_IDS;
    XmlDocument.fromBuffer(file, { option }).dispose();
    return undefined;
  } catch (thrown) {
    if (!(thrown instanceof XmlParseError)) throw thrown;
    return thrown.message.trim() || 'not well-formed';
  }
}

const refusals = new Set([
  'validate/control-character',
  'validate/doctype',
  'validate/not-utf-8',
  'validate/not-well-formed',
  'validate/too-deep',
  'validate/too-large',
]);

/** What is wrong with the way a file is validated: an exception, more than 2 s, or another verdict than libxml2's. */
export async function misjudged(file: Buffer): Promise<string | undefined> {
  const found: Diagnostic[] = [];
  const started = process.cpuUsage();
  try {
    await validateTei(file, 'mutant.xml', {}, (one) => found.push(one));
  } catch (thrown) {
    return `threw ${thrown instanceof Error ? thrown.stack : String(thrown)}`;
  }
  // Time of the processor: other work may go on.
  const { user, system } = process.cpuUsage(started);
  const seconds = (user + system) / 1e6;
  if (seconds > 2) return `took ${seconds.toFixed(1)} s`;
  const refusal = found.find(({ code }) => refusals.has(code));
  const reference = referenceFault(file);
  // A namespace that is no URI reference is no fault by Namespaces in XML 1.0, nor is a version 1.x by XML 1.0 (2.8).
  const noFault = /^(?:xmlns(?::[^:]+)?: '[^']*' is not a valid URI|Unsupported version '1\.\d+')$/;
  if (!refusal && reference?.split('\n').every((line) => noFault.test(line))) return undefined;
  if (!refusal && !reference) return otherContent(file.toString('utf8').replace(/^\uFEFF/, ''));
  if (refusal && reference) return undefined;
  if (refusal && isStricter(file, refusal)) return undefined;
  return refusal
    ? `refused, but libxml2 accepts it: ${refusal.range?.start.line}:${refusal.range?.start.column} ${refusal.message}`
    : `accepted, but libxml2 refuses it: ${reference}`;
}

/** Where {@link scanXml} reads something else than saxes does in a well-formed document. */
function otherContent(text: string): string | undefined {
  const [ours, theirs] = [ourEvents(text), saxesEvents(text)];
  const at = ours.findIndex((event, number) => event !== theirs[number]);
  if (at < 0 && ours.length === theirs.length) return undefined;
  return `read ${ours[at]}, but saxes ${theirs[at < 0 ? ours.length : at]}`;
}

/** The events of a document, one a line; text is joined. */
class Events {
  readonly list: string[] = [];
  #text = '';

  text(piece: string): void {
    this.#text += piece;
  }

  add(...event: readonly unknown[]): void {
    if (this.#text !== '') this.list.push(JSON.stringify(['text', this.#text]));
    this.#text = '';
    this.list.push(JSON.stringify(event));
  }
}

type Attribute = { readonly uri: string; readonly local: string; readonly value: string };
// saxes trims the names of namespaces, which XML does not.
const listed = (attributes: readonly Attribute[]) =>
  attributes.map(({ uri, local, value }) => [uri.trim(), local, value]);

function ourEvents(text: string): string[] {
  const events = new Events();
  scanXml(text, {
    start: ({ uri, local, attributes }) => events.add('start', uri.trim(), local, listed(attributes)),
    end: ({ uri, local }) => events.add('end', uri.trim(), local),
    text: (piece) => events.text(piece),
    instruction: (target, body) => events.add('instruction', target, body),
  });
  return events.list;
}

function saxesEvents(text: string): string[] {
  const events = new Events();
  const parser = new SaxesParser({ xmlns: true, position: false, defaultXMLVersion: '1.0', forceXMLVersion: true });
  let depth = 0;
  parser.on('opentag', ({ uri, local, attributes }) => {
    depth++;
    events.add('start', uri, local, listed(Object.values(attributes)));
  });
  parser.on('closetag', ({ uri, local }) => {
    depth--;
    events.add('end', uri, local);
  });
  const onText = (piece: string) => depth > 0 && events.text(piece);
  parser.on('text', onText);
  parser.on('cdata', onText);
  parser.on('processinginstruction', ({ target, body }) => events.add('instruction', target, body));
  parser.on('error', (error) => events.add('error', error.message));
  parser.write(text).close();
  return events.list;
}

/** Where weibian refuses what is well-formed XML, on purpose. */
function isStricter(file: Buffer, { code }: Diagnostic): boolean {
  // A document type declaration may be well-formed; it is never read.
  if (code === 'validate/doctype') return true;
  // libxml2 allows 2048 levels.
  if (code === 'validate/too-deep') return true;
  // XML may be UTF-16, or in the encoding it declares; TEI for weibian is UTF-8.
  return code === 'validate/not-utf-8' && (!isUtf8(file) || /^\uFEFF?<\?xml[^>]*encoding/.test(file.toString('utf8')));
}

function isUtf8(file: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(file);
    return true;
  } catch {
    return false;
  }
}
