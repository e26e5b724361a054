import { describe, expect, it } from "vitest";
import { DEG } from "../../src/main/math/constants.ts";
import { geodeticToEcef } from "../../src/main/math/wgs84.ts";
import { gmst, temeToEcef } from "../../src/main/orbit/frames.ts";
import { lookAngles } from "../../src/main/orbit/visibility.ts";

/** Unix milliseconds of a UT1 instant, as `gmst` takes UT1 for UTC. */
const ut1 = (utcMs: number, dut1S: number) => utcMs + dut1S * 1000;

describe("GMST of IAU 1982", () => {
  it("is Vallado's example 3-5 (1992-08-20 12:14 UT1) to the printed microdegree", () => {
    const angle = gmst(Date.UTC(1992, 7, 20, 12, 14)) / DEG;
    expect(Math.abs(angle - 152.578_787_81)).toBeLessThan(1e-7);
    expect(Math.abs(angle - 152.578_787_852)).toBeLessThan(5e-9);
  });

  it("is 312.8098943° at the instant of AIAA 2006-6753's example", () => {
    const instant = ut1(Date.UTC(2004, 3, 6, 7, 51, 28) + 386.009, -0.439_961);
    expect(Math.abs(gmst(instant) / DEG - 312.809_894_3)).toBeLessThan(1e-7);
  });
});

describe("TEME to Earth-fixed, the example of AIAA 2006-6753 as skyfield, astropy and SatelliteToolbox test it", () => {
  const instant = ut1(Date.UTC(2004, 3, 6, 7, 51, 28) + 386.009, -0.439_961);
  const teme = new Float64Array([
    5_094_180.1621, 6_127_644.6595, 6_380_344.5327, -4746.131_487, 785.818_041, 5531.931_288,
  ]);
  const pef = [-1_033_475.0312, 7_901_305.5856, 6_380_344.5327, -3225.632_747, -2872.442_511, 5531.931_288];
  const itrf = [-1_033_479.383, 7_901_295.2754, 6_380_356.5958];
  const out = new Float64Array(6);
  temeToEcef(out, 0, teme, 0, gmst(instant));

  it("has the printed position to 5 cm", () => {
    // GMST is printed to 1e-7°, which is 1.4 cm here
    for (let k = 0; k < 3; k++) expect(Math.abs(out[k] - pef[k])).toBeLessThan(0.05);
  });

  it("has the printed velocity to 0.1 mm/s", () => {
    for (let k = 3; k < 6; k++) expect(Math.abs(out[k] - pef[k])).toBeLessThan(1e-4);
  });

  it("is 16 m from the ITRF, the polar motion left out", () => {
    const distance = Math.hypot(out[0] - itrf[0], out[1] - itrf[1], out[2] - itrf[2]);
    expect(distance).toBeGreaterThan(10);
    expect(distance).toBeLessThan(20);
  });
});

describe("satellite.js transforms.json", () => {
  it("turns (6400, 0, 0) km by a GMST of 10 rad", () => {
    const out = new Float64Array(6);
    temeToEcef(out, 0, new Float64Array([6_400_000, 0, 0, 0, 0, 0]), 0, 10);
    expect(out[0]).toBeCloseTo(-5_370_057.786_089_295, 6);
    expect(out[1]).toBeCloseTo(3_481_735.109_691_967, 6);
    expect(out[2]).toBe(0);
  });

  it("has the look angles of its test vector", () => {
    // its observer is at 41 rad, −71 rad: beyond the pole, so that its "north" is our south
    const out = new Float64Array(6);
    geodeticToEcef(out, 0, 41, -71, 1000);
    lookAngles(out, 3, out[0], out[1], out[2], 4_000_000, 7_000_000, 3_000_000);
    expect(out[3]).toBeCloseTo(2.769_701_913_047_414 + Math.PI, 7);
    expect(out[4]).toBeCloseTo(0.205_015_203_611_011_7, 7);
    expect(out[5] / 1000).toBeCloseTo(4612.727_930_477_175_5, 3);
  });
});
