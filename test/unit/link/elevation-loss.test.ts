import { describe, expect, it } from "vitest";
import { elevationLossTable, elevationTermsDb } from "../../../src/main/link/elevation-loss.ts";
import { slantGasDb } from "../../../src/main/link/gas-path.ts";
import { DEG } from "../../../src/main/math/constants.ts";
import { busy } from "../../builders/busy.ts";
import type { ElevationModel } from "../../../src/shared/mission.ts";

const OFF: ElevationModel = {
  gas: "off",
  zenithGasDb: null,
  scintillation: "off",
  rain: null,
  cloudKgM2: 0,
  building: null,
};
const RAIN = { rate001MmH: 42, rainHeightM: 4800, latitude: 20 * DEG, exceedancePercent: 0.1 };
const BUILDING = { kind: "traditional", probability: 0.5 } as const;

const terms = (changes: Partial<ElevationModel>, frequencyHz: number, elevationDeg: number) =>
  elevationTermsDb({ ...OFF, ...changes }, frequencyHz, elevationDeg * DEG);

function fromTable({ perUnit, db }: { perUnit: number; db: Float64Array }, elevation: number): number {
  const place = Math.sin(elevation) * perUnit;
  const i = Math.floor(place);
  return db[i] + (db[i + 1] - db[i]) * (place - i);
}

/** Largest error of the table [dB] over elevations from 5° on; left out are 15°, 25°, …, where models jump. */
function worst(model: ElevationModel, frequencyHz: number, toDeg = 90): number {
  const table = elevationLossTable(model, frequencyHz);
  let error = 0;
  for (let deg = 5.001; deg <= toDeg; deg += 0.1373) {
    if (Math.abs(((deg + 5) % 10) - 5) > 4.9) continue;
    const own = elevationTermsDb(model, frequencyHz, deg * DEG);
    const exact = own.gas + own.scintillation + own.rain + own.cloud + own.building;
    error = Math.max(error, Math.abs(fromTable(table, deg * DEG) - exact));
  }
  return error;
}

describe("losses by the elevation", () => {
  it("are nothing when all is off, at every elevation", () => {
    const { db } = elevationLossTable(OFF, 20e9);
    expect(db.every((value) => value === 0)).toBe(true);
  });

  it("take the curve, a given zenith value or ITU-R P.676 over the sine of the elevation", () => {
    // TR 38.811 Fig. 6.6.4-1: 0.25 dB at 20 GHz
    expect(terms({ gas: "curve" }, 20e9, 30).gas).toBeCloseTo(0.5, 12);
    expect(terms({ gas: "curve", zenithGasDb: 0.4 }, 20e9, 30).gas).toBeCloseTo(0.8, 12);
    const air = { pressureHpa: 1003.27, temperatureK: 288.15, vapourGM3: 7.5 };
    expect(terms({ gas: "p676" }, 20e9, 30).gas).toBeCloseTo(slantGasDb(20e9, 30 * DEG, air, 15, 0), 10);
  });

  it("have the curve of TR 38.811 from ITU-R P.676 within 0.02 dB where its figure is read well", () => {
    for (const gigahertz of [2, 10, 20, 22, 30, 40]) {
      const [curve, p676] = (["curve", "p676"] as const).map(
        (gas) => terms({ gas }, gigahertz * 1e9, 90).gas,
      );
      expect(Math.abs(curve - p676), `${gigahertz} GHz`).toBeLessThan(0.02);
    }
  });

  it("scintillate in the ionosphere below 6 GHz, in the troposphere above", () => {
    expect(terms({ scintillation: "standard" }, 2e9, 30).scintillation).toBeCloseTo(2.2, 2);
    expect(terms({ scintillation: "standard" }, 20e9, 30).scintillation).toBe(0.3);
  });

  it("stand each for itself: a term does not move the others", () => {
    const all = terms(
      { gas: "curve", scintillation: "standard", rain: RAIN, cloudKgM2: 0.6, building: BUILDING },
      20e9,
      37,
    );
    expect(all).toEqual({
      gas: terms({ gas: "curve" }, 20e9, 37).gas,
      scintillation: terms({ scintillation: "standard" }, 20e9, 37).scintillation,
      rain: terms({ rain: RAIN }, 20e9, 37).rain,
      cloud: terms({ cloudKgM2: 0.6 }, 20e9, 37).cloud,
      building: terms({ building: BUILDING }, 20e9, 37).building,
    });
    for (const value of Object.values(all)) expect(value).toBeGreaterThan(0.1);
  });

  it("keep the value of 5° below it, down to the horizon", () => {
    const model: ElevationModel = { ...OFF, gas: "curve", rain: RAIN, cloudKgM2: 1, building: BUILDING };
    expect(elevationTermsDb(model, 20e9, 0)).toEqual(elevationTermsDb(model, 20e9, 5 * DEG));
    expect(elevationTermsDb(model, 20e9, -0.2)).toEqual(elevationTermsDb(model, 20e9, 5 * DEG));
    const table = elevationLossTable(model, 20e9);
    expect(fromTable(table, 0)).toBeCloseTo(fromTable(table, 5 * DEG), 2);
  });
});

describe("the table of the losses", () => {
  const choices = (["off", "curve", "p676"] as const).flatMap((gas) =>
    (["off", "standard"] as const).flatMap((scintillation) =>
      [null, RAIN].flatMap((rain) => [0, 0.8].map((cloudKgM2) => ({ gas, scintillation, rain, cloudKgM2 }))),
    ),
  );

  it.each(choices)(
    "is within 0.001 dB of the sum from 5° to 88°: gas $gas, scintillation $scintillation, rain $rain, cloud $cloudKgM2",
    (choice) => {
      for (const frequency of [2e9, 30e9])
        expect(worst({ ...OFF, ...choice }, frequency, 88)).toBeLessThan(1e-3);
    },
  );

  it("is within 0.001 dB indoors up to 88°, within 0.05 dB at the zenith", () => {
    for (const kind of ["traditional", "thermally-efficient"] as const) {
      const model = { ...OFF, gas: "curve", building: { kind, probability: 0.9 } } as const;
      expect(worst(model, 20e9, 88)).toBeLessThan(1e-3);
      expect(worst(model, 20e9)).toBeLessThan(0.05);
    }
  });

  it("is within 1 dB at the zenith in heavy rain, where the model bends, and exact at the zenith itself", () => {
    const model = { ...OFF, rain: RAIN };
    expect(worst(model, 30e9)).toBeLessThan(1);
    const { perUnit, db } = elevationLossTable(model, 30e9);
    expect(db[perUnit]).toBe(elevationTermsDb(model, 30e9, 90 * DEG).rain);
  });

  it("is within 0.02 dB of the slant loss where the air is opaque, at 60 GHz", () => {
    expect(worst({ ...OFF, gas: "curve" }, 60e9)).toBeLessThan(0.02);
  });

  it("ends with the zenith, beside a value that keeps interpolation at the zenith in the table", () => {
    const { perUnit, db } = elevationLossTable({ ...OFF, gas: "curve" }, 20e9);
    expect(db[perUnit]).toBe(0.25);
    expect(db).toHaveLength(perUnit + 2);
  });

  it("is filled in less than 300 ms with every term on", () => {
    const model: ElevationModel = {
      gas: "p676",
      zenithGasDb: null,
      scintillation: "standard",
      rain: RAIN,
      cloudKgM2: 1,
      building: BUILDING,
    };
    const start = performance.now();
    elevationLossTable(model, 30e9);
    expect(performance.now() - start).toBeLessThan(300 * busy());
  });
});
