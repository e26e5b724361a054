import { describe, expect, it } from "vitest";
import { buildTrack } from "../../../src/main/orbit/track.ts";
import { timeToLeave } from "../../../src/main/simulation/leave.ts";
import { placeUsers } from "../../../src/main/simulation/population.ts";
import { unavoidableRate } from "../../../src/main/studies/unavoidable.ts";
import type { Mission } from "../../../src/shared/mission.ts";
import { missionOf } from "../../builders/mission.ts";

const WINDOW_S = 2;

/** UEs spread over one cell, and the share of them that geometry says is out within two seconds, per second. */
function counted(mission: Mission) {
  const track = buildTrack(mission.satellites, mission.startMs, mission.duration);
  const users = placeUsers(mission, track, null);
  const serving = new Uint32Array(users.count).fill(1);
  const leave = timeToLeave(mission, track, users, serving);
  const out = leave.reduce((n, seconds) => n + (seconds > 0 && seconds <= WINDOW_S ? 1 : 0), 0);
  return { track, serving, rate: out / WINDOW_S };
}

describe("the part of the handovers that no strategy avoids", () => {
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
  ])("is the rate at which evenly spread UEs leave the contour: %s", (_, mission) => {
    const { track, serving, rate } = counted(mission);
    const expected = unavoidableRate(mission, track, serving, mission.mark + WINDOW_S / 2)!;
    expect(rate).toBeGreaterThan(100);
    expect(Math.abs(rate / expected - 1)).toBeLessThan(0.05);
  });

  it("is none without UEs and where beams hold their places", () => {
    const mission = missionOf();
    const track = buildTrack(mission.satellites, mission.startMs, mission.duration);
    expect(unavoidableRate(mission, track, new Uint32Array(5), 30)).toBeNull();
    const held = missionOf({ payload: { ...mission.payload, steeringLimit: 0.3 } as Mission["payload"] });
    expect(unavoidableRate(held, track, new Uint32Array(5).fill(1), 30)).toBeNull();
  });
});
