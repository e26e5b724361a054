import { describe, expect, it } from "vitest";
import { EDGE_X } from "../../../src/main/beam/pattern.ts";
import { buildTrack, stateAt, type Track } from "../../../src/main/orbit/track.ts";
import { aimBeams, beamModel, patternArgument } from "../../../src/main/simulation/beams.ts";
import { timeToLeave } from "../../../src/main/simulation/leave.ts";
import { datasetAt } from "../../../src/main/simulation/mark.ts";
import { discsAt, placeUsers } from "../../../src/main/simulation/population.ts";
import { Whereabouts, type Users } from "../../../src/main/simulation/users.ts";
import { haversine } from "../../../src/main/math/wgs84.ts";
import { DATASET_COLUMNS } from "../../../src/shared/dataset.ts";
import type { Mission } from "../../../src/shared/mission.ts";
import { missionOf, trainOfSatellites } from "../../builders/mission.ts";

const DEG = Math.PI / 180;
const trackOf = (mission: Mission) => buildTrack(mission.satellites, mission.startMs, mission.duration);

/** Is the UE inside a cell's contour at a time? By the definition, without tables. */
function inside(
  mission: Mission,
  track: Track,
  users: Users,
  ue: number,
  cell: number,
  time: number,
): boolean {
  const model = beamModel(mission);
  const state = new Float64Array(6);
  const aim = new Float64Array(3 * model.beams);
  stateAt(state, 0, track, Math.floor((cell - 1) / model.beams), time);
  aimBeams(aim, 0, model, state, 0);
  const { position, up } = new Whereabouts(mission, users);
  const [x, y, z] = position.subarray(3 * ue, 3 * ue + 3);
  const d = [state[0] - x, state[1] - y, state[2] - z];
  const range = Math.hypot(...d);
  const sine = (d[0] * up[3 * ue] + d[1] * up[3 * ue + 1] + d[2] * up[3 * ue + 2]) / range;
  const argument = patternArgument(
    model,
    aim,
    3 * ((cell - 1) % model.beams),
    x,
    y,
    z,
    d[0],
    d[1],
    d[2],
    range,
  );
  return argument <= EDGE_X && sine >= Math.sin(mission.minElevation);
}

/** For each UE some cell that holds it at the mark; 0 where none does. */
function cellsAtMark(mission: Mission, track: Track, users: Users): Uint32Array<ArrayBuffer> {
  const cells = mission.satellites.length * mission.payload.beams;
  return Uint32Array.from({ length: users.count }, (_, ue) => {
    for (let cell = 1; cell <= cells; cell++)
      if (inside(mission, track, users, ue, cell, mission.mark)) return cell;
    return 0;
  });
}

describe.each([
  ["circular cells", missionOf({ userCount: 120 })],
  ["antenna beams", trainOfSatellites({ userCount: 80, mark: 20 })],
])("time to leave, %s", (_, mission) => {
  const track = trackOf(mission);
  const users = placeUsers(mission, track, null);
  const serving = cellsAtMark(mission, track, users);
  const leave = timeToLeave(mission, track, users, serving);

  it("is when the contour passes over the UE: inside 2 ms before, outside 2 ms after", () => {
    let checked = 0;
    for (let ue = 0; ue < users.count; ue++) {
      if (serving[ue] === 0 || Number.isNaN(leave[ue])) continue;
      const at = mission.mark + leave[ue];
      expect(inside(mission, track, users, ue, serving[ue], at - 0.002)).toBe(true);
      if (at + 0.002 < mission.duration)
        expect(inside(mission, track, users, ue, serving[ue], at + 0.002)).toBe(false);
      checked++;
    }
    expect(checked).toBeGreaterThan(30);
  });

  it("is NaN without a cell, and for a UE that stays until the end", () => {
    for (let ue = 0; ue < users.count; ue++) {
      if (serving[ue] === 0) expect(leave[ue]).toBeNaN();
      else if (Number.isNaN(leave[ue]))
        expect(inside(mission, track, users, ue, serving[ue], mission.duration)).toBe(true);
    }
  });
});

