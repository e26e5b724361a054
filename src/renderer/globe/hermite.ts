/**
 * Position [m] between two knots from positions and velocities at both (cubic Hermite), for every satellite.
 * `knots` [knot × satellite × 6], ECEF metres and metres per second; writes x, y, z per satellite into `out`.
 * Outside the knots the first or last one stands still. A lost satellite is NaN and stays so.
 */
export function interpolate(
  out: Float64Array,
  knots: Float64Array,
  satellites: number,
  knotCount: number,
  knotS: number,
  sinceFirstS: number,
): void {
  const at = Math.max(0, Math.min(knotCount - 1, sinceFirstS / knotS));
  const knot = Math.min(Math.max(0, knotCount - 2), Math.floor(at));
  const u = at - knot;
  const a = knot * satellites * 6;
  const b = knotCount > 1 ? a + satellites * 6 : a;
  const h01 = u * u * (3 - 2 * u);
  const h00 = 1 - h01;
  const h10 = u * (1 - u) * (1 - u) * knotS;
  const h11 = u * u * (u - 1) * knotS;
  for (let s = 0; s < satellites; s++) {
    const i = a + 6 * s;
    const j = b + 6 * s;
    for (let k = 0; k < 3; k++)
      out[3 * s + k] =
        h00 * knots[i + k]! + h10 * knots[i + 3 + k]! + h01 * knots[j + k]! + h11 * knots[j + 3 + k]!;
  }
}
