import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { runTerminal } from "../../../src/main/host/terminal/terminal.ts";
import { compileMission } from "../../../src/main/scenario/compile.ts";
import { requireScenario } from "../../../src/main/scenario/check.ts";
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
  folder = mkdtempSync(join(tmpdir(), "beamwalk-pattern-"));
  const payload = {
    kind: "antenna",
    beams: 7,
    apertureDiameterM: 1,
    pattern: { kind: "file", file: "horn.csv" },
  } as const;
  scenario = save("horn.json", `\uFEFF${JSON.stringify(scenarioOf({ payload }))}`);
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  world = new FakeWorld();
  world.jobs.say({ kind: "done", job: "job-1", run: "small-abc123", summary: summaryOf() });
});

describe("beamwalk plan with a pattern from a file", () => {
  test("keeps the file's rows with the run, relative to the peak, so that it resumes without the file", async () => {
    save("horn.csv", "angle deg,gain dBi\n0,31\n2,29.5\n4,25\n9,1\n");
    expect(await plan(scenario)).toBe(0);
    const [{ scenario: planned, scenarioText }] = world.jobs.planned;
    const pattern = { kind: "table", offAxisDeg: [0, 2, 4, 9], relativeGainDb: [0, -1.5, -6, -30] };
    expect(planned.payload).toMatchObject({ pattern });
    expect(JSON.parse(scenarioText).payload.pattern).toEqual(pattern);
    expect(compileMission(requireScenario(scenarioText), null).payload).toMatchObject({
      pattern: { kind: "table", relativeGainDb: [0, -1.5, -6, -30] },
    });
  });

  test("lists every faulty line of a broken file", async () => {
    save("horn.csv", "0,31\n2,thirty\n1,30\n1,29\n4,32\n");
    expect(await plan(scenario, "--json")).toBe(2);
    const { kind, problems } = JSON.parse(world.complaints);
    expect(kind).toBe("bad-input");
    expect(problems.map(({ field }: { field: string }) => field)).toEqual([
      "horn.csv, line 2",
      "horn.csv, line 4",
      "horn.csv, line 5",
      "horn.csv",
    ]);
    expect(world.jobs.planned).toEqual([]);
  });

  test("misses a file that is not beside the scenario", async () => {
    rmSync(join(folder, "horn.csv"), { force: true });
    expect(await plan(scenario)).toBe(2);
    expect(world.complaints).toMatch(/^payload\.pattern\.file: ".*horn\.csv" does not exist/);
  });

  test("takes a file that ends at exactly −3 dB, as its reader does", async () => {
    save("horn.csv", "0,0\n1,-1\n2,-3\n");
    expect(await plan(scenario)).toBe(0);
  });
});
