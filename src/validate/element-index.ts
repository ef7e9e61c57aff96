import type { Range } from '../core/diagnostic.ts';
import { scanXml, type XmlFault, type XmlHandlers } from '../core/xml.ts';

/** Where an element stands: its start tag (`<name`) in the file and its XPath. */
export interface ElementPlace {
  readonly range: Range;
  readonly path: string;
}

/** Places of all elements of a document by their ordinal, 1 for the root, in document order. */
export interface ElementIndex {
  readonly root: { readonly name: string; readonly uri: string; readonly local: string };
  /** The place of the nth element; throws when there are fewer. */
  place(ordinal: number): ElementPlace;
}

/** An element that is open where the scan stopped. */
export interface OpenTag {
  readonly name: string;
  readonly range: Range;
}

/** What {@link indexElements} gives of a document that is not well-formed. */
export interface IllFormed {
  /** The scan was given up: elements nest deeper than {@link maximalDepth}. */
  readonly tooDeep: boolean;
  readonly fault: XmlFault;
  readonly open: readonly OpenTag[];
}

/** Elements may nest so deep: real TEI stays below 50, and what walks a tree by recursion fails at some thousands. */
export const maximalDepth = 500;

/** Scans a document once: the places of its elements, or its first fault; `doctype` hears of a DOCTYPE. */
export function indexElements(text: string, doctype: (end: number) => void): ElementIndex | IllFormed {
  const names: string[] = [];
  const parents: number[] = [];
  const positions: number[] = [];
  const ranges: Range[] = [];
  const open: { ordinal: number; counts: Map<string, number> }[] = [];
  const document = new Map<string, number>();
  let root = { name: '', uri: '', local: '' };
  let tooDeep: XmlFault | undefined;
  const handlers: XmlHandlers = {
    start({ name, uri, local, at }) {
      if (open.length >= maximalDepth) {
        tooDeep = { message: 'too deep', at };
        throw tooDeep;
      }
      const parent = open.at(-1);
      const counts = parent?.counts ?? document;
      const position = (counts.get(name) ?? 0) + 1;
      counts.set(name, position);
      if (!parent) root = { name, uri, local };
      const length = [...name].length + 1;
      names.push(name);
      parents.push(parent?.ordinal ?? 0);
      positions.push(position);
      ranges.push({ start: at, end: { ...at, column: at.column + length, offset: at.offset + length } });
      open.push({ ordinal: names.length, counts: new Map() });
    },
    end: () => void open.pop(),
    doctype: (at) => doctype(at.offset),
  };
  let fault: XmlFault | undefined;
  try {
    fault = scanXml(text, handlers);
  } catch (thrown) {
    // Throwing is the only way to end a scan early; deep nesting makes the rest of it quadratic.
    if (thrown !== tooDeep) throw thrown;
    fault = tooDeep;
  }
  if (fault) {
    return {
      tooDeep: tooDeep !== undefined,
      fault,
      open: open.map(({ ordinal }) => ({ name: names[ordinal - 1]!, range: ranges[ordinal - 1]! })),
    };
  }

  /** `name`, or `name[n]` where the parent has several of the name. */
  const step = (ordinal: number): string => {
    const name = names[ordinal - 1]!;
    const parent = parents[ordinal - 1]!;
    const position = positions[ordinal - 1]!;
    if (position > 1) return `${name}[${position}]`;
    // Elements of the parent end where one has a parent that was opened before it.
    for (let next = ordinal; next < names.length && parents[next]! >= parent; next++) {
      if (parents[next] === parent && names[next] === name) return `${name}[1]`;
    }
    return name;
  };

  return {
    root,
    place(ordinal) {
      const range = ranges[ordinal - 1];
      if (!range) throw new RangeError(`there is no element ${ordinal}`);
      let path = '';
      for (let at = ordinal; at > 0; at = parents[at - 1]!) path = `/${step(at)}${path}`;
      return { range, path };
    },
  };
}
