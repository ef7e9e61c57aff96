import { createRequire } from 'node:module';
import { scanXml, type XmlStartTag } from '../core/xml.ts';

// Required when first used: salve-annos takes 0.2 s to load.
type Salve = typeof import('salve-annos');
type Grammar = ReturnType<Salve['readTreeFromJSON']>;
const require = createRequire(import.meta.url);

/** A RELAX NG schema ready to validate. */
export interface RelaxNg {
  readonly grammar: Grammar;
  /** Local names of the elements the schema knows. */
  readonly elements: ReadonlySet<string>;
}

/** Converts a schema in RELAX NG XML syntax (no `include`) to the JSON text that {@link readRelaxNg} reads. */
export async function compileRelaxNg(schema: URL): Promise<string> {
  const salve = require('salve-annos') as Salve;
  const { simplified } = await salve.convertRNGToPattern(schema);
  return salve.writeTreeToJSON(simplified, 3);
}

/** Reads a schema that {@link compileRelaxNg} wrote. */
export function readRelaxNg(json: string): RelaxNg {
  const { readTreeFromJSON } = require('salve-annos') as Salve;
  const grammar = readTreeFromJSON(json);
  const names = Object.keys(grammar.elementDefinitions).map((name) => (JSON.parse(name) as { name: string }).name);
  return { grammar, elements: new Set(names) };
}

/** The events of a document, in the words of the engine. */
export type Found = 'enterStartTag' | 'leaveStartTag' | 'attributeName' | 'attributeValue' | 'text' | 'endTag';

/** What the engine says of an event that it refuses. */
export interface Fault {
  readonly messages: readonly string[];
  /** The names it speaks of. */
  readonly names: readonly string[];
}

/** What may come at a place, by kind; `end` when the element may end there. */
export interface Expected {
  readonly elements: readonly string[];
  readonly attributes: readonly string[];
  readonly values: readonly string[];
  readonly text: boolean;
  readonly end: boolean;
}

/** What {@link walkRelaxNg} asks and tells at each event of a document, counted from 0. */
export interface SchemaHandlers {
  /** Asked before the event: shall what is possible there be computed? */
  wanted(event: number): boolean;
  /** The walk ends when it returns false. */
  event(
    event: number,
    found: Found,
    what: string,
    fault: Fault | undefined,
    expected: Expected | undefined,
  ): boolean | undefined;
}

/** Feeds a well-formed document to the schema, event by event. */
export function walkRelaxNg(text: string, { grammar }: RelaxNg, { wanted, event }: SchemaHandlers): void {
  const { DefaultNameResolver } = require('salve-annos') as Salve;
  const resolver = new DefaultNameResolver();
  const walker = grammar.newWalker(resolver, true);
  let events = 0;
  let buffer = '';
  let ended = false;
  const fire = (found: Found, what: string, params: string[]): void => {
    if (ended) return;
    let expected = wanted(events) ? expectedOf(walker.possible()) : undefined;
    if (expected && found === 'leaveStartTag') expected = { ...expected, attributes: sufficient(walker) };
    const errors = walker.fireEvent(found, params);
    ended = event(events++, found, what, errors ? faultOf(errors) : undefined, expected) === false;
  };
  const flush = (): void => {
    if (buffer !== '') fire('text', buffer, [buffer]);
    buffer = '';
  };
  scanXml(text, {
    start(tag: XmlStartTag) {
      flush();
      resolver.enterContext();
      for (const [prefix, uri] of tag.namespaces) resolver.definePrefix(prefix, uri);
      fire('enterStartTag', tag.name, [tag.uri, tag.local]);
      for (const { name, uri, local, value } of tag.attributes) {
        if (uri === 'http://www.w3.org/2000/xmlns/') continue;
        fire('attributeName', name, [uri, local]);
        fire('attributeValue', value, [value]);
      }
      fire('leaveStartTag', tag.name, []);
    },
    text: (piece) => {
      buffer += piece;
    },
    end({ uri, local }) {
      flush();
      fire('endTag', local, [uri, local]);
      resolver.leaveContext();
    },
  });
}

/** Attributes each of which alone would complete the start tag; the engine does not name them when it has a choice. */
function sufficient(walker: ReturnType<Grammar['newWalker']>): string[] {
  const names = [...walker.possible()].flatMap((event) =>
    event.name === 'attributeName' ? (event.namePattern.toArray() ?? []) : [],
  );
  const completing = names.filter(({ ns, name }) => {
    const trial = walker.clone();
    trial.fireEvent('attributeName', [ns, name]);
    const errors = trial.fireEvent('leaveStartTag', []) || [];
    return errors.every(({ msg }) => msg === 'attribute value missing');
  });
  return completing.map(displayName).sort();
}

type SalveError = InstanceType<Salve['ValidationError']>;

function faultOf(errors: readonly SalveError[]): Fault {
  const names = errors.flatMap((error) => error.getNames().flatMap((name) => name.toArray() ?? []));
  return { messages: errors.map(({ msg }) => msg), names: names.map(displayName) };
}

const xmlNamespace = 'http://www.w3.org/XML/1998/namespace';

function displayName({ ns, name }: { ns: string; name: string }): string {
  return ns === xmlNamespace ? `xml:${name}` : name;
}

function expectedOf(events: ReturnType<ReturnType<Grammar['newWalker']>['possible']>): Expected {
  const elements = new Set<string>();
  const attributes = new Set<string>();
  const values = new Set<string>();
  let text = false;
  let end = false;
  for (const event of events) {
    if (event.name === 'enterStartTag' || event.name === 'attributeName') {
      const names = (event.namePattern.toArray() ?? []).map(displayName);
      for (const name of names) (event.name === 'enterStartTag' ? elements : attributes).add(name);
    } else if (event.name === 'attributeValue') {
      if (typeof event.value === 'string') values.add(event.value);
    } else if (event.name === 'text') text = true;
    else end = true;
  }
  return { elements: [...elements], attributes: [...attributes].sort(), values: [...values], text, end };
}
