import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { signallingSettings, type SignallingSettings } from "../../../src/main/handover/attempts.ts";
import { COMMAND, COMPLETE, CONFIGURE, MESSAGES, PREAMBLE } from "../../../src/main/handover/messages.ts";
import { OUTCOMES } from "../../../src/main/handover/procedure.ts";
import { RACH } from "../../../src/main/handover/rach.ts";
import { PRACH_27 } from "../../../src/main/handover/prach.ts";
import { explain, signalling, type Explanation } from "../../../src/main/handover/signalling.ts";
import { attemptsOf, type AttemptRecord } from "../../builders/attempts.ts";

const sure = { prach: PRACH_27, ...RACH, rampedDetection: false };
/** Cells 1 to 8, each its own gNB. */
const settings = (change: Partial<SignallingSettings> = {}) =>
  signallingSettings(1, Uint32Array.of(0, 0, 1, 2, 3, 4, 5, 6, 7), { rach: sure, ...change });
const one = (record: Partial<AttemptRecord>, change: Partial<SignallingSettings> = {}) =>
  explain(attemptsOf([record]), settings(change), 0);
const seconds = (ms: number) => ms * 1000;
/** From the re-establishment's end to the procedure's. */
const pathSwitchMs = ({ endMs, lines }: Explanation) =>
  endMs - lines.find((l) => l.what === "RRCReestablishmentComplete")!.endMs;
const names = (lines: { what: string }[]) => lines.map((l) => l.what);

