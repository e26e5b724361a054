import { describe, expect, it } from "vitest";
import { meanDwell, steadyRate } from "../../../src/main/handover/mobility.ts";
import { buildTrack } from "../../../src/main/orbit/track.ts";
import { Footprints } from "../../../src/main/simulation/cells.ts";
import { timeToLeave } from "../../../src/main/simulation/leave.ts";
import { placeUsers } from "../../../src/main/simulation/population.ts";
import { dwellOf, shareInto } from "../../../src/shared/dwell.ts";
import type { Mission } from "../../../src/shared/mission.ts";
import { missionOf } from "../../builders/mission.ts";

const WINDOW_S = 2;

/** UEs spread over one cell: how many leave it a second by geometry, and how many by UEs / mean dwell. */
function rates(mission: Mission) {
  const track = buildTrack(mission.satellites, mission.startMs, mission.duration);
  const users = placeUsers(mission, track, null);
  const leave = timeToLeave(mission, track, users, new Uint32Array(users.count).fill(1));
  const out = leave.reduce((n, seconds) => n + (seconds > 0 && seconds <= WINDOW_S ? 1 : 0), 0);
  const footprints = new Footprints(mission, track);
  const at = (time: number) => footprints.at(1, time)!;
  const dwell = dwellOf({ ...at(mission.mark) }, { ...at(mission.mark + WINDOW_S) }, WINDOW_S)!;
  return { counted: out / WINDOW_S, expected: users.count / dwell.seconds, dwell };
}

describe("the mean dwell in a footprint that passes", () => {
  const circle = { latitude: 0.7, longitude: 3.14, semiMajorM: 25_000, semiMinorM: 25_000, azimuth: 1 };

  it("is πD/4v for a circle, across the date line too", () => {
    const north = { ...circle, latitude: 0.7 + 7560 / 6_371_008.8 };
    expect(dwellOf(circle, north, 1)).toEqual({
      speed: expect.closeTo(7560, 3),
      widthM: expect.closeTo(50_000, 6),
      seconds: expect.closeTo(meanDwell(50_000, 7560), 6),
    });
    const east = { ...circle, longitude: -3.14 };
    expect(dwellOf(circle, east, 1)!.speed / 6_371_008.8).toBeCloseTo(
      (2 * Math.PI - 6.28) * Math.cos(0.7),
      9,
    );
    // 65,519 UEs in 50 km at 7.56 km/s: 4/π times the 9,906 a second of TR 38.821 §7.3.2.1.6
    expect(65_519 / dwellOf(circle, north, 1)!.seconds).toBeCloseTo((4 / Math.PI) * 9906.47, -1);
    expect(65_519 / dwellOf(circle, north, 1)!.seconds).toBeCloseTo(steadyRate(65_519, 50_000, 7560), 2);
  });

  it("ends in another cell for the share of the trailing edge that others cover, by width across the motion", () => {
    const degree = (metres: number) => metres / 6_371_008.8;
    const at = (north: number, east: number) => ({
      ...circle,
      latitude: circle.latitude + degree(north),
      longitude: circle.longitude + degree(east) / Math.cos(circle.latitude),
    });
    const ahead = at(7560, 0);
    expect(shareInto(circle, ahead, [])).toBe(0);
    // a follower at distance d meets it in a lens as wide as 2√(R² − d²/4)
    for (const d of [20_000, 38_000, 49_000])
      expect(shareInto(circle, ahead, [at(-d, 0)])).toBeCloseTo(
        Math.sqrt(25_000 ** 2 - (d / 2) ** 2) / 25_000,
        1,
      );
    expect(shareInto(circle, ahead, [at(20_000, 0)])).toBeLessThan(0.15);
    expect(shareInto(circle, ahead, [{ ...at(-25_000, 0), semiMajorM: 90_000, semiMinorM: 90_000 }])).toBe(1);
    const slim = { ...circle, semiMajorM: 60_000, semiMinorM: 10_000, azimuth: Math.PI / 2 };
    const north = { ...slim, latitude: slim.latitude + degree(7560) };
    // a circle of 25 km behind its middle covers 25 of the 60 km to each side
    expect(shareInto(slim, north, [at(-8000, 0)])).toBeCloseTo(25 / 60, 1);
  });

  it("is none where the footprint rests", () => {
    expect(dwellOf(circle, circle, 1)).toBeNull();
  });

  const one = { userCount: 40_000, minElevation: 0 };
  it.each([
    [
      "circular cells",
      missionOf({ ...one, payload: { ...missionOf().payload, beams: 1 } as Mission["payload"] }),
    ],
    [
      "the slanted ellipse of an antenna beam",
      missionOf({
        ...one,
        payload: {
          kind: "antenna",
          layout: "list",
          beams: 1,
          processing: "regenerative",
          steeringLimit: null,
          apertureRadiusM: 0.5,
          spacingFactor: 1,
          pattern: { kind: "bessel" },
          positions: [0.2, 0.45],
        },
      }),
    ],
  ])("gives with the UEs in it how many leave a second: %s", (_, mission) => {
    const { counted, expected } = rates(mission);
    expect(counted).toBeGreaterThan(100);
    expect(Math.abs(counted / expected - 1)).toBeLessThan(0.05);
  });
});
