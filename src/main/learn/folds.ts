import { BadInput } from "../../shared/errors.ts";
import { Random } from "../math/random.ts";

/**
 * Fold [row] of stratified k-fold cross-validation: every fold holds its share of both classes and of all rows, to within
 * one row.
 */
export function stratifiedFolds(y: Uint8Array, folds: number, seed: number): Uint8Array<ArrayBuffer> {
  if (!(Number.isInteger(folds) && folds >= 2 && folds <= Math.min(255, y.length))) {
    const reason = `${folds} folds of ${y.length} rows`;
    const remedy = "Ask for 2 to 255 folds, not more than rows";
    throw new BadInput([{ field: "folds", reason, remedy }]);
  }
  const order = new Random(seed, "folds").permutation(y.length);
  const fold = new Uint8Array(y.length);
  let next = 0;
  for (const label of [0, 1]) {
    for (const row of order) {
      if (y[row] !== label) continue;
      fold[row] = next;
      next = (next + 1) % folds;
    }
  }
  return fold;
}

/** Rows in and out of one fold, ascending. */
export function foldRows(fold: Uint8Array, held: number) {
  const rows = Uint32Array.from(fold.keys());
  return { train: rows.filter((row) => fold[row] !== held), test: rows.filter((row) => fold[row] === held) };
}

export interface ThreeWay {
  train: Uint32Array<ArrayBuffer>;
  validation: Uint32Array<ArrayBuffer>;
  test: Uint32Array<ArrayBuffer>;
}

/** Rows 0…rows−1 by a seeded permutation into three disjoint, ascending sets, none of them empty. */
export function threeWaySplit(
  rows: number,
  validationShare: number,
  testShare: number,
  seed: number,
): ThreeWay {
  if (rows < 3 || !(validationShare > 0 && testShare > 0 && validationShare + testShare < 1)) {
    const reason = `${rows} rows with shares of ${validationShare} and ${testShare}`;
    const remedy = "Give at least 3 rows and shares above 0 that leave some for training";
    throw new BadInput([{ field: "shares", reason, remedy }]);
  }
  const order = new Random(seed, "three-way").permutation(rows);
  const test = Math.min(rows - 2, Math.ceil(rows * testShare));
  const validation = Math.min(rows - 1 - test, Math.ceil(rows * validationShare));
  return {
    test: order.slice(0, test).sort(),
    validation: order.slice(test, test + validation).sort(),
    train: order.slice(test + validation).sort(),
  };
}
