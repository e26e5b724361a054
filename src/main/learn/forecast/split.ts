import { BadInput } from "../../../shared/errors.ts";
import { Random } from "../../math/random.ts";
import { pathsOf, stepsOf } from "./tracks.ts";
import { takeRows, type Windows } from "./windows.ts";

/**
 * How rows are held back for the test.
 * path: whole paths. No sample of a test path is ever learnt from, which is what a forecaster meets in use.
 * time: the end of every path, behind a gap. The routes are known, the instants are not.
 * random: rows drawn from all. Windows one step apart share all samples but one, and a test row's target stands inside
 * training windows: this leaks, and is there to show by how much.
 */
export type SplitKind = "path" | "time" | "random";

export interface SplitOptions {
  kind: SplitKind;
  seed: number;
  /** 0.2 when absent */
  testShare?: number;
  /** share of what is left for the choice of the epoch; 0.15 when absent */
  validationShare?: number;
  /** by path only: the very paths */
  paths?: { train: number[]; test: number[] };
}

export interface Split {
  train: Windows;
  validation: Windows;
  test: Windows;
}

/** Disjoint rows for training, choice of the epoch and test. */
export function splitWindows(windows: Windows, options: SplitOptions): Split {
  const { kind, testShare = 0.2, validationShare = 0.15 } = options;
  // 0 training, 1 validation, 2 test, 3 left out
  const part = new Uint8Array(windows.rows);
  if (kind === "random") drawRows(part, options.seed, testShare, validationShare);
  else {
    const role = kind === "path" ? pathRoles(windows, options, testShare) : null;
    const kept = kind === "path" ? 1 : 1 - testShare;
    for (let row = 0; row < windows.rows; row++) {
      const test = role?.[windows.path[row]];
      if (test === undefined || test === 0) part[row] = timePart(windows, row, kept, validationShare);
      else part[row] = test;
    }
  }
  const rowsOf = (wanted: number) => {
    const rows = Uint32Array.from(part.keys()).filter((row) => part[row] === wanted);
    if (rows.length === 0) throw tooFew(["training", "validation", "test"][wanted]);
    return takeRows(windows, rows);
  };
  return { train: rowsOf(0), validation: rowsOf(1), test: rowsOf(2) };
}

/** [path] 0 to learn from, 2 to test on, 3 neither. */
function pathRoles(windows: Windows, { seed, paths }: SplitOptions, testShare: number): Uint8Array {
  const count = pathsOf(windows.tracks);
  const role = new Uint8Array(count);
  if (paths) {
    role.fill(3);
    for (const path of paths.train) role[path] = 0;
    for (const path of paths.test) role[path] = 2;
    return role;
  }
  const held = Math.min(count - 1, Math.ceil(count * testShare));
  for (const path of new Random(seed, "forecast-split").permutation(count).subarray(0, held)) role[path] = 2;
  return role;
}

const FEW = 2;

/**
 * Part of a row along its path: first training, then validation, then (from the share `kept` of the steps on) test. A row
 * whose window and targets stand on both sides of a border is left out.
 */
function timePart({ tracks, path, at, steps, ahead }: Windows, row: number, kept: number, share: number) {
  const length = stepsOf(tracks, path[row]);
  const end = Math.floor(length * kept);
  // a short path still gives a few rows for validation
  const border = Math.min(Math.floor(end * (1 - share)), end - steps - ahead - FEW);
  const borders = [0, border, end, length];
  const first = at[row] - steps + 1;
  const last = at[row] + ahead;
  for (let part = 0; part < 3; part++) if (first >= borders[part] && last < borders[part + 1]) return part;
  return 3;
}

function drawRows(part: Uint8Array, seed: number, testShare: number, validationShare: number): void {
  const order = new Random(seed, "forecast-split").permutation(part.length);
  const test = Math.ceil(part.length * testShare);
  const validation = Math.ceil((part.length - test) * validationShare);
  order.forEach((row, i) => (part[row] = i < test ? 2 : i < test + validation ? 1 : 0));
}

const tooFew = (name: string) =>
  new BadInput([
    {
      field: "paths",
      reason: `no row is left for the ${name}`,
      remedy: "Give more or longer paths, or a shorter window",
    },
  ]);
