import { EDGE_X } from "../beam/pattern.ts";
import { groundPoint } from "../beam/steering.ts";
import { slantRange } from "../link/budget.ts";
import { DEG, EARTH_MEAN_RADIUS, SPEED_OF_LIGHT } from "../math/constants.ts";
import { stateAt, type Track } from "../orbit/track.ts";
import type { Mission } from "../../shared/mission.ts";
import type { BeamModel } from "./beams.ts";
import type { StepGeometry } from "./geometry.ts";

/** A derived elevation stays this far above the least one at which a satellite serves [rad]. */
const ABOVE_LEAST = DEG;

/** Sizes of the cells of one satellite, by its height at the start of the run and the nominal direction of its beams. */
export interface CellSizes {
  /** [beam] radius of the circle that is as large as the −3 dB contour on the ground, m; NaN beyond the horizon */
  contour: Float64Array;
  /** [beam] elevation [rad] and round trip [s] at the edge of the satellite's last cell along the flight in that beam's strip */
  edgeElevation: Float64Array;
  edgeRoundTrip: Float64Array;
}

/** Angle at the satellite between the nadir and a place that an offset of the layout names, rad. */
function offNadir(model: BeamModel, along: number, left: number, radius: number): number {
  const offset = Math.hypot(along, left);
  if (model.kind === "antenna") return Math.asin(Math.min(1, offset));
  const angle = offset / EARTH_MEAN_RADIUS;
  return Math.atan2(EARTH_MEAN_RADIUS * Math.sin(angle), radius - EARTH_MEAN_RADIUS * Math.cos(angle));
}

/** Elevation of the satellite where a ray off the nadir meets the mean sphere, rad; 0 where it passes it. */
const elevationOf = (angle: number, radius: number) =>
  Math.acos(
    angle < Math.PI / 2 ? Math.min(1, (radius / EARTH_MEAN_RADIUS) * Math.sin(Math.max(0, angle))) : 1,
  );

export function cellSizes(model: BeamModel, radius: number, minElevation: number): CellSizes {
  const { beams, offsets, steering } = model;
  const half = model.kind === "antenna" ? Math.sin(model.halfBeamwidth) : model.cellRadius;
  const contour = new Float64Array(beams);
  const edgeElevation = new Float64Array(beams);
  const edgeRoundTrip = new Float64Array(beams);
  const altitude = radius - EARTH_MEAN_RADIUS;
  for (let beam = 0; beam < beams; beam++) {
    const left = offsets[2 * beam + 1];
    let reach = 0;
    for (let other = 0; other < beams; other++)
      if (Math.abs(offsets[2 * other + 1] - left) < half)
        reach = Math.max(reach, Math.abs(offsets[2 * other]));
    const edge = elevationOf(offNadir(model, reach + half, left, radius) + steering, radius);
    edgeElevation[beam] = Math.max(edge, minElevation + ABOVE_LEAST);
    edgeRoundTrip[beam] = (2 * slantRange(EARTH_MEAN_RADIUS, altitude, edgeElevation[beam])) / SPEED_OF_LIGHT;
    if (model.kind === "antenna") {
      const elevation = elevationOf(offNadir(model, offsets[2 * beam], left, radius), radius);
      const range = slantRange(EARTH_MEAN_RADIUS, altitude, elevation);
      contour[beam] =
        elevation > 0 ? (range * Math.tan(model.halfBeamwidth)) / Math.sqrt(Math.sin(elevation)) : Number.NaN;
    } else contour[beam] = EDGE_X / model.scale;
  }
  return { contour, edgeElevation, edgeRoundTrip };
}

