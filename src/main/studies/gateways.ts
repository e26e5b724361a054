import type { Problem } from "../../shared/errors.ts";
import { DEG } from "../math/constants.ts";
import { geodeticToEcef } from "../math/wgs84.ts";
import { rangeRates } from "../orbit/doppler.ts";
import { lookAngles } from "../orbit/visibility.ts";

/** A place on the ground with the least elevation [rad] at which it uses a satellite. */
export interface Gateway {
  name: string;
  latitude: number;
  longitude: number;
  altitudeM: number;
  minElevation: number;
}

/** Feeder link at an instant: m, m/s. */
export interface Feeder {
  gateway: string;
  range: number;
  rangeRate: number;
}

/** The feeder link of a satellite, state in ECEF [m, m/s], over the gateway that sees it highest; null where none does. */
export function feederFinder(gateways: readonly Gateway[]): (state: Float64Array) => Feeder | null {
  const places = gateways.map(({ latitude, longitude, altitudeM }) => {
    const place = new Float64Array(6);
    geodeticToEcef(place, 0, latitude, longitude, altitudeM);
    return place;
  });
  const look = new Float64Array(6);
  return (state) => {
    let best = -1;
    let highest = -Infinity;
    places.forEach(([x, y, z], g) => {
      lookAngles(look, 0, x, y, z, state[0], state[1], state[2]);
      if (look[1] < gateways[g].minElevation || look[1] <= highest) return;
      best = g;
      highest = look[1];
    });
    if (best < 0) return null;
    rangeRates(look, 3, state, 0, places[best], 0);
    return { gateway: gateways[best].name, range: look[3], rangeRate: look[4] };
  };
}

/**
 * A JSON list of objects with latitudeDeg, longitudeDeg and, if they differ from 0 and from the UEs' own, altitudeM and
 * minElevationDeg. A name may stand with each; its number in the list is the name of one without.
 */
export function readGateways(text: string, minElevationDeg: number, problems: Problem[]): Gateway[] {
  let list: unknown;
  try {
    list = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    list = null;
  }
  const remedy = 'Give a list such as [{"latitudeDeg": 48.9, "longitudeDeg": 2.3}]';
  if (!Array.isArray(list) || list.length === 0) {
    problems.push({ field: "--gateways", reason: "is no JSON list of gateways", remedy });
    return [];
  }
  return list.map((entry: unknown, i) => {
    const given = (typeof entry === "object" && entry !== null ? entry : {}) as Record<string, unknown>;
    const number = (name: string, low: number, high: number, otherwise?: number): number => {
      const value = given[name];
      if (value === undefined && otherwise !== undefined) return otherwise;
      if (typeof value === "number" && value >= low && value <= high) return value;
      const said =
        value === undefined ? "is missing" : `${JSON.stringify(value)} is not from ${low} to ${high}`;
      problems.push({ field: `--gateways [${i}].${name}`, reason: said, remedy: `Give ${low} … ${high}` });
      return NaN;
    };
    return {
      name: typeof given.name === "string" ? given.name : `${i + 1}`,
      latitude: number("latitudeDeg", -90, 90) * DEG,
      longitude: number("longitudeDeg", -180, 360) * DEG,
      altitudeM: number("altitudeM", -500, 10_000, 0),
      minElevation: number("minElevationDeg", 0, 89, minElevationDeg) * DEG,
    };
  });
}
