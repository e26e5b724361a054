import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RunReader } from "../../../src/main/store/reader.ts";
import { Random } from "../../../src/main/math/random.ts";
import { allExports } from "../../builders/exports.ts";
import { scenarioOf } from "../../builders/scenario.ts";
import { World } from "../../builders/world.ts";

const scenario = scenarioOf({
  users: { count: 2000, placement: { kind: "cells", atS: 60 }, classes: [{ name: "handheld", share: 1 }] },
  time: { durationS: 240, stepS: 1, measurementPeriodMs: 200, markS: 60 },
  learning: { annEpochs: 12, svmRows: 400 },
});

describe("a run", () => {
  let world: World;
  let whole: Record<string, string>;
  let wholeMs = 0;

  beforeAll(async () => {
    world = new World();
    let started = 0;
    const end = await world.follow(world.plan(scenario, 2), (event) => {
      if (event.kind === "progress") started ||= performance.now();
    });
    wholeMs = performance.now() - started;
    if (end.kind === "error") throw new Error(end.error.message);
    whole = await allExports(world.db, end.run);
  }, 60_000);
  afterAll(() => world.close());

  it("gives the same bytes with one thread, two and three", async () => {
    expect(whole.events.split("\n").length).toBeGreaterThan(1000);
    for (const threads of [1, 3]) {
      const { run } = await world.finish(scenario, threads);
      expect(await allExports(world.db, run)).toEqual(whole);
    }
  });

  it("killed at any of 20 instants leaves a database that opens, and resumes to the same exports", async () => {
    const random = new Random(20, "kill");
    let resumed = 0;
    for (let i = 0; i < 20; i++) {
      const after = random.next() * wholeMs;
      let timer: NodeJS.Timeout | undefined;
      const end = await world.follow(world.plan(scenario, 2), (event) => {
        if (event.kind === "progress") timer ??= setTimeout(() => world.engine?.kill(), after);
      });
      clearTimeout(timer);
      const reader = new RunReader(world.db);
      const runs = reader.runs();
      if (end.kind === "done" || end.run === null) {
        reader.close();
        continue;
      }
      const record = runs.find((r) => r.run === end.run);
      const blocks = record ? reader.frames(record.run, 0, 1e9).steps : 0;
      reader.close();
      // killed before the run was kept at all, or after its end was kept and before it was told
      if (!record || record.status === "finished") continue;
      expect(record.status).toBe("interrupted");
      expect(blocks).toBe(record.stepsDone);
      const last = await world.follow(world.jobs.resume(record.run, 1 + (i % 3)));
      expect(last.kind === "error" ? last.error.message : last.kind).toBe("done");
      expect(await allExports(world.db, record.run)).toEqual(whole);
      resumed++;
    }
    expect(resumed).toBeGreaterThan(8);
  }, 240_000);
});
