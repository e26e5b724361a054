import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { a3, handoverState, type Decision } from "../../../src/main/handover/a3.ts";
import {
  entering,
  leaving,
  measured,
  type EventConfig,
  type EventKind,
  type Measured,
} from "../../../src/main/handover/conditions.ts";
import { prefer, TriggerBank } from "../../../src/main/handover/trigger.ts";
import { naiveEntering, naiveLeaving, naiveTriggers } from "../../builders/naive-events.ts";

/** All instants at which a candidate triggers in a series of measurements. */
function triggers(samples: Measured[], configs: EventConfig[], periodMs: number): number[] {
  const bank = new TriggerBank(3, 2, 2, periodMs);
  const slot = bank.take(1, 7);
  const found: number[] = [];
  for (const [i, sample] of samples.entries()) {
    const at = bank.step(1, slot, i * periodMs, { ...sample, timeMs: i * periodMs }, configs);
    if (at >= 0) found.push(at);
  }
  return found;
}

const sample = (change: Partial<Measured>): Measured => ({ ...measured(), ...change });
const rsrp = (serving: number, ...targets: number[]) =>
  targets.map((target) => sample({ servingRsrpDbm: serving, targetRsrpDbm: target }));
const a3Event = (timeToTriggerMs: number): EventConfig => ({
  kind: "A3",
  offsetDb: 2,
  hysteresisDb: 1,
  timeToTriggerMs,
});

describe("the trigger of an event", () => {
  it("falls where the time-to-trigger runs out, also between two measurements", () => {
    const steady = rsrp(-100, -96, -96, -96, -96);
    expect(triggers(steady, [a3Event(0)], 200)).toEqual([0]);
    expect(triggers(steady, [a3Event(160)], 200)).toEqual([160]);
    expect(triggers(steady, [a3Event(256)], 200)).toEqual([256]);
    expect(triggers(steady, [a3Event(1024)], 200)).toEqual([]);
  });

  it("waits again after one measurement without the entering condition", () => {
    const broken = rsrp(-100, -96, -96, -97, -96, -96, -96);
    expect(triggers(broken, [a3Event(400)], 200)).toEqual([1000]);
  });

  it("is not given twice while the event stays in the hysteresis, and again after the leaving condition", () => {
    const within = rsrp(-100, -96, -98, -99, -96);
    expect(triggers(within, [a3Event(0)], 200)).toEqual([0]);
    const left = rsrp(-100, -96, -99.5, -96);
    expect(triggers(left, [a3Event(0)], 200)).toEqual([0, 400]);
  });

  it("needs the leaving condition for the time-to-trigger as well", () => {
    const short = rsrp(-100, -96, -96, -99.5, -96, -96, -96);
    expect(triggers(short, [a3Event(256)], 200)).toEqual([256]);
    const long = rsrp(-100, -96, -96, -99.5, -99.5, -96, -96, -96);
    expect(triggers(long, [a3Event(256)], 200)).toEqual([256, 1056]);
  });

  it("leaves when the candidate is no longer heard", () => {
    const lost = rsrp(-100, -96, -Infinity, -96);
    expect(triggers(lost, [a3Event(0)], 200)).toEqual([0, 400]);
  });

  it("follows a UE that leaves a fixed reference by distance (50 m/s steps, hysteresis 50 m)", () => {
    const config: EventConfig = {
      kind: "D1",
      threshold1M: 1000,
      threshold2M: 2000,
      hysteresisM: 50,
      timeToTriggerMs: 0,
    };
    const away = [1000, 1050, 1051, 1051].map((distanceServingM, i) =>
      sample({ distanceServingM, distanceTargetM: i < 3 ? 1950 : 1949 }),
    );
    expect(triggers(away, [config], 1000)).toEqual([3000]);
  });

  const window: EventConfig = { kind: "T1", thresholdMs: 450, durationMs: 300 };

  it("of T1 is the millisecond after the threshold, whatever the measurement grid", () => {
    expect(triggers(rsrp(-100, -90, -90, -90, -90, -90), [window], 200)).toEqual([451]);
    expect(triggers(rsrp(-100, -90, -90), [window], 1000)).toEqual([451]);
  });

  it("of T1 with A3 is the later one, and none once the duration has passed", () => {
    const from = (quiet: number) => [
      ...rsrp(-100, ...Array.from({ length: quiet }, () => -110)),
      ...rsrp(-100, -90, -90),
    ];
    expect(triggers(from(0), [window, a3Event(0)], 400)).toEqual([451]);
    expect(triggers(from(1), [window, a3Event(256)], 400)).toEqual([656]);
    expect(triggers(from(1), [window, a3Event(350)], 400)).toEqual([750]);
    expect(triggers(from(1), [window, a3Event(351)], 400)).toEqual([]);
    expect(triggers(from(2), [window, a3Event(0)], 400)).toEqual([]);
  });

  it("says which of two conditions decided", () => {
    const bank = new TriggerBank(1, 1, 2, 200);
    const slot = bank.take(0, 5);
    const m = sample({ servingRsrpDbm: -100, targetRsrpDbm: -90, timeMs: 0 });
    const configs: EventConfig[] = [a3Event(0), { kind: "T1", thresholdMs: 250, durationMs: 100 }];
    expect(bank.step(0, slot, 0, m, configs)).toBe(-1);
    expect(bank.step(0, slot, 200, m, configs)).toBe(251);
    expect(bank.decidedBy).toBe(1);
  });
});

