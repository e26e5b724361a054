import type { Position } from "./dateline.ts";

const DEG = Math.PI / 180;
/** Beyond this the plane of an azimuthal map runs away; what lies there is moved to this circle. */
const FAR_DEG = 150;
/** Corners of a path that goes round on that circle are no farther apart, degrees of azimuth. */
const TURN_DEG = 5;

/** Lambert's azimuthal equal-area projection of the sphere: x east, y north at the centre, in degrees of arc there. */
export class Projection {
  readonly centre: Position;
  readonly #sin: number;
  readonly #cos: number;

  /** @param centre [longitude °, latitude °] */
  constructor(centre: Position) {
    this.centre = centre;
    this.#sin = Math.sin(centre[1] * DEG);
    this.#cos = Math.cos(centre[1] * DEG);
  }

  /** Distance from the centre and azimuth, clockwise from north, in degrees. */
  #polar([longitude, latitude]: Position): [number, number] {
    const along = (longitude - this.centre[0]) * DEG;
    const [s, c] = [Math.sin(latitude * DEG), Math.cos(latitude * DEG)];
    const east = c * Math.sin(along);
    const north = this.#cos * s - this.#sin * c * Math.cos(along);
    const up = this.#sin * s + this.#cos * c * Math.cos(along);
    return [Math.atan2(Math.hypot(east, north), up) / DEG, Math.atan2(east, north) / DEG];
  }

  at(place: Position): Position {
    return inPlane(...this.#polar(place));
  }

  distanceDeg(place: Position): number {
    return this.#polar(place)[0];
  }

  /** A ring with all that lies far off on one circle, so that no edge cuts through the middle of the map. */
  ring(places: readonly Position[]): Position[] {
    const out: Position[] = [];
    const polar = places.map((place) => this.#polar(place));
    polar.forEach(([distance, azimuth], i) => {
      const [before, from] = polar.at(i - 1)!;
      if (distance >= FAR_DEG && before >= FAR_DEG) {
        const turn = ((((azimuth - from + 180) % 360) + 360) % 360) - 180;
        const steps = Math.floor(Math.abs(turn) / TURN_DEG);
        for (let k = 1; k <= steps; k++) out.push(inPlane(FAR_DEG, from + (turn * k) / (steps + 1)));
      }
      out.push(inPlane(Math.min(distance, FAR_DEG), azimuth));
    });
    return out;
  }

  /** The place opposite of the centre. */
  get antipode(): Position {
    return [this.centre[0] > 0 ? this.centre[0] - 180 : this.centre[0] + 180, -this.centre[1]];
  }
}

function inPlane(distanceDeg: number, azimuthDeg: number): Position {
  const r = (2 * Math.sin((distanceDeg * DEG) / 2)) / DEG;
  return [r * Math.sin(azimuthDeg * DEG), r * Math.cos(azimuthDeg * DEG)];
}

/** The middle of places on the sphere, and how far the farthest is from it; null where they lie all around it. */
export function middleOf(places: readonly Position[]): { centre: Position; radiusDeg: number } | null {
  const sum = [0, 0, 0];
  for (const [longitude, latitude] of places) {
    const c = Math.cos(latitude * DEG);
    sum[0] += c * Math.cos(longitude * DEG);
    sum[1] += c * Math.sin(longitude * DEG);
    sum[2] += Math.sin(latitude * DEG);
  }
  const length = Math.hypot(...sum);
  if (length < 1e-6 * Math.max(1, places.length)) return null;
  const centre = [Math.atan2(sum[1], sum[0]) / DEG, Math.asin(sum[2] / length) / DEG];
  const projection = new Projection(centre);
  const radiusDeg = places.reduce((most, place) => Math.max(most, projection.distanceDeg(place)), 0);
  return { centre, radiusDeg };
}
