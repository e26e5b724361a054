import { describe, expect, it } from "vitest";
import { haversine } from "../../../src/main/math/wgs84.ts";
import { closeUp } from "../../../src/main/simulation/close-up.ts";
import { Footprints } from "../../../src/main/simulation/cells.ts";
import { mergeEvents } from "../../../src/main/simulation/events.ts";
import { firstSite, siteReach } from "../../../src/main/simulation/ground.ts";
import { timeToLeave } from "../../../src/main/simulation/leave.ts";
import { linkWindows } from "../../../src/main/simulation/link-windows.ts";
import { datasetAt } from "../../../src/main/simulation/mark.ts";
import { cutState, joinStates } from "../../../src/main/simulation/state.ts";
import { handoversOf } from "../../../src/main/studies/attempts.ts";
import { summariseHandovers } from "../../../src/main/studies/handovers.ts";
import { readiness } from "../../../src/main/studies/readiness.ts";
import { stormOf } from "../../../src/main/studies/storm.ts";
import { sliceUsers } from "../../../src/main/simulation/users.ts";
import { QOUT_DB } from "../../../src/main/studies/strategies.ts";
import { wholeRun } from "../../../src/main/studies/whole-run.ts";
import { cellOf, TRIGGERS } from "../../../src/shared/frame.ts";
import type { HandoverRules, Mission } from "../../../src/shared/mission.ts";
import { handheld, rulesOf, TOWN, townOf, trainOfSatellites, vsat } from "../../builders/mission.ts";
import { hearGround } from "../../builders/naive-ground.ts";
import { hear, listener, placeOf } from "../../builders/naive-hearing.ts";
import { followStrategy } from "../../builders/naive-strategies.ts";
import { rows, setUp, stepsOf } from "../../builders/shards.ts";

const car = handheld({ motion: "vehicle", speed: 40 });
const town = (overrides: Partial<Mission> = {}): Mission =>
  trainOfSatellites({
    userCount: 8,
    duration: 40,
    userClasses: [car],
    terrestrial: townOf(),
    placement: { kind: "circle", ...TOWN, radiusM: 3500 },
    ...overrides,
  });

const all = (mission: Mission) => {
  const { users, shard } = setUp(mission);
  return shard(0, users.count).run(0, stepsOf(mission));
};

// few enough cells that no more than four hold the condition of A3 at once, which is all that is remembered
const sparse = town({ terrestrial: townOf({ offsetDb: 4 }) });
const { track: sparseTrack, users: sparseUsers } = setUp(sparse);
const listen = listener(sparse, sparseTrack, sparseUsers);

describe.each([
  ["a3", {}],
  ["a3 filtered with errors", { l3FilterCoefficient: 4, measurementErrorDb: 2 }],
  ["a4", { strategy: "a4", targetThresholdDbm: -112 }],
  ["a5", { strategy: "a5", servingThresholdDbm: -110, targetThresholdDbm: -112 }],
  ["d1", { strategy: "d1", servingDistanceM: 46_000, targetDistanceM: 46_000 }],
  ["t1", { strategy: "t1" }],
  [
    "elevation",
    {
      strategy: "elevation",
      servingElevation: 1.25,
      targetElevation: 1.15,
      servingDistanceM: 46_000,
      targetDistanceM: 46_000,
    },
  ],
] as [string, Partial<HandoverRules>][])("cells on the ground under %s", (name, rules) => {
  const mission = {
    ...sparse,
    handover: rulesOf(rules),
    minRsrpDbm: rules.measurementErrorDb ? -117 : -140,
  };
  const { track, users, shard } = setUp(mission);
  const block = shard(0, users.count).run(0, stepsOf(mission));
  const events = rows(mergeEvents([block.events]));

  it("are entered and left as a naive twin says", () => {
    const thresholds = {
      targetDbm: rules.targetThresholdDbm ?? -140,
      servingDbm: rules.servingThresholdDbm ?? -115,
      servingDistanceM: 46_000,
      targetDistanceM: 46_000,
    };
    const expected = Array.from({ length: users.count }, (_, ue) =>
      followStrategy(mission, thresholds, track, users, ue, listen(ue)),
    ).flat();
    expected.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    expect(events).toEqual(expected);
    const first = firstSite(mission);
    const kinds = new Set(events.map(([, , from, to]) => `${from >= first} ${to >= first}`));
    expect(kinds).toContain("true true");
    expect(kinds).toContain("true false");
    expect(kinds).toContain("false true");
    // between the layers place and time decide nothing
    if (name === "d1" || name === "t1" || name === "elevation")
      for (const [, , from, to, trigger] of events)
        if (from >= first || to >= first) expect(["A3", "reselection"]).toContain(TRIGGERS[trigger]);
  });

  it("give the same bytes however the UEs are split, and after going on from a kept state", () => {
    const steps = stepsOf(mission);
    const parts = [shard(0, 5), shard(5, 8)].map((s) => s.run(0, 23));
    const state = joinStates(parts.map((p) => p.state));
    const rest = [
      [0, 3],
      [3, 8],
    ].map(([from, to]) => {
      const resumed = shard(from, to);
      resumed.restore(cutState(state, from, to));
      return resumed.run(23, steps - 23);
    });
    const joined = [...parts, ...rest].flatMap((p) => rows(p.events));
    expect(joined.sort((a, b) => a[0] - b[0] || a[1] - b[1])).toEqual(events);
    expect(joinStates(rest.map((p) => p.state))).toEqual(block.state);
  });
});

