import { lookUp } from "../beam/pattern.ts";
import type { AimTable } from "./aim-table.ts";
import { patternArgument, type BeamModel } from "./beams.ts";

/** A link of a UE to a beam. */
export interface BeamLink {
  /** negative for a cell on the ground */
  satellite: number;
  beam: number;
  table: AimTable;
  /** power of a beam of its satellite that points at the UE [mW per resource element] */
  peakMw: number;
}

/**
 * Interference on one of two links by all further beams of both satellites on its channel, side lobes included. Gains are
 * summed on the grid of the aim tables, with straight lines between; leaves out third satellites.
 */
export class FurtherBeams {
  readonly #model: BeamModel;
  readonly #stepS: number;
  /** [channel] its beams */
  readonly #onChannel: Uint16Array[];
  /** [row & 1] row of the grid, [2 · (row & 1) + k] gain there: k 0 of the link's own satellite, 1 of the other's */
  readonly #rows = new Int32Array(2);
  readonly #gains = new Float64Array(4);
  #position: Float64Array = new Float64Array(3);
  #crossPolar = 0;

  constructor(model: BeamModel, stepS: number) {
    this.#model = model;
    this.#stepS = stepS;
    const numbers = Uint16Array.from({ length: model.beams }, (_, beam) => beam);
    this.#onChannel = Array.from({ length: Math.max(...model.channel) + 1 }, (_, c) =>
      numbers.filter((beam) => model.channel[beam] === c),
    );
  }

  /** Takes another UE, by its position (ECEF [m], may move on), or other links. */
  prepare(position: Float64Array, crossPolar: number): void {
    this.#position = position;
    this.#crossPolar = crossPolar;
    this.#rows.fill(-1);
  }

  /** At a time [s]; `off` is what the UE's antenna takes of the other satellite [mW per resource element]. */
  powerMw(link: BeamLink, other: BeamLink, off: number, t: number): number {
    const row = Math.floor(t / this.#stepS);
    const share = t / this.#stepS - row;
    const at = this.#look(link, other, row);
    const next = share > 0 ? this.#look(link, other, row + 1) : at;
    const gains = this.#gains;
    const own = gains[at] + share * (gains[next] - gains[at]);
    const others = gains[at + 1] + share * (gains[next + 1] - gains[at + 1]);
    return link.peakMw * own + other.peakMw * off * others;
  }

  /** Sees that the gains of a row are there; answers their place. */
  #look(link: BeamLink, other: BeamLink, row: number): number {
    const place = 2 * (row & 1);
    if (this.#rows[row & 1] === row) return place;
    this.#rows[row & 1] = row;
    const alone = other.satellite < 0 || other.satellite === link.satellite;
    this.#gains[place] = this.#gainOf(link, link, other, row);
    this.#gains[place + 1] = alone ? 0 : this.#gainOf(other, link, other, row);
    return place;
  }

  /** Of a satellite's beams on the channel of the link, but for the two links' own. */
  #gainOf(of: BeamLink, link: BeamLink, other: BeamLink, row: number): number {
    const { channel, gain, polarisation } = this.#model;
    const [x, y, z] = this.#position;
    const aims = of.table.around(row);
    const at = of.table.begin(row);
    const dx = aims[at] - x;
    const dy = aims[at + 1] - y;
    const dz = aims[at + 2] - z;
    const range = Math.sqrt(dx * dx + dy * dy + dz * dz);
    const beams = this.#onChannel[channel[link.beam]];
    let sum = 0;
    for (let i = 0; i < beams.length; i++) {
      const beam = beams[i];
      if (beam === link.beam && of === link) continue;
      if (beam === other.beam && of.satellite === other.satellite) continue;
      const argument = patternArgument(this.#model, aims, at + 3 + 3 * beam, x, y, z, dx, dy, dz, range);
      const level = lookUp(gain.linear, argument);
      sum += polarisation[beam] === polarisation[link.beam] ? level : level * this.#crossPolar;
    }
    return sum;
  }
}
