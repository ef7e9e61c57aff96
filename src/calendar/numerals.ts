const digits = '〇一二三四五六七八九';

const values: ReadonlyMap<string, number> = new Map(
  Object.entries({
    〇: 0,
    零: 0,
    一: 1,
    壹: 1,
    元: 1,
    正: 1,
    二: 2,
    貳: 2,
    贰: 2,
    兩: 2,
    三: 3,
    參: 3,
    叁: 3,
    叄: 3,
    四: 4,
    肆: 4,
    五: 5,
    伍: 5,
    六: 6,
    陸: 6,
    陆: 6,
    七: 7,
    柒: 7,
    漆: 7,
    八: 8,
    捌: 8,
    九: 9,
    玖: 9,
  }),
);

const units: ReadonlyMap<string, number> = new Map(
  Object.entries({ 十: 10, 拾: 10, 百: 100, 佰: 100, 千: 1000, 仟: 1000 }),
);

const tens: ReadonlyMap<string, number> = new Map(Object.entries({ 廿: 20, 卄: 20, 卅: 30, 丗: 30, 卌: 40 }));

/** The Chinese numeral of a number from 0 to 9999: 27 → 二十七, 10 → 十, 105 → 一百五 (no 〇 inside, as the chronicles write). */
export function chineseNumeral(value: number): string {
  if (!Number.isInteger(value) || value < 0 || value > 9999) throw new RangeError(`no numeral for ${value}`);
  if (value === 0) return '〇';
  let text = '';
  for (const [unit, name] of [
    [1000, '千'],
    [100, '百'],
    [10, '十'],
    [1, ''],
  ] as const) {
    const digit = Math.floor(value / unit) % 10;
    if (digit === 0) continue;
    text += unit === 10 && digit === 1 && text === '' ? '十' : digits[digit]! + name;
  }
  return text;
}

/**
 * The number of a Chinese numeral: 二十七, 廿七, 卅, 一百二十三, 百單五, 一二三 (digits in order), 元 and 正 (1), 初一; also
 * the formal digits (壹貳). Undefined when the text is no numeral.
 */
export function readNumeral(text: string): number | undefined {
  const body = /^初[一二三四五六七八九十]$/.test(text) ? text.slice(1) : text;
  if (body === '') return undefined;
  const characters = [...body];
  if (characters.length > 1 && characters.every((one) => values.has(one) && one !== '元' && one !== '正')) {
    return characters.reduce((sum, one) => sum * 10 + values.get(one)!, 0);
  }
  return readWithUnits(characters);
}

function readWithUnits(characters: readonly string[]): number | undefined {
  let sum = 0;
  let digit: number | undefined;
  let below = 10000;
  for (const one of characters) {
    const value = values.get(one);
    const unit = units.get(one);
    const ten = tens.get(one);
    if (value !== undefined) {
      if (digit) return undefined;
      digit = value;
    } else if (unit !== undefined) {
      if (unit >= below || digit === 0) return undefined;
      sum += (digit ?? 1) * unit;
      below = unit;
      digit = undefined;
    } else if (ten !== undefined) {
      if (below <= 10 || digit !== undefined) return undefined;
      sum += ten;
      below = 10;
    } else if (one !== '有' && one !== '又' && one !== '單') {
      return undefined;
    }
  }
  const empty = digit === undefined && below === 10000;
  return empty || (characters.length > 1 && below === 10000) ? undefined : sum + (digit ?? 0);
}

/** The civil form of a year number: 1 → 元, 4 → 四. */
export function yearNumeral(year: number): string {
  return year === 1 ? '元' : chineseNumeral(year);
}
