import { EDGE_X } from "../beam/pattern.ts";
import type { Track } from "../orbit/track.ts";
import { stateAt } from "../orbit/track.ts";
import type { Mission } from "../../shared/mission.ts";
import { aimBeams, beamModel, patternArgument, type BeamModel } from "./beams.ts";
import { LOWEST_SINE } from "./measure.ts";
import { userVectors, type Users } from "./users.ts";

/** Spacing of the search [s]; a contour is never crossed twice in it. */
const SEARCH_S = 1;
/** Halvings of a search step: 0.06 ms. */
const HALVINGS = 14;

/** Rows that an aim table grows by. */
const ROWS = 64;

/**
 * Satellite position and the aim of its beams at the search instants after the mark, [instant × (3 + 3 · beams)]; made as
 * far as somebody asks.
 */
class AimTable {
  readonly #mission: Mission;
  readonly #track: Track;
  readonly #model: BeamModel;
  readonly #satellite: number;
  readonly #state = new Float64Array(6);
  readonly width: number;
  rows = new Float64Array(0);

  constructor(mission: Mission, track: Track, model: BeamModel, satellite: number) {
    this.#mission = mission;
    this.#track = track;
    this.#model = model;
    this.#satellite = satellite;
    this.width = 3 + 3 * model.beams;
  }

  #reach(row: number): void {
    const { mark, duration } = this.#mission;
    let made = this.rows.length / this.width;
    while (made <= row) {
      const longer = new Float64Array(this.rows.length + ROWS * this.width);
      longer.set(this.rows);
      this.rows = longer;
      for (const end = made + ROWS; made < end; made++) {
        const time = Math.min(duration, mark + made * SEARCH_S);
        stateAt(this.#state, 0, this.#track, this.#satellite, time);
        longer.set(this.#state.subarray(0, 3), made * this.width);
        aimBeams(longer, made * this.width + 3, this.#model, this.#state, 0);
      }
    }
  }

  /** Writes position and one beam's aim between two instants; straight lines are right to about a metre. */
  between(out: Float64Array, beam: number, row: number, part: number): void {
    this.#reach(part > 0 ? row + 1 : row);
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
  const minSine = Math.max(LOWEST_SINE, Math.sin(mission.minElevation));
  const left = mission.duration - mission.mark;
  const steps = Math.ceil(left / SEARCH_S);
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

  // one satellite after the other, so that only one table is held
  const order = Uint32Array.from(serving.keys()).sort((a, b) => serving[a] - serving[b]);
  let table: AimTable | undefined;
  let tableOf = -1;
  for (const ue of order) {
    if (serving[ue] === 0) continue;
    const satellite = Math.floor((serving[ue] - 1) / model.beams);
    const beam = (serving[ue] - 1) % model.beams;
    if (!table || satellite !== tableOf) table = new AimTable(mission, track, model, satellite);
    tableOf = satellite;
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
