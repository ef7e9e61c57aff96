/** A name for a day or days of the month. */
export type Phase = '朔' | '望' | '晦' | '上旬' | '中旬' | '下旬';

const seasons = '春夏秋冬';
const thirds = '孟仲季';

/** The months of a season: 春 → 1, 2, 3; 孟春 → 1; 季冬 → 12. Undefined for anything else. */
export function seasonMonths(name: string): readonly number[] | undefined {
  const season = seasons.indexOf(name.slice(-1));
  if (season < 0 || name.length > 2 || name === '') return undefined;
  const first = 3 * season + 1;
  if (name.length === 1) return [first, first + 1, first + 2];
  const third = thirds.indexOf(name[0]!);
  return third < 0 ? undefined : [first + third];
}

/** The season of a month: 1 → 春, 12 → 冬; undefined for 臘月 and 一月 of 690–700, where names and seasons part. */
export function seasonOf(month: number): string | undefined {
  return month >= 1 && month <= 12 ? seasons[Math.floor((month - 1) / 3)] : undefined;
}

/** First and last day number of a phase in a month of 29 or 30 days: 朔 1, 望 15 (civil, not observed), 晦 the last. */
export function daysOfPhase(phase: Phase, monthLength: number): { readonly from: number; readonly to: number } {
  const [from, to] = {
    朔: [1, 1],
    望: [15, 15],
    晦: [monthLength, monthLength],
    上旬: [1, 10],
    中旬: [11, 20],
    下旬: [21, monthLength],
  }[phase] as [number, number];
  return { from, to };
}
