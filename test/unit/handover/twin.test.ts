import { describe, expect, it } from "vitest";
import {
  signallingSettings,
  type Attempts,
  type SignallingSettings,
} from "../../../src/main/handover/attempts.ts";
import { MESSAGES, SWITCH } from "../../../src/main/handover/messages.ts";
import { OUTCOMES } from "../../../src/main/handover/procedure.ts";
import { RACH } from "../../../src/main/handover/rach.ts";
import { signalling } from "../../../src/main/handover/signalling.ts";
import { Random } from "../../../src/main/math/random.ts";
import { attemptsOf } from "../../builders/attempts.ts";
import { NaiveSignalling } from "../../builders/naive-signalling.ts";

const SCENARIOS = { scarce: 400, busy: 800 };
const EVERY_SUBFRAME = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
const PRACH = [
  { x: 1, y: 0, subframes: EVERY_SUBFRAME },
  { x: 1, y: 0, subframes: [1, 6] },
  { x: 1, y: 0, subframes: [3] },
  { x: 2, y: 1, subframes: [4] },
];
const SUMS = ["messages", "bytes", "executions", "tries", "collisions", "queue", "drops"] as const;
const TIMES = ["startMs", "endMs", "downMs", "upMs"] as const;

/**
 * `scarce`: gNBs work in no time and nobody waits, but places and preambles run out. `busy`: queues, drops and retransmissions, while
 * every cell is full for good or has room for all. The engine admits when a gNB takes the request, not when it is done with it: with
 * both at once somebody else would get the last place.
 */
type Sort = "scarce" | "busy";

class Scenario {
  readonly attempts: Attempts;
  readonly settings: SignallingSettings;
  readonly #random: Random;

  constructor(sort: Sort, number: number) {
    this.#random = new Random(1, `twin ${sort}`).at(number);
    const cells = 2 + this.#random.below(this.#one(2, 5));
    const count = 1 + this.#random.below(60);
    this.settings = this.#settings(sort, cells);
    this.attempts = this.#attempts(sort, cells, count);
  }

