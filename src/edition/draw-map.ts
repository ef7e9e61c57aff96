import { type GeoPath, type GeoProjection, geoConicConformal, geoGraticule, geoPath } from 'd3-geo';
import waters from './waters/waters.generated.json' with { type: 'json' };

/** A map without its places' names: paths are SVG path data, points pixels from the upper left corner. */
export interface MapDrawing {
  readonly width: number;
  readonly height: number;
  /** Kind of water (`river`, `stream`, `coast`, `lake`) and `graticule` → path data. */
  readonly paths: Readonly<Record<string, string>>;
  /** `39.03 111.07` → where it lies on the map. */
  readonly points: Readonly<Record<string, readonly [x: number, y: number]>>;
  /** Length of a hundred kilometres in the middle of the map. */
  readonly hundredKilometres: number;
}

const width = 1000;
const margin = 48;
/** Degrees around a place that the map shows at least, so that one place alone has its surroundings. */
const around = 1.5;
const tallest = 1.2;

/**
 * Draws rivers and coasts around places, given as latitude and longitude in degrees (`39.03 111.07`); what is no such
 * pair is left out. Undefined when no place is left. Conic projection, true at 25° and 47° N.
 */
export function drawMap(coordinates: readonly string[]): MapDrawing | undefined {
  const places = coordinates.flatMap((text) => {
    const position = readPosition(text);
    return position ? [{ text, position }] : [];
  });
  if (places.length === 0) return undefined;
  const corners = places.flatMap(({ position: [x, y] }) => [
    [x - around, y - around],
    [x + around, y + around],
  ]);
  const frame = { type: 'MultiPoint' as const, coordinates: corners };
  const middle = (Math.min(...corners.map(([x]) => x!)) + Math.max(...corners.map(([x]) => x!))) / 2;
  const projection = geoConicConformal().parallels([25, 47]).rotate([-middle, 0]);
  projection.fitWidth(width - 2 * margin, frame);
  const [, [, bottom]] = geoPath(projection).bounds(frame);
  const height = Math.round(Math.min(Math.max(bottom + 2 * margin, width / 2), width * tallest));
  projection.fitExtent(
    [
      [margin, margin],
      [width - margin, height - margin],
    ],
    frame,
  );
  projection.clipExtent([
    [0, 0],
    [width, height],
  ]);
  const points = places.map(({ text, position }) => [text, rounded(projection(position)!)] as const);
  const path = geoPath(projection).digits(1);
  return {
    width,
    height,
    paths: { ...drawWaters(path), graticule: path(geoGraticule().step([5, 5])()) ?? '' },
    points: Object.fromEntries(points.sort(([a], [b]) => (a < b ? -1 : 1))),
    hundredKilometres: kilometres(projection, [width / 2, height / 2]),
  };
}

/** Longitude and latitude of a text with latitude and longitude, as GeoJSON has them. */
function readPosition(text: string): [number, number] | undefined {
  const [latitude, longitude, ...rest] = text.split(' ').map(Number);
  const real = rest.length === 0 && Math.abs(latitude!) <= 85 && Math.abs(longitude!) <= 180;
  return real ? [longitude!, latitude!] : undefined;
}

function drawWaters(path: GeoPath): Record<string, string> {
  const drawn = waters.features.map(({ properties, geometry }) => [
    properties.kind,
    path({ type: 'MultiLineString', coordinates: geometry.coordinates }) ?? '',
  ]);
  return Object.fromEntries(drawn);
}

/** Pixels of a hundred kilometres to the east, at a point of the map. A degree of latitude has 111.2 kilometres. */
function kilometres(projection: GeoProjection, point: [number, number]): number {
  const [longitude, latitude] = projection.invert!(point)!;
  const degrees = 100 / (111.2 * Math.cos((latitude * Math.PI) / 180));
  const [x, y] = projection([longitude + degrees, latitude])!;
  return Math.round(10 * Math.hypot(x - point[0], y - point[1])) / 10;
}

function rounded([x, y]: readonly [number, number]): [number, number] {
  return [Math.round(10 * x) / 10, Math.round(10 * y) / 10];
}
