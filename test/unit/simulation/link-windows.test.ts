import { describe, expect, it } from "vitest";
import { pathDelay } from "../../../src/main/orbit/delay.ts";
import { beamModel } from "../../../src/main/simulation/beams.ts";
import { StepGeometry } from "../../../src/main/simulation/geometry.ts";
import { closeUp } from "../../../src/main/simulation/close-up.ts";
import { linkWindows, REACH_S } from "../../../src/main/simulation/link-windows.ts";
import { Hearing } from "../../../src/main/simulation/measure.ts";
import { receivers } from "../../../src/main/simulation/receivers.ts";
import { Whereabouts } from "../../../src/main/simulation/users.ts";
import { wholeRun } from "../../../src/main/studies/whole-run.ts";
import type { Mission } from "../../../src/shared/mission.ts";
import { channelOf, handheld, rulesOf, trainOfSatellites } from "../../builders/mission.ts";

const QOUT_DB = -8;

/**
 * Whether a cell can be used at a time, from what the time loop hears: its SINR against all cells; null where the loop hears
 * another satellite too, or not both.
 */
function naive(mission: Mission, run: ReturnType<typeof wholeRun>, ue: number) {
  const { track, feeders, users } = run;
  const model = beamModel(mission);
  const places = new Whereabouts(mission, users);
  const position = new Float64Array(3);
  const up = new Float64Array(3);
  places.write(position, up, 0, ue, 0);
  const geometry = new StepGeometry(mission, track, feeders, model, up.slice(), 0.1);
  const hearing = new Hearing(mission, model, receivers(mission), geometry);
  const satelliteOf = (cell: number) => Math.floor((cell - 1) / model.beams);
  return (cell: number, other: number, t: number): boolean | null => {
    places.write(position, up, 0, ue, t);
    geometry.prepare(Float64Array.of(t));
    const way = places.moves(ue) ? Float64Array.of(places.travelled(ue, t)) : null;
    if (!hearing.look(ue, users.userClass[ue], position, up, 0, 3, way, 1)) return false;
    hearing.listen(0, cell);
    const level = (wanted: number) => {
      for (let i = 0; i < hearing.count; i++) if (hearing.cell[i] === wanted) return hearing.rsrp[i];
      return -Infinity;
    };
    if (level(cell) === -Infinity) return false;
    const sinr = hearing.sinr(0, cell);
    const satellites = new Set(Array.from(hearing.cell.subarray(0, hearing.count), satelliteOf));
    const pair = new Set([cell, other].map(satelliteOf));
    const same = satellites.size === pair.size && [...pair].every((one) => satellites.has(one));
    // beams move 3.5 km between the rows of the windows' grid: straight lines between them are right to this
    const near = Math.abs(sinr - QOUT_DB) < 0.002;
    return same && !near ? sinr > QOUT_DB : null;
  };
}

const MISSIONS: [string, Mission][] = [
  ["UEs that stand still", trainOfSatellites({ duration: 60, userCount: 120 })],
  [
    "drawn channels",
    trainOfSatellites({
      duration: 60,
      userCount: 120,
      channel: channelOf({ shadowing: true, drawLineOfSight: true, surroundings: "urban" }),
    }),
  ],
  [
    "moving UEs",
    trainOfSatellites({
      duration: 60,
      userCount: 120,
      userClasses: [handheld({ motion: "train", speed: 139 })],
    }),
  ],
];

