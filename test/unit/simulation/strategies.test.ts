import { describe, expect, it } from "vitest";
import { mergeEvents } from "../../../src/main/simulation/events.ts";
import { cutState, joinStates } from "../../../src/main/simulation/state.ts";
import { cellOf, TRIGGERS } from "../../../src/shared/frame.ts";
import type { HandoverRules, Mission } from "../../../src/shared/mission.ts";
import { handheld, missionOf, rulesOf, trainOfSatellites } from "../../builders/mission.ts";
import { rows, setUp, stepsOf } from "../../builders/shards.ts";
import { listener } from "../../builders/naive-hearing.ts";
import { followStrategy, type Thresholds } from "../../builders/naive-strategies.ts";

const DEG = Math.PI / 180;

const train = trainOfSatellites({ userCount: 14, duration: 60 });
const held = trainOfSatellites({
  userCount: 10,
  duration: 50,
  payload: { ...trainOfSatellites().payload, steeringLimit: 0.1 },
});
const moving = trainOfSatellites({
  userCount: 10,
  duration: 40,
  userClasses: [
    handheld({ motion: "train", speed: 500 / 3.6 }),
    handheld({ motion: "aircraft", speed: 330 }),
  ],
});
const row = missionOf({ userCount: 30 });
const worlds = new Map(
  [train, held, moving, row].map((base) => {
    const { track, users } = setUp(base);
    return [base, listener(base, track, users)];
  }),
);

const level: Thresholds = {
  targetDbm: -140,
  servingDbm: -115,
  servingDistanceM: 46_000,
  targetDistanceM: 46_000,
};
const distances = { servingDistanceM: 46_000, targetDistanceM: 46_000 };

type Case = [
  name: string,
  base: Mission,
  rules: Partial<HandoverRules>,
  thresholds: Thresholds,
  names: string[],
];
const cases: Case[] = [
  ["a3 on filtered RSRP", train, { l3FilterCoefficient: 8 }, level, ["A3"]],
  [
    "a3 on filtered RSRP with errors, moving",
    moving,
    { l3FilterCoefficient: 4, measurementErrorDb: 3 },
    level,
    ["A3"],
  ],
  ["a4", train, { strategy: "a4", targetThresholdDbm: -117 }, { ...level, targetDbm: -117 }, ["A4"]],
  [
    "a5",
    train,
    { strategy: "a5", servingThresholdDbm: -115, targetThresholdDbm: -116 },
    { ...level, targetDbm: -116 },
    ["A5"],
  ],
  ["d1 with moving references", train, { strategy: "d1", ...distances }, level, ["D2"]],
  [
    "d1 with moving references, errors and a high level",
    moving,
    {
      strategy: "d1",
      ...distances,
      distanceHysteresisM: 500,
      targetThresholdDbm: -113,
      measurementErrorDb: 4,
      l3FilterCoefficient: 4,
    },
    { ...level, targetDbm: -113 },
    ["D2", "A4"],
  ],
  ["d1 with held references", held, { strategy: "d1", ...distances }, level, ["D1"]],
  [
    "d1 by the contours of circular cells",
    row,
    { strategy: "d1" },
    {
      ...level,
      servingDistanceM: 125_000,
      targetDistanceM: 125_000,
    },
    ["D2"],
  ],
  ["t1", train, { strategy: "t1" }, level, ["T1"]],
  ["t1 with held beams", held, { strategy: "t1", guard: 1 }, level, ["T1"]],
  [
    "t1 with a high level, moving",
    moving,
    { strategy: "t1", guard: 2, targetThresholdDbm: -117 },
    { ...level, targetDbm: -117 },
    ["T1", "A4"],
  ],
  ["t1 of circular cells", row, { strategy: "t1", window: 2 }, level, ["T1"]],
  [
    "elevation",
    train,
    {
      strategy: "elevation",
      ...distances,
      servingElevation: 72 * DEG,
      targetElevation: 66 * DEG,
      elevationHysteresis: DEG,
    },
    level,
    ["elevation", "D2"],
  ],
  [
    "timing-advance",
    train,
    {
      strategy: "timing-advance",
      ...distances,
      servingRoundTrip: 4.2e-3,
      targetRoundTrip: 4.4e-3,
      roundTripHysteresis: 1e-5,
    },
    level,
    ["timing-advance", "D2"],
  ],
];

