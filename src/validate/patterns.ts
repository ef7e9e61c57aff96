import { type Facet, readDatatype, readValue } from './xsd-datatypes.ts';
import type { ResolvePrefix } from './xsd-value.ts';

/** A name class of RELAX NG. */
export type NameClass =
  | { readonly kind: 'name'; readonly uri: string; readonly local: string }
  | { readonly kind: 'anyName'; readonly except?: NameClass }
  | { readonly kind: 'nsName'; readonly uri: string; readonly except?: NameClass }
  | { readonly kind: 'choice'; readonly of: readonly NameClass[] };

/** Does a name belong to a class? */
export function matchesName(names: NameClass, uri: string, local: string): boolean {
  if (names.kind === 'name') return names.local === local && names.uri === uri;
  if (names.kind === 'choice') return names.of.some((one) => matchesName(one, uri, local));
  if (names.kind === 'nsName' && names.uri !== uri) return false;
  return !names.except || !matchesName(names.except, uri, local);
}

/** The plain names of a class; `open` when it has others too. */
export function plainNames(names: NameClass): { names: { uri: string; local: string }[]; open: boolean } {
  if (names.kind === 'name') return { names: [names], open: false };
  if (names.kind !== 'choice') return { names: [], open: true };
  const parts = names.of.map(plainNames);
  return { names: parts.flatMap((part) => part.names), open: parts.some((part) => part.open) };
}

/** The pattern that a start tag opens, and what the element around it expects behind its end. */
export interface Opening {
  readonly inside: Pattern;
  readonly behind: Pattern;
}

interface Common {
  readonly id: number;
  /** The pattern matches nothing at all. */
  readonly nullable: boolean;
  readonly hasAttributes: boolean;
  /** It is about attributes only: their order means nothing. */
  readonly onlyAttributes: boolean;
  /** What was computed of it. */
  readonly memo: {
    openings?: Map<string, readonly Opening[]>;
    attributes?: Map<string, readonly Opening[]>;
    closed?: Pattern;
    text?: Pattern;
  };
}

/** A simplified pattern of RELAX NG; equal patterns are the same object. An element names its content by its number. */
export type Pattern = Common &
  (
    | { readonly kind: 'empty' | 'notAllowed' | 'text' }
    | { readonly kind: 'choice' | 'interleave'; readonly of: readonly Pattern[] }
    | { readonly kind: 'group'; readonly first: Pattern; readonly then: Pattern }
    | { readonly kind: 'oneOrMore' | 'list'; readonly of: Pattern }
    | {
        readonly kind: 'data';
        readonly type: string;
        readonly facets: readonly Facet[];
        readonly except?: Pattern;
        readonly allows: Test;
      }
    | { readonly kind: 'value'; readonly value: string; readonly allows: Test }
    | { readonly kind: 'attribute'; readonly names: NameClass; readonly of: Pattern }
    | { readonly kind: 'element'; readonly names: NameClass; readonly content: number }
  );

type Test = (text: string, resolve: ResolvePrefix) => boolean;

/** A pattern as it is written to JSON; children are numbers of earlier rows. */
export type Row =
  | readonly ['empty' | 'notAllowed' | 'text']
  | readonly ['choice' | 'interleave', ...number[]]
  | readonly ['group', number, number]
  | readonly ['oneOrMore' | 'list', number]
  | readonly ['data', string, string, readonly (readonly [string, string])[], number?]
  | readonly ['value', string, string, string, string]
  | readonly ['attribute', NameClass, number]
  | readonly ['element', NameClass, number];

/** Makes patterns, each only once, and derives what is left of one after an event (Brzozowski, Clark). */
export class Patterns {
  readonly #known = new Map<string, Pattern>();
  /** How each pattern is written, by its id. */
  readonly rows: Row[] = [];
  readonly empty = this.#leaf('empty', true);
  readonly notAllowed = this.#leaf('notAllowed', false);
  readonly text = this.#leaf('text', true);

