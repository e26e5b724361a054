import { Random } from "../math/random.ts";
import type { Place, World } from "./world.ts";

/** m; random waypoints keep this far from the edge, so that the curve between them stays near the area */
const MARGIN_M = 20;
/** Pieces of each segment whose lengths add up to the way along the curve. */
const PIECES = 400;

/**
 * Waypoints of a random walk across the area: each is a random stride along x, up to half a stride forwards or back of an
 * even walk, at any y; every second path on average runs the other way.
 */
export function randomWaypoints(world: World, seed: number, path: number): Place[] {
  const random = new Random(seed, "hetnet-path").at(path);
  const { widthM, heightM, waypoints } = world;
  const stride = (widthM - 2 * MARGIN_M) / (waypoints - 1);
  const back = random.next() < 0.5;
  const places = Array.from({ length: waypoints }, (_, i) => {
    const inner = i > 0 && i < waypoints - 1;
    const along = MARGIN_M + (i + (inner ? 1.2 * random.next() - 0.6 : 0)) * stride;
    return { x: along, y: MARGIN_M + random.next() * (heightM - 2 * MARGIN_M) };
  });
  return back ? places.toReversed() : places;
}

/**
 * Places every `spacingM` along the natural cubic spline through the waypoints, parametrised by the chords: piecewise
 * polynomials with continuous curvature. The first place is the first waypoint; what is left at the end is cut off.
 */
export function walk(waypoints: readonly Place[], spacingM: number): { x: Float64Array; y: Float64Array } {
  const knots = new Float64Array(waypoints.length);
  for (let i = 1; i < waypoints.length; i++)
    knots[i] =
      knots[i - 1] + Math.hypot(waypoints[i].x - waypoints[i - 1].x, waypoints[i].y - waypoints[i - 1].y);
  const xs = Float64Array.from(waypoints, (place) => place.x);
  const ys = Float64Array.from(waypoints, (place) => place.y);
  const splines = { knots, xs, ys, mx: curvatures(knots, xs), my: curvatures(knots, ys) };
  const count = PIECES * (waypoints.length - 1) + 1;
  const at = new Float64Array(count);
  const way = new Float64Array(count);
  let last = { x: xs[0], y: ys[0] };
  for (let i = 1; i < count; i++) {
    const segment = Math.floor((i - 1) / PIECES);
    const share = (i - segment * PIECES) / PIECES;
    at[i] = knots[segment] + share * (knots[segment + 1] - knots[segment]);
    const place = placeAt(splines, segment, at[i]);
    way[i] = way[i - 1] + Math.hypot(place.x - last.x, place.y - last.y);
    last = place;
  }
  const steps = Math.floor(way[count - 1] / spacingM) + 1;
  const x = new Float64Array(steps);
  const y = new Float64Array(steps);
  for (let step = 0, i = 1; step < steps; step++) {
    const wanted = step * spacingM;
    while (i < count - 1 && way[i] < wanted) i++;
    const share = (wanted - way[i - 1]) / (way[i] - way[i - 1]);
    const t = at[i - 1] + share * (at[i] - at[i - 1]);
    const place = placeAt(splines, Math.floor((i - 1) / PIECES), t);
    x[step] = place.x;
    y[step] = place.y;
  }
  return { x, y };
}

interface Splines {
  knots: Float64Array;
  xs: Float64Array;
  ys: Float64Array;
  mx: Float64Array;
  my: Float64Array;
}

function placeAt({ knots, xs, ys, mx, my }: Splines, segment: number, t: number): Place {
  const width = knots[segment + 1] - knots[segment];
  const right = (t - knots[segment]) / width;
  const left = 1 - right;
  const cl = ((left ** 3 - left) * width ** 2) / 6;
  const cr = ((right ** 3 - right) * width ** 2) / 6;
  const value = (v: Float64Array, m: Float64Array) =>
    left * v[segment] + right * v[segment + 1] + cl * m[segment] + cr * m[segment + 1];
  return { x: value(xs, mx), y: value(ys, my) };
}

/** Second derivatives of the natural cubic spline at its knots (Thomas algorithm). */
function curvatures(knots: Float64Array, values: Float64Array): Float64Array {
  const n = knots.length;
  const second = new Float64Array(n);
  const upper = new Float64Array(n);
  for (let i = 1; i < n - 1; i++) {
    const before = knots[i] - knots[i - 1];
    const after = knots[i + 1] - knots[i];
    const jump = (values[i + 1] - values[i]) / after - (values[i] - values[i - 1]) / before;
    const pivot = 2 * (before + after) - before * upper[i - 1];
    upper[i] = after / pivot;
    second[i] = (6 * jump - before * second[i - 1]) / pivot;
  }
  for (let i = n - 2; i > 0; i--) second[i] -= upper[i] * second[i + 1];
  return second;
}
