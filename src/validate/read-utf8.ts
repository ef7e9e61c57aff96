import { diagnostic, type Report } from '../core/diagnostic.ts';
import { TextIndex } from '../core/span.ts';

/** The text of a file that must be UTF-8, without its byte order mark; reports and returns nothing when it is not. */
export function readUtf8(bytes: Uint8Array, file: string, report: Report): string | undefined {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const valid = new TextDecoder().decode(bytes.subarray(0, validLength(bytes)));
    const start = new TextIndex(valid).range({ start: [...valid].length, end: [...valid].length });
    report(
      diagnostic('validate/not-utf-8', `Unexpected ${guess(bytes, bytes[validLength(bytes)]!)}, expected UTF-8.`, {
        file,
        range: start,
      }),
    );
    return undefined;
  }
  const declared = /^<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)["']/.exec(text);
  if (declared && !/^utf-?8$/i.test(declared[1]!)) {
    const start = declared[0].length - declared[1]!.length - 1;
    const range = new TextIndex(text).range({ start, end: start + declared[1]!.length });
    report(
      diagnostic(
        'validate/not-utf-8',
        `Unexpected encoding \`${declared[1]}\` in the XML declaration, expected UTF-8.`,
        { file, range },
      ),
    );
    return undefined;
  }
  return text;
}

/** Length of the longest prefix that is UTF-8 (a character cut at its end counts as valid up to there). */
function validLength(bytes: Uint8Array): number {
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (isPrefix(bytes.subarray(0, middle))) low = middle;
    else high = middle - 1;
  }
  // A sequence that begins well and never ends belongs to the fault.
  while (low > 0 && !isWhole(bytes.subarray(0, low))) low--;
  return low;
}

function isPrefix(bytes: Uint8Array): boolean {
  return decodes(bytes, true);
}

function isWhole(bytes: Uint8Array): boolean {
  return decodes(bytes, false);
}

function decodes(bytes: Uint8Array, stream: boolean): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream });
    return true;
  } catch {
    return false;
  }
}

function guess(bytes: Uint8Array, byte: number | undefined): string {
  const mark = `${bytes[0]} ${bytes[1]}`;
  if (mark === '255 254' || mark === '254 255') return 'UTF-16';
  return byte === undefined
    ? 'end of file inside a character'
    : `byte 0x${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}
