import { beforeAll, describe, expect, it } from "vitest";
import { loadBundled } from "../../../src/main/scenario/bundled.ts";
import { requireScenario } from "../../../src/main/scenario/check.ts";
import { compileMission } from "../../../src/main/scenario/compile.ts";
import { firstSite } from "../../../src/main/simulation/ground.ts";
import { openHandover, showHandover, type ShownRun } from "../../../src/main/studies/handover-show.ts";
import { ON_GROUND } from "../../../src/main/studies/cell-place.ts";
import { wholeRun } from "../../../src/main/studies/whole-run.ts";
import { BadInput } from "../../../src/shared/errors.ts";
import { handoverShownSchema, stayingSentence } from "../../../src/shared/handover.ts";
import { TRIGGERS } from "../../../src/shared/frame.ts";
import type { EventColumns } from "../../../src/shared/frame.ts";
import type { Scenario } from "../../../src/shared/scenario.ts";
import { sourceOf } from "../../builders/kept-run.ts";

/** A run as it is kept, without signalling. */
function kept(scenario: Scenario) {
  const mission = compileMission(requireScenario(JSON.stringify(scenario)), null);
  const whole = wholeRun(mission, null);
  const run = sourceOf(scenario, mission, whole, { outcome: new Uint8Array(0) });
  return { mission, run, events: whole.events };
}

/** A town with sites on the ground below a shell. */
let run: ShownRun;
let events: EventColumns;
let ground: number;

beforeAll(() => {
  const { scenario } = loadBundled("ground-and-sky");
  const town = kept({
    ...scenario,
    time: { ...scenario.time, durationS: 40, markS: 20 },
    users: { ...scenario.users, count: 60 },
  });
  ({ run, events } = town);
  ground = firstSite(town.mission);
});

const eventWhere = (is: (event: number) => boolean) => [...events.ue.keys()].find(is)!;
const isA3 = (event: number) => TRIGGERS[events.trigger[event]] === "A3";

describe("a handover opened", () => {
  it("tells what was heard, and no outcome where the run keeps no signalling", () => {
    const event = eventWhere(isA3);
    const shown = openHandover(run, "town", event);
    expect(handoverShownSchema.parse(JSON.parse(JSON.stringify(shown)))).toEqual(shown);
    expect(shown).toMatchObject({ outcome: null, startMs: null, messages: null, lines: null });
    const [source, target] = shown.candidates;
    expect([source.cell, target.cell]).toEqual([events.source[event], events.target[event]]);
    expect([source.role, target.role]).toEqual(["source", "target"]);
    expect(shown.staying.sinr[0].sinrDb).toBe(source.sinrDb);
  });

  it("has with its messages the same facts, and the outcome of the engine", () => {
    const event = eventWhere(isA3);
    const shown = showHandover(run, "town", event);
    const { outcome, startMs, endMs, downMs, upMs, lines, down, up, ...facts } = shown;
    expect(openHandover(run, "town", event)).toMatchObject(facts);
    expect(outcome).not.toBeNull();
    expect(lines!.length).toBeGreaterThan(0);
    expect(endMs!).toBeGreaterThanOrEqual(startMs!);
    expect(Math.min(downMs!, upMs!)).toBeGreaterThanOrEqual(0);
    for (const [spans, sum] of [
      [down!, downMs!],
      [up!, upMs!],
    ] as const)
      expect(spans.reduce((ms, { fromMs, toMs }) => ms + toMs - fromMs, 0)).toBeCloseTo(sum, 6);
    const command = lines!.find(({ what }) => what.startsWith("RRCReconfiguration (handover)"))!;
    expect([command.from, command.fromCell]).toEqual(["source", events.source[event]]);
  });

  it("names sites on the ground as such, with their offset in the condition", () => {
    const down = eventWhere((i) => isA3(i) && events.source[i] < ground && events.target[i] >= ground);
    const shown = openHandover(run, "town", down);
    expect(shown.candidates[1]).toMatchObject({ satellite: ON_GROUND, beam: events.target[down] - ground });
    expect(shown.candidates[0].satellite).not.toBe(ON_GROUND);
    expect(shown.condition).toMatch(
      /target −[\d.]+ dBm \+ cell offset 6 dB − hysteresis 2 dB > source −[\d.]+ dBm \+ offset/,
    );
    expect(shown.candidates[1].rangeKm).toBeLessThan(20);
  });

  it("never tells an outage that its own SINR contradicts", () => {
    const ends = new Set<string | null>();
    for (let event = 0; event < events.ue.length; event += 20) {
      if (TRIGGERS[events.trigger[event]] === "reselection") continue;
      const { staying } = openHandover(run, "town", event);
      const { outageAfterS, endedBy, qoutDb, sinr } = staying;
      ends.add(endedBy);
      const lasts = (afterS: number) => outageAfterS === null || afterS <= outageAfterS;
      for (const { sinrDb } of sinr.filter(({ afterS }) => lasts(afterS)))
        expect(sinrDb).toBeGreaterThanOrEqual(qoutDb);
      const next = sinr.find(({ afterS }) => !lasts(afterS));
      if (endedBy === "qout" && next) expect(next.sinrDb ?? -Infinity).toBeLessThan(qoutDb);
      if (endedBy === "qout" && outageAfterS! > 0) expect(next!.afterS - outageAfterS!).toBeLessThan(0.01);
    }
    expect(ends).toContain("qout");
    expect(ends).toContain(null);
  });

  it("refuses an event that the run does not have, and a reselection", () => {
    expect(() => openHandover(run, "town", events.ue.length)).toThrow(BadInput);
    const real = events.trigger;
    events.trigger = events.trigger.map(() => TRIGGERS.indexOf("reselection"));
    expect(() => openHandover(run, "town", 0)).toThrow(/reselection/);
    events.trigger = real;
  });
});

