import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  signallingSettings,
  type SignallingSettings,
  type Span,
} from "../../../src/main/handover/attempts.ts";
import { PRACH_27 } from "../../../src/main/handover/prach.ts";
import { OUTCOMES } from "../../../src/main/handover/procedure.ts";
import { RACH } from "../../../src/main/handover/rach.ts";
import { explain, signalling, type Explanation } from "../../../src/main/handover/signalling.ts";
import { attemptsOf, type AttemptRecord } from "../../builders/attempts.ts";

const NEAR_MS = 1e-6;

/** Where lines leave a gap between two instants; null: nowhere. */
function gap(lines: readonly { startMs: number; endMs: number }[], { fromMs, toMs }: Span): Span | null {
  let reached = fromMs;
  for (const { startMs, endMs } of [...lines].sort((a, b) => a.startMs - b.startMs)) {
    if (reached >= toMs) break;
    if (startMs > reached + NEAR_MS) return { fromMs: reached, toMs: startMs };
    reached = Math.max(reached, endMs);
  }
  return reached >= toMs - NEAR_MS ? null : { fromMs: reached, toMs };
}

const total = (spans: readonly Span[]) => spans.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
const sure = { prach: PRACH_27, ...RACH, rampedDetection: false };
const settings = (change: Partial<SignallingSettings> = {}) =>
  signallingSettings(1, Uint32Array.of(0, 0, 1, 2, 3), { rach: sure, ...change });
const one = (record: Partial<AttemptRecord>, change: Partial<SignallingSettings> = {}) =>
  explain(attemptsOf([record]), settings(change), 0);
const names = ({ lines }: Explanation) => lines.map(({ what }) => what);

/** Scenarios of up to 40 procedures, from a seed: links that come and go, full queues, groups, candidates, short timers. */
function scenario(seed: number) {
  let state = seed;
  const random = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const below = (n: number) => Math.floor(random() * n);
  const pick = <T>(...choices: T[]) => choices[below(choices.length)];
  for (let i = 0; i < 4; i++) random();
  const cells = 2 + below(5);
  const nodes = 1 + below(cells);
  const nodeOf = Uint32Array.from({ length: cells + 1 }, () => below(nodes));
  const span = pick(50, 500, 5000, 100_000);
  const conditional = random();
  const grouped = random() < 0.3;
  const count = 1 + below(40);
  const records = Array.from({ length: count }, () => {
    const source = 1 + below(cells);
    const target = 1 + ((source + below(cells - 1)) % cells);
    const timeMs = random() * span;
    const kind = (random() < conditional ? 1 : 0) as 0 | 1;
    return {
      timeMs,
      ue: below(count),
      source,
      target,
      kind,
      preparedMs: kind ? Math.max(0, timeMs - random() * span) : NaN,
      sourceUntilMs: random() < 0.2 ? Infinity : timeMs + (random() - 0.4) * 4000,
      targetFromMs: timeMs + (random() - 0.8) * 2000,
      targetUntilMs: random() < 0.3 ? Infinity : timeMs + random() * 20_000,
      serviceDelayMs: 1 + random() * pick(10, 140),
      targetDelayMs: 1 + random() * 10,
      interSatellite: pick<0 | 1>(0, 1),
      others: Array.from({ length: kind ? below(8) : 0 }, () => below(cells + 1)).filter(
        (cell) => cell !== source && cell !== target,
      ),
      group: grouped && random() < 0.7 ? below(3) : -1,
    };
  }).sort((a, b) => a.timeMs - b.timeMs);
  const attempts = attemptsOf(records);
  if (!grouped) delete attempts.groupOf;
  const change = {
    capacity: random() < 0.3 ? 5 : 65_519,
    maxRetransmissions: below(6),
    retryMs: pick(0, 1, 20, 35.5),
    t304Ms: pick(50, 500, 2000),
    t311Ms: pick(100, 30_000),
    t430Ms: pick(100, 30_000),
    processing: { cpus: 1 + below(4), queueLimit: pick(0, 1, 10, 500) },
    minTimeOfStayMs: pick(0, 1000, 10_000),
    rach: { ...sure, rampedDetection: random() < 0.7, triesMax: 1 + below(10), dedicatedPreambles: below(3) },
  };
  return { attempts, settings: signallingSettings(1 + below(1000), nodeOf, change), watched: below(count) };
}

