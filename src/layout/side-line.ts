import { type Shape, type Step, stroke } from './drawing.ts';

/** A straight line (專名線) or a wavy one (書名號) down the axis `x`, of the strength of text or notes; `unit` as in Geometry. */
export function lineAlong(
  kind: 'name' | 'title',
  x: number,
  { from, to }: { readonly from: number; readonly to: number },
  beside: 'text' | 'note',
  unit: number,
): Shape {
  if (kind === 'name') return stroke(x, from, x, to, (beside === 'text' ? 0.26 : 0.2) * unit);
  const [amplitude, length, width] = beside === 'text' ? [0.3, 3, 0.22] : [0.2, 2.4, 0.16];
  return wave(x, from, to, amplitude * unit, length * unit, width * unit);
}

/** A wavy line of whole half-waves near the wanted length. */
function wave(x: number, from: number, to: number, amplitude: number, length: number, width: number): Shape {
  const count = Math.max(2, Math.round(((to - from) / length) * 2));
  const half = (to - from) / count;
  const steps: Step[] = [['M', x, from]];
  for (let index = 0; index < count; index++) {
    const y = from + index * half;
    const swing = x + (index % 2 ? -1 : 1) * amplitude * 1.35;
    steps.push(['C', swing, y + half * 0.36, swing, y + half * 0.64, x, y + half]);
  }
  return { kind: 'shape', steps, width, ink: 'black' };
}