describe.each(cases)("%s", (_, base, rules, thresholds, names) => {
  const mission = { ...base, handover: rulesOf(rules) };
  const { track, users, shard } = setUp(mission);
  const block = shard(0, users.count).run(0, stepsOf(mission));
  const events = rows(mergeEvents([block.events]));

  it("makes the events of a naive twin, the expected ones among them", () => {
    const listen = worlds.get(base)!;
    const expected = Array.from({ length: users.count }, (_unused, ue) =>
      followStrategy(mission, thresholds, track, users, ue, listen(ue)),
    ).flat();
    expected.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    expect(events).toEqual(expected);
    const found = new Set(expected.map((event) => TRIGGERS[event[4]]));
    for (const name of names) expect(found).toContain(name);
  });

  it("never has a UE in two cells: each change leaves the cell of the one before, or there was none in between", () => {
    // a frame at every measurement, so that no loss of coverage falls between two
    const fine = { ...mission, step: mission.measurementPeriod };
    const { frames, events: columns } = setUp(fine).shard(0, users.count).run(0, stepsOf(fine));
    const before = new Map<number, number[]>();
    let changes = 0;
    for (const event of rows(mergeEvents([columns]))) {
      const [atMs, ue, source, target] = event;
      const last = before.get(ue);
      before.set(ue, event);
      expect(target).not.toBe(source);
      if (!last) continue;
      changes++;
      const from = Math.ceil(last[0] / 1000 / fine.step);
      const between = Math.ceil(atMs / 1000 / fine.step) - from;
      const cells = Array.from({ length: between }, (_unused, i) =>
        cellOf(frames.cellState[(from + i) * users.count + ue]),
      );
      if (last[3] !== source) expect(cells).toContain(0);
    }
    expect(changes).toBeGreaterThan(0);
  });

  it("gives the same bytes however the UEs are split, and after going on from a kept state", () => {
    const steps = stepsOf(mission);
    const half = Math.floor(steps / 2);
    const cut = Math.floor(users.count / 3);
    const parts = [shard(0, cut), shard(cut, users.count)].map((s) => s.run(0, half));
    const state = joinStates(parts.map((p) => p.state));
    expect(state).toEqual(shard(0, users.count).run(0, half).state);
    const middle = Math.floor(users.count / 2);
    const rest = [
      [0, middle],
      [middle, users.count],
    ].map(([from, to]) => {
      const resumed = shard(from, to);
      resumed.restore(cutState(state, from, to));
      return resumed.run(half, steps - half);
    });
    const all = [...parts, ...rest].flatMap((p) => rows(p.events));
    expect(all.sort((a, b) => a[0] - b[0] || a[1] - b[1])).toEqual(events);
    expect(joinStates(rest.map((p) => p.state))).toEqual(block.state);
  });
});

describe("more hysteresis", () => {
  /** Two cells that all UEs hear while the run lasts; noisy measurements, so that there are many changes. */
  const two = missionOf({
    userCount: 250,
    duration: 20,
    mark: 10,
    timeToTrigger: 0,
    payload: { ...missionOf().payload, beams: 2, cellRadiusM: 400_000 } as Mission["payload"],
    placement: { kind: "circle", latitude: 0, longitude: -1.57, radiusM: 80_000 },
  });
  const handoversOf = (a3OffsetDb: number, hysteresisDb: number, l3FilterCoefficient: number | null) => {
    const handover = rulesOf({ measurementErrorDb: 4, l3FilterCoefficient });
    const { users, shard } = setUp({ ...two, a3OffsetDb, hysteresisDb, handover });
    const { events } = shard(0, users.count).run(0, stepsOf(two));
    const count = new Uint32Array(users.count);
    for (const ue of events.ue) count[ue]++;
    return { count, reselections: events.trigger.filter((t) => t !== 0).length };
  };

  // holds for an instantaneous change between two cells, time-to-trigger 0, filters that are never reset, and Off + Hys ≥ 0
  it.each([
    [0, null],
    [0, 4],
    [1, 8],
    [-0.5, 4],
  ])("never gives a UE more A3 handovers (offset %d dB, filter %s)", (offset, filter) => {
    const total = (count: Uint32Array) => count.reduce((sum, n) => sum + n, 0);
    let before = handoversOf(offset, 0.5, filter);
    const first = total(before.count);
    expect(before.reselections).toBe(0);
    expect(first).toBeGreaterThan(250);
    for (const hysteresis of [1, 2, 3, 5, 8]) {
      const next = handoversOf(offset, hysteresis, filter);
      next.count.forEach((n, ue) => expect(n).toBeLessThanOrEqual(before.count[ue]));
      before = next;
    }
    expect(total(before.count)).toBeLessThan(first / 2);
  });
});

describe("thresholds that the scenario leaves open", () => {
  const many = trainOfSatellites({ userCount: 300, duration: 60 });

  it.each(["d1", "t1", "elevation", "timing-advance"] as const)(
    "let %s hand nearly every UE over before it loses its cell, and hardly ever back and forth",
    (strategy) => {
      const { users, shard } = setUp({ ...many, handover: rulesOf({ strategy }) });
      const { events } = shard(0, users.count).run(0, stepsOf(many));
      const reselections = events.trigger.filter((t) => TRIGGERS[t] === "reselection").length;
      expect(events.ue.length).toBeGreaterThan(1000);
      expect(reselections / events.ue.length).toBeLessThan(0.02);
      expect(events.pingPong.reduce((sum, n) => sum + n, 0) / events.ue.length).toBeLessThan(0.02);
    },
  );
});
