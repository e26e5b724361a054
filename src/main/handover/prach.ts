/**
 * PRACH configurations (TS 38.211 §6.3.3.1) and what a cell can carry (TR 38.821 §7.2.1.1.1). The rows come as arguments;
 * `resources/reference/prach.json` holds those of Table 6.3.3.2-2 (paired spectrum, long formats).
 */
export interface PrachConfiguration {
  /** occasions lie in the frames n with n mod x = y */
  x: number;
  y: number;
  /** subframes of such a frame */
  subframes: readonly number[];
}

/** PRACH configuration index 27: format 0, one occasion each subframe. */
export const PRACH_27: PrachConfiguration = { x: 1, y: 0, subframes: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] };

/** Occasions a second in one frequency position: 100 frames, one in x of them. */
export function opportunitiesPerSecond(configuration: PrachConfiguration): number {
  return (100 * configuration.subframes.length) / configuration.x;
}

/** Start of the first occasion after an instant [ms]; strictly after, so that all who meet in it chose before it. */
export function nextOccasion(configuration: PrachConfiguration, afterMs: number): number {
  const { x, y, subframes } = configuration;
  const period = 10 * x;
  const base = Math.floor(afterMs / period) * period + 10 * y;
  for (let turn = 0; ; turn++)
    for (const subframe of subframes) {
      const at = base + turn * period + subframe;
      if (at > afterMs) return at;
    }
}

/** Share of attempts that meet another, λ attempts over M equal places a second: each sees Poisson others in its own place. */
export function collisionProbability(attemptsPerSecond: number, places: number): number {
  return 1 - Math.exp(-attemptsPerSecond / places);
}

/**
 * UEs per km² at a collision probability p. TR 38.821 Tables 7.2.1.1.1.1-2 and 7.2.1.1.1.2-3 use λ = p·M, the first term of
 * −ln(1 − p)·M: the exact form gives 0.5 % more at p = 0.01 (598.7 in place of 595.7 per km²) and misses the printed integers.
 */
export function supportedDensity(
  p: number,
  places: number,
  areaKm2: number,
  attemptsPerUeSecond: number,
): number {
  return (p * places) / (areaKm2 * attemptsPerUeSecond);
}
