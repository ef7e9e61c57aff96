import { type Code, catalogue } from '../core/codes.ts';
import { type Diagnostic, diagnostic, type Report } from '../core/diagnostic.ts';
import type { DocumentElement, DocumentTree } from './document-tree.ts';
import type { ElementIndex } from './element-index.ts';

/** More that a finding may carry. */
export interface FindingDetail extends Partial<Pick<Diagnostic, 'severity' | 'help'>> {
  /** The attribute it is about. */
  readonly attribute?: string;
  /** Attributes of the element with the values that put it right. */
  readonly fix?: Readonly<Record<string, string>>;
  /** Elements that the reader should look at too, each with what it is. */
  readonly related?: readonly { readonly element: DocumentElement; readonly message: string }[];
}

/** How a check tells what it found at an element. */
export type Found = (code: Code, element: DocumentElement, message: string, detail?: FindingDetail) => void;

/** What the levels after the schema are given of a document. */
export interface CheckedDocument {
  readonly tree: DocumentTree;
  /** The document follows weibian's own schema: the rules of the house hold. */
  readonly ours: boolean;
}

/** Tells whether a finding at an element, and what it has to do with, only follows from a fault that was told before. */
export type IsEcho = (code: Code, element: DocumentElement, related: readonly DocumentElement[]) => boolean;

/** Turns findings into diagnostics at the places of their elements, echoes left out. */
export function findingsTo(index: ElementIndex, file: string, isEcho: IsEcho, report: Report): Found {
  return (code, element, message, { attribute, related, fix, ...more } = {}) => {
    if (isEcho(code, element, related?.map((one) => one.element) ?? [])) return;
    const { range, path } = index.place(element.ordinal);
    report(
      diagnostic(code, message, {
        file,
        range,
        path: attribute ? `${path}/@${attribute}` : path,
        ...more,
        ...(fix && { fix: index.setAttributes(element.ordinal, fix) }),
        ...(related && {
          related: related.map((one) => ({
            message: one.message,
            file,
            range: index.place(one.element.ordinal).range,
          })),
        }),
      }),
    );
  };
}

/** Severity of a code, for documents that follow a schema of their own: what TEI leaves open there is a warning. */
export const openIn = (ours: boolean, code: Code): Diagnostic['severity'] =>
  ours ? catalogue[code].severity : 'warning';
