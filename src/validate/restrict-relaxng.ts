import type { PlacedElement } from '../core/xml-tree.ts';
import { matchesName, type NameClass, type Pattern, plainNames } from './patterns.ts';
import { schemaFault } from './schema-files.ts';

/**
 * Checks what RELAX NG forbids in schemas although its grammar allows it (specification, 7). A fault has the place of
 * the element of the schema in whose content it is. Throws a DiagnosticError.
 */
export function checkRestrictions(
  start: Pattern,
  contents: readonly Pattern[],
  root: PlacedElement,
  places: readonly PlacedElement[],
): void {
  checkStart(start, root);
  contents.forEach((content, at) => {
    const checker = new Checker(places[at]!);
    checker.path(content, []);
    checker.facts(content);
  });
}

function checkStart(start: Pattern, root: PlacedElement): void {
  if (start.kind === 'choice') for (const one of start.of) checkStart(one, root);
  else if (start.kind !== 'element' && start.kind !== 'notAllowed') {
    throw schemaFault(root, `Unexpected ${shown(start)} in \`start\`, expected elements only.`);
  }
}

function shown({ kind }: Pattern): string {
  return `\`${kind}\``;
}

/** What a pattern of an element's content may hold inside others. */
const prohibited: Readonly<Record<string, ReadonlySet<Pattern['kind']>>> = {
  attribute: new Set(['element', 'attribute']),
  list: new Set(['list', 'element', 'attribute', 'text', 'interleave']),
  except: new Set(['attribute', 'element', 'list', 'text', 'group', 'interleave', 'oneOrMore', 'empty']),
};

type ContentType = 'empty' | 'complex' | 'simple';

interface Facts {
  readonly type: ContentType;
  readonly attributes: readonly NameClass[];
  readonly elements: readonly NameClass[];
  readonly text: boolean;
}

class Checker {
  readonly #place: PlacedElement;
  readonly #facts = new Map<Pattern, Facts>();

  constructor(place: PlacedElement) {
    this.#place = place;
  }

  /** 7.1: what may not stand in what. */
  path(pattern: Pattern, around: readonly string[]): void {
    for (const outer of around) {
      if (prohibited[outer]?.has(pattern.kind)) throw this.#fault(`Unexpected ${shown(pattern)} in \`${outer}\`.`);
    }
    if (pattern.kind === 'attribute') {
      if (around.includes('several')) throw this.#fault('Unexpected `attribute` beside others in `oneOrMore`.');
      if (plainNames(pattern.names).open && !around.includes('oneOrMore')) {
        throw this.#fault('Unexpected `attribute` of any name, expected it in `oneOrMore` or `zeroOrMore`.');
      }
    }
    const again = (part: Pattern, ...more: string[]): void => this.path(part, [...around, ...more]);
    const several = around.includes('oneOrMore') ? ['several'] : [];
    if (pattern.kind === 'group') for (const part of [pattern.first, pattern.then]) again(part, ...several);
    else if (pattern.kind === 'interleave') for (const part of pattern.of) again(part, ...several);
    else if (pattern.kind === 'choice') for (const part of pattern.of) again(part);
    else if (pattern.kind === 'data' && pattern.except) again(pattern.except, 'except');
    else if (pattern.kind === 'attribute' || pattern.kind === 'list' || pattern.kind === 'oneOrMore')
      again(pattern.of, pattern.kind);
  }

  /** 7.2 to 7.4: strings stand alone, no attribute twice, no ambiguous interleave. */
  facts(pattern: Pattern): Facts {
    const known = this.#facts.get(pattern);
    if (known) return known;
    const found = this.#compute(pattern);
    this.#facts.set(pattern, found);
    return found;
  }

