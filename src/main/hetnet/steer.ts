import { Attachment, bestOf, type Limits, type Tally } from "./attachment.ts";
import { decide, type Rule } from "./decision.ts";
import type { Outlook } from "./outlook.ts";
import type { HetnetSeries } from "./series.ts";

/** Q_out of TR 36.839 §5.2.1.3. */
const CELL_OUT_DB = -8;
/** SNR of the lowest rate of 802.11 that is still decoded; assumed. */
const WIFI_OUT_DB = 2;

/** T310 of 1 s as two reports in a row, and 5 s as the least stay (assumed: reports are too far apart for the usual 1 s). */
export function limitsOf({ nodes, stepS }: HetnetSeries): Limits {
  return {
    qOutDb: nodes.map(({ rat }) => (rat === "wifi" ? WIFI_OUT_DB : CELL_OUT_DB)),
    outReports: 1 + Math.round(1 / stepS),
    stayReports: Math.round(5 / stepS),
  };
}

/** Reports of a path that count: from the first complete window to the last one that has forecasts. */
export interface Span {
  from: number;
  /** exclusive; negative counts from the end of the path */
  to: number;
}

const endOf = ({ to }: Span, steps: number) => (to < 0 ? steps + to : Math.min(to, steps));

/**
 * Steers one UE along a path, alone in the network. It begins at the best node. A decision at report k rests on reports up
 * to k and takes effect for report k + 1: its sequence of messages is shorter than one interval.
 */
export function steer(
  series: HetnetSeries,
  outlook: Outlook,
  path: number,
  rule: Rule,
  limits: Limits,
  span: Span,
): Tally {
  const count = series.nodes.length;
  const { from } = span;
  const end = endOf(span, series.paths[path].steps);
  const { horizon } = outlook;
  const levels = (step: number) => {
    const at = (series.firstStep[path] + step) * count;
    return { at, sinr: series.sinrDb.subarray(at, at + count) };
  };
  const ue = new Attachment(bestOf(levels(from).sinr), count, limits);
  for (let step = from; step < end; step++) {
    const { at, sinr } = levels(step);
    ue.report(step, sinr);
    const ahead = outlook.sinrDb.subarray(at * horizon, (at + count) * horizon);
    const target = decide(rule, ue.memory, ue.serving, sinr, ahead, horizon);
    if (target !== ue.serving && step + 1 < end) ue.order(target);
  }
  return ue.tally;
}

/** The best node of every report of the span: what no UE can follow. */
export function bestServer(series: HetnetSeries, path: number, span: Span): number[] {
  const count = series.nodes.length;
  const best: number[] = [];
  for (let step = span.from; step < endOf(span, series.paths[path].steps); step++) {
    const at = (series.firstStep[path] + step) * count;
    best.push(bestOf(series.sinrDb.subarray(at, at + count)));
  }
  return best;
}

/** How often a row of nodes changes. */
export const changes = (serving: readonly number[]) =>
  serving.reduce((sum, node, i) => sum + (i > 0 && node !== serving[i - 1] ? 1 : 0), 0);
