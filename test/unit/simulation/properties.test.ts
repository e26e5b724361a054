import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { relativeGainDb } from "../../../src/main/beam/pattern.ts";
import { freeSpaceLossDb, resourceElementEirpDbm } from "../../../src/main/link/budget.ts";
import { DEG, WGS84_A, WGS84_E2 } from "../../../src/main/math/constants.ts";
import { ecefToGeodetic } from "../../../src/main/math/wgs84.ts";
import { buildTrack, stateAt, type Track } from "../../../src/main/orbit/track.ts";
import { beamModel } from "../../../src/main/simulation/beams.ts";
import { feedersOf } from "../../../src/main/simulation/feeders.ts";
import { StepGeometry } from "../../../src/main/simulation/geometry.ts";
import { Hearing } from "../../../src/main/simulation/measure.ts";
import { placeUsers } from "../../../src/main/simulation/population.ts";
import { receivers } from "../../../src/main/simulation/receivers.ts";
import { Shard } from "../../../src/main/simulation/shard.ts";
import { region, Whereabouts, type Users } from "../../../src/main/simulation/users.ts";
import type { Mission, Payload, SatelliteSource } from "../../../src/shared/mission.ts";
import { channelOf, handheld, missionOf, trainOfSatellites, vsat } from "../../builders/mission.ts";

const NO_ATMOSPHERE = channelOf({
  elevation: {
    gas: "off",
    zenithGasDb: null,
    scintillation: "off",
    rain: null,
    cloudKgM2: 0,
    building: null,
  },
});
/** Nothing but free space and the pattern. */
const bare = (mission: Mission, overrides: Partial<Mission> = {}): Mission => ({
  ...mission,
  channel: NO_ATMOSPHERE,
  minRsrpDbm: -300,
  ...overrides,
});
const tracks = new WeakMap<readonly SatelliteSource[], Track>();
function trackOf({ satellites, startMs, duration }: Mission): Track {
  const track = tracks.get(satellites) ?? buildTrack(satellites, startMs, duration);
  tracks.set(satellites, track);
  return track;
}
const oneUser = (latitude: number, longitude: number): Users => ({
  count: 1,
  latitude: Float64Array.of(latitude),
  longitude: Float64Array.of(longitude),
  heading: new Float64Array(1),
  userClass: new Uint8Array(1),
});

/** The ears of one UE of class 0 that stands still, after listening at a time. */
function listenAt(mission: Mission, latitude: number, longitude: number, time: number) {
  const track = trackOf(mission);
  const { position, up } = new Whereabouts(mission, oneUser(latitude, longitude));
  const model = beamModel(mission);
  const geometry = new StepGeometry(mission, track, feedersOf(mission, track), model, up, 0.01);
  const hearing = new Hearing(mission, model, receivers(mission), geometry);
  geometry.prepare(Float64Array.of(time));
  hearing.look(0, 0, position, up, 0, 0, null, 1);
  hearing.listen(0, 0);
  const cells = Array.from({ length: hearing.count }, (_, i) => ({
    cell: hearing.cell[i],
    rsrp: hearing.rsrp[i],
    satellite: Math.floor((hearing.cell[i] - 1) / model.beams),
    beam: (hearing.cell[i] - 1) % model.beams,
  }));
  return { hearing, cells, model, position };
}

/** Vector from a place to a satellite at a time. */
function towards(mission: Mission, satellite: number, position: Float64Array, time: number): number[] {
  const state = new Float64Array(6);
  stateAt(state, 0, trackOf(mission), satellite, time);
  return [0, 1, 2].map((k) => state[k] - position[k]);
}
const length = (v: readonly number[]) => Math.hypot(...v);

/** Geodetic place below the first satellite of a mission at a time, moved by degrees north and east. */
function near(mission: Mission, time: number, northDeg: number, eastDeg: number): [number, number] {
  const state = new Float64Array(6);
  stateAt(state, 0, trackOf(mission), 0, time);
  const place = new Float64Array(3);
  ecefToGeodetic(place, 0, state[0], state[1], state[2]);
  return [place[0] + northDeg * DEG, place[1] + (eastDeg * DEG) / Math.cos(place[0])];
}

const antenna = (overrides: Partial<Extract<Payload, { kind: "antenna" }>> = {}): Payload =>
  ({ ...trainOfSatellites().payload, ...overrides }) as Payload;
