/**
 * Specific attenuation of cloud liquid water [(dB/km)/(g/m³)], Rayleigh scattering, up to 200 GHz; temperature of the
 * water in K (ITU-R P.840-8 §2, eqs. 2–11).
 */
export function cloudCoefficient(frequencyHz: number, temperatureK: number): number {
  const f = frequencyHz / 1e9;
  const t = 300 / temperatureK - 1;
  const e0 = 77.66 + 103.3 * t;
  const e1 = 0.0671 * e0;
  const e2 = 3.52;
  const principal = 20.2 - 146 * t + 316 * t * t;
  const secondary = 39.8 * principal;
  const p = f / principal;
  const s = f / secondary;
  const real = (e0 - e1) / (1 + p * p) + (e1 - e2) / (1 + s * s) + e2;
  const imaginary = (p * (e0 - e1)) / (1 + p * p) + (s * (e1 - e2)) / (1 + s * s);
  const eta = (2 + real) / imaginary;
  return (0.819 * f) / (imaginary * (1 + eta * eta));
}

/**
 * Cloud attenuation [dB] from the columnar content of liquid water reduced to 273.15 K [kg/m²], elevation 5° … 90°
 * (ITU-R P.840-8 eq. 12). The maps of the content are not part of the program.
 */
export const cloudDb = (frequencyHz: number, elevation: number, reducedColumnKgM2: number) =>
  (reducedColumnKgM2 * cloudCoefficient(frequencyHz, 273.15)) / Math.sin(elevation);
