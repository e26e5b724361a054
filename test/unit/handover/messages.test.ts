import { describe, expect, it } from "vitest";
import * as m from "../../../src/main/handover/messages.ts";

describe("the messages", () => {
  it("go over the air where a UE takes part, over NG where the core does, over Xn otherwise", () => {
    for (const { from, to, interface: at } of m.MESSAGES) {
      const ends = [from, to];
      expect(at).toBe(ends.includes("ue") ? "Uu" : ends.includes("core") ? "NG" : "Xn");
      expect(from).not.toBe(to);
    }
  });

  it("have the numbers by which the machinery names them", () => {
    const named: [number, string][] = [
      [m.REPORT, "MeasurementReport"],
      [m.REQUEST, "HANDOVER REQUEST"],
      [m.ACKNOWLEDGE, "HANDOVER REQUEST ACKNOWLEDGE"],
      [m.REFUSAL, "HANDOVER PREPARATION FAILURE"],
      [m.COMMAND, "RRCReconfiguration (handover)"],
      [m.STATUS, "SN STATUS TRANSFER"],
      [m.PREAMBLE, "random-access preamble"],
      [m.RESPONSE, "random-access response"],
      [m.COMPLETE, "RRCReconfigurationComplete"],
      [m.SWITCH, "PATH SWITCH REQUEST"],
      [m.SWITCHED, "PATH SWITCH REQUEST ACKNOWLEDGE"],
      [m.RELEASE, "UE CONTEXT RELEASE"],
      [m.CONFIGURE, "RRCReconfiguration (conditional)"],
      [m.CONFIGURED, "RRCReconfigurationComplete (conditional)"],
      [m.SUCCESS, "HANDOVER SUCCESS"],
      [m.CANCEL, "HANDOVER CANCEL"],
      [m.AGAIN_REQUEST, "RRCReestablishmentRequest"],
      [m.RETRIEVE, "RETRIEVE UE CONTEXT REQUEST"],
      [m.RETRIEVED, "RETRIEVE UE CONTEXT RESPONSE"],
      [m.AGAIN, "RRCReestablishment"],
      [m.AGAIN_COMPLETE, "RRCReestablishmentComplete"],
    ];
    expect(named.length).toBe(m.MESSAGES.length);
    for (const [number, name] of named) expect(m.MESSAGES[number].name).toBe(name);
  });

  it("take the processing times of zbh888/LEOhandover where that has them", () => {
    const ms = Object.fromEntries(
      m.MESSAGES.filter((x) => x.source === "LEOhandover").map((x) => [x.name, x.serviceMs]),
    );
    expect(ms).toEqual({
      MeasurementReport: 0.35,
      "HANDOVER REQUEST": 0.3,
      "HANDOVER REQUEST ACKNOWLEDGE": 0.3,
      RRCReconfigurationComplete: 0.3,
      "RRCReconfigurationComplete (conditional)": 0.3,
      "PATH SWITCH REQUEST": 0.3,
      "PATH SWITCH REQUEST ACKNOWLEDGE": 0.15,
    });
  });
});
