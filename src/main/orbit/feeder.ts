import { ecefToGeodetic, geodeticToEcef } from "../math/wgs84.ts";
import { stateAt, type Track } from "./track.ts";

/** Which gateway each satellite uses, and from when on: the links of satellite s are start[s] … start[s + 1] − 1. */
export interface FeederPlan {
  /** [satellite + 1] */
  start: Uint32Array;
  /** [link] s from which on; ascending within a satellite, the first is 0 */
  fromS: Float64Array;
  /** [link] gateway index, −1 none */
  gateway: Int16Array;
  /** [link] s from which on the gateway's gNB has the UEs: earlier than `fromS` by the overlap of a soft switch */
  servesFromS: Float64Array;
}

export interface FeederGateways {
  /** [gateway × 3] ECEF m */
  position: Float64Array;
  /** rad, above the plane of the ellipsoid; not negative */
  minElevation: number;
  /** s for which the links of a switch work side by side, where both gateways see the satellite; 0: hard switches */
  overlapS?: number;
}

/** Crossings of the least elevation are found to this [s]. */
const PRECISION_S = 1e-3;
const NONE = -1;
/** No gateway sees a satellite rise and set again within this [s]. */
const SEEN_STEP_S = 5;

/** [gateway × 3] ECEF m of geodetic places [rad, m]. */
export function gatewayPositions(
  stations: readonly { latitude: number; longitude: number; heightM: number }[],
): Float64Array {
  const out = new Float64Array(3 * stations.length);
  stations.forEach(({ latitude, longitude, heightM }, g) =>
    geodeticToEcef(out, 3 * g, latitude, longitude, heightM),
  );
  return out;
}

/**
 * A satellite keeps its gateway until that sees it lower than the least elevation; then it takes the one that sees it
 * highest, or none until the first one rises. The lower index wins where two are equal. Left out: capacity of the
 * gateways, refraction and terrain. From where a satellite is lost it has none. A soft switch takes effect an overlap
 * before the old link ends, or as soon as the new gateway sees the satellite.
 */
export function planFeeders(track: Track, gateways: FeederGateways, duration: number): FeederPlan {
  const start = new Uint32Array(track.count + 1);
  const fromS: number[] = [];
  const gateway: number[] = [];
  const servesFromS: number[] = [];
  const view = new GatewayView(track, gateways);
  for (let s = 0; s < track.count; s++) {
    followSatellite(view, s, duration, (from, g) => {
      const before = fromS.length - 1;
      const follows = before >= start[s] && gateway[before] !== NONE && g !== NONE;
      const earliest = follows ? Math.max(from - (gateways.overlapS ?? 0), fromS[before]) : from;
      servesFromS.push(earliest < from ? view.seenSince(s, g, earliest, from) : from);
      fromS.push(from);
      gateway.push(g);
    });
    start[s + 1] = fromS.length;
  }
  return {
    start,
    fromS: Float64Array.from(fromS),
    gateway: Int16Array.from(gateway),
    servesFromS: Float64Array.from(servesFromS),
  };
}

/** Gateway whose gNB has the UEs of a satellite at a whole ms since the start; −1 where it has none. */
export function servingGateway(plan: FeederPlan, satellite: number, atMs: number): number {
  let link = plan.start[satellite + 1] - 1;
  while (link > plan.start[satellite] && Math.round(1000 * plan.servesFromS[link]) > atMs) link--;
  return plan.gateway[link];
}

/**
 * The switches at which a satellite's UEs go straight from one gateway's gNB to another's, by time and then by satellite:
 * since when the new one has them, and until when the old link works. After a gap without a gateway UEs come anew.
 */
export function nodeSwitches(plan: FeederPlan) {
  const satellite: number[] = [];
  const link: number[] = [];
  for (let s = 0; s + 1 < plan.start.length; s++)
    for (let i = plan.start[s] + 1; i < plan.start[s + 1]; i++) {
      if (plan.gateway[i] === NONE || plan.gateway[i - 1] === NONE) continue;
      satellite.push(s);
      link.push(i);
    }
  const timeMs = link.map((i) => Math.round(1000 * plan.servesFromS[i]));
  const order = [...timeMs.keys()].sort((a, b) => timeMs[a] - timeMs[b] || a - b);
  return {
    satellite: Uint32Array.from(order, (i) => satellite[i]),
    timeMs: Uint32Array.from(order, (i) => timeMs[i]),
    untilMs: Uint32Array.from(order, (i) => Math.round(1000 * plan.fromS[link[i]])),
  };
}

