import { describe, expect, it } from "vitest";
import { makeDescent, type Optimiser } from "../../../../src/main/learn/train/optimiser.ts";
import { Random } from "../../../../src/main/math/random.ts";

const ADAM: Optimiser = { kind: "adam", rate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
const MOMENTUM: Optimiser = { kind: "sgd", rate: 0.01, momentum: 0.9 };

/** Fills weights and gradients, and takes some steps with a new gradient each. */
function walk(optimiser: Optimiser, size: number, clipNorm?: number) {
  const random = new Random(5, "descent");
  const draw = () => Float32Array.from({ length: size }, () => random.normal());
  const start = draw();
  const gradients = [draw(), draw(), draw()];
  const { gradient, vectors, step } = makeDescent(size, optimiser);
  vectors[0].set(start);
  gradients.forEach((values, i) => {
    gradient.set(values);
    step(optimiser.rate, i + 1, clipNorm);
  });
  return { start, gradients, weights: vectors[0] };
}

/** The same in double precision, as the papers write it. */
function twin(optimiser: Optimiser, start: Float32Array, gradients: Float32Array[], clipNorm = Infinity) {
  const norms = gradients.map((values) => Math.sqrt(values.reduce((sum, g) => sum + g * g, 0)));
  return Array.from(start, (w, i) => {
    let [weight, mean, square, velocity] = [w, 0, 0, 0];
    gradients.forEach((values, n) => {
      const g = values[i] * Math.min(1, clipNorm / norms[n]);
      if (optimiser.kind === "sgd") {
        velocity = optimiser.momentum * velocity + g;
        weight -= optimiser.rate * velocity;
        return;
      }
      const { beta1, beta2, epsilon, rate } = optimiser;
      mean = beta1 * mean + (1 - beta1) * g;
      square = beta2 * square + (1 - beta2) * g * g;
      const root = Math.sqrt(square / (1 - beta2 ** (n + 1))) + epsilon;
      weight -= (rate * mean) / (1 - beta1 ** (n + 1)) / root;
    });
    return weight;
  });
}

const cases = [
  ["Adam", ADAM, undefined],
  ["Adam on clipped gradients", ADAM, 0.5],
  ["momentum", MOMENTUM, undefined],
  ["momentum on clipped gradients", MOMENTUM, 0.5],
] as const;

describe("the optimiser", () => {
  it.each(cases)("makes the steps of %s, whatever the number of weights", (_, optimiser, clipNorm) => {
    for (const size of [1, 3, 4, 17, 1001]) {
      const { start, gradients, weights } = walk(optimiser, size, clipNorm);
      const expected = twin(optimiser, start, gradients, clipNorm);
      expect(weights).toHaveLength(size);
      weights.forEach((w, i) => expect(Math.abs(w - expected[i])).toBeLessThan(1e-6));
    }
  });

  it("stays where the gradient is and was 0", () => {
    const { gradient, vectors, step } = makeDescent(5, ADAM);
    vectors[0].fill(0.25);
    gradient.set([0, 0, 1, 0, 0]);
    step(0.01, 1, 1);
    expect([...vectors[0]]).toEqual([0.25, 0.25, Math.fround(0.24), 0.25, 0.25]);
    gradient.fill(0);
    step(0.01, 2, 1);
    expect(vectors[0][0]).toBe(0.25);
    expect(vectors[0][2]).toBeLessThan(0.24);
  });
});
