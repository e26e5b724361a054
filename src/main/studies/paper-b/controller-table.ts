import type { StudyTable } from "../../../shared/study.ts";
import type { ControllerAnswer, ControllerAsk } from "./controller-trials.ts";

export function controllerTable(
  answers: readonly ControllerAnswer[],
  capacities: readonly ControllerAsk["capacity"][],
): StudyTable {
  const ms = (seconds: number) => 1000 * seconds;
  return {
    id: "controller",
    of: "Figure 3",
    title: "The RAT steering controller with all UEs at once",
    columns: [
      { title: "UEs a BS / an AP lets in", unit: "" },
      { title: "UEs", unit: "1", digits: 0 },
      { title: "handovers", unit: "1", digits: 0 },
      { title: "refused", unit: "1", digits: 0 },
      { title: "commands lost", unit: "1", digits: 0 },
      { title: "failed", unit: "1", digits: 0 },
      { title: "reports out of sync", unit: "%", digits: 3 },
      { title: "most UEs at an AP", unit: "1", digits: 0 },
      { title: "preparation", unit: "ms", digits: 1 },
      { title: "interruption", unit: "ms", digits: 1 },
      { title: "whole sequence", unit: "ms", digits: 1 },
      { title: "forecasts and decisions of a step", unit: "ms", digits: 2 },
    ],
    rows: answers.map((answer, i) => [
      `${capacities[i].cellular} / ${capacities[i].wifi}`,
      answer.ues,
      answer.handovers,
      answer.refused,
      answer.lost,
      answer.failed,
      (100 * answer.outReports) / answer.reports,
      answer.mostAtAccessPoint,
      ms(answer.preparationS),
      ms(answer.interruptionS),
      ms(answer.totalS),
      ms(answer.stepS),
    ]),
    note: "Hysteresis P-CHO, N = 3, δ = 2.5 dB, networks inferred live, both kinds side by side, every UE in one batch; the last column is measured, the sequence is made of stated times. A refused UE stays and asks again with the next report. The first UEs of an access point attach without admission.",
  };
}
