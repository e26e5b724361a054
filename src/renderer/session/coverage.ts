import { createStore } from "zustand/vanilla";

/** Satellites in view of a place, by what the map tells apart: cividis (matplotlib at 0.3, 0.6 and 1); the fewer, the less of the ground shines through; none leaves it bare. */
export const COVERAGE_BINS = [
  { colour: "#31414f", opacity: 0, words: "none, bare" },
  { colour: "#4c566d", opacity: 0.5, words: "1" },
  { colour: "#948e77", opacity: 0.4, words: "2" },
  { colour: "#fee838", opacity: 0.2, words: "3 or more" },
] as const;

/** Shares of the Earth [bin] in tenths of a percent, as the globe shows them now; null until it does. */
export const coverage = createStore<{ percent: readonly number[] | null }>(() => ({ percent: null }));

/** Tells the shares where a figure changes. */
export function tellCoverage(shares: ArrayLike<number>): void {
  const known = coverage.getState().percent;
  const percent = Array.from(shares, (share) => Math.round(1000 * share) / 10);
  if (known?.every((value, bin) => value === percent[bin])) return;
  coverage.setState({ percent });
}
