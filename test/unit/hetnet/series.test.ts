import { describe, expect, it } from "vitest";
import { wifiLevelDbm, noiseDbm } from "../../../src/main/hetnet/channel.ts";
import { hetnetCsv } from "../../../src/main/hetnet/csv.ts";
import { randomWaypoints, walk } from "../../../src/main/hetnet/paths.ts";
import { hetnetSeries } from "../../../src/main/hetnet/series.ts";
import { DEFAULT_WORLD } from "../../../src/main/hetnet/world.ts";

const bytes = (column: Float32Array) => Buffer.from(column.buffer, column.byteOffset, column.byteLength);

describe("paths", () => {
  it("go at 3 m/s: three metres along the curve from report to report", () => {
    for (let path = 1; path <= 10; path++) {
      const waypoints = randomWaypoints(DEFAULT_WORLD, 5, path);
      const { x, y } = walk(waypoints, 3);
      // the same curve, 100 times as finely
      const fine = walk(waypoints, 0.03);
      for (let step = 1; step < x.length; step++) {
        let way = 0;
        for (let i = 100 * (step - 1) + 1; i <= 100 * step && i < fine.x.length; i++)
          way += Math.hypot(fine.x[i] - fine.x[i - 1], fine.y[i] - fine.y[i - 1]);
        if (100 * step < fine.x.length) expect(way).toBeCloseTo(3, 2);
        expect(Math.hypot(x[step] - x[step - 1], y[step] - y[step - 1])).toBeLessThan(3.001);
      }
    }
  });

  it("pass through their waypoints and cross the area from end to end", () => {
    const waypoints = randomWaypoints(DEFAULT_WORLD, 5, 3);
    const { x, y } = walk(waypoints, 0.5);
    for (const place of waypoints.slice(0, -1)) {
      const nearest = x.reduce(
        (least, px, i) => Math.min(least, Math.hypot(px - place.x, y[i] - place.y)),
        9,
      );
      expect(nearest).toBeLessThan(0.3);
    }
    const ends = [waypoints[0].x, waypoints[waypoints.length - 1].x].sort((a, b) => a - b);
    expect(ends).toEqual([20, 480]);
  });

  it("have continuous headings", () => {
    const { x, y } = walk(randomWaypoints(DEFAULT_WORLD, 8, 2), 0.5);
    for (let i = 2; i < x.length; i++) {
      const ax = x[i - 1] - x[i - 2];
      const ay = y[i - 1] - y[i - 2];
      const bx = x[i] - x[i - 1];
      const by = y[i] - y[i - 1];
      expect((ax * bx + ay * by) / (0.5 * 0.5)).toBeGreaterThan(0.9);
    }
  });
});

