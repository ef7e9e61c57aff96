/** Why a document cannot be read: not well-formed, a document type declaration, or beyond what is read safely. */
export type XmlFaultCode = 'validate/not-well-formed' | 'validate/doctype' | 'validate/too-deep' | 'validate/too-large';

/** What is wrong with a document, and where: UTF-16 indexes of the cause, not of where it was noticed. */
export interface XmlFault {
  readonly code: XmlFaultCode;
  readonly message: string;
  readonly start: number;
  readonly end: number;
  readonly related?: readonly { readonly message: string; readonly start: number; readonly end: number }[];
}

type Related = NonNullable<XmlFault['related']>[number];

/** A fault of well-formedness. */
export function ill(message: string, start: number, end: number, related?: Related): XmlFault {
  return { code: 'validate/not-well-formed', message, start, end, ...(related && { related: [related] }) };
}

/** No document needs more: what is larger is refused before it can exhaust those who read it. */
export const limits = {
  /** Bytes of a file: a text in memory takes two to four times as much. */
  bytes: 200_000_000,
  /** Elements in each other: real TEI stays below 50, and what walks a tree by recursion fails at some thousands. */
  depth: 500,
  /** Attributes of an element. */
  attributes: 200,
  /** Characters of a name. */
  name: 1000,
  /** Characters of the value of an attribute: datatypes are checked with regular expressions, which end at some. */
  value: 100_000,
} as const;

/** A fault of size. */
export function tooLarge(what: string, limit: number, start: number, end: number): XmlFault {
  const message = `Unexpected ${what} of more than ${limit.toLocaleString('en')}, expected less.`;
  return { code: 'validate/too-large', message, start, end };
}
