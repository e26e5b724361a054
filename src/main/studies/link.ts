import { BadInput, type Problem } from "../../shared/errors.ts";
import { BOLTZMANN_DBW, DEG } from "../math/constants.ts";
import { toDb } from "../math/decibel.ts";
import { freeSpaceLossDb, slantRange } from "../link/budget.ts";
import { BUILDINGS, type Building, buildingEntryLossDb } from "../link/building.ts";
import { cloudDb } from "../link/cloud.ts";
import { slantGasLossDb, zenithGasLossDb } from "../link/gas.ts";
import { cnirDb } from "../link/interference.ts";
import { rainDb } from "../link/rain.ts";
import { ionosphericScintillationDb, tabulatedScintillationDb } from "../link/scintillation.ts";
import { bandOf, clutterLossDb, SURROUNDINGS, type Surroundings } from "../link/surroundings.ts";
import { oneWayDelay } from "./link-motion.ts";

export { BUILDINGS, SURROUNDINGS };

/** Radius of the Earth in the geometry of TR 38.811 and TR 38.821 [m]. */
export const REPORT_EARTH_RADIUS = 6_371_000;

export type Direction = "down" | "up";

/** What a budget needs, as the terminal takes it; losses that are absent are worked out or zero. */
export interface LinkAsk {
  direction: Direction;
  altitudeKm: number;
  elevationDeg: number;
  frequencyGhz: number;
  bandwidthMhz: number;
  eirpDbw: number;
  gOverTDbPerK: number;
  /** absent: the zenith curve of TR 38.811 over sin(elevation) */
  gasDb?: number;
  shadowDb?: number;
  /** absent: ionospheric below 6 GHz, else the tropospheric table of TR 38.811 */
  scintillationDb?: number;
  polarisationDb?: number;
  additionalDb?: number;
  rain?: { rate001MmH: number; rainHeightKm: number; latitudeDeg: number; exceedancePercent: number };
  /** columnar content of cloud water, reduced to 273.15 K */
  cloudKgM2?: number;
  /** without line of sight: the clutter around the UE */
  clutter?: Surroundings;
  building?: { kind: Building; probability: number };
  /** carrier to interference from other beams, for C/(N+I) */
  cirDb?: number;
}

/** One line of the waterfall. A loss stands as a positive number and is taken off. */
export interface LinkTerm {
  name: string;
  unit: string;
  value: number;
  /** how it enters C/N; `info` does not */
  enters: "plus" | "minus" | "info";
}

/**
 * A budget term by term, C/N last: EIRP − losses + G/T − k − 10·log10 B (TR 38.821 §6.1.3.1), spherical Earth.
 * With C/I also C/(N+I). Rain raises no noise temperature here.
 */
export function linkWaterfall(ask: LinkAsk): LinkTerm[] {
  checkAsk(ask);
  const orbit = { earthRadiusM: REPORT_EARTH_RADIUS, altitudeM: ask.altitudeKm * 1000 };
  const elevation = ask.elevationDeg * DEG;
  const range = slantRange(orbit.earthRadiusM, orbit.altitudeM, elevation);
  const losses = lossTerms(ask, range);
  const total = losses.reduce((sum, loss) => sum + loss.value, 0);
  const isotropic = ask.eirpDbw - total;
  const density = isotropic + ask.gOverTDbPerK - BOLTZMANN_DBW;
  const bandwidth = toDb(ask.bandwidthMhz * 1e6);
  return [
    info("slantRangeKm", "km", range / 1000),
    info("oneWayDelayMs", "ms", 1000 * oneWayDelay(orbit, elevation)),
    { name: "eirpDbw", unit: "dBW", value: ask.eirpDbw, enters: "plus" },
    ...losses,
    info("pathLossDb", "dB", total),
    info("receivedIsotropicPowerDbw", "dBW", isotropic),
    { name: "gOverTDbPerK", unit: "dB/K", value: ask.gOverTDbPerK, enters: "plus" },
    { name: "boltzmannDbwPerKHz", unit: "dBW/K/Hz", value: BOLTZMANN_DBW, enters: "minus" },
    info("cOverN0DbHz", "dBHz", density),
    { name: "bandwidthDbHz", unit: "dBHz", value: bandwidth, enters: "minus" },
    ...interferenceTerms(ask, density - bandwidth),
    info("cnDb", "dB", density - bandwidth),
  ];
}

const interferenceTerms = ({ cirDb }: LinkAsk, cnDb: number) =>
  cirDb === undefined ? [] : [info("cirDb", "dB", cirDb), info("cnirDb", "dB", cnirDb(cnDb, cirDb))];

const info = (name: string, unit: string, value: number): LinkTerm => ({ name, unit, value, enters: "info" });

