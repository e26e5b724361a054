import { MEMORY_W_PER_GB, tdpPower, type Source } from "./source.ts";

/** What is seen at one instant. Times in s; processor times are sums over all processors or threads. */
export interface Sample {
  at: number;
  /** processor time of the machine in use, and altogether */
  busyS: number;
  totalS: number;
  /** processor time of all threads of this process */
  processS: number;
  /** resident memory of this process */
  memoryGb: number;
  /** counters [J], where the source has them */
  rapl: { packageJ: number; dramJ: number } | null;
}

export interface Reading {
  /** instant of the last sample, and the time that was metered until then [s] */
  at: number;
  seconds: number;
  processorJ: number;
  memoryJ: number;
  /** W, as of the last sample */
  processorW: number;
  memoryW: number;
}

/** Load and share are taken over so much of the past [s]: the system counts processor time in steps of 10 ms. */
const WINDOW_S = 1;
/** A longer gap between two samples was sleep of the machine, of which nothing is counted [s]. */
export const LONGEST_GAP_S = 5;

/** Adds power over time, this process's part of it. */
export class Integrator {
  readonly #source: Source;
  /** samples of the last window, the oldest first */
  #recent: Sample[];
  /** the counters when they were last read */
  #counted: Sample["rapl"];
  #seconds = 0;
  #processorJ = 0;
  #memoryJ = 0;

  constructor(source: Source, first: Sample) {
    this.#source = source;
    this.#recent = [first];
    this.#counted = first.rapl;
  }

  add(sample: Sample): Reading {
    const last = this.#recent[this.#recent.length - 1];
    const gap = sample.at - last.at;
    if (!(gap > 0 && gap <= LONGEST_GAP_S)) {
      // a clock that jumped, or a machine that slept
      this.#recent = [sample];
      this.#counted = sample.rapl ?? this.#counted;
      return this.#reading(sample.at, 0, 0);
    }
    this.#recent.push(sample);
    while (this.#recent.length > 2 && sample.at - this.#recent[1].at >= WINDOW_S) this.#recent.shift();
    const { load, ofBusy, ofAll } = usage(this.#recent[0], sample);
    // a constant is the power under full load, of which a process has what it takes of all processors
    const share = this.#source.kind === "constant" ? ofAll : ofBusy;
    const watts = this.#watts(sample, gap, load);
    const processorW = watts.processor * share;
    const memoryW = watts.memory === null ? MEMORY_W_PER_GB * sample.memoryGb : watts.memory * share;
    this.#seconds += gap;
    this.#processorJ += processorW * gap;
    this.#memoryJ += memoryW * gap;
    return this.#reading(sample.at, processorW, memoryW);
  }

  /** Power of the machine; the memory's is null where nothing counts it. */
  #watts(now: Sample, gap: number, load: number): { processor: number; memory: number | null } {
    const source = this.#source;
    if (source.kind === "constant") return { processor: source.watts, memory: null };
    if (source.kind === "tdp") return { processor: tdpPower(source.watts, load), memory: null };
    const before = this.#counted;
    // a counter that could not be read this once adds nothing: the next difference makes up for it
    const difference = (key: "packageJ" | "dramJ") =>
      now.rapl && before ? (now.rapl[key] - before[key]) / gap : 0;
    const watts = { processor: difference("packageJ"), memory: source.dram ? difference("dramJ") : null };
    this.#counted = now.rapl ?? before;
    return watts;
  }

  #reading(at: number, processorW: number, memoryW: number): Reading {
    return {
      at,
      seconds: this.#seconds,
      processorJ: this.#processorJ,
      memoryJ: this.#memoryJ,
      processorW,
      memoryW,
    };
  }
}

/** Busy part of the machine, and this process's part of what is busy and of all processors, between two samples. */
function usage(from: Sample, to: Sample): { load: number; ofBusy: number; ofAll: number } {
  const total = to.totalS - from.totalS;
  const process = to.processS - from.processS;
  // the system's counters lag behind those of the process
  const busy = Math.max(to.busyS - from.busyS, process);
  const ofAll = (part: number) => (total > 0 ? Math.min(1, part / total) : 0);
  return { load: ofAll(busy), ofBusy: busy > 0 ? process / busy : 0, ofAll: ofAll(process) };
}
