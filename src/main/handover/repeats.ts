/**
 * Messages that met a full queue and are sent again. All come the same time after they were dropped, so that they stand in a ring in
 * order of time, and with them all that the next drop needs. One that comes at the same instant as another event is first.
 */
const LEAST = 64;

export class Repeats {
  size = 0;
  /** when the first arrives [ms] */
  timeMs = Infinity;
  /** [place × 6] arrival, way, until when it is calm [ms] */
  #times = new Float64Array(6 * LEAST);
  /** [place × 12] behind the times: item, code, cell, bytes, times dropped here */
  #fields = new Int32Array(this.#times.buffer);
  #first = 0;

  /** `timeMs` is not before that of those that were pushed before. `calmMs`: nothing but a full queue can befall it until then. */
  push(
    timeMs: number,
    item: number,
    code: number,
    cell: number,
    bytes: number,
    wayMs: number,
    calmMs: number,
    dropped: number,
  ): void {
    if (6 * this.size === this.#times.length) this.#widen();
    const at = (this.#first + this.size++) & (this.#times.length / 6 - 1);
    const times = this.#times;
    const fields = this.#fields;
    times[6 * at] = timeMs;
    times[6 * at + 1] = wayMs;
    times[6 * at + 2] = calmMs;
    fields[12 * at + 6] = item;
    fields[12 * at + 7] = code;
    fields[12 * at + 8] = cell;
    fields[12 * at + 9] = bytes;
    fields[12 * at + 10] = dropped;
    if (this.size === 1) this.timeMs = timeMs;
  }

  get wayMs(): number {
    return this.#times[6 * this.#first + 1];
  }

  get calmMs(): number {
    return this.#times[6 * this.#first + 2];
  }

  get item(): number {
    return this.#fields[12 * this.#first + 6];
  }

  get code(): number {
    return this.#fields[12 * this.#first + 7];
  }

  get cell(): number {
    return this.#fields[12 * this.#first + 8];
  }

  get bytes(): number {
    return this.#fields[12 * this.#first + 9];
  }

  get dropped(): number {
    return this.#fields[12 * this.#first + 10];
  }

  /** Takes the first out. */
  drop(): void {
    this.#first = (this.#first + 1) & (this.#times.length / 6 - 1);
    this.size--;
    this.timeMs = this.size > 0 ? this.#times[6 * this.#first] : Infinity;
  }

  #widen(): void {
    const times = new Float64Array(2 * this.#times.length);
    times.set(this.#times.subarray(6 * this.#first));
    times.set(this.#times.subarray(0, 6 * this.#first), this.#times.length - 6 * this.#first);
    this.#times = times;
    this.#fields = new Int32Array(times.buffer);
    this.#first = 0;
  }
}
