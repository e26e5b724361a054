import { describe, expect, it } from "vitest";
import {
  mcsEfficiency,
  modulationOrder,
  overheadShare,
  requiredSinrDb,
  spectralEfficiency,
  throughputBps,
} from "../../../src/main/link/modulation.ts";

const shannon = (sinrDb: number) => Math.log2(1 + 10 ** (sinrDb / 10));
const SINRS = Array.from({ length: 801 }, (_, i) => -20 + i * 0.0625);

describe("modulation and coding", () => {
  it("needs the SINR of Shannon's bound and the margin", () => {
    // MCS 28: 6·948/1024 = 5.5547 bit/s/Hz need 10·log10(2^5.5547 − 1) = 16.628 dB
    expect(requiredSinrDb(28, 0)).toBeCloseTo(16.6279, 4);
    expect(requiredSinrDb(28, 3.5) - requiredSinrDb(28, 0)).toBeCloseTo(3.5, 12);
    for (let mcs = 0; mcs <= 28; mcs++)
      expect(shannon(requiredSinrDb(mcs, 0))).toBeCloseTo(mcsEfficiency(mcs), 10);
  });

  it("takes the scheme of most bits whose SINR is met, as a search through all of them does", () => {
    for (const marginDb of [0, 2, 6])
      for (const sinr of SINRS) {
        let best = 0;
        for (let mcs = 0; mcs <= 28; mcs++)
          if (requiredSinrDb(mcs, marginDb) <= sinr) best = Math.max(best, mcsEfficiency(mcs));
        expect(spectralEfficiency(sinr, marginDb)).toBe(best);
      }
  });

  it("never carries less with a better SINR, and never more than Shannon's bound", () => {
    let before = 0;
    for (const sinr of SINRS) {
      const now = spectralEfficiency(sinr, 0);
      expect(now).toBeGreaterThanOrEqual(before);
      expect(now).toBeLessThanOrEqual(shannon(sinr) + 1e-12);
      before = now;
    }
    expect(before).toBe(mcsEfficiency(28));
  });

  it("prefers MCS 16 to MCS 17, which carries less, where both are met", () => {
    const between = (requiredSinrDb(17, 0) + requiredSinrDb(16, 0)) / 2;
    expect(throughputBps(between, 1e6, { marginDb: 0 }).mcs).toBe(17);
    expect(throughputBps(requiredSinrDb(16, 0) + 1e-9, 1e6, { marginDb: 0 }).mcs).toBe(16);
    expect([modulationOrder(16), modulationOrder(17)]).toEqual([4, 6]);
  });

  it("carries nothing below MCS 0, without signal or without a number", () => {
    for (const sinr of [requiredSinrDb(0) - 1e-9, -Infinity, NaN]) {
      expect(spectralEfficiency(sinr, 2)).toBe(0);
      expect(throughputBps(sinr, 1e6)).toEqual({ bps: 0, mcs: -1, spectralEfficiency: 0 });
    }
    expect(throughputBps(Infinity, 1e6).mcs).toBe(28);
  });

  it("turns efficiency into a rate over the bandwidth less the overhead", () => {
    const best = throughputBps(40, 30e6, { overhead: overheadShare(2e9, "down") });
    expect(best.bps).toBeCloseTo(30e6 * 5.5546875 * 0.86, 3);
    expect(throughputBps(40, 30e6).bps).toBeCloseTo(30e6 * 5.5546875, 3);
  });
});
