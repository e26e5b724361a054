/** Curves by second of a run's strategies, small enough to be kept for each. */
import { CURVE_KEYS, type StrategyCurves } from "../../shared/storm.ts";
import type { Storm } from "./storm.ts";

/** @param storms of the run's own strategy first, then of its handovers moved */
export function strategyCurves(storms: readonly Pick<Storm, "storm" | "summary">[]): StrategyCurves {
  const last = (second: Uint32Array) => second.reduce((most, one) => Math.max(most, one + 1), 0);
  const seconds = storms.reduce((most, { storm }) => Math.max(most, last(storm.second)), 0);
  const rows = storms.flatMap(({ summary }, strategy) =>
    [...new Set([0, summary.peakCell, storms[0].summary.peakCell])].map((cell) => ({ strategy, cell })),
  );
  const counts = () => new Uint32Array(rows.length * seconds);
  const curves: StrategyCurves = {
    strategy: Uint8Array.from(rows, ({ strategy }) => strategy),
    cell: Uint32Array.from(rows, ({ cell }) => cell),
    handoversOut: counts(),
    handoversIn: counts(),
    messages: counts(),
    bytes: counts(),
    tries: counts(),
    collisions: counts(),
    queue: counts(),
    drops: counts(),
  };
  rows.forEach(({ strategy, cell: wanted }, row) => {
    const { storm } = storms[strategy];
    for (const key of CURVE_KEYS) {
      const curve = curves[key].subarray(row * seconds, (row + 1) * seconds);
      const from = storm[key];
      storm.cell.forEach((cell, i) => {
        if (wanted !== 0 && cell !== wanted) return;
        const second = storm.second[i];
        curve[second] = key === "queue" ? Math.max(curve[second], from[i]) : curve[second] + from[i];
      });
    }
  });
  return curves;
}
