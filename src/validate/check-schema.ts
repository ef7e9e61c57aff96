import { type Diagnostic, diagnostic, type Report } from '../core/diagnostic.ts';
import type { ElementIndex } from './element-index.ts';
import { expectedValue } from './expected-value.ts';
import { type Expected, type Fault, type Found, type RelaxNg, walkRelaxNg } from './relaxng.ts';

/** So many refusals of the schema are explained; each costs as much as thousands of elements that are accepted. */
const mostExplained = 10_000;

/**
 * Checks a well-formed document against a schema and reports every error once, the root cause first: errors inside
 * a refused element, and those that only follow from an earlier one, are left out.
 */
export function checkSchema(text: string, schema: RelaxNg, index: ElementIndex, file: string, report: Report): void {
  const faulty = new Set<number>();
  const ids = new Set<string>();
  let attribute = '';
  let refusals = 0;
  walkRelaxNg(text, schema, {
    wanted: () => false,
    event: (event, found, what, fault) => {
      if (found === 'attributeName') attribute = what;
      // The engine overlooks a second use of an ID on an element with several readings.
      const again = found === 'attributeValue' && attribute === 'xml:id' && ids.size === ids.add(what).size;
      if ((fault || again) && refusals++ < mostExplained) faulty.add(event);
    },
  });
  if (faulty.size === 0) return;
  // A second walk explains: what was expected must be asked before an event, and asking always would cost too much.
  const explain = new Explainer(schema, index, file, report);
  walkRelaxNg(text, schema, {
    wanted: (event) => faulty.has(event),
    event: (event, found, what, fault, expected) => {
      explain.event(found, what, fault, expected);
      return !faulty.delete(event) || faulty.size > 0;
    },
  });
  const more = refusals - mostExplained;
  if (more <= 0) return;
  const message = `Unexpected number of places that the schema refuses, expected less: ${more.toLocaleString('en')} more are only counted.`;
  report(diagnostic('validate/too-many', message, { file, count: more }));
}

/** An open element as the explainer sees it. */
interface Frame {
  readonly name: string;
  readonly ordinal: number;
  /** It, or an element around it, was refused: what is inside was never checked. */
  readonly refused: boolean;
  /** A required child is pending since a child was refused: the next refusals follow from that one. */
  stuck: boolean;
  /** Something was already reported of its text. */
  textReported: boolean;
  /** The name of the attribute in hand. */
  attribute: string;
  /** An attribute was refused: a required one may be what was meant. */
  attributeRefused: boolean;
  /** Something was reported of its attributes: the engine may then know no content for it. */
  attributesReported: boolean;
}

/** Turns faults into diagnostics, and leaves out those that only follow from an earlier one. */
class Explainer {
  readonly #schema: RelaxNg;
  readonly #index: ElementIndex;
  readonly #file: string;
  readonly #report: Report;
  readonly #open: Frame[] = [];
  readonly #ids = new Map<string, number>();
  #elements = 0;

  constructor(schema: RelaxNg, index: ElementIndex, file: string, report: Report) {
    this.#schema = schema;
    this.#index = index;
    this.#file = file;
    this.#report = report;
  }

  event(found: Found, what: string, fault: Fault | undefined, expected: Expected | undefined): void {
    if (found === 'enterStartTag') {
      this.#start(what, fault, expected);
      return;
    }
    const frame = this.#open.at(-1)!;
    if (found === 'attributeName') frame.attribute = what;
    const isId = found === 'attributeValue' && frame.attribute === 'xml:id';
    if (isId && this.#ids.has(what)) this.#duplicateId(frame, what);
    else if (fault && expected && !frame.refused) this.#explain(frame, found, what, fault, expected);
    if (isId && !this.#ids.has(what)) this.#ids.set(what, frame.ordinal);
    if (found === 'endTag') this.#open.pop();
  }

  #start(name: string, fault: Fault | undefined, expected: Expected | undefined): void {
    const parent = this.#open.at(-1);
    const frame: Frame = {
      name,
      ordinal: ++this.#elements,
      refused: (parent?.refused ?? false) || fault !== undefined,
      stuck: false,
      textReported: false,
      attribute: '',
      attributeRefused: false,
      attributesReported: false,
    };
    this.#open.push(frame);
    if (!fault || !expected) {
      if (parent && !fault) parent.stuck = false;
      return;
    }
    const known = this.#schema.elements.has(name.replace(/^.*:/, ''));
    const echo = parent && ((parent.stuck && known) || isLost(parent, expected));
    if (!parent?.refused && !echo) {
      const where = parent ? `in \`${parent.name}\`` : 'as root';
      this.#diagnose(
        frame,
        'validate/unexpected-element',
        `Unexpected element \`${name}\` ${where}; ${allowed(expected)}.`,
      );
    }
    if (parent && !expected.end) parent.stuck = true;
  }

