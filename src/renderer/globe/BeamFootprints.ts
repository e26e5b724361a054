import { Buffer, BufferUsage, Cartesian4, IndexDatatype, PrimitiveType } from "cesium";
import { FLOATS_PER_BEAM, noFootprints } from "./footprints.ts";
import type { Footprints } from "./footprints.ts";
import { INFERNO, PALETTE_SIZE, rgb } from "../session/palette.ts";
import { paletteUniform, Primitive, vertexBuffer } from "./primitive.ts";
import { BEAM_FRAGMENT, BEAM_VERTEX } from "./shaders.ts";

/** All footprints in one instanced draw: a disc of rings, bent to the Earth in the shader. */
export class BeamFootprints extends Primitive {
  static readonly MAX_BEAMS = 16_384;
  readonly footprints: Footprints = noFootprints();
  /** opacity inside a footprint, at least */
  fill = 0;
  #buffer: Buffer | null = null;
  #dirty = false;

  touch(): void {
    this.#dirty = true;
  }

  protected recipe(context: object) {
    const palette = [...paletteUniform(), ...INFERNO.map((colour) => new Cartesian4(...rgb(colour), 0))];
    const { places, indices } = disc();
    this.#buffer = vertexBuffer(context, new Float32Array(BeamFootprints.MAX_BEAMS * FLOATS_PER_BEAM), true);
    const instance = {
      vertexBuffer: this.#buffer,
      componentsPerAttribute: 4,
      strideInBytes: 4 * FLOATS_PER_BEAM,
      instanceDivisor: 1,
    };
    return {
      attributes: [
        { index: 0, vertexBuffer: vertexBuffer(context, places), componentsPerAttribute: 2 },
        { index: 1, ...instance, offsetInBytes: 0 },
        { index: 2, ...instance, offsetInBytes: 16 },
      ],
      indexBuffer: Buffer.createIndexBuffer({
        context,
        typedArray: indices,
        usage: BufferUsage.STATIC_DRAW,
        indexDatatype: IndexDatatype.UNSIGNED_SHORT,
      }),
      vertex: BEAM_VERTEX(PALETTE_SIZE + INFERNO.length),
      fragment: BEAM_FRAGMENT,
      locations: { disc: 0, shape: 1, look: 2 },
      uniforms: { u_palette: () => palette, u_fill: () => this.fill },
      type: PrimitiveType.TRIANGLES,
      instanceCount: 1,
    };
  }

  protected refresh(): boolean {
    const count = Math.min(this.footprints.count, BeamFootprints.MAX_BEAMS);
    if (count === 0) return false;
    if (this.#dirty) {
      this.#buffer!.copyFromArrayView(this.footprints.data.subarray(0, count * FLOATS_PER_BEAM), 0);
      this.command!.instanceCount = count;
      this.#dirty = false;
    }
    return true;
  }
}

/** Unit disc of rings, fine enough that a cell 3,000 km wide follows the ground. */
export function disc(rings = 4, segments = 64) {
  const places = new Float32Array(2 * (1 + rings * segments));
  const indices: number[] = [];
  for (let ring = 1; ring <= rings; ring++)
    for (let k = 0; k < segments; k++) {
      const at = 1 + (ring - 1) * segments + k;
      const next = 1 + (ring - 1) * segments + ((k + 1) % segments);
      places[2 * at] = (ring / rings) * Math.cos((2 * Math.PI * k) / segments);
      places[2 * at + 1] = (ring / rings) * Math.sin((2 * Math.PI * k) / segments);
      if (ring === 1) indices.push(0, at, next);
      else indices.push(at - segments, at, next, at - segments, next, next - segments);
    }
  return { places, indices: new Uint16Array(indices) };
}
