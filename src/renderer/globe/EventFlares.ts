import { Cartesian4, PrimitiveType } from "cesium";
import type { Buffer } from "cesium";
import type { EventColumns } from "../../shared/frame.ts";
import { eventWindow } from "./eventWindow.ts";
import { PALETTE_SIZE } from "../session/palette.ts";
import type { Near } from "./pick.ts";
import { paletteUniform, Primitive, split, vertexBuffer } from "./primitive.ts";
import { FLARE_FRAGMENT, FLARE_VERTEX } from "./shaders.ts";
import type { UePoints } from "./UePoints.ts";

/** Floats a flare: place high and low (3 + 3), time of the event [s of the run], palette place. */
const FLOATS = 8;
const CAPACITY = 8192;
/** How long a flare is seen, in seconds of the viewer at the speed of play. */
export const FLARE_S = 1.5;

/**
 * Cell changes as flares that open and fade where the UE is, in the colour of the cell it goes to.
 * What is seen follows from the clock alone, so a paused picture keeps its flares and a scrub shows its own.
 * Event i lives in slot i mod capacity: the newest push out the oldest.
 */
export class EventFlares extends Primitive {
  readonly #events: EventColumns;
  readonly #ues: UePoints;
  readonly #table: Uint8Array;
  readonly #data = new Float32Array(CAPACITY * FLOATS).fill(-1e9);
  readonly #high = new Float32Array(3);
  readonly #low = new Float32Array(3);
  readonly #now: Cartesian4;
  #buffer: Buffer | null = null;
  #written: [number, number] = [0, 0];
  #dirty = false;

  constructor(events: EventColumns, ues: UePoints, table: Uint8Array, moves: boolean) {
    super();
    this.#events = events;
    this.#ues = ues;
    this.#table = table;
    this.#now = new Cartesian4(0, FLARE_S, moves ? 1 : 0, 0);
  }

  showAt(timeS: number, speed: number): void {
    const lifeS = FLARE_S * speed;
    this.#now.x = timeS;
    this.#now.y = lifeS;
    const [from, to] = eventWindow(this.#events.timeMs, timeS * 1000, lifeS * 1000, CAPACITY);
    // What the last call wrote is good unless the window leapt: slots hold the newest `capacity` events up to `to`.
    const [had, until] = this.#written;
    for (let i = from; i < to; i++) if (i < had || i >= until) this.#write(i);
    this.#written = [from, to];
  }

  /** The event whose flare is nearest to a place on the ground [ECEF m] now. */
  nearest({ x, y, z }: { x: number; y: number; z: number }, reach: number, clear: number): Near {
    const data = this.#data;
    const [from, to] = this.#written;
    let best = -1;
    let close = 0;
    let least = reach * reach;
    for (let event = from; event < to; event++) {
      const at = (event % CAPACITY) * FLOATS;
      const dx = data[at]! + data[at + 3]! - x;
      const dy = data[at + 1]! + data[at + 4]! - y;
      const dz = data[at + 2]! + data[at + 5]! - z;
      const square = dx * dx + dy * dy + dz * dz;
      if (square <= clear * clear) close++;
      if (square > least) continue;
      least = square;
      best = event;
    }
    return { index: best, lone: best >= 0 && close === 1 };
  }

  #write(event: number): void {
    const at = (event % CAPACITY) * FLOATS;
    const ue = this.#events.ue[event]!;
    const timeS = this.#events.timeMs[event]! / 1000;
    const place = this.#ues.placeOf(ue, timeS);
    for (let k = 0; k < 3; k++) {
      split(this.#high, this.#low, k, place[k]!);
      this.#data[at + k] = this.#high[k]!;
      this.#data[at + 3 + k] = this.#low[k]!;
    }
    this.#data[at + 6] = timeS;
    this.#data[at + 7] = this.#table[this.#events.target[event]!]!;
    this.#dirty = true;
  }

  protected recipe(context: object) {
    const palette = paletteUniform();
    this.#buffer = vertexBuffer(context, this.#data, true);
    const part = { vertexBuffer: this.#buffer, strideInBytes: 4 * FLOATS };
    return {
      attributes: [
        { index: 0, ...part, componentsPerAttribute: 3, offsetInBytes: 0 },
        { index: 1, ...part, componentsPerAttribute: 3, offsetInBytes: 12 },
        { index: 2, ...part, componentsPerAttribute: 1, offsetInBytes: 24 },
        { index: 3, ...part, componentsPerAttribute: 1, offsetInBytes: 28 },
      ],
      vertex: FLARE_VERTEX(PALETTE_SIZE),
      fragment: FLARE_FRAGMENT,
      locations: { positionHigh: 0, positionLow: 1, born: 2, category: 3 },
      uniforms: { u_palette: () => palette, u_now: () => this.#now },
      type: PrimitiveType.POINTS,
      count: CAPACITY,
    };
  }

  protected refresh(): boolean {
    if (this.#dirty) {
      this.#buffer!.copyFromArrayView(this.#data, 0);
      this.#dirty = false;
    }
    return this.#events.ue.length > 0;
  }
}