/** Gateway of a satellite at `t` [s since the start]; −1 where it has none. */
export function feederAt(plan: FeederPlan, satellite: number, t: number): number {
  let link = plan.start[satellite + 1] - 1;
  while (link > plan.start[satellite] && plan.fromS[link] > t) link--;
  return plan.gateway[link];
}

/** Every change after the start, by time and then by satellite; −1 is no gateway. */
export function feederSwitches(plan: FeederPlan) {
  const satellites = plan.start.length - 1;
  const owner = new Uint32Array(plan.fromS.length);
  for (let s = 0; s < satellites; s++) owner.fill(s, plan.start[s], plan.start[s + 1]);
  const links = Array.from(owner.keys()).filter((link) => link > plan.start[owner[link]]);
  const timeMs = plan.fromS.map((t) => Math.round(t * 1000));
  links.sort((a, b) => timeMs[a] - timeMs[b] || a - b);
  return {
    satellite: Uint32Array.from(links, (link) => owner[link]),
    timeMs: Uint32Array.from(links, (link) => timeMs[link]),
    from: Int16Array.from(links, (link) => plan.gateway[link - 1]),
    to: Int16Array.from(links, (link) => plan.gateway[link]),
  };
}

function followSatellite(
  view: GatewayView,
  satellite: number,
  duration: number,
  link: (from: number, gateway: number) => void,
): void {
  const { firstS, knotS, knots } = view.track;
  let t = 0;
  let current = view.highest(satellite, 0);
  link(0, current);
  for (let k = Math.max(0, Math.floor(-firstS / knotS)); k < knots - 1 && t < duration; k++) {
    const end = Math.min(firstS + (k + 1) * knotS, duration);
    if (view.isLost(satellite, k) || view.isLost(satellite, k + 1)) {
      if (current !== NONE) link(t, NONE);
      return;
    }
    while (t < end) {
      if (current !== NONE) {
        if (view.margin(satellite, current, end) >= 0) break;
        t = view.crossing(satellite, current, t, end, -1);
        current = view.highest(satellite, t);
      } else {
        const rise = view.firstRise(satellite, t, end);
        if (rise === null) break;
        t = rise.at;
        current = rise.gateway;
      }
      link(t, current);
    }
    t = end;
  }
}

/** What the gateways see of one satellite of a track. */
class GatewayView {
  readonly track: Track;
  readonly #count: number;
  /** [gateway × 6] ECEF m, unit vector upwards */
  readonly #points: Float64Array;
  readonly #sine: number;
  readonly #state = new Float64Array(6);

  constructor(track: Track, { position, minElevation }: FeederGateways) {
    this.track = track;
    this.#count = position.length / 3;
    this.#sine = Math.sin(minElevation);
    this.#points = new Float64Array(6 * this.#count);
    const geodetic = new Float64Array(3);
    for (let g = 0; g < this.#count; g++) {
      const [x, y, z] = position.subarray(3 * g, 3 * g + 3);
      ecefToGeodetic(geodetic, 0, x, y, z);
      const [latitude, longitude] = geodetic;
      this.#points.set([x, y, z], 6 * g);
      this.#points[6 * g + 3] = Math.cos(latitude) * Math.cos(longitude);
      this.#points[6 * g + 4] = Math.cos(latitude) * Math.sin(longitude);
      this.#points[6 * g + 5] = Math.sin(latitude);
    }
  }

  isLost(satellite: number, knot: number): boolean {
    return Number.isNaN(this.track.state[(knot * this.track.count + satellite) * 6]);
  }

  /** Height [m] of the satellite above the cone of the least elevation, as a gateway sees it at `t`; NaN where it is lost. */
  margin(satellite: number, gateway: number, t: number): number {
    this.#moveTo(satellite, t);
    return this.#marginHere(gateway);
  }

