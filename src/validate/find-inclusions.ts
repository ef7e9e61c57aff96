import { scanXml, type XmlFault, type XmlStartTag } from '../core/xml.ts';

/** The namespace of XInclude; a text without it includes nothing. */
export const xincludeNamespace = 'http://www.w3.org/2001/XInclude';

/** A piece of a text in UTF-16 indexes. */
export interface Extent {
  readonly from: number;
  readonly to: number;
}

/** An xi:include with what stands in it. */
export interface Inclusion extends Extent {
  /** Attributes without a namespace, by name. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly fallback: Extent | undefined;
  /** The default namespace where it stands, or nothing. */
  readonly namespace: string;
  /** It, or an element around it, has xml:base. */
  readonly base: boolean;
}

/** An element that can be included: its extent, and the namespaces that it has from around it. */
export interface Includable extends Extent {
  /** Index behind the name in its start tag. */
  readonly nameEnd: number;
  /** Prefix → URI from the elements around it that it does not declare itself. */
  readonly inherited: ReadonlyMap<string, string>;
}

/** What {@link findInclusions} finds in a document. */
export interface Outline {
  readonly inclusions: readonly Inclusion[];
  /** The root element, or that with the id which was asked for; nothing if there is none. */
  readonly element: Includable | undefined;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

interface Open {
  readonly tag: XmlStartTag;
  readonly scope: ReadonlyMap<string, string>;
  readonly base: boolean;
  readonly inclusion: Writable<Inclusion> | undefined;
  readonly wanted: Writable<Includable> | undefined;
}

/** The inclusions of a document in their order, and its root element or that with an xml:id; or why it cannot be read. */
export function findInclusions(text: string, id?: string): Outline | XmlFault {
  const inclusions: Inclusion[] = [];
  const open: Open[] = [];
  let element: Includable | undefined;
  const fault = scanXml(text, {
    start(tag) {
      const parent = open.at(-1);
      const around = parent?.scope ?? new Map<string, string>();
      const scope = tag.namespaces.length > 0 ? new Map([...around, ...tag.namespaces]) : around;
      const base = (parent?.base ?? false) || tag.attributes.some(({ name }) => name === 'xml:base');
      const isTarget =
        id === undefined ? !parent : tag.attributes.some((one) => one.name === 'xml:id' && one.value === id);
      let wanted: Writable<Includable> | undefined;
      if (isTarget && !element) {
        const own = new Set(tag.namespaces.map(([prefix]) => prefix));
        const inherited = new Map([...around].filter(([prefix]) => !own.has(prefix)));
        if (!own.has('') && !inherited.has('')) inherited.set('', '');
        wanted = { from: tag.at, to: tag.to, nameEnd: tag.at + 1 + tag.name.length, inherited };
        element = wanted;
      }
      let inclusion: Writable<Inclusion> | undefined;
      if (tag.uri === xincludeNamespace && tag.local === 'include') {
        const attributes = new Map(
          tag.attributes.filter(({ uri }) => uri === '').map(({ name, value }) => [name, value]),
        );
        inclusion = { from: tag.at, to: tag.to, attributes, fallback: undefined, namespace: scope.get('') ?? '', base };
        inclusions.push(inclusion);
      }
      open.push({ tag, scope, base, inclusion, wanted });
    },
    end(_name, to) {
      const { tag, inclusion, wanted } = open.pop()!;
      if (inclusion) inclusion.to = to;
      if (wanted) wanted.to = to;
      const around = open.at(-1)?.inclusion;
      if (!around || tag.uri !== xincludeNamespace || tag.local !== 'fallback') return;
      const empty = tag.to === to;
      around.fallback ??= { from: tag.to, to: empty ? to : text.lastIndexOf('</', to - 1) };
    },
  });
  return fault ?? { inclusions, element };
}
