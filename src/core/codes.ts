import type { Severity } from './diagnostic.ts';

/** What the catalogue says of a code: what it is, what to do, and a wrong and a right example where one helps. */
export interface CatalogueEntry {
  readonly severity: Severity;
  readonly title: string;
  readonly why: string;
  readonly help: string;
}

/** Every diagnostic code, grouped by the folder that makes it. A retired code stays listed and is never reused. */
export const catalogue = {
  // core: files
  'core/unreadable-file': {
    severity: 'error',
    title: 'A file cannot be read',
    why: 'Nothing can be done with a file that is missing or closed to you.',
    help: 'Check the path, and that you may read the file.',
  },
  'core/unwritable-file': {
    severity: 'error',
    title: 'A file cannot be written',
    why: 'The output folder is missing, full or closed to you; nothing was written in its place.',
    help: 'Check that the folder exists and that you may write there, or choose another with --out.',
  },

  // edition: HTML and print made from TEI by XSLT
  'edition/unhandled-element': {
    severity: 'warning',
    title: 'An element has no template',
    why: 'The stylesheet knows no rendering for this element; its text is kept, its markup is not shown.',
    help: 'Use the elements of docs/encoding.md, or add a template in xslt/modules.',
  },
  'edition/missing-glyph': {
    severity: 'warning',
    title: 'No font has a character of the text',
    why: 'The character would be an empty box; 〓 stands in its place, and the text layer keeps the character.',
    help: 'Name the character in `glyphs` of edition.json with an IDS or a mapping.',
  },

  // validate: checks of finished TEI
  'validate/not-well-formed': {
    severity: 'error',
    title: 'The XML is not well-formed',
    why: 'A file that no XML parser can read has no elements to check; the checks stop here.',
    help: 'Correct the markup at this place: every tag closed, every attribute quoted, & and < written as &amp; and &lt;.',
  },
  'validate/doctype': {
    severity: 'error',
    title: 'Document type declarations and entities are refused',
    why: 'Entities and external DTDs can read files and exhaust memory; weibian never expands them.',
    help: 'Remove the DOCTYPE and write the characters themselves.',
  },
  'validate/schema': {
    severity: 'error',
    title: 'The document does not follow the schema',
    why: 'schemas/weibian.rng narrows TEI P5; what it refuses, other TEI software may misread.',
    help: 'See docs/encoding.md for what may stand here.',
  },
} as const satisfies Record<string, CatalogueEntry>;

export type Code = keyof typeof catalogue;
