import { s1528GainDb } from "../beam/patterns.ts";
import { freeSpaceLossDb, gOverT, slantRange } from "../link/budget.ts";
import { type Building, buildingEntryLossDb } from "../link/building.ts";
import { cloudDb } from "../link/cloud.ts";
import { slantGasDb, zenithVapourDb } from "../link/gas-path.ts";
import { slantGasLossDb, zenithGasLossDb } from "../link/gas.ts";
import { type Air, oxygenDbPerKm, vapourDbPerKm } from "../link/gases.ts";
import { crossPolarDiscriminationDb } from "../link/polarisation.ts";
import { rainCoefficients, rainDb, rainDbPerKm } from "../link/rain.ts";
import {
  ionosphericScintillationDb,
  tabulatedScintillationDb,
  troposphericScintillationDb,
} from "../link/scintillation.ts";
import {
  type Band,
  clutterLossDb,
  lineOfSightProbability,
  shadowSigmaDb,
  type Surroundings,
} from "../link/surroundings.ts";
import { DEG } from "../math/constants.ts";
import { caseAsk, studyCase } from "./link-cases.ts";
import { type Direction, linkWaterfall, REPORT_EARTH_RADIUS } from "./link.ts";
import { type Formula, type Inputs, num, word } from "./reference-table.ts";

const hertz = (i: Inputs) => num(i, "frequencyGhz") * 1e9;
const elevation = (i: Inputs) => num(i, "elevationDeg") * DEG;
const tilt = (i: Inputs) => num(i, "tiltDeg") * DEG;
const air = (i: Inputs): Air => ({
  pressureHpa: num(i, "pressureHpa"),
  temperatureK: num(i, "temperatureK"),
  vapourGM3: num(i, "vapourGM3"),
});
const surroundings = (i: Inputs) => word(i, "surroundings") as Surroundings;

/** The height up to which it rains from the length of the path below it, as the validation rows give it. */
function rainPath(i: Inputs) {
  const stationHeightM = num(i, "stationHeightKm") * 1000;
  return {
    frequencyHz: hertz(i),
    elevation: elevation(i),
    tilt: tilt(i),
    latitude: num(i, "latitudeDeg") * DEG,
    stationHeightM,
    rainHeightM: stationHeightM + num(i, "slantLengthKm") * 1000 * Math.sin(elevation(i)),
    rate001MmH: num(i, "rate001MmH"),
  };
}

/** σ or clutter loss of the column, e.g. "Ka NLOS sigma", "S clutter". */
function surroundingsColumn(i: Inputs): number {
  const [band, ...what] = word(i, "column").split(" ");
  const key = band.toLowerCase() as Band;
  if (what[0] === "clutter") return clutterLossDb(surroundings(i), key, elevation(i));
  return shadowSigmaDb(surroundings(i), key, what[0] === "LOS", elevation(i));
}

/** The term of a study case's budget that the column names. */
function caseTerm(i: Inputs): number {
  const terms = linkWaterfall(caseAsk(studyCase(word(i, "case")), word(i, "direction") as Direction));
  const found = terms.find(({ name }) => name === word(i, "column"));
  if (!found) throw new Error(`no term ${word(i, "column")}`);
  return found.value;
}

function scintillationDb(i: Inputs): number {
  const path = {
    frequencyHz: hertz(i),
    elevation: elevation(i),
    antennaDiameterM: num(i, "antennaDiameterM"),
    antennaEfficiency: num(i, "antennaEfficiency"),
    wetRefractivity: num(i, "wetRefractivity"),
  };
  return troposphericScintillationDb(path, num(i, "exceedancePercent"));
}

/** Free-space loss, gas and scintillation as a study budget has them: what ns-3 calls the loss of a path in line of sight. */
function pathGainDb(i: Inputs): number {
  const terms = linkWaterfall({
    direction: "down",
    altitudeKm: num(i, "altitudeKm"),
    elevationDeg: num(i, "elevationDeg"),
    frequencyGhz: num(i, "frequencyGhz"),
    bandwidthMhz: 1,
    eirpDbw: 0,
    gOverTDbPerK: 0,
    gasDb: "gasDb" in i ? num(i, "gasDb") : undefined,
  });
  return -terms.find(({ name }) => name === "pathLossDb")!.value;
}

/** Off-axis angle in half beamwidths of 1°, so that the back begins at 90. */
const s1528Db = (i: Inputs) => {
  const degrees = num(i, "offAxisDeg");
  return s1528GainDb(num(i, "nearSidelobeDb"), degrees, num(i, "peakDbi"), degrees > 90);
};

export const linkFormulas: Record<string, Formula> = {
  freeSpaceLossDb: (i) =>
    freeSpaceLossDb(hertz(i), slantRange(REPORT_EARTH_RADIUS, num(i, "altitudeKm") * 1000, elevation(i))),
  zenithGasDb: (i) => zenithGasLossDb(hertz(i)),
  tabulatedGasDb: (i) => slantGasLossDb(zenithGasLossDb(hertz(i)), elevation(i)),
  gasDbPerKm: (i) => (word(i, "column") === "oxygen" ? oxygenDbPerKm : vapourDbPerKm)(hertz(i), air(i)),
  zenithVapourDb: (i) => zenithVapourDb(hertz(i), num(i, "columnKgM2"), num(i, "stationHeightKm") * 1000),
  slantGasDb: (i) =>
    slantGasDb(hertz(i), elevation(i), air(i), num(i, "columnKgM2"), num(i, "stationHeightKm") * 1000),
  rainK: (i) => rainCoefficients(hertz(i), elevation(i), tilt(i)).k,
  rainAlpha: (i) => rainCoefficients(hertz(i), elevation(i), tilt(i)).alpha,
  rainDbPerKm: (i) => rainDbPerKm(hertz(i), elevation(i), tilt(i), num(i, "rateMmH")),
  rainDb: (i) => rainDb(rainPath(i), num(i, "exceedancePercent")),
  cloudDb: (i) => cloudDb(hertz(i), elevation(i), num(i, "reducedColumnKgM2")),
  scintillationDb,
  ionosphericScintillationDb: (i) => ionosphericScintillationDb(hertz(i)),
  tabulatedScintillationDb: (i) => tabulatedScintillationDb(elevation(i)),
  crossPolarDb: (i) =>
    crossPolarDiscriminationDb(
      hertz(i),
      elevation(i),
      tilt(i),
      num(i, "rainAttenuationDb"),
      num(i, "exceedancePercent"),
    ),
  lineOfSightPercent: (i) => 100 * lineOfSightProbability(surroundings(i), elevation(i)),
  surroundingsColumn,
  buildingEntryDb: (i) =>
    buildingEntryLossDb(
      word(i, "building") as Building,
      hertz(i),
      elevation(i),
      num(i, "probabilityPercent") / 100,
    ),
  gOverT: (i) => gOverT(num(i, "gainDbi"), num(i, "noiseFigureDb"), num(i, "antennaK")),
  caseTerm,
  eirpDbm: (i) => caseTerm({ ...i, column: "eirpDbw" }) + 30,
  pathGainDb,
  s1528Db,
};
