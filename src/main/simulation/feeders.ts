import { gatewayPositions, nodeSwitches, planFeeders, type FeederPlan } from "../orbit/feeder.ts";
import type { Track } from "../orbit/track.ts";
import type { Mission } from "../../shared/mission.ts";

const NO_FEEDERS: FeederPlan = {
  start: new Uint32Array(1),
  fromS: new Float64Array(0),
  gateway: new Int16Array(0),
  servesFromS: new Float64Array(0),
};

/** Which gateway each satellite works through; null where it needs none, or reaches one through other satellites. */
export function feedersOf({ gateways, payload, duration }: Mission, track: Track): FeederPlan | null {
  if (payload.processing === "regenerative" || !gateways || gateways.interSatelliteLinks) return null;
  const { stations, minElevation, switchOverlap: overlapS } = gateways;
  return planFeeders(track, { position: gatewayPositions(stations), minElevation, overlapS }, duration);
}

/** The instants at which all UEs of a satellite go over to another gateway's gNB: a window onto them that moves with the run. */
export class Switches {
  readonly #satellite: Uint32Array;
  readonly #timeMs: Uint32Array;
  #first = 0;
  #last = 0;

  constructor(plan: FeederPlan | null) {
    const { satellite, timeMs } = plan ? nodeSwitches(plan) : nodeSwitches(NO_FEEDERS);
    this.#satellite = satellite;
    this.#timeMs = timeMs;
  }

  /** Takes those of [fromMs, untilMs); says whether there are any. */
  prepare(fromMs: number, untilMs: number): boolean {
    const times = this.#timeMs;
    while (this.#first > 0 && times[this.#first - 1] >= fromMs) this.#first--;
    while (this.#first < times.length && times[this.#first] < fromMs) this.#first++;
    this.#last = this.#first;
    while (this.#last < times.length && times[this.#last] < untilMs) this.#last++;
    return this.#last > this.#first;
  }

  /** The first one of a satellite in [fromMs, untilMs) among those taken; −1 where there is none. */
  next(satellite: number, fromMs: number, untilMs: number): number {
    for (let i = this.#first; i < this.#last; i++) {
      const at = this.#timeMs[i];
      if (this.#satellite[i] === satellite && at >= fromMs && at < untilMs) return at;
    }
    return -1;
  }
}
