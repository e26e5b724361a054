import { describe, expect, it } from "vitest";
import { EDGE_X } from "../../../src/main/beam/pattern.ts";
import { buildTrack, stateAt } from "../../../src/main/orbit/track.ts";
import { destination, ecefToGeodetic, geodeticToEcef } from "../../../src/main/math/wgs84.ts";
import { beamModel } from "../../../src/main/simulation/beams.ts";
import { Footprints } from "../../../src/main/simulation/cells.ts";
import { cellSizes } from "../../../src/main/simulation/decide-cells.ts";
import { contourRsrpDbm } from "../../../src/main/simulation/decide-events.ts";
import { Forecast } from "../../../src/main/simulation/decide-forecast.ts";
import { unrepresentable } from "../../../src/main/simulation/decide-representable.ts";
import { placeUsers } from "../../../src/main/simulation/population.ts";
import { receivers } from "../../../src/main/simulation/receivers.ts";
import { Whereabouts } from "../../../src/main/simulation/users.ts";
import type { Mission } from "../../../src/shared/mission.ts";
import { handheld, missionOf, rulesOf, trainOfSatellites, vsat } from "../../builders/mission.ts";
import { hear } from "../../builders/naive-hearing.ts";
import { naiveLeave } from "../../builders/naive-strategies.ts";

const trackOf = (mission: Mission) => buildTrack(mission.satellites, mission.startMs, mission.duration);
function sizesAtStart(mission: Mission, satellite = 0) {
  const state = new Float64Array(6);
  stateAt(state, 0, trackOf(mission), satellite, 0);
  return cellSizes(beamModel(mission), Math.hypot(state[0], state[1], state[2]), mission.minElevation);
}

describe("the derived size of a cell", () => {
  it("is the radius of a circle as large as the footprint, to 2 %", () => {
    const mission = trainOfSatellites();
    const footprints = new Footprints(mission, trackOf(mission));
    const { contour } = sizesAtStart(mission);
    for (let beam = 0; beam < 19; beam++) {
      const { semiMajorM, semiMinorM } = footprints.at(beam + 1, 0)!;
      expect(Math.abs(contour[beam] / Math.sqrt(semiMajorM * semiMinorM) - 1)).toBeLessThan(0.02);
    }
    expect(contour[0]).toBeGreaterThan(45_000);
  });

  it("is the cell's own radius where cells are circles", () => {
    for (const value of sizesAtStart(missionOf()).contour) expect(value).toBeCloseTo(125_000, -1);
  });

  it("puts the edge of a row's last cell where the satellite stands as low as seen from there", () => {
    // three cells 190 km apart along the flight, 125 km of radius: the edge is 315 km from the sub-satellite point
    const mission = missionOf({ payload: { ...missionOf().payload, layout: "row" } });
    const { offsets } = beamModel(mission);
    const along = Math.max(...offsets.filter((_, i) => i % 2 === 0));
    const { edgeElevation, edgeRoundTrip } = sizesAtStart(mission);
    const state = new Float64Array(6);
    const place = new Float64Array(3);
    stateAt(state, 0, trackOf(mission), 0, 0);
    ecefToGeodetic(place, 0, state[0], state[1], state[2]);
    const [latitude, longitude] = place;
    destination(place, 0, latitude, longitude, 0, along + 125_000);
    const up = [
      Math.cos(place[0]) * Math.cos(place[1]),
      Math.cos(place[0]) * Math.sin(place[1]),
      Math.sin(place[0]),
    ];
    geodeticToEcef(place, 0, place[0], place[1], 0);
    const d = [0, 1, 2].map((k) => state[k] - place[k]);
    const range = Math.hypot(...d);
    const sine = (d[0] * up[0] + d[1] * up[1] + d[2] * up[2]) / range;
    for (let beam = 0; beam < 3; beam++) {
      if (offsets[2 * beam + 1] !== 0) continue;
      expect(Math.abs(edgeElevation[beam] - Math.asin(sine))).toBeLessThan(0.02);
      // the sizes know a mean sphere, whose surface lies 7 km below the equator
      expect(Math.abs(edgeRoundTrip[beam] - (2 * range) / 299_792_458)).toBeLessThan(5.5e-5);
    }
  });
});