  #compute(pattern: Pattern): Facts {
    const none = { attributes: [], elements: [], text: false };
    switch (pattern.kind) {
      case 'element':
        return { ...none, type: 'complex', elements: [pattern.names] };
      case 'attribute':
        this.facts(pattern.of);
        return { ...none, type: 'empty', attributes: [pattern.names] };
      case 'text':
        return { ...none, type: 'complex', text: true };
      case 'data':
      case 'value':
      case 'list':
        return { ...none, type: 'simple' };
      case 'oneOrMore': {
        const facts = this.facts(pattern.of);
        if (facts.type === 'simple') throw this.#fault('Unexpected data in `oneOrMore`, expected it in a `list`.');
        return facts;
      }
      case 'choice': {
        const parts = pattern.of.map((part) => this.facts(part));
        const type = (['simple', 'complex'] as const).find((one) => parts.some((part) => part.type === one)) ?? 'empty';
        return { ...joined(parts), type };
      }
      case 'group':
        return this.#together([this.facts(pattern.first), this.facts(pattern.then)], false);
      case 'interleave':
        return this.#together(
          pattern.of.map((part) => this.facts(part)),
          // What was a group of attributes is an interleave now, which changes nothing of what is checked.
          true,
        );
      default:
        return { ...none, type: 'empty' };
    }
  }

  #together(parts: readonly Facts[], isInterleave: boolean): Facts {
    const filled = parts.filter(({ type }) => type !== 'empty');
    if (filled.length > 1 && filled.some(({ type }) => type === 'simple')) {
      throw this.#fault('Unexpected data beside elements, text or other data.');
    }
    this.#distinct(
      parts.map(({ attributes }) => attributes),
      'attribute',
    );
    if (isInterleave) {
      this.#distinct(
        parts.map(({ elements }) => elements),
        'element',
      );
      if (parts.filter(({ text }) => text).length > 1)
        throw this.#fault('Unexpected `text` in two parts of an `interleave`.');
    }
    const type = filled.some((one) => one.type === 'simple') ? 'simple' : filled.length > 0 ? 'complex' : 'empty';
    return { ...joined(parts), type };
  }

  #distinct(parts: readonly (readonly NameClass[])[], what: string): void {
    const seen = new Map<string, number>();
    const open: { names: NameClass; part: number }[] = [];
    parts.forEach((classes, part) => {
      for (const names of classes) {
        const plain = plainNames(names);
        for (const { uri, local } of plain.names) {
          const key = `${local}\n${uri}`;
          if (seen.has(key) && seen.get(key) !== part)
            throw this.#fault(`Unexpected second ${what} \`${local}\` in one pattern.`);
          seen.set(key, part);
        }
        if (plain.open) open.push({ names, part });
      }
    });
    for (const { names, part } of open) {
      for (const [key, other] of seen) {
        const [local = '', uri = ''] = key.split('\n');
        if (other !== part && matchesName(names, uri, local))
          throw this.#fault(`Unexpected second ${what} \`${local}\` in one pattern.`);
      }
      const twin = open.find((other) => other.part !== part && overlap(other.names, names));
      if (twin) throw this.#fault(`Unexpected second ${what} of any name in one pattern.`);
    }
  }

  #fault(message: string): Error {
    return schemaFault(this.#place, message);
  }
}

function joined(parts: readonly Facts[]): Omit<Facts, 'type'> {
  return {
    attributes: parts.flatMap(({ attributes }) => attributes),
    elements: parts.flatMap(({ elements }) => elements),
    text: parts.some(({ text }) => text),
  };
}

/** Do two classes share a name? It is enough to try the names they speak of, and one that neither does. */
function overlap(a: NameClass, b: NameClass): boolean {
  return [...samples(a), ...samples(b)].some(
    ([uri, local]) => matchesName(a, uri, local) && matchesName(b, uri, local),
  );
}

function samples(names: NameClass): (readonly [string, string])[] {
  const unlike = '\u0000';
  if (names.kind === 'name') return [[names.uri, names.local]];
  if (names.kind === 'choice') return names.of.flatMap(samples);
  const own: readonly [string, string] = names.kind === 'nsName' ? [names.uri, unlike] : [unlike, unlike];
  return [own, ...(names.except ? samples(names.except) : [])];
}
