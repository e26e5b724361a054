import type { Samples } from "../../learn/train/samples.ts";
import { Random } from "../../math/random.ts";
import { FLOOR_DBM, strongest, type World } from "./world.ts";

export interface WindowSettings {
  /** measurements in a window */
  steps: number;
  /** measurements from the window's end to the instant that is foretold */
  ahead: number;
}

/** Writes the cells that a window ending at `step` is about: all of the UE, or its strongest in order; −1 where no further one is heard. */
export function chooseCells(
  out: Int32Array,
  { classes, ranked, cells, measured }: World,
  ue: number,
  step: number,
) {
  const count = cells[ue];
  if (!ranked) {
    for (let k = 0; k < classes; k++) out[k] = k;
    return;
  }
  const from = step * count;
  const row = measured[ue];
  out.fill(-1);
  for (let cell = 0; cell < count; cell++) {
    // a cell that is not heard now may be one that will be: nobody knows of it yet
    if (row[from + cell] <= FLOOR_DBM) continue;
    let k = classes;
    while (k > 0 && (out[k - 1] < 0 || row[from + cell] > row[from + out[k - 1]])) k--;
    if (k === classes) continue;
    out.copyWithin(k + 1, k, classes - 1);
    out[k] = cell;
  }
}

/** What a network sees of a cell that is not heard, or far weaker than the others. */
const WEAKEST = -5;

/** Writes the levels [step × class] of a window that ends at `end`, scaled for a network; ranked ones about the strongest. */
export function writeWindow(
  out: Float32Array,
  at: number,
  world: World,
  ue: number,
  end: number,
  steps: number,
  chosen: Int32Array,
): void {
  const { measured, cells, classes, ranked, centreDbm, spreadDb } = world;
  const row = measured[ue];
  const last = end * cells[ue];
  const centre = ranked && chosen[0] >= 0 ? row[last + chosen[0]] : centreDbm;
  for (let i = 0; i < steps; i++)
    for (let k = 0; k < classes; k++) {
      // an absent cell is as weak as an unheard one
      const dbm = chosen[k] < 0 ? FLOOR_DBM : row[last + (i - steps + 1) * cells[ue] + chosen[k]];
      out[at + i * classes + k] = Math.max(WEAKEST, (dbm - centre) / spreadDb);
    }
}

/** Which of the chosen cells is the strongest in the levels [step × cell] at a step. */
export function bestOf(levels: Float32Array, cells: number, step: number, chosen: Int32Array): number {
  let best = 0;
  const from = step * cells;
  for (let k = 1; k < chosen.length; k++)
    if (chosen[k] >= 0 && levels[from + chosen[k]] > levels[from + chosen[best]]) best = k;
  return best;
}

export interface Windows extends Samples {
  y: Int32Array;
  /** share of rows of which the strongest cell at the window's end is still the strongest: what needs no network */
  persistence: number;
  /** share of rows whose strongest cell of all is among the classes */
  covered: number;
}

/** Windows of some UEs, one every `stride` measurements, labelled by the cell that is best `ahead` measurements later. */
export function windowsOf(
  world: World,
  ues: ArrayLike<number>,
  { steps, ahead }: WindowSettings,
  stride: number,
): Windows {
  const { classes, measured, level, cells } = world;
  const each = Math.max(0, Math.floor((world.steps - ahead - steps) / stride) + 1);
  const rows = ues.length * each;
  const x = new Float32Array(rows * steps * classes);
  const y = new Int32Array(rows);
  const chosen = new Int32Array(classes);
  let stays = 0;
  let covered = 0;
  let row = 0;
  for (let u = 0; u < ues.length; u++) {
    const ue = ues[u];
    for (let end = steps - 1; end + ahead < world.steps; end += stride, row++) {
      chooseCells(chosen, world, ue, end);
      writeWindow(x, row * steps * classes, world, ue, end, steps, chosen);
      y[row] = bestOf(level[ue], cells[ue], end + ahead, chosen);
      const now = strongest(measured[ue], end * cells[ue], cells[ue]);
      const then = strongest(level[ue], (end + ahead) * cells[ue], cells[ue]);
      if (chosen[y[row]] === now) stays++;
      if (chosen[y[row]] === then) covered++;
    }
  }
  return { x, y, rows, persistence: stays / rows, covered: covered / rows };
}

/** UEs in a random order, cut: the first `share` of them to learn from, the rest unseen. A UE is on one side only. */
export function splitUes(
  ues: number,
  share: number,
  seed: number,
): { train: Uint32Array; test: Uint32Array } {
  const order = new Random(seed, "paper-c split").permutation(ues);
  const cut = Math.max(1, Math.min(ues - 1, Math.round(ues * share)));
  return { train: order.slice(0, cut), test: order.slice(cut) };
}
