import { Buffer, BufferUsage, Cartesian4, ComponentDatatype, IndexDatatype, PrimitiveType } from "cesium";
import type { Buffer as GpuBuffer } from "cesium";
import { COVERAGE_BINS, tellCoverage } from "../session/coverage.ts";
import { rgb } from "../session/palette.ts";
import { CoverageGrid } from "./coverageGrid.ts";
import { Primitive, vertexBuffer } from "./primitive.ts";
import { COVERAGE_FRAGMENT, COVERAGE_VERTEX } from "./shaders.ts";

/** With more satellites a grid of 1° would take longer than a picture has. */
const MOST_AT_ONE_DEGREE = 2000;
/** Satellites counted in one tick while time runs. */
const SLICE = 1000;

/** Satellites in view on a grid over the Earth: one instanced draw, a byte a cell. */
export class CoverageCells extends Primitive {
  readonly grid: CoverageGrid;
  readonly #shares = new Float64Array(COVERAGE_BINS.length);
  #buffer: GpuBuffer | null = null;
  #dirty = true;
  /** of the count that is under way: what it is for, the places then, and how many are counted */
  #wanted = "";
  readonly #position: Float64Array;
  #counted = 0;
  #minElevation = 0;
  #ready = false;

  constructor(satellites: number) {
    super();
    this.show = false;
    this.#position = new Float64Array(3 * satellites);
    this.#counted = satellites;
    this.grid = new CoverageGrid(satellites > MOST_AT_ONE_DEGREE ? 180 : 360);
  }

  /**
   * Counts anew where the second or the least elevation [rad] is another: at once, or in slices over some ticks.
   * `position` [satellite × 3] ECEF m.
   */
  showAt(timeS: number, position: Float64Array, minElevation: number, inSlices: boolean): void {
    const wanted = `${Math.floor(timeS)} ${minElevation}`;
    const satellites = this.#position.length / 3;
    const busy = this.#counted < satellites;
    if (wanted !== this.#wanted && !(busy && inSlices)) {
      this.#wanted = wanted;
      this.#position.set(position);
      this.#minElevation = minElevation;
      this.#counted = 0;
      this.grid.begin();
    } else if (!busy) return;
    const to = inSlices ? Math.min(satellites, this.#counted + SLICE) : satellites;
    this.grid.add(this.#position, this.#counted, to, this.#minElevation);
    this.#counted = to;
    if (to === satellites) this.#tell();
  }

  #tell(): void {
    this.grid.finish();
    this.grid.shares(this.#shares);
    tellCoverage(this.#shares);
    this.#dirty = this.#ready = true;
  }

  protected recipe(context: object) {
    const colours = COVERAGE_BINS.map(({ colour, opacity }) => new Cartesian4(...rgb(colour), opacity));
    const { columns, rows, count } = this.grid;
    this.#buffer = vertexBuffer(context, count, true);
    return {
      attributes: [
        {
          index: 0,
          vertexBuffer: vertexBuffer(context, Float32Array.of(0, 0, 1, 0, 1, 1, 0, 1)),
          componentsPerAttribute: 2,
        },
        {
          index: 1,
          vertexBuffer: this.#buffer,
          componentsPerAttribute: 1,
          componentDatatype: ComponentDatatype.UNSIGNED_BYTE,
          instanceDivisor: 1,
        },
      ],
      indexBuffer: Buffer.createIndexBuffer({
        context,
        typedArray: Uint16Array.of(0, 1, 2, 0, 2, 3),
        usage: BufferUsage.STATIC_DRAW,
        indexDatatype: IndexDatatype.UNSIGNED_SHORT,
      }),
      vertex: COVERAGE_VERTEX(columns, COVERAGE_BINS.length),
      fragment: COVERAGE_FRAGMENT,
      locations: { corner: 0, count: 1 },
      uniforms: { u_colours: () => colours },
      type: PrimitiveType.TRIANGLES,
      instanceCount: columns * rows,
    };
  }

  protected refresh(): boolean {
    if (this.#dirty) this.#buffer!.copyFromArrayView(this.grid.count, 0);
    this.#dirty = false;
    return this.#ready;
  }
}
