import { type Attribute, duplicateAttribute } from './read-attributes.ts';
import type { MarkupFault } from './read-markup.ts';

/** Prefixes that are declared at a place → URI; the default namespace has the empty prefix. */
export type Scope = ReadonlyMap<string, string>;

const xml = 'http://www.w3.org/XML/1998/namespace';
const xmlns = 'http://www.w3.org/2000/xmlns/';

/** The prefixes that are declared inside a start tag, or what is wrong with its names (Namespaces in XML 1.0). */
export function checkNamespaces(
  { name, attributes }: { readonly name: string; readonly attributes: readonly Attribute[] },
  at: number,
  outer: Scope,
): Scope | MarkupFault {
  const declared = attributes.filter((attribute) => /^xmlns(?::|$)/.test(attribute.name));
  let scope = outer;
  if (declared.length > 0) {
    const inner = new Map(outer);
    for (const one of declared) {
      const fault = nameFault(one.name, one.start) ?? declarationFault(one);
      if (fault) return fault;
      inner.set(one.name.slice(6), one.value.trim());
    }
    scope = inner;
  }
  const fault = nameFault(name, at + 1) ?? prefixFault(name, at + 1, scope);
  if (fault) return fault;
  const seen = new Map<string, Attribute>();
  for (const attribute of attributes) {
    if (!attribute.name.includes(':') || attribute.name.startsWith('xmlns:')) continue;
    const wrong = nameFault(attribute.name, attribute.start) ?? prefixFault(attribute.name, attribute.start, scope);
    if (wrong) return wrong;
    const [prefix, local] = attribute.name.split(':') as [string, string];
    const key = `${local} ${prefix === 'xml' ? xml : scope.get(prefix)}`;
    const first = seen.get(key);
    if (first) return duplicateAttribute(attribute, first);
    seen.set(key, attribute);
  }
  return scope;
}

function nameFault(name: string, start: number): MarkupFault | undefined {
  if (/^[^:]+(?::(?![-.\d\u00B7\u203F\u2040]|[\u0300-\u036F])[^:]+)?$/.test(name)) return undefined;
  const message = `Unexpected name \`${name}\`, expected a name, or two joined by one colon.`;
  return { message, start, end: start + name.length };
}

function prefixFault(name: string, start: number, scope: Scope): MarkupFault | undefined {
  const prefix = name.includes(':') ? name.slice(0, name.indexOf(':')) : '';
  if (prefix === '' || prefix === 'xml' || scope.has(prefix)) return undefined;
  const place = { start, end: start + name.length };
  if (prefix === 'xmlns')
    return { message: `Unexpected element \`${name}\`: the prefix \`xmlns\` is reserved, expected another.`, ...place };
  return {
    message: `Unexpected prefix \`${prefix}\` of \`${name}\`, expected one declared with \`xmlns:${prefix}\`.`,
    ...place,
  };
}

function declarationFault({ name, value, start, end }: Attribute): MarkupFault | undefined {
  const prefix = name.slice(6);
  const uri = value.trim();
  const reserved =
    (prefix === 'xml') !== (uri === xml) || prefix === 'xmlns' || uri === xmlns || (name.includes(':') && uri === '');
  if (!reserved) return undefined;
  const wanted = uri === '' ? 'a namespace' : 'another prefix and namespace: these are reserved';
  return { message: `Unexpected declaration \`${name}="${value}"\`, expected ${wanted}.`, start, end };
}