  #real(low: number, high: number): number {
    return low + this.#random.next() * (high - low);
  }

  #one<T>(...of: readonly T[]): T {
    return of[this.#random.below(of.length)];
  }

  /** Every time is a real of its own, so that next to nothing happens at one instant; occasions do, where order does not matter. */
  #attempts(sort: Sort, cells: number, count: number): Attempts {
    const spanMs = this.#one(20, 200, 2000, 60_000);
    const ues = 1 + this.#random.below(count);
    const conditional = this.#random.next();
    const groups = sort === "scarce" && this.#random.next() < 0.4;
    const records = Array.from({ length: count }, () => {
      const timeMs = this.#real(0, spanMs);
      const kind = this.#random.next() < conditional ? 1 : 0;
      const source = 1 + this.#random.below(cells);
      const target = 1 + ((source + this.#random.below(cells - 1)) % cells);
      const rest = this.#random.permutation(cells).map((cell) => cell + 1);
      const others = [...rest].filter((cell) => cell !== source && cell !== target);
      return {
        timeMs,
        ue: this.#random.below(ues),
        source,
        target,
        kind: kind as 0 | 1,
        preparedMs: kind === 1 ? timeMs * this.#real(0, 1) : NaN,
        sourceUntilMs:
          timeMs + this.#one(this.#real(-700, 2500), this.#real(-700, 2500), this.#real(0, 60), Infinity),
        targetFromMs: timeMs + this.#real(-2000, 300),
        targetUntilMs: this.#one(Infinity, timeMs + this.#real(0, 5000), timeMs + this.#real(0, 5000)),
        serviceDelayMs: this.#real(1, 15),
        targetDelayMs: this.#real(1, 15),
        interSatellite: this.#one(0, 1) as 0 | 1,
        others: others.slice(0, this.#random.below(this.#one(2, 3, cells))),
        group: groups && this.#random.next() < 0.8 ? this.#random.below(3) : -1,
      };
    });
    const attempts = attemptsOf(records.sort((a, b) => a.timeMs - b.timeMs));
    if (!groups) delete attempts.groupOf;
    if (this.#random.next() < 0.2) delete attempts.otherCandidates;
    return attempts;
  }

  #settings(sort: Sort, cells: number): SignallingSettings {
    const numbers = { length: cells + 1 };
    const isBusy = sort === "busy";
    const isApart = this.#random.next() < 0.4;
    const isFull = this.#random.next() < 0.2;
    const settings = signallingSettings(
      this.#random.below(1000),
      Uint32Array.from(numbers, (_, cell) => (isApart ? cell : this.#random.below(cells))),
      {
        held: Uint32Array.from(numbers, () =>
          isBusy ? this.#one(0, 0, isFull ? 1000 : 0) : this.#random.below(10),
        ),
        capacity: isBusy ? 500 : this.#one(12, 25, 500),
        interSatelliteMs: this.#real(0.5, 2),
        coreMs: this.#real(5, 15),
        rrcMs: this.#real(5, 15),
        sib19Ms: this.#one(this.#real(5, 40), this.#real(100, 600)),
        maxRetransmissions: this.#one(0, 1, 3, 6, 15),
        retryMs: this.#one(this.#real(0.5, 3), this.#real(15, 40)),
        retransmissionMs: isBusy ? this.#real(0.2, 1) : 0,
        t304Ms: this.#one(this.#real(50, 60), this.#real(400, 500)),
        t311Ms: this.#one(this.#real(100, 120), this.#real(5000, 6000)),
        t430Ms: this.#one(this.#real(20, 100), 30_000),
        minTimeOfStayMs: this.#one(0, this.#real(500, 2000)),
        processing: isBusy
          ? { cpus: 1 + this.#random.below(3), queueLimit: this.#one(0, 1, 4, 500) }
          : { cpus: 500, queueLimit: 0 },
        rach: { ...RACH, ...this.#rach(isBusy) },
      },
    );
    const load = this.#one(0.5, 3, 12);
    settings.messages.serviceMs = Float64Array.from(MESSAGES, (_, kind) =>
      isBusy ? load * this.#real(0.2, 1) : kind === SWITCH ? this.#real(0.1, 1) : 0,
    );
    settings.radioLink = {
      ...settings.radioLink,
      t310Ms: this.#one(this.#real(20, 50), this.#real(500, 1000)),
    };
    return settings;
  }

  #rach(isBusy: boolean) {
    return {
      prach: this.#one(...PRACH),
      fdm: 1,
      contentionPreambles: this.#one(2, 8, 56),
      dedicatedPreambles: isBusy ? this.#one(0, 500) : this.#random.below(4),
      triesMax: 2 + this.#random.below(9),
      backoffMs: this.#real(5, 30),
      responseWindowMs: this.#real(5, 15),
      responseMs: this.#real(1, 4),
      rampedDetection: this.#random.next() < 0.7,
    };
  }
}

type Result = ReturnType<typeof signalling>;

/** What is counted, as the engine tells it and as the twin does. */
function told({ procedures: p, sums, kinds, nodes, held }: Result) {
  const cells = Array.from({ length: sums.cells * sums.seconds }, (_, i) => SUMS.map((key) => sums[key][i]));
  return {
    handovers: Array.from(p.outcome, (outcome, i) => [
      OUTCOMES[outcome],
      p.messages[i],
      p.bytes[i],
      p.tries[i],
      p.drops[i],
    ]),
    cells,
    kinds: [...kinds],
    gnbs: Array.from(nodes.drops, (drops, i) => [drops, nodes.longest[i]]),
    held: [...held],
  };
}

function toldBy(twin: NaiveSignalling, cells: number) {
  const last = Math.max(...[...twin.sums.keys()].map((key) => parseInt(key, 10)));
  return {
    handovers: twin.handovers.map((h) => [h.outcome, h.messages, h.bytes, h.tries, h.drops]),
    cells: Array.from({ length: cells * (last + 1) }, (_, i) => {
      const sums = twin.sums.get(`${Math.floor(i / cells)} ${i % cells}`);
      return SUMS.map((key) => sums?.[key] ?? 0);
    }),
    kinds: twin.kinds,
    gnbs: twin.gnbs.map(({ drops, longest }) => [drops, longest]),
    held: twin.cells.map(({ held }) => held),
  };
}

/** Farthest that a time of a handover, or the work of a gNB, is from the twin's. */
function farthestMs({ procedures, nodes }: Result, twin: NaiveSignalling): number {
  const times = twin.handovers.flatMap((h) => TIMES.map((key) => [procedures[key][h.index], h[key]]));
  const work = twin.gnbs.map(({ busyMs }, i) => [nodes.busyMs[i], busyMs]);
  const apart = [...times, ...work].map(([a, b]) => (Object.is(a, b) ? 0 : Math.abs(a - b)));
  return apart.reduce((far, ms) => (ms <= far ? far : ms), 0);
}

const seen = new Map<string, number>();

/** Compares a sample of scenarios; answers how many of them the rules decide wholly (`doubts` says what they leave open). */
function compare(sort: Sort): number {
  let compared = 0;
  for (let number = 0; number < SCENARIOS[sort]; number++) {
    const { attempts, settings } = new Scenario(sort, number);
    const twin = new NaiveSignalling(attempts, settings);
    if (twin.doubts.size > 0) continue;
    const result = signalling(attempts, settings);
    expect(told(result), `scenario ${number}`).toEqual(toldBy(twin, settings.nodeOf.length));
    expect(farthestMs(result, twin), `scenario ${number}`).toBeLessThan(1e-6);
    for (const { outcome } of twin.handovers) seen.set(outcome!, (seen.get(outcome!) ?? 0) + 1);
    compared++;
  }
  return compared;
}

describe("signalling beside a second, plain writing of its rules", () => {
  it("is the same where places and preambles are scarce", () => {
    expect(compare("scarce")).toBe(SCENARIOS.scarce);
  });

  it("is the same where messages wait, are dropped and sent again", () => {
    expect(compare("busy")).toBeGreaterThan(0.75 * SCENARIOS.busy);
  });

  it("ends in every way there is in these samples", () => {
    for (const outcome of OUTCOMES) expect(seen.get(outcome), outcome).toBeGreaterThan(20);
  });
});
