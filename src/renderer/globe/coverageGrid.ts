const A = 6_378_137;
/** First eccentricity of WGS-84, squared. */
const E2 = 0.006_694_379_990_141_4;
const TURN = 2 * Math.PI;
/** Geodetic and geocentric latitude differ by up to 0.2°, and the smaller polar radius shows up to 0.9° more of a low orbit [rad]. */
const FLATTENING_SLACK = 0.03;

/**
 * How many satellites stand above an elevation, at the middles of the cells of a grid of latitude and longitude on
 * WGS-84. The horizon is the plane of the ellipsoid; refraction and terrain are left out, and so is whether a beam
 * points there.
 */
export class CoverageGrid {
  readonly rows: number;
  readonly columns: number;
  /** satellites in view, 255 for more [row from the south × column from 180° W] */
  readonly count: Uint8Array;
  readonly #cosine: Float64Array;
  readonly #sine: Float64Array;
  /** distance of the ground from the axis and above the equator's plane, and along its vertical [row] m */
  readonly #axis: Float64Array;
  readonly #height: Float64Array;
  readonly #upward: Float64Array;
  /** change of the count from one column to the next [row × (columns + 1)] */
  readonly #change: Int32Array;

  /** @param columns even; the cells are as high as they are wide */
  constructor(columns: number) {
    const rows = columns / 2;
    this.rows = rows;
    this.columns = columns;
    this.count = new Uint8Array(rows * columns);
    this.#change = new Int32Array(rows * (columns + 1));
    const column = () => new Float64Array(rows);
    [this.#cosine, this.#sine, this.#axis, this.#height, this.#upward] = [
      column(),
      column(),
      column(),
      column(),
      column(),
    ];
    for (let row = 0; row < rows; row++) {
      const latitude = ((row + 0.5) / rows - 0.5) * Math.PI;
      const c = Math.cos(latitude);
      const s = Math.sin(latitude);
      const radius = A / Math.sqrt(1 - E2 * s * s);
      this.#cosine[row] = c;
      this.#sine[row] = s;
      this.#axis[row] = radius * c;
      this.#height[row] = radius * (1 - E2) * s;
      this.#upward[row] = radius * (1 - E2 * s * s);
    }
  }

  /** Counts anew. `position` [satellite × 3] ECEF m, NaN for a lost one; `minElevation` rad, 0 … π/2. */
  fill(position: Float64Array, minElevation: number): void {
    this.begin();
    this.add(position, 0, position.length / 3, minElevation);
    this.finish();
  }

  /** The same in slices: after `begin`, satellites are added some at a time; the counts are new after `finish`. */
  begin(): void {
    this.#change.fill(0);
  }

  add(position: Float64Array, from: number, to: number, minElevation: number): void {
    for (let i = 3 * from; i < 3 * to; i += 3)
      if (!Number.isNaN(position[i]))
        this.#add(position[i]!, position[i + 1]!, position[i + 2]!, minElevation);
  }

  finish(): void {
    const { columns, count } = this;
    for (let row = 0; row < this.rows; row++) {
      let n = 0;
      for (let column = 0; column < columns; column++) {
        n += this.#change[row * (columns + 1) + column]!;
        count[row * columns + column] = n > 255 ? 255 : n;
      }
    }
  }

  #add(x: number, y: number, z: number, minElevation: number): void {
    const away = Math.sqrt(x * x + y * y);
    const longitude = Math.atan2(y, x) + Math.PI;
    const square = away * away + z * z;
    const k = Math.sin(minElevation) ** 2;
    // rows beyond the rim on a sphere of the equator's radius, widened by the flattening, see nothing of it
    const rim = Math.acos(Math.min(1, (A / Math.sqrt(square)) * Math.cos(minElevation))) - minElevation;
    const reach = rim + FLATTENING_SLACK;
    const middle = Math.atan2(z, away) + Math.PI / 2;
    const first = Math.max(0, Math.floor(((middle - reach) / Math.PI) * this.rows));
    const last = Math.min(this.rows - 1, Math.ceil(((middle + reach) / Math.PI) * this.rows));
    for (let row = first; row <= last; row++) {
      const width = this.#halfWidth(row, away, z, square, k);
      if (width > 0) this.#mark(row, longitude, width);
    }
  }

  /**
   * How far east and west of a satellite it stands above the elevation in a row [rad]; 0: nowhere, π: everywhere.
   * With c the cosine of the difference of longitude, the sine of the elevation is (a·c + b) / √(d − e·c), which
   * grows with c; its square at the limit is k, and the greater root of that equation is the one above the horizon.
   */
  #halfWidth(row: number, away: number, z: number, square: number, k: number): number {
    const a = this.#cosine[row]! * away;
    const b = this.#sine[row]! * z - this.#upward[row]!;
    if (a + b <= 0) return 0;
    const axis = this.#axis[row]!;
    const height = this.#height[row]!;
    const d = square + axis * axis + height * height - 2 * height * z;
    const e = 2 * axis * away;
    if ((a + b) ** 2 < k * (d - e)) return 0;
    if (b - a >= 0 && (b - a) ** 2 >= k * (d + e)) return Math.PI;
    const half = a * b + (k * e) / 2;
    const rest = k * d - b * b;
    const root = Math.sqrt(Math.max(0, half * half + a * a * rest));
    const c = half > 0 ? rest / (half + root) : (root - half) / (a * a);
    return Math.acos(Math.max(-1, Math.min(1, c)));
  }

  /** One more in the columns whose middles lie within a width of a longitude [rad from 180° W]. */
  #mark(row: number, longitude: number, width: number): void {
    const { columns } = this;
    const at = row * (columns + 1);
    const from = Math.ceil(((longitude - width) / TURN) * columns - 0.5);
    const to = Math.floor(((longitude + width) / TURN) * columns - 0.5) + 1;
    if (to - from >= columns) return this.#step(at, 0, columns);
    if (to <= from) return;
    if (from < 0) {
      this.#step(at, from + columns, columns);
      this.#step(at, 0, to);
    } else if (to > columns) {
      this.#step(at, from, columns);
      this.#step(at, 0, to - columns);
    } else this.#step(at, from, to);
  }

  #step(at: number, from: number, to: number): void {
    this.#change[at + from]!++;
    this.#change[at + to]!--;
  }

  /** Satellites above the elevation at the middle of the cell that holds a place [rad]. */
  at(latitude: number, longitude: number): number {
    const row = Math.floor((latitude / Math.PI + 0.5) * this.rows);
    const column = Math.floor((longitude / TURN + 0.5) * this.columns);
    return this.count[
      Math.min(this.rows - 1, Math.max(0, row)) * this.columns + ((column + this.columns) % this.columns)
    ]!;
  }

  /** Shares of the Earth with 0, 1, … and with so many satellites in view or more, into `out`; of the sphere. */
  shares(out: Float64Array): void {
    out.fill(0);
    let all = 0;
    for (let row = 0; row < this.rows; row++) {
      const weight = this.#cosine[row]!;
      all += weight * this.columns;
      for (let i = row * this.columns; i < (row + 1) * this.columns; i++)
        out[Math.min(out.length - 1, this.count[i]!)]! += weight;
    }
    for (let bin = 0; bin < out.length; bin++) out[bin]! /= all;
  }
}