  #explain(frame: Frame, found: Found, what: string, fault: Fault, expected: Expected): void {
    if (found === 'attributeName') this.#attribute(frame, what, expected);
    else if (found === 'attributeValue') this.#value(frame, what, expected);
    else if (found === 'leaveStartTag') this.#missingAttribute(frame, fault, expected);
    else if (isLost(frame, expected)) return;
    else if (found === 'text') this.#text(frame, what, expected);
    else this.#end(frame, fault, expected);
  }

  #attribute(frame: Frame, attribute: string, expected: Expected): void {
    frame.attributeRefused = true;
    const wanted = expectedList('expected', expected.attributes) || 'it has all its attributes';
    const message = `Unexpected attribute \`${attribute}\` on \`${frame.name}\`; ${wanted}.`;
    this.#diagnose(frame, 'validate/unexpected-attribute', message, attribute);
  }

  #missingAttribute(frame: Frame, fault: Fault, expected: Expected): void {
    const missing = surelyMissing(fault.names.length > 0 ? fault.names : expected.attributes);
    if (frame.attributeRefused || missing.length === 0) return;
    const message = `Missing attribute on \`${frame.name}\`; ${expectedList('expected', missing)}.`;
    this.#diagnose(frame, 'validate/missing-attribute', message);
  }

  #text(frame: Frame, text: string, expected: Expected): void {
    if (frame.textReported) return;
    frame.textReported = true;
    const found = `Unexpected text \`${shorten(text)}\` in \`${frame.name}\``;
    if (expected.text)
      this.#diagnose(frame, 'validate/invalid-value', `${found}; expected ${expectedValue(frame.name)}.`);
    else this.#diagnose(frame, 'validate/unexpected-text', `${found}; ${allowed(expected)}.`);
  }

  #duplicateId(frame: Frame, id: string): void {
    const first = this.#index.place(this.#ids.get(id)!);
    const related = [{ message: `\`${id}\` is first used here`, file: this.#file, range: first.range }];
    const message = `Unexpected xml:id \`${id}\`: it is taken by ${first.path}.`;
    this.#diagnose(frame, 'validate/duplicate-id', message, frame.attribute, { related });
  }

  #value(frame: Frame, value: string, expected: Expected): void {
    const { attribute } = frame;
    const wanted = expectedList('expected', expected.values) || `expected ${expectedValue(attribute)}`;
    const message = `Unexpected value \`${shorten(value)}\` of \`${attribute}\` on \`${frame.name}\`; ${wanted}.`;
    this.#diagnose(frame, 'validate/invalid-value', message, attribute);
  }

  /** An element that ends too early: its content lacks something, unless a refused child stands for it. */
  #end(frame: Frame, fault: Fault, expected: Expected): void {
    if (frame.stuck || frame.textReported) return;
    if (fault.messages.every((message) => message === 'text not allowed here')) return;
    const wanted = expectedList('expected', expected.elements);
    if (wanted) this.#diagnose(frame, 'validate/missing-element', `Missing element in \`${frame.name}\`; ${wanted}.`);
    else {
      const message = `Missing text in \`${frame.name}\`; expected ${expectedValue(frame.name)}.`;
      this.#diagnose(frame, 'validate/invalid-value', message);
    }
  }

  #diagnose(
    frame: Frame,
    code: Diagnostic['code'],
    message: string,
    attribute = '',
    more: Partial<Diagnostic> = {},
  ): void {
    if (attribute || code === 'validate/missing-attribute') frame.attributesReported = true;
    const { range, path } = this.#index.place(frame.ordinal);
    const place = { file: this.#file, range, path: attribute ? `${path}/@${attribute}` : path };
    this.#report(diagnostic(code, message, { ...place, ...more }));
  }
}

/** The engine expects nothing at all, not even the end: it lost the element at an attribute that was reported. */
function isLost(frame: Frame, { elements, text, end }: Expected): boolean {
  return frame.attributesReported && elements.length === 0 && !text && !end;
}

/** Names that are missing in every reading of an element (`div` has several), or all when no name is. */
function surelyMissing(names: readonly string[]): readonly string[] {
  const repeated = names.filter((name, at) => names.indexOf(name) !== at);
  return [...new Set(repeated.length > 0 ? repeated : names)];
}

const listed = 12;

/** `expected \`a\``, `expected one of \`a\`, \`b\``, or nothing for an empty list; long lists are cut. */
function expectedList(word: string, names: readonly string[]): string {
  if (names.length === 0) return '';
  const shown = names.slice(0, listed).map((name) => `\`${name}\``);
  const more = names.length > listed ? ` and ${names.length - listed} more` : '';
  return `${word} ${names.length > 1 ? 'one of ' : ''}${shown.join(', ')}${more}`;
}

/** What may stand at a place, for a sentence. */
function allowed(expected: Expected): string {
  const elements = expectedList('expected', expected.elements);
  if (elements && expected.text) return `${elements}, or text`;
  if (elements) return elements;
  return expected.text ? 'expected text only' : 'nothing more may stand here';
}

function shorten(value: string): string {
  const points = [...value.replace(/\s+/g, ' ').trim()];
  return points.length > 30 ? `${points.slice(0, 30).join('')}…` : points.join('');
}
