import type { Drawn, Step } from './drawing.ts';
import type { Sheet, Sheets } from './sheet.ts';

/**
 * Whole leaves (筒子頁) of half-leaves: 上 on the right of the sheet and 下 on the left, so that 版心 stands in the
 * middle, where the sheet is folded. A last half without a second has a blank one.
 */
export function foldLeaves({ page, binding, sheets }: Sheets): Sheets {
  const leaves: Sheet[] = [];
  for (let at = 0; at < sheets.length; at += 2) {
    const [first, second] = [sheets[at]!, sheets[at + 1]];
    leaves.push({
      label: leafLabel(first.label, second?.label),
      get drawn() {
        return [...first.drawn.map((item) => moved(item, page.width)), ...(second?.drawn ?? [])];
      },
      get set() {
        return first.set || second?.set ? { right: first.set, left: second?.set } : undefined;
      },
      outline: [...(first.outline ?? []), ...(second?.outline ?? [])],
    });
  }
  return { page: { width: page.width * 2, height: page.height }, binding, sheets: leaves, folded: true };
}

/** 卷三·五 of 卷三·五上 and 卷三·五下; two labels that differ otherwise are both named. */
function leafLabel(first: string, second: string | undefined): string {
  const stem = first.replace(/上$/u, '');
  return second === undefined || second === `${stem}下` ? stem : `${first}、${second}`;
}

/** What is drawn, farther to the right. */
function moved(item: Drawn, by: number): Drawn {
  if (item.kind !== 'shape') return { ...item, x: item.x + by };
  const step = ([operator, ...values]: Step): Step =>
    [operator, ...values.map((value, index) => (index % 2 === 0 ? value + by : value))] as unknown as Step;
  return { ...item, steps: item.steps.map(step) };
}
