import { LETTER, NAME_CHAR } from 'xmlchars/xml/1.0/ed4.js';

/** Blocks of Unicode by their names in XML Schema 1.0 (appendix F), where they lie in Unicode today. */
const blockTable =
  'BasicLatin 0-7f; Latin-1Supplement 80-ff; LatinExtended-A 100-17f; LatinExtended-B 180-24f; IPAExtensions ' +
  '250-2af; SpacingModifierLetters 2b0-2ff; CombiningDiacriticalMarks 300-36f; Greek 370-3ff; Cyrillic 400-4ff; ' +
  'Armenian 530-58f; Hebrew 590-5ff; Arabic 600-6ff; Syriac 700-74f; Thaana 780-7bf; Devanagari 900-97f; ' +
  'Bengali 980-9ff; Gurmukhi a00-a7f; Gujarati a80-aff; Oriya b00-b7f; Tamil b80-bff; Telugu c00-c7f; Kannada ' +
  'c80-cff; Malayalam d00-d7f; Sinhala d80-dff; Thai e00-e7f; Lao e80-eff; Tibetan f00-fff; Myanmar 1000-109f; ' +
  'Georgian 10a0-10ff; HangulJamo 1100-11ff; Ethiopic 1200-137f; Cherokee 13a0-13ff; ' +
  'UnifiedCanadianAboriginalSyllabics 1400-167f; Ogham 1680-169f; Runic 16a0-16ff; Khmer 1780-17ff; Mongolian ' +
  '1800-18af; LatinExtendedAdditional 1e00-1eff; GreekExtended 1f00-1fff; GeneralPunctuation 2000-206f; ' +
  'SuperscriptsandSubscripts 2070-209f; CurrencySymbols 20a0-20cf; CombiningMarksforSymbols 20d0-20ff; ' +
  'LetterlikeSymbols 2100-214f; NumberForms 2150-218f; Arrows 2190-21ff; MathematicalOperators 2200-22ff; ' +
  'MiscellaneousTechnical 2300-23ff; ControlPictures 2400-243f; OpticalCharacterRecognition 2440-245f; ' +
  'EnclosedAlphanumerics 2460-24ff; BoxDrawing 2500-257f; BlockElements 2580-259f; GeometricShapes 25a0-25ff; ' +
  'MiscellaneousSymbols 2600-26ff; Dingbats 2700-27bf; BraillePatterns 2800-28ff; CJKRadicalsSupplement ' +
  '2e80-2eff; KangxiRadicals 2f00-2fdf; IdeographicDescriptionCharacters 2ff0-2fff; CJKSymbolsandPunctuation ' +
  '3000-303f; Hiragana 3040-309f; Katakana 30a0-30ff; Bopomofo 3100-312f; HangulCompatibilityJamo 3130-318f; ' +
  'Kanbun 3190-319f; BopomofoExtended 31a0-31bf; EnclosedCJKLettersandMonths 3200-32ff; CJKCompatibility ' +
  '3300-33ff; CJKUnifiedIdeographsExtensionA 3400-4dbf; CJKUnifiedIdeographs 4e00-9fff; YiSyllables a000-a48f; ' +
  'YiRadicals a490-a4cf; HangulSyllables ac00-d7af; PrivateUse e000-f8ff; CJKCompatibilityIdeographs f900-faff; ' +
  'AlphabeticPresentationForms fb00-fb4f; ArabicPresentationForms-A fb50-fdff; CombiningHalfMarks fe20-fe2f; ' +
  'CJKCompatibilityForms fe30-fe4f; SmallFormVariants fe50-fe6f; ArabicPresentationForms-B fe70-feff; Specials ' +
  'fff0-ffff; HalfwidthandFullwidthForms ff00-ffef; OldItalic 10300-1032f; Gothic 10330-1034f; Deseret ' +
  '10400-1044f; ByzantineMusicalSymbols 1d000-1d0ff; MusicalSymbols 1d100-1d1ff; ' +
  'MathematicalAlphanumericSymbols 1d400-1d7ff; CJKUnifiedIdeographsExtensionB 20000-2a6df; ' +
  'CJKCompatibilityIdeographsSupplement 2f800-2fa1f; Tags e0000-e007f ';

const blocks: ReadonlyMap<string, string> = new Map(
  blockTable.split('; ').map((row) => {
    const [name = '', ranges = ''] = row.split(' ');
    const set = ranges.split(',').map((range) => range.replace(/([\da-f]+)-([\da-f]+)/, '\\u{$1}-\\u{$2}'));
    return [name, set.join('')];
  }),
);

/** Inside of a class for each escape of several characters; letters are those of XML 1.0, fourth edition, as in XML Schema 1.0. */
const escapes: Readonly<Record<string, string>> = {
  s: ' \\t\\n\\r',
  d: '\\p{Nd}',
  i: `${LETTER}_:`,
  // A hyphen that stands for itself comes first there.
  c: NAME_CHAR.replace(/^-/, '\\-'),
};

const literals: Readonly<Record<string, string>> = { n: '\\n', r: '\\r', t: '\\t' };

/** Translates a regular expression of XML Schema, which matches whole values; throws an Error that says what is wrong. */
export function readXsdRegex(pattern: string): RegExp {
  return new RegExp(`^(?:${new Translator(pattern).all()})$`, 'v');
}

class Translator {
  readonly #points: readonly string[];
  #at = 0;

