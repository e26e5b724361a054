import { randomBytes } from "node:crypto";
import { availableParallelism } from "node:os";
import { readElements } from "../scenario/elements.ts";
import { requireScenario } from "../scenario/check.ts";
import { compileMission } from "../scenario/compile.ts";
import { RunWriter } from "../store/writer.ts";
import { Cancelled, reportError } from "../../shared/errors.ts";
import type { JobEvent } from "../../shared/run.ts";
import type { EngineMessage, EngineRequest } from "./messages.ts";
import type { PlanContext } from "./context.ts";
import { executePlan } from "./plan.ts";
import { Progress } from "./progress.ts";

/**
 * Entry of the engine process: takes one job, streams its events to the door and ends. It owns the worker threads,
 * onnxruntime and the writing database connection, so that whatever happens here leaves the door standing.
 */
interface Port {
  post(message: EngineMessage): void;
  listen(listener: (message: EngineRequest) => void): void;
}

const utilityPort = (
  process as unknown as {
    parentPort?: {
      postMessage(m: unknown): void;
      on(e: "message", l: (event: { data: EngineRequest }) => void): void;
    };
  }
).parentPort;
const port: Port = utilityPort
  ? {
      post: (message) => utilityPort.postMessage(message),
      listen: (listener) => utilityPort.on("message", (event) => listener(event.data)),
    }
  : { post: (message) => process.send?.(message), listen: (listener) => process.on("message", listener) };

const workerUrl = new URL(import.meta.url.endsWith(".ts") ? "worker.ts" : "worker.js", import.meta.url);
const cancel = new Int32Array(new SharedArrayBuffer(4));
const HEARTBEAT_MS = 5000;

type StudyJob = Extract<EngineRequest, { kind: "study" }>;
type Job = Exclude<Extract<EngineRequest, { job: string }>, StudyJob>;
type Source = Pick<PlanContext, "mission" | "title" | "scenarioText" | "elements" | "resume" | "run">;

function newRun(request: Extract<EngineRequest, { kind: "plan" }>): Source {
  const { scenario, scenarioText, elements, seed } = request.plan;
  const file = elements ? readElements(elements.text, elements.name) : null;
  const mission = compileMission(scenario, file, seed);
  const run = `${scenario.name}-${randomBytes(3).toString("hex")}`;
  return { mission, title: scenario.title, scenarioText, elements: elements ?? null, resume: null, run };
}

function oldRun(writer: RunWriter, run: string): Source {
  const point = writer.resumePoint(run);
  writer.claim(run);
  const scenario = requireScenario(point.scenarioText);
  const elements =
    point.elementsText === null ? null : { name: point.elementsName ?? "elements", text: point.elementsText };
  const mission = compileMission(
    scenario,
    elements ? readElements(elements.text, elements.name) : null,
    point.seed,
  );
  const { stepsDone, state, scenarioText } = point;
  return { mission, title: scenario.title, scenarioText, elements, resume: { stepsDone, state }, run };
}

async function work(request: Job): Promise<void> {
  let run: string | null = null;
  let writer: RunWriter | null = null;
  let beat: NodeJS.Timeout | undefined;
  try {
    // a new scenario is checked before the database is touched
    const fresh = request.kind === "plan" ? newRun(request) : null;
    writer = new RunWriter(request.db);
    const source = fresh ?? oldRun(writer, (request as Extract<EngineRequest, { kind: "resume" }>).run);
    const kept = () => {
      run = source.run;
      port.post({ kind: "run", run: source.run });
    };
    const progress = new Progress(request.job, (event: JobEvent) => port.post(event));
    beat = setInterval(() => signOfLife(writer, source.run), HEARTBEAT_MS);
    const summary = await executePlan({
      ...source,
      db: request.db,
      threads: threadsOf(request),
      workerUrl,
      writer,
      kept,
      progress,
      cancel,
    });
    clearInterval(beat);
    writer.close();
    end({ kind: "done", job: request.job, run: source.run, summary }, 0);
  } catch (error) {
    clearInterval(beat);
    try {
      if (run) writer?.finish(run, error instanceof Cancelled ? "cancelled" : "failed", null);
    } catch {
      // the first error is the one to tell
    }
    end({ kind: "error", job: request.job, run, error: reportError(error) }, 1);
  }
}

const threadsOf = ({ threads }: { threads: number }) => (threads > 0 ? threads : availableParallelism());

async function study({ job, db, study: asked, ...request }: StudyJob): Promise<void> {
  try {
    const { executeStudy } = await import("./study.ts");
    const emit = (event: JobEvent) => port.post(event);
    const name = await executeStudy({ job, db, asked, threads: threadsOf(request), workerUrl, emit, cancel });
    end({ kind: "report", job, study: name }, 0);
  } catch (error) {
    end({ kind: "error", job, run: null, error: reportError(error) }, 1);
  }
}

/** A missed sign of life is harmless: the next block gives one too. */
function signOfLife(writer: RunWriter | null, run: string): void {
  try {
    writer?.heartbeat(run);
  } catch (error) {
    console.error(`The run's sign of life could not be written: ${(error as Error).message}`);
  }
}

/** Tells the last event and goes, even where a thread is still inside onnxruntime. */
function end(event: JobEvent, code: number): void {
  port.post(event);
  setTimeout(() => process.exit(code), 50);
}

port.listen((message) => {
  if (message.kind === "cancel") Atomics.store(cancel, 0, 1);
  else if (message.kind === "study") void study(message);
  else void work(message);
});
process.on("disconnect", () => process.exit(1));
// Ctrl+C reaches the whole group: the door decides, and asks by message
process.on("SIGINT", () => {});
