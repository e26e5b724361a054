import { mean as average } from "../../math/statistics.ts";
import type { Rule } from "../../hetnet/decision.ts";
import { outlookRmse } from "../../hetnet/outlook.ts";
import type { StudyTable } from "../../../shared/study.ts";
import { CHOSEN_DELTA, hysteresis, soft, WAITING } from "./steering-schemes.ts";
import { halfWidth, meanOutcome, outcomeOf, steerAll, type Outcome } from "./steering-outcome.ts";
import { PREDICTORS, type Predictor, type Unseen } from "./steering-outlooks.ts";
import { HORIZON } from "./steering-world.ts";

/** Schemes that go by reports alone. A3's entry level and the conditional handover's are the threshold of Figure 10. */
export const REACTIVE: { name: string; rule: Rule }[] = [
  { name: "best of the last report", rule: { kind: "best" } },
  {
    name: "A3, 2 dB + 0.5 dB, 2 reports",
    rule: { kind: "a3", offsetDb: 2, hysteresisDb: 0.5, reports: 2 },
  },
  {
    name: "conditional, 3 dB / 2.5 dB",
    rule: { kind: "cho", prepareDb: 3, executeDb: CHOSEN_DELTA },
  },
];

export interface Row {
  scheme: string;
  predictor: Predictor | "none";
  mean: Outcome;
  /** 95 % half width of the handovers */
  spread: number;
}

/** Means over the random unseen paths of every scheme. */
export function outcomeRows({ series, outlooks }: Unseen): Row[] {
  const row = (scheme: string, predictor: Row["predictor"], rule: Rule): Row => {
    const outlook = outlooks[predictor === "none" ? "persistence" : predictor];
    const outcomes = steerAll(series, outlook, rule)
      .slice(1)
      .map((tally) => outcomeOf(series, tally));
    return {
      scheme,
      predictor,
      mean: meanOutcome(outcomes),
      spread: halfWidth(outcomes.map(({ handovers }) => handovers)),
    };
  };
  const predictive = PREDICTORS.filter((name) => name !== "persistence");
  return [
    ...REACTIVE.map(({ name, rule }) => row(name, "none", rule)),
    ...predictive.map((name) => row("soft P-CHO", name, soft(CHOSEN_DELTA))),
    ...[2, 3].flatMap((reports) =>
      predictive.map((name) =>
        row(`hysteresis P-CHO, N = ${reports}`, name, hysteresis(CHOSEN_DELTA, reports)),
      ),
    ),
    ...WAITING.map(({ name, rule }) => row(name, "LSTM", rule(CHOSEN_DELTA))),
  ];
}

export const failures = ({ lostCommands, wrongTargets, tooLate }: Outcome) =>
  lostCommands + wrongTargets + tooLate;

export function outcomeTable(rows: readonly Row[], paths: number): StudyTable {
  return {
    id: "outcomes",
    of: null,
    title: "What each scheme does on an unseen path",
    columns: [
      { title: "scheme", unit: "" },
      { title: "forecast by", unit: "" },
      { title: "handovers", unit: "1", digits: 2 },
      { title: "± 95 %", unit: "1", digits: 2 },
      { title: "ping-pongs", unit: "1", digits: 2 },
      { title: "commands lost", unit: "1", digits: 3 },
      { title: "wrong targets", unit: "1", digits: 3 },
      { title: "too late", unit: "1", digits: 3 },
      { title: "mean SINR", unit: "dB", digits: 2 },
      { title: "time served by a node", unit: "s", digits: 1 },
      { title: "outage", unit: "%", digits: 3 },
    ],
    rows: rows.map(({ scheme, predictor, mean, spread }) => [
      scheme,
      predictor,
      mean.handovers,
      spread,
      mean.pingPongs,
      mean.lostCommands,
      mean.wrongTargets,
      mean.tooLate,
      mean.meanSinrDb,
      mean.dwellReports,
      100 * mean.outageShare,
    ]),
    note: `Means over ${paths} random unseen paths, δ = ${CHOSEN_DELTA} dB. Ping-pong: back at the node before within 5 s. Lost: the serving link is out (cell −8 dB, WiFi 2 dB) when the command is due; wrong target: the target is out on arrival; too late: the serving link out for 2 reports. Outage: serving link out, and the interruption of every handover. Waiting: (9) at so many decisions in a row. Perfect: the reports to come themselves. Physics knows the laws and walls that made the reports, though not the shadows; 5 m off: with a constant error of the position, 5 m along each axis.`,
  };
}

/** How good the forecasts behind the schemes are on the same paths. */
export function rmseTable({ series, outlooks, trained }: Unseen): StudyTable {
  const kinds = [
    { title: "BSs", nodes: series.nodes.flatMap(({ rat }, i) => (rat === "cellular" ? [i] : [])) },
    { title: "APs", nodes: series.nodes.flatMap(({ rat }, i) => (rat === "wifi" ? [i] : [])) },
  ];
  const ahead = Array.from({ length: HORIZON }, (_, i) => i + 1);
  const learnt = trained.map(({ rat, kind, rows }) => `${kind}, ${rat}: ${rows}`).join("; ");
  return {
    id: "steering-rmse",
    of: null,
    title: "RMSE of the forecasts that steer",
    columns: [
      { title: "forecast by", unit: "" },
      ...kinds.flatMap(({ title }) =>
        ahead.map((h) => ({ title: `${title}, k + ${h}`, unit: "dB", digits: 2 })),
      ),
    ],
    rows: PREDICTORS.filter((name) => name !== "perfect").map((name) => [
      name,
      ...kinds.flatMap(({ nodes }) => ahead.map((h) => outlookRmse(series, outlooks[name], h, nodes))),
    ]),
    note: `On ${series.paths.length} unseen paths. Rows learnt from: ${learnt}. Access points have no fading, as in the paper, so that physics, which knows their law, errs only where the path bends.`,
  };
}

/** Share of the reports for which two schemes have the same serving node, over all paths. */
export function agreement(unseen: Unseen, one: Rule, other: Rule): number {
  const { series, outlooks } = unseen;
  const a = steerAll(series, outlooks.LSTM, one);
  const b = steerAll(series, outlooks.LSTM, other);
  return average(
    a.map(({ serving }, path) => average(serving.map((node, i) => (node === b[path].serving[i] ? 1 : 0)))),
  );
}
