import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { perform } from "../../../src/main/host/operations.ts";
import type { Services } from "../../../src/main/host/services.ts";
import { runTerminal } from "../../../src/main/host/terminal/terminal.ts";
import { requireScenario } from "../../../src/main/scenario/check.ts";
import { compileMission } from "../../../src/main/scenario/compile.ts";
import { RunReader } from "../../../src/main/store/reader.ts";
import { evaluateMission } from "../../../src/main/studies/campaign.ts";
import { MOVING } from "../../../src/main/studies/strategies.ts";
import { BadInput } from "../../../src/shared/errors.ts";
import type { HandoverShown } from "../../../src/shared/handover.ts";
import { scenarioOf } from "../../builders/scenario.ts";
import { World as Database } from "../../builders/world.ts";
import { FakeWorld } from "./fake-world.ts";

let folder: string;
let scenario: string;
let world: FakeWorld;
const run = (...args: string[]) => runTerminal(args, world);

const omit = (record: Record<string, unknown>, keys: string[]) =>
  Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "beamwalk-compare-"));
  scenario = join(folder, "small.json");
  const small = scenarioOf({
    users: { count: 60, placement: { kind: "cells", atS: 30 } },
    time: { durationS: 40, markS: 20 },
  });
  writeFileSync(scenario, JSON.stringify(small));
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => void (world = new FakeWorld()));

describe("beamwalk compare", () => {
  test("prints each strategy's figures with their confidence, and each seed's summary", async () => {
    expect(await run("compare", scenario, "--strategies", "a3,flattened", "--seeds", "2", "--json")).toBe(0);
    const { seeds, strategies } = JSON.parse(world.results);
    expect(seeds).toEqual([1, 2]);
    expect(strategies.map((s: { strategy: string }) => s.strategy)).toEqual(["a3", "flattened"]);
    const [a3, flat] = strategies;
    expect(a3.figures.handovers.mean).toBe((a3.bySeed[0].procedures + a3.bySeed[1].procedures) / 2);
    expect(flat.figures.handovers).toEqual(a3.figures.handovers);
    expect(a3.figures.handovers.ci95).toBeGreaterThan(0);
    expect(a3.bySeed.map(({ seed }: { seed: number }) => seed)).toEqual([1, 2]);
    expect(world.listensToInterrupts).toBe(false);
  });

  test("has its notes in the JSON: same handovers, study triggers, what flattened knows", async () => {
    const list = "d1,elevation,flattened,flattened-ready";
    expect(await run("compare", scenario, "--strategies", list, "--seeds", "1", "--json")).toBe(0);
    const { strategies, notes } = JSON.parse(world.results);
    expect(strategies.map((s: { trigger: string }) => s.trigger)).toEqual(["RRC", "study", "RRC", "RRC"]);
    const all = notes.join("\n");
    expect(all).toMatch(/^d1, elevation: the same, handover for handover/m);
    expect(all).toMatch(/^elevation: .*RRC has no such event/m);
    expect(all).toMatch(/^d1, elevation: signalling\.configurationLeadMs.* 2 s before/m);
    expect(all).toMatch(/flattened knows the links as they turn out.*flattened-ready.*forecast/);
  });

  test("prints a table for people, without kinds of failure that nobody had", async () => {
    expect(await run("compare", scenario, "--strategies", "a3,group", "--seeds", "2")).toBe(0);
    expect(world.results).toMatch(/handovers begun +[\d.]+ ± [\d.]+ +[\d.]+ ± [\d.]+/);
    expect(world.results).not.toContain("too early");
    expect(world.results).toMatch(/seeds with any handover +2 of 2 +2 of 2/);
    expect(world.results).toMatch(/of these successful +% +[\d.]+ \([\d.]+ … [\d.]+\)/);
    expect(world.results).toMatch(/lowest possible|peak of a cell/);
  });

  test("says all that is wrong at once", async () => {
    expect(await run("compare", scenario, "--strategies", "a3,luck", "--seeds", "0", "--json")).toBe(2);
    const { problems } = JSON.parse(world.complaints);
    expect(problems.map((p: { field: string }) => p.field)).toEqual(["--strategies", "--seeds"]);
  });
});

describe("beamwalk sweep", () => {
  test("marks the front and writes its picture", async () => {
    const picture = join(folder, "front.svg");
    const param = "handover.hysteresisDb=0:2:4";
    expect(await run("sweep", scenario, "--param", param, "-o", picture, "--json")).toBe(0);
    const { points } = JSON.parse(world.results);
    expect(points.map((p: { value: number }) => p.value)).toEqual([0, 2, 4]);
    expect(points.some((p: { pareto: boolean }) => p.pareto)).toBe(true);
    const counts = points.map((p: { figures: { handovers: { mean: number } } }) => p.figures.handovers.mean);
    expect(counts[0]).toBeGreaterThanOrEqual(counts[2]);
    expect(readFileSync(picture, "utf8")).toMatch(/^<svg /);
  });

  test("refuses what is no parameter", async () => {
    expect(await run("sweep", scenario, "--param", "hysteresis", "--json")).toBe(2);
    expect(world.complaints).toContain("--param");
  });
});

