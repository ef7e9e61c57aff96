import { DiagnosticError, diagnostic } from '../core/diagnostic.ts';
import { fold } from '../core/fold.ts';
import { TextIndex } from '../core/span.ts';

/** A source text as it was read; never normalised, every span of the project points into `text.text`. */
export interface SourceDocument {
  readonly path: string;
  /** The text without its byte order mark, with its offset tables (code points). */
  readonly text: TextIndex;
  /** The text folded for comparing (simplified characters, variants); same UTF-16 indexes as `text.text`. */
  readonly folded: string;
  readonly byteOrderMark: boolean;
}

/**
 * Decodes a source text: UTF-8 only, strictly. Throws a DiagnosticError for an empty file, a binary file and any
 * other encoding (with a guess which one it is).
 */
export function readSource(path: string, bytes: Uint8Array): SourceDocument {
  const refuse = (code: 'source/empty' | 'source/binary-file' | 'source/not-utf8', message: string): never => {
    throw new DiagnosticError(diagnostic(code, message, { file: path }));
  };
  if (bytes.length === 0) refuse('source/empty', 'Unexpected empty file, expected a text.');
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (utf16) refuse('source/not-utf8', 'Unexpected UTF-16 text, expected UTF-8.');
  if (bytes.includes(0))
    refuse('source/binary-file', 'Unexpected binary data (a zero byte), expected a text in UTF-8.');
  let text = '';
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    const guess = guessEncoding(bytes);
    refuse('source/not-utf8', `Unexpected bytes that are not UTF-8${guess ? `: they look like ${guess}` : ''}.`);
  }
  const byteOrderMark = text.startsWith('\u{feff}');
  if (byteOrderMark) text = text.slice(1);
  if (/^\s*$/u.test(text)) refuse('source/empty', 'Unexpected file with nothing but white space, expected a text.');
  return { path, text: new TextIndex(text), folded: fold(text), byteOrderMark };
}

const legacyEncodings = [
  ['gb18030', 'GBK (GB 18030)'],
  ['big5', 'Big5'],
  ['shift_jis', 'Shift JIS'],
] as const;

/** The East Asian encoding in which the bytes decode to the most common Han characters, if any decodes cleanly. */
function guessEncoding(bytes: Uint8Array): string | undefined {
  const sample = bytes.subarray(0, 20_000);
  let best: { name: string; score: number } | undefined;
  for (const [label, name] of legacyEncodings) {
    const text = new TextDecoder(label).decode(sample);
    // The commonest characters of classical prose tell the right reading from mojibake.
    const score = (text.match(/[之以不也而其為为於于人者有十年月。，]/gu)?.length ?? 0) / text.length;
    const broken = (text.match(/\u{fffd}/gu)?.length ?? 0) / text.length;
    if (broken < 0.01 && score > (best?.score ?? 0.03)) best = { name, score };
  }
  return best?.name;
}
