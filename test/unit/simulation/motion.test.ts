import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEG, EARTH_MEAN_RADIUS, WGS84_A, WGS84_B, WGS84_E2 } from "../../../src/main/math/constants.ts";
import { destination, geodeticToEcef, haversine } from "../../../src/main/math/wgs84.ts";
import { levelVelocity } from "../../../src/main/orbit/doppler.ts";
import {
  HEIGHT_M,
  aheadOf,
  latitudeLongitude,
  moveUser,
  travelAngle,
} from "../../../src/main/simulation/motion.ts";

/** Position [m], normal and latitude and longitude [rad] of a UE after an angle [rad]. */
function moved(latitude: number, longitude: number, heading: number, angle: number, height = 0) {
  const normal = new Float64Array(6);
  const ahead = new Float64Array(6);
  normal[3] = Math.cos(latitude) * Math.cos(longitude);
  normal[4] = Math.cos(latitude) * Math.sin(longitude);
  normal[5] = Math.sin(latitude);
  aheadOf(ahead, 3, latitude, longitude, heading);
  const position = new Float64Array(9);
  const up = new Float64Array(9);
  moveUser(position, up, 6, normal, ahead, 3, angle, height);
  const place = new Float64Array(3);
  latitudeLongitude(place, 1, up, 6);
  return { position: position.slice(6), up: up.slice(6), latitude: place[1], longitude: place[2] };
}

/** Angle between headings or longitudes, whatever their turns. */
const apart = (a: number, b: number) => Math.abs(Math.atan2(Math.sin(a - b), Math.cos(a - b)));

const norm = (v: ArrayLike<number>) => Math.hypot(v[0], v[1], v[2]);

/** Length [m] of the way on the ellipsoid, by chords. */
function wayM(latitude: number, heading: number, angle: number, chords: number): number {
  let total = 0;
  let last = moved(latitude, 0.3, heading, 0).position;
  for (let i = 1; i <= chords; i++) {
    const next = moved(latitude, 0.3, heading, (angle * i) / chords).position;
    total += norm(next.map((v, k) => v - last[k]));
    last = next;
  }
  return total;
}

