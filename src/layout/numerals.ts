const digits = '〇一二三四五六七八九';

/** A whole number from 0 to 9999 in Chinese figures as folios write them: 10 is 十, 21 is 二十一, 105 is 一百〇五. */
export function chineseNumber(value: number): string {
  if (value < 10) return digits[value]!;
  const places = ['千', '百', '十', ''];
  const figures = [...String(value).padStart(4, '0')].map(Number);
  const first = figures.findIndex((figure) => figure > 0);
  let text = '';
  let gap = false;
  for (const [place, figure] of figures.entries()) {
    if (place < first) continue;
    if (figure === 0) {
      gap = true;
      continue;
    }
    if (gap) text += '〇';
    gap = false;
    const bareTen = place === 2 && place === first && figure === 1;
    text += (bareTen ? '' : digits[figure]!) + places[place]!;
  }
  return text;
}

/** A number digit by digit, as years are read: 1924 is 一九二四. */
export function chineseDigits(value: string): string {
  return value.replace(/\d/g, (digit) => digits[Number(digit)]!);
}

/** A date YYYY, YYYY-MM or YYYY-MM-DD as 二〇二六年十一月二十三日; other text comes back unchanged. */
export function chineseDate(date: string): string {
  const [, year, month, day] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(date) ?? [];
  if (!year) return date;
  const parts = [`${chineseDigits(year)}年`];
  if (month) parts.push(`${chineseNumber(Number(month))}月`);
  if (day) parts.push(`${chineseNumber(Number(day))}日`);
  return parts.join('');
}
