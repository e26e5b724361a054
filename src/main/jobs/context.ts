import type { RunWriter } from "../store/writer.ts";
import type { Mission } from "../../shared/mission.ts";
import type { Progress } from "./progress.ts";

/** Everything that one run needs, from the engine's entry to the last stage. */
export interface PlanContext {
  run: string;
  db: string;
  mission: Mission;
  title: string;
  scenarioText: string;
  elements: { name: string; text: string } | null;
  threads: number;
  workerUrl: URL;
  writer: RunWriter;
  progress: Progress;
  /** called as soon as the run is in the database */
  kept: () => void;
  /** set to 1 to stop */
  cancel: Int32Array;
  /** where an interrupted run goes on; null for a new one */
  resume: { stepsDone: number; state: Uint8Array | null } | null;
}

export const stepCount = (mission: Mission) => Math.round(mission.duration / mission.step) + 1;

/** In the ablations the SVM sees fewer rows: its training time grows with their square. */
export const ABLATION_SVM_ROWS = 2000;
