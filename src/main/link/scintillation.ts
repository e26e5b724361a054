import { nearestAngle } from "./angles.ts";

export interface ScintillationPath {
  frequencyHz: number;
  elevation: number;
  antennaDiameterM: number;
  /** 0 … 1 */
  antennaEfficiency: number;
  /** wet term of the surface refractivity, median (ITU-R P.453) */
  wetRefractivity: number;
}

/** Height of the turbulent layer [m] (P.618-13 §2.4.1). */
const TURBULENCE_HEIGHT_M = 1000;

/**
 * Tropospheric scintillation fade [dB] exceeded in a share of the time, 0.01 … 50 %, elevation from 5°, 4 … 20 GHz in
 * its derivation (ITU-R P.618-13 §2.4.1).
 */
export function troposphericScintillationDb(path: ScintillationPath, exceedancePercent: number): number {
  const f = path.frequencyHz / 1e9;
  const s = Math.sin(path.elevation);
  const reference = 3.6e-3 + 1e-4 * path.wetRefractivity;
  const length = (2 * TURBULENCE_HEIGHT_M) / (Math.sqrt(s * s + 2.35e-4) + s);
  const x = (1.22 * path.antennaEfficiency * path.antennaDiameterM ** 2 * f) / length;
  if (x >= 7) return 0;
  const averaging = Math.sqrt(
    3.86 * (x * x + 1) ** (11 / 12) * Math.sin((11 / 6) * Math.atan2(1, x)) - 7.08 * x ** (5 / 6),
  );
  const log = Math.log10(exceedancePercent);
  const factor = -0.061 * log ** 3 + 0.072 * log ** 2 - 1.71 * log + 3;
  return (factor * reference * f ** (7 / 12) * averaging) / s ** 1.2;
}

/** Tropospheric scintillation [dB] at 10°, 20°, … 90°: 99 %, 20 GHz, Toulouse (TR 38.811 Table 6.6.6.2.1-1). */
const TROPOSPHERIC_DB = [1.08, 0.48, 0.3, 0.22, 0.17, 0.13, 0.12, 0.12, 0.12];

/** The tabulated tropospheric scintillation [dB] at the reference angle nearest to the elevation [rad]. */
export const tabulatedScintillationDb = (elevation: number) => TROPOSPHERIC_DB[nearestAngle(elevation)];

/**
 * Ionospheric scintillation loss [dB] below 6 GHz: 6.22 / f^1.5 with f in GHz, as ns-3 has it; 2.2 dB at 2 GHz, what
 * TR 38.821 Table 6.1.3.2-1 takes (curve P3, 1 %). Holds within 20° of the magnetic equator; TR 38.811 §6.6.6.1 has
 * none between 20° and 60° of latitude. No attempt at local time, season or solar cycle.
 */
export const ionosphericScintillationDb = (frequencyHz: number) => 6.22 / (frequencyHz / 1e9) ** 1.5;
