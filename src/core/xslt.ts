import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type Saxon from 'saxon-js';
import { type Code, catalogue } from './codes.ts';
import { diagnostic, type Report } from './diagnostic.ts';
import { packageRoot } from './package-root.ts';

// Required, for an import would have Node read the megabyte twice to find out what kind of module it is.
const SaxonJS = createRequire(import.meta.url)('saxon-js') as typeof Saxon;

/** Names of the stylesheets that `npm run build` compiles to `dist/xslt/NAME.sef.json`. */
export type StylesheetName = 'html' | 'print' | 'epub';

/** A compiled stylesheet, with the global parameters it declares. */
export interface Stylesheet {
  readonly name: string;
  readonly sef: unknown;
  readonly parameters: ReadonlySet<string>;
}

/** A parsed document, to be shared by several transformations. Only Saxon-JS reads it. */
export interface SourceNode {
  readonly nodeType: number;
}

/** Result of a transformation: the principal result and the result documents by their path below the base. */
export interface XsltResult {
  readonly principal: string;
  readonly documents: ReadonlyMap<string, string>;
}

const base = 'file:///weibian-output/';
/** Namespace of the codes that stylesheets give to `xsl:message/@error-code`; the local name is the code after `edition/`. */
const diagnosticNamespace = 'urn:weibian:diagnostic';
const loaded = new Map<string, Stylesheet>();

/** Reads a compiled stylesheet once per process. Throws when the package was not built. */
export function loadStylesheet(name: StylesheetName): Stylesheet {
  const known = loaded.get(name);
  if (known) return known;
  const sef: unknown = JSON.parse(readFileSync(new URL(`dist/xslt/${name}.sef.json`, packageRoot), 'utf8'));
  const stylesheet = { name, sef, parameters: new Set(globalParameters(sef)) };
  loaded.set(name, stylesheet);
  return stylesheet;
}

/** Local names of the global parameters in a SEF tree. */
function* globalParameters(node: unknown): Generator<string> {
  if (Array.isArray(node)) {
    for (const item of node) yield* globalParameters(item);
  } else if (node && typeof node === 'object') {
    const { N, name } = node as { N?: string; name?: string };
    if (N === 'globalParam' && name) yield name.replace(/^Q\{[^}]*\}/, '');
    yield* globalParameters((node as { C?: unknown }).C);
  }
}

/** Parses well-formed XML for {@link runXslt}. Check it with `scanXml` first: this parser is lenient. */
export async function parseSource(text: string): Promise<SourceNode> {
  return (await SaxonJS.getResource({ text, type: 'xml' })) as SourceNode;
}

/**
 * Runs a compiled stylesheet over a document. Parameters are strings or booleans only (numbers would arrive as
 * doubles, objects untyped); an undeclared parameter throws, because Saxon would ignore it in silence.
 * `xsl:message` with an `error-code` in `urn:weibian:diagnostic` becomes a diagnostic `edition/LOCAL-NAME`. With `give`,
 * each result document is given away when it is made, and none is kept.
 */
export function runXslt(
  stylesheet: Stylesheet,
  source: SourceNode,
  parameters: Readonly<Record<string, string | boolean>>,
  file: string,
  report: Report,
  give?: (path: string, text: string) => void,
): XsltResult {
  for (const name of Object.keys(parameters)) {
    if (!stylesheet.parameters.has(name)) throw new Error(`${stylesheet.name}.xsl declares no parameter ${name}`);
  }
  const documents = new Map<string, string>();
  const deliver = give ?? ((path: string, text: string) => documents.set(path, text));
  const result = SaxonJS.transform(
    {
      stylesheetInternal: stylesheet.sef,
      stylesheetBaseURI: new URL(`xslt/${stylesheet.name}.xsl`, packageRoot).href,
      sourceNode: source,
      destination: 'serialized',
      baseOutputURI: base,
      stylesheetParams: parameters,
      deliverResultDocument: () => ({
        destination: 'serialized',
        save: (uri: string, text: string) => deliver(decodeURI(String(uri).slice(base.length)), text),
      }),
      deliverMessage: (fragment: unknown, code: string | undefined) => {
        const message = SaxonJS.serialize(fragment, { method: 'text' });
        const [, namespace, local] = /^Q\{([^}]*)\}(.*)$/.exec(code ?? '') ?? [];
        const found = `edition/${local}`;
        if (namespace !== diagnosticNamespace || !(found in catalogue)) {
          throw new Error(`${stylesheet.name}.xsl: message without a code of the catalogue: ${message}`);
        }
        report(diagnostic(found as Code, message, { file }));
      },
    },
    'sync',
  );
  return { principal: String(result.principalResult ?? ''), documents };
}

/**
 * Runs the SEF of a user's schema over a document and gives what it writes. It may write no files, and what it says by
 * `xsl:message` is dropped. Throws what Saxon throws when the stylesheet fails.
 */
export function runForeign(sef: unknown, source: SourceNode, baseUri: string): string {
  const result = SaxonJS.transform(
    {
      stylesheetInternal: sef,
      stylesheetBaseURI: baseUri,
      sourceNode: source,
      destination: 'serialized',
      baseOutputURI: base,
      stylesheetParams: {},
      deliverResultDocument: () => ({ destination: 'serialized', save: () => {} }),
      deliverMessage: () => {},
    },
    'sync',
  );
  return String(result.principalResult ?? '');
}
