import { EDGE_X } from "../beam/pattern.ts";
import type { Track } from "../orbit/track.ts";
import type { Mission } from "../../shared/mission.ts";
import { AimTable } from "./aim-table.ts";
import { Aims } from "./aims.ts";
import { beamModel, patternArgument } from "./beams.ts";
import { firstSite } from "./ground.ts";
import { LOWEST_SINE } from "./measure.ts";
import { Whereabouts, type Users } from "./users.ts";

/** Spacing of the search [s]; a contour is never crossed twice in it. */
const SEARCH_S = 1;
/** Halvings of a search step: 0.06 ms. */
const HALVINGS = 14;

/**
 * When geometry says each UE leaves its serving cell: the first time after the mark at which it stands outside the
 * −3 dB contour or its satellite is below the least elevation, as seconds after the mark [ue], right to about a
 * millisecond; NaN for a UE without a cell of a satellite and for one that stays until the run ends. Knows the orbit and the UE's
 * way, and neither measurements nor gateways.
 */
export function timeToLeave(
  mission: Mission,
  track: Track,
  users: Users,
  serving: Uint32Array,
): Float32Array<ArrayBuffer> {
  const model = beamModel(mission);
  const aims = new Aims(mission, model, track);
  const places = new Whereabouts(mission, users);
  const position = new Float64Array(3);
  const up = new Float64Array(3);
  const leave = new Float32Array(users.count).fill(Number.NaN);
  const minSine = Math.max(LOWEST_SINE, Math.sin(mission.minElevation));
  const left = mission.duration - mission.mark;
  const steps = Math.ceil(left / SEARCH_S);
  const here = new Float64Array(6);

  const inside = (ue: number, afterMark: number): boolean => {
    places.write(position, up, 0, ue, mission.mark + afterMark);
    const [x, y, z] = position;
    const dx = here[0] - x;
    const dy = here[1] - y;
    const dz = here[2] - z;
    const range = Math.sqrt(dx * dx + dy * dy + dz * dz);
    const sine = (dx * up[0] + dy * up[1] + dz * up[2]) / range;
    return sine >= minSine && patternArgument(model, here, 3, x, y, z, dx, dy, dz, range) <= EDGE_X;
  };

  // one satellite after the other, so that only one table is held
  const order = Uint32Array.from(serving.keys()).sort((a, b) => serving[a] - serving[b]);
  const grid = { startS: mission.mark, stepS: SEARCH_S, endS: mission.duration };
  let table: AimTable | undefined;
  let tableOf = -1;
  const ground = firstSite(mission);
  for (const ue of order) {
    if (serving[ue] === 0 || serving[ue] >= ground) continue;
    const satellite = Math.floor((serving[ue] - 1) / model.beams);
    const beam = (serving[ue] - 1) % model.beams;
    if (!table || satellite !== tableOf) table = new AimTable(track, model.beams, aims, satellite, grid);
    tableOf = satellite;
    let row = 0;
    for (; row <= steps; row++) {
      table.between(here, beam, row, 0);
      if (!inside(ue, Math.min(left, row * SEARCH_S))) break;
    }
    if (row > steps) continue;
    const before = (row - 1) * SEARCH_S;
    const length = Math.min(SEARCH_S, left - before);
    let low = 0;
    let high = row === 0 ? 0 : 1;
    for (let i = 0; i < HALVINGS && row > 0; i++) {
      const middle = (low + high) / 2;
      table.between(here, beam, row - 1, middle);
      if (inside(ue, before + middle * length)) low = middle;
      else high = middle;
    }
    leave[ue] = row === 0 ? 0 : before + high * length;
  }
  return leave;
}
