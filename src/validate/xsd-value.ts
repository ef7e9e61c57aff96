// What the datatypes of XML Schema have in common.

/** Resolves the prefix of a QName, empty for none; nothing when it is not declared. */
export type ResolvePrefix = (prefix: string) => string | undefined;

/** How a type reads values; facets compare what it reads. */
export interface Primitive {
  readonly whitespace: 'preserve' | 'replace' | 'collapse';
  /** The value of a normalised text; nothing when it is none. Equal values have equal keys. */
  read(text: string, resolve: ResolvePrefix): Value | undefined;
  /** Facets that it takes beside `pattern`. */
  readonly facets: readonly string[];
}

export interface Value {
  readonly key: string;
  readonly length?: number;
  /** For types with an order: negative, 0 or positive; nothing when the two have none. */
  compare?(other: Value): number | undefined;
  readonly number?: bigint | number | Moment;
  readonly digits?: { readonly total: number; readonly fraction: number };
}

/** Milliseconds are exact enough for order; without a zone a moment spans 28 hours. */
export interface Moment {
  readonly time: number;
  readonly zoned: boolean;
}

/** Facets that count, and facets that compare. */
export const lengths: readonly string[] = ['length', 'minLength', 'maxLength'];
export const ranges: readonly string[] = ['minInclusive', 'maxInclusive', 'minExclusive', 'maxExclusive'];
