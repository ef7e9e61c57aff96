import type { Code } from '../core/codes.ts';
import { diagnostic, type Report } from '../core/diagnostic.ts';
import { TextIndex } from '../core/span.ts';

// Characters of a file that XML or an archive cannot keep, found before the markup is read.

interface CharacterRule {
  readonly code: Code;
  readonly pattern: RegExp;
  readonly what: string;
  readonly expected: string;
}

const rules: readonly CharacterRule[] = [
  {
    code: 'validate/control-character',
    // XML 1.0 has no C0 controls but tab, line feed and carriage return, and neither U+FFFE nor U+FFFF.
    pattern: /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/gu,
    what: 'control character',
    expected: 'characters that XML allows',
  },
  {
    code: 'validate/replacement-character',
    pattern: /\uFFFD/gu,
    what: 'replacement character',
    expected: 'the character that an earlier conversion lost',
  },
  {
    code: 'validate/invisible-character',
    // C1 controls, marks of writing direction, zero-width spaces and joiners; variation selectors belong to their character.
    pattern:
      /[\u007F-\u0084\u0086-\u009F\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF\uFFF9-\uFFFB]/gu,
    what: 'invisible character',
    expected: 'characters that can be seen',
  },
];

/**
 * Level `bytes`, after decoding: control characters, lost characters, invisible ones, and what NFC would change. Says
 * whether an XML parser can read on.
 */
export function checkCharacters(text: string, file: string, report: Report): boolean {
  let index: TextIndex | undefined;
  const place = (unit: number, length = 1) => {
    index ??= new TextIndex(text);
    const start = index.toOffset(unit);
    return { file, range: index.range({ start, end: start + length }) };
  };
  for (const { code, pattern, what, expected } of rules) {
    for (const [character, { first, count }] of placesOf(text, pattern)) {
      const message = `Unexpected ${what} ${named(character)}${times(count)}, expected ${expected}.`;
      report(diagnostic(code, message, place(first)));
    }
  }
  for (const [found, { first, count }] of decomposed(text)) {
    const message = `Unexpected ${named(found)}${times(count)}, which Unicode normalisation (NFC) makes ${named(found.normalize('NFC'))}.`;
    report(diagnostic('validate/not-nfc', message, place(first, [...found].length)));
  }
  return !/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/u.test(text);
}

/** Where a match stands first, as a UTF-16 index, and how often it stands. */
interface Places {
  readonly first: number;
  count: number;
}

/** Different matches of a pattern: one report for each character, not for each place. */
function placesOf(text: string, pattern: RegExp): Map<string, Places> {
  const places = new Map<string, Places>();
  for (const { 0: match, index } of text.matchAll(pattern)) {
    const known = places.get(match);
    if (known) known.count++;
    else places.set(match, { first: index, count: 1 });
  }
  return places;
}

function times(count: number): string {
  return count > 1 ? ` (${count} times)` : '';
}

/** What stands in the text in another form than NFC: letters with separate accents, compatibility ideographs. */
function decomposed(text: string): Map<string, Places> {
  if (text.normalize('NFC') === text) return new Map();
  const clusters = placesOf(
    text,
    /\P{M}\p{M}{1,30}|[\uF900-\uFAFF\u{2F800}-\u{2FA1F}\u2126\u212A\u212B\u1100-\u11FF]{1,30}/gu,
  );
  for (const cluster of clusters.keys()) if (cluster.normalize('NFC') === cluster) clusters.delete(cluster);
  return clusters;
}

/** Characters with their code points: 來 U+F92D. */
function named(characters: string): string {
  const codes = [...characters].map((one) => `U+${one.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`);
  const visible = /[\p{C}\p{Z}\uFFFD]/u.test(characters) ? '' : `\`${characters}\` `;
  return visible + codes.join(' ');
}