describe("a message chart", () => {
  it("has no gap between start and end, nor in the interruption, which adds up to the one reported", () => {
    const seen = new Set<string>();
    const check = (seed: number) => {
      const { attempts, settings: all, watched } = scenario(seed);
      const shown = explain(attempts, all, watched);
      const { procedures } = signalling(attempts, all);
      const { startMs, endMs, down, up, downMs, upMs, lines } = shown;
      seen.add(shown.outcome);
      expect(downMs).toBe(procedures.downMs[watched]);
      expect(total(down)).toBeCloseTo(downMs, 6);
      expect(total(up)).toBeCloseTo(upMs, 6);
      for (const span of [...down, ...up, { fromMs: startMs, toMs: endMs }])
        expect(gap(lines, span)).toBeNull();
      for (const line of lines)
        expect(line.wayMs + line.waitMs + line.workMs).toBeCloseTo(line.endMs - line.startMs, 6);
    };
    fc.assert(fc.property(fc.integer({ min: 1, max: 2 ** 31 }), check), { numRuns: 1500, seed: 7 });
    expect([...seen].sort()).toEqual([...OUTCOMES].sort());
  });

  it("tells what a UE waited for: a lost preamble, the condition, a failed link, a search that finds nothing", () => {
    const lossy = { ...sure, dedicatedPreambles: 0, rampedDetection: true };
    const retried = Array.from({ length: 30 }, (_, seed) =>
      explain(attemptsOf([{}]), signallingSettings(seed, Uint32Array.of(0, 0, 1), { rach: lossy }), 0),
    ).find(({ lines }) => lines.some(({ lost }) => lost))!;
    const lost = retried.lines.findIndex((line) => line.lost);
    expect(names(retried).slice(lost, lost + 4)).toEqual([
      "random-access preamble",
      "wait for the response",
      "back-off",
      "wait for an occasion",
    ]);

    const conditional = one({ kind: 1, preparedMs: 10, timeMs: 2000 });
    const waits = conditional.lines.find(({ what }) => what === "wait for the condition")!;
    expect(waits.endMs).toBe(2000);
    expect(waits.waitMs).toBeGreaterThan(1900);
    // data must leave the source one way before
    expect(conditional.down).toEqual([{ fromMs: 2000 - 3, toMs: 2000 - 3 + conditional.downMs }]);

    const cut = one({ sourceUntilMs: 90, targetFromMs: 90_000 });
    const failed = cut.lines.find(({ what }) => what.startsWith("link lost"))!;
    // N310 · 10 ms and T310 of 1 s
    expect([failed.startMs, failed.endMs]).toEqual([90, 1100]);
    expect(names(cut)).toContain("T311: no cell found");
    expect(cut.down).toEqual(cut.up);
  });

  it("names the cell of each party, and of the other candidates theirs", () => {
    const { lines } = one({ kind: 1, preparedMs: 10, others: [3, 4] });
    const asked = lines.filter(({ what }) => what === "HANDOVER REQUEST");
    expect(asked.map(({ from, fromCell, to, toCell }) => [from, fromCell, to, toCell])).toEqual([
      ["source", 1, "target", 2],
      ["source", 1, "other", 3],
      ["source", 1, "other", 4],
    ]);
    const answers = lines.filter(({ what }) => what === "HANDOVER REQUEST ACKNOWLEDGE");
    expect(answers.map(({ fromCell, toCell }) => [fromCell, toCell])).toEqual([
      [2, 1],
      [3, 1],
      [4, 1],
    ]);
    const preamble = lines.find(({ what }) => what === "random-access preamble")!;
    expect(preamble).toMatchObject({ from: "ue", fromCell: null, to: "cell", toCell: 2 });
  });
});