describe("the signalling of a planned run", () => {
  const planned = scenarioOf({
    users: { count: 1500, placement: { kind: "cells", atS: 20 } },
    time: { durationS: 40, markS: 20 },
    learning: { annEpochs: 2, svmRows: 100 },
  });

  test("is the same with one thread and with two, and one of its handovers can be opened", async () => {
    const database = new Database();
    try {
      const [one, two] = [await database.finish(planned, 1), await database.finish(planned, 2)];
      const reader = new RunReader(database.db);
      const [a, b] = [one, two].map(({ run: id }) => ({
        storm: reader.storm(id),
        procedures: reader.procedures(id),
      }));
      expect(b).toEqual(a);
      expect(two.summary.signalling).toEqual(one.summary.signalling);
      const names = ["a3", "group", "flattened", "flattened-ready"];
      expect(one.summary.signalling!.map(({ strategy }) => strategy)).toEqual(names);
      const [own] = one.summary.signalling!;
      // a comparison trains the same classifier and moves the same UEs
      const mission = compileMission(requireScenario(JSON.stringify(planned)), null);
      const moving = [...MOVING].filter((name) => names.includes(name));
      expect(await evaluateMission({ mission, moving }, null, () => {})).toEqual(one.summary.signalling);
      expect(own.procedures).toBe(one.summary.handovers.total);
      expect(own.procedures).toBeGreaterThan(50);

      world.openReader = async () => reader;
      expect(await run("handover", one.run, "--show", "7", "--json")).toBe(0);
      const shown = JSON.parse(world.results);
      const { downMs, upMs, outcome } = a.procedures;
      expect(shown.downMs).toBeCloseTo(downMs[7], 3);
      expect(shown.upMs).toBeCloseTo(upMs[7], 3);
      expect(shown.outcome).toBe("success");
      expect(outcome[7]).toBe(0);
      const line = (what: string) => shown.lines.findLast((l: { what: string }) => l.what.startsWith(what));
      const command = line("RRCReconfiguration (handover)");
      expect(line("RRCReconfigurationComplete").endMs - command.startMs).toBeCloseTo(shown.downMs, 6);
      expect(line("random-access response").endMs - command.startMs).toBeCloseTo(shown.upMs, 6);
      expect(shown.candidates.map((c: { role: string }) => c.role).slice(0, 2)).toEqual(["source", "target"]);
      const [source, target] = shown.candidates;
      expect(target.rsrpDbm).toBeGreaterThan(source.rsrpDbm);
      expect(shown.staying.sinr[0].sinrDb).toBeCloseTo(source.sinrDb, 9);

      expect(await run("handover", one.run, "--show", "7")).toBe(0);
      const times = /Interruption down: no user data from ([\d.]+) to ([\d.]+) ms = ([\d.]+) ms/;
      const [, from, to, sum] = times.exec(world.results)!.map(Number);
      expect(to - from).toBeCloseTo(sum, 2);
      expect(sum).toBeCloseTo(shown.downMs, 3);
      expect(world.results).toContain("Decided: A3-1: target −");
      expect(world.results).toContain(`source ${shown.source} → UE`);

      const services = { reader } as unknown as Services;
      const opened = perform(services, "runs.handover", { run: one.run, event: 7 }) as HandoverShown;
      const { outcome: kept, startMs, endMs, lines, down, up, ...more } = opened;
      expect([lines, down, up]).toEqual([null, null, null]);
      expect({ outcome: kept, startMs, endMs }).toEqual({
        outcome: shown.outcome,
        startMs: shown.startMs,
        endMs: shown.endMs,
      });
      expect(more).toEqual({
        ...omit(shown, ["outcome", "startMs", "endMs", "lines", "down", "up"]),
        downMs: downMs[7],
        upMs: upMs[7],
      });
      expect(opened.messages).toBe(a.procedures.messages[7]);
      expect(() => perform(services, "runs.handover", { run: one.run, event: 1e9 })).toThrow(BadInput);

      const [curves, again] = [one, two].map(({ run: id }) => reader.strategyCurves(id));
      expect(again).toEqual(curves);
      const seconds = curves.messages.length / curves.cell.length;
      two.summary.signalling!.forEach((summary, strategy) => {
        const row = [...curves.strategy.keys()].find(
          (i) => curves.strategy[i] === strategy && curves.cell[i] === summary.peakCell,
        )!;
        const at = row * seconds + summary.peakAtS;
        expect(curves.handoversOut[at] + curves.handoversIn[at], names[strategy]).toBe(summary.peakPerS);
      });
    } finally {
      await database.close();
    }
  });
});
