import type { Brow } from './book.ts';
import type { Format } from './format.ts';
import { splitNote } from './jiazhu.ts';
import type { Cell, RubyText, SideLine, Style } from './page.ts';
import type { Unit } from './units.ts';

/** A column of one block before pages are made: `column` of its cells and lines is still 0. */
export interface Column {
  readonly cells: Cell[];
  readonly sideLines: SideLine[];
  readonly rubies: RubyText[];
  /** 眉批 anchored in the column. */
  readonly brow: Brow[];
  /** Indexes of the units that stand in the column, and their rows: where notes of the margin are anchored. */
  readonly rows: ReadonlyMap<number, number>;
}

/** Where text begins: in the first column of a block and in those after it. */
export interface Tops {
  readonly first: number;
  readonly rest: number;
}

/** A unit with its place: which column of the block, which row and lane. */
interface Place {
  readonly unit: Unit;
  readonly at: number;
  readonly index: number;
  readonly row: number;
  readonly height: number;
  readonly lane: Cell['lane'];
}

/** What of a format the columns depend on. */
export type ColumnFormat = Pick<Format, 'rows' | 'noteDensity' | 'ruby'>;

/** Sets the units of a block into columns. */
export function setColumns(units: readonly Unit[], style: Style, tops: Tops, format: ColumnFormat): Column[] {
  const places = new Placer(units, tops, format).places();
  const byColumn: Place[][] = Array.from({ length: (places.at(-1)?.index ?? -1) + 1 }, () => []);
  for (const place of places) byColumn[place.index]!.push(place);
  const shown = new Set<number>();
  return byColumn.map((column) => ({
    cells: column.map((place) => toCell(place, style)),
    sideLines: [...sideLines(column)],
    rubies: format.ruby ? [...rubies(column, shown)] : [],
    brow: column.flatMap(({ unit }) => unit.brow ?? []),
    rows: new Map(column.map(({ at, row }) => [at, row])),
  }));
}

/** Gives every unit its place, column after column. */
class Placer {
  readonly #units: readonly Unit[];
  readonly #format: ColumnFormat;
  readonly #tops: Tops;
  readonly #places: Place[] = [];
  #index = 0;
  #row: number;

  constructor(units: readonly Unit[], { first, rest }: Tops, format: ColumnFormat) {
    const lowest = format.rows - 1;
    this.#units = units;
    this.#format = format;
    this.#tops = { first: Math.min(first, lowest), rest: Math.min(rest, lowest) };
    this.#row = this.#tops.first;
  }

  places(): readonly Place[] {
    for (let at = 0; at < this.#units.length; ) {
      const unit = this.#units[at]!;
      if (unit.note === undefined) {
        if (unit.honour) this.#honour(unit.honour);
        at = this.#word(at);
      } else {
        at = this.#note(at);
      }
    }
    return this.#places;
  }

