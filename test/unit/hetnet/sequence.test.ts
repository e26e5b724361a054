import { describe, expect, it } from "vitest";
import { DEFAULT_TIMING, handoverSequence } from "../../../src/main/hetnet/sequence.ts";

describe("the sequence of messages", () => {
  it("has every message begin where the one before ended, and its times add up", () => {
    for (const serving of ["cellular", "wifi", "satellite"] as const)
      for (const target of ["cellular", "wifi", "satellite"] as const) {
        const { messages, preparationS, interruptionS, totalS } = handoverSequence(
          DEFAULT_TIMING,
          serving,
          target,
        );
        messages.forEach(({ startS }, i) => expect(startS).toBe(i === 0 ? 0 : messages[i - 1].endS));
        const sum = messages.reduce((total, { startS, endS }) => total + endS - startS, 0);
        expect(totalS).toBeCloseTo(sum, 12);
        expect(preparationS + interruptionS + DEFAULT_TIMING.wireS).toBeCloseTo(totalS, 12);
      }
  });

  it("is request, admission, acknowledge, reconfiguration, synchronisation, status transfer", () => {
    const names = handoverSequence(DEFAULT_TIMING, "cellular", "wifi").messages.map(({ name }) => name);
    expect(names.slice(5)).toEqual([
      "handover request",
      "admission control",
      "handover request acknowledge",
      "RRC reconfiguration",
      "reconfiguration processing",
      "synchronisation",
      "RRC reconfiguration complete",
      "status transfer",
    ]);
  });

  it("takes 36 ms to prepare and 71 ms of interruption between cells", () => {
    const { preparationS, interruptionS } = handoverSequence(DEFAULT_TIMING, "cellular", "cellular");
    // 4 + 5 + 1 + 2 + 5 + 5 + 5 + 5 + 4, then 10 + 57 + 4
    expect(preparationS).toBeCloseTo(0.036, 9);
    expect(interruptionS).toBeCloseTo(0.071, 9);
  });

  it("ends with a preparation failure where the target refuses, without interruption", () => {
    const refused = handoverSequence(DEFAULT_TIMING, "cellular", "wifi", { refused: true });
    expect(refused.messages.at(-1)).toMatchObject({
      name: "handover preparation failure",
      from: "target",
      to: "serving",
    });
    expect(refused.interruptionS).toBe(0);
  });

  it("has no preparation left when the UE was prepared", () => {
    const prepared = handoverSequence(DEFAULT_TIMING, "cellular", "cellular", { prepared: true });
    expect(prepared.preparationS).toBe(0);
    expect(prepared.messages[0].name).toBe("reconfiguration processing");
  });
});
