import { describe, expect, it } from "vitest";
import { classesOf, heatSvg } from "../../../src/main/export/report-heat.ts";
import { isLand } from "../../../src/main/export/report-land.ts";
import { dataTable, markup } from "../../../src/main/export/report-markup.ts";
import { middleOf, Projection } from "../../../src/main/export/report-projection.ts";
import { viewOf } from "../../../src/main/export/report-view.ts";
import type { Position } from "../../../src/main/export/dateline.ts";

/** Whether a point is inside closed paths, even-odd: the parity of the edges to its right. */
function isFilled(paths: string, [x, y]: Position): boolean {
  let inside = false;
  for (const path of paths.split("Z").filter(Boolean)) {
    const points = path
      .slice(1)
      .split("L")
      .map((text) => text.split(" ").map(Number));
    points.forEach((b, i) => {
      const a = points.at(i - 1)!;
      if (a[1] > y !== b[1] > y && a[0] + ((y - a[1]) / (b[1] - a[1])) * (b[0] - a[0]) > x) inside = !inside;
    });
  }
  return inside;
}

describe("markup", () => {
  it("escapes text, names and attributes, and leaves markup as it is", () => {
    expect(markup`<b title="${'"x"'}">${"<&>"}${markup`<i>y</i>`}${[1, null, false]}</b>`.text).toBe(
      '<b title="&#34;x&#34;">&#60;&#38;&#62;<i>y</i>1</b>',
    );
  });

  it("gives a table a line of units only where there are any", () => {
    const table = (unit?: string) =>
      dataTable({ caption: "c", head: [{ title: "t", unit }], rows: [[1]] }).text;
    expect(table("1")).not.toContain("units");
    expect(table("dB")).toMatch(/class="units">\s*<td>dB<\/td>/);
  });
});

describe("the projection of the map", () => {
  it("keeps areas: a cap of radius c covers 2π(1 − cos c) wherever it lies", () => {
    for (const centre of [
      [0, 0],
      [170, -60],
      [30, 89],
    ]) {
      const projection = new Projection(centre);
      const r = 2 * Math.sin((25 * Math.PI) / 360);
      const [x, y] = projection.at([centre[0], centre[1] - 25]);
      expect(Math.hypot(x, y) * (Math.PI / 180)).toBeCloseTo(r, 9);
      expect(Math.PI * r * r).toBeCloseTo(2 * Math.PI * (1 - Math.cos((25 * Math.PI) / 180)), 9);
    }
  });

  it("finds the middle across the antimeridian and at a pole, and none of places all around", () => {
    expect(
      middleOf([
        [179, 10],
        [-179, 10],
      ])!.centre[0],
    ).toBeCloseTo(180, 6);
    expect(
      middleOf([
        [0, 85],
        [120, 85],
        [-120, 85],
      ])!.centre[1],
    ).toBeCloseTo(90, 4);
    expect(
      middleOf([
        [0, 0],
        [180, 0],
      ]),
    ).toBeNull();
  });
});

describe("the land of the map", () => {
  const cities: [string, Position][] = [
    ["Paris", [2.35, 48.86]],
    ["Kansas City", [-94.6, 39.1]],
    ["Alice Springs", [133.9, -23.7]],
    ["South Pole", [0, -89.9]],
    ["Chukotka", [-175, 66.5]],
    ["Chukotka at the antimeridian", [179.8, 67.5]],
    ["Antarctica on the antimeridian", [-180, -85]],
  ];
  const seas: [string, Position][] = [
    ["Biscay", [-6, 45.5]],
    ["North Pole", [0, 89.9]],
    ["Galápagos deep", [-116, 0.4]],
    ["Tasman Sea", [160, -40]],
  ];

  it("knows land from sea", () => {
    expect(cities.filter(([, at]) => !isLand(at)).map(([name]) => name)).toEqual([]);
    expect(seas.filter(([, at]) => isLand(at)).map(([name]) => name)).toEqual([]);
  });

  it("fills the land and not the sea in views around every place, whatever lies opposite of it", () => {
    const wrong = [...cities, ...seas].flatMap(([name, [longitude, latitude]]) => {
      const around = [0, 90, 180, 270].map((turn): Position => {
        const angle = (turn * Math.PI) / 180;
        const north = Math.max(-89.99, Math.min(89.99, latitude + 2 * Math.cos(angle)));
        return [longitude + 2 * Math.sin(angle), north];
      });
      const view = viewOf(around, 776);
      expect(view.kind).toBe("azimuthal");
      const land = view.land();
      const probes = [[longitude, latitude] as Position, ...around];
      return probes
        .filter((at) => {
          const [x, y] = view.at(at);
          // within a px of a coast the thinning of corners may tell otherwise
          const near = [-2, 2].flatMap((d) => [isFilled(land, [x + d, y]), isFilled(land, [x, y + d])]);
          return !near.includes(isLand(at));
        })
        .map((at) => `${name} ${at.join(" ")}`);
    });
    expect(wrong).toEqual([]);
  });

  it("shows places spread over the Earth on a map of all of it", () => {
    const view = viewOf(
      [
        [0, 0],
        [120, 30],
        [-120, -30],
      ],
      720,
    );
    expect([view.kind, view.height]).toEqual(["world", 360]);
    expect(view.at([0, 0])).toEqual([360, 180]);
    const land = view.land();
    expect(cities.filter(([, at]) => !isFilled(land, view.at(at))).map(([name]) => name)).toEqual([]);
    expect(seas.filter(([, at]) => isFilled(land, view.at(at))).map(([name]) => name)).toEqual([]);
    // a cell across the antimeridian stands at both edges and not across the map
    const cell = view.area([
      [179, 0],
      [-179, 0],
      [-179, 2],
      [179, 2],
    ]);
    expect(isFilled(cell, view.at([179.5, 1]))).toBe(true);
    expect(isFilled(cell, view.at([-179.5, 1]))).toBe(true);
    expect(isFilled(cell, view.at([0, 1]))).toBe(false);
  });
});

describe("the heat map", () => {
  it("has at most eight round classes that reach from 1 to the greatest", () => {
    for (let most = 0; most < 3000; most += 7) {
      const ends = classesOf(most);
      expect(ends[0]).toBe(1);
      expect(ends.length).toBeLessThanOrEqual(8);
      expect(ends.every((end, i) => Number.isInteger(end) && (i === 0 || end > ends[i - 1]))).toBe(true);
      expect(ends.at(-1)!).toBeLessThanOrEqual(Math.max(1, most));
    }
    expect(classesOf(3)).toEqual([1, 2, 3]);
    expect(classesOf(1997)).toEqual([1, 250, 500, 750, 1000, 1250, 1500, 1750]);
  });

  it("shows the peak of a long run, however many seconds share its column", () => {
    const svg = (at: number) =>
      heatSvg({
        title: "t",
        unit: "1/s",
        rows: ["cell 1"],
        seconds: 36_000,
        row: [0, 0, 0],
        second: [at - 1, at, at + 1],
        value: [1, 800, 1],
      });
    for (const at of [1, 119, 120, 35_998]) expect(svg(at).includes('fill="#440154"/>')).toBe(true);
    expect(svg(119).includes("600 – 799")).toBe(true);
  });
});
