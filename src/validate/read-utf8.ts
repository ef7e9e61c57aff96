import { diagnostic, type Report } from '../core/diagnostic.ts';
import { TextIndex } from '../core/span.ts';
import { limits } from '../core/xml/fault.ts';

/** The text of a file that must be UTF-8, without its byte order mark; reports and returns nothing when it is not. */
export function readUtf8(bytes: Uint8Array, file: string, report: Report): string | undefined {
  const fault = (
    code: 'validate/not-utf-8' | 'validate/too-large',
    message: string,
    text: string,
    start: number,
    end: number,
  ) => void report(diagnostic(code, message, { file, range: new TextIndex(text).rangeOfUnits(start, end) }));
  if (bytes.length > limits.bytes) {
    const message = `Unexpected file of ${Math.ceil(bytes.length / 1e6)} MB, expected at most ${limits.bytes / 1e6} MB.`;
    return fault('validate/too-large', message, '', 0, 0);
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const wide = isUtf16(bytes);
    const valid = wide ? 0 : validLength(bytes);
    const before = new TextDecoder().decode(bytes.subarray(0, valid));
    const found = wide ? 'UTF-16' : describe(bytes, valid);
    return fault('validate/not-utf-8', `Unexpected ${found}, expected UTF-8.`, before, before.length, before.length);
  }
  const declared = /^<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)["']/.exec(text);
  if (declared && !/^utf-?8$/i.test(declared[1]!)) {
    const start = declared[0].length - declared[1]!.length - 1;
    const message = `Unexpected encoding \`${declared[1]}\` in the XML declaration, expected UTF-8.`;
    return fault('validate/not-utf-8', message, text, start, start + declared[1]!.length);
  }
  return text;
}

/** UTF-16 by its mark, or by the zero beside the first `<`. */
function isUtf16(bytes: Uint8Array): boolean {
  return ['255 254', '254 255', '60 0', '0 60'].includes(`${bytes[0]} ${bytes[1]}`);
}

/** Length of the longest prefix of whole characters in UTF-8 (RFC 3629, section 4). */
function validLength(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at);
    if (length === 0) break;
    at += length;
  }
  return at;
}

/** Bytes of the character that begins at an index; 0 if it is none, or cut. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at]!;
  if (first < 0x80) return 1;
  const length = announcedLength(first);
  const low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  const second = bytes[at + 1] ?? 0;
  if (length === 0 || second < low || second > high) return 0;
  for (let next = at + 2; next < at + length; next++) if (((bytes[next] ?? 0) & 0xc0) !== 0x80) return 0;
  return length;
}

/** How many bytes a character has that begins with this one; 0 if none begins so. */
function announcedLength(first: number): number {
  if (first < 0xc2 || first > 0xf4) return 0;
  return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

function describe(bytes: Uint8Array, at: number): string {
  const rest = bytes.subarray(at);
  const cut = rest.length < announcedLength(rest[0]!) && rest.subarray(1).every((byte) => (byte & 0xc0) === 0x80);
  if (cut) return 'end of the file inside a character';
  return `byte 0x${rest[0]!.toString(16).toUpperCase().padStart(2, '0')}`;
}