describe("a UE on a great circle", () => {
  it("is where destination and the ellipsoid put it, at any height", () => {
    const expected = new Float64Array(2);
    const ecef = new Float64Array(3);
    const angle = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(angle, angle, angle, fc.double({ min: 0, max: 3, noNaN: true }), (a, b, c, way) => {
        const [latitude, longitude, heading] = [a * 89 * DEG, b * Math.PI, c * Math.PI];
        destination(expected, 0, latitude, longitude, heading, way * EARTH_MEAN_RADIUS);
        fc.pre(Math.abs(expected[0]) < 89 * DEG);
        const now = moved(latitude, longitude, heading, way, 10_000);
        expect(Math.abs(now.latitude - expected[0])).toBeLessThan(1e-9);
        expect(apart(now.longitude, expected[1])).toBeLessThan(1e-9);
        geodeticToEcef(ecef, 0, now.latitude, now.longitude, 10_000);
        for (let k = 0; k < 3; k++) expect(now.position[k]).toBeCloseTo(ecef[k], 6);
        expect(Math.abs(norm(now.up) - 1)).toBeLessThan(1e-14);
      }),
    );
  });

  it("starts at its start", () => {
    const ecef = new Float64Array(3);
    geodeticToEcef(ecef, 0, 0.7, -2, 0);
    const { position, latitude, longitude } = moved(0.7, -2, 1, 0);
    for (let k = 0; k < 3; k++) expect(position[k]).toBeCloseTo(ecef[k], 8);
    expect([latitude, longitude]).toEqual([expect.closeTo(0.7, 14), expect.closeTo(-2, 14)]);
  });

  it("comes down on the other side of the pole", () => {
    const over = moved(80 * DEG, 20 * DEG, 0, 20 * DEG);
    expect(over.latitude / DEG).toBeCloseTo(80, 10);
    expect(over.longitude / DEG).toBeCloseTo(-160, 10);
    const at = moved(80 * DEG, 20 * DEG, 0, 10 * DEG);
    expect(at.latitude / DEG).toBeCloseTo(90, 10);
    expect(at.position[2]).toBeCloseTo(WGS84_B, 6);
  });

  it("crosses the antimeridian", () => {
    const across = moved(0, 179.5 * DEG, 90 * DEG, 1 * DEG);
    expect(across.latitude).toBeCloseTo(0, 12);
    expect(across.longitude / DEG).toBeCloseTo(-179.5, 10);
    const back = moved(0, -179.5 * DEG, -90 * DEG, 1 * DEG);
    expect(back.longitude / DEG).toBeCloseTo(179.5, 10);
  });

  it("heads where it was told: north, east, and at right angles to the normal", () => {
    const ahead = new Float64Array(3);
    aheadOf(ahead, 0, 0, 0, 0);
    expect([...ahead]).toEqual([expect.closeTo(0, 15), expect.closeTo(0, 15), 1]);
    aheadOf(ahead, 0, 0, 0, 90 * DEG);
    expect([...ahead]).toEqual([expect.closeTo(0, 15), 1, expect.closeTo(0, 15)]);
    aheadOf(ahead, 0, 0.9, 2.2, 4);
    const { up } = moved(0.9, 2.2, 4, 0);
    expect(norm(ahead)).toBeCloseTo(1, 14);
    expect(up[0] * ahead[0] + up[1] * ahead[1] + up[2] * ahead[2]).toBeCloseTo(0, 14);
  });

  it("moves with the velocity that the Doppler shift takes, but for the ellipsoid's radii of curvature", () => {
    const speed = 1200 / 3.6;
    const velocity = new Float64Array(3);
    const [northward, eastward] = [new Float64Array(3), new Float64Array(3)];
    for (const latitude of [-85, -45, 0, 12, 48, 89].map((degrees) => degrees * DEG)) {
      for (const heading of [0, 37, 90, 200, 270].map((degrees) => degrees * DEG)) {
        for (const height of [0, HEIGHT_M.aircraft]) {
          const later = moved(latitude, 0.5, heading, travelAngle(speed, 0.5), height).position;
          const earlier = moved(latitude, 0.5, heading, travelAngle(speed, -0.5), height).position;
          levelVelocity(velocity, 0, latitude, 0.5, heading, speed);
          levelVelocity(northward, 0, latitude, 0.5, 0, speed * Math.cos(heading));
          levelVelocity(eastward, 0, latitude, 0.5, 90 * DEG, speed * Math.sin(heading));
          const flat = 1 - WGS84_E2 * Math.sin(latitude) ** 2;
          const along = (WGS84_A * (1 - WGS84_E2)) / flat ** 1.5 + height;
          const across = WGS84_A / Math.sqrt(flat) + height;
          for (let k = 0; k < 3; k++) {
            const found = later[k] - earlier[k];
            const exact = (along * northward[k] + across * eastward[k]) / EARTH_MEAN_RADIUS;
            expect(Math.abs(found - exact) / speed).toBeLessThan(1e-7);
            expect(Math.abs(found - velocity[k]) / speed).toBeLessThan(0.0065);
          }
        }
      }
    }
  });

  it("covers 1,200 km on the mean sphere in an hour at 1,200 km/h", () => {
    const angle = travelAngle(1200 / 3.6, 3600);
    const { latitude, longitude } = moved(50 * DEG, 8 * DEG, 1, angle);
    expect(haversine(50 * DEG, 8 * DEG, latitude, longitude)).toBeCloseTo(1_200_000, 3);
  });

  it("goes from the equator to the pole over the 10,001,965.729 m of WGS-84's quarter meridian", () => {
    expect(wayM(0, 0, 90 * DEG, 20_000)).toBeCloseTo(10_001_965.729, 1);
    expect(wayM(0, 90 * DEG, 90 * DEG, 20_000)).toBeCloseTo((WGS84_A * Math.PI) / 2, 1);
  });
});
