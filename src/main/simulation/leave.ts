import { EDGE_X } from "../beam/pattern.ts";
import type { Track } from "../orbit/track.ts";
import { stateAt } from "../orbit/track.ts";
import type { Mission } from "../../shared/mission.ts";
import { aimBeams, beamModel, patternArgument, type BeamModel } from "./beams.ts";
import { userVectors, type Users } from "./users.ts";

/** Spacing of the search [s]; a contour is never crossed twice in it. */
const SEARCH_S = 1;
/** Halvings of a search step: 0.06 ms. */
const HALVINGS = 14;

/** Satellite position and the aim of its beams, at the search instants after the mark: [instant × (3 + 3 · beams)]. */
class AimTable {
  readonly width: number;
  readonly rows: Float64Array;

  constructor(mission: Mission, track: Track, model: BeamModel, satellite: number, steps: number) {
    const state = new Float64Array(6);
    this.width = 3 + 3 * model.beams;
    this.rows = new Float64Array((steps + 1) * this.width);
    for (let i = 0; i <= steps; i++) {
      stateAt(state, 0, track, satellite, Math.min(mission.duration, mission.mark + i * SEARCH_S));
      this.rows.set(state.subarray(0, 3), i * this.width);
      aimBeams(this.rows, i * this.width + 3, model, state, 0);
    }
  }

  /** Writes position and one beam's aim between two instants; straight lines are right to about a metre. */
  between(out: Float64Array, beam: number, row: number, part: number): void {
    const low = row * this.width;
    const high = part > 0 ? low + this.width : low;
    for (let k = 0; k < 6; k++) {
      const column = k < 3 ? k : 3 * beam + k;
      out[k] = this.rows[low + column] + part * (this.rows[high + column] - this.rows[low + column]);
    }
  }
}

/**
 * When geometry says each UE leaves its serving cell: the first time after the mark at which it stands outside the
 * −3 dB contour or its satellite is below the least elevation, as seconds after the mark [ue], right to about a
 * millisecond; NaN for a UE without a cell and for one that stays until the run ends. Knows the orbit and the UE's
 * place, and no measurement.
 */
export function timeToLeave(
  mission: Mission,
  track: Track,
  users: Users,
  serving: Uint32Array,
): Float32Array<ArrayBuffer> {
  const model = beamModel(mission);
  const { position, up } = userVectors(users);
  const leave = new Float32Array(users.count).fill(Number.NaN);
  const minSine = Math.sin(mission.minElevation);
  const left = mission.duration - mission.mark;
  const steps = Math.ceil(left / SEARCH_S);
  const tables = new Map<number, AimTable>();
  const here = new Float64Array(6);

  const inside = (ue: number): boolean => {
    const x = position[3 * ue];
    const y = position[3 * ue + 1];
    const z = position[3 * ue + 2];
    const dx = here[0] - x;
    const dy = here[1] - y;
    const dz = here[2] - z;
    const range = Math.sqrt(dx * dx + dy * dy + dz * dz);
    const sine = (dx * up[3 * ue] + dy * up[3 * ue + 1] + dz * up[3 * ue + 2]) / range;
    return sine >= minSine && patternArgument(model, here, 3, x, y, z, dx, dy, dz, range) <= EDGE_X;
  };

  for (let ue = 0; ue < users.count; ue++) {
    if (serving[ue] === 0) continue;
    const satellite = Math.floor((serving[ue] - 1) / model.beams);
    const beam = (serving[ue] - 1) % model.beams;
    let table = tables.get(satellite);
    if (!table) tables.set(satellite, (table = new AimTable(mission, track, model, satellite, steps)));
    let row = 0;
    for (; row <= steps; row++) {
      table.between(here, beam, row, 0);
      if (!inside(ue)) break;
    }
    if (row > steps) continue;
    let low = 0;
    let high = row === 0 ? 0 : 1;
    for (let i = 0; i < HALVINGS && row > 0; i++) {
      const middle = (low + high) / 2;
      table.between(here, beam, row - 1, middle);
      if (inside(ue)) low = middle;
      else high = middle;
    }
    const length = Math.min(SEARCH_S, left - (row - 1) * SEARCH_S);
    leave[ue] = row === 0 ? 0 : (row - 1) * SEARCH_S + high * length;
  }
  return leave;
}
