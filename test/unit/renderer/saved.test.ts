import { describe, expect, it } from "vitest";
import { chartFigure } from "../../../src/renderer/panels/chartFigure.ts";
import { stormGrid } from "../../../src/renderer/panels/stormGrid.ts";
import { stormCsv } from "../../../src/renderer/panels/stormPicture.ts";
import { figureCsv, figureSvg } from "../../../src/shared/figure-svg.ts";
import { figureSchema } from "../../../src/shared/study.ts";
import { proceduresOf, stormOf } from "../../builders/storm.ts";

describe("a chart that is saved", () => {
  const chart = {
    title: "Handovers per second",
    xTitle: "time since the start, s",
    x: Float64Array.of(0, 1, 2),
    series: [
      { title: "out", colour: "#fff", values: Uint32Array.of(3, 0, 5) },
      { title: "in", colour: "#fff", values: [1, Number.NaN] },
    ],
  };

  it("is a figure with its points, gaps, unit and where it is from", () => {
    const figure = chartFigure(chart, "Run r1");
    expect(figureSchema.parse(figure)).toEqual(figure);
    expect(figure.id).toBe("handovers-per-second");
    expect(figure.x).toEqual({ title: "time since the start", unit: "s" });
    expect(figure.series.map(({ name, x, y }) => [name, x, y])).toEqual([
      ["out", [0, 1, 2], [3, 0, 5]],
      ["in", [0, 1], [1, null]],
    ]);
    const svg = figureSvg(figure, { width: 800, height: 520, theme: "light" });
    for (const word of ["Handovers per second", "out", "in", "Run r1"]) expect(svg).toContain(`>${word}<`);
  });

  it("gives one line a point, and none of a gap's value", () => {
    const lines = figureCsv(chartFigure(chart, "")).trim().split("\r\n");
    expect(lines).toHaveLength(1 + 3 + 2);
    expect(lines[0]).toBe('series,"time since the start, s",Handovers per second');
    expect(lines.slice(1)).toEqual(["out,0,3", "out,1,0", "out,2,5", "in,0,1", "in,1,"]);
  });

  it("stays a row of dots where the page shows dots, with a title that is no quantity and unit", () => {
    const figure = chartFigure(
      { ...chart, xTitle: "number of clusters k", series: [{ ...chart.series[0]!, dots: true }] },
      "",
    );
    expect(figure.kind).toBe("points");
    expect(figure.x).toEqual({ title: "number of clusters k", unit: "1" });
  });
});

describe("a storm's map that is saved", () => {
  const columns = stormOf([
    [2, 0, 3, 1, 40, 9000, 4, 0, 2, 0],
    [2, 2, 0, 1, 4, 900, 1, 0, 7, 0],
    [5, 1, 6, 2, 80, 20_000, 9, 3, 1, 2],
    [9, 1, 0, 0, 8, 1000, 2, 0, 0, 0],
  ]);
  const storm = {
    run: "r",
    seconds: 3,
    columns,
    peaks: {},
    summary: null,
    procedures: proceduresOf(0),
  };
  const record = { run: "r", title: "", scenario: "s", startMs: Date.UTC(2026, 0, 1, 12) };

  it("has a line for each cell and second above zero in the stretch", () => {
    const map = stormGrid(storm, "handovers");
    expect(stormCsv(record, map, { from: 0, to: 2 }, "handovers/s").trim().split("\r\n")).toEqual([
      "cell,s since the start,UTC,handovers/s",
      "2,0,2026-01-01T12:00:00.000Z,4",
      "5,1,2026-01-01T12:00:01.000Z,8",
    ]);
  });
});
