import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import {
  applyEdits,
  findNodeAtLocation,
  type JSONPath,
  modify,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import { diagnostic, type Range, type Report } from './diagnostic.ts';
import { packageRoot } from './package-root.ts';
import { TextIndex } from './span.ts';

/** Names of the schemas in `schemas/NAME.schema.json`. */
export type SchemaName = 'edition' | 'persons' | 'places' | 'orgs' | 'works' | 'ignore' | 'format';

const require = createRequire(import.meta.url);

/** The validator that the build has made (core/json-schema.ts): its compiler takes longer to start than juan 3 to convert. */
const validatorOf = (name: SchemaName): ValidateFunction =>
  require(fileURLToPath(new URL(`dist/schemas/${name}.cjs`, packageRoot))) as ValidateFunction;

/**
 * Parses JSON and checks it against a schema. Returns the value only if it has no error; every error is reported with
 * its JSON Pointer, line and column.
 */
export function readJson<T>(text: string, file: string, schema: SchemaName, report: Report): T | undefined {
  const value = parse(text);
  const validate = validatorOf(schema);
  if (value !== undefined && validate(value)) return value as T;
  // Places are wanted for faults only: the tree that knows them takes longer to make than the value.
  const faults: ParseError[] = [];
  const tree = parseTree(text, faults, { disallowComments: true, allowTrailingComma: false });
  const rangeOf = rangesIn(text);
  const fault = faults[0];
  if (value === undefined || !tree) {
    const found = fault ? spaced(printParseErrorCode(fault.error)) : 'empty file';
    const range = rangeOf(fault?.offset ?? 0, fault?.length ?? 0);
    report(diagnostic('config/invalid-json', `Unexpected JSON syntax: ${found}.`, { file, range }));
    return undefined;
  }
  for (const error of rootCauses(validate.errors ?? [])) {
    const node = nodeOf(tree, error);
    const place = { file, path: error.instancePath || '/', range: rangeOf(node.offset, node.length) };
    report(diagnostic('config/invalid-value', describe(error), place));
  }
  return undefined;
}

/** The value of a JSON text; undefined where it is none. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Ranges of a text by UTF-16 index and length. */
function rangesIn(text: string): (unit: number, length: number) => Range {
  const index = new TextIndex(text);
  return (unit, length) => {
    const start = index.toOffset(unit);
    return index.range({ start, end: Math.max(start, index.toOffset(unit + length)) });
  };
}

/** The place of a value in a valid JSON text, by its keys and indexes: its JSON Pointer and its range. */
export function placeInJson(text: string, path: JSONPath): { readonly path: string; readonly range: Range } {
  const tree = parseTree(text);
  const node = tree && findNodeAtLocation(tree, [...path]);
  const index = new TextIndex(text);
  const start = index.toOffset(node?.offset ?? 0);
  const end = index.toOffset((node?.offset ?? 0) + (node?.length ?? 0));
  const steps = path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`);
  return { path: steps.join(''), range: index.range({ start, end }) };
}

const spaced = (name: string): string => name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();

/** Errors of the branches below an `anyOf` are echoes of it. */
function rootCauses(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  return errors.filter((error) => !['if', 'anyOf', 'oneOf'].includes(error.keyword) || errors.length === 1);
}

/** The syntax node an error is about: the key for an unknown key, else the value. */
function nodeOf(tree: Node, error: ErrorObject): Node {
  const path = error.instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  const node = findNodeAtLocation(tree, path) ?? tree;
  const unknownKey = (error.params as { additionalProperty?: string }).additionalProperty;
  if (unknownKey === undefined) return node;
  return node.children?.find((property) => property.children?.[0]?.value === unknownKey)?.children?.[0] ?? node;
}

const quoted = (value: unknown): string => `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;

/** One sentence: what was found, what was expected. */
function describe(error: ErrorObject): string {
  const { params, data, parentSchema } = error;
  const shown =
    data !== null && typeof data === 'object' ? (Array.isArray(data) ? 'a list' : 'an object') : quoted(data);
  switch (error.keyword) {
    case 'additionalProperties': {
      const known = Object.keys((parentSchema?.properties as object | undefined) ?? {}).filter(
        (key) => key !== '$schema',
      );
      return `Unexpected key ${quoted(params.additionalProperty)}, expected one of ${known.map(quoted).join(', ')}.`;
    }
    case 'required':
      return `Unexpected object without ${quoted(params.missingProperty)}, expected that key.`;
    case 'type':
      return `Unexpected ${shown}, expected ${article(String(params.type))}.`;
    case 'enum':
      return `Unexpected ${shown}, expected one of ${(params.allowedValues as unknown[]).map(quoted).join(', ')}.`;
    case 'pattern': {
      const meaning = (parentSchema as { description?: string } | undefined)?.description;
      return `Unexpected ${shown}, expected ${meaning ? meaning.replace(/\.$/, '') : `text like ${quoted(params.pattern)}`}.`;
    }
    default:
      return `Unexpected ${shown}: it ${error.message ?? 'does not follow the schema'}.`;
  }
}

const article = (type: string): string => `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;

/** One change of a JSON text: a new value at a path, or `undefined` to take the key or the item away. */
export interface JsonEdit {
  readonly path: JSONPath;
  readonly value: unknown;
}

/** Carries out edits of a valid JSON text, one after the other; what they do not touch stays byte for byte. */
export function editJson(text: string, edits: readonly JsonEdit[]): string {
  const formattingOptions = { insertSpaces: true, tabSize: 2, eol: lineEnd(text) };
  return edits.reduce(
    (json, { path, value }) => applyEdits(json, modify(json, path, value, { formattingOptions })),
    text,
  );
}

/** Adds items to the end of a list that is a key of the root object; all that stands in the valid JSON text stays. */
export function appendItems(text: string, key: string, items: readonly unknown[]): string {
  const tree = parseTree(text);
  const list = tree && findNodeAtLocation(tree, [key]);
  if (!list || items.length === 0) return text;
  const written = items.map((item) => JSON.stringify(item, undefined, 2).replaceAll('\n', '\n    '));
  const last = list.children?.at(-1);
  const start = last ? last.offset + last.length : list.offset + 1;
  const end = last ? start : list.offset + list.length - 1;
  const added = `${last ? ',' : ''}\n    ${written.join(',\n    ')}${last ? '' : '\n  '}`;
  return text.slice(0, start) + added.replaceAll('\n', lineEnd(text)) + text.slice(end);
}

const lineEnd = (text: string): string => (text.includes('\r\n') ? '\r\n' : '\n');
