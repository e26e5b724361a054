/**
 * 2·arctan(t) [rad] for |t| ≤ 1 within 1e-10, without a branch: Chebyshev interpolation of arctan(t)/t in t², summed
 * by Estrin's scheme. t = y / (√(x² + y²) + x) makes it the angle of (x, y) with x ≥ 0.
 */
export function twiceArctangent(t: number): number {
  const u = t * t;
  const v = u * u;
  const w = v * v;
  const low =
    0.9999999999293034 - 0.3333333129088546 * u + (0.1999990110203137 - 0.14283813253845248 * u) * v;
  const middle =
    0.11091922949633486 - 0.08974171895628884 * u + (0.07228278167635424 - 0.05395667730662497 * u) * v;
  const high =
    0.033826215081032 - 0.015828319890303207 * u + (0.004732482998793988 - 0.0006633952412764076 * u) * v;
  return 2 * t * (low + w * middle + w * w * high);
}

const pair = new Float64Array(2);
/** The sign of a double is in its second half: Node's platforms are little-endian. */
const halves = new Int32Array(pair.buffer);

/**
 * Azimuth [rad from north over east, 0…2π] within 1e-10 of `Math.atan2(east, north)`, in less than half its time: which
 * quadrant it is comes from the signs' bits, since satellites in any order mislead the prediction of branches.
 * `level` is √(east² + north²); straight up gives 0.
 */
export function fastAzimuth(east: number, north: number, level: number): number {
  const angle = twiceArctangent(east / (level + Math.abs(north) + 1e-300));
  pair[0] = north;
  pair[1] = angle + 0;
  const south = halves[1] >>> 31;
  const west = halves[3] >>> 31;
  return (1 - 2 * south) * angle + Math.PI * (south + 2 * west * (1 - south));
}