describe("the series", () => {
  const series = hetnetSeries({ seed: 3, paths: 4 });
  const count = series.nodes.length;

  it("has the same bytes for the same seed, and others for another", () => {
    const again = hetnetSeries({ seed: 3, paths: 4 });
    for (const name of ["sinrDb", "rssiDbm", "throughputMbps"] as const)
      expect(bytes(again[name]).equals(bytes(series[name]))).toBe(true);
    expect(bytes(hetnetSeries({ seed: 4, paths: 4 }).sinrDb).equals(bytes(series.sinrDb))).toBe(false);
  });

  it("has the same path whatever paths stand around it", () => {
    const third = hetnetSeries({ seed: 3, paths: 1, firstPath: 3 });
    const from = series.firstStep[2] * count;
    expect(third.paths[0].id).toBe(3);
    expect(Array.from(third.sinrDb)).toEqual(
      Array.from(series.sinrDb.subarray(from, series.firstStep[3] * count)),
    );
  });

  it("has two cells and four access points, as many reports as steps", () => {
    expect(series.nodes.map(({ name }) => name)).toEqual(["BS1", "BS2", "AP1", "AP2", "AP3", "AP4"]);
    series.paths.forEach(({ steps, x }, i) => {
      expect(series.firstStep[i + 1] - series.firstStep[i]).toBe(steps);
      expect(x.length).toBe(steps);
    });
    expect(series.sinrDb.length).toBe(series.firstStep[4] * count);
    expect(series.sinrDb.every(Number.isFinite)).toBe(true);
  });

  it("reports for an access point the mean of its law over the interval", () => {
    const step = 40;
    const [{ x, y }] = series.paths;
    const powers = [1, 2, 3, 4, 5].map((i) => {
      const px = x[step - 1] + ((x[step] - x[step - 1]) * i) / 5;
      const py = y[step - 1] + ((y[step] - y[step - 1]) * i) / 5;
      return 10 ** (wifiLevelDbm(DEFAULT_WORLD, DEFAULT_WORLD.accessPoints[1], px, py) / 10);
    });
    const level = 10 * Math.log10(powers.reduce((sum, p) => sum + p, 0) / 5);
    expect(series.rssiDbm[step * count + 3]).toBeCloseTo(level, 3);
    expect(series.sinrDb[step * count + 3]).toBeCloseTo(level - noiseDbm(DEFAULT_WORLD.wifi), 3);
  });

  it("lets the two cells' SINR mirror each other where noise is small", () => {
    let compared = 0;
    for (let at = 0; at < series.sinrDb.length; at += count) {
      if (Math.min(series.rssiDbm[at], series.rssiDbm[at + 1]) < -70) continue;
      expect(series.sinrDb[at] + series.sinrDb[at + 1]).toBeCloseTo(0, 0);
      compared++;
    }
    expect(compared).toBeGreaterThan(10);
  });

  it("keeps about 0.4 dB of Rician fading in a report at K = 9 dB", () => {
    const still = { ...DEFAULT_WORLD.cellular, shadowDb: 0 };
    const faded = hetnetSeries({ seed: 3, paths: 4, world: { cellular: still } });
    const plain = hetnetSeries({ seed: 3, paths: 4, world: { cellular: { ...still, ricianKDb: 300 } } });
    const errors = Array.from(faded.rssiDbm, (v, i) => v - plain.rssiDbm[i]).filter((_, i) => i % count < 2);
    const rms = Math.sqrt(errors.reduce((sum, e) => sum + e * e, 0) / errors.length);
    expect(rms).toBeGreaterThan(0.25);
    expect(rms).toBeLessThan(0.6);
  });
});

describe("the two files", () => {
  const series = hetnetSeries({ seed: 3, paths: 2 });

  it.each([
    ["cellular", 9, 2],
    ["wifi", 7, 4],
  ] as const)("holds every complete %s window with its target", (rat, window, nodes) => {
    const [header, ...rows] = hetnetCsv(series, rat, window);
    expect(header.split(",").length).toBe(3 + 3 * (window + 1));
    const complete = series.paths.reduce((sum, { steps }) => sum + nodes * (steps - window), 0);
    expect(rows.length).toBe(complete);
    expect(new Set(rows.map((row) => row.split(",").length))).toEqual(new Set([header.split(",").length]));
  });

  it("writes the tuples in order of time, and never across paths", () => {
    const [header, ...rows] = [...hetnetCsv(series, "wifi", 3)];
    expect(header).toContain("rssi_dbm_k-2,sinr_db_k-2,throughput_mbps_k-2,rssi_dbm_k-1");
    expect(header.endsWith("rssi_dbm_k+1,sinr_db_k+1,throughput_mbps_k+1")).toBe(true);
    const first = series.paths[0].steps;
    const row = rows.find((line) => line.startsWith("2,2,AP2,"))!.split(",");
    const at = (first + 3) * 6 + 3;
    expect(Number(row[3 + 3 * 3 + 1])).toBeCloseTo(series.sinrDb[at], 2);
    expect(rows.some((line) => line.startsWith(`1,${first - 1},`))).toBe(false);
  });
});
