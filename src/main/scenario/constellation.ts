import type { SatelliteSource } from "../../shared/mission.ts";
import type { Scenario } from "../../shared/scenario.ts";
import { DEG, WGS84_A } from "../math/constants.ts";

type Synthetic = Exclude<Scenario["constellation"], { kind: "elements" }>;
type Walker = Extract<Synthetic, { kind: "walker" }>;

/** Keplerian sources [SI] of a constellation that is described, not listed in an element file. */
export function constellationOf(constellation: Synthetic): SatelliteSource[] {
  switch (constellation.kind) {
    case "walker":
      return walkerOf(constellation);
    case "circular":
      return constellation.satellites.map((s) =>
        circle(s.id, s.altitudeKm, s.inclinationDeg, s.raanDeg, s.argumentOfLatitudeDeg),
      );
    case "keplerian":
      return constellation.satellites.map((s) => ({
        kind: "kepler",
        id: s.id,
        name: s.id,
        semiMajorAxisM: s.semiMajorAxisKm * 1000,
        eccentricity: s.eccentricity,
        inclination: s.inclinationDeg * DEG,
        raan: s.raanDeg * DEG,
        argumentOfPerigee: s.argumentOfPerigeeDeg * DEG,
        meanAnomaly: s.meanAnomalyDeg * DEG,
      }));
  }
}

/** At least two digits, so that ids sort as they count. */
const digits = (n: number, count: number) => String(n).padStart(Math.max(2, String(count - 1).length), "0");

/**
 * Walker pattern i: T/P/F (Walker 1984): planes evenly over the spread of the nodes, satellites evenly in each, and from
 * plane to plane a shift of F · 360°/T along the orbit. Plane by plane.
 */
function walkerOf(walker: Walker): SatelliteSource[] {
  const { planes, satellitesPerPlane, phasing, altitudeKm, inclinationDeg } = walker;
  const spreadDeg = walker.raanSpreadDeg ?? (walker.pattern === "star" ? 180 : 360);
  const satellites: SatelliteSource[] = [];
  for (let p = 0; p < planes; p++)
    for (let s = 0; s < satellitesPerPlane; s++) {
      const id = `p${digits(p, planes)}-s${digits(s, satellitesPerPlane)}`;
      const raanDeg = walker.raanDeg + (p * spreadDeg) / planes;
      const slotDeg = (s * 360) / satellitesPerPlane;
      const shiftDeg = (p * phasing * 360) / (planes * satellitesPerPlane);
      const latitudeArgumentDeg = walker.argumentOfLatitudeDeg + slotDeg + shiftDeg;
      satellites.push(circle(id, altitudeKm, inclinationDeg, raanDeg, latitudeArgumentDeg));
    }
  return satellites;
}

/** A circle has no perigee: the argument of latitude stands as the mean anomaly. */
function circle(
  id: string,
  altitudeKm: number,
  inclinationDeg: number,
  raanDeg: number,
  latitudeArgumentDeg: number,
): SatelliteSource {
  return {
    kind: "kepler",
    id,
    name: id,
    semiMajorAxisM: WGS84_A + altitudeKm * 1000,
    eccentricity: 0,
    inclination: inclinationDeg * DEG,
    raan: (raanDeg % 360) * DEG,
    argumentOfPerigee: 0,
    meanAnomaly: (latitudeArgumentDeg % 360) * DEG,
  };
}
