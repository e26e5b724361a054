import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RunReader } from "../../../src/main/store/reader.ts";
import { cellOf, TRIGGERS } from "../../../src/shared/frame.ts";
import { allExports } from "../../builders/exports.ts";
import { scenarioOf } from "../../builders/scenario.ts";
import { World } from "../../builders/world.ts";

/** Satellites in line that change their gateways above a town with sites of its own. */
const scenario = scenarioOf({
  time: { durationS: 130, stepS: 1, measurementPeriodMs: 200, markS: 30 },
  constellation: {
    kind: "circular",
    satellites: Array.from({ length: 6 }, (_, i) => ({
      id: `s${i}`,
      altitudeKm: 600,
      inclinationDeg: 53,
      raanDeg: 10,
      argumentOfLatitudeDeg: 40 - 3 * i,
    })),
  },
  payload: { kind: "antenna", layout: "hexagon", beams: 19, apertureDiameterM: 1, processing: "transparent" },
  gateways: {
    stations: Array.from({ length: 6 }, (_, i) => ({
      name: `g${i}`,
      latitudeDeg: 24.5 + 1.6 * i,
      longitudeDeg: -70.6 + 1.6 * i,
    })),
    minElevationDeg: 62,
  },
  terrestrial: {
    layout: { kind: "hexagon", latitudeDeg: 30, longitudeDeg: -65.5, rings: 1, interSiteKm: 2 },
    eirpDbm: 42,
    frequencyReuse: 3,
    offsetDb: 3,
  },
  users: {
    count: 200,
    placement: { kind: "circle", latitudeDeg: 30, longitudeDeg: -65.5, radiusKm: 9 },
    classes: [{ name: "handheld", share: 1, motion: "vehicle" }],
  },
  learning: { annEpochs: 5, svmRows: 200 },
});

describe("a run with sites on the ground and feeder-link switches", () => {
  let world: World;
  let whole: Record<string, string>;

  beforeAll(async () => {
    world = new World();
    const { run } = await world.finish(scenario, 2);
    whole = await allExports(world.db, run);
  }, 120_000);
  afterAll(() => world.close());

  it("has handovers of both kinds, and names its cells' kinds", () => {
    const reader = new RunReader(world.db);
    const { trigger, source, target } = reader.events(reader.runs()[0].run);
    reader.close();
    const sites = 6 * 19;
    expect([...trigger].some((t) => TRIGGERS[t] === "feeder")).toBe(true);
    expect(source.some((cell, i) => cell > sites && target[i] <= sites)).toBe(true);
    expect(target.some((cell, i) => cell > sites && source[i] <= sites)).toBe(true);
    expect(whole.cells).toMatch(/^cell,kind,satellite,beam/);
    expect(whole.cells).toContain(",ground,,6,");
    expect(whole.cells).toContain(",satellite,s1,");
  });

  it("counts who is served from the ground as served, and knows the load of a site", () => {
    const reader = new RunReader(world.db);
    const { run, summary } = reader.runs()[0];
    const { cellState } = reader.frames(run, 30, 30);
    const at = Array.from(cellState, cellOf);
    const { source, trigger } = reader.events(run);
    const site = source.find((cell) => cell > 6 * 19)!;
    const { out } = reader.load(run, site);
    expect(() => reader.load(run, 6 * 19 + 8)).toThrow(`there is no cell ${6 * 19 + 8}`);
    reader.close();
    expect(at.some((cell) => cell > 6 * 19)).toBe(true);
    expect(summary!.uncovered).toBe(at.filter((cell) => cell === 0).length);
    expect(out.reduce((a, b) => a + b)).toBe(
      source.filter((cell, i) => cell === site && TRIGGERS[trigger[i]] !== "reselection").length,
    );
  });

  it("gives the same bytes with one thread and three", async () => {
    for (const threads of [1, 3]) {
      const { run } = await world.finish(scenario, threads);
      expect(await allExports(world.db, run)).toEqual(whole);
    }
  }, 240_000);

  it("killed in the middle resumes to the same exports", async () => {
    const job = world.plan(scenario, 2);
    // the first block of frames is kept, the second is being made
    const end = await world.follow(job, (event) => {
      if (event.kind === "progress" && event.detail?.startsWith("64 of")) world.engine?.kill();
    });
    expect(end.kind).toBe("error");
    const last = await world.follow(world.jobs.resume(end.run!, 3));
    expect(last.kind === "error" ? last.error.message : last.kind).toBe("done");
    expect(await allExports(world.db, end.run!)).toEqual(whole);
  }, 240_000);
});
