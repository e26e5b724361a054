import { describe, expect, it } from "vitest";
import { buildingEntryLossDb } from "../../../src/main/link/building.ts";
import { cloudCoefficient, cloudDb } from "../../../src/main/link/cloud.ts";
import { dryHeightKm, slantGasDb, zenithVapourDb } from "../../../src/main/link/gas-path.ts";
import { oxygenDbPerKm, vapourDbPerKm } from "../../../src/main/link/gases.ts";
import { rain001Db, rainCoefficients, rainDb, type RainPath } from "../../../src/main/link/rain.ts";
import { troposphericScintillationDb } from "../../../src/main/link/scintillation.ts";
import { DEG } from "../../../src/main/math/constants.ts";

const air = { pressureHpa: 1013.25, temperatureK: 288.15, vapourGM3: 7.5 };

describe("gases", () => {
  it("have no vapour attenuation in dry air, and the vapour widens the oxygen lines a little", () => {
    const dry = { ...air, vapourGM3: 0 };
    expect(vapourDbPerKm(22e9, dry)).toBe(0);
    const change = oxygenDbPerKm(55e9, air) / oxygenDbPerKm(55e9, dry);
    expect(change).toBeGreaterThan(1);
    expect(change).toBeLessThan(1.05);
  });

  it("peak at the water line of 22.235 GHz and in the oxygen complex of 60 GHz", () => {
    const vapour = (f: number) => vapourDbPerKm(f * 1e9, air);
    expect(vapour(22.235)).toBeGreaterThan(Math.max(vapour(20), vapour(25)));
    expect(oxygenDbPerKm(60e9, air)).toBeGreaterThan(10 * oxygenDbPerKm(50e9, air));
  });

  it("follow 1/sin(elevation) on a slant path, and their dry height is capped below 70 GHz", () => {
    const at = (elevation: number) => slantGasDb(20e9, elevation * DEG, air, 20, 0);
    expect(at(30) / at(90)).toBeCloseTo(2, 12);
    const e = (air.vapourGM3 * air.temperatureK) / 216.7;
    expect(dryHeightKm(60e9, air)).toBeCloseTo(10.7 * ((air.pressureHpa + e) / 1013.25) ** 0.3, 12);
  });

  it("take the station's height into account from 20 GHz on, up to 4 km", () => {
    expect(zenithVapourDb(14e9, 20, 3000)).toBe(zenithVapourDb(14e9, 20, 0));
    expect(zenithVapourDb(30e9, 20, 3000)).not.toBe(zenithVapourDb(30e9, 20, 0));
    expect(zenithVapourDb(30e9, 20, 9000)).toBe(zenithVapourDb(30e9, 20, 4000));
  });
});

const path: RainPath = {
  frequencyHz: 20e9,
  elevation: 40 * DEG,
  tilt: 45 * DEG,
  latitude: 45 * DEG,
  stationHeightM: 100,
  rainHeightM: 3000,
  rate001MmH: 30,
};

describe("rain", () => {
  it("is the mean of horizontal and vertical for circular polarisation on a level path", () => {
    const h = rainCoefficients(20e9, 0, 0);
    const v = rainCoefficients(20e9, 0, 90 * DEG);
    const circular = rainCoefficients(20e9, 0, 45 * DEG);
    expect(circular.k).toBeCloseTo((h.k + v.k) / 2, 14);
    expect(circular.alpha).toBeCloseTo((h.k * h.alpha + v.k * v.alpha) / (h.k + v.k), 14);
  });

  it("attenuates the more the rarer, the harder it rains and the higher the frequency", () => {
    const losses = [5, 1, 0.1, 0.01, 0.001].map((p) => rainDb(path, p));
    expect(losses).toEqual([...losses].sort((a, b) => a - b));
    expect(rainDb({ ...path, rate001MmH: 60 }, 0.01)).toBeGreaterThan(losses[3]);
    expect(rainDb({ ...path, frequencyHz: 30e9 }, 0.01)).toBeGreaterThan(losses[3]);
  });

  it("at 0.01 % is the reference attenuation but for the change of exponent, which is none there", () => {
    expect(rainDb(path, 0.01)).toBeCloseTo(rain001Db(path), 12);
  });

  it("is none above the rain and without rain", () => {
    expect(rainDb({ ...path, stationHeightM: 3500 }, 0.01)).toBe(0);
    expect(rainDb({ ...path, rate001MmH: 0 }, 0.01)).toBe(0);
  });

  it("goes over from the flat to the round layer at 5° without a step", () => {
    const below = rain001Db({ ...path, elevation: 4.999 * DEG });
    const above = rain001Db({ ...path, elevation: 5.001 * DEG });
    expect(Math.abs(below / above - 1)).toBeLessThan(0.03);
  });

  it("treats both hemispheres alike", () => {
    const south = { ...path, latitude: -20 * DEG };
    expect(rainDb(south, 0.1)).toBe(rainDb({ ...path, latitude: 20 * DEG }, 0.1));
  });
});

describe("cloud, scintillation and building entry", () => {
  it("cloud grows with the square of the frequency far below the relaxation of water, and with the content", () => {
    expect(cloudCoefficient(0.2e9, 273.15) / cloudCoefficient(0.1e9, 273.15)).toBeCloseTo(4, 2);
    expect(cloudDb(20e9, 30 * DEG, 2)).toBeCloseTo(2 * cloudDb(20e9, 30 * DEG, 1), 14);
    expect(cloudDb(20e9, 30 * DEG, 0)).toBe(0);
  });

  it("scintillation is averaged out by a wide antenna, and grows towards the horizon and with rarity", () => {
    const base = {
      frequencyHz: 20e9,
      elevation: 20 * DEG,
      antennaDiameterM: 0.6,
      antennaEfficiency: 0.6,
      wetRefractivity: 60,
    };
    const fade = troposphericScintillationDb(base, 1);
    expect(troposphericScintillationDb({ ...base, antennaDiameterM: 3 }, 1)).toBeLessThan(fade);
    expect(troposphericScintillationDb({ ...base, antennaDiameterM: 500 }, 1)).toBe(0);
    expect(troposphericScintillationDb({ ...base, elevation: 10 * DEG }, 1)).toBeGreaterThan(fade);
    expect(troposphericScintillationDb(base, 0.1)).toBeGreaterThan(fade);
  });

  it("building entry rises with the probability, and steep paths lose more in the median, either way", () => {
    const loss = (p: number, elevation = 0) => buildingEntryLossDb("traditional", 2e9, elevation, p);
    const losses = [0.001, 0.1, 0.5, 0.9, 0.999].map((p) => loss(p));
    expect(losses).toEqual([...losses].sort((a, b) => a - b));
    expect(loss(0.5, 60 * DEG)).toBeGreaterThan(loss(0.5));
    expect(loss(0.5, -60 * DEG)).toBe(loss(0.5, 60 * DEG));
  });
});
