import type { CompiledRelaxNg } from './compile-relaxng.ts';
import { matchesName, type Pattern, Patterns, plainNames } from './patterns.ts';

/** A RELAX NG schema ready to validate. */
export interface RelaxNg {
  readonly patterns: Patterns;
  readonly start: Pattern;
  /** Contents of the elements by their numbers. */
  readonly contents: readonly Pattern[];
  /** Names that the schema has for elements: local name → namespaces. */
  readonly elements: ReadonlyMap<string, ReadonlySet<string>>;
  /** Attributes of the types ID, IDREF and IDREFS: attribute → element → type, both as `local\\nuri`. */
  readonly idTypes: ReadonlyMap<string, ReadonlyMap<string, IdType>>;
}

export type IdType = 'ID' | 'IDREF' | 'IDREFS';

/** Makes a compiled schema ready. */
export function readRelaxNg({ rows, start, contents }: CompiledRelaxNg): RelaxNg {
  const patterns = new Patterns();
  const made: Pattern[] = [];
  for (const row of rows) made.push(patterns.read(row, made));
  const elements = new Map<string, Set<string>>();
  const idTypes = new Map<string, Map<string, IdType>>();
  for (const pattern of made) {
    if (pattern.kind !== 'element') continue;
    for (const { uri, local } of plainNames(pattern.names).names) {
      const known = elements.get(local);
      if (known) known.add(uri);
      else elements.set(local, new Set([uri]));
    }
    const names = plainNames(pattern.names).names.map(keyOf);
    collectIds(names, made[contents[pattern.content]!]!, idTypes, new Set());
  }
  return { patterns, start: made[start]!, contents: contents.map((at) => made[at]!), elements, idTypes };
}

function collectIds(
  elements: readonly string[],
  pattern: Pattern,
  found: Map<string, Map<string, IdType>>,
  seen: Set<Pattern>,
): void {
  if (!pattern.hasAttributes || seen.has(pattern)) return;
  seen.add(pattern);
  for (const part of partsOf(pattern)) collectIds(elements, part, found, seen);
  const type = pattern.kind === 'attribute' ? idTypeOf(pattern.of) : undefined;
  if (!type || pattern.kind !== 'attribute') return;
  for (const attribute of plainNames(pattern.names).names.map(keyOf)) {
    const types = found.get(attribute) ?? new Map<string, IdType>();
    for (const element of elements) types.set(element, type);
    found.set(attribute, types);
  }
}

function idTypeOf(pattern: Pattern): IdType | undefined {
  if (pattern.kind === 'data') {
    const { type } = pattern;
    return type === 'ID' || type === 'IDREF' || type === 'IDREFS' ? type : undefined;
  }
  return partsOf(pattern)
    .map(idTypeOf)
    .find((type) => type !== undefined);
}

/** The patterns directly inside one; of an attribute and an element none. */
export function partsOf(pattern: Pattern): readonly Pattern[] {
  if (pattern.kind === 'choice' || pattern.kind === 'interleave') return pattern.of;
  if (pattern.kind === 'group') return [pattern.first, pattern.then];
  return pattern.kind === 'oneOrMore' || pattern.kind === 'list' ? [pattern.of] : [];
}

/** A name as a key. */
export function keyOf({ uri, local }: { uri: string; local: string }): string {
  return `${local}\n${uri}`;
}

/** Local names of the elements in whose content an element may stand, in the order of the schema. */
export function parentsOf({ patterns, contents }: RelaxNg, { uri, local }: { uri: string; local: string }): string[] {
  const parents = new Set<string>();
  const holds = new Map<Pattern, boolean>();
  const look = (pattern: Pattern): boolean => {
    const known = holds.get(pattern);
    if (known !== undefined) return known;
    const found = pattern.kind === 'element' ? matchesName(pattern.names, uri, local) : partsOf(pattern).some(look);
    holds.set(pattern, found);
    return found;
  };
  for (const pattern of patterns.made) {
    if (pattern.kind !== 'element' || !look(contents[pattern.content]!)) continue;
    for (const { local: parent } of plainNames(pattern.names).names) parents.add(parent);
  }
  return [...parents];
}
