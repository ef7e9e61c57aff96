import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beginsWithClosing, setNote } from '../src/site/set-note.ts';

/** The half lines of a note as text, `|` between right and left. A column has one place more, for a mark that hangs. */
function halves(text: string, start: number, rows: number): string[] {
  const characters = [...text];
  const part = (from: number, to: number): string => characters.slice(from, to).join('');
  return setNote(characters, { start, rows: rows + 1, density: 1 }).map(
    ({ from, middle, to }) => `${part(from, middle)}|${part(middle, to)}`,
  );
}

describe('a note in double lines', () => {
  it('is balanced where it fits', () => {
    expect(halves('甲乙丙丁戊', 0, 10)).toEqual(['甲乙丙|丁戊']);
  });

  it('goes on at the head of the next column', () => {
    expect(halves('甲乙丙丁戊己庚', 4, 6)).toEqual(['甲乙|丙丁', '戊己|庚']);
  });

  it('begins in the next column where this one is full', () => {
    expect(halves('甲乙', 6, 6)).toEqual(['甲|乙']);
    expect(halves('甲乙', 5.2, 6)).toEqual(['甲|乙']);
  });

  it('hangs a closing mark below the half line before it', () => {
    expect(halves('甲乙，丙', 0, 10)).toEqual(['甲乙，|丙']);
    expect(halves('甲乙丙丁，戊', 2, 4)).toEqual(['甲乙|丙丁，', '戊|']);
  });

  it('takes an opening mark into the half line after it', () => {
    expect(halves('甲《乙丙', 0, 10)).toEqual(['甲|《乙丙']);
  });

  it('holds every character once and in order, in columns of any length', () => {
    const character = fc.constantFrom('甲', '，', '。', '《', '》', '𨫼');
    fc.assert(
      fc.property(
        fc.array(character, { maxLength: 200 }),
        fc.double({ min: 0, max: 40, noNaN: true }),
        (text, start) => {
          let at = 0;
          for (const { from, middle, to, length } of setNote(text, { start, rows: 33.4, density: 1.6 })) {
            expect(from).toBe(at);
            expect(middle).toBeGreaterThanOrEqual(from);
            expect(to).toBeGreaterThanOrEqual(middle);
            expect(length).toBeLessThanOrEqual(Math.floor(33.4 * 1.6) + 1);
            at = to;
          }
          expect(at).toBe(text.length);
        },
      ),
    );
  });
});

describe('what follows a note', () => {
  it('is held to it by a closing mark only', () => {
    expect([beginsWithClosing('。甲'), beginsWithClosing('甲。'), beginsWithClosing('')]).toEqual([true, false, false]);
  });
});
