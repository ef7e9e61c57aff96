import type { Code } from '../core/codes.ts';
import { type Diagnostic, diagnostic, type Range, type Report } from '../core/diagnostic.ts';
import { TextIndex } from '../core/span.ts';
import { scanXml, type XmlAttribute, type XmlStartTag } from '../core/xml.ts';
import type { ElementIndex } from './element-index.ts';
import { Expectations, shorten } from './expectations.ts';
import { type Expected, Matcher } from './matcher.ts';
import { keyOf, type RelaxNg } from './relaxng.ts';
import type { ResolvePrefix } from './xsd-value.ts';

/**
 * Checks a well-formed document against a schema and reports every error once, the root cause first: errors inside
 * a refused element, and those that only follow from an earlier one, are left out.
 */
export function checkSchema(text: string, schema: RelaxNg, index: ElementIndex, file: string, report: Report): void {
  check(text, new SchemaChecker(text, schema, index, file, report, new Expectations(text, schema, 'own')));
}

function check(text: string, checker: SchemaChecker): void {
  scanXml(text, {
    start: (tag) => checker.start(tag),
    text: (piece, at) => checker.text(piece, at),
    end: () => checker.end(),
  });
  checker.finish();
}

/** What to do where the schema is not ours, and our guide does not explain it. */
const foreignHelp: Partial<Record<Code, string>> = {
  'validate/unexpected-element': 'Correct the name, move the element, or remove its tags.',
  'validate/missing-element': 'Add the element that the schema asks for.',
  'validate/missing-attribute': 'Add the attribute that the schema asks for.',
  'validate/invalid-value': 'Use a value that the schema allows.',
};

/** As {@link checkSchema}, for a schema of the user's. */
export function checkForeignSchema(
  text: string,
  schema: RelaxNg,
  index: ElementIndex,
  file: string,
  report: Report,
): void {
  const helped: Report = (found) => report({ ...found, help: foreignHelp[found.code] ?? found.help });
  check(text, new SchemaChecker(text, schema, index, file, helped, new Expectations(text, schema, 'foreign')));
}

/** An open element. */
interface Frame {
  readonly tag: XmlStartTag;
  readonly ordinal: number;
  /** It, or an element around it, was refused: what is inside is not checked. */
  readonly refused: boolean;
  /** Text since its last child, or since its start tag. */
  text: string;
  /** Where the first piece of that text that is not blank stands, a UTF-16 index. */
  textAt: number | undefined;
  hasChildren: boolean;
  /** A required child is pending since a child was refused: that one was meant for it. */
  stuck: boolean;
  /** Something was already reported of its text. */
  textReported: boolean;
  /** A child that came before what must precede it: that may yet come, or is missing. */
  early: Early | undefined;
}

/** A child that came too early. */
interface Early {
  /** Where the matcher stood before it. */
  readonly before: Matcher['here'];
  readonly ordinal: number;
  /** What is wrong if what is missing comes behind it, and if it does not come. */
  readonly unexpected: string;
  readonly missing: string;
}

/** So many refusals are explained; each costs as much as many elements that are accepted. */
const mostExplained = 10_000;

/** White space as XML knows it: an ideographic space is text. */
const isBlank = (text: string): boolean => /^[ \t\r\n]*$/.test(text);

const namespaceOfDeclarations = 'http://www.w3.org/2000/xmlns/';

class SchemaChecker {
  readonly #text: string;
  readonly #schema: RelaxNg;
  readonly #matcher: Matcher;
  readonly #index: ElementIndex;
  readonly #file: string;
  readonly #report: Report;
  readonly #expectations: Expectations;
  readonly #open: Frame[] = [];
  readonly #ids = new Map<string, number>();
  readonly #references: { id: string; ordinal: number; name: string }[] = [];
  #elements = 0;
  #refusals = 0;
  #places: TextIndex | undefined;

  constructor(
    text: string,
    schema: RelaxNg,
    index: ElementIndex,
    file: string,
    report: Report,
    expectations: Expectations,
  ) {
    this.#text = text;
    this.#schema = schema;
    this.#matcher = new Matcher(schema);
    this.#index = index;
    this.#file = file;
    this.#report = report;
    this.#expectations = expectations;
  }

