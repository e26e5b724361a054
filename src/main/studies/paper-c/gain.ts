import type { Figure, StudyTable } from "../../../shared/study.ts";
import type { Answer, Lab } from "../lab.ts";
import { meanOf, sizesOf, trainAsk } from "./asks.ts";
import { A3, DECIDERS, INTERRUPTION_MS, MIN_STAY_S, type Decider, type Score } from "./drive.ts";
import type { WorldAsk } from "./settings.ts";
import { THRESHOLD } from "./threshold.ts";

/** What prediction buys on unseen UEs (S24). */
export interface Gain {
  kind: WorldAsk["kind"];
  runs: Answer<"driveC">[];
}

export const WORLDS = ["terrestrial", "satellite"] as const;
export const gainTitle = (kind: WorldAsk["kind"]) => `Handovers with and without prediction, ${kind}`;

export async function runGain(lab: Lab, kind: WorldAsk["kind"]): Promise<Gain> {
  const { repeats } = sizesOf(lab);
  const asks = Array.from({ length: repeats }, (_, i) => trainAsk(lab, { kind, seed: lab.seed + i }));
  return { kind, runs: await lab.run("driveC", asks, { title: gainTitle(kind) }) };
}

/** Counts of one decider in a UE-minute, over the trainings. */
export interface Rates {
  handovers: number;
  failures: number;
  radioLinkFailures: number;
  pingPongs: number;
  /** ms of interruption */
  interruptionMs: number;
  interruptionDeviationMs: number;
  onBest: number;
}

export function ratesOf({ runs }: Gain, decider: Decider): Rates {
  const scores = runs.map((run) => run.scores.find((score) => score.decider === decider)!);
  const of = (value: (score: Score) => number) =>
    meanOf(scores.map((score) => (60 * value(score)) / score.seconds));
  const interruption = of((score) => 1000 * score.interruptionS);
  return {
    handovers: of((score) => score.handovers).mean!,
    failures: of((score) => score.failures).mean!,
    radioLinkFailures: of((score) => score.radioLinkFailures).mean!,
    pingPongs: of((score) => score.pingPongs).mean!,
    interruptionMs: interruption.mean!,
    interruptionDeviationMs: interruption.deviation,
    onBest: meanOf(scores.map((score) => score.onBest)).mean!,
  };
}

const METHOD = [
  `A3: offset ${A3.offsetDb} dB, hysteresis ${A3.hysteresisDb} dB, ${A3.timeToTriggerMs} ms to trigger; executed at the measurement before the timer ends, which favours it.`,
  `Predictive: the candidates are prepared when the window ends and the UE executes at the foretold instant; a handover counts once P(another cell is best) exceeds 0.5 (fixed), or θ, which starts at ${THRESHOLD.start} and moves by ${THRESHOLD.pace} × (share of wrong alarms − share of missed changes) of the last ${THRESHOLD.memory} measurements (dynamic).`,
  "Conditional: as dynamic, but the UE executes only towards a cell that it reports stronger than its own at that instant.",
  "Known future: goes to the strongest cell whenever there is another.",
  `Interruption, assumed: ${INTERRUPTION_MS.handover} ms a handover, ${INTERRUPTION_MS.failure} ms one whose target is out of sync (under −8 dB), T310 of 1 s and ${INTERRUPTION_MS.reestablishment} ms a radio-link failure. A command is lost while the serving cell is out of sync. Ping-pong: back within ${MIN_STAY_S} s.`,
].join(" ");

export function gainTable(gains: readonly Gain[]): StudyTable {
  const perMinute = "1/UE-minute";
  return {
    id: "gain",
    of: null,
    title: "What the prediction buys",
    columns: [
      { title: "world", unit: "" },
      { title: "decided by", unit: "" },
      { title: "handovers", unit: perMinute, digits: 2 },
      { title: "failed handovers", unit: perMinute, digits: 3 },
      { title: "radio-link failures", unit: perMinute, digits: 3 },
      { title: "ping-pongs", unit: perMinute, digits: 2 },
      { title: "interruption", unit: "ms/UE-minute", digits: 0 },
      { title: "± standard deviation", unit: "ms/UE-minute", digits: 0 },
      { title: "time on the strongest cell", unit: "%", digits: 1 },
    ],
    rows: gains.flatMap((gain) =>
      DECIDERS.map((decider) => {
        const rates = ratesOf(gain, decider);
        return [
          gain.kind,
          decider,
          rates.handovers,
          rates.failures,
          rates.radioLinkFailures,
          rates.pingPongs,
          rates.interruptionMs,
          rates.interruptionDeviationMs,
          100 * rates.onBest,
        ];
      }),
    ),
    note: `${gains.map(watched).join(" ")} ${METHOD}`,
  };
}

const watched = ({ kind, runs }: Gain) => {
  const [{ scores, persistence }] = runs;
  const accuracy = meanOf(runs.map((run) => run.accuracy)).mean!;
  return `${kind}: ${(scores[0].seconds / 60).toFixed(0)} UE-minutes of unseen UEs, ${runs.length} training${runs.length > 1 ? "s" : ""}, accuracy ${(100 * accuracy).toFixed(1)} % (staying with the strongest cell ${(100 * persistence).toFixed(1)} %).`;
};

export function gainFigures(lab: Lab, gains: readonly Gain[]): Figure[] {
  const { world, window } = sizesOf(lab);
  return [
    {
      id: "gain",
      of: null,
      title: "Interruption with and without prediction",
      kind: "bars",
      x: { title: "Decided by", unit: "" },
      y: { title: "Interruption", unit: "ms/UE-minute" },
      categories: [...DECIDERS],
      series: gains.map((gain) => {
        const rates = DECIDERS.map((decider) => ratesOf(gain, decider));
        return {
          name: gain.kind,
          x: DECIDERS.map((_, i) => i),
          y: rates.map(({ interruptionMs }) => interruptionMs),
          spread: rates.map(({ interruptionDeviationMs }) => interruptionDeviationMs),
        };
      }),
      note: `${METHOD} ± is the standard deviation over trainings.`,
    },
    {
      id: "threshold",
      of: null,
      title: "The dynamic threshold",
      kind: "line",
      x: { title: "Time", unit: "s" },
      y: { title: "θ", unit: "1" },
      series: gains.map(({ kind, runs: [{ threshold }] }) => ({
        name: kind,
        x: Array.from(threshold, (_, i) => (i + window.steps - 1 + window.ahead) * world.periodS),
        y: Array.from(threshold),
      })),
      note: `First training of each world. ${METHOD}`,
    },
  ];
}
