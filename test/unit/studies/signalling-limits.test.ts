import { describe, expect, it } from "vitest";
import { FIELDS } from "../../../src/main/handover/asn1.ts";
import { OUTCOMES } from "../../../src/main/handover/procedure.ts";
import { explain, signalling } from "../../../src/main/handover/signalling.ts";
import { linkWindows } from "../../../src/main/simulation/link-windows.ts";
import { compileMission } from "../../../src/main/scenario/compile.ts";
import { scenarioJsonSchema } from "../../../src/main/scenario/schema-node.ts";
import { handoversOf } from "../../../src/main/studies/attempts.ts";
import { settingsOf } from "../../../src/main/studies/storm.ts";
import { QOUT_DB } from "../../../src/main/studies/strategies.ts";
import { wholeRun } from "../../../src/main/studies/whole-run.ts";
import type { Mission } from "../../../src/shared/mission.ts";
import type { ScenarioInput } from "../../../src/shared/scenario.ts";
import { attemptsOf, type AttemptRecord } from "../../builders/attempts.ts";
import { missionOf, rulesOf, trainOfSatellites } from "../../builders/mission.ts";
import { scenarioOf } from "../../builders/scenario.ts";

const cells = { nodeOf: Uint32Array.of(0, 0, 1), held: Uint32Array.of(0, 0, 0) };
const settings = (rules: ScenarioInput["signalling"]) =>
  settingsOf(compileMission(scenarioOf({ signalling: rules }), null), cells);
const carried = (records: Partial<AttemptRecord>[], rules: ScenarioInput["signalling"]) =>
  signalling(attemptsOf(records), settings(rules)).procedures;
const outcomes = (...from: Parameters<typeof carried>) =>
  [...carried(...from).outcome].map((outcome) => OUTCOMES[outcome]);

describe("timers and limits of a scenario", () => {
  it.each([
    ["t304Ms", "t304", 1000],
    ["t310Ms", "t310", 1000],
    ["n310", "n310", 1],
    ["t311Ms", "t311", 1000],
    ["t430S", "ntn-UlSyncValidityDuration", 1],
    ["occasionsInFrequency", "msg1-FDM", 1],
  ] as const)("%s has the values of TS 38.331's %s", (field, asn1, scale) => {
    const values = FIELDS[asn1].values.map((value) => (value / FIELDS[asn1].scale) * scale);
    const { anyOf } = scenarioJsonSchema.properties!.signalling.properties![field];
    expect(anyOf!.map((one) => one.const)).toEqual(values);
  });

  it("refuse whom a cell has no room for", () => {
    const many = Array.from({ length: 5 }, () => ({}));
    expect(outcomes(many, {})).not.toContain("refused");
    expect(outcomes(many, { cellCapacity: 3 }).filter((one) => one === "refused")).toHaveLength(2);
  });

  it("let a link fail the earlier, the shorter N310 and T310 are", () => {
    const lost: Partial<AttemptRecord> = {
      kind: 1,
      preparedMs: 10,
      timeMs: 9000,
      sourceUntilMs: 1000,
      targetFromMs: 60_000,
    };
    // the search finds nothing and ends with T311
    const after = (rules: ScenarioInput["signalling"]) =>
      carried([lost], { t311Ms: 1000, ...rules }).endMs[0] - 1000 - 1000;
    expect(after({ t310Ms: 50 })).toBeCloseTo(60, 6);
    expect(after({})).toBeCloseTo(1010, 6);
    expect(after({ n310: 20, t310Ms: 2000 })).toBeCloseTo(2200, 6);
    // a condition half a second after the loss finds its UE still waiting, or gone
    const soon = { ...lost, timeMs: 1500, targetFromMs: 0 };
    expect(outcomes([soon], {})).toEqual(["success"]);
    expect(outcomes([soon], { t310Ms: 200 })).toEqual(["radio-link-failure"]);
  });

  it("end the search for a cell at T311", () => {
    const away = { sourceUntilMs: 90, targetFromMs: 8000 };
    const [long, short] = [{ t311Ms: 10_000 }, { t311Ms: 1000 }].map((rules) => carried([away], rules));
    expect(long.endMs[0]).toBeGreaterThan(8000);
    expect(short.endMs[0]).toBeLessThan(3000);
  });

  it("give a message up at once that may not be sent again", () => {
    const many = Array.from({ length: 40 }, () => ({}));
    const narrow = { cpus: 1, queueLimit: 1 };
    expect(outcomes(many, { ...narrow, maxRetransmissions: 0 })).toContain("overload");
    expect(outcomes(many, { ...narrow, maxRetransmissions: 255 })).not.toContain("overload");
  });
});

describe("the lead of a conditional handover", () => {
  const attempts = (mission: Mission) => {
    const run = wholeRun(mission, null);
    const windows = linkWindows({ mission, ...run, firstUe: 0, qoutDb: QOUT_DB }, run.events);
    return handoversOf({ mission, ...run, windows, serving: run.atStart });
  };
  const mission = (leadMs: number) =>
    trainOfSatellites({
      userCount: 60,
      duration: 60,
      handover: rulesOf({ strategy: "d1" }),
      signalling: { ...missionOf().signalling, leadMs },
    });

  it("configures it that long before its condition, in the cell that the UE leaves", () => {
    const { attempts: found } = attempts(mission(7000));
    const leads = [...found.timeMs].map((ms, p) => ms - found.preparedMs[p]);
    expect(Math.max(...leads)).toBe(7000);
  });

  it("longer than T430 makes UEs read the target's SIB19", () => {
    const reads = (leadMs: number) => {
      const of = mission(leadMs);
      const handovers = attempts(of);
      const { attempts: found } = handovers;
      const oldest = [...found.timeMs.keys()].sort(
        (a, b) => found.timeMs[b] - found.preparedMs[b] - (found.timeMs[a] - found.preparedMs[a]),
      )[0];
      const { lines } = explain(found, settingsOf(of, handovers), oldest);
      return lines.some(({ what }) => what === "read SIB19 of the target");
    };
    expect(reads(2000)).toBe(false);
    expect(reads(40_000)).toBe(true);
  });
});
