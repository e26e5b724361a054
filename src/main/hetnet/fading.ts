import { fromDb } from "../math/decibel.ts";
import { Random } from "../math/random.ts";

/** Waves that the diffuse part is a sum of; the variance of its power is 1 − 1/16 of the exponential one's. */
const WAVES = 16;
/** Waves of a shadow map. */
const MAP_WAVES = 64;

/**
 * Rician fading of one link along one path: a direct wave, whose phase follows the distance to the transmitter, and 16 waves
 * from all around (Zheng and Xiao, IEEE Commun. Lett. 2003: angles spread evenly with one random turn, random phases), whose
 * phases follow the way gone. So its autocorrelation along the way d is J0(2π·d/λ), the Doppler spectrum at any speed.
 */
export class RicianFading {
  readonly #direct: number;
  readonly #diffuse: number;
  readonly #wavenumber: number;
  readonly #slope = new Float64Array(WAVES);
  readonly #phase = new Float64Array(WAVES);

  constructor(random: Random, kDb: number, wavelengthM: number) {
    const k = fromDb(kDb);
    this.#direct = Math.sqrt(k / (1 + k));
    this.#diffuse = Math.sqrt(1 / (1 + k) / WAVES);
    this.#wavenumber = (2 * Math.PI) / wavelengthM;
    const turn = random.next();
    for (let i = 0; i < WAVES; i++) {
      this.#slope[i] = this.#wavenumber * Math.cos((2 * Math.PI * (i + turn)) / WAVES);
      this.#phase[i] = 2 * Math.PI * random.next();
    }
  }

  /** |h|², mean 1, after a way [m], at a distance from the transmitter [m]. */
  power(wayM: number, distanceM: number): number {
    const angle = -this.#wavenumber * distanceM;
    let real = this.#direct * Math.cos(angle);
    let imaginary = this.#direct * Math.sin(angle);
    for (let i = 0; i < WAVES; i++) {
      const phase = this.#phase[i] + this.#slope[i] * wayM;
      real += this.#diffuse * Math.cos(phase);
      imaginary += this.#diffuse * Math.sin(phase);
    }
    return real * real + imaginary * imaginary;
  }
}

/**
 * Shadow fading [dB] of one transmitter as a map: the same place has the same shadow, whoever passes. A sum of 64 plane waves
 * whose wavenumbers are drawn from the two-dimensional spectrum of the correlation exp(−d/D) of TR 38.901 §7.4.4 (Cai and
 * Giannakis, IEEE Trans. Veh. Technol. 2003): the share of power below k is 1 − 1/√(1 + (kD)²).
 */
export class ShadowMap {
  readonly #kx = new Float64Array(MAP_WAVES);
  readonly #ky = new Float64Array(MAP_WAVES);
  readonly #phase = new Float64Array(MAP_WAVES);
  readonly #amplitude: number;

  constructor(random: Random, deviationDb: number, correlationM: number) {
    this.#amplitude = deviationDb * Math.sqrt(2 / MAP_WAVES);
    for (let i = 0; i < MAP_WAVES; i++) {
      const k = Math.sqrt((1 - random.next()) ** -2 - 1) / correlationM;
      const angle = 2 * Math.PI * random.next();
      this.#kx[i] = k * Math.cos(angle);
      this.#ky[i] = k * Math.sin(angle);
      this.#phase[i] = 2 * Math.PI * random.next();
    }
  }

  atDb(x: number, y: number): number {
    let sum = 0;
    for (let i = 0; i < MAP_WAVES; i++) sum += Math.cos(this.#kx[i] * x + this.#ky[i] * y + this.#phase[i]);
    return this.#amplitude * sum;
  }
}
