import type { Diagnostic } from '../core/diagnostic.ts';
import type { ConvertedDocument } from './convert-document.ts';

/** How much was found in a document. */
export interface DocumentCounts {
  readonly id: string;
  readonly characters: number;
  readonly entries: number;
  readonly persons: number;
  readonly places: number;
  readonly peoples: number;
  readonly dates: number;
  readonly resolvedDates: number;
  readonly citations: number;
  readonly variants: number;
}

/** Counts the annotations of a document by type. */
export function countDocument({ document, text }: ConvertedDocument): DocumentCounts {
  const count = (type: string): number => text.annotations.filter((one) => one.type === type).length;
  return {
    id: document.id,
    characters: text.source.text.length,
    entries: text.entries.length,
    persons: count('persName'),
    places: count('placeName'),
    peoples: count('orgName'),
    dates: count('date'),
    resolvedDates: text.annotations.filter((one) => one.type === 'date' && one.resolved).length,
    citations: count('bibl'),
    variants: text.variants.length,
  };
}

/** report.json: counts per document and every diagnostic, the same from build to build. */
export function writeReport(
  edition: string,
  documents: readonly DocumentCounts[],
  diagnostics: readonly Diagnostic[],
): string {
  return `${JSON.stringify({ edition, documents, diagnostics }, undefined, 2)}\n`;
}
