import { describe, expect, it } from "vitest";
import { DEG, WGS84_A } from "../../../src/main/math/constants.ts";
import { gmst, temeToEcef } from "../../../src/main/orbit/frames.ts";
import { createPropagator } from "../../../src/main/orbit/propagator.ts";
import { buildTrack, KNOT_S, stateAt } from "../../../src/main/orbit/track.ts";
import { readElements } from "../../../src/main/scenario/elements.ts";
import type { SatelliteSource } from "../../../src/shared/mission.ts";
import { hasReference, referenceNote, referenceText } from "../../builders/reference.ts";

/** Largest distance [m] of a track from straight propagation, between the knots, up to where the satellite is lost. */
function worstGap(source: SatelliteSource, startMs: number, duration: number, knotS: number): number {
  const track = buildTrack([source], startMs, duration, knotS);
  const propagator = createPropagator(source, startMs);
  const [near, exact] = [new Float64Array(6), new Float64Array(6)];
  let worst = 0;
  for (let t = 0.29 * knotS; t < duration; t += 0.7 * knotS) {
    if (!stateAt(near, 0, track, 0, t) || propagator.teme(exact, 0, t) !== null) continue;
    temeToEcef(exact, 0, exact, 0, gmst(startMs + t * 1000));
    worst = Math.max(worst, Math.hypot(near[0] - exact[0], near[1] - exact[1], near[2] - exact[2]));
  }
  return worst;
}

const ellipse = (perigeeKm: number, eccentricity: number, inclinationDeg: number): SatelliteSource => ({
  kind: "kepler",
  id: "a",
  name: "a",
  semiMajorAxisM: (WGS84_A + perigeeKm * 1000) / (1 - eccentricity),
  eccentricity,
  inclination: inclinationDeg * DEG,
  raan: 1,
  argumentOfPerigee: 4.7,
  meanAnomaly: 0.3,
});
const START = Date.UTC(2026, 0, 1);
const DAY = 86_400;

describe("knots 30 s apart", () => {
  it.each([
    ["LEO at 160 km", ellipse(160, 0, 53), 0.03],
    ["LEO at 600 km", ellipse(600, 0, 97), 0.03],
    ["MEO at 8,062 km", ellipse(8062, 0, 0), 0.005],
    ["navigation at 20,200 km", ellipse(19_900, 0.01, 55), 0.005],
    ["GEO", ellipse(35_786, 0, 1), 0.005],
    ["Tundra", ellipse(24_400, 0.27, 63.4), 0.005],
    ["Molniya", ellipse(530, 0.74, 63.4), 0.1],
    ["an ellipse with its perigee at 160 km", ellipse(160, 0.8, 30), 0.1],
    ["the most eccentric orbit a scenario can have", ellipse(160, 0.95, 30), 0.1],
  ] as const)("follow %s within a decimetre over a day", (_, source, bound) => {
    const worst = worstGap(source, START, DAY, KNOT_S);
    expect(worst).toBeGreaterThan(0);
    expect(worst).toBeLessThan(bound);
  });

  it("are needed for a low perigee only: a geostationary satellite keeps within a metre with 600 s", () => {
    expect(worstGap(ellipse(35_786, 0, 1), START, DAY, 600)).toBeLessThan(0.05);
    expect(worstGap(ellipse(160, 0.8, 30), START, DAY, 60)).toBeGreaterThan(0.5);
  });
});

/** SDP4 outside its range, eccentricity 0.995: its positions jump by thousands of kilometres. */
const JUMPS = "33333";
/** Decays on the way: in its last interval the positions bend beyond any cubic. */
const DECAYS = "22312";

describe.skipIf(!hasReference)(`SGP4's verification set${referenceNote}`, () => {
  const lines = hasReference ? referenceText("sgp4/SGP4-VER.TLE").split("\n") : [];
  const text = lines
    .filter((line) => /^[12] /.test(line))
    .map((line) => line.slice(0, 69))
    .join("\n");
  const records = readElements(text).accepted.filter(({ source }) => source.id !== JUMPS);

  it("is followed within 1 m over a day: deep space, resonance, low perigee, drag", () => {
    expect(records.length).toBeGreaterThan(25);
    for (const { source, epochMs } of records)
      expect([source.id, worstGap(source, epochMs, DAY, KNOT_S) < (source.id === DECAYS ? 50 : 1)]).toEqual([
        source.id,
        true,
      ]);
  });

  it("has velocities at the knots that are those of its positions, to 1 cm/s", () => {
    const [before, after, at] = [new Float64Array(6), new Float64Array(6), new Float64Array(6)];
    for (const { source, epochMs } of records) {
      const track = buildTrack([source], epochMs, 1800);
      if (track.lost[0] !== null) continue;
      const propagator = createPropagator(source, epochMs);
      for (const t of [30, 60, 900, 1770]) {
        for (const [out, time] of [
          [before, t - 0.5],
          [after, t + 0.5],
        ] as const) {
          propagator.teme(out, 0, time);
          temeToEcef(out, 0, out, 0, gmst(epochMs + time * 1000));
        }
        stateAt(at, 0, track, 0, t);
        for (let i = 0; i < 3; i++) expect(Math.abs(after[i] - before[i] - at[3 + i])).toBeLessThan(0.01);
      }
    }
  });
});
