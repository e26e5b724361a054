import { rangeRates } from "./doppler.ts";
import { stateAt, type Track } from "./track.ts";
import { lookAngles } from "./visibility.ts";

/** A satellite as a place sees it at an instant. */
export interface Sight {
  /** s since the start */
  time: number;
  /** rad from north over east */
  azimuth: number;
  /** rad above the plane of the ellipsoid, without refraction */
  elevation: number;
  /** m, m/s, m/s² */
  range: number;
  rangeRate: number;
  rangeAcceleration: number;
}

/** One stay above the least elevation; `rise` or `set` is null where the satellite is up at that end of the time. */
export interface Pass {
  rise: Sight | null;
  culmination: Sight;
  set: Sight | null;
}

/** Search interval [s]; a rise and set between two samples are still found, by the culmination between them. */
const SAMPLE_S = 30;
/** Instants of rise, set and culmination are found to this [s]. */
const PRECISION_S = 1e-3;

/**
 * The passes of one satellite of a track over a place that stands still in ECEF [m], in the order of time: where the
 * elevation crosses `minElevation` [rad] (bisection), and where it is greatest (ternary search).
 */
export function findPasses(
  track: Track,
  satellite: number,
  place: Float64Array,
  minElevation: number,
  from: number,
  to: number,
): Pass[] {
  const { elevation, sight } = observer(track, satellite, place);
  const isUp = (t: number) => elevation(t) >= minElevation;
  const times = turningPoints(elevation, from, to);
  const passes: Pass[] = [];
  let rise: Sight | null = null;
  let top = from;
  for (let i = 0; i < times.length; i++) {
    const t = times[i];
    const upBefore = i > 0 && isUp(times[i - 1]);
    if (isUp(t)) {
      if (!upBefore) {
        rise = i > 0 ? sight(crossing(isUp, times[i - 1], t)) : null;
        top = t;
      } else if (elevation(t) > elevation(top)) top = t;
    } else if (upBefore) {
      const set = crossing((s) => !isUp(s), times[i - 1], t);
      passes.push({ rise, culmination: sight(top), set: sight(set) });
    }
  }
  if (times.length > 0 && isUp(times[times.length - 1]))
    passes.push({ rise, culmination: sight(top), set: null });
  return passes;
}

function observer(track: Track, satellite: number, place: Float64Array) {
  const state = new Float64Array(6);
  const look = new Float64Array(6);
  const standing = Float64Array.of(place[0], place[1], place[2], 0, 0, 0);
  const elevation = (t: number): number => {
    if (!stateAt(state, 0, track, satellite, t)) return NaN;
    lookAngles(look, 0, place[0], place[1], place[2], state[0], state[1], state[2]);
    return look[1];
  };
  const sight = (time: number): Sight => {
    elevation(time);
    rangeRates(look, 3, state, 0, standing, 0);
    const [azimuth, up, , range, rangeRate, rangeAcceleration] = look;
    return { time, azimuth, elevation: up, range, rangeRate, rangeAcceleration };
  };
  return { elevation, sight };
}

/** Samples from first to last, up to where the satellite is lost, and the peaks between them, in order. */
function turningPoints(elevation: (t: number) => number, from: number, to: number): number[] {
  const times: number[] = [];
  const heights: number[] = [];
  const count = Math.ceil((to - from) / SAMPLE_S);
  for (let i = 0; i <= count; i++) {
    const t = Math.min(from + i * SAMPLE_S, to);
    const height = elevation(t);
    if (Number.isNaN(height)) break;
    times.push(t);
    heights.push(height);
  }
  const peaks: number[] = [];
  for (let i = 1; i < times.length - 1; i++)
    if (heights[i] >= heights[i - 1] && heights[i] > heights[i + 1])
      peaks.push(highest(elevation, times[i - 1], times[i + 1]));
  return [...times, ...peaks].sort((a, b) => a - b);
}

/** Where a condition begins to hold that does not at a and does at b. */
function crossing(holds: (t: number) => boolean, a: number, b: number): number {
  while (b - a > PRECISION_S) {
    const middle = (a + b) / 2;
    if (holds(middle)) b = middle;
    else a = middle;
  }
  return (a + b) / 2;
}

/** Where a function with one peak between a and b is greatest. */
function highest(f: (t: number) => number, a: number, b: number): number {
  while (b - a > PRECISION_S) {
    const third = (b - a) / 3;
    if (f(a + third) < f(b - third)) a += third;
    else b -= third;
  }
  return (a + b) / 2;
}