const patterns: [string, Payload][] = [
  ["a circular aperture", antenna()],
  ...[-6.75, -15, -20, -25, -30].map((nearSidelobeDb): [string, Payload] => [
    `S.1528 with ${nearSidelobeDb} dB`,
    antenna({ pattern: { kind: "s1528", nearSidelobeDb } }),
  ]),
  [
    "a table with a shoulder",
    antenna({
      pattern: {
        kind: "table",
        offAxisRad: [0, 2, 4, 7, 9, 30].map((a) => a * DEG),
        relativeGainDb: [0, 0, -2, -12, -9, -30],
      },
    }),
  ],
  ["an aperture that holds its place", antenna({ steeringLimit: 5 * DEG })],
  ["circular cells", missionOf().payload],
];
const offset = fc.double({ min: -9, max: 9, noNaN: true });

describe("the level of a cell", () => {
  test.each(patterns)("is never above that of the beam's centre at the same range: %s", (_, payload) => {
    const mission = bare(trainOfSatellites(), { payload });
    const { eirpDensityDbwPerHz, subcarrierSpacingHz, frequencyHz } = mission.radio;
    let heard = 0;
    let nearest = -Infinity;
    fc.assert(
      fc.property(offset, offset, fc.integer({ min: 0, max: 60 }), (north, east, time) => {
        const { cells, position } = listenAt(mission, ...near(mission, time, north, east), time);
        for (const { rsrp, satellite } of cells) {
          const range = length(towards(mission, satellite, position, time));
          const peak =
            resourceElementEirpDbm(eirpDensityDbwPerHz, subcarrierSpacingHz) -
            freeSpaceLossDb(frequencyHz, range);
          expect(rsrp).toBeLessThan(peak + 1e-9);
          nearest = Math.max(nearest, rsrp - peak);
          heard++;
        }
      }),
      { numRuns: 150 },
    );
    expect(heard).toBeGreaterThan(50);
    expect(nearest).toBeGreaterThan(-0.3);
  });
});

describe("interference", () => {
  /**
   * Power of one beam [mW], from a mission of its satellite alone that has nothing but this beam and, so that it is
   * listened to at all, one that the UE hears.
   */
  function powerOf(mission: Mission, place: [number, number], satellite: number, beam: number, ear: number) {
    const { offsets } = beamModel(mission);
    const positions = [ear, beam].flatMap((b) => [offsets[2 * b], offsets[2 * b + 1]]);
    const alone = {
      ...mission,
      satellites: [mission.satellites[satellite]],
      payload: { ...mission.payload, layout: "list", beams: 2, positions } as Payload,
      radio: { ...mission.radio, frequencyReuse: 1 as const },
    };
    const { hearing } = listenAt(alone, ...place, 30);
    hearing.sinr(0, ear === beam ? 2 : 1);
    return ear === beam ? hearing.wantedMw : hearing.interferenceMw;
  }

  const cases = [1, 2, 3].flatMap((reuse) => ["handheld", "vsat"].map((name) => [reuse, name] as const));
  test.each(cases)("is the sum of the beams' powers, each computed alone: reuse %s, %s", (reuse, name) => {
    const frequencyHz = name === "vsat" ? 20e9 : 2e9;
    const train = trainOfSatellites();
    const mission = bare(train, {
      satellites: train.satellites.map(
        (s, i) => ({ ...s, meanAnomaly: (40 - 1.5 * i) * DEG }) as SatelliteSource,
      ),
      payload: antenna({ beams: 7, apertureRadiusM: name === "vsat" ? 0.05 : 0.5 }),
      radio: { ...train.radio, frequencyHz, frequencyReuse: reuse as 1 | 2 | 3 },
      userClasses: [name === "vsat" ? vsat() : handheld()],
    });
    let compared = 0;
    let satellites = 0;
    fc.assert(
      fc.property(offset, offset, fc.nat(), (north, east, pick) => {
        const place = near(mission, 30, north / 3, east / 3);
        const { hearing, cells, model, position } = listenAt(mission, ...place, 30);
        fc.pre(cells.length > 0);
        const serving = cells[pick % cells.length];
        hearing.sinr(0, serving.cell);
        const facing = towards(mission, serving.satellite, position, 30);
        let sum = 0;
        const heard = new Map(cells.map((c) => [c.satellite, c.beam]));
        for (const [satellite, ear] of heard) {
          const direction = towards(mission, satellite, position, 30);
          const cosine =
            facing.reduce((dot, d, k) => dot + d * direction[k], 0) / length(facing) / length(direction);
          const argument =
            ((2 * Math.PI * frequencyHz) / 299_792_458) * 0.3 * Math.sqrt(1 - Math.min(1, cosine) ** 2);
          const directive = name === "vsat" && satellite !== serving.satellite;
          const off = directive ? 10 ** (relativeGainDb(argument) / 10) : 1;
          for (let beam = 0; beam < 7; beam++) {
            if (satellite === serving.satellite && beam === serving.beam) continue;
            if (model.channel[beam] !== model.channel[serving.beam]) continue;
            const other = model.polarisation[beam] !== model.polarisation[serving.beam];
            const isolation = other && name === "vsat" ? 1e-3 : 1;
            sum += powerOf(mission, place, satellite, beam, ear) * off * isolation;
          }
        }
        if (sum === 0) expect(hearing.interferenceMw).toBe(0);
        else expect(hearing.interferenceMw / sum).toBeCloseTo(1, 3);
        compared++;
        satellites = Math.max(satellites, heard.size);
      }),
      { numRuns: 40 },
    );
    expect(compared).toBeGreaterThan(30);
    expect(satellites).toBeGreaterThan(1);
  });
});