function lossTerms(ask: LinkAsk, range: number): LinkTerm[] {
  const frequency = ask.frequencyGhz * 1e9;
  const elevation = ask.elevationDeg * DEG;
  const loss = (name: string, value: number): LinkTerm => ({ name, unit: "dB", value, enters: "minus" });
  return [
    loss("freeSpaceLossDb", freeSpaceLossDb(frequency, range)),
    loss("gasLossDb", ask.gasDb ?? slantGasLossDb(zenithGasLossDb(frequency), elevation)),
    loss("scintillationLossDb", ask.scintillationDb ?? scintillation(frequency, elevation)),
    loss("shadowMarginDb", ask.shadowDb ?? 0),
    loss("clutterLossDb", ask.clutter ? clutterLossDb(ask.clutter, bandOf(frequency), elevation) : 0),
    loss("rainLossDb", rain(ask, frequency, elevation)),
    loss("cloudLossDb", ask.cloudKgM2 ? cloudDb(frequency, elevation, ask.cloudKgM2) : 0),
    loss("buildingEntryLossDb", building(ask, frequency, elevation)),
    loss("polarisationLossDb", ask.polarisationDb ?? 0),
    loss("additionalLossDb", ask.additionalDb ?? 0),
  ];
}

/** TR 38.821 Table 6.1.3.2-1: ionospheric in the S band, tropospheric in the Ka band. */
const scintillation = (frequency: number, elevation: number) =>
  frequency < 6e9 ? ionosphericScintillationDb(frequency) : tabulatedScintillationDb(elevation);

function rain({ rain: given }: LinkAsk, frequency: number, elevation: number): number {
  if (!given) return 0;
  const path = {
    frequencyHz: frequency,
    elevation,
    tilt: 45 * DEG,
    latitude: given.latitudeDeg * DEG,
    stationHeightM: 0,
    rainHeightM: given.rainHeightKm * 1000,
    rate001MmH: given.rate001MmH,
  };
  return rainDb(path, given.exceedancePercent);
}

const building = ({ building: given }: LinkAsk, frequency: number, elevation: number) =>
  given ? buildingEntryLossDb(given.kind, frequency, elevation, given.probability) : 0;

/** Field, value, least, most, unit. */
type Range = readonly [field: string, value: number | undefined, min: number, max: number, unit: string];

function checkAsk(ask: LinkAsk) {
  const ranges: Range[] = [
    ["altitude-km", ask.altitudeKm, 100, 50_000, "km"],
    ["elevation-deg", ask.elevationDeg, 5, 90, "degrees"],
    ["frequency-ghz", ask.frequencyGhz, 0.5, 100, "GHz"],
    ["bandwidth-mhz", ask.bandwidthMhz, 0.001, 10_000, "MHz"],
    ["eirp-dbw", ask.eirpDbw, -100, 200, "dBW"],
    ["gt-dbk", ask.gOverTDbPerK, -100, 100, "dB/K"],
    ["gas-db", ask.gasDb, 0, 1000, "dB"],
    ["shadow-db", ask.shadowDb, -100, 100, "dB"],
    ["scintillation-db", ask.scintillationDb, 0, 100, "dB"],
    ["polarisation-db", ask.polarisationDb, 0, 100, "dB"],
    ["additional-db", ask.additionalDb, -100, 100, "dB"],
    ["cir-db", ask.cirDb, -100, 200, "dB"],
    ["rain-rate-mmh", ask.rain?.rate001MmH, 0, 300, "mm/h"],
    ["rain-height-km", ask.rain?.rainHeightKm, 0, 10, "km"],
    ["latitude-deg", ask.rain?.latitudeDeg, -90, 90, "degrees"],
    ["exceedance-percent", ask.rain?.exceedancePercent, 0.001, 5, "%"],
    ["cloud-kgm2", ask.cloudKgM2, 0, 20, "kg/m²"],
    ["entry-probability", ask.building?.probability, 1e-7, 1 - 1e-7, "(a probability)"],
  ];
  const problems = ranges.flatMap(([field, value, min, max, unit]): Problem[] => {
    if (value === undefined || (value >= min && value <= max)) return [];
    const reason = `${value} is not within ${min} … ${max} ${unit}`;
    return [{ field: `--${field}`, reason, remedy: `Give ${min} … ${max} ${unit}` }];
  });
  if (ask.rain && ask.frequencyGhz > 55)
    problems.push({
      field: "--rain-rate-mmh",
      reason: `ITU-R P.618 holds up to 55 GHz, not at ${ask.frequencyGhz} GHz`,
      remedy: "Leave the rain out or give a lower frequency",
    });
  if (problems.length > 0) throw new BadInput(problems);
}
