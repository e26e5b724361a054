import type { EpochPoint } from "../../shared/run.ts";
import type { Figure, Series } from "../../shared/study.ts";

/** One training so far as a figure: losses to the left, accuracy to the right; what it does not have is left out. */
export function learningCurve(label: string, points: readonly EpochPoint[]): Figure {
  const x = points.map(({ epoch }) => epoch);
  const has = (key: "validationLoss" | "accuracy") => points.some((point) => point[key] !== null);
  const series: Series[] = [{ name: "loss", x, y: points.map(({ loss }) => loss) }];
  if (has("validationLoss"))
    series.push({ name: "validation loss", x, y: points.map(({ validationLoss }) => validationLoss) });
  if (has("accuracy"))
    series.push({
      name: "accuracy",
      x,
      y: points.map(({ accuracy }) => (accuracy === null ? null : 100 * accuracy)),
      right: true,
    });
  return {
    id: "live",
    of: null,
    title: `Training of ${label}`,
    kind: "line",
    x: { title: "epoch", unit: "1" },
    y: { title: "loss", unit: "1" },
    right: has("accuracy") ? { title: "accuracy", unit: "%" } : undefined,
    series,
    note: "",
  };
}
