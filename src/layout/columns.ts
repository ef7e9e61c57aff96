import type { Format } from './format.ts';
import { splitNote } from './jiazhu.ts';
import type { Cell, SideLine, Style } from './page.ts';
import type { Unit } from './units.ts';

/** A column of one block before pages are made: `column` of its cells and lines is still 0. */
export interface Column {
  readonly cells: Cell[];
  readonly sideLines: SideLine[];
}

/** A unit with its place: which column of the block, which row and lane. */
interface Place {
  readonly unit: Unit;
  readonly index: number;
  readonly row: number;
  readonly height: number;
  readonly lane: Cell['lane'];
}

/** Sets the units of a block into columns that begin at row `indent`. */
export function setColumns(units: readonly Unit[], style: Style, indent: number, format: Format): Column[] {
  const places = placeUnits(units, indent, format);
  const columns: Column[] = Array.from({ length: (places.at(-1)?.index ?? -1) + 1 }, () => ({
    cells: [],
    sideLines: [],
  }));
  for (const place of places) columns[place.index]!.cells.push(toCell(place, style));
  for (const [index, line] of sideLines(places)) columns[index]!.sideLines.push(line);
  return columns;
}

function placeUnits(units: readonly Unit[], indent: number, format: Format): Place[] {
  const { rows, noteDensity: density } = format;
  const places: Place[] = [];
  let index = 0;
  let row = indent;
  const nextColumn = (): void => {
    index++;
    row = indent;
  };
  for (let at = 0; at < units.length; ) {
    const unit = units[at]!;
    if (unit.note === undefined) {
      const hangs = row === rows && unit.kinsoku === 'no-begin';
      const stranded = row === rows - 1 && row > indent && mustMove(unit, units[at + 1], units[at + 2]);
      if ((row >= rows && !hangs) || stranded) nextColumn();
      places.push({ unit, index, row, height: 1, lane: 'full' });
      row++;
      at++;
      continue;
    }
    let end = at;
    while (end < units.length && units[end]!.note === unit.note) end++;
    for (const fragment of splitNote(units.slice(at, end), { row, top: indent, rows, density })) {
      const place = (lane: Cell['lane']) => (part: Unit, position: number) =>
        places.push({
          unit: part,
          index: index + fragment.column,
          row: fragment.row + position / density,
          height: 1 / density,
          lane,
        });
      fragment.right.forEach(place('right'));
      fragment.left.forEach(place('left'));
      row = fragment.row + fragment.cells;
    }
    index = places.at(-1)!.index;
    at = end;
  }
  return places;
}

/** An opening mark may not end a column; one closing mark hangs below it, of two the first may not hang. */
function mustMove(unit: Unit, next: Unit | undefined, second: Unit | undefined): boolean {
  if (unit.kinsoku) return unit.kinsoku === 'no-end';
  return next?.kinsoku === 'no-begin' && second?.kinsoku === 'no-begin' && second.note === undefined;
}

function toCell({ unit, row, lane }: Place, style: Style): Cell {
  return {
    column: 0,
    row,
    lane,
    style: lane === 'full' ? style : 'note',
    text: unit.text,
    ...(unit.before && { before: unit.before }),
    ...(unit.after && { after: unit.after }),
    ...(unit.judou && { judou: unit.judou }),
    ...(unit.gaiji && { gaiji: unit.gaiji }),
    ...(unit.bracket && { bracket: unit.bracket }),
    ...(unit.interventions && { interventions: unit.interventions }),
  };
}

/** Side lines: neighbours of one mark in one lane share a line; it breaks with the column, the lane and the mark. */
function* sideLines(places: readonly Place[]): Generator<[number, SideLine]> {
  for (let at = 0; at < places.length; ) {
    const first = places[at]!;
    const mark = first.unit.mark;
    let end = at + 1;
    const goesOn = (place: Place | undefined): boolean =>
      place !== undefined &&
      place.unit.mark?.id === mark?.id &&
      place.index === first.index &&
      place.lane === first.lane;
    while (goesOn(places[end])) end++;
    const last = places[end - 1]!;
    if (mark) {
      const entity = mark.key && mark.of && { key: mark.key, of: mark.of };
      const line = {
        kind: mark.kind,
        ...entity,
        column: 0,
        lane: first.lane,
        from: first.row,
        to: last.row + last.height,
      };
      yield [first.index, line];
    }
    at = end;
  }
}
