import { describe, expect, it } from "vitest";
import { hetnetSeries } from "../../../../src/main/hetnet/series.ts";
import { closeUp } from "../../../../src/main/simulation/close-up.ts";
import type { Users } from "../../../../src/main/simulation/users.ts";
import {
  dahoudaPass,
  hearBeams,
  placeUnder,
  withBeams,
} from "../../../../src/main/studies/paper-b/satellite-beams.ts";
import {
  beside,
  ephemerisOutlook,
  nodesOf,
  onTheGround,
} from "../../../../src/main/studies/paper-b/third-rat.ts";
import { outlookRmse, perfectOutlook, persistenceOutlook } from "../../../../src/main/hetnet/outlook.ts";

const pass = dahoudaPass(1, false);
const still = new Float64Array(pass.steps);

describe("the beams of a pass", () => {
  const origin = placeUnder(pass, 1, 5);
  const heard = hearBeams(pass, origin, still, still, pass.steps, 0);

  it("are what the simulator's close-up of a UE that stands there gives", () => {
    const users: Users = {
      count: 1,
      latitude: Float64Array.of(origin.latitude),
      longitude: Float64Array.of(origin.longitude),
      heading: new Float64Array(1),
      userClass: new Uint8Array(1),
    };
    let compared = 0;
    for (let step = 40; step < 140; step += 10)
      for (let beam = 0; beam < 3; beam++) {
        if (heard.wanted[step * 3 + beam] === 0) continue;
        const close = closeUp(pass.mission, pass.track, users, 0, beam + 1, step);
        // the close-up's UE stands on the ground, ours 1.5 m above it
        expect(heard.wanted[step * 3 + beam] / close.wantedMw).toBeCloseTo(1, 3);
        expect(heard.interference[step * 3 + beam] / close.interferenceMw).toBeCloseTo(1, 3);
        expect(heard.noise).toBe(close.noiseMw);
        compared++;
      }
    expect(compared).toBeGreaterThan(10);
  });

  it("follow one another along the satellite's way, the front one first", () => {
    const strongest = [0, 1, 2].map((beam) => {
      const levels = Array.from({ length: pass.steps }, (_, step) => heard.wanted[step * 3 + beam]);
      return levels.indexOf(Math.max(...levels));
    });
    expect(strongest[0]).toBeLessThan(strongest[1]);
    expect(strongest[1]).toBeLessThan(strongest[2]);
    expect(Math.abs(strongest[1] - 90)).toBeLessThan(15);
  });
});

describe("the third RAT's series", () => {
  const ground = hetnetSeries({ seed: 2, paths: 3 });
  const series = withBeams(ground, dahoudaPass(2, true), 2);

  it("keeps the reports of the ground and adds three nodes", () => {
    expect(series.nodes.slice(-3).map(({ rat }) => rat)).toEqual(["satellite", "satellite", "satellite"]);
    for (let path = 0; path < 3; path++)
      for (let step = 0; step < series.paths[path].steps; step += 17)
        for (let node = 0; node < 6; node++)
          expect(series.sinrDb[(series.firstStep[path] + step) * 9 + node]).toBe(
            ground.sinrDb[(ground.firstStep[path] + step) * 6 + node],
          );
    expect(series.sinrDb.every((value) => Number.isFinite(value))).toBe(true);
    expect(Math.min(...nodesOf(series, true).map((node) => series.sinrDb[node]))).toBe(-23);
  });

  it("lets outlooks of ground and beams stand side by side", () => {
    const persistence = persistenceOutlook(series, 2);
    const joined = beside(series, onTheGround(ground, series, perfectOutlook(ground, 3)), persistence);
    expect(joined.horizon).toBe(2);
    expect(outlookRmse(series, joined, 2, nodesOf(series, false))).toBe(0);
    expect(outlookRmse(series, joined, 2, nodesOf(series, true))).toBe(
      outlookRmse(series, persistence, 2, nodesOf(series, true)),
    );
  });

  it("is forecast by the ephemeris without looking at reports to come", () => {
    const outlook = ephemerisOutlook(series, 2, 4);
    const cut = 80 * 9;
    const later = {
      ...series,
      rssiDbm: series.rssiDbm.map((value, i) => (i < cut ? value : value + 10)),
      sinrDb: series.sinrDb.map((value, i) => (i < cut ? value : 0)),
    };
    const changed = ephemerisOutlook(later, 2, 4);
    expect(changed.sinrDb.subarray(0, cut * 4)).toEqual(outlook.sinrDb.subarray(0, cut * 4));
    expect(changed.sinrDb.subarray(cut * 4)).not.toEqual(outlook.sinrDb.subarray(cut * 4));
  });

  it("has forecasts by the ephemeris that are exact where there is no shadow", () => {
    const clear = withBeams(ground, dahoudaPass(2, false), 2);
    expect(outlookRmse(clear, ephemerisOutlook(clear, 2, 10), 10, nodesOf(clear, true), -8)).toBeLessThan(
      0.1,
    );
  });
});