  constructor(pattern: string) {
    this.#points = [...pattern];
  }

  all(): string {
    const done = this.#branches();
    if (this.#at < this.#points.length) throw this.#unexpected();
    return done;
  }

  #branches(): string {
    let done = this.#branch();
    while (this.#take('|')) done += `|${this.#branch()}`;
    return done;
  }

  #branch(): string {
    let done = '';
    for (
      let next = this.#points[this.#at];
      next !== undefined && next !== '|' && next !== ')';
      next = this.#points[this.#at]
    ) {
      done += this.#atom() + this.#quantifier();
    }
    return done;
  }

  #atom(): string {
    const next = this.#points[this.#at++]!;
    if (next === '(') {
      const inner = this.#branches();
      if (!this.#take(')')) throw new Error('`(` without `)`');
      return `(?:${inner})`;
    }
    if (next === '[') return this.#class();
    if (next === '.') return '[^\\n\\r]';
    if (next === '\\') return `[${this.#escape()}]`;
    if (/[?*+{}\]]/.test(next)) {
      this.#at--;
      throw this.#unexpected();
    }
    return literal(next);
  }

  #quantifier(): string {
    const next = this.#points[this.#at];
    if (next === '?' || next === '*' || next === '+') {
      this.#at++;
      return next;
    }
    if (next !== '{') return '';
    const rest = this.#points.slice(this.#at).join('');
    const found = /^\{(\d+)(?:(,)(\d*))?\}/.exec(rest);
    if (!found || (found[3] && Number(found[3]) < Number(found[1]))) throw this.#unexpected();
    this.#at += found[0].length;
    return found[0];
  }

  /** A class after its `[`: an optional `^`, characters, ranges and escapes, and what is taken away from it. */
  #class(): string {
    const negated = this.#take('^');
    let set = '';
    let first = true;
    for (;;) {
      const next = this.#points[this.#at];
      if (next === undefined) throw new Error('`[` without `]`');
      if (next === ']' && !first) {
        this.#at++;
        return `[${negated ? '^' : ''}${set}]`;
      }
      if (next === '-' && this.#points[this.#at + 1] === '[' && !first) {
        this.#at += 2;
        const without = this.#class();
        if (!this.#take(']')) throw this.#unexpected();
        return `[[${negated ? '^' : ''}${set}]--${without}]`;
      }
      set += this.#member();
      first = false;
    }
  }

  #member(): string {
    const start = this.#character();
    if (start.length > 1 || this.#points[this.#at] !== '-') return start.map(memberOf).join('');
    const end = this.#points[this.#at + 1];
    if (end === ']' || end === '[' || end === undefined) return memberOf(start[0]!);
    this.#at++;
    const last = this.#character();
    if (last.length !== 1 || start[0]!.length > 2 || last[0]!.codePointAt(0)! < start[0]!.codePointAt(0)!)
      throw this.#unexpected();
    return `${literal(start[0]!)}-${literal(last[0]!)}`;
  }

  /** One character of a class, or an escape for several as two strings: nothing and the set. */
  #character(): readonly string[] {
    const next = this.#points[this.#at++];
    if (next === undefined || next === '[') throw this.#unexpected();
    if (next !== '\\') return [next];
    const escaped = this.#points[this.#at]!;
    if (/[nrt\\|.?*+(){}[\]^-]/.test(escaped ?? '')) {
      this.#at++;
      return [{ n: '\n', r: '\r', t: '\t' }[escaped] ?? escaped];
    }
    return ['', this.#escape()];
  }

  /** Inside of a class for what follows a backslash. */
  #escape(): string {
    const next = this.#points[this.#at++];
    if (next === undefined) throw new Error('`\\` at the end');
    if (literals[next]) return literals[next];
    if (/[\\|.?*+(){}[\]^-]/.test(next)) return literal(next);
    if (escapes[next]) return escapes[next];
    const lower = next.toLowerCase();
    if (next !== lower && escapes[lower]) return `[^${escapes[lower]}]`;
    if (next === 'w') return '[^\\p{P}\\p{Z}\\p{C}]';
    if (next === 'W') return '\\p{P}\\p{Z}\\p{C}';
    if (lower === 'p') return this.#property(next === 'P');
    throw new Error(`unknown escape \`\\${next}\``);
  }

  #property(negated: boolean): string {
    const name = /^\{([^}]*)\}/.exec(this.#points.slice(this.#at).join(''))?.[1];
    if (name === undefined) throw this.#unexpected();
    this.#at += name.length + 2;
    const block = /^Is/.test(name) ? blocks.get(name.slice(2)) : undefined;
    if (block) return negated ? `[^${block}]` : block;
    if (!/^(?:L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|Z[slp]?|S[mcko]?|C[cfon]?)$/.test(name)) {
      throw new Error(`unknown property \`${name}\``);
    }
    return `\\${negated ? 'P' : 'p'}{${name}}`;
  }

  #take(character: string): boolean {
    if (this.#points[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #unexpected(): Error {
    const found = this.#points[this.#at];
    return new Error(found === undefined ? 'unexpected end' : `unexpected \`${found}\` at character ${this.#at + 1}`);
  }
}

function memberOf(member: string): string {
  return [...member].length === 1 ? literal(member) : member;
}

/** A character that means itself, in a class and outside. */
function literal(character: string): string {
  return /[\p{L}\p{N}]/u.test(character) ? character : `\\u{${character.codePointAt(0)!.toString(16)}}`;
}
