import { describe, expect, it } from "vitest";
import { claimsOf } from "../../../../src/main/studies/paper-c/claims.ts";
import type { Sweep, Sweeps } from "../../../../src/main/studies/paper-c/sweeps.ts";
import type { Choice, Tuned } from "../../../../src/main/studies/paper-c/tune.ts";

const sweep = (xs: number[], joules: (x: number) => number, accuracy: (x: number) => number): Sweep => ({
  points: xs.map((x) => ({
    x,
    accuracy: accuracy(x),
    accuracyDeviation: 0,
    joules: joules(x),
    joulesDeviation: 0,
    co2G: 0,
  })),
  persistence: [],
  rows: [],
  unseen: [],
});
const flat = () => 0.8;
const RATES = [0.001, 0.01, 0.1];
const choice: Choice = { hidden: 64, batch: 50, rate: 0.01, epochs: 10, accuracy: 0.8, joules: 1, score: 0 };
const tuned = { chosen: choice, mostAccurate: choice, all: [choice] } as unknown as Tuned;

/** What is said of learning rates where Adam costs so much at each. */
function rateClaim(joules: (rate: number) => number) {
  const sweeps: Sweeps = {
    batch: sweep([5, 10, 50, 300], (x) => 1 / x, flat),
    epochs: sweep([5, 50, 100, 150, 200], (x) => x, flat),
    share: sweep([0.5, 0.7, 0.9], (x) => x, flat),
    hidden: sweep([64, 512, 1024], (x) => x * x, flat),
    adam: sweep(RATES, joules, (rate) => rate),
    sgd: sweep(RATES, () => 1, flat),
  };
  return claimsOf(sweeps, [], tuned, choice).find(({ claim }) => claim.includes("learning rates"))!;
}

describe("the claims of paper C", () => {
  it("hold higher rates to be cheaper only where they are, not where they are dearer", () => {
    expect(rateClaim((rate) => 1 / rate).holds).toBe("yes");
    expect(rateClaim(() => 1).holds).not.toBe("yes");
    expect(rateClaim((rate) => rate).holds).not.toBe("yes");
  });
});