  start(tag: XmlStartTag): void {
    const parent = this.#open.at(-1);
    if (parent) {
      this.#textBeside(parent);
      parent.hasChildren = true;
    }
    const ordinal = ++this.#elements;
    const refused = parent?.refused || !this.#enter(tag, ordinal, parent);
    this.#open.push({
      tag,
      ordinal,
      refused,
      text: '',
      textAt: undefined,
      hasChildren: false,
      stuck: false,
      textReported: false,
      early: undefined,
    });
    if (!refused) this.#attributes(this.#open.at(-1)!);
  }

  /** Enters an element, reports when it may not stand here; false when its content cannot be checked. */
  #enter(tag: XmlStartTag, ordinal: number, parent: Frame | undefined): boolean {
    const { uri, local } = tag;
    const matcher = this.#matcher;
    if (matcher.open(uri, local)) {
      if (parent) parent.stuck = false;
      return true;
    }
    const here = matcher.here;
    const expected = matcher.expected();
    if (parent?.early) {
      const { before, ordinal: early, unexpected } = parent.early;
      matcher.goTo(before);
      if (matcher.open(uri, local)) {
        parent.early = undefined;
        this.#diagnose(early, 'validate/unexpected-element', unexpected);
        return true;
      }
      matcher.goTo(here);
    }
    const late = matcher.openLate(uri, local);
    // A child that was refused stood for what is missing.
    if ((!late || !parent?.stuck) && this.#explains()) {
      const unexpected = this.#expectations.element(tag, parent?.tag, expected, late);
      if (late && parent) {
        this.#endOfEarly(parent);
        const missing = `${this.#missing(parent, expected.elements)} before \`${tag.name}\`.`;
        parent.early = { before: here, ordinal, unexpected, missing };
      } else this.#diagnose(ordinal, 'validate/unexpected-element', unexpected);
    }
    if (!parent) return late;
    parent.stuck = !late && (parent.stuck || !expected.end);
    return late;
  }

  #attributes(frame: Frame): void {
    const { tag, ordinal } = frame;
    const matcher = this.#matcher;
    let refused = false;
    for (const given of tag.attributes) {
      if (given.uri === namespaceOfDeclarations) continue;
      const outcome = matcher.attribute(given.uri, given.local, given.value, this.#resolve);
      if (outcome !== 'name' && outcome !== 'value') this.#identify(given, frame);
      else if (!this.#explains()) {
        refused ||= outcome === 'name';
        if (outcome === 'value') matcher.attributeAnyway(given.uri, given.local);
      } else if (outcome === 'name') {
        refused = true;
        const message = this.#expectations.attribute(given, tag, matcher.expected().attributes);
        this.#diagnose(ordinal, 'validate/unexpected-attribute', message, given.name);
      } else {
        const wanted = this.#expectations.value(given.value, matcher.forms(given), given.name);
        const found = given.value === '' ? 'empty value' : `value \`${shorten(given.value)}\``;
        const message = `Unexpected ${found} of \`${given.name}\` on \`${tag.name}\`; ${wanted}.`;
        this.#diagnose(ordinal, 'validate/invalid-value', message, given.name);
        matcher.attributeAnyway(given.uri, given.local);
      }
    }
    if (matcher.close()) return;
    const required = matcher.expected().attributes.filter((one) => one.required);
    const missing = required.length > 0 ? required : matcher.completing();
    // One of the attributes that were refused may be what was meant.
    if (!refused && missing.length > 0 && this.#explains()) {
      const wanted = this.#expectations.missing(missing, required.length > 0);
      this.#diagnose(ordinal, 'validate/missing-attribute', `Missing attribute on \`${tag.name}\`; ${wanted}.`);
    }
    matcher.closeAnyway();
  }

  readonly #resolve: ResolvePrefix = (prefix) => {
    if (prefix === 'xml') return 'http://www.w3.org/XML/1998/namespace';
    for (let at = this.#open.length - 1; at >= 0; at--) {
      const declared = this.#open[at]!.tag.namespaces.find(([name]) => name === prefix);
      if (declared) return declared[1];
    }
    return prefix === '' ? '' : undefined;
  };

  /** Keeps ids and references to them, as the schema types them. */
  #identify(given: XmlAttribute, { tag, ordinal }: Frame): void {
    const type = this.#schema.idTypes.get(keyOf(given))?.get(keyOf(tag));
    if (!type) return;
    const ids = given.value.split(/[ \t\r\n]+/).filter((id) => id !== '');
    if (type !== 'ID') {
      for (const id of ids) this.#references.push({ id, ordinal, name: given.name });
      return;
    }
    const id = ids[0]!;
    const first = this.#ids.get(id);
    if (first === undefined) {
      this.#ids.set(id, ordinal);
      return;
    }
    const place = this.#index.place(first);
    const related = [{ message: `\`${id}\` is first used here`, file: this.#file, range: place.range }];
    const message = `Unexpected ${given.name} \`${id}\`: it is taken by ${place.path}.`;
    this.#diagnose(ordinal, 'validate/duplicate-id', message, given.name, { related });
  }

  /** The end of the document: references to ids that no element has, and how many refusals were only counted. */
  finish(): void {
    const more = this.#refusals - mostExplained;
    if (more > 0) {
      const message = `Unexpected number of places that the schema refuses, expected less: ${more.toLocaleString('en')} more are only counted.`;
      this.#report(diagnostic('validate/too-many', message, { file: this.#file, count: more }));
    }
    for (const { id, ordinal, name } of this.#references) {
      if (this.#ids.has(id)) continue;
      const message = `Unexpected \`${name}\` \`${id}\`, expected the id of an element.`;
      this.#diagnose(ordinal, 'validate/pointer-unresolved', message, name);
    }
  }

  text(piece: string, at: number): void {
    const frame = this.#open.at(-1);
    if (!frame || frame.refused) return;
    frame.text += piece;
    if (frame.textAt === undefined && !isBlank(piece)) frame.textAt = at;
  }

  /** The text before a child or after the last one. */
  #textBeside(frame: Frame): void {
    const { text } = frame;
    if (!frame.refused && !isBlank(text) && !this.#matcher.text()) this.#unexpectedText(frame);
    frame.text = '';
    frame.textAt = undefined;
  }

  #unexpectedText(frame: Frame): void {
    if (frame.textReported) return;
    frame.textReported = true;
    if (!this.#explains()) return;
    const wanted = this.#expectations.allowed(this.#matcher.expected());
    const message = `Unexpected text \`${shorten(frame.text)}\` in \`${frame.tag.name}\`; ${wanted}.`;
    const path = `${this.#index.place(frame.ordinal).path}/text()`;
    this.#diagnose(frame.ordinal, 'validate/unexpected-text', message, '', { range: this.#textRange(frame), path });
  }

  /** The first line of the text that is not blank. */
  #textRange({ textAt = 0 }: Frame): Range {
    this.#places ??= new TextIndex(this.#text);
    const line = /[^ \t\r\n][^\r\n<]*/g;
    line.lastIndex = textAt;
    const found = line.exec(this.#text);
    const start = found?.index ?? textAt;
    return this.#places.rangeOfUnits(start, start + (found?.[0].trimEnd().length ?? 1));
  }

  end(): void {
    const frame = this.#open.at(-1)!;
    if (!frame.refused) {
      this.#endOfEarly(frame);
      if (frame.hasChildren) this.#endBeside(frame);
      else if (!this.#matcher.endWithText(frame.text, this.#resolve)) {
        this.#endOfText(frame);
        this.#matcher.endAnyway();
      }
    }
    this.#open.pop();
  }

  #endBeside(frame: Frame): void {
    this.#textBeside(frame);
    if (this.#matcher.end()) return;
    // A child or a text that was refused stood for what is missing.
    if (!frame.stuck && !frame.textReported) this.#incomplete(frame);
    this.#matcher.endAnyway();
  }

  /** An element with text only, or nothing, that is not what its content must be. */
  #endOfText(frame: Frame): void {
    if (!this.#explains()) return;
    const { tag, ordinal, text } = frame;
    const blank = isBlank(text);
    if (blank || this.#matcher.text()) {
      if (this.#matcher.expected().elements.length > 0) this.#incomplete(frame);
      else {
        const wanted = this.#expectations.value(text, this.#matcher.forms(), tag.name);
        this.#diagnose(ordinal, 'validate/invalid-value', `Missing text in \`${tag.name}\`; ${wanted}.`);
      }
    } else if (this.#matcher.expected().text) {
      const wanted = this.#expectations.value(text, this.#matcher.forms(), tag.name);
      const message = `Unexpected text \`${shorten(text)}\` in \`${tag.name}\`; ${wanted}.`;
      this.#diagnose(ordinal, 'validate/invalid-value', message);
    } else this.#unexpectedText(frame);
  }

  #incomplete(frame: Frame): void {
    if (!this.#explains()) return;
    const message = `${this.#missing(frame, this.#matcher.expected().elements)}.`;
    this.#diagnose(frame.ordinal, 'validate/missing-element', message);
  }

  #missing({ tag }: Frame, elements: Expected['elements']): string {
    const required = elements.filter((one) => one.required);
    const wanted = this.#expectations.missing(required.length > 0 ? required : elements, required.length > 0);
    return `Missing element in \`${tag.name}\`; ${wanted}`;
  }

  /** What must precede a child that came early did not come behind it. */
  #endOfEarly(frame: Frame): void {
    if (!frame.early) return;
    const { ordinal, missing } = frame.early;
    const related = [{ message: 'before this element', file: this.#file, range: this.#index.place(ordinal).range }];
    this.#diagnose(frame.ordinal, 'validate/missing-element', missing, '', { related });
    frame.early = undefined;
  }

  /** Counts a refusal; whether it is still one of those that are explained. */
  #explains(): boolean {
    return ++this.#refusals <= mostExplained;
  }

  #diagnose(
    ordinal: number,
    code: Diagnostic['code'],
    message: string,
    attribute = '',
    more: Partial<Diagnostic> = {},
  ): void {
    const { range, path } = this.#index.place(ordinal);
    const place = { file: this.#file, range, path: attribute ? `${path}/@${attribute}` : path };
    this.#report(diagnostic(code, message, { ...place, ...more }));
  }
}
