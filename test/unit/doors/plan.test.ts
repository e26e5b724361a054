import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { runTerminal } from "../../../src/main/host/terminal/terminal.ts";
import type { ErrorReport } from "../../../src/shared/errors.ts";
import type { JobEvent } from "../../../src/shared/run.ts";
import { scenarioOf } from "../../builders/scenario.ts";
import { summaryOf } from "../../builders/summary.ts";
import { FakeWorld } from "./fake-world.ts";

let folder: string;
let scenario: string;
let world: FakeWorld;
const plan = (...args: string[]) => runTerminal(["plan", ...args], world);
const save = (name: string, content: string) => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "beamwalk-plan-"));
  scenario = save("small.json", JSON.stringify(scenarioOf()));
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => void (world = new FakeWorld()));

const progress = (stage: string, fraction: number) =>
  ({ kind: "progress", job: "job-1", stage, fraction, etaS: 61 }) as const;
const done = { kind: "done", job: "job-1", run: "small-abc123", summary: summaryOf() } as const;
const failed = (kind: ErrorReport["kind"], run: string | null = "small-abc123"): JobEvent => ({
  kind: "error",
  job: "job-1",
  run,
  error: { kind, message: `it was ${kind}`, problems: [] },
});

describe("beamwalk plan", () => {
  test("prints exactly the summary as one JSON object, and progress only to stderr", async () => {
    world.jobs.say(progress("Links", 0.1), progress("Links", 0.12), progress("Links", 0.3), done);
    expect(await plan(scenario, "--json", "--seed", "7", "--threads", "2")).toBe(0);
    expect(JSON.parse(world.results)).toEqual(summaryOf());
    expect(world.complaints.trimEnd().split("\n")).toEqual([
      " 10 %  Links  1 min 1 s left",
      " 30 %  Links  1 min 1 s left",
    ]);
    expect(world.jobs.planned[0]).toMatchObject({
      seed: 7,
      threads: 2,
      scenario: { name: scenarioOf().name },
    });
    expect(world.jobs.closed).toBe(true);
  });

  test("takes a bundled scenario by name and the database it is told", async () => {
    world.jobs.say(done);
    expect(await plan("dahouda-2023", "--db", "runs.db")).toBe(0);
    expect(world.jobs.planned[0].scenario.name).toBe("dahouda-2023");
    expect(world.opened).toEqual([{ db: resolve("runs.db"), threads: undefined }]);
    expect(world.results).toContain("62,908 UEs");
  });

  test("passes warnings on", async () => {
    world.jobs.say({ kind: "warning", job: "job-1", message: "3 satellites decayed" }, done);
    await plan(scenario);
    expect(world.complaints).toBe("warning: 3 satellites decayed\n");
  });

  test("finds the element file that the scenario names beside it, and takes --elements before it", async () => {
    const named = scenarioOf({ constellation: { kind: "elements", file: "named.tle" } });
    const path = save("elements.json", JSON.stringify(named));
    save("named.tle", "from the scenario");
    const other = save("other.tle", "from the command line");
    world.jobs.say(done);
    expect(await plan(path)).toBe(0);
    expect(await plan(path, "--elements", other)).toBe(0);
    expect(world.jobs.planned.map(({ elements }) => elements)).toEqual([
      { name: "named.tle", text: "from the scenario" },
      { name: "other.tle", text: "from the command line" },
    ]);
  });

  test("resumes a run that is named by its beginning", async () => {
    world.records = [{ run: "small-abc123" }];
    world.jobs.say(done);
    expect(await plan("--resume", "small-a")).toBe(0);
    expect(world.jobs.resumed).toEqual(["small-abc123"]);
    expect(world.jobs.planned).toEqual([]);
  });
});

describe("what stops beamwalk plan", () => {
  test.each([
    ["nothing to plan", [], "scenario: is missing."],
    [
      "an unknown name",
      ["no-such"],
      'scenario: there is no bundled scenario "no-such". Give one of dahouda-2023',
    ],
    ["a file that is not there", ["gone.json"], 'scenario: "gone.json" does not exist.'],
    ["a catalogue without elements", ["starlink-catalogue"], "--elements: the scenario"],
    ["a run that is not there", ["--resume", "gone"], 'run: there is no run "gone". See beamwalk runs.'],
    ["an unknown option", ["x.json", "--sed", "1"], "arguments: unknown option '--sed'"],
  ])("%s is bad input with field, reason and remedy", async (_, args, said) => {
    expect(await plan(...args)).toBe(2);
    expect(world.complaints).toContain(said);
    expect(world.results).toBe("");
    expect(world.jobs.planned).toEqual([]);
  });

  test("all problems are told at once", async () => {
    const bad = save("bad.json", JSON.stringify({ ...scenarioOf(), version: 2, users: { count: -1 } }));
    expect(await plan(bad, "--seed", "-1", "--threads", "many", "--elements", "gone.tle")).toBe(2);
    const fields = world.complaints
      .trimEnd()
      .split("\n")
      .map((line) => line.split(":")[0]);
    expect(fields).toEqual(
      expect.arrayContaining(["--seed", "--threads", "--elements", "version", "users.count"]),
    );
  });

  test("with --json the complaint is JSON too", async () => {
    expect(await plan("no-such", "--json")).toBe(2);
    expect(JSON.parse(world.complaints)).toMatchObject({
      kind: "bad-input",
      problems: [{ field: "scenario" }],
    });
  });

  test("Ctrl+C cancels the job, keeps the run and says how to go on", async () => {
    world.jobs.onCancel = () => world.jobs.say(failed("cancelled"));
    const ended = plan(scenario, "--db", "my runs.db");
    await expect.poll(() => world.listensToInterrupts, { timeout: 30_000 }).toBe(true);
    world.interrupt();
    expect(await ended).toBe(1);
    expect(world.jobs.cancelled).toEqual(["job-1"]);
    expect(world.complaints).toContain('beamwalk plan --resume small-abc123 --db "my runs.db"');
    expect(world.complaints).toContain("Stopped.");
    expect(world.jobs.closed).toBe(true);
    expect(world.listensToInterrupts).toBe(false);
  });

  test("an engine that dies is a failure with the way to resume, bad input found by the engine is bad input", async () => {
    world.jobs.say(failed("failure"));
    expect(await plan(scenario)).toBe(1);
    expect(world.complaints).toContain("--resume small-abc123");
    world = new FakeWorld();
    world.jobs.say(failed("bad-input", null));
    expect(await plan(scenario)).toBe(2);
    expect(world.complaints).not.toContain("--resume");
  });
});
