/** The numbers of the files of a run, handed out to threads in order through memory that they share. */
export class Tickets {
  /** The next number, then for each seat the number that was taken last, plus one. */
  readonly shared: Int32Array;
  readonly #count: number;

  /** For `seats` threads and `count` files; with `shared`, the tickets of another thread. */
  constructor(seats: number, count: number, shared?: Int32Array) {
    this.shared = shared ?? new Int32Array(new SharedArrayBuffer(4 * (seats + 1)));
    this.#count = count;
  }

  /** The next number for a seat; undefined when all are taken. */
  take(seat: number): number | undefined {
    const next = Atomics.add(this.shared, 0, 1);
    if (next >= this.#count) return undefined;
    Atomics.store(this.shared, seat + 1, next + 1);
    return next;
  }

  /** The number that a seat took last. */
  takenBy(seat: number): number | undefined {
    const last = Atomics.load(this.shared, seat + 1);
    return last === 0 ? undefined : last - 1;
  }
}
