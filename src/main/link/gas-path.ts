import { type Air, oxygenDbPerKm, vapourDbPerKm } from "./gases.ts";

/** Further oxygen lines in the equivalent height: weight, centre [GHz] (P.676-12 Annex 2 Table 3). */
const HEIGHT_LINES = [
  [0.1597, 118.750_334],
  [0.1066, 368.498_246],
  [0.1325, 424.763_02],
  [0.1242, 487.249_273],
  [0.0938, 715.392_902],
  [0.1448, 773.839_49],
  [0.1374, 834.145_546],
] as const;

/** Equivalent height of the dry atmosphere [km] (ITU-R P.676-12 Annex 2 eqs. 30–34), 1 … 1000 GHz. */
export function dryHeightKm(frequencyHz: number, air: Air): number {
  const f = frequencyHz / 1e9;
  const r = (air.pressureHpa + (air.vapourGM3 * air.temperatureK) / 216.7) / 1013.25;
  const complex =
    (5.104 / (1 + 0.066 * r ** -2.3)) * Math.exp(-(((f - 59.7) / (2.87 + 12.4 * Math.exp(-7.9 * r))) ** 2));
  let lines = 0;
  for (const [weight, f0] of HEIGHT_LINES)
    lines += (weight * Math.exp(2.12 * r)) / ((f - f0) ** 2 + 0.025 * Math.exp(2.2 * r));
  const rest =
    ((0.0114 * f) / (1 + 0.14 * r ** -2.6)) *
    ((15.02 * f * f - 1353 * f + 5.333e4) / (f ** 3 - 151.3 * f * f + 9629 * f - 6803));
  const warmth = 0.7832 + 0.007_09 * (air.temperatureK - 273.15);
  const height = ((6.1 * warmth) / (1 + 0.17 * r ** -1.1)) * (1 + complex + lines + rest);
  return f < 70 ? Math.min(height, 10.7 * r ** 0.3) : height;
}

/**
 * Zenith attenuation by water vapour [dB] from its columnar content [kg/m²], for a station up to 4 km high [m]
 * (ITU-R P.676-12 Annex 2 §2.3, eqs. 39–42).
 */
export function zenithVapourDb(frequencyHz: number, columnKgM2: number, stationHeightM: number): number {
  const f = frequencyHz / 1e9;
  const air: Air = {
    pressureHpa: 845,
    vapourGM3: columnKgM2 / 2.38,
    temperatureK: 14 * Math.log((0.22 * columnKgM2) / 2.38) + 3 + 273.15,
  };
  const level = (0.0176 * columnKgM2 * vapourDbPerKm(frequencyHz, air)) / vapourDbPerKm(20.6e9, air);
  if (f < 20) return level;
  const a =
    0.2048 * Math.exp(-(((f - 22.43) / 3.097) ** 2)) +
    0.2326 * Math.exp(-(((f - 183.5) / 4.096) ** 2)) +
    0.2073 * Math.exp(-(((f - 325) / 3.651) ** 2)) -
    0.1113;
  const b = 8.741e4 * Math.exp(-0.587 * f) + 312.2 * f ** -2.38 + 0.723;
  const height = Math.min(4, Math.max(0, stationHeightM / 1000));
  return level * (a * height ** b + 1);
}

/**
 * Attenuation by gases on a path to space [dB] (ITU-R P.676-12 Annex 2 §2.2 with §2.3 for water vapour).
 * For elevations [rad] of 5° to 90°: flat layers, no refraction.
 */
export function slantGasDb(
  frequencyHz: number,
  elevation: number,
  air: Air,
  columnKgM2: number,
  stationHeightM: number,
): number {
  const dry = oxygenDbPerKm(frequencyHz, air) * dryHeightKm(frequencyHz, air);
  return (dry + zenithVapourDb(frequencyHz, columnKgM2, stationHeightM)) / Math.sin(elevation);
}
