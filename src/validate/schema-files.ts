import { dirname, isAbsolute, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Code } from '../core/codes.ts';
import { type Diagnostic, DiagnosticError, diagnostic } from '../core/diagnostic.ts';
import type { ReadFile } from '../core/files.ts';
import { TextIndex } from '../core/span.ts';
import { type PlacedElement, readPlacedXml } from '../core/xml-tree.ts';

/** Namespaces of RELAX NG and of Schematron (ISO, and 1.5 as older TEI schemas embed it). */
export const relaxNgNamespace = 'http://relaxng.org/ns/structure/1.0';
export const schematronNamespaces: ReadonlySet<string> = new Set([
  'http://purl.oclc.org/dsdl/schematron',
  'http://www.ascc.net/xml/schematron',
]);

/** What {@link SchemaFiles.locate} makes of a reference. */
export type Location = { readonly path: string; readonly fragment: string } | { readonly remote: string };

/**
 * The files of schemas: reads each once and keeps count of them. What is wrong with a file is thrown as a
 * DiagnosticError, for whoever loads the schema to report.
 */
export class SchemaFiles {
  readonly #read: ReadFile;
  readonly #roots = new Map<string, PlacedElement>();

  constructor(read: ReadFile) {
    this.#read = read;
  }

  /** Paths of the files read, sorted. */
  get paths(): string[] {
    return [...this.#roots.keys()].sort();
  }

  /** The root element of a schema file. */
  open(path: string, from?: PlacedElement): PlacedElement {
    const known = this.#roots.get(path);
    if (known) return known;
    const bytes = this.#read(path);
    if (!bytes) {
      const place = { severity: 'error' as const, ...(from ? { file: from.file, range: from.range } : { file: path }) };
      throw fault(
        'validate/schema-not-found',
        `Unexpected schema \`${path}\`, expected a file that can be read.`,
        place,
      );
    }
    const root = readRoot(readText(bytes, path), path);
    this.#roots.set(path, root);
    return root;
  }

  /** The root element that an `href` leads to, and its fragment. */
  follow(href: string, from: PlacedElement, base: string = from.file): { root: PlacedElement; fragment: string } {
    const location = locate(href, base);
    if ('remote' in location) {
      throw schemaFault(
        from,
        `Unexpected remote schema \`${location.remote}\`, expected a local file: nothing is fetched.`,
      );
    }
    return { root: this.open(location.path, from), fragment: location.fragment };
  }
}

/** Resolves a reference against the file in which it stands. */
export function locate(href: string, base: string): Location {
  const [reference = '', fragment = ''] = href.trim().split('#', 2);
  const scheme = /^([a-z][a-z\d+.-]+):/i.exec(reference)?.[1]?.toLowerCase();
  try {
    if (scheme === 'file') return { path: fileURLToPath(reference), fragment };
    if (scheme || reference.startsWith('//')) return { remote: href.trim() };
    const path = decodeURIComponent(reference);
    if (path === '') return { path: base, fragment };
    return { path: isAbsolute(path) ? normalize(path) : join(dirname(base), path), fragment };
  } catch {
    // A reference that is no URI at all: the name as it is.
    return { path: join(dirname(base), reference), fragment };
  }
}

function readText(bytes: Uint8Array, path: string): string {
  if (/\.rnc$/i.test(path)) {
    throw fault('validate/invalid-schema', 'Unexpected compact syntax of RELAX NG, expected XML syntax (.rng).', {
      file: path,
      help: 'Convert it, for example with trang: trang schema.rnc schema.rng',
    });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw fault('validate/invalid-schema', 'Unexpected encoding of the schema, expected UTF-8.', { file: path });
  }
}

function readRoot(text: string, path: string): PlacedElement {
  const root = readPlacedXml(text, path);
  if (!('children' in root)) {
    const range = new TextIndex(text).rangeOfUnits(root.start, root.end);
    throw fault('validate/invalid-schema', `The schema cannot be read. ${root.message}`, { file: path, range });
  }
  if (root.uri === 'http://www.tei-c.org/ns/1.0') {
    throw schemaFault(root, 'Unexpected TEI document, expected a schema that was compiled from it.', {
      help: 'Compile the ODD with Roma (roma.tei-c.org) or TEIGarage to RELAX NG, XML syntax, and give that .rng.',
    });
  }
  return root;
}

/** A fault of a schema at one of its elements. */
export function schemaFault(at: PlacedElement, message: string, more: Partial<Diagnostic> = {}): DiagnosticError {
  return fault('validate/invalid-schema', message, { file: at.file, range: at.range, ...more });
}

function fault(code: Code, message: string, place: Partial<Diagnostic>): DiagnosticError {
  return new DiagnosticError(diagnostic(code, message, place));
}
