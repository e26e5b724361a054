import type { BoundingSphere, Cartesian4, Matrix4, PrimitiveType } from "cesium";

/** What Cesium 1.145 exports without declaring it. Pinned; the globe's screenshot test guards it. */
declare module "cesium" {
  export interface FrameState {
    context: object;
    commandList: DrawCommand[];
    passes: { render: boolean; pick: boolean };
  }

  export class Buffer {
    static createVertexBuffer(options: {
      context: object;
      typedArray: ArrayBufferView;
      usage: number;
    }): Buffer;
    static createIndexBuffer(options: {
      context: object;
      typedArray: Uint16Array;
      usage: number;
      indexDatatype: number;
    }): Buffer;
    copyFromArrayView(array: ArrayBufferView, offsetInBytes?: number): void;
  }

  export const BufferUsage: { STATIC_DRAW: number; DYNAMIC_DRAW: number };

  export interface VertexAttribute {
    index: number;
    vertexBuffer: Buffer;
    componentsPerAttribute: number;
    componentDatatype?: number;
    normalize?: boolean;
    strideInBytes?: number;
    offsetInBytes?: number;
    instanceDivisor?: number;
  }

  export class VertexArray {
    constructor(options: { context: object; attributes: VertexAttribute[]; indexBuffer?: Buffer });
    destroy(): void;
  }

  export class ShaderProgram {
    static fromCache(options: {
      context: object;
      vertexShaderSource: string;
      fragmentShaderSource: string;
      attributeLocations: Record<string, number>;
    }): ShaderProgram;
    destroy(): void;
  }

  export type RenderState = { readonly id: number };
  export const RenderState: { fromCache(state: object): RenderState };

  export const Pass: { OPAQUE: number; TRANSLUCENT: number };

  export type UniformMap = Record<string, () => number | Cartesian4 | Cartesian4[]>;

  export class DrawCommand {
    constructor(options: {
      vertexArray: VertexArray;
      shaderProgram: ShaderProgram;
      renderState: RenderState;
      primitiveType: PrimitiveType;
      pass: number;
      count?: number;
      instanceCount?: number;
      owner: object;
      uniformMap?: UniformMap;
      boundingVolume: BoundingSphere;
      modelMatrix: Matrix4;
    });
    count: number;
    instanceCount: number;
  }
}
