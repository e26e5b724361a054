type Side = "before" | "after";
/** Where the word of a mark stands: beside its line, one line lower where two would clash. */
export type LabelPlace = Side | `${Side} lower`;

/** Room for one word, as a share of the narrowest scrubber. */
const WORD = 0.08;

/** Share of the scrubber where the mark stands; null: the run ended before it. */
export const markShare = (markS: number, endS: number): number | null =>
  markS > endS ? null : endS > 0 ? markS / endS : 0;

/** Words of the two marks on the scrubber (shares of its width): they point apart and stay within it. */
export function placeLabels(
  mark: number | null,
  peak: number | null,
): { mark: LabelPlace; peak: LabelPlace } {
  if (mark === null) return { mark: "after", peak: side(peak ?? 0, false) };
  if (peak === null) return { mark: side(mark, false), peak: "after" };
  const [ofMark, ofPeak] = [side(mark, mark < peak), side(peak, peak <= mark)];
  const clash = ofMark === ofPeak && Math.abs(mark - peak) < WORD;
  return { mark: ofMark, peak: clash ? `${ofPeak} lower` : ofPeak };
}

function side(at: number, before: boolean): Side {
  return (before && at >= WORD) || at > 1 - WORD ? "before" : "after";
}
