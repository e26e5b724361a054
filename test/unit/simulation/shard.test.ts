import { describe, expect, it } from "vitest";
import { EDGE_X, FIRST_NULL_X, relativeGainDb } from "../../../src/main/beam/pattern.ts";
import {
  freeSpaceLossDb,
  resourceElementEirpDbm,
  resourceElementNoiseDbm,
  slantRange,
} from "../../../src/main/link/budget.ts";
import { zenithGasLossDb } from "../../../src/main/link/gas.ts";
import { clutterLossDb, lineOfSightProbability, shadowSigmaDb } from "../../../src/main/link/surroundings.ts";
import { Random } from "../../../src/main/math/random.ts";
import { buildTrack, stateAt, type Track } from "../../../src/main/orbit/track.ts";
import { lookAngles } from "../../../src/main/orbit/visibility.ts";
import { aimBeams, beamModel, patternArgument } from "../../../src/main/simulation/beams.ts";
import { mergeEvents } from "../../../src/main/simulation/events.ts";
import { placeUsers } from "../../../src/main/simulation/population.ts";
import { Shard, type ShardBlock } from "../../../src/main/simulation/shard.ts";
import { cutState, joinStates } from "../../../src/main/simulation/state.ts";
import { region, sliceUsers, userVectors, type Users } from "../../../src/main/simulation/users.ts";
import { NO_SIGNAL, cellOf } from "../../../src/shared/frame.ts";
import type { EventColumns } from "../../../src/shared/frame.ts";
import type { Mission } from "../../../src/shared/mission.ts";
import { missionOf, trainOfSatellites } from "../../builders/mission.ts";

function setUp(mission: Mission) {
  const track = buildTrack(mission.satellites, mission.startMs, mission.duration);
  const users = placeUsers(mission, track);
  const { centre, spread } = region(userVectors(users));
  const shard = (from: number, to: number) =>
    new Shard({ mission, track, users: sliceUsers(users, from, to), firstUe: from, centre, spread });
  return { track, users, shard };
}

const steps = (mission: Mission) => Math.round(mission.duration / mission.step) + 1;
const rows = (events: EventColumns) =>
  Array.from(events.ue, (ue, i) => [
    events.timeMs[i],
    ue,
    events.source[i],
    events.target[i],
    events.trigger[i],
  ]);

/** Loss beyond free space and gas of one path, straight from the tables. */
function channelLoss({ channel, radio, seed }: Mission, ue: number, satellite: number, elevation: number) {
  const random = new Random(seed, "channel").at(ue * 2 ** 24 + satellite);
  const [uniform, withSight, without] = [random.next(), random.normal(), random.normal()];
  const sight = !channel.drawLineOfSight || uniform < lineOfSightProbability(channel.surroundings, elevation);
  const band = radio.frequencyHz < 6e9 ? "s" : "ka";
  const sigma = channel.shadowing ? shadowSigmaDb(channel.surroundings, band, sight, elevation) : 0;
  const clutter = sight ? 0 : clutterLossDb(channel.surroundings, band, elevation);
  return channel.fixedLossDb + clutter - sigma * (sight ? withSight : without);
}

/** RSRP of every cell at one UE [dBm] and its pattern argument, term by term, without tables or pruning. */
function hear(mission: Mission, track: Track, users: Users, ue: number, time: number) {
  const model = beamModel(mission);
  const { position } = userVectors(users);
  const receiver = mission.userClasses[users.userClass[ue]];
  const state = new Float64Array(6);
  const aim = new Float64Array(3 * model.beams);
  const look = new Float64Array(3);
  const [x, y, z] = position.subarray(3 * ue, 3 * ue + 3);
  const cells: {
    cell: number;
    x: number;
    rsrp: number;
    elevation: number;
    colour: number;
    satellite: number;
  }[] = [];
  for (let satellite = 0; satellite < track.count; satellite++) {
    stateAt(state, 0, track, satellite, time);
    aimBeams(aim, 0, model, state, 0);
    lookAngles(look, 0, x, y, z, state[0], state[1], state[2]);
    for (let beam = 0; beam < model.beams; beam++) {
      const argument = patternArgument(
        model,
        aim,
        3 * beam,
        x,
        y,
        z,
        state[0] - x,
        state[1] - y,
        state[2] - z,
        look[2],
      );
      const rsrp =
        resourceElementEirpDbm(mission.radio.eirpDensityDbwPerHz, mission.radio.subcarrierSpacingHz) +
        relativeGainDb(Math.min(argument, 63.9)) -
        freeSpaceLossDb(mission.radio.frequencyHz, look[2]) -
        zenithGasLossDb(mission.radio.frequencyHz) / Math.sin(look[1]) +
        receiver.antennaGainDbi -
        channelLoss(mission, ue, satellite, look[1]);
      cells.push({
        cell: satellite * model.beams + beam + 1,
        x: argument,
        rsrp,
        elevation: look[1],
        colour: model.colours[beam],
        satellite,
      });
    }
  }
  return cells;
}

