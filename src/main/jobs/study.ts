import { startMeter } from "../energy/meter.ts";
import { programVersion } from "../paths.ts";
import { StudyWriter } from "../store/studies.ts";
import { findingsOf, STUDY_TITLES } from "../studies/studies.ts";
import { BadInput, Cancelled } from "../../shared/errors.ts";
import type { JobEvent } from "../../shared/run.ts";
import type { StudyReport, StudyRequest } from "../../shared/study.ts";
import { EngineLab } from "./lab.ts";
import { studyData } from "./study-data.ts";

const HEARTBEAT_MS = 5000;

export interface StudyContext {
  job: string;
  db: string;
  asked: StudyRequest;
  threads: number;
  workerUrl: URL;
  emit: (event: JobEvent) => void;
  /** set to 1 to stop */
  cancel: Int32Array;
}

/** Runs a study, or goes on with one that was interrupted, and keeps its report; answers its name. */
export async function executeStudy(context: StudyContext): Promise<string> {
  const { db, asked, emit, job, cancel, threads, workerUrl } = context;
  const { ask, quick, seed, fresh, meter: meterOptions } = asked;
  const data = studyData(db, ask, seed);
  const meter = startMeter(meterOptions);
  const writer = new StudyWriter(db);
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1000;
  const settings = { ask: data ? data.identity : ask, quick, seed, meter: meterOptions };
  const { study, ...before } = writer.begin({
    kind: ask.kind,
    title: STUDY_TITLES[ask.kind],
    quick,
    seed,
    version: programVersion,
    settings,
    fresh,
  });
  const beat = setInterval(() => signOfLife(writer, study), HEARTBEAT_MS);
  if (before.trials > 0)
    emit({ kind: "warning", job, message: `going on with ${study}: ${before.trials} trials are kept` });
  const shared = { buffer: meter.buffer, method: meter.read().method };
  const lab = new EngineLab({
    job,
    study,
    seed,
    quick,
    threads,
    workerUrl,
    writer,
    meter: shared,
    emit,
    cancel,
  });
  try {
    const findings = await findingsOf(lab, data?.ask ?? ask, data);
    const report: StudyReport = {
      kind: ask.kind,
      quick,
      seed,
      seconds: before.seconds + seconds(),
      trials: lab.trials,
      replayed: lab.replayed,
      ...findings,
      notes: [...findings.notes, ...rejectedWords(data?.rejected ?? [])],
    };
    writer.finish(study, "finished", seconds(), report);
    // not after a failure: another thread may be inside onnxruntime, and the process ends anyway
    await lab.end();
    return study;
  } catch (error) {
    try {
      writer.finish(study, error instanceof Cancelled ? "cancelled" : "failed", seconds(), null);
    } catch {
      // the first error is the one to tell
    }
    if (!(error instanceof BadInput)) emit({ kind: "warning", job, message: keptWords(study, lab.trials) });
    throw error;
  } finally {
    clearInterval(beat);
    meter.stop();
    writer.close();
  }
}

/** A missed sign of life is harmless: the next one comes soon. */
function signOfLife(writer: StudyWriter, study: string): void {
  try {
    writer.heartbeat(study);
  } catch (error) {
    console.error(`The study's sign of life could not be written: ${(error as Error).message}`);
  }
}

const LISTED = 50;

function rejectedWords(rejected: { line: number; reason: string }[]): string[] {
  if (rejected.length === 0) return [];
  const list = rejected.slice(0, LISTED).map(({ line, reason }) => `line ${line}: ${reason}`);
  const more = rejected.length > LISTED ? [`and ${rejected.length - LISTED} more`] : [];
  return [`${rejected.length} rows were left out: ${[...list, ...more].join("; ")}`];
}

const keptWords = (study: string, trials: number) =>
  `${study} keeps ${trials} trials of this sitting: the same command goes on from there`;
