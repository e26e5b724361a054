import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { philox, Random } from "../../../src/main/math/random.ts";

const word = fc.integer({ min: 0, max: 0xffff_ffff });

function run(counter: number[], key: number[]): string[] {
  const out = new Uint32Array(4);
  const [c0, c1, c2, c3] = counter;
  philox(out, c0, c1, c2, c3, key[0], key[1]);
  return [...out].map((w) => w.toString(16).padStart(8, "0"));
}

/** The same cipher in exact integers. */
function twin(counter: number[], key: number[]): string[] {
  const mask = 0xffff_ffffn;
  let [a, b, c, d] = counter.map(BigInt);
  let [k0, k1] = key.map(BigInt);
  for (let round = 0; round < 10; round++) {
    const p = 0xd2511f53n * a;
    const q = 0xcd9e8d57n * c;
    [a, b, c, d] = [(q >> 32n) ^ b ^ k0, q & mask, (p >> 32n) ^ d ^ k1, p & mask];
    k0 = (k0 + 0x9e3779b9n) & mask;
    k1 = (k1 + 0xbb67ae85n) & mask;
  }
  return [a, b, c, d].map((w) => w.toString(16).padStart(8, "0"));
}

describe("Philox4x32-10", () => {
  it("gives the known answers of Random123 (kat_vectors)", () => {
    const ones = 0xffff_ffff;
    expect(run([0, 0, 0, 0], [0, 0])).toEqual(["6627e8d5", "e169c58d", "bc57ac4c", "9b00dbd8"]);
    expect(run([ones, ones, ones, ones], [ones, ones])).toEqual([
      "408f276d",
      "41c83b0e",
      "a20bc7c6",
      "6d5451fd",
    ]);
    expect(run([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0])).toEqual([
      "d16cfe09",
      "94fdcceb",
      "5001e420",
      "24126ea1",
    ]);
  });

  it("agrees with exact integer arithmetic", () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 4, maxLength: 4 }), fc.tuple(word, word), (counter, key) => {
        expect(run(counter, key)).toEqual(twin(counter, key));
      }),
    );
  });
});

describe("Random", () => {
  it("draws the same for an item whatever was drawn before", () => {
    const forward = new Random(7, "users");
    const a = [0, 1, 2].map((i) => forward.at(i).next());
    const backward = new Random(7, "users");
    const b = [2, 1, 0].map((i) => {
      backward.at(i).normal();
      return backward.at(i).next();
    });
    expect(b.toReversed()).toEqual(a);
  });

  it("tells items beyond 32 bits apart", () => {
    const random = new Random(1, "x");
    expect(random.at(2 ** 32).next()).not.toBe(random.at(0).next());
  });

  it("differs with the seed and with the stream", () => {
    const draws = [new Random(1, "a"), new Random(2, "a"), new Random(1, "b")].map((r) => r.next());
    expect(new Set(draws).size).toBe(3);
  });

  it("is uniform: chi-square of 100 bins stays below the 99.99 % point", () => {
    const random = new Random(3, "uniform");
    const bins = new Uint32Array(100);
    const draws = 100_000;
    for (let i = 0; i < draws; i++) bins[Math.floor(random.next() * 100)]++;
    const expected = draws / 100;
    const chi2 = bins.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
    expect(chi2).toBeLessThan(161);
    expect(chi2).toBeGreaterThan(54);
  });

  it("is normal: mean, variance and fourth moment within five standard errors", () => {
    const random = new Random(4, "normal");
    const n = 100_000;
    const x = Float64Array.from({ length: n }, () => random.normal());
    const moment = (k: number) => x.reduce((sum, v) => sum + v ** k, 0) / n;
    expect(Math.abs(moment(1))).toBeLessThan(5 * Math.sqrt(1 / n));
    expect(Math.abs(moment(2) - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
    expect(Math.abs(moment(4) - 3)).toBeLessThan(5 * Math.sqrt(96 / n));
  });

  it("permutes: every number once, first places evenly taken", () => {
    const random = new Random(5, "order");
    const firsts = new Uint32Array(5);
    for (let i = 0; i < 5000; i++) {
      const order = random.at(i).permutation(5);
      expect([...order].sort()).toEqual([0, 1, 2, 3, 4]);
      firsts[order[0]]++;
    }
    for (const n of firsts) expect(Math.abs(n - 1000)).toBeLessThan(5 * Math.sqrt(800));
  });
});
