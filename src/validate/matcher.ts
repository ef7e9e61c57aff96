import { type Opening, type Pattern, plainNames } from './patterns.ts';
import { keyOf, partsOf, type RelaxNg } from './relaxng.ts';
import type { Facet } from './xsd-datatypes.ts';
import type { ResolvePrefix } from './xsd-value.ts';

/** One reading of a place: the content expected there, and what the readings of the element around expect behind its end. */
interface Reading {
  readonly content: Pattern;
  readonly behind: Pattern;
  readonly around: Reading | undefined;
}

/** A name that may come at a place. */
export interface ExpectedName {
  readonly uri: string;
  readonly local: string;
  /** Without it the element cannot be completed. */
  readonly required: boolean;
}

/** A datatype with its facets. */
export interface ValueType {
  readonly type: string;
  readonly facets: readonly Facet[];
}

/** What a value may be: one of the values, or a value of one of the types; a list of them. */
export interface Forms {
  readonly values: readonly string[];
  readonly types: readonly ValueType[];
  readonly list: boolean;
}

/** What may come at a place. */
export interface Expected {
  readonly elements: readonly ExpectedName[];
  readonly attributes: readonly ExpectedName[];
  readonly text: boolean;
  /** The element may end here. */
  readonly end: boolean;
}

/**
 * Goes through a document with a schema. Each event is accepted, or refused and then gone over: what follows is read as
 * if the fault were mended.
 */
export class Matcher {
  readonly #schema: RelaxNg;
  #readings: readonly Reading[];

  constructor(schema: RelaxNg) {
    this.#schema = schema;
    this.#readings = [{ content: schema.start, behind: schema.patterns.empty, around: undefined }];
  }

  /** A start tag; false when the element may not stand here: then nothing changes. */
  open(uri: string, local: string): boolean {
    const { patterns, contents } = this.#schema;
    return this.#enter((content) => patterns.openings(content, uri, local, contents));
  }

  /** A start tag before which something is missing; false when that would not help. */
  openLate(uri: string, local: string): boolean {
    const { patterns, contents } = this.#schema;
    return this.#enter((content) => patterns.lateOpenings(content, uri, local, contents));
  }

  /** Where the matcher stands, to come back to with {@link goTo} while the same element is open. */
  get here(): unknown {
    return this.#readings;
  }

  goTo(place: unknown): void {
    this.#readings = place as readonly Reading[];
  }

