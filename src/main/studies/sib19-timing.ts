/**
 * Timing of a cell as NTN-Config-r17 has it (TS 38.331 §6.3.2): the common timing advance of the feeder link (TS 38.213 §4.2: half of
 * ta-Common, of its drift and of its drift's variant make the one-way delay), and K-offset. The uplink's reference point is the gateway,
 * or the satellite where that carries the gNB; uplink and downlink frames are aligned there, so that kmac is 0 and left out.
 */
import { toAsn1 } from "../handover/asn1.ts";
import { SPEED_OF_LIGHT } from "../math/constants.ts";
import { geodeticToEcef } from "../math/wgs84.ts";
import { roundTripOf, roundTripRate } from "../orbit/delay.ts";
import { rangeRates } from "../orbit/doppler.ts";
import { gatewayPositions, servingGateway, type FeederPlan } from "../orbit/feeder.ts";
import { stateAt, type Track } from "../orbit/track.ts";
import type { Footprints } from "../simulation/cells.ts";
import { feedersOf } from "../simulation/feeders.ts";
import { cellSatellite } from "../../shared/frame.ts";
import type { Mission } from "../../shared/mission.ts";

export interface Timing {
  /** what is computed and how, or why it is left out */
  notes: string[];
  /** fields of NTN-Config-r17 from an epoch [s] on */
  at(cell: number, epochS: number): object;
}

/** K-offset covers the longest round trip of these instants [s]. */
const LOOK_S = 5;
const K_OFFSET =
  "cellSpecificKoffset: the longest round trip to the reference point from the cell's -3 dB contour while the block holds, rounded up; UEs beyond the contour may need more. Left out where the contour passes the horizon.";

/** @param validityS how long a block holds */
export function timingOf(mission: Mission, track: Track, footprints: Footprints, validityS: number): Timing {
  const regenerative = mission.payload.processing === "regenerative";
  const feeders = feedersOf(mission, track);
  if (!regenerative && !feeders) return WITHOUT_FEEDER;
  const delays = new Delays(mission, track, feeders, footprints);
  return {
    notes: [
      regenerative
        ? "ta-Info is left out, as it is 0: the gNB is on board, and the uplink's reference point is the satellite."
        : "ta-Common, its drift and its variant: round trip of the feeder link at the epoch; the uplink's reference point is the gateway. Left out where the satellite has none then.",
      K_OFFSET,
    ],
    at(cell, epochS) {
      const gateway = delays.gatewayOf(cell, epochS);
      if (!regenerative && gateway < 0) return {};
      return {
        ...kOffset(delays, cell, epochS, validityS),
        ...(regenerative ? {} : { "ta-Info-r17": delays.common(cell, epochS, gateway) }),
      };
    },
  };
}

/** Transparent, and no gateway of the satellite's own. */
const WITHOUT_FEEDER: Timing = {
  notes: [
    "ta-Info and cellSpecificKoffset are left out: gateways are reached through other satellites, whose paths the run does not follow.",
  ],
  at: () => ({}),
};

function kOffset(delays: Delays, cell: number, epochS: number, validityS: number): object {
  const gateway = delays.gatewayOf(cell, epochS);
  let longest = 0;
  for (let t = epochS; t <= epochS + validityS; t += LOOK_S)
    if (delays.gatewayOf(cell, t) === gateway)
      longest = Math.max(longest, delays.longestRoundTrip(cell, t, gateway));
  if (longest === 0) return {};
  return { "cellSpecificKoffset-r17": toAsn1("cellSpecificKoffset", Math.ceil(1000 * longest) / 1000).value };
}

class Delays {
  readonly #mission: Mission;
  readonly #track: Track;
  readonly #feeders: FeederPlan | null;
  readonly #footprints: Footprints;
  readonly #gateways: Float64Array;
  readonly #state = new Float64Array(6);
  readonly #point = new Float64Array(3);

  constructor(mission: Mission, track: Track, feeders: FeederPlan | null, footprints: Footprints) {
    this.#mission = mission;
    this.#track = track;
    this.#feeders = feeders;
    this.#footprints = footprints;
    this.#gateways = gatewayPositions(mission.gateways?.stations ?? []);
  }

  #satellite(cell: number): number {
    return cellSatellite(cell, this.#mission.payload.beams);
  }

  /** −1 where there is none, or none is needed */
  gatewayOf(cell: number, t: number): number {
    return this.#feeders ? servingGateway(this.#feeders, this.#satellite(cell), Math.round(1000 * t)) : -1;
  }

  #feederRange(gateway: number): number | null {
    if (gateway < 0) return null;
    const [x, y, z] = this.#state;
    const [gx, gy, gz] = this.#gateways.subarray(3 * gateway);
    return Math.hypot(x - gx, y - gy, z - gz);
  }

  /** TA-Info-r17 */
  common(cell: number, t: number, gateway: number): object {
    stateAt(this.#state, 0, this.#track, this.#satellite(cell), t);
    const still = Float64Array.of(...this.#gateways.subarray(3 * gateway, 3 * gateway + 3), 0, 0, 0);
    const rates = new Float64Array(3);
    rangeRates(rates, 0, this.#state, 0, still, 0);
    const [range, rate, acceleration] = rates;
    return {
      "ta-Common-r17": toAsn1("ta-Common", roundTripOf(range, null)).value,
      "ta-CommonDrift-r17": toAsn1("ta-CommonDrift", roundTripRate(rate, null)).value,
      // of the square of time: half the acceleration of the round trip
      "ta-CommonDriftVariant-r17": toAsn1("ta-CommonDriftVariant", acceleration / SPEED_OF_LIGHT).value,
    };
  }

  /** From the cell's contour to the reference point and back [s]; 0 where that is not on the ground. */
  longestRoundTrip(cell: number, t: number, gateway: number): number {
    if (!stateAt(this.#state, 0, this.#track, this.#satellite(cell), t)) return 0;
    const [x, y, z] = this.#state;
    const ring = this.#footprints.ring(cell, t);
    if (ring.length === 0) return 0;
    let service = 0;
    for (let i = 0; i < ring.length; i += 2) {
      geodeticToEcef(this.#point, 0, ring[i], ring[i + 1], 0);
      const [px, py, pz] = this.#point;
      service = Math.max(service, Math.hypot(x - px, y - py, z - pz));
    }
    return roundTripOf(service, this.#feederRange(gateway));
  }
}
