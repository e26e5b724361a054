import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RunReader } from "../../../src/main/store/reader.ts";
import type { JobEvent } from "../../../src/shared/run.ts";
import { busy } from "../../builders/busy.ts";
import { scenarioOf } from "../../builders/scenario.ts";
import { World } from "../../builders/world.ts";

const small = scenarioOf({
  users: { count: 600, placement: { kind: "cells", atS: 20 }, classes: [{ name: "handheld", share: 1 }] },
  time: { durationS: 60, stepS: 1, measurementPeriodMs: 200, markS: 20 },
  learning: { annEpochs: 3, svmRows: 200 },
});
const long = scenarioOf({
  users: { count: 4000, placement: { kind: "cells", atS: 20 }, classes: [{ name: "handheld", share: 1 }] },
  time: { durationS: 40, stepS: 1, measurementPeriodMs: 200, markS: 20 },
  learning: { annEpochs: 1000, svmRows: 4000 },
});

describe("the engine process", () => {
  let world: World;
  beforeAll(() => {
    world = new World();
  });
  afterAll(() => world.close());

  it("reports stages in order with growing progress, and ends with the summary that the database keeps", async () => {
    const events: JobEvent[] = [];
    const end = await world.follow(world.plan(small), (event) => events.push(event));
    expect(end.kind).toBe("done");
    const progress = events.filter((event) => event.kind === "progress");
    expect(progress.map((event) => event.fraction)).toEqual(
      progress.map((event) => event.fraction).toSorted((a, b) => a - b),
    );
    expect([...new Set(progress.map((event) => event.stage))]).toEqual([
      "Orbits and users",
      "Links and handovers",
      "Data set and clusters",
      "Classifiers",
      "Signalling",
      "Writing results",
    ]);
    const reader = new RunReader(world.db);
    if (end.kind === "done") expect(reader.run(end.run).summary).toEqual(end.summary);
    reader.close();
  });

  it("notes what a scenario is allowed to say and will hardly mean", async () => {
    const handover = { ...small.handover, a3OffsetDb: -3, hysteresisDb: 0, timeToTriggerMs: 0 };
    const { summary } = await world.finish({ ...small, handover });
    const notes = summary.notes.join("\n");
    expect(notes).toMatch(/^handover\.a3OffsetDb \+ handover\.hysteresisDb: -3 dB is below 0/m);
    expect(summary.signalling![0].pingPongs).toBeGreaterThan(0);
    expect(notes).toMatch(/^handover\.strategy a3: [\d,]+ ping-pongs among [\d,]+ handovers/m);
  });

  it("cancels within a second or so, says so, and leaves a run that can be resumed", async () => {
    const job = world.plan(long);
    let asked = 0;
    const end = await world.follow(job, (event) => {
      if (event.kind === "progress" && event.stage === "Classifiers" && !asked) {
        asked = performance.now();
        world.jobs.cancel(job);
      }
    });
    expect(performance.now() - asked).toBeLessThan(3500 * busy());
    expect(end).toMatchObject({ kind: "error", error: { kind: "cancelled" } });
    const reader = new RunReader(world.db);
    expect(reader.run((end as { run: string }).run).status).toMatch(/cancelled|interrupted/);
    reader.close();
    expect(world.jobs.cancel(job)).toBe(false);
  });

  it("can be killed 25 times in training or inference, and resumed as often, without taking the door down", async () => {
    let run: string | null = null;
    for (let i = 0; i < 25; i++) {
      let timer: NodeJS.Timeout | undefined;
      const end = await world.follow(run ? world.jobs.resume(run) : world.plan(long), (event) => {
        if (event.kind === "progress" && event.stage === "Classifiers")
          timer ??= setTimeout(() => world.engine?.kill(), (i * 37) % 160);
      });
      clearTimeout(timer);
      if (end.kind !== "error") throw new Error(`ended before it was killed for the ${i + 1}th time`);
      expect(end.error.message).toContain("The engine process ended");
      expect(end.error.message).toContain(`resume run ${end.run}`);
      run = end.run;
    }
    expect((await world.follow(world.plan(small))).kind).toBe("done");
  }, 240_000);

  it("refuses a scenario that needs elements, before it touches the database", async () => {
    const end = await world.follow(world.plan({ ...small, constellation: { kind: "elements" } }));
    expect(end).toMatchObject({ kind: "error", run: null, error: { kind: "bad-input" } });
  });

  it("tells a run that does not exist from one that is finished when asked to resume", async () => {
    const missing = await world.follow(world.jobs.resume("nowhere"));
    expect(missing).toMatchObject({
      kind: "error",
      error: { kind: "bad-input", problems: [{ field: "run" }] },
    });
    const { run } = await world.finish(small);
    expect(await world.follow(world.jobs.resume(run))).toMatchObject({
      error: { message: expect.stringContaining("is finished") },
    });
  });
});

describe("the queue", () => {
  it("runs one job at a time, in order, and lets a queued one be cancelled", async () => {
    const world = new World();
    const first = world.plan(small);
    const second = world.plan(small);
    const third = world.plan(small);
    expect(world.jobs.list().map((job) => job.job)).toEqual([first, second, third]);
    expect(world.jobs.cancel(second)).toBe(true);
    expect(await world.follow(second)).toMatchObject({ kind: "error", error: { kind: "cancelled" } });
    expect((await world.follow(third)).kind).toBe("done");
    expect((await world.follow(first)).kind).toBe("done");
    await world.close();
  });

  it("answers the job that is already under way when a run is resumed twice", async () => {
    const world = new World();
    const first = world.jobs.resume("some-run");
    expect(world.jobs.resume("some-run")).toBe(first);
    await world.follow(first);
    await world.close();
  });

  it("forgets a listener that goes away", async () => {
    const world = new World();
    const job = world.plan(small);
    const stop = new AbortController();
    const events = world.jobs.events(job, stop.signal);
    await events.next();
    expect(world.jobs.listeners(job)).toBe(1);
    stop.abort();
    await events.return(undefined);
    expect(world.jobs.listeners(job)).toBe(0);
    await world.close();
  });

  it("shows the whole story to somebody who comes late", async () => {
    const world = new World();
    const job = world.plan(small);
    await world.follow(job);
    const kinds: string[] = [];
    await world.follow(job, (event) => kinds.push(event.kind));
    expect(kinds[0]).toBe("queued");
    expect(kinds.at(-1)).toBe("done");
    await world.close();
  });
});
