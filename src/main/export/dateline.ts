/** [longitude °, latitude °] or with the altitude in metres */
export type Position = number[];
export type Geometry =
  | { type: "Point"; coordinates: Position }
  | { type: "LineString"; coordinates: Position[] }
  | { type: "MultiLineString"; coordinates: Position[][] }
  | { type: "Polygon"; coordinates: Position[][] }
  | { type: "MultiPolygon"; coordinates: Position[][][] };

/** Degrees are kept to 10⁻⁷, a centimetre on the ground. */
export const rounded = (position: Position): Position => position.map((value) => Number(value.toFixed(7)));

/** A path cut where it crosses the antimeridian (RFC 7946 §3.1.9). */
export function lineGeometry(path: Position[]): Geometry {
  const parts = cutLine(path).map((part) => part.map(rounded));
  return parts.length === 1
    ? { type: "LineString", coordinates: parts[0] }
    : { type: "MultiLineString", coordinates: parts };
}

function cutLine(path: Position[]): Position[][] {
  const parts: Position[][] = [[path[0]]];
  for (let i = 1; i < path.length; i++) {
    const [a, b] = [path[i - 1], path[i]];
    if (Math.abs(b[0] - a[0]) > 180) {
      const side = a[0] > 0 ? 180 : -180;
      const unwrapped = [b[0] + 2 * side, ...b.slice(1)];
      const crossing = meet(a, unwrapped, side);
      parts.at(-1)!.push(crossing);
      parts.push([[-side, ...crossing.slice(1)]]);
    }
    parts.at(-1)!.push(b);
  }
  return parts;
}

/** Where the straight line from `a` to `b` meets a meridian. */
function meet(a: Position, b: Position, longitude: number): Position {
  const u = b[0] === a[0] ? 0 : (longitude - a[0]) / (b[0] - a[0]);
  return [longitude, ...a.slice(1).map((value, i) => value + u * (b[i + 1] - value))];
}

/** An open ring as a polygon, counter-clockwise, in one or two parts at the antimeridian. */
export function ringGeometry(ring: Position[]): Geometry {
  const flat = unwrap(ring);
  const turns = Math.round((flat.at(-1)![0] - flat[0][0]) / 360);
  const closed = turns === 0 ? flat.slice(0, -1) : aroundPole(flat);
  const parts = [-360, 0, 360].flatMap((shift) => {
    const part = clip(
      clip(
        closed.map(([x, y]) => [x + shift, y]),
        -180,
        1,
      ),
      180,
      -1,
    );
    return Math.abs(area(part)) > 1e-12 ? [[outward(part)]] : [];
  });
  return parts.length === 1
    ? { type: "Polygon", coordinates: parts[0] }
    : { type: "MultiPolygon", coordinates: parts };
}

/** The ring with its first point again at the end and longitudes that run on beyond ±180°. */
function unwrap(ring: Position[]): Position[] {
  const flat: Position[] = [ring[0]];
  for (let i = 1; i <= ring.length; i++) {
    const [longitude, latitude] = ring[i % ring.length];
    const before = flat[i - 1][0];
    flat.push([before + ((((longitude - before + 180) % 360) + 360) % 360) - 180, latitude]);
  }
  return flat;
}

/** A ring around a pole covers, on the plane, a strip of 360° up to that pole's edge of the map. */
function aroundPole(flat: Position[]): Position[] {
  const latitude = flat.reduce((sum, point) => sum + point[1], 0) < 0 ? -90 : 90;
  return [...flat, [flat.at(-1)![0], latitude], [flat[0][0], latitude]];
}

/** The part of a polygon beyond a meridian: east of it for `side` 1, west for −1 (Sutherland and Hodgman). */
function clip(polygon: Position[], longitude: number, side: number): Position[] {
  const out: Position[] = [];
  for (const [i, b] of polygon.entries()) {
    const a = polygon.at(i - 1)!;
    const [aIn, bIn] = [(a[0] - longitude) * side >= 0, (b[0] - longitude) * side >= 0];
    if (aIn !== bIn) out.push(meet(a, b, longitude));
    if (bIn) out.push(b);
  }
  return out;
}

function area(polygon: Position[]): number {
  let twice = 0;
  for (const [i, b] of polygon.entries()) {
    const a = polygon.at(i - 1)!;
    twice += a[0] * b[1] - b[0] * a[1];
  }
  return twice / 2;
}

const outward = (polygon: Position[]) => {
  const turned = (area(polygon) < 0 ? polygon.toReversed() : polygon).map(rounded);
  return [...turned, turned[0]];
};
