import { describe, expect, it } from "vitest";
import { EDGE_X, FIRST_NULL_X, relativeGainDb } from "../../../src/main/beam/pattern.ts";
import {
  freeSpaceLossDb,
  resourceElementEirpDbm,
  resourceElementNoiseDbm,
  slantRange,
} from "../../../src/main/link/budget.ts";
import { type Track } from "../../../src/main/orbit/track.ts";
import { mergeEvents } from "../../../src/main/simulation/events.ts";
import { type ShardBlock } from "../../../src/main/simulation/shard.ts";
import { cutState, joinStates } from "../../../src/main/simulation/state.ts";
import { type Users } from "../../../src/main/simulation/users.ts";
import { NO_SIGNAL, cellOf } from "../../../src/shared/frame.ts";
import type { Mission } from "../../../src/shared/mission.ts";
import {
  channelOf,
  handheld,
  missionOf,
  TOWN,
  townOf,
  trainOfSatellites,
  vsat,
} from "../../builders/mission.ts";
import { rows, setUp, stepsOf } from "../../builders/shards.ts";
import { hear } from "../../builders/naive-hearing.ts";

/** Gain of a 60 cm aperture that points at `to`, in another direction: relative, linear. */
function terminalGain({ radio }: Mission, to: number[], other: number[]): number {
  const cosine = Math.min(1, to[0] * other[0] + to[1] * other[1] + to[2] * other[2]);
  const x = ((2 * Math.PI * radio.frequencyHz) / 299_792_458) * 0.3 * Math.sqrt(1 - Math.max(0, cosine) ** 2);
  return 10 ** (relativeGainDb(Math.min(x, 63.9)) / 10);
}

/** The same rules of attachment and A3, written naively for one UE over the whole run. */
function follow(mission: Mission, track: Track, users: Users, ue: number) {
  const events: number[][] = [];
  const frames: { cell: number; rsrp: number; sinr: number }[] = [];
  let serving = 0;
  let since = new Map<number, number>();
  const perStep = Math.round(mission.step / mission.measurementPeriod);
  const instants = (stepsOf(mission) - 1) * perStep;
  for (let i = 0; i <= instants; i++) {
    const time = i * mission.measurementPeriod;
    // side lobes are interference, and that is for frames alone
    const all = hear(mission, track, users, ue, time, i % perStep === 0 ? Infinity : FIRST_NULL_X);
    const heard = all.filter(
      (c) => c.elevation >= mission.minElevation && c.rsrp >= mission.minRsrpDbm && c.x < FIRST_NULL_X,
    );
    const covering = heard.filter((c) => c.x <= EDGE_X).sort((a, b) => b.rsrp + b.offset - a.rsrp - a.offset);
    const now = heard.find((c) => c.cell === serving);
    if (covering.length === 0) [serving, since] = [0, new Map()];
    else if (serving === 0) serving = covering[0].cell;
    else if (!now) {
      events.push([Math.round(time * 1000), ue, serving, covering[0].cell, 1]);
      [serving, since] = [covering[0].cell, new Map()];
    } else {
      const better = heard.filter(
        (c) =>
          c.rsrp + c.offset - mission.hysteresisDb > now.rsrp + now.offset + mission.a3OffsetDb &&
          c.cell !== serving,
      );
      since = new Map(better.map((c) => [c.cell, since.get(c.cell) ?? Math.round(time * 1000)]));
      const due = better
        .map((c) => ({ ...c, at: since.get(c.cell)! + Math.round(mission.timeToTrigger * 1000) }))
        .filter((c) => c.at < Math.round((time + mission.measurementPeriod) * 1000))
        .filter((c) => c.at <= mission.duration * 1000)
        .sort((a, b) => a.at - b.at || b.rsrp + b.offset - a.rsrp - a.offset);
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
        (inHearing.has(c.satellite) || c.onGround) &&
        c.channel === own.channel &&
        mission.channel.interference,
    )
    .reduce((sum, c) => {
      const directive = receiver.name === "vsat" && c.satellite !== own.satellite;
      const isolated = c.polarisation !== own.polarisation && receiver.name === "vsat";
      const share =
        (directive ? terminalGain(mission, own.direction, c.direction) : 1) *
        (isolated ? 10 ** (-mission.radio.crossPolarIsolationDb / 10) : 1);
      return sum + share * 10 ** (c.rsrp / 10);
    }, 0);
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
      channel: channelOf({
        surroundings: "urban",
        drawLineOfSight: true,
        shadowing: true,
        fixed: { scintillationDb: 2.2, polarisationDb: 0, bodyDb: 0, otherDb: 0 },
      }),
    }),
  ],
  [
    "trains, aircraft and pedestrians in a city, in rain and indoors",
    trainOfSatellites({
      userCount: 24,
      duration: 20,
      userClasses: [
        handheld({ share: 0.4, motion: "train", speed: 500 / 3.6 }),
        handheld({ share: 0.3, motion: "aircraft", speed: 1200 / 3.6, heading: 1 }),
        handheld({ share: 0.3, motion: "pedestrian", speed: 3 / 3.6 }),
      ],
      minRsrpDbm: -170,
      channel: channelOf({
        surroundings: "urban",
        drawLineOfSight: true,
        shadowing: true,
        elevation: {
          gas: "curve",
          zenithGasDb: null,
          scintillation: "standard",
          rain: { rate001MmH: 30, rainHeightM: 3000, latitude: 0.7, exceedancePercent: 0.1 },
          cloudKgM2: 0.5,
          building: { kind: "traditional", probability: 0.3 },
        },
      }),
    }),
  ],
  [
    "a transparent payload with one gateway in view of a part of the satellites",
    trainOfSatellites({
      userCount: 30,
      duration: 40,
      payload: { ...trainOfSatellites().payload, processing: "transparent" },
      gateways: {
        stations: [{ name: "one", latitude: 0.5, longitude: -1.12, heightM: 100 }],
        minElevation: 1.1,
        interSatelliteLinks: false,
        switchOverlap: 0,
      },
    }),
  ],
  [
    "sites on the ground with an offset, cars among the UEs",
    trainOfSatellites({
      userCount: 24,
      duration: 40,
      userClasses: [
        handheld({ motion: "vehicle", speed: 30 }),
        vsat({ share: 0.1 }),
        handheld({ motion: "aircraft", speed: 200, share: 0.1 }),
      ],
      terrestrial: townOf({ offsetDb: 6 }),
      placement: { kind: "circle", ...TOWN, radiusM: 4000 },
    }),
  ],
  [
    "quasi-earth-fixed beams",
    trainOfSatellites({
      userCount: 30,
      duration: 40,
      payload: { ...trainOfSatellites().payload, steeringLimit: 0.1 },
    }),
  ],
  [
    "reuse 2 with polarisation and directive terminals",
    trainOfSatellites({
      userCount: 25,
      duration: 25,
      radio: { ...missionOf().radio, frequencyReuse: 2 },
      userClasses: [vsat({ share: 0.6 }), handheld({ share: 0.4 })],
    }),
  ],
  [
    "reuse 3 with directive terminals",
    trainOfSatellites({
      userCount: 25,
      duration: 25,
      radio: { ...missionOf().radio, frequencyReuse: 3 },
      userClasses: [vsat()],
    }),
  ],
];