describe("windows of the links of an event", () => {
  it.each(MISSIONS)("begin and end where the time loop's levels cross Qout: %s", (_, mission) => {
    const run = wholeRun(mission, null);
    const { events } = run;
    expect(events.ue.length).toBeGreaterThan(20);
    const windows = linkWindows({ mission, ...run, firstUe: 0, qoutDb: QOUT_DB }, events);
    let ends = 0;
    const stride = Math.max(1, Math.floor(events.ue.length / 12));
    for (let i = 0; i < events.ue.length; i += stride) {
      const usable = naive(mission, run, events.ue[i]);
      const [source, target] = [events.source[i], events.target[i]];
      const t0 = events.timeMs[i] / 1000;
      const until = windows.sourceUntilMs[i] / 1000;
      const from = windows.targetFromMs[i] / 1000;
      const last = windows.targetUntilMs[i] / 1000;
      if (until > t0 && until < Infinity) {
        if (usable(source, target, until) === true) ends++;
        expect(usable(source, target, until)).not.toBe(false);
        expect(usable(source, target, until + 0.01)).not.toBe(true);
      }
      if (from > 0.1 && from > t0 - REACH_S + 0.1 && from < Infinity) {
        if (usable(target, source, from) === true) ends++;
        expect(usable(target, source, from)).not.toBe(false);
        expect(usable(target, source, from - 0.01)).not.toBe(true);
      }
      if (last > t0 && last < Infinity) {
        expect(usable(target, source, last)).not.toBe(false);
        expect(usable(target, source, last + 0.01)).not.toBe(true);
      }
      for (let t = Math.ceil(t0 * 2) / 2; t < Math.min(until, t0 + REACH_S, mission.duration); t += 0.5)
        expect(usable(source, target, t)).not.toBe(false);
      for (let t = Math.ceil(from * 2) / 2; t <= t0; t += 0.5)
        expect(usable(target, source, t)).not.toBe(false);
    }
    expect(ends).toBeGreaterThan(5);
  });

  it("lists the strongest further cells of both satellites for a conditional handover, and for no other", () => {
    const handover = rulesOf({ strategy: "d1" });
    const mission = trainOfSatellites({ duration: 40, userCount: 60, handover });
    const run = wholeRun(mission, null);
    const { others } = linkWindows({ mission, ...run, firstUe: 0, qoutDb: QOUT_DB }, run.events);
    const instant = { ...mission, step: mission.measurementPeriod };
    const satellite = (cell: number) => Math.floor((cell - 1) / mission.payload.beams);
    expect(run.events.ue.length).toBeGreaterThan(10);
    for (const i of run.events.ue.keys()) {
      const { timeMs, ue, source, target } = run.events;
      const [a, b] = [source[i], target[i]];
      const { heard } = closeUp(instant, run.track, run.users, ue[i], a, timeMs[i] / 1000);
      const expected = heard
        .filter(({ cell }) => cell !== a && cell !== b)
        .filter(({ cell }) => [satellite(a), satellite(b)].includes(satellite(cell)))
        .sort((x, y) => y.rsrpDbm - x.rsrpDbm)
        .map(({ cell }) => cell);
      const listed = [...others.subarray(7 * i, 7 * i + 7)].filter((cell) => cell !== 0);
      expect(listed).toEqual(expected.slice(0, 7));
    }
    const measured = wholeRun({ ...mission, handover: rulesOf() }, null);
    const windows = linkWindows({ mission, ...measured, firstUe: 0, qoutDb: QOUT_DB }, measured.events);
    expect(windows.others).toHaveLength(0);
  });

  it("gives the one-way delay over the slant range of the close-up", () => {
    const mission = trainOfSatellites({ duration: 40, userCount: 60 });
    const run = wholeRun(mission, null);
    const windows = linkWindows({ mission, ...run, firstUe: 0, qoutDb: QOUT_DB }, run.events);
    for (const i of run.events.ue.keys()) {
      const { timeMs, ue, source } = run.events;
      if (timeMs[i] % 1000 !== 0) continue;
      const { range } = closeUp(mission, run.track, run.users, ue[i], source[i], timeMs[i] / 1000);
      expect(windows.sourceDelayMs[i]).toBeCloseTo(1000 * pathDelay(range), 4);
    }
  });

  it("adds the feeder link where the payload is transparent", () => {
    const plain = trainOfSatellites({ duration: 40, userCount: 60 });
    const gateways = {
      stations: [{ name: "g", latitude: 0.5, longitude: -0.9, heightM: 0 }],
      minElevation: 0.05,
      interSatelliteLinks: false,
      switchOverlap: 0,
    };
    const mission: Mission = { ...plain, gateways, payload: { ...plain.payload, processing: "transparent" } };
    const run = wholeRun(plain, null);
    const transparent = wholeRun(mission, null);
    if (transparent.events.ue.length === 0) throw new Error("the gateway sees no satellite");
    const ask = { ...transparent, firstUe: 0, qoutDb: QOUT_DB };
    const short = linkWindows({ mission: plain, ...ask, feeders: null }, transparent.events);
    const long = linkWindows({ mission, ...ask }, transparent.events);
    for (const i of transparent.events.ue.keys())
      expect(long.sourceDelayMs[i]).toBeGreaterThan(short.sourceDelayMs[i] + 1);
    expect(run.events.ue.length).toBeGreaterThan(0);
  });
});
