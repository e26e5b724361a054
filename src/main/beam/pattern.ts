import { besselJ1 } from "../math/bessel.ts";
import { SPEED_OF_LIGHT } from "../math/constants.ts";

/** Level of everything in and near the nulls: gain is never below it. */
export const GAIN_FLOOR_DB = -100;

/**
 * Gain of a circular aperture relative to its peak [dB] at x = k·a·sin θ: 4·|J1(x)/x|² (TR 38.811 §6.4.1).
 * Leaves out the element pattern, blockage and anything behind the aperture.
 */
export function relativeGainDb(x: number): number {
  if (x < 1e-6) return 0;
  const ratio = (2 * besselJ1(x)) / x;
  return Math.max(GAIN_FLOOR_DB, 20 * Math.log10(Math.abs(ratio)));
}

/** x at which the main lobe has fallen to a level [dB], by bisection to the last bit. */
function argumentAt(levelDb: number): number {
  let low = 0;
  let high = FIRST_NULL_X;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (relativeGainDb(middle) > levelDb) low = middle;
    else high = middle;
  }
  return low;
}

/** First null of the pattern: first zero of J1 (Abramowitz & Stegun Table 9.5). */
export const FIRST_NULL_X = 3.831_705_970_207_512;
/** x of the edge of coverage, exactly −3.000 dB (not half power): TR 38.821 Table 6.1.1.1-1 reproduces with it. */
export const EDGE_X = argumentAt(-3);
/** 2π f / c · a: the pattern's argument for sin θ = 1. */
export const apertureWaveNumber = (frequencyHz: number, apertureRadiusM: number) =>
  ((2 * Math.PI * frequencyHz) / SPEED_OF_LIGHT) * apertureRadiusM;

/** Full beamwidth between the −3.000 dB points [rad]. */
export function beamwidth(frequencyHz: number, apertureRadiusM: number): number {
  return 2 * Math.asin(Math.min(1, EDGE_X / apertureWaveNumber(frequencyHz, apertureRadiusM)));
}

/** The pattern tabulated over x, in dB and linear, for inner loops: entry i stands at x = i / PER_UNIT. */
export interface GainTable {
  db: Float64Array;
  linear: Float64Array;
}

/** Entries per unit of x: linear interpolation errs by under 1e-5 dB inside the −3 dB contour, 1e-4 dB to −20 dB. */
export const PER_UNIT = 256;
/** Beyond this argument the pattern is taken as the envelope of its lobes at it, −50 dB. */
export const TABLE_MAX_X = 64;

let cached: GainTable | undefined;

/** The table, made once. */
export function gainTable(): GainTable {
  if (cached) return cached;
  const entries = TABLE_MAX_X * PER_UNIT + 2;
  const db = new Float64Array(entries);
  for (let i = 0; i < entries - 2; i++) db[i] = relativeGainDb(i / PER_UNIT);
  const envelope = 20 * Math.log10((2 * Math.sqrt(2 / (Math.PI * TABLE_MAX_X))) / TABLE_MAX_X);
  db.fill(envelope, entries - 2);
  cached = { db, linear: db.map((level) => 10 ** (level / 10)) };
  return cached;
}

/** Linear interpolation in one of the table's columns at x ≥ 0. */
export function lookUp(column: Float64Array, x: number): number {
  const position = (x < TABLE_MAX_X ? x : TABLE_MAX_X) * PER_UNIT;
  const i = position | 0;
  const low = column[i];
  return low + (column[i + 1] - low) * (position - i);
}