  #leaf(kind: 'empty' | 'notAllowed' | 'text', nullable: boolean): Pattern {
    return this.#make([kind], () => ({ kind, nullable, hasAttributes: false, onlyAttributes: kind === 'empty' }));
  }

  #make(row: Row, make: () => Omit<Common, 'id' | 'memo'> & Record<string, unknown>): Pattern {
    const key = JSON.stringify(row);
    const known = this.#known.get(key);
    if (known) return known;
    const pattern = { id: this.rows.length, memo: {}, ...make() } as unknown as Pattern;
    this.rows.push(row);
    this.#known.set(key, pattern);
    return pattern;
  }

  /** All patterns, in the order in which they were made. */
  get made(): Iterable<Pattern> {
    return this.#known.values();
  }

  choice(...given: readonly Pattern[]): Pattern {
    const flat = new Map<number, Pattern>();
    for (const one of given) {
      if (one.kind === 'choice') for (const inner of one.of) flat.set(inner.id, inner);
      else if (one.kind !== 'notAllowed') flat.set(one.id, one);
    }
    // A nullable alternative matches nothing at all too.
    if (flat.has(this.empty.id) && [...flat.values()].some((one) => one.nullable && one !== this.empty))
      flat.delete(this.empty.id);
    const of = [...flat.values()].sort((a, b) => a.id - b.id);
    if (of.length < 2) return of[0] ?? this.notAllowed;
    return this.#make(['choice', ...of.map(({ id }) => id)], () => ({ kind: 'choice', of, ...combined(of, 'some') }));
  }

  interleave(...given: readonly Pattern[]): Pattern {
    const of: Pattern[] = [];
    for (const one of given) {
      if (one.kind === 'notAllowed') return this.notAllowed;
      if (one.kind === 'interleave') of.push(...one.of);
      else if (one.kind !== 'empty') of.push(one);
    }
    if (of.length < 2) return of[0] ?? this.empty;
    of.sort((a, b) => a.id - b.id);
    const row: Row = ['interleave', ...of.map(({ id }) => id)];
    return this.#make(row, () => ({ kind: 'interleave', of, ...combined(of, 'every') }));
  }

  group(first: Pattern, then: Pattern): Pattern {
    if (first.kind === 'notAllowed' || then.kind === 'notAllowed') return this.notAllowed;
    if (first.kind === 'empty') return then;
    if (then.kind === 'empty') return first;
    // Attributes come first and in one interleave: then the order in which a document has them makes no new patterns.
    if (first.onlyAttributes && then.onlyAttributes) return this.interleave(first, then);
    if (then.onlyAttributes) return this.group(then, first);
    if (first.kind === 'group') return this.group(first.first, this.group(first.then, then));
    if (!first.onlyAttributes && then.kind === 'group' && then.first.onlyAttributes) {
      return this.group(then.first, this.group(first, then.then));
    }
    if (first.onlyAttributes && then.kind === 'group' && then.first.onlyAttributes) {
      return this.group(this.interleave(first, then.first), then.then);
    }
    const of = [first, then];
    return this.#make(['group', first.id, then.id], () => ({ kind: 'group', first, then, ...combined(of, 'every') }));
  }

  oneOrMore(of: Pattern): Pattern {
    if (of.kind === 'notAllowed' || of.kind === 'empty' || of.kind === 'oneOrMore' || of.kind === 'text') return of;
    return this.#make(['oneOrMore', of.id], () => ({ kind: 'oneOrMore', of, ...combined([of], 'every') }));
  }

  optional(of: Pattern): Pattern {
    return of.nullable ? of : this.choice(of, this.empty);
  }

  list(of: Pattern): Pattern {
    if (of.kind === 'notAllowed') return of;
    return this.#make(['list', of.id], () => ({ kind: 'list', of, ...plain }));
  }

  /** Throws an Error that says what is wrong with the datatype. */
  data(library: string, type: string, facets: readonly Facet[], except?: Pattern): Pattern {
    const pairs = facets.map(({ name, value }) => [name, value] as const);
    const row: Row = except ? ['data', library, type, pairs, except.id] : ['data', library, type, pairs];
    return this.#make(row, () => {
      const { allows } = readDatatype(library, type, facets);
      return { kind: 'data', type, facets, allows, ...(except && { except }), ...plain };
    });
  }

  /** Throws an Error when the value is none of its type. */
  value(library: string, type: string, value: string, ns: string): Pattern {
    return this.#make(['value', library, type, value, ns], () => {
      // What the schema says of a QName is already a name with its namespace.
      const allows = readValue(library, type, value, () => ns);
      return { kind: 'value', value, allows, ...plain };
    });
  }

  attribute(names: NameClass, of: Pattern): Pattern {
    if (of.kind === 'notAllowed') return of;
    const flags = { nullable: false, hasAttributes: true, onlyAttributes: true };
    return this.#make(['attribute', names, of.id], () => ({ kind: 'attribute', names, of, ...flags }));
  }

  element(names: NameClass, content: number): Pattern {
    return this.#make(['element', names, content], () => ({ kind: 'element', names, content, ...plain }));
  }

  /** The pattern of a row; its children are those made before. */
  read(row: Row, made: readonly Pattern[]): Pattern {
    const of = (id: number | undefined): Pattern => made[id!]!;
    switch (row[0]) {
      case 'choice':
        return this.choice(...row.slice(1).map((id) => of(id as number)));
      case 'interleave':
        return this.interleave(...row.slice(1).map((id) => of(id as number)));
      case 'group':
        return this.group(of(row[1]), of(row[2]));
      case 'oneOrMore':
        return this.oneOrMore(of(row[1]));
      case 'list':
        return this.list(of(row[1]));
      case 'data': {
        const facets = row[3].map(([name, value]) => ({ name, value }));
        return this.data(row[1], row[2], facets, row[4] === undefined ? undefined : of(row[4]));
      }
      case 'value':
        return this.value(row[1], row[2], row[3], row[4]);
      case 'attribute':
        return this.attribute(row[1], of(row[2]));
      case 'element':
        return this.element(row[1], row[2]);
      default:
        return this[row[0]];
    }
  }

  /**
   * Looks for the leaves of a pattern that may come next: what `pick` gives of each, and what is left behind it. In a
   * group the second part comes next when the first may be left out, always when the first is missing, or in any order.
   */
  #split(
    pattern: Pattern,
    pick: (leaf: Pattern) => Pattern | undefined,
    next: 'when nullable' | 'late' | 'unordered',
    memo: (part: Pattern) => readonly Opening[] | undefined,
    keep: (part: Pattern, openings: readonly Opening[]) => void,
  ): readonly Opening[] {
    const known = memo(pattern);
    if (known) return known;
    const again = (part: Pattern): readonly Opening[] => this.#split(part, pick, next, memo, keep);
    let found: Opening[] = [];
    const inside = pick(pattern);
    if (inside) found = [{ inside, behind: this.empty }];
    else if (pattern.kind === 'choice') found = pattern.of.flatMap(again);
    else if (pattern.kind === 'group') {
      found = again(pattern.first).map((one) => ({ ...one, behind: this.group(one.behind, pattern.then) }));
      if (next === 'unordered') {
        found.push(...again(pattern.then).map((one) => ({ ...one, behind: this.group(pattern.first, one.behind) })));
      } else if (next === 'late' || pattern.first.nullable) found.push(...again(pattern.then));
    } else if (pattern.kind === 'interleave') {
      found = pattern.of.flatMap((part, at) => {
        const others = [...pattern.of.slice(0, at), ...pattern.of.slice(at + 1)];
        return again(part).map((one) => ({ ...one, behind: this.interleave(one.behind, ...others) }));
      });
    } else if (pattern.kind === 'oneOrMore') {
      found = again(pattern.of).map((one) => ({ ...one, behind: this.group(one.behind, this.optional(pattern)) }));
    }
    const merged = this.#merge(found);
    keep(pattern, merged);
    return merged;
  }

  /** Openings with the same behind are one with a choice inside, and the other way round. */
  #merge(found: readonly Opening[]): readonly Opening[] {
    if (found.length < 2) return found;
    const byBehind = new Map<Pattern, Pattern>();
    for (const { inside, behind } of found) {
      const other = byBehind.get(behind);
      byBehind.set(behind, other ? this.choice(other, inside) : inside);
    }
    const byInside = new Map<Pattern, Pattern>();
    for (const [behind, inside] of byBehind) {
      const other = byInside.get(inside);
      byInside.set(inside, other ? this.choice(other, behind) : behind);
    }
    return [...byInside].map(([inside, behind]) => ({ inside, behind }));
  }

  /** What a start tag opens in the content of an element; nothing when it may not stand there. */
  openings(pattern: Pattern, uri: string, local: string, contents: readonly Pattern[]): readonly Opening[] {
    const key = `${local}\n${uri}`;
    const pick = (leaf: Pattern): Pattern | undefined =>
      leaf.kind === 'element' && matchesName(leaf.names, uri, local) ? contents[leaf.content] : undefined;
    return this.#split(
      pattern,
      pick,
      'when nullable',
      (part) => part.memo.openings?.get(key),
      (part, openings) => {
        part.memo.openings = remembered(part.memo.openings, key, openings);
      },
    );
  }

  /** As {@link openings}, where what must come before may be missing. */
  lateOpenings(pattern: Pattern, uri: string, local: string, contents: readonly Pattern[]): readonly Opening[] {
    const seen = new Map<Pattern, readonly Opening[]>();
    const pick = (leaf: Pattern): Pattern | undefined =>
      leaf.kind === 'element' && matchesName(leaf.names, uri, local) ? contents[leaf.content] : undefined;
    return this.#split(
      pattern,
      pick,
      'late',
      (part) => seen.get(part),
      (part, openings) => void seen.set(part, openings),
    );
  }

  /** The patterns of the value of an attribute, and what is left for the others. */
  attributes(pattern: Pattern, uri: string, local: string): readonly Opening[] {
    const key = `${local}\n${uri}`;
    const pick = (leaf: Pattern): Pattern | undefined =>
      leaf.kind === 'attribute' && matchesName(leaf.names, uri, local) ? leaf.of : undefined;
    return this.#split(
      pattern,
      pick,
      'unordered',
      (part) => (part.hasAttributes ? part.memo.attributes?.get(key) : []),
      (part, openings) => {
        part.memo.attributes = remembered(part.memo.attributes, key, openings);
      },
    );
  }

  /** The content of an element whose start tag ends; not allowed when an attribute is missing. */
  closed(pattern: Pattern): Pattern {
    if (!pattern.hasAttributes) return pattern;
    pattern.memo.closed ??= this.#map(pattern, (leaf) => (leaf.kind === 'attribute' ? this.notAllowed : leaf), true);
    return pattern.memo.closed;
  }

  /** As {@link closed}, where attributes may be missing. */
  closedAnyway(pattern: Pattern): Pattern {
    return this.#map(pattern, (leaf) => (leaf.kind === 'attribute' ? this.empty : leaf), false);
  }

  #map(pattern: Pattern, leaf: (pattern: Pattern) => Pattern, strict: boolean): Pattern {
    if (!pattern.hasAttributes) return pattern;
    const again = (part: Pattern): Pattern => (strict ? this.closed(part) : this.#map(part, leaf, strict));
    if (pattern.kind === 'choice') return this.choice(...pattern.of.map(again));
    if (pattern.kind === 'interleave') return this.interleave(...pattern.of.map(again));
    if (pattern.kind === 'group') return this.group(again(pattern.first), again(pattern.then));
    if (pattern.kind === 'oneOrMore') return this.oneOrMore(again(pattern.of));
    return leaf(pattern);
  }

  /** What is left after text that stands beside elements; not allowed when there may be none. */
  afterText(pattern: Pattern): Pattern {
    pattern.memo.text ??= this.#afterText(pattern);
    return pattern.memo.text;
  }

  #afterText(pattern: Pattern): Pattern {
    if (pattern.kind === 'text') return pattern;
    if (pattern.kind === 'choice') return this.choice(...pattern.of.map((part) => this.afterText(part)));
    if (pattern.kind === 'group') {
      const first = this.group(this.afterText(pattern.first), pattern.then);
      return pattern.first.nullable ? this.choice(first, this.afterText(pattern.then)) : first;
    }
    if (pattern.kind === 'interleave') {
      const each = pattern.of.map((part, at) =>
        this.interleave(this.afterText(part), ...pattern.of.slice(0, at), ...pattern.of.slice(at + 1)),
      );
      return this.choice(...each);
    }
    if (pattern.kind === 'oneOrMore') return this.group(this.afterText(pattern.of), this.optional(pattern));
    return this.notAllowed;
  }

  /** Does a string match a pattern whole, as the value of an attribute or the only content of an element? */
  matches(pattern: Pattern, text: string, resolve: ResolvePrefix): boolean {
    return (pattern.nullable && /^[ \t\r\n]*$/.test(text)) || this.#holds(pattern, text, resolve);
  }

  #holds(pattern: Pattern, text: string, resolve: ResolvePrefix): boolean {
    switch (pattern.kind) {
      case 'text':
        return true;
      case 'data':
        return pattern.allows(text, resolve) && !(pattern.except && this.matches(pattern.except, text, resolve));
      case 'value':
        return pattern.allows(text, resolve);
      case 'list':
        return this.#tokens(pattern.of, text, resolve).nullable;
      case 'choice':
        return pattern.of.some((part) => this.#holds(part, text, resolve));
      case 'group':
        return (
          (pattern.then.nullable && this.#holds(pattern.first, text, resolve)) ||
          (pattern.first.nullable && this.#holds(pattern.then, text, resolve))
        );
      case 'interleave':
        return pattern.of.some(
          (part) => pattern.of.every((other) => other === part || other.nullable) && this.#holds(part, text, resolve),
        );
      case 'oneOrMore':
        return this.#holds(pattern.of, text, resolve);
      default:
        return false;
    }
  }

  #tokens(pattern: Pattern, text: string, resolve: ResolvePrefix): Pattern {
    const tokens = text.split(/[ \t\r\n]+/).filter((token) => token !== '');
    return tokens.reduce((left, token) => this.#afterToken(left, token, resolve), pattern);
  }

  #afterToken(pattern: Pattern, token: string, resolve: ResolvePrefix): Pattern {
    const again = (part: Pattern): Pattern => this.#afterToken(part, token, resolve);
    if (pattern.kind === 'choice') return this.choice(...pattern.of.map(again));
    if (pattern.kind === 'group') {
      const first = this.group(again(pattern.first), pattern.then);
      return pattern.first.nullable ? this.choice(first, again(pattern.then)) : first;
    }
    if (pattern.kind === 'interleave') {
      const each = pattern.of.map((part, at) =>
        this.interleave(again(part), ...pattern.of.slice(0, at), ...pattern.of.slice(at + 1)),
      );
      return this.choice(...each);
    }
    if (pattern.kind === 'oneOrMore') return this.group(again(pattern.of), this.optional(pattern));
    if (pattern.kind === 'data' || pattern.kind === 'value')
      return this.#holds(pattern, token, resolve) ? this.empty : this.notAllowed;
    return this.notAllowed;
  }
}

/** A hostile document may have names without end: no more of them are remembered than a schema uses. */
const remembers = 2000;

function remembered(
  known: Map<string, readonly Opening[]> | undefined,
  key: string,
  openings: readonly Opening[],
): Map<string, readonly Opening[]> {
  const kept = known && known.size < remembers ? known : new Map<string, readonly Opening[]>();
  return kept.set(key, openings);
}

const plain = { nullable: false, hasAttributes: false, onlyAttributes: false };

function combined(of: readonly Pattern[], nullable: 'some' | 'every'): Omit<Common, 'id' | 'memo'> {
  return {
    nullable: of[nullable]((part) => part.nullable),
    hasAttributes: of.some((part) => part.hasAttributes),
    onlyAttributes: of.every((part) => part.onlyAttributes),
  };
}
