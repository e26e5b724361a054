import { describe, expect, it } from "vitest";
import { signallingSettings } from "../../../src/main/handover/attempts.ts";
import { COMMAND, MESSAGES, REPORT } from "../../../src/main/handover/messages.ts";
import { compileMission } from "../../../src/main/scenario/compile.ts";
import { checkScenario } from "../../../src/main/scenario/check.ts";
import { settingsOf } from "../../../src/main/studies/storm.ts";
import { MESSAGE_NAMES } from "../../../src/shared/storm.ts";
import { scenarioOf } from "../../builders/scenario.ts";

const handovers = { nodeOf: Uint32Array.of(0, 1, 1), held: Uint32Array.of(0, 5, 0) };

describe("what a scenario says of the signalling", () => {
  it("names the messages as the engine does", () => {
    expect(MESSAGE_NAMES).toEqual(MESSAGES.map(({ name }) => name));
  });

  it("is by default what the engine has by itself", () => {
    const mission = compileMission(scenarioOf(), null);
    const own = signallingSettings(mission.seed, handovers.nodeOf, { held: handovers.held, keepRows: false });
    expect(settingsOf(mission, handovers)).toEqual(own);
  });

  it("gives single messages another size and time, and the gNB and random access other figures", () => {
    const signalling = {
      cpus: 2,
      t304Ms: 1000,
      prachConfigurationIndex: 16,
      contentionPreambles: 10,
      messages: {
        "RRCReconfiguration (handover)": { bytes: 900 },
        MeasurementReport: { processingMs: 1.5 },
      },
    };
    const settings = settingsOf(compileMission(scenarioOf({ signalling }), null), handovers);
    expect(settings.messages.bytes[COMMAND]).toBe(900);
    expect(settings.messages.bytes[REPORT]).toBe(MESSAGES[REPORT].bytes);
    expect(settings.messages.serviceMs[REPORT]).toBe(1.5);
    expect(settings.processing).toEqual({ cpus: 2, queueLimit: 500 });
    expect(settings.t304Ms).toBe(1000);
    expect(settings.rach.contentionPreambles).toBe(10);
    // TS 38.211 Table 6.3.3.2-2, index 16: every frame, subframe 1
    expect(settings.rach.prach).toEqual({ x: 1, y: 0, subframes: [1] });
  });

  it("is refused with the field where a message is unknown or a timer has no such value", () => {
    const text = JSON.stringify({
      ...scenarioOf(),
      signalling: { t304Ms: 300, messages: { Greeting: { bytes: 1 } } },
    });
    const report = checkScenario(text);
    expect(report.problems.map(({ field }) => field).sort()).toEqual([
      "signalling.messages.Greeting",
      "signalling.t304Ms",
    ]);
  });
});