describe("population", () => {
  it("puts every UE of placement «cells» inside a cell at that instant, evenly over the cells", () => {
    const mission = missionOf({ userCount: 3000 });
    const track = trackOf(mission);
    const users = placeUsers(mission, track, null);
    expect(cellsAtMark(mission, track, users).every((cell) => cell > 0)).toBe(true);
    // UEs within half the radius of a centre: a quarter of a third of all, apart from overlaps that do not reach there
    for (const disc of discsAt(mission, track, 30)) {
      let near = 0;
      for (let ue = 0; ue < users.count; ue++)
        if (haversine(users.latitude[ue], users.longitude[ue], disc.latitude, disc.longitude) < 60_000)
          near++;
      const expected = (mission.userCount / 3) * (60 / 125) ** 2;
      expect(Math.abs(near - expected)).toBeLessThan(4 * Math.sqrt(expected));
    }
  });

  it("is uniform by area in a circle and in a box, also over the antimeridian", () => {
    const circle = missionOf({
      userCount: 4000,
      placement: { kind: "circle", latitude: 60 * DEG, longitude: 10 * DEG, radiusM: 300_000 },
    });
    const inCircle = placeUsers(circle, trackOf(circle), null);
    let half = 0;
    for (let ue = 0; ue < 4000; ue++) {
      const distance = haversine(inCircle.latitude[ue], inCircle.longitude[ue], 60 * DEG, 10 * DEG);
      expect(distance).toBeLessThanOrEqual(300_001);
      if (distance < 300_000 / Math.SQRT2) half++;
    }
    expect(Math.abs(half - 2000)).toBeLessThan(4 * Math.sqrt(1000));
    const box = missionOf({
      userCount: 2000,
      placement: { kind: "box", south: -10 * DEG, north: 80 * DEG, west: 170 * DEG, east: -170 * DEG },
    });
    const inBox = placeUsers(box, trackOf(box), null);
    expect(
      inBox.longitude.every((lon) => Math.abs(lon) >= 170 * DEG - 1e-12 && Math.abs(lon) <= Math.PI),
    ).toBe(true);
    const south = inBox.latitude.filter(
      (lat) => Math.sin(lat) < (Math.sin(-10 * DEG) + Math.sin(80 * DEG)) / 2,
    ).length;
    expect(Math.abs(south - 1000)).toBeLessThan(4 * Math.sqrt(500));
  });

  it("draws classes by their shares and the same UEs for the same seed", () => {
    const mixed = missionOf({
      userCount: 2000,
      userClasses: [
        { ...missionOf().userClasses[0], share: 1 },
        { ...missionOf().userClasses[0], name: "vsat", share: 3 },
      ],
    });
    const track = trackOf(mixed);
    const users = placeUsers(mixed, track, null);
    expect(Math.abs(users.userClass.filter((c) => c === 1).length - 1500)).toBeLessThan(4 * Math.sqrt(375));
    expect(placeUsers(mixed, track, null)).toEqual(users);
    expect(placeUsers({ ...mixed, seed: 8 }, track, null).latitude).not.toEqual(users.latitude);
  });

  it("refuses an antenna whose outer beams would point beyond 90° from the nadir", () => {
    const wide = trainOfSatellites();
    const payload = { ...wide.payload, beams: 37, apertureRadiusM: 0.15 } as Mission["payload"];
    expect(() => placeUsers({ ...wide, payload }, trackOf(wide), null)).toThrow(/payload.beams/);
  });

  it("refuses cells where no satellite has one on the ground", () => {
    const lost = missionOf({
      satellites: [{ ...missionOf().satellites[0], semiMajorAxisM: Number.NaN } as Mission["satellites"][0]],
    });
    expect(() => placeUsers(lost, trackOf(lost), null)).toThrow(/users.placement.atS/);
  });
});

describe("data set at the mark", () => {
  const mission = missionOf({ userCount: 50 });
  const track = trackOf(mission);
  const users = placeUsers(mission, track, null);
  const serving = cellsAtMark(mission, track, users);
  serving[3] = 0;
  const data = datasetAt(mission, track, users, 0, serving, new Int32Array(50).fill(12_500));

  it("has the 19 columns of Table 1, and NaN for a UE without a cell", () => {
    expect(Object.keys(data)).toEqual(DATASET_COLUMNS.map((column) => column.key));
    expect(DATASET_COLUMNS).toHaveLength(19);
    for (const column of Object.values(data)) {
      expect(column[3]).toBeNaN();
      expect(Number.isFinite(column[0])).toBe(true);
    }
  });

  it("keeps its columns consistent with one another and with the constants of physics", () => {
    for (const ue of [0, 10, 20]) {
      expect(data.timeS[ue]).toBeCloseTo(mission.mark - 12.5, 9);
      expect(data.propagationDelayS[ue]).toBeCloseTo((data.rangeKm[ue] * 1000) / 299_792_458, 12);
      // TR 38.811 eq. 6.6-2, whose constant 32.45 is rounded by 0.002 dB
      expect(data.freeSpaceLossDb[ue]).toBeCloseTo(
        32.45 + 20 * Math.log10(2) + 20 * Math.log10(data.rangeKm[ue] * 1000),
        2,
      );
      expect(data.propLossDb[ue] - data.freeSpaceLossDb[ue]).toBeCloseTo(
        0.035 / Math.sin(data.elevationDeg[ue] * DEG),
        9,
      );
      expect(data.cOverN0DbMHz[ue] + 60 - data.cOverNDb[ue]).toBeCloseTo(10 * Math.log10(30e6), 9);
      expect(data.cellType[ue]).toBe((serving[ue] - 1) % 3);
    }
  });
});
