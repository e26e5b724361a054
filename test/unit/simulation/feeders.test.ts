import { describe, expect, it } from "vitest";
import { gatewayPositions, nodeSwitches } from "../../../src/main/orbit/feeder.ts";
import { stateAt } from "../../../src/main/orbit/track.ts";
import { lookAngles } from "../../../src/main/orbit/visibility.ts";
import { mergeEvents } from "../../../src/main/simulation/events.ts";
import { feedersOf } from "../../../src/main/simulation/feeders.ts";
import { linkWindows } from "../../../src/main/simulation/link-windows.ts";
import { cutState, joinStates } from "../../../src/main/simulation/state.ts";
import { flattened, grouped, handoversOf } from "../../../src/main/studies/attempts.ts";
import { stormOf } from "../../../src/main/studies/storm.ts";
import { QOUT_DB } from "../../../src/main/studies/strategies.ts";
import { wholeRun } from "../../../src/main/studies/whole-run.ts";
import { cellOf, stateOf, TRIGGERS, UE_STATE } from "../../../src/shared/frame.ts";
import type { HandoverRules, Mission } from "../../../src/shared/mission.ts";
import { rulesOf, trainOfSatellites } from "../../builders/mission.ts";
import { listener } from "../../builders/naive-hearing.ts";
import { followStrategy } from "../../builders/naive-strategies.ts";
import { rows, setUp, stepsOf } from "../../builders/shards.ts";

const DEG = Math.PI / 180;
const FEEDER = TRIGGERS.indexOf("feeder");

/** Satellites that come past six gateways in line, each of which sees them for a short while. */
function relayed(overrides: Partial<Mission> = {}, switchOverlap = 0, minElevation = 62 * DEG): Mission {
  const plain = trainOfSatellites({ userCount: 60, duration: 60, ...overrides });
  const stations = Array.from({ length: 6 }, (_, i) => ({
    name: `g${i}`,
    latitude: (24.5 + 1.6 * i) * DEG,
    longitude: (-70.6 + 1.6 * i) * DEG,
    heightM: 0,
  }));
  const payload = { ...plain.payload, processing: "transparent" as const };
  const gateways = { stations, minElevation, interSatelliteLinks: false, switchOverlap };
  return { ...plain, payload, gateways };
}

/** Switches of the satellites from one gateway to another, by looking every 20 ms. */
function naiveSwitches(mission: Mission): { satellite: number; atMs: number }[] {
  const { track } = setUp(mission);
  const { stations, minElevation } = mission.gateways!;
  const position = gatewayPositions(stations);
  const state = new Float64Array(6);
  const look = new Float64Array(3);
  const found: { satellite: number; atMs: number }[] = [];
  for (let satellite = 0; satellite < track.count; satellite++) {
    let gateway = -1;
    for (let ms = 0; ms <= mission.duration * 1000; ms += 20) {
      stateAt(state, 0, track, satellite, ms / 1000);
      const elevations = stations.map((_, g) => {
        const [x, y, z] = position.subarray(3 * g);
        lookAngles(look, 0, x, y, z, state[0], state[1], state[2]);
        return look[1];
      });
      if (gateway >= 0 && elevations[gateway] >= minElevation) continue;
      const best = elevations.indexOf(Math.max(...elevations));
      const next = elevations[best] >= minElevation ? best : -1;
      if (gateway >= 0 && next >= 0) found.push({ satellite, atMs: ms });
      gateway = next;
    }
  }
  return found.sort((a, b) => a.atMs - b.atMs);
}

const switchesOf = (mission: Mission) => {
  const { satellite, timeMs } = nodeSwitches(feedersOf(mission, setUp(mission).track)!);
  return (s: number) => [...timeMs].filter((_, i) => satellite[i] === s);
};