/** Where the cells and satellites are that a UE may change to, at the instants of one step. */
export class CellPlaces {
  readonly #mission: Mission;
  readonly #model: BeamModel;
  readonly #track: Track;
  readonly #geometry: StepGeometry;
  readonly #slotOf: Int32Array;
  readonly #elevations: boolean;
  // by satellite, made when somebody asks
  readonly #sizes: (CellSizes | undefined)[];
  // [instant × slot × beam] centre on the ground, and for which step it was made
  #centre = new Float64Array(0);
  #madeFor = new Uint32Array(0);
  #step = 0;
  /** of the last `look`: straight line to the centre [m], elevation [rad], round trip [s]; NaN where there is none */
  distance = Number.NaN;
  /** only where the strategy goes by it */
  elevation = Number.NaN;
  roundTrip = Number.NaN;

  constructor(mission: Mission, model: BeamModel, track: Track, geometry: StepGeometry) {
    this.#mission = mission;
    this.#model = model;
    this.#track = track;
    this.#geometry = geometry;
    this.#slotOf = new Int32Array(track.count);
    this.#elevations = mission.handover.strategy === "elevation";
    this.#sizes = Array.from({ length: track.count });
  }

  /** To be called after the geometry of a step has been prepared. */
  prepare(instants: number): void {
    const { stride, count, satellite } = this.#geometry;
    const size = instants * stride * this.#model.beams;
    if (size > this.#madeFor.length) {
      this.#madeFor = new Uint32Array(size);
      this.#centre = new Float64Array(3 * size);
    }
    this.#step++;
    for (let slot = 0; slot < count; slot++) this.#slotOf[satellite[slot]] = slot;
  }

  sizes(satellite: number): CellSizes {
    const known = this.#sizes[satellite];
    if (known) return known;
    const state = new Float64Array(6);
    stateAt(state, 0, this.#track, satellite, 0);
    const radius = Math.hypot(state[0], state[1], state[2]);
    const sizes = cellSizes(this.#model, radius, this.#mission.minElevation);
    this.#sizes[satellite] = sizes;
    return sizes;
  }

  /** Looks from a UE, whose ECEF position and normal stand at `at`, to a cell that it hears at an instant of the step. */
  look(cell: number, instant: number, position: Float64Array, up: Float64Array, at: number): void {
    const { beams } = this.#model;
    const satellite = Math.floor((cell - 1) / beams);
    const index = instant * this.#geometry.stride + this.#slotOf[satellite];
    const s = this.#geometry.position;
    const x = position[at];
    const y = position[at + 1];
    const z = position[at + 2];
    const dx = s[3 * index] - x;
    const dy = s[3 * index + 1] - y;
    const dz = s[3 * index + 2] - z;
    const range = Math.sqrt(dx * dx + dy * dy + dz * dz);
    if (this.#elevations) {
      const sine = (dx * up[at] + dy * up[at + 1] + dz * up[at + 2]) / range;
      this.elevation = Math.asin(Math.max(-1, Math.min(1, sine)));
    }
    this.roundTrip = (2 * range) / SPEED_OF_LIGHT;
    const centre = this.#centreOf(index, (cell - 1) % beams);
    const cx = this.#centre[centre] - x;
    const cy = this.#centre[centre + 1] - y;
    const cz = this.#centre[centre + 2] - z;
    this.distance = Math.sqrt(cx * cx + cy * cy + cz * cz);
  }

  /** Where in `#centre` the centre of a beam stands: where its axis meets the ground, NaN where it misses it. */
  #centreOf(index: number, beam: number): number {
    const { position: s, aim } = this.#geometry;
    const entry = index * this.#model.beams + beam;
    const at = 3 * entry;
    if (this.#madeFor[entry] === this.#step) return at;
    this.#madeFor[entry] = this.#step;
    const p = 3 * index;
    if (this.#model.kind === "circular-cells") for (let k = 0; k < 3; k++) this.#centre[at + k] = aim[at + k];
    else if (!groundPoint(this.#centre, at, s[p], s[p + 1], s[p + 2], aim[at], aim[at + 1], aim[at + 2]))
      this.#centre.fill(Number.NaN, at, at + 3);
    return at;
  }
}
