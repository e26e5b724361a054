import { describe, expect, it } from "vitest";
import { slantGasDb, zenithVapourDb } from "../../src/main/link/gas-path.ts";
import { oxygenDbPerKm, vapourDbPerKm } from "../../src/main/link/gases.ts";
import { cloudCoefficient } from "../../src/main/link/cloud.ts";
import { crossPolarDiscriminationDb } from "../../src/main/link/polarisation.ts";
import { rainCoefficients, rainDb, rainDbPerKm } from "../../src/main/link/rain.ts";
import { troposphericScintillationDb } from "../../src/main/link/scintillation.ts";
import { DEG } from "../../src/main/math/constants.ts";
import { hasReference, referenceNote, referenceText } from "../builders/reference.ts";

/** Rows of the validation spreadsheets of ITU-R SG3; two header rows. */
const rows = (file: string) =>
  referenceText(`itu/${file}.csv`)
    .trim()
    .split(/\r?\n/)
    .slice(2)
    .map((line) => line.split(",").map(Number));

/** Largest relative error; a NaN is one. */
function worst(pairs: [ours: number, published: number][]): number {
  expect(pairs.length).toBeGreaterThan(0);
  return Math.max(
    ...pairs.map(([ours, published]) => Math.abs(ours / published - 1)).map((e) => (e >= 0 ? e : 1)),
  );
}

describe.skipIf(!hasReference)(`all validation rows of ITU-R SG3, to 1e-5${referenceNote}`, () => {
  const airOf = (row: number[]) => ({ pressureHpa: row[1], temperatureK: row[2], vapourGM3: row[3] });

  it("P.676-13 specific attenuation, 1 … 350 GHz", () => {
    const gamma = rows("ITURP676-13_gamma");
    expect(worst(gamma.map((r) => [oxygenDbPerKm(r[0] * 1e9, airOf(r)), r[4]]))).toBeLessThan(1e-12);
    expect(worst(gamma.map((r) => [vapourDbPerKm(r[0] * 1e9, airOf(r)), r[5]]))).toBeLessThan(1e-12);
  });

  it("P.676-12 specific attenuation: the same lines, printed to fewer digits", () => {
    const gamma = rows("ITURP676-12_gamma");
    for (const r of gamma) {
      // 5.09E-05 has three digits: half of the last one counts too
      expect(Math.abs(oxygenDbPerKm(r[0] * 1e9, airOf(r)) - r[4])).toBeLessThan(1e-5 * r[4] + 5e-9);
      expect(Math.abs(vapourDbPerKm(r[0] * 1e9, airOf(r)) - r[5])).toBeLessThan(1e-5 * r[5] + 5e-9);
    }
  });

  it("P.676-12 zenith and slant path", () => {
    const zenith = rows("ITURP676-12_zenith_attenuation");
    expect(worst(zenith.map((r) => [zenithVapourDb(r[3] * 1e9, r[4], r[5] * 1000), r[6]]))).toBeLessThan(
      1e-5,
    );
    const slant = rows("ITURP676-12_A_gas").map((r): [number, number] => {
      const air = { pressureHpa: r[4], temperatureK: r[3], vapourGM3: r[2] };
      return [slantGasDb(r[1] * 1e9, r[0] * DEG, air, r[5], r[6] * 1000), r[7]];
    });
    expect(worst(slant)).toBeLessThan(1e-5);
  });

  it("P.838-3 coefficients and specific attenuation", () => {
    const rain = rows("ITURP838-3_rain_specific_attenuation");
    const k = rain.map((r) => rainCoefficients(r[1] * 1e9, r[0] * DEG, r[3] * DEG));
    expect(worst(k.map((c, i) => [c.k, rain[i][4]]))).toBeLessThan(1e-5);
    expect(worst(k.map((c, i) => [c.alpha, rain[i][5]]))).toBeLessThan(1e-5);
    const gamma = rain.map((r): [number, number] => [
      rainDbPerKm(r[1] * 1e9, r[0] * DEG, r[3] * DEG, r[2]),
      r[6],
    ]);
    expect(worst(gamma)).toBeLessThan(1e-5);
  });

  it("P.618-13 rain attenuation, given R0.01 and the length below the rain height", () => {
    const rain = rows("ITURP618-13_A_rain").map((r): [number, number] => {
      const stationHeightM = r[2] * 1000;
      const path = {
        frequencyHz: r[3] * 1e9,
        elevation: r[4] * DEG,
        tilt: r[5] * DEG,
        latitude: r[0] * DEG,
        stationHeightM,
        rainHeightM: stationHeightM + r[9] * 1000 * Math.sin(r[4] * DEG),
        rate001MmH: r[8],
      };
      return [rainDb(path, r[6]), r[14]];
    });
    expect(worst(rain)).toBeLessThan(1e-5);
  });

  it("P.618-13 scintillation, given the wet refractivity", () => {
    // the rows that carry 29 GHz for their rain hold the scintillation of 20 GHz
    const fades = rows("ITURP618-13_A_sci").map((r): [number, number] => {
      const path = {
        frequencyHz: (r[3] === 29 ? 20 : r[3]) * 1e9,
        elevation: r[4] * DEG,
        antennaDiameterM: r[10],
        antennaEfficiency: r[11],
        wetRefractivity: r[13],
      };
      return [troposphericScintillationDb(path, r[12]), r[16]];
    });
    expect(worst(fades)).toBeLessThan(1e-5);
  });

  it("P.618-13 cross-polarisation discrimination, ice included", () => {
    const xpd = rows("ITURP618-13_A_xpd").map((r): [number, number] => [
      crossPolarDiscriminationDb(r[1] * 1e9, r[2] * DEG, r[3] * DEG, r[4], r[0]),
      r[5],
    ]);
    expect(worst(xpd)).toBeLessThan(1e-5);
  });

  it("P.840-8 cloud: the ratio of two frequencies at one place and time needs no columnar content", () => {
    const cloud = rows("ITURP840-8_cloud_attenuation");
    const pairs = cloud
      .filter((r) => r[2] === 14.25)
      .flatMap((low): [number, number][] => {
        const high = cloud.find((r) => r[2] === 29 && [0, 1, 3, 4].every((c) => r[c] === low[c]));
        const ours = cloudCoefficient(29e9, 273.15) / cloudCoefficient(14.25e9, 273.15);
        return high ? [[ours, high[5] / low[5]]] : [];
      });
    expect(worst(pairs)).toBeLessThan(1e-5);
  });
});
