import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { BadInput } from "../../shared/errors.ts";
import type { Energy } from "../../shared/study.ts";
import { rootFolder } from "../paths.ts";
import { carbonOf } from "./carbon.ts";
import { POWERCAP } from "./rapl.ts";
import { SharedRecord, clockS, energyAt, recordBuffer } from "./record.ts";
import { chooseSource, methodText, type Source } from "./source.ts";

const built = join(rootFolder, "out", "main", "meter.js");
const source = join(rootFolder, "src", "main", "energy", "meter-thread.ts");
const threadUrl = () => pathToFileURL(import.meta.url.endsWith(".ts") || !existsSync(built) ? source : built);

export interface MeterOptions {
  /** power of the machine's processor [W], instead of what the machine says */
  watts?: number;
  /** ISO 3166-1 alpha-3, for the intensity of its electricity; the world's without */
  country?: string;
  /** g CO₂-equivalent, instead of the country's */
  gramsPerKwh?: number;
  periodMs?: number;
  /** where Linux shows its power counters */
  powercap?: string;
}

export interface Meter {
  /** energy of this process since the start, growing */
  read(): Energy;
  /** for `meterReader` in another thread */
  buffer: SharedArrayBuffer;
  method: string;
  /** share of one processor's time that the meter itself takes */
  overhead(): number;
  stop(): Promise<void>;
}

/** What the thread is given. */
export interface MeterSetup {
  buffer: SharedArrayBuffer;
  source: Source;
  gramsPerJoule: number;
  periodMs: number;
}

/** Starts a meter of this process, sampled in a thread of its own. */
export function startMeter(options: MeterOptions = {}): Meter {
  const { periodMs = 100, powercap = POWERCAP } = options;
  checkNumbers(options);
  const carbon = carbonOf(options);
  const chosen = chooseSource(options.watts, powercap);
  const method = methodText(chosen.method, chosen.source, carbon);
  const buffer = recordBuffer();
  const setup: MeterSetup = {
    buffer,
    source: chosen.source,
    gramsPerJoule: carbon.gramsPerJoule,
    periodMs,
  };
  const worker = new Worker(threadUrl(), { workerData: setup });
  worker.unref();
  const record = new SharedRecord(buffer);
  // a meter that breaks must not take the work with it
  worker.on("error", () => record.stop());
  return {
    read: meterReader(buffer, method),
    buffer,
    method,
    overhead: () => {
      const { ownS, lifeS } = record.read();
      return lifeS > 0 ? ownS / lifeS : 0;
    },
    stop: async () => {
      record.stop();
      await worker.terminate();
    },
  };
}

/** Reads a meter from any thread of its process. What is told never falls, though power between samples is a guess. */
export function meterReader(buffer: SharedArrayBuffer, method: string): () => Energy {
  const record = new SharedRecord(buffer);
  let last: Energy | null = null;
  return () => {
    const now = energyAt(record.read(), clockS(), record.stopped, method);
    if (last) for (const key of GROWING) now[key] = Math.max(now[key], last[key]);
    last = now;
    return { ...now };
  };
}

const GROWING = ["joules", "processorJ", "memoryJ", "seconds", "co2G"] as const;

function checkNumbers({ watts, periodMs }: MeterOptions): void {
  const problems = [
    ...(watts === undefined || watts > 0
      ? []
      : [{ field: "energy.watts", reason: `${watts} W`, remedy: "Give the processor's power in W" }]),
    ...(periodMs === undefined || periodMs >= 10
      ? []
      : [{ field: "energy.periodMs", reason: `${periodMs} ms`, remedy: "Give 10 ms or more" }]),
  ];
  if (problems.length > 0) throw new BadInput(problems);
}
