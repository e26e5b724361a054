/**
 * The one random source: Philox4x32-10 (Salmon et al., SC'11), counter-based, so that the draw for one UE or one
 * tree is the same whatever thread makes it and in whatever order. A stream is a name; an index is the position.
 */
const M0 = 0xd2511f53;
const M1 = 0xcd9e8d57;
const W0 = 0x9e3779b9;
const W1 = 0xbb67ae85;

/** High 32 bits of the 64-bit product of two unsigned 32-bit numbers, as a signed word: V8 keeps those without a box. */
function mulHigh(a: number, b: number): number {
  const al = a & 0xffff;
  const ah = a >>> 16;
  const bl = b & 0xffff;
  const bh = b >>> 16;
  const cross = (Math.imul(ah, bl) + (Math.imul(al, bl) >>> 16)) | 0;
  const other = (Math.imul(al, bh) + (cross & 0xffff)) | 0;
  return (Math.imul(ah, bh) + (cross >>> 16) + (other >>> 16)) | 0;
}

/** Philox4x32-10: writes 4 words for counter (c0..c3) and key (k0, k1) into `out`. */
export function philox(
  out: Uint32Array,
  c0: number,
  c1: number,
  c2: number,
  c3: number,
  k0: number,
  k1: number,
): void {
  for (let round = 0; round < 10; round++) {
    const high0 = mulHigh(M0, c0);
    const low0 = Math.imul(M0, c0);
    const high1 = mulHigh(M1, c2);
    const low1 = Math.imul(M1, c2);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + W0) | 0;
    k1 = (k1 + W1) | 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

/** Key of a stream, by its name: FNV-1a. */
export function streamKey(name: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) h = Math.imul(h ^ name.charCodeAt(i), 0x01000193);
  return h >>> 0;
}

/** Draws of one stream. `at(index)` jumps to any position; `next()` walks from there. */
export class Random {
  readonly #words = new Uint32Array(4);
  readonly #seed: number;
  readonly #stream: number;
  /** the item, as two words: numbers that stay small integers */
  #low = 0;
  #high = 0;
  #block = 0;
  #used = 4;

  constructor(seed: number, stream: string) {
    this.#seed = seed >>> 0;
    this.#stream = streamKey(stream);
  }

  /** Positions the source at the start of item `index`; every item owns 2³² blocks of draws. */
  at(index: number): this {
    return this.atWords(index, Math.floor(index / 4294967296));
  }

  /** The same for an item that is given as its low 32 bits and the rest. */
  atWords(low: number, high: number): this {
    this.#low = low | 0;
    this.#high = high;
    this.#block = 0;
    this.#used = 4;
    return this;
  }

  /** 32 random bits. */
  bits(): number {
    if (this.#used === 4) {
      philox(this.#words, this.#block++, this.#low, this.#high, 0, this.#seed, this.#stream);
      this.#used = 0;
    }
    return this.#words[this.#used++];
  }

  /** Uniform in [0, 1), 53 bits. */
  next(): number {
    const high = this.bits() >>> 5;
    const low = this.bits() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  /** Whole number in [0, n). */
  below(n: number): number {
    return Math.floor(this.next() * n);
  }

  /** Standard normal (Box–Muller). */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.next()));
    return radius * Math.cos(2 * Math.PI * this.next());
  }

  /** Poisson number of a mean: the arrivals of a unit process, in blocks small enough for exp(). */
  poisson(mean: number): number {
    let count = 0;
    for (let left = mean; left > 0; left -= 500) {
      const least = Math.exp(-Math.min(500, left));
      for (let product = this.next(); product > least; product *= this.next()) count++;
    }
    return count;
  }

  /** Fisher–Yates permutation of 0..n-1. */
  permutation(n: number): Uint32Array<ArrayBuffer> {
    const order = new Uint32Array(n);
    for (let i = 0; i < n; i++) order[i] = i;
    for (let i = n - 1; i > 0; i--) {
      const j = this.below(i + 1);
      const swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
    return order;
  }
}
