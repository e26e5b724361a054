import { describe, expect, it } from "vitest";
import { DEG, WGS84_A } from "../../../src/main/math/constants.ts";
import { gmst, temeToEcef } from "../../../src/main/orbit/frames.ts";
import { createPropagator } from "../../../src/main/orbit/propagator.ts";
import { buildTrack, KNOT_S, stateAt } from "../../../src/main/orbit/track.ts";
import { readElements } from "../../../src/main/scenario/elements.ts";
import type { SatelliteSource } from "../../../src/shared/mission.ts";
import { hasReference, referenceNote, referenceText } from "../../builders/reference.ts";

const startMs = Date.UTC(2026, 0, 1);
const circle = (inclinationDeg: number): SatelliteSource => ({
  kind: "kepler",
  id: `i${inclinationDeg}`,
  name: "",
  semiMajorAxisM: WGS84_A + 300_000,
  eccentricity: 0,
  inclination: inclinationDeg * DEG,
  raan: 0,
  argumentOfPerigee: 0,
  meanAnomaly: 0,
});
/** SL-6 R/B(2) of AIAA 2006-6753: SGP4 gives up between 474 and 494 minutes after the epoch. */
const decaying: SatelliteSource = {
  kind: "tle",
  id: "22312",
  name: "SL-6 R/B(2)",
  line1: "1 22312U 93002D   06094.46235912  .99999999  81888-5  49949-3 0  3953",
  line2: "2 22312  62.1486  77.4698 0308723 267.9229  88.7392 15.95744531 98783",
};
const decayStartMs = Date.UTC(2006, 0, 1) + 93.46235912 * 86_400_000 + 474 * 60_000;

/** Straight propagation, the naive twin of the interpolated track. */
function straight(source: SatelliteSource, start: number, t: number): Float64Array {
  const state = new Float64Array(6);
  createPropagator(source, start).teme(state, 0, t);
  temeToEcef(state, 0, state, 0, gmst(start + t * 1000));
  return state;
}

const gap = (a: Float64Array, b: Float64Array, from: number) =>
  Math.hypot(a[from] - b[from], a[from + 1] - b[from + 1], a[from + 2] - b[from + 2]);

describe("a track", () => {
  it("goes through its knots and ends one interval beyond the run", () => {
    const track = buildTrack([circle(0), circle(53)], startMs, 100);
    expect(track.knots).toBe(6);
    expect(track.state).toHaveLength(6 * 2 * 6);
    const out = new Float64Array(6);
    for (let k = 0; k < track.knots; k++) {
      expect(stateAt(out, 0, track, 1, k * KNOT_S)).toBe(true);
      const knot = track.state.subarray((k * 2 + 1) * 6, (k * 2 + 2) * 6);
      expect(gap(out, knot, 0)).toBeLessThan(1e-6);
      expect(gap(out, knot, 3)).toBeLessThan(1e-9);
    }
  });

  it("has nothing before its first knot and after its last", () => {
    const track = buildTrack([circle(0)], startMs, 60);
    const out = new Float64Array(6);
    expect(stateAt(out, 0, track, 0, -0.001)).toBe(false);
    expect(out[0]).toBeNaN();
    expect(stateAt(out, 0, track, 0, (track.knots - 1) * KNOT_S)).toBe(true);
    expect(stateAt(out, 0, track, 0, (track.knots - 1) * KNOT_S + 0.001)).toBe(false);
  });

  it("keeps synthetic orbits at 300 km within 0.15 m and 3 cm/s between the knots", () => {
    const sources = [circle(0), circle(27.7), circle(90), circle(150)];
    const track = buildTrack(sources, startMs, 300);
    const out = new Float64Array(6);
    for (const [i, source] of sources.entries())
      for (let t = 0; t <= 300; t += 2.5) {
        stateAt(out, 0, track, i, t);
        const exact = straight(source, startMs, t);
        expect(gap(out, exact, 0)).toBeLessThan(0.15);
        expect(gap(out, exact, 3)).toBeLessThan(0.03);
      }
  });

  it("names the reason for a satellite that is lost on the way, and keeps what came before", () => {
    const track = buildTrack([circle(0), decaying], decayStartMs, 20 * 60);
    expect(track.lost).toEqual([null, "mean eccentricity is not between 0 and 1"]);
    const out = new Float64Array(6);
    expect(stateAt(out, 0, track, 1, 10)).toBe(true);
    expect(stateAt(out, 0, track, 1, 20 * 60)).toBe(false);
    expect(out.every(Number.isNaN)).toBe(true);
    expect(stateAt(out, 0, track, 0, 20 * 60)).toBe(true);
  });

  it("takes broken elements as lost from the start, without throwing", () => {
    const broken: SatelliteSource = { ...decaying, line2: "2 22312  rubbish" };
    const ellipse: SatelliteSource = { ...circle(0), eccentricity: 1.5 } as SatelliteSource;
    const track = buildTrack([broken, ellipse], startMs, 60);
    expect(track.lost).toEqual(["the elements do not give an orbit", "the elements do not give an orbit"]);
    expect(track.state.every(Number.isNaN)).toBe(true);
  });
});

describe.skipIf(!hasReference)(`the Starlink catalogue${referenceNote}`, () => {
  const records = hasReference ? readElements(referenceText("orbits/starlink-2025-09-23.tle")).accepted : [];
  const newest = records.reduce((latest, record) => Math.max(latest, record.epochMs), 0);

  it("is followed within 1 m of straight SGP4 between knots 30 s apart", () => {
    const sources = records.filter((_, i) => i % 100 === 0).map((record) => record.source);
    const track = buildTrack(sources, newest, 600);
    const out = new Float64Array(6);
    let worst = 0;
    sources.forEach((source, i) => {
      for (let t = 7.5; t <= 600; t += 22.5) {
        if (!stateAt(out, 0, track, i, t)) continue;
        worst = Math.max(worst, gap(out, straight(source, newest, t), 0));
      }
    });
    console.log(`Hermite against SGP4, ${sources.length} satellites: worst ${worst.toFixed(3)} m`);
    expect(worst).toBeGreaterThan(0);
    expect(worst).toBeLessThan(1);
  });

  it("is propagated for 600 s in well under a second, one of 8,325 satellites being lost", () => {
    const before = performance.now();
    const track = buildTrack(
      records.map((record) => record.source),
      newest,
      600,
    );
    console.log(`track of ${track.count} × ${track.knots}: ${(performance.now() - before).toFixed(0)} ms`);
    expect(track.lost.filter((reason) => reason !== null)).toHaveLength(1);
  });
});