describe("cells on the ground", () => {
  it("change nothing for UEs that hear none, nor the numbers of other cells", () => {
    const far = townOf({ sites: [{ latitude: -0.9, longitude: 2, colour: 0 }], offsetDb: 5 });
    const [without, beside] = [all(town({ terrestrial: null })), all(town({ terrestrial: far }))];
    expect(beside.frames).toEqual(without.frames);
    expect(beside.events).toEqual(without.events);
    expect(beside.state).toEqual(without.state);
  });

  it.each([
    ["aircraft", handheld({ motion: "aircraft", speed: 250 })],
    ["directive terminals", vsat()],
  ])("serve no %s", (_, userClass) => {
    const mission = town({ userClasses: [userClass] });
    const { frames } = all(mission);
    const cells = Array.from(frames.cellState, cellOf);
    expect(cells.some((cell) => cell > 0)).toBe(true);
    for (const cell of cells) expect(cell).toBeLessThan(firstSite(mission));
  });

  it("hold more UEs with a greater offset", () => {
    const share = (offsetDb: number) => {
      const mission = town({ userCount: 60, terrestrial: townOf({ offsetDb }) });
      const cells = Array.from(all(mission).frames.cellState, cellOf);
      return cells.filter((cell) => cell >= firstSite(mission)).length / cells.length;
    };
    const shares = [-24, 0, 8, 24].map(share);
    for (let i = 1; i < shares.length; i++) expect(shares[i]).toBeGreaterThan(shares[i - 1]);
  });

  it("serve with the SINR that sites of one channel leave them, and no satellite", () => {
    const alone = town({ terrestrial: townOf({ offsetDb: 24 }), userCount: 20, duration: 10, mark: 5 });
    const one = townOf({ offsetDb: 24, reuse: 1, bandwidthHz: 20e6 / 3 });
    one.sites = one.sites.map((site) => ({ ...site, colour: 0 }));
    const first = firstSite(alone);
    const { users } = setUp(alone);
    const noise = 10 ** ((-174 + 7 + 10 * Math.log10(15e3)) / 10);
    for (const mission of [alone, { ...alone, terrestrial: one }]) {
      const { frames } = all(mission);
      let checked = 0;
      for (let step = 0; step <= 10; step++)
        for (let ue = 0; ue < users.count; ue++) {
          const at = step * users.count + ue;
          const site = cellOf(frames.cellState[at]) - first;
          if (site < 0) continue;
          const heard = hearGround(mission, users, ue, step, placeOf(mission, users, ue, step));
          const own = heard.find((h) => h.site === site)!;
          const others = heard.filter((h) => h.site !== site && h.colour === own.colour);
          const disturbing = others.reduce((sum, { rsrp }) => sum + 10 ** (rsrp / 10), 0);
          expect(frames.rsrp[at] / 100).toBeCloseTo(own.rsrp, 1);
          // the noise figure's formula differs from −174 dBm/Hz + 7 dB by 0.03 dB
          const sinr = own.rsrp - 10 * Math.log10(disturbing + noise);
          expect(Math.abs(frames.sinr[at] / 100 - sinr)).toBeLessThan(0.05);
          checked++;
        }
      expect(checked).toBeGreaterThan(150);
    }
  });

  it("are circles halfway to the next site, or as far as one is heard without line of sight", () => {
    const mission = town();
    const { track } = setUp(mission);
    const at = (layer: Mission["terrestrial"], cell: number) =>
      new Footprints({ ...mission, terrestrial: layer }, track).at(cell, 7)!;
    const first = firstSite(mission);
    const { sites } = mission.terrestrial!;
    for (const [i, site] of sites.entries()) {
      const circle = at(mission.terrestrial, first + i);
      expect([circle.latitude, circle.longitude]).toEqual([site.latitude, site.longitude]);
      const away = sites.map((other) =>
        haversine(site.latitude, site.longitude, other.latitude, other.longitude),
      );
      const next = Math.min(...away.filter((_, s) => s !== i));
      expect(circle.semiMajorM).toBeCloseTo(next / 2, 6);
      expect(circle.semiMinorM).toBe(circle.semiMajorM);
    }
    const lonely = { ...mission, terrestrial: { ...townOf(), sites: [sites[0]] } };
    expect(at(lonely.terrestrial, first).semiMajorM).toBe(siteReach(lonely));
    const ring = new Footprints(lonely, track).ring(first, 0);
    for (let i = 0; i < ring.length; i += 2)
      expect(haversine(sites[0].latitude, sites[0].longitude, ring[i], ring[i + 1])).toBeCloseTo(
        siteReach(lonely),
        3,
      );
  });

  it("have no row in the data set and no time to leave, and learning passes over their UEs", () => {
    const mission = town({ userCount: 80, mark: 20 });
    const { track, users } = setUp(mission);
    const { atMark } = wholeRun(mission, null);
    const first = firstSite(mission);
    const data = datasetAt(mission, track, users, 0, atMark, new Int32Array(80));
    const leave = timeToLeave(mission, track, users, atMark);
    const onGround = [...atMark.keys()].filter((ue) => atMark[ue] >= first);
    const above = [...atMark.keys()].filter((ue) => atMark[ue] > 0 && atMark[ue] < first);
    expect(onGround.length).toBeGreaterThan(10);
    expect(above.length).toBeGreaterThan(10);
    for (const ue of onGround) expect([data.rangeKm[ue], leave[ue]]).toEqual([Number.NaN, Number.NaN]);
    for (const ue of above) expect(data.rangeKm[ue]).toBeGreaterThan(500);
    expect([...readiness(mission, track, data, atMark, leave)!.ues]).toEqual(above);
  });
});