/** All steps of a run of the given UEs. */
function runOf(mission: Mission, users: Users) {
  const track = trackOf(mission);
  const shard = new Shard({
    mission,
    track,
    feeders: feedersOf(mission, track),
    users,
    firstUe: 0,
    ...region(mission, users),
  });
  return shard.run(0, Math.round(mission.duration / mission.step) + 1);
}

/** Same cells and events, levels to the hundredth that is kept. */
function expectSame(a: ReturnType<typeof runOf>, b: ReturnType<typeof runOf>) {
  expect(b.frames.cellState).toEqual(a.frames.cellState);
  for (const key of ["timeMs", "ue", "source", "target", "trigger", "pingPong"] as const)
    expect(b.events[key]).toEqual(a.events[key]);
  for (const key of ["rsrp", "sinr"] as const)
    for (let i = 0; i < a.frames[key].length; i++)
      expect(Math.abs(a.frames[key][i] - b.frames[key][i])).toBeLessThanOrEqual(1);
}

const kepler = (mission: Mission, change: (s: Extract<SatelliteSource, { kind: "kepler" }>) => object) =>
  mission.satellites.map((s) => ({ ...s, ...change(s as never) }) as SatelliteSource);
/** The same mission further east. */
const turned = (mission: Mission, angle: number): Mission => ({
  ...mission,
  satellites: kepler(mission, ({ raan }) => ({ raan: raan + angle })),
  gateways: mission.gateways && {
    ...mission.gateways,
    stations: mission.gateways.stations.map((s) => ({ ...s, longitude: s.longitude + angle })),
  },
});
const eastward = (users: Users, angle: number): Users => ({
  ...users,
  longitude: users.longitude.map((l) => Math.atan2(Math.sin(l + angle), Math.cos(l + angle))),
});

const movers = [
  handheld({ share: 0.4 }),
  handheld({ share: 0.3, motion: "train", speed: 500 / 3.6 }),
  handheld({ share: 0.3, motion: "aircraft", speed: 1200 / 3.6 }),
];
const shadows = channelOf({ surroundings: "urban", drawLineOfSight: true, shadowing: true });
const runs: [string, Mission][] = [
  ["circular cells", missionOf({ userCount: 60, duration: 40, a3OffsetDb: 0 })],
  [
    "hexagons, moving UEs and shadowing",
    trainOfSatellites({ userCount: 30, duration: 20, userClasses: movers, channel: shadows }),
  ],
  [
    "beams that hold their place, and a gateway",
    trainOfSatellites({
      userCount: 30,
      duration: 20,
      payload: antenna({ steeringLimit: 5 * DEG, processing: "transparent" }),
      gateways: {
        stations: [{ name: "one", latitude: 0.5, longitude: -1.12, heightM: 100 }],
        minElevation: 60 * DEG,
        interSatelliteLinks: false,
        switchOverlap: 0,
      },
    }),
  ],
  [
    "a pass over the north pole",
    missionOf({
      userCount: 60,
      duration: 40,
      a3OffsetDb: 0,
      placement: { kind: "circle", latitude: 90 * DEG, longitude: 0, radiusM: 400_000 },
      satellites: kepler(missionOf(), () => ({ inclination: 90 * DEG, meanAnomaly: 88 * DEG })),
      userClasses: movers,
    }),
  ],
];

describe.each(runs)("a run: %s", (_, mission) => {
  const users = placeUsers(mission, trackOf(mission), null);
  const here = runOf(mission, users);

  test("has something to compare", () => {
    expect(here.events.ue.length).toBeGreaterThan(0);
    expect(here.uncovered).toBeLessThan(0.9 * here.frames.steps * users.count);
  });

  test.each([1e-3, 77, 180, 251.3])("is the same %s° further east", (degrees) => {
    const angle = degrees * DEG;
    expectSame(here, runOf(turned(mission, angle), eastward(users, angle)));
  });

  test("is the same with its UEs across the antimeridian", () => {
    const onIt = users.longitude.toSorted()[users.count >> 1];
    const there = eastward(users, Math.PI - onIt);
    expect(there.longitude.some((l) => l > 2.8) && there.longitude.some((l) => l < -2.8)).toBe(true);
    expectSame(here, runOf(turned(mission, Math.PI - onIt), there));
  });
});