/** The same rules of attachment and A3, written naively for one UE over the whole run. */
function follow(mission: Mission, track: Track, users: Users, ue: number) {
  const events: number[][] = [];
  const frames: { cell: number; rsrp: number; sinr: number }[] = [];
  let serving = 0;
  let since = new Map<number, number>();
  const perStep = Math.round(mission.step / mission.measurementPeriod);
  const instants = (steps(mission) - 1) * perStep;
  for (let i = 0; i <= instants; i++) {
    const time = i * mission.measurementPeriod;
    const all = hear(mission, track, users, ue, time);
    const heard = all.filter(
      (c) => c.elevation >= mission.minElevation && c.rsrp >= mission.minRsrpDbm && c.x < FIRST_NULL_X,
    );
    const covering = heard.filter((c) => c.x <= EDGE_X).sort((a, b) => b.rsrp - a.rsrp);
    const now = heard.find((c) => c.cell === serving);
    if (covering.length === 0) [serving, since] = [0, new Map()];
    else if (serving === 0) serving = covering[0].cell;
    else if (!now) {
      events.push([Math.round(time * 1000), ue, serving, covering[0].cell, 1]);
      [serving, since] = [covering[0].cell, new Map()];
    } else {
      const better = heard.filter(
        (c) => c.rsrp - mission.hysteresisDb > now.rsrp + mission.a3OffsetDb && c.cell !== serving,
      );
      since = new Map(better.map((c) => [c.cell, since.get(c.cell) ?? Math.round(time * 1000)]));
      const due = better
        .map((c) => ({ ...c, at: since.get(c.cell)! + Math.round(mission.timeToTrigger * 1000) }))
        .filter((c) => c.at < Math.round((time + mission.measurementPeriod) * 1000))
        .filter((c) => c.at <= mission.duration * 1000)
        .sort((a, b) => a.at - b.at || b.rsrp - a.rsrp);
      if (due.length > 0) {
        events.push([due[0].at, ue, serving, due[0].cell, 0]);
        [serving, since] = [due[0].cell, new Map()];
      }
    }
    if (i % perStep === 0) frames.push(frameOf(mission, users, ue, all, heard, serving));
  }
  return { events, frames };
}

function frameOf(
  mission: Mission,
  users: Users,
  ue: number,
  all: ReturnType<typeof hear>,
  heard: ReturnType<typeof hear>,
  serving: number,
) {
  const own = all.find((c) => c.cell === serving);
  if (!own) return { cell: 0, rsrp: Number.NaN, sinr: Number.NaN };
  const receiver = mission.userClasses[users.userClass[ue]];
  const inHearing = new Set(heard.map((c) => c.satellite));
  const noise =
    10 **
    (resourceElementNoiseDbm(
      receiver.noiseFigureDb,
      receiver.antennaTemperatureK,
      mission.radio.subcarrierSpacingHz,
    ) /
      10);
  const interference = all
    .filter(
      (c) =>
        c.cell !== serving &&
        inHearing.has(c.satellite) &&
        (mission.radio.frequencyReuse === 1 || c.colour === own.colour),
    )
    .filter((c) => receiver.name !== "vsat" || c.satellite === own.satellite)
    .reduce((sum, c) => sum + 10 ** (c.rsrp / 10), 0);
  return {
    cell: serving,
    rsrp: own.rsrp,
    sinr: 10 * Math.log10(10 ** (own.rsrp / 10) / (interference + noise)),
  };
}

const missions: [string, Mission][] = [
  ["three circular cells of one satellite", missionOf({ userCount: 60, a3OffsetDb: 0 })],
  ["hexagons of several satellites", trainOfSatellites({ userCount: 40, duration: 40 })],
  [
    "hexagons in a city, with drawn line of sight and shadowing",
    trainOfSatellites({
      userCount: 30,
      duration: 30,
      channel: { surroundings: "urban", drawLineOfSight: true, shadowing: true, fixedLossDb: 2.2 },
    }),
  ],
  [
    "reuse 3 with directive terminals",
    trainOfSatellites({
      userCount: 25,
      duration: 25,
      radio: { ...missionOf().radio, frequencyReuse: 3 },
      userClasses: [
        { name: "vsat", share: 1, antennaGainDbi: 39.7, noiseFigureDb: 1.2, antennaTemperatureK: 150 },
      ],
    }),
  ],
];

