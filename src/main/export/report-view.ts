import { lineGeometry, ringGeometry, type Geometry, type Position } from "./dateline.ts";
import { coasts, isLand } from "./report-land.ts";
import { middleOf, Projection } from "./report-projection.ts";

/** Places spread over more than this from their middle are drawn on a map of the whole Earth. */
const AZIMUTHAL_DEG = 60;
/** Around what is shown, as a share of its size. */
const MARGIN = 0.06;
/** A map is at most so many times as wide as high, and as high as wide. */
const WIDEST = 2.2;
const TALLEST = 0.8;
const LEAST_DEG = 0.05;
const EARTH_DEG_KM = 111.195;

/** What a map shows, and where a place stands on it, px. */
export interface View {
  width: number;
  height: number;
  kind: "azimuthal" | "world";
  /** [longitude °, latitude °] */
  centre: Position;
  /** km on the ground at the centre that a px is */
  kmPerPx: number;
  at(place: Position): Position;
  /** the area inside a ring, and the coasts of the whole view, as paths to be filled even-odd */
  area(ring: Position[]): string;
  land(): string;
  /** a path that is not closed */
  line(places: Position[]): string;
  /** [west, south, east, north] roughly in view, degrees; east may be beyond 180 */
  bounds: [number, number, number, number];
}

/** A view of all the places: equal-area around their middle, or the whole Earth where they are spread over it. */
export function viewOf(places: readonly Position[], width: number): View {
  const middle = places.length === 0 ? null : middleOf(places);
  return middle && middle.radiusDeg <= AZIMUTHAL_DEG ? near(places, middle.centre, width) : world(width);
}

type Box = [number, number, number, number];

function near(places: readonly Position[], centre: Position, width: number): View {
  const projection = new Projection(centre);
  const box = boxOf(places.map((place) => projection.at(place)));
  const scale = width / (box[2] - box[0]);
  const height = (box[3] - box[1]) * scale;
  const toPx = ([x, y]: Position): Position => [(x - box[0]) * scale, (box[3] - y) * scale];
  const frame: Box = [-20, -20, width + 20, height + 20];
  const closed = (ring: Position[]) => shape(clipped(projection.ring(ring).map(toPx), frame));
  return {
    width,
    height,
    kind: "azimuthal",
    centre,
    kmPerPx: EARTH_DEG_KM / scale,
    at: (place) => toPx(projection.at(place)),
    area: closed,
    land: () => {
      const outer = isLand(projection.antipode) ? shape(corners(frame)) : "";
      return coasts().map(closed).join("") + outer;
    },
    line: (path) => open(path.map((place) => toPx(projection.at(place)))),
    bounds: boundsOf(centre, box),
  };
}

function world(width: number): View {
  const scale = width / 360;
  const at = ([longitude, latitude]: Position): Position => [
    (longitude + 180) * scale,
    (90 - latitude) * scale,
  ];
  const area = (ring: Position[]) => {
    const { type, coordinates } = ringGeometry(ring) as Extract<
      Geometry,
      { type: "Polygon" | "MultiPolygon" }
    >;
    const rings = type === "Polygon" ? coordinates : coordinates.flat();
    return rings.map((one) => shape(one.map(at))).join("");
  };
  return {
    width,
    height: width / 2,
    kind: "world",
    centre: [0, 0],
    kmPerPx: EARTH_DEG_KM / scale,
    at,
    area,
    // the last corner of a coast is its first
    land: () =>
      coasts()
        .map((ring) => area(ring.slice(0, -1)))
        .join(""),
    line: (path) => {
      const geometry = lineGeometry(path);
      const parts = geometry.type === "MultiLineString" ? geometry.coordinates : [path];
      return parts.map((part) => open(part.map(at))).join("");
    },
    bounds: [-180, -90, 180, 90],
  };
}

/** Around points, with a margin and sides that are not too unlike. */
function boxOf(points: readonly Position[]): Box {
  const box: Box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
  }
  const size = Math.max(box[2] - box[0], box[3] - box[1], LEAST_DEG) * (1 + 2 * MARGIN);
  const wide = Math.max((box[2] - box[0]) * (1 + 2 * MARGIN), size * TALLEST);
  const high = Math.max((box[3] - box[1]) * (1 + 2 * MARGIN), size / WIDEST);
  const [x, y] = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
  return [x - wide / 2, y - high / 2, x + wide / 2, y + high / 2];
}

/** Wide enough for all in view: meridians draw together towards the poles. */
function boundsOf([longitude, latitude]: Position, box: Box): [number, number, number, number] {
  const reach = Math.hypot(Math.max(-box[0], box[2]), Math.max(-box[1], box[3])) * 1.2;
  const [south, north] = [Math.max(-90, latitude - reach), Math.min(90, latitude + reach)];
  const poleward = Math.max(Math.abs(south), Math.abs(north));
  const half = poleward >= 88 ? 180 : Math.min(180, reach / Math.cos((poleward * Math.PI) / 180));
  return [longitude - half, south, longitude + half, north];
}

const corners = ([left, top, right, bottom]: Box): Position[] => [
  [left, top],
  [right, top],
  [right, bottom],
  [left, bottom],
];

/** The part of a ring in a box (Sutherland and Hodgman). */
function clipped(ring: Position[], [left, top, right, bottom]: Box): Position[] {
  let points = ring;
  const sides: [number, number, number][] = [
    [0, left, 1],
    [0, right, -1],
    [1, top, 1],
    [1, bottom, -1],
  ];
  for (const [axis, at, side] of sides) {
    if (points.every((p) => (p[axis] - at) * side >= 0)) continue;
    const out: Position[] = [];
    points.forEach((b, i) => {
      const a = points.at(i - 1)!;
      const [aIn, bIn] = [(a[axis] - at) * side >= 0, (b[axis] - at) * side >= 0];
      if (aIn !== bIn) {
        const u = (at - a[axis]) / (b[axis] - a[axis]);
        out.push([a[0] + u * (b[0] - a[0]), a[1] + u * (b[1] - a[1])]);
      }
      if (bIn) out.push(b);
    });
    points = out;
  }
  return points;
}

/** Corners nearer than this to the last one are left out, px. */
const FINE = 0.35;

function thinned(points: readonly Position[]): Position[] {
  const out: Position[] = [];
  for (const point of points) {
    const last = out.at(-1);
    if (!last || Math.hypot(point[0] - last[0], point[1] - last[1]) >= FINE) out.push(point);
  }
  return out;
}

const path = (points: readonly Position[]) =>
  `M${points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}`;

function shape(points: readonly Position[]): string {
  const kept = thinned(points);
  return kept.length < 3 ? "" : `${path(kept)}Z`;
}

const open = (points: readonly Position[]) => (points.length < 2 ? "" : path(points));
