import { DEG } from "../math/constants.ts";

/** Sum of Gaussians over log10 f plus a straight line: rows a, b, c; slope and constant (P.838-3 eqs. 2 and 3). */
interface Curve {
  bells: readonly (readonly [a: number, b: number, c: number])[];
  slope: number;
  constant: number;
}

/** ITU-R P.838-3 Tables 1 to 4. */
const LOG_K_H: Curve = {
  bells: [
    [-5.3398, -0.100_08, 1.130_98],
    [-0.353_51, 1.2697, 0.454],
    [-0.237_89, 0.860_36, 0.153_54],
    [-0.941_58, 0.645_52, 0.168_17],
  ],
  slope: -0.189_61,
  constant: 0.711_47,
};
const LOG_K_V: Curve = {
  bells: [
    [-3.805_95, 0.569_34, 0.810_61],
    [-3.449_65, -0.229_11, 0.510_59],
    [-0.399_02, 0.730_42, 0.118_99],
    [0.501_67, 1.073_19, 0.271_95],
  ],
  slope: -0.163_98,
  constant: 0.632_97,
};
const ALPHA_H: Curve = {
  bells: [
    [-0.143_18, 1.824_42, -0.551_87],
    [0.295_91, 0.775_64, 0.198_22],
    [0.321_77, 0.637_73, 0.131_64],
    [-5.3761, -0.9623, 1.478_28],
    [16.1721, -3.2998, 3.4399],
  ],
  slope: 0.678_49,
  constant: -1.955_37,
};
const ALPHA_V: Curve = {
  bells: [
    [-0.077_71, 2.3384, -0.762_84],
    [0.567_27, 0.955_45, 0.540_39],
    [-0.202_38, 1.1452, 0.268_09],
    [-48.2991, 0.791_669, 0.116_226],
    [48.5833, 0.791_459, 0.116_479],
  ],
  slope: -0.053_739,
  constant: 0.834_33,
};

function onCurve({ bells, slope, constant }: Curve, logF: number): number {
  let sum = slope * logF + constant;
  for (const [a, b, c] of bells) sum += a * Math.exp(-(((logF - b) / c) ** 2));
  return sum;
}

/**
 * k and α of γ = k·R^α, R in mm/h and γ in dB/km (ITU-R P.838-3), 1 … 1000 GHz. Elevation and polarisation tilt
 * against the horizontal in rad; the tilt of circular polarisation is 45°.
 */
export function rainCoefficients(frequencyHz: number, elevation: number, tilt: number) {
  const logF = Math.log10(frequencyHz / 1e9);
  const kH = 10 ** onCurve(LOG_K_H, logF);
  const kV = 10 ** onCurve(LOG_K_V, logF);
  const kAlphaH = kH * onCurve(ALPHA_H, logF);
  const kAlphaV = kV * onCurve(ALPHA_V, logF);
  const turn = Math.cos(elevation) ** 2 * Math.cos(2 * tilt);
  const k = (kH + kV + (kH - kV) * turn) / 2;
  return { k, alpha: (kAlphaH + kAlphaV + (kAlphaH - kAlphaV) * turn) / (2 * k) };
}

/** Specific attenuation by rain [dB/km] at a rain rate [mm/h] (ITU-R P.838-3 eq. 1). */
export function rainDbPerKm(frequencyHz: number, elevation: number, tilt: number, rateMmH: number): number {
  const { k, alpha } = rainCoefficients(frequencyHz, elevation, tilt);
  return k * rateMmH ** alpha;
}

export interface RainPath {
  frequencyHz: number;
  elevation: number;
  /** polarisation against the horizontal [rad]; 45° for circular */
  tilt: number;
  /** rad */
  latitude: number;
  stationHeightM: number;
  /** height up to which it rains, above sea level (ITU-R P.839) */
  rainHeightM: number;
  /** rain rate exceeded in 0.01 % of an average year (ITU-R P.837) */
  rate001MmH: number;
}

/** Effective radius of the Earth for low paths [km] (P.618-13 §2.2.1.1). */
const EFFECTIVE_RADIUS_KM = 8500;

function slantLengthKm(depthKm: number, elevation: number): number {
  const s = Math.sin(elevation);
  if (elevation >= 5 * DEG) return depthKm / s;
  return (2 * depthKm) / (Math.sqrt(s * s + (2 * depthKm) / EFFECTIVE_RADIUS_KM) + s);
}

/** Rain attenuation [dB] exceeded in 0.01 % of an average year, up to 55 GHz (ITU-R P.618-13 §2.2.1.1 steps 2–9). */
export function rain001Db(path: RainPath): number {
  const f = path.frequencyHz / 1e9;
  const { elevation } = path;
  const depth = (path.rainHeightM - path.stationHeightM) / 1000;
  if (depth <= 0 || path.rate001MmH <= 0) return 0;
  const slant = slantLengthKm(depth, elevation);
  const ground = slant * Math.cos(elevation);
  const gamma = rainDbPerKm(path.frequencyHz, elevation, path.tilt, path.rate001MmH);
  const horizontal = 1 / (1 + 0.78 * Math.sqrt((ground * gamma) / f) - 0.38 * (1 - Math.exp(-2 * ground)));
  const zeta = Math.atan2(depth, ground * horizontal);
  const s = Math.sin(elevation);
  const inRain = zeta > elevation ? (ground * horizontal) / Math.cos(elevation) : depth / s;
  const chi = Math.max(0, 36 - Math.abs(path.latitude) / DEG);
  const bend = 31 * (1 - Math.exp(-(elevation / DEG) / (1 + chi)));
  const vertical = 1 / (1 + Math.sqrt(s) * ((bend * Math.sqrt(inRain * gamma)) / (f * f) - 0.45));
  return gamma * inRain * vertical;
}

function beta(exceedancePercent: number, latitude: number, elevation: number): number {
  const beyond = 36 - Math.abs(latitude) / DEG;
  if (exceedancePercent >= 1 || beyond <= 0) return 0;
  if (elevation >= 25 * DEG) return 0.005 * beyond;
  return 0.005 * beyond + 1.8 - 4.25 * Math.sin(elevation);
}

/**
 * Rain attenuation [dB] exceeded in a share of an average year, 0.001 … 5 % (ITU-R P.618-13 §2.2.1.1 step 10).
 * Needs rain rate and rain height: the maps of P.837 and P.839 are not part of the program.
 */
export function rainDb(path: RainPath, exceedancePercent: number): number {
  const reference = rain001Db(path);
  if (reference === 0) return 0;
  const p = exceedancePercent;
  const pull = beta(p, path.latitude, path.elevation) * (1 - p) * Math.sin(path.elevation);
  return reference * (p / 0.01) ** -(0.655 + 0.033 * Math.log(p) - 0.045 * Math.log(reference) - pull);
}
