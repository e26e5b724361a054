import { Buffer, BufferUsage, IndexDatatype, PrimitiveType } from "cesium";
import type { Buffer as GpuBuffer } from "cesium";
import type { Track } from "../session/loadRun.ts";
import { Primitive, vertexBuffer } from "./primitive.ts";
import { TRACK_FRAGMENT, TRACK_VERTEX } from "./shaders.ts";
import {
  firstPointAt,
  groundUnder,
  MOST_TRACKS,
  nearestSatellites,
  pathOf,
  POINT_S,
  TRACK_POINTS,
  TRACK_REACH_S,
} from "./trackPaths.ts";

/** Floats a vertex: place high and low (3 + 3), s since the first point, 1 on the ground. */
const FLOATS = 8;

/** Paths of the satellites and their tracks on the ground, some minutes back and ahead, in one draw. */
export class TrackLines extends Primitive {
  readonly #track: Track;
  /** satellites whose paths are drawn, and room to find them in */
  readonly #chosen: Uint32Array;
  readonly #nearest: Uint32Array;
  readonly #square: Float64Array;
  readonly #middle: readonly [number, number, number];
  readonly #data: Float32Array;
  readonly #path = new Float64Array(3 * TRACK_POINTS);
  readonly #ground = new Float64Array(3 * TRACK_POINTS);
  #count = 0;
  #shown = "";
  #nowS = 0;
  #buffer: GpuBuffer | null = null;
  #dirty = false;

  /** @param middle of the users, ECEF m: where there are many satellites, the nearest to it are drawn */
  constructor(track: Track, middle: readonly [number, number, number]) {
    super();
    this.show = false;
    this.#track = track;
    this.#middle = middle;
    const most = Math.min(MOST_TRACKS, track.satellites) + 1;
    this.#nearest = new Uint32Array(most - 1);
    this.#chosen = new Uint32Array(most);
    this.#square = new Float64Array(track.satellites);
    this.#data = new Float32Array(2 * most * TRACK_POINTS * FLOATS);
  }

  /** All, or as many as are drawn, and the chosen one; `position` [satellite × 3] ECEF m, now. */
  showAt(timeS: number, position: Float64Array, all: boolean, chosen: number | null): void {
    const firstS = firstPointAt(timeS);
    this.#nowS = timeS - firstS;
    const shown = `${firstS} ${all} ${chosen}`;
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#choose(position, all, chosen);
    for (let i = 0; i < this.#count; i++) this.#write(i, firstS);
    this.#dirty = true;
  }

  #choose(position: Float64Array, all: boolean, chosen: number | null): void {
    const near = this.#nearest;
    this.#count = all ? nearestSatellites(near, position, this.#middle, this.#square) : 0;
    this.#chosen.set(near.subarray(0, this.#count));
    if (chosen !== null && !near.subarray(0, this.#count).includes(chosen))
      this.#chosen[this.#count++] = chosen;
  }

  #write(i: number, firstS: number): void {
    pathOf(this.#path, this.#track, this.#chosen[i]!, firstS);
    for (let point = 0; point < TRACK_POINTS; point++)
      groundUnder(this.#ground, 3 * point, this.#path, 3 * point);
    const at = 2 * i * TRACK_POINTS * FLOATS;
    this.#writeLine(at, this.#path, 0);
    this.#writeLine(at + TRACK_POINTS * FLOATS, this.#ground, 1);
  }

  #writeLine(at: number, places: Float64Array, kind: number): void {
    for (let point = 0; point < TRACK_POINTS; point++) {
      const to = at + point * FLOATS;
      for (let k = 0; k < 3; k++) {
        const value = places[3 * point + k]!;
        const high = Math.trunc(value / 65_536) * 65_536;
        this.#data[to + k] = high;
        this.#data[to + 3 + k] = value - high;
      }
      this.#data[to + 6] = point * POINT_S;
      this.#data[to + 7] = kind;
    }
  }

  protected recipe(context: object) {
    this.#buffer = vertexBuffer(context, this.#data, true);
    const attribute = (index: number, from: number, floats: number) => ({
      index,
      vertexBuffer: this.#buffer!,
      componentsPerAttribute: floats,
      strideInBytes: 4 * FLOATS,
      offsetInBytes: 4 * from,
    });
    return {
      attributes: [attribute(0, 0, 3), attribute(1, 3, 3), attribute(2, 6, 2)],
      indexBuffer: Buffer.createIndexBuffer({
        context,
        typedArray: linePairs(2 * this.#chosen.length, TRACK_POINTS),
        usage: BufferUsage.STATIC_DRAW,
        indexDatatype: IndexDatatype.UNSIGNED_SHORT,
      }),
      vertex: TRACK_VERTEX,
      fragment: TRACK_FRAGMENT(TRACK_REACH_S),
      locations: { positionHigh: 0, positionLow: 1, point: 2 },
      uniforms: { u_now: () => this.#nowS },
      type: PrimitiveType.LINES,
      count: 0,
    };
  }

  protected refresh(): boolean {
    if (this.#dirty) this.#buffer!.copyFromArrayView(this.#data, 0);
    this.#dirty = false;
    this.command!.count = 2 * (TRACK_POINTS - 1) * 2 * this.#count;
    return this.#count > 0;
  }
}

/** Ends of the pieces of lines that stand one behind the other, each of so many points. */
function linePairs(lines: number, points: number): Uint16Array {
  const out = new Uint16Array(2 * lines * (points - 1));
  let at = 0;
  for (let line = 0; line < lines; line++)
    for (let point = 1; point < points; point++) {
      out[at++] = line * points + point - 1;
      out[at++] = line * points + point;
    }
  return out;
}
