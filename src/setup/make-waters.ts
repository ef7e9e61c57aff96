import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { writeFileAtomic } from '../core/files.ts';
import { packageRoot } from '../core/package-root.ts';

// Makes src/edition/waters/waters.generated.json from what `gmt coast -M` prints; src/edition/waters/README.md has the commands.

type Position = readonly [longitude: number, latitude: number];

/** What a segment is by its header: `> River Bin # 115, Level 2`, `> Shore Bin # 155, Level 1`. */
const kinds: readonly (readonly [kind: string, header: RegExp])[] = [
  ['river', /^> River .*Level [01]$/],
  ['stream', /^> River .*Level 2$/],
  ['coast', /^> Shore .*Level 1$/],
  ['lake', /^> Shore .*Level 2$/],
];

/** Half the width of a line on the map at its widest, in degrees: points that lie nearer to the line are left out. */
const tolerance = 0.02;

function readSegments(text: string): Map<string, Position[][]> {
  const found = new Map(kinds.map(([kind]) => [kind, [] as Position[][]]));
  let points: Position[] | undefined;
  for (const line of text.split('\n')) {
    if (line.startsWith('>')) {
      points = [];
      const kind = kinds.find(([, header]) => header.test(line.trim()))?.[0];
      if (kind) found.get(kind)!.push(points);
    } else if (line) points?.push(line.split('\t').map((degrees) => round(Number(degrees))) as unknown as Position);
  }
  return found;
}

const round = (degrees: number): number => Math.round(degrees * 100) / 100;

/** The data comes in squares of some degrees: segments that meet at their ends, two and no more, become one line. */
function joined(segments: readonly Position[][]): Position[][] {
  const ends = new Map<string, Set<Position[]>>();
  const at = (position: Position): Set<Position[]> => {
    const key = position.join(' ');
    if (!ends.has(key)) ends.set(key, new Set());
    return ends.get(key)!;
  };
  const lines = new Set(segments.filter((points) => points.length > 1).map((points) => [...points]));
  for (const line of lines) for (const end of [line[0]!, line.at(-1)!]) at(end).add(line);
  for (const position of [...ends.keys()]) {
    const [one, other] = ends.get(position)!;
    if (!one || !other || ends.get(position)!.size !== 2) continue;
    for (const line of [one, other]) for (const end of [line[0]!, line.at(-1)!]) at(end).delete(line);
    const head = one.at(-1)!.join(' ') === position ? one : one.toReversed();
    const tail = other[0]!.join(' ') === position ? other : other.toReversed();
    const whole = [...head, ...tail.slice(1)];
    lines.delete(one);
    lines.delete(other);
    lines.add(whole);
    for (const end of [whole[0]!, whole.at(-1)!]) at(end).add(whole);
  }
  return [...lines];
}

/** Douglas and Peucker's reduction of a line. */
function simplified(points: readonly Position[]): Position[] {
  const [first, last] = [points[0]!, points.at(-1)!];
  let farthest = 0;
  let distance = tolerance;
  for (let at = 1; at < points.length - 1; at++) {
    const here = distanceTo(points[at]!, first, last);
    if (here > distance) [farthest, distance] = [at, here];
  }
  if (farthest === 0) return [first, last];
  return [...simplified(points.slice(0, farthest + 1)).slice(0, -1), ...simplified(points.slice(farthest))];
}

/** Distance of a point from the line through two others, or from the one point where the two are the same. */
function distanceTo([x, y]: Position, [x1, y1]: Position, [x2, y2]: Position): number {
  const length = Math.hypot(x2 - x1, y2 - y1);
  if (length === 0) return Math.hypot(x - x1, y - y1);
  return Math.abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length;
}

const segments = readSegments(
  process.argv
    .slice(2)
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n'),
);
const features = [...segments].map(([kind, lines]) => ({
  type: 'Feature',
  properties: { kind },
  geometry: { type: 'MultiLineString', coordinates: joined(lines).map(simplified) },
}));
const collection = {
  type: 'FeatureCollection',
  origin: 'GSHHG 2.3.7 and WDBII, LGPL-3.0-or-later; see README.md.',
  features,
};
const target = fileURLToPath(new URL('src/edition/waters/waters.generated.json', packageRoot));
writeFileAtomic(target, `${JSON.stringify(collection).replaceAll('{"type":"Feature"', '\n{"type":"Feature"')}\n`);
