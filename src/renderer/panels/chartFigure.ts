import type { Figure } from "../../shared/study.ts";
import type { ChartProps } from "../widgets/Chart.tsx";

/** A chart of the page as a figure that can be saved; `note` says what it was drawn from. */
export function chartFigure({ title, xTitle, x, series }: ChartProps, note: string): Figure {
  const places = Array.from(x);
  const axis = /^(.*), (\w+)$/.exec(xTitle);
  return {
    id: title.toLowerCase().replaceAll(/[^\da-z]+/g, "-"),
    of: null,
    title,
    kind: series.every(({ dots }) => dots) ? "points" : "line",
    x: { title: axis?.[1] ?? xTitle, unit: axis?.[2] ?? "1" },
    y: { title, unit: "1" },
    series: series.map((one) => ({
      name: one.title,
      x: places.slice(0, one.values.length),
      y: Array.from(one.values, (value) => (Number.isFinite(value) ? value : null)),
    })),
    note,
  };
}
