import type { Columns } from "../../shared/columns.ts";
import type { Findings, LibraryCard, StudyAsk, StudyKind } from "../../shared/study.ts";
import type { Lab } from "./lab.ts";

/** Until a study has found its own title. */
export const STUDY_TITLES: Record<StudyKind, string> = {
  "paper-a": "Paper A: handover decisions in NTN",
  "paper-b": "Paper B: predictive conditional handover",
  "paper-c": "Paper C: energy and accuracy",
  train: "Training of a classifier",
  tune: "Search of hyper-parameters",
  forecast: "Forecast of signals",
  apply: "A model applied to a run",
  import: "Import of a model",
};

/** What a study brought along for the trials. */
export interface Given {
  columns: Columns;
  card: LibraryCard | null;
}

/** Runs a study in a lab; `given` is null for those that make their own data. Loads no other study. */
export async function findingsOf(lab: Lab, ask: StudyAsk, given: Given | null): Promise<Findings> {
  switch (ask.kind) {
    case "paper-a":
      return (await import("./paper-a/index.ts")).paperA(lab);
    case "paper-b":
      return (await import("./paper-b/index.ts")).paperB(lab);
    case "paper-c":
      return (await import("./paper-c/index.ts")).paperC(lab);
    case "train":
      return (await import("./train/index.ts")).trainStudy(lab, ask, given!.columns);
    case "forecast":
      return (await import("./forecast/index.ts")).forecastStudy(lab, ask, given!.columns);
    case "tune":
      return (await import("./paper-c/tune.ts")).tune(lab, ask);
    case "apply":
      return (await import("./own-model/index.ts")).applyStudy(lab, ask, given!.columns, given!.card!);
    case "import":
      return (await import("./own-model/index.ts")).importStudy(lab, ask);
  }
}
