import { type Code, catalogue } from './codes.ts';
import type { Point } from './span.ts';

export type Severity = 'error' | 'warning' | 'info';

/** A place in a file, for a diagnostic. */
export interface Range {
  readonly start: Point;
  readonly end: Point;
}

/** One thing found in the input: data, never an exception. `path` is an XPath or a JSON Pointer. */
export interface Diagnostic {
  readonly code: Code;
  readonly severity: Severity;
  /** One sentence, `Unexpected X, expected Y` where that fits, offending values in backticks. */
  readonly message: string;
  readonly file?: string;
  readonly range?: Range;
  readonly path?: string;
  /** What to do. */
  readonly help: string;
  /** Changes of the file that put it right, where that is safe: each a range and the text in its place. */
  readonly fix?: readonly TextEdit[];
  readonly related?: readonly { message: string; file: string; range: Range }[];
  /** It stands for so many findings that are only counted; one if absent. */
  readonly count?: number;
}

/** A change of a file: the characters of a range are replaced. */
export interface TextEdit {
  readonly range: Range;
  readonly text: string;
}

/** Where every stage sends its diagnostics; the last argument of the stage. */
export type Report = (diagnostic: Diagnostic) => void;

/** Makes a diagnostic: severity and help come from the catalogue unless given. */
export function diagnostic(
  code: Code,
  message: string,
  place: Partial<Omit<Diagnostic, 'code' | 'message'>> = {},
): Diagnostic {
  const entry = catalogue[code];
  return { code, severity: entry.severity, message, help: entry.help, ...place };
}

/** A fault of the input or the environment that ends the run; carries the diagnostic to print. */
export class DiagnosticError extends Error {
  readonly diagnostic: Diagnostic;
  constructor(found: Diagnostic, options?: ErrorOptions) {
    super(found.message, options);
    this.name = 'DiagnosticError';
    this.diagnostic = found;
  }
}
