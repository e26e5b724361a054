import { describe, expect, it } from "vitest";
import { caseAsk, STUDY_CASES, studyCase } from "../../../src/main/studies/link-cases.ts";
import { type LinkAsk, linkWaterfall } from "../../../src/main/studies/link.ts";
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
