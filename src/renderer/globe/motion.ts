const DEG = Math.PI / 180;
const A = 6_378_137;
/** First eccentricity of WGS-84, squared. */
const E2 = 0.006_694_379_990_141_4;
/** Mean radius of the Earth [m]: a UE that moves turns by way / radius. */
const MEAN_RADIUS = 6_371_008.8;

/** Unit vectors of the heading times the speed [ue × 3], m/s ECEF, of UEs on great circles. */
export function velocities(
  latitudeDeg: Float64Array,
  longitudeDeg: Float64Array,
  headingDeg: Float32Array,
  speedMS: Float32Array,
): Float32Array {
  const out = new Float32Array(3 * latitudeDeg.length);
  for (let ue = 0; ue < latitudeDeg.length; ue++) {
    const latitude = latitudeDeg[ue]! * DEG;
    const longitude = longitudeDeg[ue]! * DEG;
    const north = speedMS[ue]! * Math.cos(headingDeg[ue]! * DEG);
    const east = speedMS[ue]! * Math.sin(headingDeg[ue]! * DEG);
    out[3 * ue] = -Math.sin(latitude) * Math.cos(longitude) * north - Math.sin(longitude) * east;
    out[3 * ue + 1] = -Math.sin(latitude) * Math.sin(longitude) * north + Math.cos(longitude) * east;
    out[3 * ue + 2] = Math.cos(latitude) * north;
  }
  return out;
}

/** ECEF [m] of a UE after a time [s] from where it started and its velocity there; the height is left out. */
export function placeAfter(
  start: readonly [number, number, number],
  velocity: readonly [number, number, number],
  timeS: number,
): [number, number, number] {
  const [vx, vy, vz] = velocity;
  const speed = Math.sqrt(vx * vx + vy * vy + vz * vz);
  if (speed === 0) return [start[0], start[1], start[2]];
  const upZ = start[2] / (1 - E2);
  const angle = (speed * timeS) / MEAN_RADIUS;
  const stays = Math.cos(angle) / Math.sqrt(start[0] * start[0] + start[1] * start[1] + upZ * upZ);
  const goes = Math.sin(angle) / speed;
  const x = stays * start[0] + goes * vx;
  const y = stays * start[1] + goes * vy;
  const z = stays * upZ + goes * vz;
  const radius = A / Math.sqrt(1 - E2 * z * z);
  return [radius * x, radius * y, radius * (1 - E2) * z];
}