  #nextColumn(): void {
    this.#index++;
    this.#row = this.#tops.rest;
  }

  get #empty(): boolean {
    return this.#places.at(-1)?.index !== this.#index;
  }

  /** 抬頭: a new column at or above its head, or a free cell; at the head of a column a free cell would only be a hole. */
  #honour(degree: NonNullable<Unit['honour']>): void {
    if (degree === 'nuo') {
      if (this.#empty) return;
      if (this.#row + 1 >= this.#format.rows) this.#nextColumn();
      else this.#row++;
      return;
    }
    if (!this.#empty) this.#nextColumn();
    this.#row = degree === 'ping' ? 0 : -1;
  }

  /** Places a character with the marks that may not be parted from it; returns the index behind them. */
  #word(at: number): number {
    const end = wordEnd(this.#units, at);
    const length = end - at;
    const hangs = this.#units[end - 1]!.kinsoku === 'no-begin' ? 1 : 0;
    if (this.#row + length - hangs > this.#format.rows && !this.#empty) this.#nextColumn();
    for (let part = at; part < end; part++) this.#cell(part);
    return end;
  }

  #cell(at: number): void {
    const unit = this.#units[at]!;
    const { rows } = this.#format;
    // Marks that fill a column of their own are parted after all.
    const hangs = this.#row === rows && unit.kinsoku === 'no-begin';
    if (this.#row >= rows && !hangs) this.#nextColumn();
    this.#places.push({ unit, at, index: this.#index, row: this.#row, height: 1, lane: 'full' });
    this.#row++;
  }

  #note(at: number): number {
    const units = this.#units;
    const { rows, noteDensity: density } = this.#format;
    let end = at;
    while (end < units.length && units[end]!.note === units[at]!.note) end++;
    const mayPart = (offset: number): boolean => canPart(units[at + offset - 1]!, units[at + offset]!);
    const room = { row: this.#row, top: this.#tops.rest, rows, density };
    const begins = this.#index;
    let done = at;
    for (const fragment of splitNote(units.slice(at, end), room, mayPart)) {
      const place = (lane: Cell['lane']) => (unit: Unit, position: number) =>
        this.#places.push({
          unit,
          at: done++,
          index: begins + fragment.column,
          row: fragment.row + position / density,
          height: 1 / density,
          lane,
        });
      fragment.right.forEach(place('right'));
      fragment.left.forEach(place('left'));
      this.#index = begins + fragment.column;
      this.#row = fragment.row + fragment.cells;
    }
    return end;
  }
}

/** The end of what must stand together: opening marks, a character, closing marks; a number stays with its word. */
function wordEnd(units: readonly Unit[], at: number): number {
  const goesOn = (index: number): boolean => {
    const unit = units[index];
    return (
      unit !== undefined && unit.note === undefined && unit.honour === undefined && !canPart(units[index - 1]!, unit)
    );
  };
  let end = at + 1;
  while (goesOn(end)) end++;
  return end;
}

/** Whether a column or a half line may end between two units. */
function canPart(before: Unit, after: Unit): boolean {
  return before.kinsoku !== 'no-end' && after.kinsoku !== 'no-begin' && after.kinsoku !== 'joined';
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
    ...(unit.note !== undefined && { note: unit.note }),
    ...(unit.number && { number: unit.number }),
    ...(unit.generated && { generated: true }),
    ...(unit.interventions && { interventions: unit.interventions }),
  };
}

/** Runs of neighbours in one lane that belong together: they break with the column, the lane and what parts them. */
function* runs(places: readonly Place[], idOf: (place: Place) => number | undefined): Generator<readonly Place[]> {
  for (let at = 0; at < places.length; ) {
    const id = idOf(places[at]!);
    let end = at + 1;
    const goesOn = (): boolean => {
      const [before, place] = [places[end - 1]!, places[end]];
      if (place === undefined || idOf(place) !== id || place.lane !== before.lane) return false;
      return Math.abs(before.row + before.height - place.row) < 1e-9;
    };
    while (goesOn()) end++;
    if (id !== undefined) yield places.slice(at, end);
    at = end;
  }
}

/** Side lines: neighbours of one mark share a line. */
function* sideLines(places: readonly Place[]): Generator<SideLine> {
  for (const run of runs(places, ({ unit }) => unit.mark?.id)) {
    const [first, last] = [run[0]!, run.at(-1)!];
    const { id: _, ...mark } = first.unit.mark!;
    yield { ...mark, column: 0, lane: first.lane, from: first.row, to: last.row + last.height };
  }
}

/** Readings: the characters of one reading share it; where they are parted, it stands beside the first of them. */
function* rubies(places: readonly Place[], shown: Set<number>): Generator<RubyText> {
  for (const run of runs(places, ({ unit }) => unit.ruby?.id)) {
    const [first, last] = [run[0]!, run.at(-1)!];
    const { id, text } = first.unit.ruby!;
    if (!shown.has(id)) yield { column: 0, lane: first.lane, from: first.row, to: last.row + last.height, text };
    shown.add(id);
  }
}