describe.each(missions)("the time loop over %s", (_, mission) => {
  const { track, users, shard } = setUp(mission);
  const block = shard(0, users.count).run(0, steps(mission));

  it("makes the events of a naive twin, and at least one of them", () => {
    const expected = Array.from(
      { length: users.count },
      (_unused, ue) => follow(mission, track, users, ue).events,
    ).flat();
    expected.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    expect(rows(mergeEvents([block.events]))).toEqual(expected);
    expect(expected.length).toBeGreaterThan(5);
  });

  it("writes the serving cell, RSRP and SINR of the twin into its frames, to the hundredth of a decibel it keeps", () => {
    for (let ue = 0; ue < users.count; ue += 7) {
      follow(mission, track, users, ue).frames.forEach(({ cell, rsrp, sinr }, step) => {
        const at = step * users.count + ue;
        expect(cellOf(block.frames.cellState[at])).toBe(cell);
        if (cell === 0) return expect(block.frames.rsrp[at]).toBe(NO_SIGNAL);
        expect(Math.abs(block.frames.rsrp[at] / 100 - rsrp)).toBeLessThan(0.0052);
        return expect(Math.abs(block.frames.sinr[at] / 100 - sinr)).toBeLessThan(0.015);
      });
    }
  });

  it("gives the same bytes however the UEs are split", () => {
    const middle = Math.floor(users.count / 3);
    const parts = [shard(0, middle), shard(middle, users.count)].map((s) => s.run(0, steps(mission)));
    expect(rows(mergeEvents(parts.map((p) => p.events)))).toEqual(rows(mergeEvents([block.events])));
    expect(parts.reduce((sum, p) => sum + p.linkEvaluations, 0)).toBe(block.linkEvaluations);
    expect(joinStates(parts.map((p) => p.state))).toEqual(block.state);
  });

  it("goes on from a kept state, split differently, to the same end", () => {
    const half = Math.floor(steps(mission) / 2);
    const first: ShardBlock = shard(0, users.count).run(0, half);
    const middle = Math.floor(users.count / 2);
    const rest = [
      [0, middle],
      [middle, users.count],
    ].map(([from, to]) => {
      const resumed = shard(from, to);
      resumed.restore(cutState(first.state, from, to));
      return resumed.run(half, steps(mission) - half);
    });
    const events = [...rows(mergeEvents([first.events])), ...rows(mergeEvents(rest.map((p) => p.events)))];
    expect(events.sort((a, b) => a[0] - b[0] || a[1] - b[1])).toEqual(rows(mergeEvents([block.events])));
    expect(joinStates(rest.map((p) => p.state))).toEqual(block.state);
  });
});

describe("coverage", () => {
  it("counts a UE as uncovered that is outside every contour, below the least elevation or the least RSRP", () => {
    const far = missionOf({ placement: { kind: "circle", latitude: 1, longitude: 2, radiusM: 1000 } });
    const none = (mission: Mission) => {
      const { users, shard } = setUp(mission);
      return shard(0, users.count).run(0, 5).uncovered / (5 * users.count);
    };
    expect(none(far)).toBe(1);
    expect(none(missionOf({ minElevation: 89.9 * (Math.PI / 180) }))).toBeGreaterThan(0.99);
    expect(none(missionOf({ minRsrpDbm: -20 }))).toBe(1);
  });

  it("has the RSRP at a cell's centre that the slant range alone explains", () => {
    // a UE in the sub-satellite cell: gain 0 dB within some kilometres of its centre
    const mission = missionOf({
      payload: { kind: "circular-cells", layout: "row", beams: 1, cellRadiusM: 50_000, cellSpacingM: 1 },
      placement: { kind: "cells", at: 0 },
      userCount: 500,
      duration: 1,
      mark: 0,
    });
    const { users, shard } = setUp(mission);
    const best = Math.max(...shard(0, users.count).run(0, 1).frames.rsrp) / 100;
    const expected =
      resourceElementEirpDbm(34 - 60, 15e3) -
      freeSpaceLossDb(2e9, slantRange(6_378_137, 600_000, Math.PI / 2)) -
      0.035;
    expect(Math.abs(best - expected)).toBeLessThan(0.1);
  });
});
