import { type CatalogueEntry, catalogue } from '../core/codes.ts';
import type { Diagnostic, Severity } from '../core/diagnostic.ts';
import { TextIndex } from '../core/span.ts';
import { codeFrame } from './code-frame.ts';

/** How diagnostics are printed. */
export interface PrintOptions {
  /** `text` for people, `json` for programs: one diagnostic a line, none left out. */
  readonly format: 'text' | 'json';
  /** ANSI colours; the caller honours NO_COLOR. */
  readonly color: boolean;
  /** The text of a file by the name that diagnostics give it, for code frames; without a text there is no frame. */
  readonly textOf?: (file: string) => string | undefined;
  /** How many of one code are shown for one file; the rest is counted. 20 unless given. */
  readonly perCode?: number;
  /** Show the path of each place too. */
  readonly paths?: boolean;
  /** Cells of a line of a code frame. 100 unless given. */
  readonly width?: number;
}

/** Diagnostics as lines, in their order: `path:line:column severity code message`, a code frame and `help:`, or JSON. */
export function printDiagnostics(diagnostics: readonly Diagnostic[], options: PrintOptions): string[] {
  if (options.format === 'json') return diagnostics.map((found) => JSON.stringify(found));
  const { perCode = 20, textOf } = options;
  const indexes = new Map<string, TextIndex | undefined>();
  const indexOf = (file: string): TextIndex | undefined => {
    if (!indexes.has(file)) {
      const text = textOf?.(file);
      indexes.set(file, text === undefined ? undefined : new TextIndex(text));
    }
    return indexes.get(file);
  };
  const counts = new Map<string, { file: string; code: string; count: number }>();
  const lines: string[] = [];
  for (const found of diagnostics) {
    const key = `${found.code} ${found.file ?? ''}`;
    const group = counts.get(key) ?? { file: found.file ?? '', code: found.code, count: 0 };
    counts.set(key, { ...group, count: group.count + 1 });
    if (group.count < perCode) lines.push(...printOne(found, indexOf(found.file ?? ''), options));
  }
  for (const { file, code, count } of counts.values()) {
    if (count > perCode) lines.push(printable(`${file ? `${file} ` : ''}… and ${count - perCode} more ${code}`));
  }
  return lines;
}

/** The last line of a command: how many errors and warnings in how many files. */
export function countLine(diagnostics: readonly Diagnostic[], files: number): string {
  const count = (severity: Severity): number => diagnostics.filter((found) => found.severity === severity).length;
  const plural = (number: number, word: string): string => `${number} ${word}${number === 1 ? '' : 's'}`;
  const notes = count('info') > 0 ? `, ${plural(count('info'), 'note')}` : '';
  return `${plural(count('error'), 'error')}, ${plural(count('warning'), 'warning')}${notes} in ${plural(files, 'file')}`;
}

const colors: Readonly<Record<Severity, number>> = { error: 31, warning: 33, info: 36 };

function printOne(found: Diagnostic, index: TextIndex | undefined, options: PrintOptions): string[] {
  const { color, width = 100, paths = false } = options;
  const paint = (code: number, text: string): string => (color ? `\u001B[${code}m${text}\u001B[0m` : text);
  const { severity, code, message, help, range, path, related = [] } = found;
  const where = place(found.file, range?.start);
  const line = [where && paint(1, where), paint(colors[severity], severity), paint(2, code), printable(message)];
  const lines = [line.filter((part) => part !== '').join(' ')];
  if (range && index) {
    const last = range.end.line === range.start.line ? range.end.column : undefined;
    const { number, text, mark } = codeFrame(index.line(range.start.line), range.start, last, width);
    const gutter = ' '.repeat(number.length);
    lines.push(`  ${paint(2, `${number} |`)} ${text}`, `  ${paint(2, `${gutter} |`)} ${paint(colors[severity], mark)}`);
  }
  if (path && (paths || !range || !index)) lines.push(`  at ${printable(path)}`);
  for (const other of related) lines.push(`  ${place(other.file, other.range.start)} ${printable(other.message)}`);
  // Help of its own is about a schema of the user's, which our guide does not explain.
  const { section, help: usual }: CatalogueEntry = catalogue[code];
  const see = section !== undefined && help === usual ? ` (see docs/encoding.md#${section})` : '';
  lines.push(`  ${paint(2, 'help:')} ${printable(help)}${see}`);
  return lines;
}

function place(file: string | undefined, start: { line: number; column: number } | undefined): string {
  return printable([file, start?.line, start?.column].filter((part) => part !== undefined).join(':'));
}

/** A text that cannot steer the terminal: control characters of the input and those that turn the direction are replaced. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}]+/gu, ' ');
}
