import { limits } from './fault.ts';

// XML 1.0 (fifth edition), productions 4 and 4a.
const nameStart =
  ':A-Z_a-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C\\u200D\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\u{10000}-\\u{EFFFF}';
const namePattern = new RegExp(
  `[${nameStart}][${nameStart}\\-.0-9\\u00B7\\u0300-\\u036F\\u203F\\u2040]{0,${limits.name}}`,
  'uy',
);

/** The XML name that begins at an index, or nothing; of one beyond the limit, a part that is beyond it too. */
export function nameAt(text: string, at: number): string {
  namePattern.lastIndex = at;
  return namePattern.exec(text)?.[0] ?? '';
}

/** A name with its prefix, which may be empty. */
export interface QualifiedName {
  readonly prefix: string;
  readonly local: string;
}

/** Divides a name at its colon; nothing when it is no qualified name (Namespaces in XML 1.0, production 7). */
export function qualifiedName(name: string): QualifiedName | undefined {
  const colon = name.indexOf(':');
  if (colon < 0) return { prefix: '', local: name };
  const local = name.slice(colon + 1);
  if (colon === 0 || local.includes(':') || nameAt(local, 0) === '') return undefined;
  return { prefix: name.slice(0, colon), local };
}

/** Index of the first character from an index on that is no white space. */
export function skipSpace(text: string, at: number): number {
  let next = at;
  for (;;) {
    const code = text.charCodeAt(next);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return next;
    next++;
  }
}

/** The code point at an index as a string, empty at the end. */
export function pointAt(text: string, at: number): string {
  const code = text.codePointAt(at);
  return code === undefined ? '' : String.fromCodePoint(code);
}
