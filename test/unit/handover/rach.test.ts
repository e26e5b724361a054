import { readFileSync, existsSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import {
  collisionProbability,
  nextOccasion,
  opportunitiesPerSecond,
  PRACH_27,
  supportedDensity,
  type PrachConfiguration,
} from "../../../src/main/handover/prach.ts";
import {
  detection,
  failureProbability,
  meanAccessDelay,
  meanTries,
  RACH,
  type RachSettings,
} from "../../../src/main/handover/rach.ts";
import { signalling } from "../../../src/main/handover/signalling.ts";
import { signallingSettings } from "../../../src/main/handover/attempts.ts";
import { setGlobals } from "../../../src/main/handover/module.ts";
import { Random, streamKey } from "../../../src/main/math/random.ts";
import { attemptsOf } from "../../builders/attempts.ts";
import { engineParts, setSubframes } from "../../builders/engine-parts.ts";

const root = resolve(import.meta.dirname, "../../..");
interface Table {
  quantity: string;
  rows: [number, number, number, number, number[]][] | number[][];
}
const tables = JSON.parse(readFileSync(resolve(root, "resources/reference/prach.json"), "utf8")) as Table[];
const configurations = new Map<number, PrachConfiguration>(
  (tables[0].rows as [number, number, number, number, number[]][]).map(([index, , x, y, subframes]) => [
    index,
    { x, y, subframes },
  ]),
);
const csv = resolve(root, "../shared/reference/prach/prach_38211_table_6.3.3.2-2_idx0-86.csv");
const settings = (change: Partial<RachSettings> = {}): RachSettings => ({
  prach: PRACH_27,
  ...RACH,
  ...change,
});

describe("PRACH configurations", () => {
  it("have the occasions a second of the transcribed table", ({ skip }) => {
    if (!existsSync(csv)) skip("the reference folder is not beside the project");
    const lines = readFileSync(csv, "utf8").trim().split(/\r?\n/).slice(1);
    expect(lines.length).toBe(87);
    for (const line of lines) {
      const [index, , , , , perSecond] = line.split(",").map(Number);
      const configuration = configurations.get(index);
      expect(configuration && opportunitiesPerSecond(configuration)).toBe(perSecond);
    }
  });

  it("have the occasions a second that TR 38.821 names", () => {
    for (const [index, perSecond] of tables[3].rows as number[][]) {
      const configuration = configurations.get(index);
      expect(configuration && opportunitiesPerSecond(configuration)).toBe(perSecond);
    }
  });

  it("place as many occasions in a second as the rule says, each in its frame and subframe", () => {
    for (const configuration of configurations.values()) {
      let count = 0;
      let wrong = 0;
      let at = nextOccasion(configuration, -0.5);
      for (; at < 16_000; at = nextOccasion(configuration, at)) {
        count++;
        if (Math.floor(at / 10) % configuration.x !== configuration.y) wrong++;
        if (!configuration.subframes.includes(at % 10)) wrong++;
      }
      expect(wrong).toBe(0);
      expect(count / 16).toBe(opportunitiesPerSecond(configuration));
    }
  });

  it("support the densities of TR 38.821 Tables 7.2.1.1.1.1-2 and 7.2.1.1.1.2-3 to the integer", () => {
    for (const table of tables.slice(1, 3))
      for (const [perSecond, area, rate, density] of table.rows as number[][])
        expect(Math.round(supportedDensity(0.01, perSecond * 8 * 56, area, rate))).toBe(density);
  });
});

describe("random access", () => {
  it.each([0.05, 0.2, 0.5, 1])(
    "collides as slotted ALOHA says: %d attempts per preamble and occasion",
    async (load) => {
      const occasions = 1500;
      const places = 448;
      const random = new Random(11, "aloha");
      const arrivals = Array.from({ length: random.poisson(load * places * occasions) }, () =>
        random.below(occasions * 1000),
      ).sort((a, b) => a - b);
      const preambles = await engineParts({ procedures: arrivals.length }, { places });
      for (const [i, us] of arrivals.entries())
        preambles.choose(0, i, nextOccasion(PRACH_27, us / 1000), us / 1000);
      let met = 0;
      for (let i = 0; i < arrivals.length; i++) met += preambles.hasMet(i);
      const p = collisionProbability(load, 1);
      // attempts that share a preamble are not independent: their pairs widen the error
      const sigma = Math.sqrt((p * (1 - p) * (1 + load)) / arrivals.length);
      expect(Math.abs(met / arrivals.length - p)).toBeLessThan(4 * sigma);
    },
  );

  it("meets those who chose the same, though some choose long before the instant from which they may send", async () => {
    const places = 6;
    const stream = { seed: 5, stream: streamKey("early") };
    const preambles = await engineParts({ procedures: 4000, cells: 3 }, { places, ...stream });
    const draws = new Random(5, "early");
    const random = new Random(6, "instants");
    const together = new Map<string, number[]>();
    for (let i = 0, nowMs = 0; i < 4000; i++, nowMs += random.next()) {
      const cell = random.below(3);
      const afterMs = nowMs + random.below(4) * 13 * random.next();
      const at = Math.floor(afterMs) + 1;
      preambles.choose(cell, i, at, nowMs);
      const choice = `${cell} ${at} ${draws.at(i).below(places)}`;
      together.set(choice, [...(together.get(choice) ?? []), i]);
    }
    const met = [...together.values()].filter((ues) => ues.length > 1).flat();
    expect(met.length).toBeGreaterThan(100);
    expect(Array.from({ length: 4000 }, (_, i) => i).filter((i) => preambles.hasMet(i))).toEqual(
      met.toSorted((x, y) => x - y),
    );
  });

  it("gives a cell only so many contention-free preambles, and takes them back", async () => {
    const preambles = await engineParts({ procedures: 4, cells: 2 }, { dedicatedPreambles: 2 });
    const have = () => [0, 1, 2, 3].map((ue) => preambles.isDedicated(ue));
    for (const ue of [0, 0, 1, 2]) preambles.reserve(0, ue);
    expect(have()).toEqual([1, 1, 0, 0]);
    preambles.reserve(1, 3);
    preambles.release(0, 0);
    preambles.release(0, 0);
    for (const ue of [2, 0]) preambles.reserve(0, ue);
    expect(have()).toEqual([0, 1, 1, 1]);
  });

  it("never collides with a contention-free preamble", () => {
    const rach = settings({ fdm: 1, contentionPreambles: 1, dedicatedPreambles: 2 });
    const attempts = attemptsOf([0, 1, 2, 3].map(() => ({ timeMs: 100 })));
    const { procedures } = signalling(attempts, signallingSettings(1, Uint32Array.of(0, 0, 1), { rach }));
    const tries = [...procedures.tries];
    expect(tries.filter((n) => n > 1).length).toBeGreaterThanOrEqual(2);
    const { sums } = signalling(
      attemptsOf([0, 1].map(() => ({ timeMs: 100 }))),
      signallingSettings(1, Uint32Array.of(0, 0, 1), { rach }),
    );
    expect(sums.collisions.reduce((a, b) => a + b)).toBe(0);
  });

  it("waits in the compiled engine for the occasions of the rule", async () => {
    const random = new Random(8, "occasions");
    const parts = await engineParts({});
    for (const { x, y, subframes } of configurations.values()) {
      setGlobals(parts as never, { frameX: x, frameY: y });
      setSubframes(parts, subframes);
      for (let i = 0; i < 50; i++) {
        const after = i % 5 === 0 ? random.below(2000) : 2000 * random.next();
        expect(parts.occasionAfter(after)).toBe(nextOccasion({ x, y, subframes }, after));
      }
    }
  });

  it("is heard more surely with each louder try", () => {
    expect(detection(1, true)).toBeCloseTo(0.632, 3);
    expect(detection(3, true)).toBeCloseTo(0.95, 2);
    expect(detection(1, false)).toBe(1);
  });

  it("takes as long as the closed form of tries with equal chances says, within 2 %", () => {
    const rach = settings({
      fdm: 1,
      contentionPreambles: 4,
      dedicatedPreambles: 0,
      backoffMs: 160,
      rampedDetection: false,
      triesMax: 40,
    });
    const n = 6000;
    const random = new Random(5, "times");
    const times = Array.from({ length: n }, () => random.next() * 4000).sort((a, b) => a - b);
    const attempts = attemptsOf(times.map((timeMs) => ({ timeMs })));
    const { procedures } = signalling(
      attempts,
      signallingSettings(1, Uint32Array.of(0, 0, 1), {
        rach,
        t304Ms: 10_000,
        rrcMs: 0,
        processing: { cpus: 64, queueLimit: 1000 },
      }),
    );
    let tries = 0;
    let delay = 0;
    let succeeded = 0;
    for (let i = 0; i < n; i++) {
      if (procedures.outcome[i] !== 0) continue;
      tries += procedures.tries[i];
      delay += procedures.upMs[i] - 3;
      succeeded++;
    }
    const p = collisionOf(procedures.tries, procedures.outcome);
    expect(Math.abs(delay / succeeded / meanAccessDelay(p, 6, 1, rach) - 1)).toBeLessThan(0.02);
    expect(tries / succeeded).toBeGreaterThan(1.2);
  });

  it("has the mean number of tries of a cut geometric row", () => {
    let sum = 0;
    for (let k = 1; k <= 4; k++) sum += (k < 4 ? 0.3 ** (k - 1) * 0.7 : 0.3 ** 3) * k;
    expect(meanTries(0.3, 4)).toBeCloseTo(sum, 12);
    expect(failureProbability(0.3, 4)).toBeCloseTo(0.0081, 12);
  });
});

/** Chance of a try to fail, from the successes (one each) among all tries of finished accesses. */
function collisionOf(tries: Uint16Array, outcome: Uint8Array): number {
  let all = 0;
  let good = 0;
  for (let i = 0; i < tries.length; i++) {
    all += tries[i];
    if (outcome[i] === 0) good++;
  }
  return 1 - good / all;
}