describe.each(missions)("the time loop over %s", (_, mission) => {
  const { track, users, shard } = setUp(mission);
  const block = shard(0, users.count).run(0, stepsOf(mission));
  const twins: ReturnType<typeof follow>[] = [];
  const twin = (ue: number) => (twins[ue] ??= follow(mission, track, users, ue));

  it("makes the events of a naive twin, and at least one of them", () => {
    const expected = Array.from({ length: users.count }, (_unused, ue) => twin(ue).events).flat();
    expected.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    expect(rows(mergeEvents([block.events]))).toEqual(expected);
    expect(expected.length).toBeGreaterThan(5);
  });

  it("writes the serving cell, RSRP and SINR of the twin into its frames, to the hundredth of a decibel it keeps", () => {
    for (let ue = 0; ue < users.count; ue += 7) {
      twin(ue).frames.forEach(({ cell, rsrp, sinr }, step) => {
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
    const parts = [shard(0, middle), shard(middle, users.count)].map((s) => s.run(0, stepsOf(mission)));
    expect(rows(mergeEvents(parts.map((p) => p.events)))).toEqual(rows(mergeEvents([block.events])));
    expect(parts.reduce((sum, p) => sum + p.linkEvaluations, 0)).toBe(block.linkEvaluations);
    expect(joinStates(parts.map((p) => p.state))).toEqual(block.state);
  });

  it("goes on from a kept state, split differently, to the same end", () => {
    const half = Math.floor(stepsOf(mission) / 2);
    const first: ShardBlock = shard(0, users.count).run(0, half);
    const middle = Math.floor(users.count / 2);
    const rest = [
      [0, middle],
      [middle, users.count],
    ].map(([from, to]) => {
      const resumed = shard(from, to);
      resumed.restore(cutState(first.state, from, to));
      return resumed.run(half, stepsOf(mission) - half);
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
      payload: {
        ...missionOf().payload,
        beams: 1,
        cellRadiusM: 50_000,
        cellSpacingM: 1,
      } as Mission["payload"],
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
