import type { JobEvent } from "../../shared/run.ts";
import type { Scenario } from "../../shared/scenario.ts";
import type { StudyRequest } from "../../shared/study.ts";

/** What a door asks of the engine process. */
export interface PlanRequest {
  scenario: Scenario;
  scenarioText: string;
  elements?: { name: string; text: string };
  seed?: number;
  threads?: number;
}

export type EngineRequest =
  | { kind: "plan"; job: string; db: string; threads: number; plan: PlanRequest }
  | { kind: "resume"; job: string; db: string; threads: number; run: string }
  | { kind: "study"; job: string; db: string; threads: number; study: StudyRequest }
  | { kind: "cancel" };

/** What the engine answers: the job's events, and the name of the run or study as soon as it has one. */
export type EngineMessage = { kind: "run"; run: string } | JobEvent;

/** A process that owns the workers, onnxruntime and the writing database connection. */
export interface EngineProcess {
  send(message: EngineRequest): void;
  onMessage(listener: (message: EngineMessage) => void): void;
  onExit(listener: (code: number | null, signal: string | null) => void): void;
  kill(): void;
}
export type StartEngine = () => EngineProcess;