describe("feeder-link switches", () => {
  // a frame at every measurement, so that they tell who is served when
  const mission = relayed({ step: 0.2 });
  const { track, users, shard } = setUp(mission);
  const { frames, events } = shard(0, users.count).run(0, stepsOf(mission));
  const all = rows(mergeEvents([events]));
  const switches = nodeSwitches(feedersOf(mission, track)!);

  it("happen when a twin says that looks every 20 ms", () => {
    const expected = naiveSwitches(mission);
    expect(switches.timeMs.length).toBeGreaterThan(3);
    expect([...switches.satellite]).toEqual(expected.map((one) => one.satellite));
    expected.forEach(({ atMs }, i) => {
      expect(switches.timeMs[i]).toBeLessThanOrEqual(atMs);
      expect(switches.timeMs[i]).toBeGreaterThan(atMs - 21);
    });
  });

  it("hand over exactly the UEs that the satellite serves then, each once", () => {
    const seen = new Set<string>();
    let total = 0;
    switches.timeMs.forEach((atMs, i) => {
      const step = Math.floor(atMs / 200);
      const served: number[] = [];
      for (let ue = 0; ue < users.count; ue++) {
        // frames already show what the timers decide within their period: the changes after the switch are undone
        let cell = cellOf(frames.cellState[step * users.count + ue]);
        const later = all.find(
          ([t, u, from, to]) => u === ue && from !== to && t >= atMs && t < 200 * (step + 1),
        );
        if (later) cell = later[2];
        if (cell !== 0 && Math.floor((cell - 1) / 19) === switches.satellite[i]) served.push(ue);
      }
      const over = all.filter(
        ([t, , from, , trigger]) =>
          trigger === FEEDER && t === atMs && Math.floor((from - 1) / 19) === switches.satellite[i],
      );
      expect(over.map(([, ue]) => ue)).toEqual(served);
      for (const [t, ue, from, to] of over) {
        expect(to).toBe(from);
        seen.add(`${t} ${ue}`);
      }
      total += over.length;
    });
    expect(total).toBeGreaterThan(20);
    expect(seen.size).toBe(total);
    expect(all.filter((event) => event[4] === FEEDER)).toHaveLength(total);
  });

  it("show in the frame, are no ping-pong and leave the cell's time of stay alone", () => {
    const { rsrpSource, rsrpTarget, pingPong, trigger } = events;
    for (const [i, what] of trigger.entries()) {
      if (what !== FEEDER) continue;
      expect(pingPong[i]).toBe(0);
      expect(rsrpTarget[i]).toBe(rsrpSource[i]);
    }
    const [t, ue] = all.find((event) => event[4] === FEEDER)!;
    const at = Math.floor(t / 200) * users.count + ue;
    expect(stateOf(frames.cellState[at])).toBe(UE_STATE.handover);
  });

  const fewer = relayed({ userCount: 14 });
  const world = setUp(fewer);
  const listen = listener(fewer, world.track, world.users);

  it.each([
    ["a3", {}],
    ["a3 filtered", { l3FilterCoefficient: 4, measurementErrorDb: 2 }],
    ["a4", { strategy: "a4", targetThresholdDbm: -117 }],
    ["t1", { strategy: "t1" }],
  ] as [string, Partial<HandoverRules>][])("agree with a naive twin under %s", (_, rules) => {
    const under = { ...fewer, handover: rulesOf(rules) };
    const made = rows(mergeEvents([setUp(under).shard(0, 14).run(0, stepsOf(under)).events]));
    const switchesMs = switchesOf(under);
    const thresholds = { targetDbm: -140, servingDbm: -115, servingDistanceM: 0, targetDistanceM: 0 };
    if (under.handover.targetThresholdDbm !== null) thresholds.targetDbm = under.handover.targetThresholdDbm;
    const expected = Array.from({ length: 14 }, (_unused, ue) =>
      followStrategy(under, thresholds, world.track, world.users, ue, listen(ue), switchesMs),
    ).flat();
    expected.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    expect(made).toEqual(expected);
    expect(made.some((event) => event[4] === FEEDER)).toBe(true);
  });

  it("give the same bytes however the UEs are split, and after going on from a kept state", () => {
    const steps = stepsOf(mission);
    const whole = shard(0, users.count).run(0, steps);
    // between two steps in the middle of which a satellite switches
    const half = Math.floor(switches.timeMs[1] / 200) + 1;
    const parts = [shard(0, 20), shard(20, 60)].map((s) => s.run(0, half));
    const state = joinStates(parts.map((p) => p.state));
    const rest = [shard(0, 45), shard(45, 60)].map((s, i) => {
      s.restore(
        cutState(
          state,
          ...(
            [
              [0, 45],
              [45, 60],
            ] as [number, number][]
          )[i],
        ),
      );
      return s.run(half, steps - half);
    });
    const joined = [...parts, ...rest].flatMap((p) => rows(p.events));
    expect(joined.sort((a, b) => a[0] - b[0] || a[1] - b[1])).toEqual(all);
    expect(joinStates(rest.map((p) => p.state))).toEqual(whole.state);
  });

  it.each([
    [
      "regenerative payloads",
      (m: Mission) => ({ ...m, payload: { ...m.payload, processing: "regenerative" } }),
    ],
    [
      "links between satellites",
      (m: Mission) => ({ ...m, gateways: { ...m.gateways, interSatelliteLinks: true } }),
    ],
  ] as [string, (m: Mission) => Mission][])("hand nobody over with %s", (_, change) => {
    const other = change(mission);
    const { events: made } = setUp(other).shard(0, 60).run(0, stepsOf(other));
    expect(made.ue.length).toBeGreaterThan(0);
    expect(made.trigger).not.toContain(FEEDER);
  });
});

