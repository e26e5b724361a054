import type { HandoverShown } from "../../shared/handover.ts";
import type { Figure } from "../../shared/study.ts";

/** SINR of the source after the decision, with Qout and the outage. */
export function stayingFigure(
  { sinr, qoutDb, outageAfterS }: HandoverShown["staying"],
  source: number,
): Figure {
  return {
    id: "staying",
    of: null,
    title: `SINR had it stayed in cell ${source}`,
    kind: "line",
    x: { title: "time after the decision", unit: "s" },
    y: { title: "SINR", unit: "dB" },
    series: [
      {
        name: `cell ${source}`,
        x: sinr.map(({ afterS }) => afterS),
        y: sinr.map(({ sinrDb }) => sinrDb),
      },
    ],
    marks: [
      { axis: "y", at: qoutDb, label: "Qout" },
      ...(outageAfterS === null ? [] : [{ axis: "x" as const, at: outageAfterS, label: "outage" }]),
    ],
    note: "",
  };
}