describe("the derived threshold of RSRP", () => {
  it("is what a UE on the contour of the beam straight below receives, to the whole dBm", () => {
    const mission = trainOfSatellites({
      userClasses: [handheld({ share: 0.5 }), vsat({ share: 0.5 })],
      userCount: 3000,
      duration: 20,
      placement: { kind: "cells", at: 0 },
    });
    const track = trackOf(mission);
    const users = placeUsers(mission, track, null);
    const radio = receivers(mission);
    let seen = 0;
    for (let ue = 0; ue < 3000 && seen < 6; ue++) {
      const onEdge = hear(mission, track, users, ue, 0).find(
        ({ x, cell }) => (cell - 1) % 19 === 0 && Math.abs(x - EDGE_X) < 0.02,
      );
      if (!onEdge) continue;
      seen++;
      const threshold = contourRsrpDbm(mission, track, radio, users.userClass[ue]);
      expect(Math.abs(onEdge.rsrp - threshold)).toBeLessThan(0.8);
      expect(Number.isInteger(threshold)).toBe(true);
    }
    expect(seen).toBeGreaterThan(2);
  });
});

describe("the forecast of when a UE leaves its cell", () => {
  it.each([
    ["moving beams", trainOfSatellites({ userCount: 60, duration: 60 })],
    [
      "beams that hold their places",
      trainOfSatellites({
        userCount: 40,
        duration: 40,
        payload: { ...trainOfSatellites().payload, steeringLimit: 0.1 },
      }),
    ],
    [
      "aircraft",
      trainOfSatellites({
        userCount: 40,
        duration: 60,
        userClasses: [handheld({ motion: "aircraft", speed: 333 })],
      }),
    ],
  ])("is to the millisecond what walking along the orbit finds: %s", (_, mission) => {
    const track = trackOf(mission);
    const users = placeUsers(mission, track, null);
    const model = beamModel(mission);
    const forecast = new Forecast(mission, model, track, new Whereabouts(mission, users));
    let left = 0;
    for (let ue = 0; ue < users.count; ue++) {
      const [cell] = hear(mission, track, users, ue, 20)
        .filter((c) => c.x < 1.6 * EDGE_X && c.elevation >= mission.minElevation)
        .toSorted((a, b) => a.x - b.x);
      if (!cell) continue;
      const found = forecast.leaves(ue, cell.cell, 20_000, 5000);
      expect(found).toBe(naiveLeave(mission, track, users, ue, cell.cell, 20_000));
      if (found < Infinity && found > 20_000) {
        left++;
        expect(forecast.covers(ue, cell.cell, found - 1)).toBe(true);
        expect(forecast.covers(ue, cell.cell, found)).toBe(false);
      }
    }
    expect(left).toBeGreaterThan(10);
  });
});

describe("what RRC cannot carry", () => {
  const warningsOf = (overrides: Partial<Mission>) => unrepresentable(missionOf(overrides));

  it("is nothing in the standard case", () => {
    expect(warningsOf({})).toEqual([]);
    expect(warningsOf({ handover: rulesOf({ strategy: "d1" }) })).toEqual([]);
    expect(warningsOf({ handover: rulesOf({ strategy: "t1", l3FilterCoefficient: 8 }) })).toEqual([]);
  });

  it("is said with the field and the nearest value, for the events in use alone", () => {
    const off = { timeToTrigger: 0.2, a3OffsetDb: 0.7, hysteresisDb: 0.25 };
    const a3 = warningsOf(off);
    expect(a3).toHaveLength(3);
    expect(a3[0]).toMatch(/handover\.timeToTriggerMs .*200 ms.*160 or 256 ms/);
    expect(a3.join()).toMatch(/handover\.a3OffsetDb .*0\.7 dB.*0\.5 dB/);
    expect(warningsOf({ a3OffsetDb: 0.7, handover: rulesOf({ strategy: "a4" }) })).toEqual([]);
    const distance = rulesOf({ strategy: "d1", servingDistanceM: 46_010, targetThresholdDbm: -117.5 });
    expect(warningsOf({ handover: distance })).toHaveLength(2);
    expect(warningsOf({ handover: rulesOf({ l3FilterCoefficient: 10 }) })[0]).toMatch(/9 or 11/);
    expect(warningsOf({ handover: rulesOf({ strategy: "t1", window: 0.05 }) })).toHaveLength(1);
  });

  it("includes the study triggers themselves", () => {
    for (const strategy of ["elevation", "timing-advance"] as const)
      expect(warningsOf({ handover: rulesOf({ strategy }) }).join()).toMatch(/TR 38\.821.*RRC has no such/);
  });
});