describe("the signalling of handovers between satellite and ground", () => {
  const mission = town({ userCount: 80, terrestrial: townOf({ offsetDb: 4 }) });
  const run = wholeRun(mission, null);
  const { events } = run;
  const windows = linkWindows({ mission, ...run, firstUe: 0, qoutDb: QOUT_DB }, events);
  const handovers = handoversOf({ mission, ...run, windows, serving: run.atStart });
  const first = firstSite(mission);

  it("counts both directions", () => {
    const counts = summariseHandovers(events, mission.payload.beams, first);
    const crossing = (up: boolean) =>
      [...events.ue.keys()].filter(
        (i) =>
          TRIGGERS[events.trigger[i]] !== "reselection" &&
          events.source[i] >= first === up &&
          events.target[i] >= first !== up,
      ).length;
    expect([counts.toSatellite, counts.toGround]).toEqual([crossing(true), crossing(false)]);
    expect(counts.toGround).toBeGreaterThan(10);
    expect(counts.toSatellite).toBeGreaterThan(10);
    expect(summariseHandovers(events, mission.payload.beams)).not.toHaveProperty("toGround");
  });

  it("lasts at a site while its SINR against all sites on its channel holds", () => {
    const instant = { ...mission, step: mission.measurementPeriod };
    const sinrDb = (event: number, t: number) => {
      const close = closeUp(instant, run.track, run.users, events.ue[event], events.source[event], t);
      return 10 * Math.log10(close.wantedMw / (close.interferenceMw + close.noiseMw));
    };
    const ending = [...events.ue.keys()].filter(
      (i) => events.source[i] >= first && windows.sourceUntilMs[i] < 1000 * mission.duration,
    );
    const crossing = ending.filter((i) => {
      const until = windows.sourceUntilMs[i] / 1000;
      return sinrDb(i, until) > QOUT_DB - 0.01 && sinrDb(i, until + 0.01) < QOUT_DB + 0.01;
    });
    expect(ending.length).toBeGreaterThan(10);
    expect(crossing.length).toBeGreaterThan(0.9 * ending.length);
  });

  it("goes between gNBs of their own, over the way that each link has", () => {
    const { attempts, cellOf: cells, nodeOf } = handovers;
    for (let p = 0; p < attempts.count; p++) {
      const [from, to] = [cells[attempts.source[p]], cells[attempts.target[p]]];
      const delays = [attempts.serviceDelayMs[p], attempts.targetDelayMs[p]];
      [from, to].forEach((cell, side) => {
        if (cell >= first) expect(delays[side]).toBeLessThan(0.1);
        else expect(delays[side]).toBeGreaterThan(1.9);
      });
      if (from >= first || to >= first)
        expect(nodeOf[attempts.source[p]]).not.toBe(nodeOf[attempts.target[p]]);
    }
  });

  it("says that a link can be used exactly while the UE hears it well enough over noise and the other one", () => {
    const { users, track } = run;
    const noise = 10 ** ((-174 + 7 + 10 * Math.log10(15e3)) / 10);
    const { sites } = mission.terrestrial!;
    let checked = 0;
    for (const i of events.ue.keys()) {
      const [ue, from, to] = [events.ue[i], events.source[i], events.target[i]];
      if (TRIGGERS[events.trigger[i]] === "reselection" || (from < first && to < first)) continue;
      const t = events.timeMs[i] / 1000;
      const heard = hear(mission, track, users, ue, t);
      const power = (cell: number) => 10 ** ((heard.find((c) => c.cell === cell)?.rsrp ?? -Infinity) / 10);
      const both = from >= first && to >= first;
      const shared = both && sites[from - first].colour === sites[to - first].colour;
      const sinrDb = 10 * Math.log10(power(to) / (noise + (shared ? power(from) : 0)));
      if (Math.abs(sinrDb - QOUT_DB) < 0.1 || t > mission.duration - 0.1) continue;
      const usable = windows.targetFromMs[i] <= 1000 * t && windows.targetUntilMs[i] >= 1000 * t;
      expect(usable).toBe(sinrDb >= QOUT_DB && 10 * Math.log10(power(to)) >= mission.minRsrpDbm);
      checked++;
    }
    expect(checked).toBeGreaterThan(100);
  });

  it("finds the same links whichever UEs a thread has", () => {
    const some = [...events.ue.keys()].filter((i) => events.ue[i] >= 30 && events.ue[i] < 50);
    const pick = <T extends Uint32Array | Uint8Array>(column: T) =>
      column.filter((_, i) => some.includes(i)) as T;
    const { timeMs, ue, source, target, trigger } = events;
    const part = {
      timeMs: pick(timeMs),
      ue: pick(ue),
      source: pick(source),
      target: pick(target),
      trigger: pick(trigger),
    };
    const users = sliceUsers(run.users, 30, 50);
    const own = linkWindows({ mission, ...run, users, firstUe: 30, qoutDb: QOUT_DB }, part);
    expect(some.length).toBeGreaterThan(50);
    for (const key of [
      "sourceUntilMs",
      "targetFromMs",
      "targetUntilMs",
      "sourceDelayMs",
      "targetDelayMs",
    ] as const)
      expect([...own[key]]).toEqual(some.map((i) => windows[key][i]));
  });

  it("ends every procedure once", () => {
    const { procedures, summary } = stormOf({
      strategy: "a3",
      mission,
      events,
      handovers,
    });
    for (let p = 0; p < handovers.attempts.count; p++)
      expect(procedures.outcome[handovers.eventOf[p]]).toBeLessThan(255);
    expect(summary.outcomes.success).toBeGreaterThan(handovers.attempts.count / 2);
  });
});
