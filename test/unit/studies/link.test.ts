import { describe, expect, it } from "vitest";
import { caseAsk, STUDY_CASES, studyCase } from "../../../src/main/studies/link-cases.ts";
import { type Effect, EFFECTS, type LinkAsk, linkWaterfall } from "../../../src/main/studies/link.ts";
import { SPEED_OF_LIGHT } from "../../../src/main/math/constants.ts";
import { BadInput } from "../../../src/shared/errors.ts";

const ask = (changes: Partial<LinkAsk> = {}): LinkAsk => ({
  direction: "down",
  altitudeKm: 600,
  elevationDeg: 30,
  frequencyGhz: 20,
  bandwidthMhz: 400,
  eirpDbw: 30,
  gOverTDbPerK: 15.9,
  ...changes,
});
const VSAT = { rxGainDbi: 39.7, noiseFigureDb: 1.2, antennaTemperatureK: 150 };
const values = (given: LinkAsk) =>
  Object.fromEntries(linkWaterfall(given).map(({ name, value }) => [name, value]));

describe("the waterfall", () => {
  it("ends with C/N, the sum of its signed terms", () => {
    const terms = linkWaterfall(ask({ shadowDb: 3, additionalDb: 1, clutter: "urban" }));
    expect(terms.at(-1)!.name).toBe("cnDb");
    const sum = terms.reduce(
      (s, t) => s + (t.enters === "plus" ? t.value : t.enters === "minus" ? -t.value : 0),
      0,
    );
    expect(terms.at(-1)!.value).toBeCloseTo(sum, 10);
  });

  it("agrees with a budget written out by hand", () => {
    const range = Math.sqrt((6371e3 * 0.5) ** 2 + 600e3 ** 2 + 2 * 600e3 * 6371e3) - 6371e3 * 0.5;
    const fspl = 32.45 + 20 * Math.log10(20) + 20 * Math.log10(range);
    const byHand = 30 + 15.9 + 228.6 - fspl - 0.25 / 0.5 - 0.3 - 10 * Math.log10(400e6);
    expect(values(ask()).cnDb).toBeCloseTo(byHand, 2);
  });

  it("gives the delay that TR 38.821 has at 10° from 600 km", () => {
    const low = values(ask({ elevationDeg: 10 }));
    expect(4 * low.oneWayDelayMs).toBeCloseTo(25.77, 2);
  });

  it("keeps each loss apart: a given one replaces ours, a zero switches it off", () => {
    expect(values(ask()).gasLossDb).toBeCloseTo(0.5, 12);
    expect(values(ask({ gasDb: 2 })).gasLossDb).toBe(2);
    const bare = values(ask({ gasDb: 0, scintillationDb: 0 }));
    expect(bare.pathLossDb).toBe(bare.freeSpaceLossDb);
    for (const [field, term] of [
      ["shadowDb", "shadowMarginDb"],
      ["polarisationDb", "polarisationLossDb"],
      ["additionalDb", "additionalLossDb"],
    ]) {
      const lossy = values(ask({ [field]: 1.5 }));
      expect(lossy[term]).toBe(1.5);
      expect(lossy.cnDb).toBeCloseTo(values(ask()).cnDb - 1.5, 10);
    }
  });

  it("works out rain, cloud, clutter and building entry when it gets what they need", () => {
    const rain = { rate001MmH: 30, rainHeightKm: 4, latitudeDeg: 45, exceedancePercent: 0.01 };
    const all = values(
      ask({ rain, cloudKgM2: 1, clutter: "urban", building: { kind: "traditional", probability: 0.5 } }),
    );
    expect(all.rainLossDb).toBeGreaterThan(5);
    expect(all.cloudLossDb).toBeGreaterThan(0.5);
    // Ka band, urban, 30°: TR 38.811 Table 6.6.2-2
    expect(all.clutterLossDb).toBe(37.5);
    expect(all.buildingEntryLossDb).toBeGreaterThan(15);
  });

  it("takes ionospheric scintillation below 6 GHz and tropospheric above", () => {
    expect(values(ask({ frequencyGhz: 2 })).scintillationLossDb).toBeCloseTo(2.2, 2);
    expect(values(ask()).scintillationLossDb).toBe(0.3);
  });

  it("gives C/(N+I) before C/N where interference is given", () => {
    const names = linkWaterfall(ask({ cirDb: 5 })).map(({ name }) => name);
    expect(names.slice(-3)).toEqual(["cirDb", "cnirDb", "cnDb"]);
    const both = values(ask({ cirDb: 5 }));
    expect(both.cnirDb).toBeCloseTo(-10 * Math.log10(10 ** (-both.cnDb / 10) + 10 ** -0.5), 10);
  });

  it("switches every loss off by its name, whatever else is given, and says so", () => {
    const rain = { rate001MmH: 30, rainHeightKm: 4, latitudeDeg: 45, exceedancePercent: 0.01 };
    const lossy = ask({
      shadowDb: 3,
      polarisationDb: 1,
      additionalDb: 2,
      rain,
      cloudKgM2: 1,
      clutter: "urban",
      building: { kind: "traditional", probability: 0.5 },
    });
    const losses = (without: readonly Effect[]) =>
      linkWaterfall({ ...lossy, without }).filter(({ enters, unit }) => enters === "minus" && unit === "dB");
    const [, ...all] = losses([]);
    expect(all.every(({ value, off }) => value > 0 && !off)).toBe(true);
    for (const effect of EFFECTS) {
      const [, ...rest] = losses([effect]);
      const off = rest.filter((term) => term.off);
      expect(off.map(({ value }) => value)).toEqual([0]);
      expect(off[0].name.toLowerCase()).toContain(effect);
      const others = rest.filter((term) => !term.off).map(({ value }) => value);
      expect(others).toEqual(all.filter(({ name }) => name !== off[0].name).map(({ value }) => value));
    }
    const [, ...none] = losses(EFFECTS);
    expect(none.every(({ value, off }) => value === 0 && off)).toBe(true);
  });

  it("has flux density and carrier power from an aperture: P = flux × gain × λ²/4π", () => {
    const got = values(ask({ rxGainDbi: 39.7 }));
    const aperture = 39.7 + 10 * Math.log10((SPEED_OF_LIGHT / 20e9) ** 2 / (4 * Math.PI));
    expect(got.carrierPowerDbw).toBeCloseTo(got.fluxDensityDbwPerM2 + aperture, 10);
    expect(got.fluxDensityDbwPerM2 - got.spectralFluxDensityDbwPerM2Hz).toBeCloseTo(86.0206, 4);
    expect(values(ask())).not.toHaveProperty("carrierPowerDbw");
  });

  it("takes EIRP density and the receiver's parts in place of EIRP and G/T", () => {
    const whole = values(ask({ eirpDbw: 4 + 10 * Math.log10(400), gOverTDbPerK: undefined, ...VSAT }));
    const parts = values(
      ask({ eirpDbw: undefined, eirpDensityDbwPerMhz: 4, gOverTDbPerK: undefined, ...VSAT }),
    );
    expect(parts).toEqual(whole);
    // TR 38.821 Table 6.1.3.3-1: 15.9 dB/K
    expect(parts.gOverTDbPerK).toBeCloseTo(15.857, 3);
  });

  it("has Eb/N0 of C/N where the data rate is as great as the bandwidth", () => {
    const got = values(ask({ dataRateMbps: 400 }));
    expect(got.ebOverN0Db).toBeCloseTo(got.cnDb, 10);
  });

  it("has RSRP, RSRQ and a data rate below Shannon's bound where the subcarrier spacing is known", () => {
    const got = values(ask({ ...VSAT, subcarrierSpacingKhz: 120, cirDb: 9 }));
    // 400 MHz of 120 kHz are 3333.3 resource elements
    expect(got.rsrpDbm).toBeCloseTo(got.carrierPowerDbw + 30 - 10 * Math.log10(400e6 / 120e3), 10);
    const sinr = 10 ** (got.cnirDb / 10);
    expect(got.rsrqDb).toBeCloseTo(-10 * Math.log10(12 * (1 + 1 / sinr)), 10);
    const bound = 400 * 0.82 * Math.log2(1 + sinr);
    expect(got.throughputMbps).toBeLessThan(bound);
    expect(got.throughputMbps).toBeGreaterThan(0.6 * bound);
    const near = values(ask({ ...VSAT, subcarrierSpacingKhz: 120, cirDb: 9, implementationMarginDb: 0 }));
    expect(near.throughputMbps).toBeGreaterThan(got.throughputMbps);
    expect(near.throughputMbps).toBeLessThanOrEqual(bound);
  });

  it("has no RSRP and RSRQ upwards, but the uplink's data rate", () => {
    const up = values(ask({ ...VSAT, subcarrierSpacingKhz: 120, direction: "up" }));
    expect(up).not.toHaveProperty("rsrpDbm");
    expect(up).not.toHaveProperty("rsrqDb");
    const down = values(ask({ ...VSAT, subcarrierSpacingKhz: 120 }));
    // overhead of FR2: 10 % upwards, 18 % downwards
    expect(up.throughputMbps / down.throughputMbps).toBeCloseTo(0.9 / 0.82, 12);
  });

  it("wants the parts of a receiver together", () => {
    const parts = { gOverTDbPerK: undefined, noiseFigureDb: 1.2 };
    expect(() => linkWaterfall(ask(parts))).toThrow(/rx-gain-dbi[^]*antenna-temperature-k/);
    expect(() => linkWaterfall(ask({ gOverTDbPerK: undefined }))).toThrow(/gt-dbk/);
    expect(() => linkWaterfall(ask({ eirpDbw: undefined }))).toThrow(/eirp-dbw/);
  });

  it("says everything that is wrong at once", () => {
    const wrong = ask({ altitudeKm: 5, elevationDeg: 91, bandwidthMhz: NaN, gasDb: -1 });
    try {
      linkWaterfall(wrong);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(BadInput);
      const fields = (error as BadInput).problems.map(({ field }) => field);
      expect(fields).toEqual(["--altitude-km", "--elevation-deg", "--bandwidth-mhz", "--gas-db"]);
    }
  });

  it("refuses rain beyond the range of ITU-R P.618", () => {
    const rain = { rate001MmH: 30, rainHeightKm: 4, latitudeDeg: 45, exceedancePercent: 0.01 };
    expect(() => linkWaterfall(ask({ frequencyGhz: 60, rain }))).toThrow(/55 GHz/);
    expect(() => linkWaterfall(ask({ frequencyGhz: 60, rain, without: ["rain"] }))).not.toThrow();
  });
});

