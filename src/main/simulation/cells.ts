import { RING, ellipseOf, footprintRing, type Ellipse } from "../beam/footprint.ts";
import type { Track } from "../orbit/track.ts";
import { stateAt } from "../orbit/track.ts";
import { destination, ecefToGeodetic, haversine } from "../math/wgs84.ts";
import type { Mission } from "../../shared/mission.ts";
import { Aims } from "./aims.ts";
import { beamModel, type BeamModel } from "./beams.ts";
import { firstSite, siteReach } from "./ground.ts";

/**
 * Footprints of a mission's cells at any time of its track. A cell on the ground is a circle that reaches halfway to the next
 * site, or as far as a UE without line of sight hears it, whichever is less.
 */
export class Footprints {
  readonly #model: BeamModel;
  readonly #aims: Aims;
  readonly #track: Track;
  readonly #state = new Float64Array(6);
  readonly #aim: Float64Array;
  readonly #ring = new Float64Array(3 * RING);
  readonly #geodetic = new Float64Array(3);
  readonly #sites: Ellipse[];
  readonly #firstSite: number;
  readonly #last = { satellite: -1, time: Number.NaN, there: false };

  constructor(mission: Mission, track: Track) {
    this.#model = beamModel(mission);
    this.#aims = new Aims(mission, this.#model, track);
    this.#track = track;
    this.#aim = new Float64Array(3 * this.#model.beams);
    this.#firstSite = firstSite(mission);
    this.#sites = mission.terrestrial ? circles(mission) : [];
  }

  /** Aims all beams of a satellite; once for cells of one satellite that are asked for one after another. */
  #aimed(satellite: number, time: number): boolean {
    const last = this.#last;
    if (last.satellite === satellite && last.time === time) return last.there;
    last.satellite = satellite;
    last.time = time;
    last.there = stateAt(this.#state, 0, this.#track, satellite, time);
    if (last.there) this.#aims.write(this.#aim, 0, satellite, this.#state, 0, time);
    return last.there;
  }

  #point(cell: number, time: number): number {
    const satellite = Math.floor((cell - 1) / this.#model.beams);
    if (!this.#aimed(satellite, time)) return -1;
    const beam = 3 * ((cell - 1) % this.#model.beams);
    return this.#aim.subarray(beam, beam + 3).some((value) => value !== 0) ? beam : -1;
  }

  /** Centre and axes of one cell's −3 dB contour; null where it is not on the ground. */
  at(cell: number, time: number): Ellipse | null {
    if (cell >= this.#firstSite) return this.#sites[cell - this.#firstSite];
    const beam = this.#point(cell, time);
    if (beam < 0) return null;
    if (this.#model.kind === "antenna") {
      footprintRing(this.#ring, this.#state, 0, this.#aim, beam, this.#model.halfBeamwidth);
      return ellipseOf(this.#ring, RING);
    }
    ecefToGeodetic(this.#geodetic, 0, this.#aim[beam], this.#aim[beam + 1], this.#aim[beam + 2]);
    const [latitude, longitude] = this.#geodetic;
    return {
      latitude,
      longitude,
      semiMajorM: this.#model.cellRadius,
      semiMinorM: this.#model.cellRadius,
      azimuth: 0,
    };
  }

  /** The contour itself: latitude, longitude [point × 2] rad; empty where it is not on the ground. */
  ring(cell: number, time: number): Float64Array {
    const out = new Float64Array(2 * RING);
    if (cell >= this.#firstSite) {
      const { latitude, longitude, semiMajorM } = this.#sites[cell - this.#firstSite];
      return circle(out, latitude, longitude, semiMajorM);
    }
    const beam = this.#point(cell, time);
    if (beam < 0) return new Float64Array(0);
    if (this.#model.kind === "antenna") {
      if (footprintRing(this.#ring, this.#state, 0, this.#aim, beam, this.#model.halfBeamwidth) < RING)
        return new Float64Array(0);
      for (let i = 0; i < RING; i++) {
        ecefToGeodetic(this.#geodetic, 0, this.#ring[3 * i], this.#ring[3 * i + 1], this.#ring[3 * i + 2]);
        out.set(this.#geodetic.subarray(0, 2), 2 * i);
      }
      return out;
    }
    ecefToGeodetic(this.#geodetic, 0, this.#aim[beam], this.#aim[beam + 1], this.#aim[beam + 2]);
    const [latitude, longitude] = this.#geodetic;
    return circle(out, latitude, longitude, this.#model.cellRadius);
  }
}

function circle(out: Float64Array, latitude: number, longitude: number, radius: number): Float64Array {
  for (let i = 0; i < RING; i++)
    destination(out, 2 * i, latitude, longitude, (2 * Math.PI * i) / RING, radius);
  return out;
}

/** [site] */
function circles(mission: Mission): Ellipse[] {
  const { sites } = mission.terrestrial!;
  const reach = siteReach(mission);
  return sites.map(({ latitude, longitude }, own) => {
    let radius = reach;
    sites.forEach((other, s) => {
      if (s !== own)
        radius = Math.min(radius, haversine(latitude, longitude, other.latitude, other.longitude) / 2);
    });
    return { latitude, longitude, semiMajorM: radius, semiMinorM: radius, azimuth: 0 };
  });
}
