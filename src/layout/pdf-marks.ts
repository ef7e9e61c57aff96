import { circle, type Drawn, type Shape, type Step, stroke } from './drawing.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Sheet that marks and slug line need outside the bleed, in millimetres. */
export const marksRoom = 12;

const hairline = 0.09;
const cropLength = 5;

/** The sheet around the trimmed page: the bleed, and the marks outside it. */
export function sheetMargin({ bleed, marks }: { readonly bleed: number; readonly marks: boolean }): number {
  return bleed + (marks ? marksRoom : 0);
}

/** Crop marks at the corners and registration marks at the middle of the sides, all outside the bleed. */
export function drawMarks({ width, height }: Size, bleed: number): Shape[] {
  const crop = [0, width].flatMap((x) => [
    stroke(x, -bleed - 0.5, x, -bleed - 0.5 - cropLength, hairline),
    stroke(x, height + bleed + 0.5, x, height + bleed + 0.5 + cropLength, hairline),
  ]);
  const cropAcross = [0, height].flatMap((y) => [
    stroke(-bleed - 0.5, y, -bleed - 0.5 - cropLength, y, hairline),
    stroke(width + bleed + 0.5, y, width + bleed + 0.5 + cropLength, y, hairline),
  ]);
  const away = bleed + 4;
  const targets = [
    target(width / 2, -away),
    target(width / 2, height + away),
    target(-away, height / 2),
    target(width + away, height / 2),
  ];
  return [...crop, ...cropAcross, ...targets.flat()];
}

/** A registration mark: a ring and a cross of every ink. */
function target(x: number, y: number): Shape[] {
  return [
    circle(x, y, 1.4, 'black', hairline),
    stroke(x - 2.4, y, x + 2.4, y, hairline),
    stroke(x, y - 2.4, x, y + 2.4, hairline),
  ];
}

/** The slug line, read from top to bottom right of the sheet: title, folio, number of the sheet. */
export function drawSlug(text: string, { width }: Size, bleed: number): Drawn[] {
  return [{ kind: 'sideways', text, x: width + bleed + 9.5, y: 4, size: 2.6, weight: 500, ink: 'black' }];
}

/**
 * What goes on beyond the trimmed edge: a shape that touches a side of the page (the frame and 版心 at the fold) is
 * mirrored there, as the other half of the leaf would show it.
 */
export function drawBleed(drawn: readonly Drawn[], { width }: Size): Shape[] {
  const near = 0.05;
  return drawn.flatMap((item) => {
    if (item.kind !== 'shape') return [];
    const across = item.steps.flatMap(([, ...values]) => values.filter((_, index) => index % 2 === 0));
    const mirrors = [
      ...(across.some((x) => Math.abs(x) < near) ? [0] : []),
      ...(across.some((x) => Math.abs(x - width) < near) ? [width] : []),
    ];
    return mirrors.map((edge): Shape => ({ ...item, steps: item.steps.map((step) => mirror(step, edge)) }));
  });
}

function mirror(step: Step, edge: number): Step {
  return step.map((value, index) =>
    typeof value === 'number' && index % 2 === 1 ? 2 * edge - value : value,
  ) as unknown as Step;
}