const KINDS: EventKind[] = ["A3", "A4", "A5", "D1", "D2", "T1", "elevation", "timing-advance"];
/** Few values, all of them sums of powers of two, so that both sides of an inequality are often equal, and exactly. */
const small = (low: number, high: number, unit = 1) =>
  fc.integer({ min: low, max: high }).map((value) => value * unit);
const ttt = fc.constantFrom(0, 40, 64, 100, 160, 256, 480);

function events(kind: EventKind): fc.Arbitrary<EventConfig> {
  const radio = { hysteresisDb: small(0, 3, 0.5), timeToTriggerMs: ttt };
  const near = { threshold1M: small(0, 4, 50), threshold2M: small(0, 4, 50), hysteresisM: small(0, 2, 50) };
  switch (kind) {
    case "A3":
      return fc.record({ kind: fc.constant(kind), offsetDb: small(-2, 2, 0.5), ...radio });
    case "A4":
      return fc.record({ kind: fc.constant(kind), thresholdDbm: small(-103, -99), ...radio });
    case "A5":
      return fc.record({
        kind: fc.constant(kind),
        threshold1Dbm: small(-103, -99),
        threshold2Dbm: small(-103, -99),
        ...radio,
      });
    case "D1":
    case "D2":
      return fc.record({ kind: fc.constant(kind), ...near, timeToTriggerMs: ttt });
    case "T1":
      return fc.record({
        kind: fc.constant(kind),
        thresholdMs: small(-1, 30, 50),
        durationMs: small(1, 12, 50),
      });
    case "elevation":
      return fc.record({
        kind: fc.constant(kind),
        threshold1: small(8, 12, 0.0625),
        threshold2: small(8, 12, 0.0625),
        hysteresis: small(0, 2, 0.0625),
        timeToTriggerMs: ttt,
      });
    case "timing-advance":
      return fc.record({
        kind: fc.constant(kind),
        threshold1S: small(0, 4, 0.0009765625),
        threshold2S: small(0, 4, 0.0009765625),
        hysteresisS: small(0, 2, 0.0009765625),
        timeToTriggerMs: ttt,
      });
  }
}

/** Runs of equal measurements, so that times-to-trigger do run out. */
const offset = fc.constantFrom(0, 0, 0, 1, -1);
const anySample: fc.Arbitrary<Measured> = fc.record({
  servingRsrpDbm: small(-104, -98),
  targetRsrpDbm: fc.oneof({ weight: 9, arbitrary: small(-104, -98) }, fc.constantFrom(-Infinity, NaN)),
  ofpDb: offset,
  ocpDb: offset,
  ofnDb: offset,
  ocnDb: offset,
  distanceServingM: small(0, 5, 50),
  distanceTargetM: small(0, 5, 50),
  timeMs: fc.constant(0),
  elevationServing: small(7, 13, 0.0625),
  elevationTarget: small(7, 13, 0.0625),
  rttServingS: small(0, 5, 0.0009765625),
  rttTargetS: small(0, 5, 0.0009765625),
});
const series = fc
  .array(fc.tuple(anySample, fc.integer({ min: 1, max: 4 })), { minLength: 1, maxLength: 6 })
  .map((runs) => runs.flatMap(([one, times]) => Array.from({ length: times }, () => one)));
const period = fc.constantFrom(40, 120, 200, 480);

