import { SPEED_OF_LIGHT, T0_KELVIN, BOLTZMANN_DBW } from "../math/constants.ts";
import { fromDb, toDb } from "../math/decibel.ts";
import type { Place, Radio, Wall, World } from "./world.ts";

/** Distance between the antennas of a node and of a UE at (x, y) [m]. */
export const distanceM = (node: Place, heightM: number, world: World, x: number, y: number) =>
  Math.hypot(node.x - x, node.y - y, heightM - world.ueHeightM);

/** Free-space loss over the first metre [dB]: 1/K of (1) and PL(d0) of (3). */
export const firstMetreLossDb = ({ frequencyHz }: Radio) =>
  20 * Math.log10((4 * Math.PI * frequencyHz) / SPEED_OF_LIGHT);

/** (1) and (3) without walls: K·d^−α, as a loss [dB]. */
export const pathLossDb = (radio: Radio, distance: number) =>
  firstMetreLossDb(radio) + 10 * radio.exponent * Math.log10(distance);

/** N0·B with the receiver's noise figure [dBm]. */
export const noiseDbm = ({ bandwidthHz, noiseFigureDb }: Radio) =>
  BOLTZMANN_DBW + 30 + toDb(T0_KELVIN * bandwidthHz) + noiseFigureDb;

/** Sum of the losses of the walls that the straight line between two places crosses [dB]. */
export function wallLossDb(walls: readonly Wall[], ax: number, ay: number, bx: number, by: number): number {
  let sum = 0;
  for (const { x1, y1, x2, y2, lossDb } of walls) {
    const one = side(ax, ay, bx, by, x1, y1) * side(ax, ay, bx, by, x2, y2);
    const other = side(x1, y1, x2, y2, ax, ay) * side(x1, y1, x2, y2, bx, by);
    if (one < 0 && other < 0) sum += lossDb;
  }
  return sum;
}

/** Positive where (px, py) lies to the left of the line from a to b. */
const side = (ax: number, ay: number, bx: number, by: number, px: number, py: number) =>
  (bx - ax) * (py - ay) - (by - ay) * (px - ax);

/** Level of an access point at (x, y) [dBm]: (3), without fading, as the paper has it. */
export function wifiLevelDbm(world: World, accessPoint: Place, x: number, y: number): number {
  const { wifi, walls } = world;
  const loss = pathLossDb(wifi, distanceM(accessPoint, wifi.heightM, world, x, y));
  return wifi.powerDbm - loss - wallLossDb(walls, accessPoint.x, accessPoint.y, x, y);
}

/** Mean level of a base station at (x, y) [dBm]: (1), before shadow and small-scale fading. */
export function cellularLevelDbm(world: World, station: Place, x: number, y: number): number {
  const { cellular } = world;
  return cellular.powerDbm - pathLossDb(cellular, distanceM(station, cellular.heightM, world, x, y));
}

/**
 * SINR [dB] of node `i` by (2) and (4): base stations (the first `stations` of the powers) interfere with one another,
 * access points with nobody. Powers in mW.
 */
export function sinrDb(world: World, powersMw: ArrayLike<number>, i: number): number {
  const stations = world.stations.length;
  if (i >= stations) return toDb(powersMw[i] / fromDb(noiseDbm(world.wifi)));
  let others = fromDb(noiseDbm(world.cellular));
  for (let j = 0; j < stations; j++) if (j !== i) others += powersMw[j];
  return toDb(powersMw[i] / others);
}

/**
 * Throughput of a UE that has the whole band [Mbit/s]: truncated Shannon bound of TR 36.942 Annex A.1, a share of
 * B·log2(1 + SINR), nothing below the least SINR and no more than the peak. Leaves out the load and contention.
 */
export function throughputMbps(
  { bandwidthHz, shannonShare, leastSinrDb, peakBpsPerHz }: Radio,
  sinr: number,
): number {
  if (sinr < leastSinrDb) return 0;
  return (bandwidthHz * Math.min(shannonShare * Math.log2(1 + fromDb(sinr)), peakBpsPerHz)) / 1e6;
}