describe("one procedure", () => {
  it("interrupts for 2 round trips down and 1.5 up with a transparent GEO satellite (TR 38.821 §7.3.2.1.1)", () => {
    const free = { ...settings().messages, serviceMs: new Float64Array(MESSAGES.length) };
    const trip = 541.46;
    const delay = { serviceDelayMs: trip / 2, targetDelayMs: trip / 2 };
    const chart = one(delay, {
      messages: free,
      rrcMs: 0,
      interSatelliteMs: 0,
      t304Ms: 2000,
      rach: { ...sure, responseMs: 0 },
    });
    const occasion = chart.lines.find((l) => l.what === "wait for an occasion")?.waitMs ?? 0;
    expect(occasion).toBeLessThanOrEqual(1);
    expect(chart.downMs - occasion).toBeCloseTo(2 * trip, 6);
    expect(chart.upMs - occasion).toBeCloseTo(1.5 * trip, 6);
    expect(Math.abs(chart.downMs - 1080)).toBeLessThan(5);
    expect(Math.abs(chart.upMs - 810)).toBeLessThan(5);
  });

  it("has a chart whose lines from command to Complete follow on one another and add up to the interruption", () => {
    const { lines, downMs } = one({}, { rach: { ...sure, rampedDetection: true } });
    const path = lines.slice(
      lines.findIndex((l) => l.what === MESSAGES[COMMAND].name),
      lines.findIndex((l) => l.what === MESSAGES[COMPLETE].name) + 1,
    );
    for (const [i, line] of path.entries()) {
      expect(line.wayMs + line.waitMs + line.workMs).toBeCloseTo(line.endMs - line.startMs, 9);
      if (i > 0) expect(line.startMs).toBeCloseTo(path[i - 1].endMs, 9);
    }
    expect(path.reduce((sum, l) => sum + l.endMs - l.startMs, 0)).toBeCloseTo(downMs, 9);
  });

  it("prepares all candidates of a conditional handover and cancels those not chosen", () => {
    const { outcome, lines } = one({ kind: 1, preparedMs: 10, others: [3, 4, 5, 6, 7, 8] });
    expect(outcome).toBe("success");
    expect(names(lines).filter((n) => n === "HANDOVER REQUEST").length).toBe(7);
    expect(names(lines).filter((n) => n === "HANDOVER CANCEL").length).toBe(6);
    expect(names(lines)).toContain(MESSAGES[CONFIGURE].name);
    expect(names(lines)).toContain("HANDOVER SUCCESS");
  });

  it("needs no message between gNBs and no path switch when one gNB has both cells", () => {
    const { outcome, lines } = explain(
      attemptsOf([{ interSatellite: 0 }]),
      signallingSettings(1, Uint32Array.of(0, 0, 0), { rach: sure }),
      0,
    );
    expect(outcome).toBe("success");
    expect(lines.filter((l) => l.interface === "Xn" || l.interface === "NG")).toEqual([]);
  });

  const ends: [string, Partial<AttemptRecord>, Partial<SignallingSettings>][] = [
    ["too-late", { sourceUntilMs: 104 }, {}],
    ["too-late", { sourceUntilMs: 90 }, {}],
    ["radio-link-failure", { timeMs: 5000, sourceUntilMs: 1000 }, {}],
    ["radio-link-failure", { kind: 1, preparedMs: 10, timeMs: 5000, sourceUntilMs: 1000 }, {}],
    ["success", { kind: 1, preparedMs: 10, timeMs: 1500, sourceUntilMs: 1000 }, {}],
    ["too-early", { targetFromMs: 60_000 }, {}],
    ["too-early", { targetUntilMs: 400 }, {}],
    ["wrong-cell", { targetUntilMs: 400, sourceUntilMs: 300 }, {}],
    ["wrong-cell", { targetFromMs: 90_000, sourceUntilMs: 300 }, {}],
    ["t304-expiry", { targetDelayMs: 400 }, {}],
    ["refused", {}, { capacity: 0 }],
    ["overload", {}, { maxRetransmissions: 0, processing: { cpus: 1, queueLimit: 0 } }],
  ];
  it.each(ends)("ends as %s: %o", (outcome, record, change) => {
    const records = outcome === "overload" ? [record, record] : [record];
    const all = attemptsOf(records);
    const { procedures } = signalling(all, settings(change));
    expect(OUTCOMES[procedures.outcome[all.count - 1]]).toBe(outcome);
  });

  it("fails in random access after preambleTransMax preambles that met others", () => {
    const rach = {
      ...sure,
      fdm: 1,
      contentionPreambles: 1,
      dedicatedPreambles: 0,
      triesMax: 3,
      backoffMs: 0,
    };
    const { procedures } = signalling(attemptsOf([{}, {}]), settings({ rach, t311Ms: 1000 }));
    expect([...procedures.outcome].map((o) => OUTCOMES[o])).toEqual(["rach-failure", "rach-failure"]);
    expect(procedures.tries[0]).toBeGreaterThanOrEqual(3);
  });

  // N310 · 10 ms and T310 of 1 s after 1000 ms
  it.each<Partial<AttemptRecord>>([
    { timeMs: 5000 },
    { timeMs: 5000, kind: 1, preparedMs: 4000 },
    { timeMs: 5000, kind: 1, preparedMs: 10 },
  ])(
    "begins with the failure of a link that fails before it, and interrupts since the link was last good: %o",
    (record) => {
      const chart = one({ ...record, sourceUntilMs: 1000 });
      expect(chart.outcome).toBe("radio-link-failure");
      expect(chart.startMs).toBe(record.preparedMs === 10 ? 10 : 2010);
      expect(chart.downMs).toBeCloseTo(chart.endMs - 1000 - pathSwitchMs(chart), 6);
      expect(chart.downMs).toBeGreaterThan(1010);
    },
  );

  it("counts no interruption twice where a UE comes to a source that it can no longer use", () => {
    const gone = { ue: 0, sourceUntilMs: 1000, targetFromMs: 1e6 };
    const { procedures } = signalling(
      attemptsOf([
        { ...gone, timeMs: 3000 },
        { ...gone, timeMs: 9000, source: 2, target: 3 },
      ]),
      settings(),
    );
    const { startMs, endMs, downMs } = procedures;
    expect([startMs[0], endMs[0], downMs[0]]).toEqual([2010, 9000, 8000]);
    expect(downMs[1]).toBeCloseTo(endMs[1] - 9000, 6);
  });

  it("reads SIB19 first when the target's ephemeris is older than T430", () => {
    const late = { kind: 1 as const, preparedMs: 10, timeMs: seconds(40) };
    expect(names(one(late).lines)).toContain("read SIB19 of the target");
    expect(names(one(late, { t430Ms: seconds(60) }).lines)).not.toContain("read SIB19 of the target");
  });

  it("is told what is wrong with attempts that cannot be", () => {
    const bad = attemptsOf([{ timeMs: 50, target: 1 }, { timeMs: 10 }]);
    expect(() => signalling(bad, settings())).toThrow(/order of time[\s\S]*own target/);
  });
});

/** Attempts in order of time, with windows that open and close around them. */
const some = fc
  .array(
    fc.record({
      timeMs: fc.integer({ min: 100, max: 3000 }),
      ue: fc.integer({ min: 0, max: 20 }),
      source: fc.integer({ min: 1, max: 4 }),
      target: fc.integer({ min: 5, max: 8 }),
      kind: fc.constantFrom(0 as const, 1 as const),
      preparedMs: fc.integer({ min: 0, max: 100 }),
      sourceUntilMs: fc.oneof(fc.constant(Infinity), fc.integer({ min: 0, max: 4000 })),
      targetFromMs: fc.integer({ min: 0, max: 3000 }),
      targetUntilMs: fc.oneof(fc.constant(Infinity), fc.integer({ min: 0, max: 6000 })),
      others: fc.constantFrom([], [7], [6, 7]),
      group: fc.integer({ min: -1, max: 1 }),
    }),
    { maxLength: 60 },
  )
  .map((records) =>
    records
      .map((r) => Object.assign(r, { others: r.others.filter((c) => c !== r.target) }))
      .sort((a, b) => a.timeMs - b.timeMs),
  );