describe("the study cases of TR 38.821", () => {
  it("are thirty, in the order of Table 6.1.1.1-9", () => {
    expect(STUDY_CASES.map(({ name }) => name)).toEqual(Array.from({ length: 30 }, (_, i) => `SC${i + 1}`));
    expect(studyCase("sc9")).toMatchObject({ orbit: "LEO-600", set: 1, band: "S", frequencyReuse: 1 });
    expect(studyCase("SC18")).toMatchObject({ orbit: "GEO", set: 2, band: "Ka", frequencyReuse: 2 });
    expect(studyCase("SC30")).toMatchObject({ orbit: "LEO-1200", set: 2, band: "S", frequencyReuse: 3 });
    expect(() => studyCase("SC31")).toThrow(BadInput);
  });

  it("keep C/N whatever the reuse: EIRP density and noise density do not change", () => {
    const cn = (name: string) => values(caseAsk(studyCase(name), "down")).cnDb;
    expect(cn("SC7")).toBeCloseTo(cn("SC6"), 10);
    expect(cn("SC8")).toBeCloseTo(cn("SC6"), 10);
  });

  it("lose 6 dB of C/N from Set-1 to Set-2 in a low orbit, as the payload loses 6 dB", () => {
    const cn = (name: string, direction: "down" | "up") => values(caseAsk(studyCase(name), direction)).cnDb;
    expect(cn("SC9", "down") - cn("SC24", "down")).toBeCloseTo(6, 10);
    expect(cn("SC9", "up") - cn("SC24", "up")).toBeCloseTo(6, 10);
    expect(cn("SC6", "up") - cn("SC21", "up")).toBeCloseTo(8, 10);
  });

  it("name both receivers: the terminal's downwards, the satellite's aperture upwards", () => {
    expect(caseAsk(studyCase("SC9"), "down")).toMatchObject({ rxGainDbi: 0, noiseFigureDb: 7 });
    expect(caseAsk(studyCase("SC9"), "up")).toMatchObject({ rxGainDbi: 30, gOverTDbPerK: 1.1 });
    expect(caseAsk(studyCase("SC16"), "up")).toMatchObject({ rxGainDbi: 50.5, gOverTDbPerK: 20 });
  });

  it("use 360 kHz for a handheld's uplink and 30 GHz for a VSAT's", () => {
    expect(caseAsk(studyCase("SC9"), "up")).toMatchObject({
      bandwidthMhz: 0.36,
      frequencyGhz: 2,
      eirpDbw: -7,
    });
    const vsat = caseAsk(studyCase("SC7"), "up");
    expect(vsat).toMatchObject({ frequencyGhz: 30, gOverTDbPerK: 13 });
    expect(vsat.eirpDbw).toBeCloseTo(46.2, 12);
    expect(vsat.bandwidthMhz).toBeCloseTo(400 / 3, 12);
  });
});
