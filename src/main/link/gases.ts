import { type Line, OXYGEN_LINES, WATER_LINES } from "./gas-lines.ts";

/** Air at one place. */
export interface Air {
  /** pressure of the dry air [hPa] */
  pressureHpa: number;
  temperatureK: number;
  /** water-vapour density [g/m³] */
  vapourGM3: number;
}

/** Partial pressure of water vapour [hPa] (P.676-13 eq. 4). */
const vapourPressureHpa = (air: Air) => (air.vapourGM3 * air.temperatureK) / 216.7;

/** Van Vleck–Weisskopf shape of a line [1/GHz] with width and overlap correction (P.676-13 eq. 5). */
function lineShape(f: number, f0: number, width: number, overlap: number): number {
  const below = (width - overlap * (f0 - f)) / ((f0 - f) ** 2 + width * width);
  const above = (width - overlap * (f0 + f)) / ((f0 + f) ** 2 + width * width);
  return (f / f0) * (below + above);
}

function oxygenLine([f0, a1, a2, a3, a4, a5, a6]: Line, f: number, p: number, e: number, theta: number) {
  const strength = a1 * 1e-7 * p * theta ** 3 * Math.exp(a2 * (1 - theta));
  const width = a3 * 1e-4 * (p * theta ** (0.8 - a4) + 1.1 * e * theta);
  // the square root is the Zeeman splitting
  const overlap = (a5 + a6 * theta) * 1e-4 * (p + e) * theta ** 0.8;
  return strength * lineShape(f, f0, Math.sqrt(width * width + 2.25e-6), overlap);
}

function waterLine([f0, b1, b2, b3, b4, b5, b6]: Line, f: number, p: number, e: number, theta: number) {
  const strength = b1 * 0.1 * e * theta ** 3.5 * Math.exp(b2 * (1 - theta));
  const width = b3 * 1e-4 * (p * theta ** b4 + b5 * e * theta ** b6);
  // Doppler broadening
  const broadened = 0.535 * width + Math.sqrt(0.217 * width * width + (2.1316e-12 * f0 * f0) / theta);
  return strength * lineShape(f, f0, broadened, 0);
}

/** Specific attenuation by dry air [dB/km], 1 … 1000 GHz (ITU-R P.676-13 Annex 1 §1; identical in version 12). */
export function oxygenDbPerKm(frequencyHz: number, air: Air): number {
  const f = frequencyHz / 1e9;
  const { pressureHpa: p } = air;
  const e = vapourPressureHpa(air);
  const theta = 300 / air.temperatureK;
  let sum = 0;
  for (const line of OXYGEN_LINES) sum += oxygenLine(line, f, p, e, theta);
  const debye = 5.6e-4 * (p + e) * theta ** 0.8;
  const nitrogen = (1.4e-12 * p * theta ** 1.5) / (1 + 1.9e-5 * f ** 1.5);
  const continuum = f * p * theta * theta * (6.14e-5 / (debye * (1 + (f / debye) ** 2)) + nitrogen);
  return 0.182 * f * (sum + continuum);
}

/** Specific attenuation by water vapour [dB/km], 1 … 1000 GHz (ITU-R P.676-13 Annex 1 §1; identical in version 12). */
export function vapourDbPerKm(frequencyHz: number, air: Air): number {
  const f = frequencyHz / 1e9;
  const e = vapourPressureHpa(air);
  const theta = 300 / air.temperatureK;
  let sum = 0;
  for (const line of WATER_LINES) sum += waterLine(line, f, air.pressureHpa, e, theta);
  return 0.182 * f * sum;
}