  #enter(openings: (content: Pattern) => readonly Opening[]): boolean {
    const entered = this.#readings.flatMap((around) =>
      openings(around.content).map(({ inside, behind }) => ({ content: inside, behind, around })),
    );
    if (entered.length === 0) return false;
    this.#readings = entered;
    return true;
  }

  /** An attribute: accepted, or its value or its name refused: then nothing changes. */
  attribute(uri: string, local: string, value: string, resolve: ResolvePrefix): 'accepted' | 'value' | 'name' {
    const { patterns } = this.#schema;
    let named = false;
    const accepted: Reading[] = [];
    for (const reading of this.#readings) {
      for (const { inside, behind } of patterns.attributes(reading.content, uri, local)) {
        named = true;
        if (patterns.matches(inside, value, resolve)) accepted.push({ ...reading, content: behind });
      }
    }
    if (accepted.length === 0) return named ? 'value' : 'name';
    this.#readings = this.#merged(accepted);
    return 'accepted';
  }

  /** An attribute whose value is refused, read as if it had one of those allowed. */
  attributeAnyway(uri: string, local: string): void {
    const { patterns } = this.#schema;
    this.#readings = this.#merged(
      this.#readings.flatMap((reading) =>
        patterns.attributes(reading.content, uri, local).map(({ behind }) => ({ ...reading, content: behind })),
      ),
    );
  }

  /** What an attribute may have as its value, or the element as its content when none is named. */
  forms(attribute?: { readonly uri: string; readonly local: string }): Forms {
    const values = new Set<string>();
    const types = new Map<Pattern, ValueType>();
    let list = false;
    const collect = (pattern: Pattern): void => {
      if (pattern.kind === 'value') values.add(pattern.value);
      if (pattern.kind === 'data') types.set(pattern, pattern);
      if (pattern.kind === 'list') list = true;
      for (const part of partsOf(pattern)) collect(part);
    };
    for (const { content } of this.#readings) {
      if (!attribute) collect(content);
      else {
        const { uri, local } = attribute;
        for (const { inside } of this.#schema.patterns.attributes(content, uri, local)) collect(inside);
      }
    }
    return { values: [...values], types: [...types.values()], list };
  }

  /** The end of the start tag; false when an attribute is missing. */
  close(): boolean {
    const { patterns } = this.#schema;
    const closed = this.#readings
      .map((reading) => ({ ...reading, content: patterns.closed(reading.content) }))
      .filter(({ content }) => content.kind !== 'notAllowed');
    if (closed.length > 0) this.#readings = this.#merged(closed);
    return closed.length > 0;
  }

  /** The end of a start tag that lacks attributes. */
  closeAnyway(): void {
    const { patterns } = this.#schema;
    this.#readings = this.#merged(
      this.#readings.map((reading) => ({ ...reading, content: patterns.closedAnyway(reading.content) })),
    );
  }

  /** Attributes each of which alone would complete the start tag. */
  completing(): ExpectedName[] {
    const { patterns } = this.#schema;
    return this.expected().attributes.filter(({ uri, local }) =>
      this.#readings.some(({ content }) =>
        patterns.attributes(content, uri, local).some(({ behind }) => patterns.closed(behind).kind !== 'notAllowed'),
      ),
    );
  }

  /** Text beside elements; false when there may be none: then nothing changes. */
  text(): boolean {
    const { patterns } = this.#schema;
    const after = this.#readings
      .map((reading) => ({ ...reading, content: patterns.afterText(reading.content) }))
      .filter(({ content }) => content.kind !== 'notAllowed');
    if (after.length > 0) this.#readings = this.#merged(after);
    return after.length > 0;
  }

  /** The end of an element without elements inside, and its whole text; false when it does not match. */
  endWithText(text: string, resolve: ResolvePrefix): boolean {
    return this.#leave(({ content }) => this.#schema.patterns.matches(content, text, resolve));
  }

  /** The end of an element with elements inside; false when something is missing. */
  end(): boolean {
    return this.#leave(({ content }) => content.nullable);
  }

  /** The end of an element in any case. */
  endAnyway(): void {
    this.#leave(() => true);
  }

  #leave(may: (reading: Reading) => boolean): boolean {
    const left = this.#readings.filter(may).map(({ around, behind }) => ({ ...around!, content: behind }));
    if (left.length === 0) return false;
    this.#readings = this.#merged(left);
    return true;
  }

  /** Readings that differ in their content only are one with a choice. */
  #merged(readings: readonly Reading[]): readonly Reading[] {
    if (readings.length < 2) return readings;
    const merged: Reading[] = [];
    for (const reading of readings) {
      const at = merged.findIndex(({ behind, around }) => behind === reading.behind && around === reading.around);
      if (at < 0) merged.push(reading);
      else merged[at] = { ...reading, content: this.#schema.patterns.choice(merged[at]!.content, reading.content) };
    }
    return merged;
  }

  /** What may come here. */
  expected(): Expected {
    const elements = new Map<string, ExpectedName>();
    const attributes = new Map<string, ExpectedName>();
    let text = false;
    const collect = (pattern: Pattern): void => {
      if (pattern.kind === 'element' || pattern.kind === 'attribute') {
        const into = pattern.kind === 'element' ? elements : attributes;
        for (const name of plainNames(pattern.names).names) into.set(keyOf(name), { ...name, required: false });
      } else if (pattern.kind === 'group' && !pattern.first.nullable && !pattern.first.hasAttributes)
        collect(pattern.first);
      else if (
        pattern.kind === 'text' ||
        pattern.kind === 'data' ||
        pattern.kind === 'value' ||
        pattern.kind === 'list'
      )
        text = true;
      else for (const part of partsOf(pattern)) collect(part);
    };
    for (const { content } of this.#readings) collect(content);
    for (const key of this.#required()) {
      for (const names of [elements, attributes]) {
        const name = names.get(key);
        if (name) names.set(key, { ...name, required: true });
      }
    }
    const end = this.#readings.some(({ content }) => content.nullable);
    return { elements: [...elements.values()], attributes: [...attributes.values()], text, end };
  }

  #required(): Set<string> {
    const known = new Map<Pattern, Set<string>>();
    const all = this.#readings.map(({ content }) => requiredOf(content, known));
    return intersection(all);
  }
}

/** Names without which a pattern cannot be matched. */
function requiredOf(pattern: Pattern, known: Map<Pattern, Set<string>>): Set<string> {
  const before = known.get(pattern);
  if (before) return before;
  let found = new Set<string>();
  if (!pattern.nullable) {
    if (pattern.kind === 'element' || pattern.kind === 'attribute') {
      const { names, open } = plainNames(pattern.names);
      if (!open && names.length === 1) found.add(keyOf(names[0]!));
    } else {
      const parts = partsOf(pattern).map((part) => requiredOf(part, known));
      found = pattern.kind === 'choice' ? intersection(parts) : new Set(parts.flatMap((part) => [...part]));
    }
  }
  known.set(pattern, found);
  return found;
}

function intersection(sets: readonly Set<string>[]): Set<string> {
  const [first, ...others] = sets;
  return new Set([...(first ?? [])].filter((key) => others.every((other) => other.has(key))));
}
