import { describe, expect, test } from "vitest";
import { DEG } from "../../../src/main/math/constants.ts";
import { buildTrack } from "../../../src/main/orbit/track.ts";
import { lookAngles } from "../../../src/main/orbit/visibility.ts";
import { placeUsers } from "../../../src/main/simulation/population.ts";
import { blocksOf, Sky } from "../../../src/main/simulation/snapshot-blocks.ts";
import { Whereabouts } from "../../../src/main/simulation/users.ts";
import { handheld, missionOf } from "../../builders/mission.ts";

const MIN_ELEVATION = 25 * DEG;
/** an hour on, when aircraft stand elsewhere */
const TIME = 3600;
/** 20 planes of 20 satellites at 600 km */
const satellites = Array.from({ length: 400 }, (_, i) => ({
  kind: "kepler" as const,
  id: `s${i}`,
  name: `s${i}`,
  semiMajorAxisM: 6_978_137,
  eccentricity: 0,
  inclination: 87 * DEG,
  raan: 9 * Math.floor(i / 20) * DEG,
  argumentOfPerigee: 0,
  meanAnomaly: 18 * (i % 20) * DEG,
}));
const mission = missionOf({
  satellites,
  duration: TIME,
  userCount: 3000,
  placement: { kind: "box", south: -89 * DEG, north: 89 * DEG, west: -Math.PI, east: Math.PI },
  userClasses: [handheld({ share: 0.5 }), handheld({ share: 0.5, motion: "aircraft", speed: 330 })],
});
const track = buildTrack(satellites, mission.startMs, mission.duration);
const users = placeUsers(mission, track, null);
const places = new Whereabouts(mission, users);
const sky = new Sky(track, null, TIME, MIN_ELEVATION);

/** Satellites that a UE has above the least elevation, each asked. */
function inView(ue: number): number[] {
  const [position, up, look] = [3, 3, 3].map((n) => new Float64Array(n));
  places.write(position, up, 0, ue, TIME);
  const [x, y, z] = position;
  return [...sky.state.keys()].filter((index) => {
    const [sx, sy, sz] = sky.state[index];
    lookAngles(look, 0, x, y, z, sx, sy, sz);
    return look[1] >= MIN_ELEVATION;
  });
}

describe("blocks of neighbours", () => {
  const blocks = blocksOf(users, places, TIME, sky, 19);

  test("hold every UE once", () => {
    const all = blocks.flatMap(({ ues }) => [...ues]);
    expect(all.length).toBe(users.count);
    expect(new Set(all).size).toBe(users.count);
  });

  test("know every satellite that one of their UEs has in view", () => {
    let seen = 0;
    for (const { ues, satellites: known } of blocks)
      for (const ue of ues) {
        const view = inView(ue);
        seen += view.length;
        expect(known).toEqual(expect.arrayContaining(view));
      }
    expect(seen).toBeGreaterThan(users.count);
  });

  test("leave out the satellites on the other side of the Earth", () => {
    for (const { satellites: known } of blocks) expect(known.length).toBeLessThan(satellites.length / 4);
  });

  test("are smaller where the links of one would not fit", () => {
    const small = blocksOf(users, places, TIME, sky, 1000);
    const most = Math.max(...small.map((block) => block.ues.length * block.satellites.length));
    expect(most * 1000).toBeLessThanOrEqual(2 ** 21);
    expect(small.reduce((sum, { ues }) => sum + ues.length, 0)).toBe(users.count);
  });
});

describe("the satellites over one place", () => {
  test("are, but for two degrees, those above the least elevation", () => {
    const generous = new Sky(track, null, TIME, MIN_ELEVATION + 2 * DEG);
    const position = new Float64Array(3);
    for (let ue = 0; ue < users.count; ue += 10) {
      places.write(position, new Float64Array(3), 0, ue, TIME);
      expect(sky.over(position)).toEqual(expect.arrayContaining(inView(ue)));
      // a satellite that only the margins of a stricter sky let through is in view all the same
      expect(inView(ue)).toEqual(expect.arrayContaining(generous.over(position)));
    }
  });
});
