/** Distances that differ by less are equal, so that the unit of the curve cannot decide. */
const ROUNDING = 1e-12;

/**
 * The elbow of a curve of within-cluster sums of squares for k = 1, 2, … n: the k that lies farthest below the
 * chord from the first point to the last, both axes normalised to 0…1 (Kneedle without smoothing, Satopää et
 * al. 2011). A curve of fewer than three points, or a flat one, has its elbow at 1; of equals the smallest k wins.
 */
export function elbow(wcss: readonly number[]): number {
  const last = wcss.length - 1;
  const fall = wcss[0] - wcss[last];
  if (last < 2 || !(fall > 0)) return 1;
  let best = 1;
  let farthest = 0;
  for (let i = 1; i < last; i++) {
    const below = 1 - i / last - (wcss[i] - wcss[last]) / fall;
    if (below > farthest + ROUNDING) {
      farthest = below;
      best = i + 1;
    }
  }
  return best;
}
