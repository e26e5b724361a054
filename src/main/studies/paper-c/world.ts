import { Random } from "../../math/random.ts";
import { toDb } from "../../math/decibel.ts";

/**
 * Levels of the cells that UEs hear while time goes on. `level` is what the cell's signal is (mean over fast fading); `measured`
 * adds an error to each report. Windows, decisions and thresholds see only `measured`; labels and links are judged by `level`.
 */
export interface World {
  ues: number;
  steps: number;
  /** time between two measurements, s */
  periodS: number;
  /** cells of a window: either all of a UE, always in the same order, or its strongest at the window's end */
  classes: number;
  ranked: boolean;
  /** [ue] number of cells that it hears at any time */
  cells: Int32Array;
  /** [ue] → [step × cell] RSRP, dBm; `FLOOR_DBM` where it is not heard */
  level: Float32Array[];
  /** [ue] → [cell] channel; cells of one channel disturb one another */
  channel: Int32Array[];
  measured: Float32Array[];
  /** dBm per resource element */
  noiseDbm: number;
  /** what stands for 0 of a network's input where cells are not ranked, dBm, and what for a difference of 1, dB */
  centreDbm: number;
  spreadDb: number;
  about: string;
}

export const FLOOR_DBM = -150;
/** Standard deviation of one report about the level [dB], averaged over a measurement period: assumed. */
export const REPORT_ERROR_DB = 0.5;

/** Levels with an error of their own each; what is not heard is not reported either. */
export function measure(level: Float32Array, seed: number, ue: number): Float32Array {
  const random = new Random(seed, "paper-c reports").at(ue);
  return level.map((dbm) => (dbm <= FLOOR_DBM ? FLOOR_DBM : dbm + REPORT_ERROR_DB * random.normal()));
}

/** SINR [dB] of a cell at a step: every other cell heard on its channel sends at full power. */
export function sinrDb(world: World, ue: number, step: number, cell: number): number {
  const cells = world.cells[ue];
  const level = world.level[ue];
  const channel = world.channel[ue];
  let others = 10 ** (world.noiseDbm / 10);
  for (let k = 0; k < cells; k++)
    if (k !== cell && channel[k] === channel[cell]) others += 10 ** (level[step * cells + k] / 10);
  return level[step * cells + cell] - toDb(others);
}

/** The strongest cell of a row of levels. */
export function strongest(levels: Float32Array, from: number, count: number): number {
  let best = 0;
  for (let k = 1; k < count; k++) if (levels[from + k] > levels[from + best]) best = k;
  return best;
}