const tight: Partial<SignallingSettings> = {
  capacity: 25,
  processing: { cpus: 1, queueLimit: 2 },
  maxRetransmissions: 2,
  retryMs: 1,
  rach: { prach: PRACH_27, ...RACH, fdm: 1, contentionPreambles: 2, dedicatedPreambles: 1, triesMax: 3 },
};

describe("all procedures together", () => {
  it("each end exactly once, after they start, and the ledger's bytes are those of the procedures", () => {
    fc.assert(
      fc.property(some, fc.boolean(), (records, isTight) => {
        const { procedures, rows, sums } = signalling(attemptsOf(records), settings(isTight ? tight : {}));
        for (let p = 0; p < procedures.count; p++) {
          expect(procedures.outcome[p]).toBeLessThan(OUTCOMES.length);
          expect(procedures.endMs[p]).toBeGreaterThanOrEqual(procedures.startMs[p]);
          expect(procedures.downMs[p]).toBeGreaterThanOrEqual(0);
        }
        const bytes = procedures.bytes.reduce((a, b) => a + b, 0);
        expect(rows.bytes.reduce((a, b) => a + b, 0)).toBe(bytes);
        expect(sums.bytes.reduce((a, b) => a + b, 0)).toBe(bytes);
        expect(rows.count).toBe(procedures.messages.reduce((a, b) => a + b, 0));
        const tries = rows.kind.filter((kind) => kind === PREAMBLE).length;
        expect(tries).toBe(sums.tries.reduce((a, b) => a + b, 0));
      }),
      { numRuns: 150 },
    );
  });

  it("count every UE in exactly one cell when all is over", () => {
    fc.assert(
      fc.property(some, (records) => {
        const { held } = signalling(attemptsOf(records), settings(tight));
        expect(held.reduce((a, b) => a + b, 0)).toBe(0);
      }),
      { numRuns: 150 },
    );
  });

  it("are the same for the same seed, and one of a UE waits for the end of the one before", () => {
    const records = Array.from({ length: 300 }, (_, i) => ({ timeMs: 100 + (i >> 1), ue: i % 100 }));
    const runs = [0, 1].map(() => signalling(attemptsOf(records), settings()));
    expect(runs[0].procedures).toEqual(runs[1].procedures);
    const { startMs, endMs } = runs[0].procedures;
    for (let p = 100; p < 300; p++) expect(startMs[p]).toBeGreaterThanOrEqual(endMs[p - 100]);
  });

  it("leave nothing behind for the runs after them", () => {
    const many = attemptsOf(
      Array.from({ length: 3000 }, (_, i) => ({
        timeMs: i,
        ue: i % 500,
        kind: (i % 2) as 0 | 1,
        preparedMs: 0,
        group: -1,
      })),
    );
    const few = attemptsOf(Array.from({ length: 40 }, (_, i) => ({ timeMs: 3 * i, ue: i, group: 0 })));
    const alone = signalling(few, settings());
    signalling(many, settings({ processing: { cpus: 1, queueLimit: 4 } }));
    expect(signalling(few, settings())).toEqual(alone);
  });

  it("begin, where conditional, when they are prepared, whatever the order of the conditions", () => {
    const attempts = attemptsOf([
      { timeMs: 5000, kind: 1, preparedMs: 4000 },
      { timeMs: 6000, kind: 1, preparedMs: 1000 },
    ]);
    delete attempts.groupOf;
    const { rows, procedures } = signalling(attempts, signallingSettings(1, Uint32Array.of(0, 0, 1)));
    expect([...procedures.startMs]).toEqual([4000, 1000]);
    expect([...rows.timeMs].filter((_, i) => rows.kind[i] === 0)).toEqual([1000, 4000]);
  });

  it("send one command for a group, and never more commands than one by one", () => {
    const records = Array.from({ length: 40 }, () => ({ group: 0 }));
    const commands = (group: number) =>
      signalling(attemptsOf(records.map(() => ({ group }))), settings()).rows.kind.filter(
        (k) => k === COMMAND,
      ).length;
    expect(commands(-1)).toBe(40);
    expect(commands(0)).toBe(1);
    const { outcome } = signalling(attemptsOf(records), settings()).procedures;
    expect(outcome.every((o) => o === 0)).toBe(true);
  });
});
