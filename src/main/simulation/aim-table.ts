import { stateAt, type Track } from "../orbit/track.ts";
import type { Aims } from "./aims.ts";

/** Rows made at a time. */
const ROWS = 64;

/** Instants [s]: `startS + row · stepS`, none after `endS`. */
export interface AimGrid {
  startS: number;
  stepS: number;
  endS: number;
}

/**
 * Position of one satellite and the aim of its beams on a grid of instants, [row × (3 + 3 · beams)]; made where somebody
 * asks.
 */
export class AimTable {
  readonly #track: Track;
  readonly #aims: Aims;
  readonly #satellite: number;
  readonly #grid: AimGrid;
  readonly #state = new Float64Array(6);
  readonly #width: number;
  readonly #parts: (Float64Array | undefined)[] = [];

  constructor(track: Track, beams: number, aims: Aims, satellite: number, grid: AimGrid) {
    this.#track = track;
    this.#aims = aims;
    this.#satellite = satellite;
    this.#grid = grid;
    this.#width = 3 + 3 * beams;
  }

  #part(number: number): Float64Array {
    return (this.#parts[number] ??= this.#make(number * ROWS));
  }

  #make(first: number): Float64Array {
    const { startS, stepS, endS } = this.#grid;
    const rows = new Float64Array(ROWS * this.#width);
    for (let i = 0; i < ROWS; i++) {
      const time = Math.min(endS, startS + (first + i) * stepS);
      stateAt(this.#state, 0, this.#track, this.#satellite, time);
      rows.set(this.#state.subarray(0, 3), i * this.#width);
      this.#aims.write(rows, i * this.#width + 3, this.#satellite, this.#state, 0, time);
    }
    return rows;
  }

  /** The numbers among which those of a row stand, and where they begin: position, then the aims of all beams. */
  around(row: number): Float64Array {
    return this.#part(Math.floor(row / ROWS));
  }

  begin(row: number): number {
    return (row % ROWS) * this.#width;
  }

  /**
   * Writes position and one beam's aim at `share` of the way from a row to the next; straight lines over a second are right
   * to about a metre, but for a beam that changes its place.
   */
  between(out: Float64Array, beam: number, row: number, share: number): void {
    const width = this.#width;
    const rows = this.#part(Math.floor(row / ROWS));
    const at = (row % ROWS) * width;
    const aim = at + 3 + 3 * beam;
    for (let k = 0; k < 3; k++) {
      out[k] = rows[at + k];
      out[3 + k] = rows[aim + k];
    }
    if (!(share > 0)) return;
    const last = row % ROWS === ROWS - 1;
    const later = last ? this.#part(Math.floor((row + 1) / ROWS)) : rows;
    const next = last ? 0 : at + width;
    for (let k = 0; k < 3; k++) {
      out[k] += share * (later[next + k] - out[k]);
      out[3 + k] += share * (later[next + 3 + 3 * beam + k] - out[3 + k]);
    }
  }
}