describe("a conditional handover opened", () => {
  const { scenario } = loadBundled("iridium-next");
  it("still tells the levels where the run does not happen again as it is kept", () => {
    const { run: other, events: changes } = by("d1");
    const event = [...changes.ue.keys()].find((i) => TRIGGERS[changes.trigger[i]] !== "reselection")!;
    changes.timeMs[event] += 1;
    const { condition, conditions } = openHandover(other, "sky", event);
    expect(condition).toMatch(/source −[\d.]+ dBm, target −[\d.]+ dBm; .* cannot be told/);
    expect(conditions).toEqual([]);
  });

  const by = (strategy: "a4" | "d1" | "t1" | "elevation") =>
    kept({
      ...scenario,
      time: { ...scenario.time, durationS: 40, markS: 20 },
      users: { ...scenario.users, count: 60 },
      handover: { ...scenario.handover, strategy },
    } as Scenario);

  it.each(["d1", "t1", "elevation"] as const)(
    "%s tells every condition with its numbers, the last of which decided at that instant",
    (strategy) => {
      const all = by(strategy);
      const conditional = [...all.events.ue.keys()].filter(
        (i) => TRIGGERS[all.events.trigger[i]] !== "reselection",
      );
      expect(conditional.length).toBeGreaterThan(10);
      for (const event of conditional.slice(0, 40)) {
        const { condition, conditions, timeS, trigger, candidates } = openHandover(all.run, "sky", event);
        expect(conditions).toHaveLength(2);
        const last = conditions.find(({ decided }) => decided)!;
        expect([last.event, last.fulfilledS]).toEqual([trigger, timeS]);
        for (const { inequality, fulfilledS, heldFromS, timeToTriggerMs } of conditions) {
          expect(condition).toContain(inequality);
          expect(fulfilledS).toBeLessThanOrEqual(timeS);
          expect(1000 * (fulfilledS - heldFromS)).toBeCloseTo(timeToTriggerMs ?? 0, 6);
        }
        expect(condition).toMatch(/ came last and decided$/);
        expect(candidates.filter(({ prepared }) => prepared).map(({ role }) => role)).toContain("target");
      }
    },
  );
});

describe("a feeder-link switch opened", () => {
  it("ends with the old gateway's link, whatever the SINR", () => {
    const { scenario } = loadBundled("europe-held");
    const held = kept({
      ...scenario,
      time: { ...scenario.time, durationS: 100, markS: 20 },
      users: {
        ...scenario.users,
        count: 150,
        placement: { kind: "box", southDeg: 44, northDeg: 50, westDeg: 0, eastDeg: 10 },
      },
    } as Scenario);
    const event = [...held.events.ue.keys()].find((i) => TRIGGERS[held.events.trigger[i]] === "feeder")!;
    const { condition, conditions, staying } = openHandover(held.run, "held", event);
    expect(condition).toMatch(/^the satellite goes over to another gateway/);
    expect(conditions).toEqual([]);
    expect(staying.endedBy).toBe("feeder");
    expect(stayingSentence(staying)).toBe("outage at once: the old gateway's link ends at this instant");
  });
});
