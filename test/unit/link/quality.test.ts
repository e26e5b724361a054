import { describe, expect, it } from "vitest";
import { cnirDb } from "../../../src/main/link/interference.ts";
import { ebOverN0Db, quality, rsrqDb, sinrDb } from "../../../src/main/link/quality.ts";

describe("quality of a cell", () => {
  it("has an RSRQ of 1/12 alone and fully loaded, 1/24 with as much interference again", () => {
    expect(rsrqDb(3e-12, 0, 0)).toBeCloseTo(-10.7918, 4);
    expect(rsrqDb(3e-12, 3e-12, 0)).toBeCloseTo(-13.8021, 4);
    expect(rsrqDb(3e-12, 1e-12, 2e-12)).toBeCloseTo(-13.8021, 4);
  });

  it("has a better RSRQ at less load: 0 dB where one of twelve resource elements is in use", () => {
    expect(rsrqDb(1, 0, 0, 1 / 12)).toBeCloseTo(0, 12);
    expect(rsrqDb(1, 0, 0, 0.5)).toBeCloseTo(-7.7815, 4);
  });

  it("ties RSRQ to SINR: 12/RSRQ = load + 1/SINR", () => {
    for (const [wanted, interference, noise, load] of [
      [1e-11, 4e-12, 1e-13, 1],
      [1e-13, 4e-12, 1e-13, 0.3],
      [7e-10, 0, 1e-13, 0.8],
    ]) {
      const sinr = 10 ** (sinrDb(wanted, interference, noise) / 10);
      const rsrq = 10 ** (rsrqDb(wanted, interference, noise, load) / 10);
      expect(1 / (12 * rsrq)).toBeCloseTo(load + 1 / sinr, 9);
    }
  });

  it("falls below the lower end of the reported RSRQ range, −43 dB, only where SINR is about −32 dB", () => {
    // TS 38.133 §10.1.11.1: reported from −43 dB to 20 dB
    expect(rsrqDb(1, 10 ** 3.221, 0)).toBeLessThan(-43);
    expect(rsrqDb(1, 10 ** 3.219, 0)).toBeGreaterThan(-43);
  });

  it("gives all figures at once, consistent with C/(N+I) from the ratios in dB", () => {
    const all = quality(1e-10, 2e-12, 5e-13);
    expect(all.rsrpDbm).toBeCloseTo(-100, 12);
    expect(all.cnDb).toBeCloseTo(23.0103, 4);
    expect(all.ciDb).toBeCloseTo(16.9897, 4);
    expect(all.sinrDb).toBeCloseTo(cnirDb(all.cnDb, all.ciDb), 10);
    expect(all.rsrqDb).toBe(rsrqDb(1e-10, 2e-12, 5e-13));
  });

  it("has no end to C/I without interference, and SINR is C/N then", () => {
    const alone = quality(1e-10, 0, 5e-13);
    expect(alone.ciDb).toBe(Infinity);
    expect(alone.sinrDb).toBe(alone.cnDb);
  });

  it("spreads C/N0 over the bits: 80 dBHz at 10 Mbit/s leave 10 dB", () => {
    expect(ebOverN0Db(80, 10e6)).toBeCloseTo(10, 12);
  });
});
