import { describe, expect, it } from "vitest";
import {
  EDGE_X,
  FIRST_NULL_X,
  apertureWaveNumber,
  beamwidth,
  gainTable,
  lookUp,
  relativeGainDb,
} from "../../../src/main/beam/pattern.ts";
import { besselJ1 } from "../../../src/main/math/bessel.ts";
import { DEG } from "../../../src/main/math/constants.ts";

describe("Bessel function J1", () => {
  // Abramowitz & Stegun, Table 9.1 (10 digits) and its zeros in Table 9.5
  it.each([
    [0, 0],
    [1, 0.440_050_585_7],
    [2, 0.576_724_807_8],
    [5, -0.327_579_137_6],
    [10, 0.043_472_746_2],
  ])("agrees with the printed table at %d", (x, value) => expect(besselJ1(x)).toBeCloseTo(value, 10));

  it("is zero at its printed zeros", () => {
    for (const zero of [3.831_705_970_2, 7.015_586_669_8, 10.173_468_135_1])
      expect(Math.abs(besselJ1(zero))).toBeLessThan(1e-10);
  });
});

describe("antenna pattern", () => {
  // TR 38.821 Tables 6.1.1.1-1 and -2: equivalent aperture [m], frequency [GHz] → 3 dB beamwidth [deg], printed to 4 digits
  it.each([
    [22, 2, 0.4011],
    [2, 2, 4.4127],
    [5, 20, 0.1765],
    [0.5, 20, 1.7647],
    [12, 2, 0.7353],
    [1, 2, 8.832],
    [2, 20, 0.4412],
    [0.2, 20, 4.4127],
  ])(
    "gives the beamwidth of a %d m aperture at %d GHz that TR 38.821 prints",
    (diameter, gigahertz, degrees) => {
      expect(beamwidth(gigahertz * 1e9, diameter / 2) / DEG).toBeCloseTo(degrees, 4);
    },
  );

  // ns-3 circular-aperture test (references from MATLAB): a = 0.10707 m at 28 GHz. The radius is printed to five
  // digits, which moves a point near a null by some 0.01 dB
  it.each([
    [10, -30.5363],
    [20, -36.3048],
    [30, -43.9686],
    [40, -44.6437],
    [70, -49.1656],
    [80, -49.8022],
  ])("agrees with ns-3 at %d°", (degrees, db) => {
    expect(relativeGainDb(apertureWaveNumber(28e9, 0.10707) * Math.sin(degrees * DEG))).toBeCloseTo(db, 1);
  });

  // REFERENCE [derived] for a radius of 1 m at 2 GHz
  it.each([
    [0.5, -0.1457],
    [1, -0.5877],
    [2, -2.4374],
    [3, -5.8885],
    [4, -12.0082],
    [5, -27.9405],
    [6, -20.9113],
    [10, -33.5279],
    [30, -35.8083],
  ])("agrees with the independent script at %d°", (degrees, db) => {
    expect(relativeGainDb(apertureWaveNumber(2e9, 1) * Math.sin(degrees * DEG))).toBeCloseTo(db, 3);
  });

  it("is at −3.000 dB at the edge, and never above the peak", () => {
    expect(relativeGainDb(EDGE_X)).toBeCloseTo(-3, 12);
    for (let x = 0; x < 60; x += 0.013) expect(relativeGainDb(x)).toBeLessThanOrEqual(0);
  });

  it("is tabulated to within 1e-4 dB inside the main lobe's −20 dB, in dB and linear", () => {
    const table = gainTable();
    for (let x = 0; x < 0.86 * FIRST_NULL_X; x += 0.000_77) {
      expect(Math.abs(lookUp(table.db, x) - relativeGainDb(x))).toBeLessThan(1e-4);
      expect(Math.abs(10 * Math.log10(lookUp(table.linear, x)) - relativeGainDb(x))).toBeLessThan(1e-3);
    }
  });
});
