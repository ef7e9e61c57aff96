// The layout opens no font: these are the advance widths of Noto Serif TC (Medium), from U+0020 on, in thousandths.
const ascii = [
  255, 322, 396, 586, 561, 936, 786, 207, 374, 374, 480, 587, 329, 353, 329, 366, 567, 469, 569, 567, 566, 569, 569,
  560, 569, 572, 329, 329, 587, 587, 587, 443, 929, 726, 681, 694, 775, 656, 635, 746, 857, 411, 410, 742, 630, 983,
  801, 772, 650, 772, 726, 576, 670, 803, 720, 1064, 708, 691, 611, 352, 366, 352, 587, 572, 438, 565, 648, 546, 637,
  554, 392, 575, 670, 337, 318, 620, 340, 984, 668, 604, 647, 617, 473, 481, 375, 660, 557, 848, 574, 561, 504, 376,
  322, 376, 587,
];

const others: Readonly<Record<string, number>> = { '·': 329, '—': 901, '–': 572 };

/** Width of one character of the face as a part of its size; Han characters and their punctuation are square. */
export function widthOf(character: string): number {
  const point = character.codePointAt(0) ?? 0;
  const known = others[character] ?? ascii[point - 0x20];
  if (known !== undefined) return known / 1000;
  return point < 0x250 ? 0.58 : 1;
}

/** Width of horizontal text as a part of its size. */
export function widthOfText(text: string): number {
  return [...text].reduce((sum, character) => sum + widthOf(character), 0);
}

/** Whether a character belongs to a word of Latin letters or figures, which is not broken. */
export function isLatin(character: string): boolean {
  return /^[!-~\u00a1-\u00b6\u00b8-\u024f]/u.test(character);
}