describe("a run mirrored at the equator", () => {
  // beams on the track are their own mirror images; a hexagon's would change their numbers
  const rows: [string, Mission][] = [
    ["circular cells", runs[0][1]],
    ["over the poles", runs[3][1]],
    [
      "a row of antenna beams, with moving UEs",
      trainOfSatellites({
        userCount: 30,
        duration: 20,
        userClasses: movers,
        channel: shadows,
        payload: antenna({ layout: "row", beams: 5 }),
      }),
    ],
  ];
  test.each(rows)("is the same: %s", (_, mission) => {
    const users = placeUsers(mission, trackOf(mission), null);
    const other = {
      ...mission,
      satellites: kepler(mission, ({ raan, meanAnomaly }) => ({
        raan: raan + Math.PI,
        meanAnomaly: meanAnomaly + Math.PI,
      })),
    };
    const south = {
      ...users,
      latitude: users.latitude.map((l) => -l),
      heading: users.heading.map((h) => Math.PI - h),
    };
    const here = runOf(mission, users);
    expect(here.servedCells.length).toBeGreaterThan(1);
    expectSame(here, runOf(other, south));
  });
});

describe("over a pole", () => {
  const polar = bare(
    missionOf({
      payload: { ...missionOf().payload, beams: 1, layout: "list", positions: [0, 0] } as Payload,
      satellites: kepler(missionOf(), () => ({ inclination: 90 * DEG, meanAnomaly: 90 * DEG })),
    }),
  );

  test.each([90, -90])(
    "the level at %s° is that of the height above it, whatever the longitude",
    (degrees) => {
      const mission =
        degrees > 0 ? polar : { ...polar, satellites: kepler(polar, () => ({ meanAnomaly: 270 * DEG })) };
      const polarRadius = WGS84_A * Math.sqrt(1 - WGS84_E2);
      const expected = -26 + 10 * Math.log10(15e3) + 30 - freeSpaceLossDb(2e9, 6_978_137 - polarRadius);
      for (const longitude of [0, 1, -2, Math.PI, -Math.PI]) {
        const { cells } = listenAt(mission, degrees * DEG, longitude, 0);
        expect(cells).toHaveLength(1);
        expect(cells[0].rsrp).toBeCloseTo(expected, 4);
      }
    },
  );

  test("the level falls alike in all directions, across the meridians", () => {
    const levels = Array.from(
      { length: 24 },
      (_, i) => listenAt(polar, 89.2 * DEG, (i * 15 - 180) * DEG, 0).cells[0].rsrp,
    );
    for (const level of levels) expect(level).toBeCloseTo(levels[0], 3);
    expect(levels[0]).toBeLessThan(listenAt(polar, 90 * DEG, 0, 0).cells[0].rsrp - 1);
  });
});

describe("a circle of UEs around a pole", () => {
  test.each([90, -90])("at %s° has as many in every sector", (degrees) => {
    const placement = { kind: "circle", latitude: degrees * DEG, longitude: 0.3, radiusM: 400_000 } as const;
    const mission = missionOf({ userCount: 1200, placement });
    const { longitude } = placeUsers(mission, trackOf(mission), null);
    const sectors = Array.from({ length: 12 }, () => 0);
    for (const l of longitude) sectors[Math.floor(((l + Math.PI) / (2 * Math.PI)) * 12) % 12]++;
    // mean 100, four standard deviations
    for (const ues of sectors) expect(Math.abs(ues - 100)).toBeLessThan(40);
  });
});

describe("a box of UEs across the antimeridian", () => {
  test("holds the UEs of the box around the first meridian, turned by 180°", () => {
    const box = (west: number, east: number) => {
      const placement = {
        kind: "box",
        south: -20 * DEG,
        north: 50 * DEG,
        west: west * DEG,
        east: east * DEG,
      } as const;
      const mission = missionOf({ userCount: 500, placement });
      return placeUsers(mission, trackOf(mission), null);
    };
    const [here, there] = [box(-10, 12), box(170, -168)];
    expect(there.latitude).toEqual(here.latitude);
    here.longitude.forEach((l, ue) => {
      const across = there.longitude[ue];
      expect(Math.abs(across)).toBeLessThanOrEqual(Math.PI);
      expect(Math.cos(across - l)).toBeCloseTo(-1, 12);
      expect(across / DEG >= 170 || across / DEG <= -168).toBe(true);
    });
    const east = there.longitude.filter((l) => l < 0).length;
    expect(Math.abs(east / 500 - 12 / 22)).toBeLessThan(0.07);
  });
});
