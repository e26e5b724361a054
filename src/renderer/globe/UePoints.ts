import { Cartesian3, ComponentDatatype, PrimitiveType } from "cesium";
import type { Buffer } from "cesium";
import type { UeColumns } from "../session/loadRun.ts";
import { PALETTE_SIZE } from "../session/palette.ts";
import { placeAfter, velocities } from "./motion.ts";
import { paletteUniform, Primitive, split, vertexBuffer } from "./primitive.ts";
import { UE_FRAGMENT, UE_VERTEX } from "./shaders.ts";

const STANDS = [0, 0, 0] as const;

/** All UEs in one draw: where they start, how they move, one byte a UE that names its place in the palette. */
export class UePoints extends Primitive {
  /** ECEF of the UEs, split in two floats [ue × 3] */
  readonly high: Float32Array;
  readonly low: Float32Array;
  /** palette place [ue]; call `touch` after writing */
  readonly state: Uint8Array;
  /** velocity at the start [ue × 3], m/s; null where nobody moves */
  readonly velocity: Float32Array | null;
  /** time of the picture, s of the run */
  timeS = 0;
  /** size of the dots over that of the palette */
  scale = 1;
  /** JavaScript time of the last upload, ms */
  uploadMs = 0;
  #buffer: Buffer | null = null;
  #dirty = false;

  constructor({ latitudeDeg, longitudeDeg, headingDeg, speedMS }: UeColumns) {
    super();
    const n = latitudeDeg.length;
    this.velocity = headingDeg && speedMS ? velocities(latitudeDeg, longitudeDeg, headingDeg, speedMS) : null;
    this.high = new Float32Array(3 * n);
    this.low = new Float32Array(3 * n);
    this.state = new Uint8Array(n);
    const at = new Cartesian3();
    for (let i = 0; i < n; i++) {
      Cartesian3.fromDegrees(longitudeDeg[i]!, latitudeDeg[i]!, 0, undefined, at);
      split(this.high, this.low, 3 * i, at.x);
      split(this.high, this.low, 3 * i + 1, at.y);
      split(this.high, this.low, 3 * i + 2, at.z);
    }
  }

  /** ECEF of a UE at a time, m. */
  placeOf(ue: number, timeS: number): [number, number, number] {
    const { high, low, velocity } = this;
    const i = 3 * ue;
    const start = [high[i]! + low[i]!, high[i + 1]! + low[i + 1]!, high[i + 2]! + low[i + 2]!] as const;
    const moves = velocity ? ([velocity[i]!, velocity[i + 1]!, velocity[i + 2]!] as const) : STANDS;
    return placeAfter(start, moves, timeS);
  }

  touch(): void {
    this.#dirty = true;
  }

  protected recipe(context: object) {
    const palette = paletteUniform();
    this.#buffer = vertexBuffer(context, this.state, true);
    this.#dirty = false;
    return {
      attributes: [
        { index: 0, vertexBuffer: vertexBuffer(context, this.high), componentsPerAttribute: 3 },
        { index: 1, vertexBuffer: vertexBuffer(context, this.low), componentsPerAttribute: 3 },
        {
          index: 2,
          vertexBuffer: this.#buffer,
          componentsPerAttribute: 1,
          componentDatatype: ComponentDatatype.UNSIGNED_BYTE,
        },
        ...(this.velocity
          ? [{ index: 3, vertexBuffer: vertexBuffer(context, this.velocity), componentsPerAttribute: 3 }]
          : []),
      ],
      vertex: UE_VERTEX(PALETTE_SIZE, this.velocity !== null),
      fragment: UE_FRAGMENT,
      locations: { positionHigh: 0, positionLow: 1, state: 2, velocity: 3 },
      uniforms: { u_palette: () => palette, u_scale: () => this.scale, u_time: () => this.timeS },
      type: PrimitiveType.POINTS,
      count: this.state.length,
    };
  }

  protected refresh(): boolean {
    if (this.#dirty) {
      const start = performance.now();
      this.#buffer!.copyFromArrayView(this.state, 0);
      this.uploadMs = performance.now() - start;
      this.#dirty = false;
    }
    return this.state.length > 0;
  }
}