describe("the signalling of feeder-link switches", () => {
  const prepare = (mission: Mission) => {
    const run = wholeRun(mission, null);
    const { events, feeders } = run;
    const windows = linkWindows({ mission, ...run, firstUe: 0, qoutDb: QOUT_DB }, events);
    const handovers = handoversOf({ mission, feeders, events, windows, serving: run.atStart });
    const storm = (of: typeof handovers) => stormOf({ strategy: "a3", mission, events, handovers: of });
    const over = [...handovers.eventOf.keys()].filter((p) => events.trigger[handovers.eventOf[p]] === FEEDER);
    return { run, events, windows, handovers, storm, over };
  };

  it("goes from the old gateway's gNB to the new one's, with the delays of both feeder links", () => {
    const { handovers, over, windows } = prepare(relayed({ userCount: 300 }));
    const { attempts, nodeOf, cellOf: cells, eventOf } = handovers;
    expect(over.length).toBeGreaterThan(50);
    for (const p of over) {
      expect(nodeOf[attempts.source[p]]).not.toBe(nodeOf[attempts.target[p]]);
      expect(cells[attempts.source[p]]).toBe(cells[attempts.target[p]]);
      expect(attempts.sourceUntilMs[p]).toBeLessThanOrEqual(attempts.timeMs[p]);
      expect(attempts.targetFromMs[p]).toBe(attempts.timeMs[p]);
      expect(windows.sourceDelayMs[eventOf[p]]).not.toBe(windows.targetDelayMs[eventOf[p]]);
    }
    // a chain: whoever leaves the cell that it entered last leaves it at the gNB at which it entered
    const where = new Map<number, number>();
    let chained = 0;
    for (let p = 0; p < attempts.count; p++) {
      const before = where.get(attempts.ue[p]);
      where.set(attempts.ue[p], attempts.target[p]);
      if (before === undefined || cells[before] !== cells[attempts.source[p]]) continue;
      expect(attempts.source[p]).toBe(before);
      chained++;
    }
    expect(chained).toBeGreaterThan(100);
  });

  const prepareStorm = (mission: Mission) => {
    const prepared = prepare(mission);
    return { ...prepared, ...prepared.storm(prepared.handovers) };
  };

  it("of a hard switch is a storm that no strategy spreads; of a soft one, flattening does", () => {
    const peakOver = (mission: Mission, move: "none" | "flat" | "group") => {
      const { handovers, storm, over, events } = prepare(mission);
      const moved =
        move === "flat"
          ? flattened(handovers).handovers
          : move === "group"
            ? grouped(handovers, null)
            : handovers;
      const seconds = new Map<string, number>();
      const { attempts, eventOf } = moved;
      for (let p = 0; p < attempts.count; p++) {
        if (events.trigger[eventOf[p]] !== FEEDER) continue;
        const key = `${attempts.source[p]} ${Math.floor(attempts.timeMs[p] / 1000)}`;
        seconds.set(key, (seconds.get(key) ?? 0) + 1);
      }
      return { peak: Math.max(...seconds.values()), over: over.length, ...storm(moved) };
    };
    const hard = relayed({ userCount: 400 });
    const soft = relayed({ userCount: 400 }, 8);
    const [one, flatOne] = [peakOver(hard, "none"), peakOver(hard, "flat")];
    expect(flatOne.peak).toBe(one.peak);
    const [other, flatOther, groupOther] = [
      peakOver(soft, "none"),
      peakOver(soft, "flat"),
      peakOver(soft, "group"),
    ];
    expect(other.over).toBeGreaterThan(50);
    expect(flatOther.peak).toBeLessThan(other.peak / 2);
    expect(groupOther.summary.commands).toBeLessThan(other.summary.commands);
    // configured before a hard switch and commanded at a soft one, nearly all of them arrive
    for (const { over, procedures, handovers, events } of [prepareStorm(hard), prepareStorm(soft)]) {
      const arrived = over.filter((p) => procedures.outcome[handovers.eventOf[p]] === 0).length;
      expect(events.ue.length).toBeGreaterThan(over.length);
      expect(arrived).toBeGreaterThan(0.9 * over.length);
    }
    const failures = (s: typeof other) => s.summary.procedures - s.summary.outcomes.success;
    expect(failures(flatOther)).toBeLessThanOrEqual(failures(other));
    // rows of the table are one a cell and second, although two gNBs had the cell
    const { cell, second, bytes } = one.storm;
    const keys = new Set(Array.from(cell, (c, i) => `${c} ${second[i]}`));
    expect(keys.size).toBe(cell.length);
    expect(bytes.reduce((a, b) => a + b, 0)).toBe(one.procedures.bytes.reduce((a, b) => a + b, 0));
  });

  it("lets a soft switch begin with the overlap, or when the new gateway sees the satellite", () => {
    const soft = relayed({}, 8);
    const { track } = setUp(soft);
    const plan = feedersOf(soft, track)!;
    const hard = nodeSwitches(feedersOf(relayed(), track)!);
    const switches = nodeSwitches(plan);
    expect([...switches.untilMs].sort()).toEqual([...hard.timeMs].sort());
    let full = 0;
    switches.timeMs.forEach((atMs, i) => {
      expect(atMs).toBeGreaterThanOrEqual(switches.untilMs[i] - 8000);
      expect(atMs).toBeLessThanOrEqual(switches.untilMs[i]);
      if (atMs === switches.untilMs[i] - 8000) full++;
    });
    expect(full).toBeGreaterThan(0);
  });
});
