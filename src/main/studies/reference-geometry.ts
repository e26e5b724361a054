import { apertureWaveNumber, beamwidth, relativeGainDb } from "../beam/pattern.ts";
import { slantRange } from "../link/budget.ts";
import { DEG } from "../math/constants.ts";
import { isoEpochMs } from "../math/time.ts";
import { geodeticToEcef } from "../math/wgs84.ts";
import { gmst, temeToEcef } from "../orbit/frames.ts";
import { sgp4Orbit } from "../orbit/sgp4.ts";
import { lookAngles } from "../orbit/visibility.ts";
import { REPORT_EARTH_RADIUS } from "./link.ts";
import { type Formula, type Inputs, num, word } from "./reference-table.ts";

const COMPONENTS = ["x", "y", "z", "vx", "vy", "vz"];
const component = (state: Float64Array, inputs: Inputs) =>
  state[COMPONENTS.indexOf(word(inputs, "column"))] / 1000;

/** One component [km, km/s] of an object of the verification set. */
function sgp4Component(inputs: Inputs): number {
  const source = {
    kind: "tle",
    id: "",
    name: "",
    line1: word(inputs, "line1"),
    line2: word(inputs, "line2"),
  } as const;
  const state = new Float64Array(6);
  const error = sgp4Orbit(source).at(state, 0, num(inputs, "minutes"));
  if (error !== null) throw new Error(error);
  return component(state, inputs);
}

function pefComponent(inputs: Inputs): number {
  const teme = Float64Array.from(COMPONENTS, (name) => num(inputs, name) * 1000);
  const out = new Float64Array(6);
  temeToEcef(out, 0, teme, 0, gmst(isoEpochMs(word(inputs, "ut1"))));
  return component(out, inputs);
}

/** Turns a position [km] by a sidereal angle [rad] that is given. */
function turnedComponent(inputs: Inputs): number {
  const out = new Float64Array(6);
  const teme = Float64Array.of(
    num(inputs, "x") * 1000,
    num(inputs, "y") * 1000,
    num(inputs, "z") * 1000,
    0,
    0,
    0,
  );
  temeToEcef(out, 0, teme, 0, num(inputs, "gmstRad"));
  return component(out, inputs);
}

function ecefComponent(inputs: Inputs): number {
  const out = new Float64Array(3);
  const [latitude, longitude] = [num(inputs, "latitudeDeg") * DEG, num(inputs, "longitudeDeg") * DEG];
  geodeticToEcef(out, 0, latitude, longitude, num(inputs, "heightKm") * 1000);
  return component(out, inputs);
}

const LOOK = ["azimuth", "elevation", "range"];

/** Azimuth and elevation [rad] or range [km] from a geodetic place [rad, km] to an Earth-fixed position [km]. */
function lookAngle(inputs: Inputs): number {
  const out = new Float64Array(6);
  geodeticToEcef(
    out,
    0,
    num(inputs, "latitudeRad"),
    num(inputs, "longitudeRad"),
    num(inputs, "heightKm") * 1000,
  );
  const [x, y, z] = ["x", "y", "z"].map((name) => num(inputs, name) * 1000);
  lookAngles(out, 3, out[0], out[1], out[2], x, y, z);
  const wanted = LOOK.indexOf(word(inputs, "column"));
  return wanted === 2 ? out[5] / 1000 : out[3 + wanted];
}

const beamwidthOf = (inputs: Inputs) =>
  beamwidth(num(inputs, "frequencyGhz") * 1e9, num(inputs, "apertureM") / 2);

const radiusM = (inputs: Inputs) =>
  "earthRadiusKm" in inputs ? num(inputs, "earthRadiusKm") * 1000 : REPORT_EARTH_RADIUS;

/** Spherical Earth, of the radius of the 3GPP reports where none is given. */
const rangeM = (inputs: Inputs) =>
  slantRange(radiusM(inputs), num(inputs, "altitudeKm") * 1000, num(inputs, "elevationDeg") * DEG);

export const geometryFormulas: Record<string, Formula> = {
  sgp4Component,
  gmstDeg: (i) => gmst(isoEpochMs(word(i, "ut1"))) / DEG,
  pefComponent,
  turnedComponent,
  ecefComponent,
  lookAngle,
  slantRangeKm: (i) => rangeM(i) / 1000,
  beamwidthDeg: (i) => beamwidthOf(i) / DEG,
  // TR 38.821 §6.1.1.1: distance between boresights in the UV plane
  beamSpacing: (i) => Math.sqrt(3) * Math.sin(beamwidthOf(i) / 2),
  beamDiameterKm: (i) => 2 * num(i, "altitudeKm") * Math.tan(beamwidthOf(i) / 2),
  apertureGainDb: (i) =>
    relativeGainDb(
      apertureWaveNumber(num(i, "frequencyGhz") * 1e9, num(i, "radiusM")) *
        Math.sin(num(i, "offsetDeg") * DEG),
    ),
};
