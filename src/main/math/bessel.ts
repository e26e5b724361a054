/**
 * Bessel function of the first kind and order one, from its integral
 * J1(x) = 1/π ∫₀^π cos(θ − x·sin θ) dθ (Abramowitz & Stegun 9.1.21).
 * The trapezoidal rule on a periodic integrand converges faster than any power; with |x| + 40 nodes the error is
 * at rounding level. Meant for filling tables, not for inner loops.
 */
export function besselJ1(x: number): number {
  const nodes = 2 * Math.ceil((Math.abs(x) + 40) / 2);
  let sum = 0;
  for (let i = 0; i < nodes; i++) {
    const theta = (2 * Math.PI * (i + 0.5)) / nodes;
    sum += Math.cos(theta - x * Math.sin(theta));
  }
  return sum / nodes;
}
