import { PrimitiveType } from "cesium";
import type { Buffer } from "cesium";
import { gatewayAt } from "../session/gateways.ts";
import type { Gateways } from "../session/gateways.ts";
import { Primitive, split, vertexBuffer } from "./primitive.ts";
import { GATEWAY_FRAGMENT, GATEWAY_VERTEX, LINK_FRAGMENT, LINK_VERTEX } from "./shaders.ts";

/** Floats a vertex: place high and low (3 + 3). */
const FLOATS = 6;

/** Lines from the satellites to the gateways that they work through now. */
export class FeederLinks extends Primitive {
  readonly gateways: Gateways;
  readonly #data: Float32Array;
  readonly #high = new Float32Array(3);
  readonly #low = new Float32Array(3);
  #buffer: Buffer | null = null;
  #links = 0;

  constructor(gateways: Gateways) {
    super();
    this.gateways = gateways;
    this.#data = new Float32Array(2 * FLOATS * Math.max(1, gateways.start.length - 1));
  }

  /** satellites that have a gateway now */
  get count(): number {
    return this.#links;
  }

  showAt(timeS: number, satellites: Float64Array): void {
    this.#links = 0;
    for (let s = 0; s + 1 < this.gateways.start.length; s++) {
      const gateway = gatewayAt(this.gateways, s, timeS);
      if (gateway < 0 || Number.isNaN(satellites[3 * s])) continue;
      const at = 2 * FLOATS * this.#links++;
      this.#write(at, this.gateways.position, 3 * gateway);
      this.#write(at + FLOATS, satellites, 3 * s);
    }
  }

  #write(at: number, place: Float64Array, from: number): void {
    for (let k = 0; k < 3; k++) split(this.#high, this.#low, k, place[from + k]!);
    this.#data.set(this.#high, at);
    this.#data.set(this.#low, at + 3);
  }

  protected recipe(context: object) {
    this.#buffer = vertexBuffer(context, this.#data, true);
    return {
      attributes: placesOf(this.#buffer),
      vertex: LINK_VERTEX,
      fragment: LINK_FRAGMENT,
      locations: { positionHigh: 0, positionLow: 1 },
      uniforms: {},
      type: PrimitiveType.LINES,
      count: 0,
    };
  }

  protected refresh(): boolean {
    if (this.#links === 0) return false;
    this.#buffer!.copyFromArrayView(this.#data.subarray(0, 2 * FLOATS * this.#links), 0);
    this.command!.count = 2 * this.#links;
    return true;
  }
}

/** The gateways themselves, as squares. */
export class GatewayPoints extends Primitive {
  readonly #data: Float32Array;

  constructor({ position }: Gateways) {
    super();
    this.#data = new Float32Array(2 * position.length);
    const [high, low] = [new Float32Array(3), new Float32Array(3)];
    for (let g = 0; 3 * g < position.length; g++) {
      for (let k = 0; k < 3; k++) split(high, low, k, position[3 * g + k]!);
      this.#data.set(high, FLOATS * g);
      this.#data.set(low, FLOATS * g + 3);
    }
  }

  protected recipe(context: object) {
    return {
      attributes: placesOf(vertexBuffer(context, this.#data)),
      vertex: GATEWAY_VERTEX,
      fragment: GATEWAY_FRAGMENT,
      locations: { positionHigh: 0, positionLow: 1 },
      uniforms: {},
      type: PrimitiveType.POINTS,
      count: this.#data.length / FLOATS,
    };
  }

  protected refresh(): boolean {
    return this.#data.length > 0;
  }
}

const placesOf = (buffer: Buffer) =>
  [0, 1].map((index) => ({
    index,
    vertexBuffer: buffer,
    componentsPerAttribute: 3,
    strideInBytes: 4 * FLOATS,
    offsetInBytes: 12 * index,
  }));
