import { PrimitiveType } from "cesium";
import type { Buffer } from "cesium";
import type { Track } from "../session/loadRun.ts";
import { interpolate } from "./hermite.ts";
import { Primitive, split, vertexBuffer } from "./primitive.ts";
import { SATELLITE_FRAGMENT, SATELLITE_VERTEX } from "./shaders.ts";

/** All satellites in one draw, moved between their knots at every tick. */
export class SatellitePoints extends Primitive {
  /** ECEF now, m [satellite × 3] */
  readonly position: Float64Array;
  readonly #track: Track;
  readonly #high: Float32Array;
  readonly #low: Float32Array;
  #highBuffer: Buffer | null = null;
  #lowBuffer: Buffer | null = null;
  #dirty = false;

  constructor(track: Track) {
    super();
    this.#track = track;
    this.position = new Float64Array(3 * track.satellites);
    this.#high = new Float32Array(3 * track.satellites);
    this.#low = new Float32Array(3 * track.satellites);
  }

  moveTo(timeS: number): void {
    const { knots, satellites, count, knotS, firstS } = this.#track;
    interpolate(this.position, knots, satellites, count, knotS, timeS - firstS);
    for (let i = 0; i < this.position.length; i++) split(this.#high, this.#low, i, this.position[i]!);
    this.#dirty = true;
  }

  protected recipe(context: object) {
    const size = this.#track.satellites > 500 ? 4 : 9;
    this.#highBuffer = vertexBuffer(context, this.#high, true);
    this.#lowBuffer = vertexBuffer(context, this.#low, true);
    return {
      attributes: [
        { index: 0, vertexBuffer: this.#highBuffer, componentsPerAttribute: 3 },
        { index: 1, vertexBuffer: this.#lowBuffer, componentsPerAttribute: 3 },
      ],
      vertex: SATELLITE_VERTEX,
      fragment: SATELLITE_FRAGMENT,
      locations: { positionHigh: 0, positionLow: 1 },
      uniforms: { u_size: () => size },
      type: PrimitiveType.POINTS,
      count: this.#track.satellites,
    };
  }

  protected refresh(): boolean {
    if (this.#dirty) {
      this.#highBuffer!.copyFromArrayView(this.#high, 0);
      this.#lowBuffer!.copyFromArrayView(this.#low, 0);
      this.#dirty = false;
    }
    return this.#track.satellites > 0;
  }
}