  /** The gateway that sees the satellite highest, at least at the least elevation. */
  highest(satellite: number, t: number): number {
    this.#moveTo(satellite, t);
    let best = NONE;
    let bestSine = this.#sine;
    for (let g = 0; g < this.#count; g++) {
      const sine = this.#upHere(g) / this.#rangeHere(g);
      if (sine > bestSine || (best === NONE && sine === bestSine)) {
        best = g;
        bestSine = sine;
      }
    }
    return best;
  }

  /** Since when in [a, b] a gateway has seen a satellite that it sees at b. */
  seenSince(satellite: number, gateway: number, a: number, b: number): number {
    let since = b;
    while (since > a) {
      const before = Math.max(a, since - SEEN_STEP_S);
      if (this.margin(satellite, gateway, before) < 0)
        return this.crossing(satellite, gateway, before, since, 1);
      since = before;
    }
    return a;
  }

  /** The instant of (a, b], to the precision, from which on the margin has the sign that it has at b and not at a. */
  crossing(satellite: number, gateway: number, a: number, b: number, sign: 1 | -1): number {
    let early = a;
    let late = b;
    while (late - early > PRECISION_S) {
      const middle = (early + late) / 2;
      if (this.margin(satellite, gateway, middle) >= 0 === sign > 0) late = middle;
      else early = middle;
    }
    return late;
  }

  /** The first gateway to rise in (a, b], where none is up at a; one that sets again before b counts too. */
  firstRise(satellite: number, a: number, b: number): { at: number; gateway: number } | null {
    let first: { at: number; gateway: number } | null = null;
    this.#moveTo(satellite, b);
    const speed = Math.hypot(this.#state[3], this.#state[4], this.#state[5]);
    // a margin changes by at most the speed times 1 + sin; a fifth more for the change of the speed
    const reach = 1.2 * (b - a) * (1 + this.#sine) * speed;
    for (let g = 0; g < this.#count; g++) {
      const margin = this.#marginHere(g);
      if (margin < -reach || (margin < 0 && this.#rateHere(g) >= 0)) continue;
      const up = margin >= 0 ? b : this.#peak(satellite, g, a, b);
      if (this.margin(satellite, g, up) >= 0) {
        const at = this.crossing(satellite, g, a, up, 1);
        if (first === null || at < first.at) first = { at, gateway: g };
      }
      this.#moveTo(satellite, b);
    }
    return first;
  }

  /** Where the margin turns that falls at b; a where it falls there too. */
  #peak(satellite: number, gateway: number, a: number, b: number): number {
    this.#moveTo(satellite, a);
    if (this.#rateHere(gateway) <= 0) return a;
    let early = a;
    let late = b;
    while (late - early > PRECISION_S) {
      const middle = (early + late) / 2;
      this.#moveTo(satellite, middle);
      if (this.#rateHere(gateway) > 0) early = middle;
      else late = middle;
    }
    return late;
  }

  #moveTo(satellite: number, t: number): void {
    stateAt(this.#state, 0, this.track, satellite, t);
  }

  #marginHere(g: number): number {
    const up = this.#upHere(g);
    // at least as far below, and most gateways are
    if (up < 0) return up;
    return up - this.#sine * this.#rangeHere(g);
  }

  /** m/s */
  #rateHere(g: number): number {
    const points = this.#points;
    const [x, y, z, vx, vy, vz] = this.#state;
    const climb = vx * points[6 * g + 3] + vy * points[6 * g + 4] + vz * points[6 * g + 5];
    const along = vx * (x - points[6 * g]) + vy * (y - points[6 * g + 1]) + vz * (z - points[6 * g + 2]);
    return climb - (this.#sine * along) / this.#rangeHere(g);
  }

  /** Height [m] of the satellite above the horizontal plane. */
  #upHere(g: number): number {
    const state = this.#state;
    const points = this.#points;
    return (
      (state[0] - points[6 * g]) * points[6 * g + 3] +
      (state[1] - points[6 * g + 1]) * points[6 * g + 4] +
      (state[2] - points[6 * g + 2]) * points[6 * g + 5]
    );
  }

  #rangeHere(g: number): number {
    const dx = this.#state[0] - this.#points[6 * g];
    const dy = this.#state[1] - this.#points[6 * g + 1];
    const dz = this.#state[2] - this.#points[6 * g + 2];
    return Math.sqrt(dx * dx + dy * dy + dz * dz);
  }
}
