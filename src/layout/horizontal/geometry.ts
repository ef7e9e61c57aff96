import type { HorizontalFormat } from './format.ts';
import type { LineStyle } from './page.ts';
import { heightOf, sizeOf } from './styles.ts';

/** Lengths of a page in millimetres, from its top left corner. */
export interface LevelGeometry {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** Size of the text, and the distance of its lines. */
  readonly size: number;
  readonly pitch: number;
  /** Whether the outer margin is on the right: odd pages. */
  readonly recto: boolean;
}

/** The lengths of the page with a folio; odd folios stand on right pages, bound on the left. */
export function measureLevel(format: HorizontalFormat, folio: number): LevelGeometry {
  const { page, margin, characters, lines } = format;
  const recto = folio % 2 === 1;
  const left = recto ? margin.inside : margin.outside;
  const measure = page.width - margin.inside - margin.outside;
  const depth = page.height - margin.top - margin.bottom;
  const size = measure / characters;
  return {
    left,
    right: left + measure,
    top: margin.top,
    bottom: page.height - margin.bottom,
    // A depth that is too small for its lines makes the text smaller, never overlapping.
    size: Math.min(size, (depth / lines) * 0.9),
    pitch: depth / lines,
    recto,
  };
}

/** Top of the em box of a line whose top is at `y` lines: the text stands in the middle of its height. */
export function emTopOf(style: LineStyle, y: number, format: HorizontalFormat, geometry: LevelGeometry): number {
  const size = geometry.size * sizeOf(style, format);
  return geometry.top + y * geometry.pitch + (heightOf(style, format) * geometry.pitch - size) / 2;
}
