import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { runTerminal } from "../../../src/main/host/terminal/terminal.ts";
import { duration } from "../../../src/main/host/terminal/progress.ts";
import { FakeWorld } from "./fake-world.ts";

let world: FakeWorld;
let folder: string;
let tle: string;
const beamwalk = (...args: string[]) => runTerminal(args, world);
const json = () => JSON.parse(world.results);

// Vallado et al. 2006, first case of SGP4-VER.TLE
const ELEMENTS = `1 00005U 58002B   00179.78495062  .00000023  00000-0  28098-4 0  4753
2 00005  34.2682 348.7242 1859667 331.7664  19.3264 10.82419157413667
1 00006U too short
`;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "beamwalk-terminal-"));
  tle = join(folder, "two.tle");
  writeFileSync(tle, ELEMENTS);
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => void (world = new FakeWorld()));

describe("the terminal", () => {
  test("explains every command with units and an example", async () => {
    for (const command of ["plan", "scenarios", "inspect", "propagate", "runs", "export", "serve"]) {
      world = new FakeWorld();
      expect(await beamwalk(command, "--help")).toBe(0);
      expect(world.results).toContain(`Example:\n  beamwalk ${command}`);
      expect(world.results).toContain("--json");
      expect(world.complaints).toBe("");
    }
  });

  test("tells its version", async () => {
    expect(await beamwalk("--version")).toBe(0);
    expect(world.results).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test("shows the commands when there is none, as bad input", async () => {
    expect(await beamwalk()).toBe(2);
    expect(world.complaints).toContain("Usage: beamwalk");
    expect(await beamwalk("plant")).toBe(2);
    expect(world.complaints).toContain("Did you mean plan?");
  });

  test("lists the bundled scenarios", async () => {
    expect(await beamwalk("scenarios", "--json")).toBe(0);
    expect(json().map(({ name }: { name: string }) => name)).toContain("dahouda-2023");
    world = new FakeWorld();
    await beamwalk("scenarios");
    expect(world.results).toMatch(/^starlink-catalogue +--elements +20000/m);
  });

  test("inspects an element file: what is accepted, what is not and why", async () => {
    expect(await beamwalk("inspect", tle, "--json")).toBe(0);
    expect(json()).toMatchObject({
      format: "tle",
      accepted: [{ id: "5", epoch: "2000-06-27T18:50:19.733Z", line: 1 }],
      rejected: [{ line: 3 }],
    });
    world = new FakeWorld();
    await beamwalk("inspect", tle);
    expect(world.results).toContain("tle: 1 accepted, 1 rejected");
  });

  test("propagates to the reference position", async () => {
    expect(await beamwalk("propagate", tle, "--id", "5", "--minutes", "0,360", "--json")).toBe(0);
    const [first, second] = json();
    // tcppver.out
    expect(first.positionKm[0]).toBeCloseTo(7022.46529266, 6);
    expect(first.velocityKmS[2]).toBeCloseTo(4.53480725, 8);
    expect(second).toMatchObject({ id: "5", minutes: 360 });
    expect(second.positionKm[0]).toBeCloseTo(-7154.03120202, 6);
    world = new FakeWorld();
    await beamwalk("propagate", tle, "--minutes", "0", "--frame", "geodetic");
    expect(world.results).toMatch(/^id +minutes +latitudeDeg +longitudeDeg +altitudeKm$/m);
  });

  test("wants numbers, frames and one way to give the instants", async () => {
    expect(await beamwalk("propagate", tle, "--minutes", "0,x", "--frame", "moon")).toBe(2);
    expect(world.complaints).toMatch(/--frame: "moon" is not known\. Use one of teme, ecef, geodetic\./);
    expect(world.complaints).toContain('--minutes: "0,x" is not a list of numbers.');
    expect(await beamwalk("propagate", tle)).toBe(2);
    expect(await beamwalk("inspect", join(folder, "gone.tle"))).toBe(2);
  });

  test("refuses an element file without one usable record", async () => {
    const empty = join(folder, "empty.tle");
    writeFileSync(empty, "1 00006U too short\n");
    expect(await beamwalk("inspect", empty)).toBe(2);
    expect(world.results).toContain("0 accepted");
  });

  test("lists runs, and says how to begin when there are none", async () => {
    expect(await beamwalk("runs")).toBe(0);
    expect(world.results).toContain("beamwalk plan dahouda-2023");
    world = new FakeWorld();
    const record = {
      run: "small-1",
      scenario: "small",
      status: "interrupted",
      stepsDone: 5,
      stepsTotal: 61,
    } as const;
    world.records = [{ ...record, ues: 100, seed: 3, createdMs: Date.UTC(2026, 0, 2, 3, 4, 5) }];
    await beamwalk("runs");
    expect(world.results).toMatch(/small-1 +small +interrupted +5\/61 +100 +3 +2026-01-02T03:04:05Z/);
  });

  test("tells all that is wrong with an export at once", async () => {
    expect(await beamwalk("export", "small-1", "--table", "ue", "--format", "xls")).toBe(2);
    const fields = world.complaints
      .trimEnd()
      .split("\n")
      .map((line) => line.split(":")[0]);
    expect(fields).toEqual(["--table", "--format", "--output"]);
  });

  test("refuses a port that is none", async () => {
    expect(await beamwalk("serve", "--port", "70000")).toBe(2);
    expect(world.complaints).toContain('--port: "70000" is not a whole number from 0 to 65535.');
  });
});

test.each([
  [0.2, "1 s"],
  [59, "59 s"],
  [61, "1 min 1 s"],
  [3725, "1 h 2 min"],
])("%d s are shown as %s", (seconds, text) => expect(duration(seconds)).toBe(text));
