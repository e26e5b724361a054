import {
  BlendingState,
  BoundingSphere,
  Buffer,
  BufferUsage,
  Cartesian3,
  Cartesian4,
  DrawCommand,
  Matrix4,
  Pass,
  RenderState,
  ShaderProgram,
  VertexArray,
} from "cesium";
import type { FrameState, PrimitiveType, UniformMap, VertexAttribute } from "cesium";

import { PALETTE, rgb } from "../session/palette.ts";

interface Recipe {
  attributes: VertexAttribute[];
  indexBuffer?: Buffer;
  vertex: string;
  fragment: string;
  locations: Record<string, number>;
  uniforms: UniformMap;
  type: PrimitiveType;
  count?: number;
  instanceCount?: number;
}

/** Earth and everything up to 9,000 km above the ground; only satellites higher than that need more. */
const EVERYTHING = new BoundingSphere(Cartesian3.ZERO, 5e7);

/**
 * One draw command, blended over the globe in the order in which the primitives were added.
 * Cesium calls `update` each frame; subclasses make their buffers in `recipe` and send changes in `refresh`.
 */
export abstract class Primitive {
  show = true;
  #array: VertexArray | null = null;
  #program: ShaderProgram | null = null;
  protected command: DrawCommand | null = null;

  protected abstract recipe(context: object): Recipe;
  /** Sends what changed to the GPU; false: nothing to draw. */
  protected abstract refresh(): boolean;

  update(frame: FrameState): void {
    if (!this.show || !frame.passes.render) return;
    this.command ??= this.#build(frame.context);
    if (this.refresh()) frame.commandList.push(this.command);
  }

  #build(context: object): DrawCommand {
    const recipe = this.recipe(context);
    this.#array = new VertexArray({
      context,
      attributes: recipe.attributes,
      indexBuffer: recipe.indexBuffer,
    });
    this.#program = ShaderProgram.fromCache({
      context,
      vertexShaderSource: recipe.vertex,
      fragmentShaderSource: recipe.fragment,
      attributeLocations: recipe.locations,
    });
    return new DrawCommand({
      vertexArray: this.#array,
      shaderProgram: this.#program,
      renderState: RenderState.fromCache({
        depthTest: { enabled: false },
        depthMask: false,
        blending: BlendingState.ALPHA_BLEND,
        cull: { enabled: false },
      }),
      primitiveType: recipe.type,
      pass: Pass.TRANSLUCENT,
      count: recipe.count,
      instanceCount: recipe.instanceCount,
      owner: this,
      uniformMap: recipe.uniforms,
      boundingVolume: EVERYTHING,
      modelMatrix: Matrix4.IDENTITY,
    });
  }

  isDestroyed(): boolean {
    return false;
  }

  destroy(): void {
    this.#array?.destroy();
    this.#program?.destroy();
    this.#array = this.#program = this.command = null;
  }
}

/** The palette as the shaders want it: red, green, blue, size in pixels. */
export const paletteUniform = () => PALETTE.map(({ colour, size }) => new Cartesian4(...rgb(colour), size));

export const vertexBuffer = (context: object, typedArray: ArrayBufferView, dynamic = false) =>
  Buffer.createVertexBuffer({
    context,
    typedArray,
    usage: dynamic ? BufferUsage.DYNAMIC_DRAW : BufferUsage.STATIC_DRAW,
  });

/** Splits a coordinate so that two floats carry what one double does (as Cesium's EncodedCartesian3). */
export function split(high: Float32Array, low: Float32Array, at: number, value: number): void {
  const h = Math.trunc(value / 65_536) * 65_536;
  high[at] = h;
  low[at] = value - h;
}