describe("conformance with a second writing of the events", () => {
  for (const kind of KINDS)
    it(`${kind}: the same entering, leaving and trigger instants over 1000 series of measurements`, () => {
      let found = 0;
      let entered = 0;
      fc.assert(
        fc.property(series, events(kind), period, (samples, event, periodMs) => {
          const stamped = samples.map((one, i) => ({ ...one, timeMs: i * periodMs }));
          const enters = stamped.map((m) => entering(event, m));
          expect(enters).toEqual(stamped.map((m) => naiveEntering(event, m)));
          expect(stamped.map((m) => leaving(event, m))).toEqual(stamped.map((m) => naiveLeaving(event, m)));
          const expected = naiveTriggers(stamped, [event], periodMs);
          expect(triggers(samples, [event], periodMs)).toEqual(expected);
          found += expected.length;
          entered += enters.filter(Boolean).length;
        }),
        { numRuns: 1000 },
      );
      expect(found).toBeGreaterThan(100);
      expect(entered).toBeGreaterThan(100);
    });

  it("pairs of conditions: the same trigger instants over 1000 series of measurements", () => {
    const any = fc.constantFrom(...KINDS).chain(events);
    let found = 0;
    fc.assert(
      fc.property(series, fc.tuple(any, any), period, (samples, pair, periodMs) => {
        const expected = naiveTriggers(samples, pair, periodMs);
        expect(triggers(samples, pair, periodMs)).toEqual(expected);
        found += expected.length;
      }),
      { numRuns: 1000 },
    );
    expect(found).toBeGreaterThan(50);
  });

  it("A3: the same first decision as the columns of event A3, with as many candidates", () => {
    const level = fc.integer({ min: -106, max: -98 });
    const track = fc.array(
      fc.record({ serving: level, targets: fc.array(level, { minLength: 4, maxLength: 4 }) }),
      {
        maxLength: 14,
      },
    );
    fc.assert(
      fc.property(track, ttt, fc.integer({ min: 0, max: 3 }), (steps, timeToTriggerMs, hysteresisDb) => {
        const settings = { offsetDb: 1, hysteresisDb, timeToTriggerMs, periodMs: 200 };
        const config: EventConfig = { kind: "A3", ...settings };
        const state = handoverState(1);
        state.serving[0] = 1;
        const bank = new TriggerBank(1, 4, 1, 200);
        const cell = Uint32Array.from([2, 3, 4, 5]);
        for (const [i, { serving, targets }] of steps.entries()) {
          const columns: Decision = { target: 0, atMs: 0, rsrpTarget: 0 };
          const banked: Decision = { target: 0, atMs: 0, rsrpTarget: 0 };
          a3(
            columns,
            state,
            0,
            i * 200,
            serving,
            { count: 4, cell, rsrp: Float64Array.from(targets) },
            settings,
          );
          for (const [n, target] of targets.entries()) {
            const m = sample({ servingRsrpDbm: serving, targetRsrpDbm: target, timeMs: i * 200 });
            const at = bank.step(0, bank.take(0, cell[n]), i * 200, m, [config]);
            prefer(banked, cell[n], at, target);
          }
          expect(banked.target && banked).toEqual(columns.target && columns);
          if (columns.target) return;
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe("the bank of triggers", () => {
  it("keeps the candidates of every UE apart", () => {
    const bank = new TriggerBank(2, 8, 1, 200);
    const strong = sample({ servingRsrpDbm: -100, targetRsrpDbm: -90, timeMs: 0 });
    const weak = sample({ servingRsrpDbm: -100, targetRsrpDbm: -110, timeMs: 0 });
    const config = [a3Event(256)];
    for (let cell = 1; cell <= 8; cell++) {
      bank.step(0, bank.take(0, cell), 0, cell % 2 ? strong : weak, config);
      bank.step(1, bank.take(1, cell), 0, cell % 2 ? weak : strong, config);
    }
    for (let cell = 8; cell >= 1; cell--) {
      expect(bank.step(0, bank.take(0, cell), 200, strong, config)).toBe(cell % 2 ? 256 : -1);
      expect(bank.step(1, bank.take(1, cell), 200, strong, config)).toBe(cell % 2 ? -1 : 256);
    }
  });

  it("has room for eight candidates, and makes room by forgetting those no longer wanted, timers and all", () => {
    const bank = new TriggerBank(1, 8, 1, 200);
    const strong = sample({ servingRsrpDbm: -100, targetRsrpDbm: -90, timeMs: 0 });
    for (let cell = 1; cell <= 8; cell++) bank.step(0, bank.take(0, cell), 0, strong, [a3Event(256)]);
    expect(bank.take(0, 9)).toBe(-1);
    bank.keep(0, Uint32Array.from([8, 7, 1]), 2);
    const slot = bank.take(0, 9);
    expect(bank.step(0, slot, 200, strong, [a3Event(256)])).toBe(-1);
    expect(bank.step(0, bank.take(0, 8), 200, strong, [a3Event(256)])).toBe(256);
    expect(bank.step(0, bank.take(0, 1), 200, strong, [a3Event(256)])).toBe(-1);
    bank.clear(0);
    expect([...bank.cell]).toEqual(Array.from({ length: 8 }, () => 0));
  });

  it("prefers the earliest candidate, and the strongest of the earliest", () => {
    const decision: Decision = { target: 0, atMs: 0, rsrpTarget: 0 };
    prefer(decision, 2, -1, -80);
    expect(decision.target).toBe(0);
    prefer(decision, 3, 256, -90);
    prefer(decision, 4, 300, -70);
    prefer(decision, 5, 256, -85);
    prefer(decision, 6, 256, -95);
    expect(decision).toEqual({ target: 5, atMs: 256, rsrpTarget: -85 });
  });

  it("refuses more than RRC can carry", () => {
    expect(() => new TriggerBank(1, 9, 1, 200)).toThrow(/9 candidates/);
    expect(() => new TriggerBank(1, 8, 3, 200)).toThrow(/3 conditions/);
  });
});
