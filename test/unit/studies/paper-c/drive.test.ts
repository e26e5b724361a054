import { describe, expect, it } from "vitest";
import { inferenceGraph } from "../../../../src/main/learn/train/export.ts";
import { planNetwork } from "../../../../src/main/learn/train/network.ts";
import { networkOf } from "../../../../src/main/studies/paper-c/classifier.ts";
import { drive, INTERRUPTION_MS, type Decider } from "../../../../src/main/studies/paper-c/drive.ts";
import type { World } from "../../../../src/main/studies/paper-c/world.ts";
import { crossing, worldOf } from "./worlds.ts";

const WINDOW = { steps: 4, ahead: 5 };

/** Drives with a network of zeros, but for the biases of its last layer: it always says the same. */
async function driven(world: World, biases: number[]) {
  const network = networkOf(WINDOW, world.classes, 4);
  const plan = planNetwork(network);
  const weights = new Float32Array(plan.size);
  const bias = plan.parameters.find(({ name }) => name === "layer1.bias")!;
  weights.set(biases, bias.from);
  const ues = Uint32Array.from({ length: world.ues }, (_, ue) => ue);
  const answer = await drive(world, ues, WINDOW, network, inferenceGraph(plan, weights), () => false);
  const of = (decider: Decider) => answer.scores.find((score) => score.decider === decider)!;
  return { of, threshold: answer.threshold };
}

describe("driving under a decider", () => {
  it("hands over once on the way from one cell to the next, with A3 and with a known future", async () => {
    const { of } = await driven(worldOf([crossing(100)]), [0, 0]);
    for (const decider of ["A3", "known future"] as const) {
      const score = of(decider);
      expect(score.handovers).toBe(1);
      expect(score.pingPongs + score.failures + score.radioLinkFailures).toBe(0);
      expect(score.interruptionS).toBeCloseTo(INTERRUPTION_MS.handover / 1000, 9);
    }
    expect(of("known future").onBest).toBe(1);
    // 3 dB later than the crossing, at 0.8 dB a measurement, and a time to trigger of one
    expect(of("A3").onBest).toBeCloseTo(1 - 4 / 92, 1);
    expect(of("A3").onBest).toBeLessThan(1);
  });

  it("loses the link with a network that knows nothing and a threshold that does not move", async () => {
    const { of } = await driven(worldOf([crossing(100)]), [0, 0]);
    const fixed = of("fixed threshold");
    expect(fixed.handovers).toBe(0);
    expect(fixed.radioLinkFailures).toBe(1);
    expect(fixed.interruptionS).toBeCloseTo(1 + INTERRUPTION_MS.reestablishment / 1000, 9);
  });

  it("lowers the dynamic threshold where changes are missed, until the network's doubt is enough", async () => {
    const { of, threshold } = await driven(worldOf([crossing(200)]), [0.05, 0]);
    // cell 0 is a little likelier: 1 − P(0) = 0.4875
    expect(Math.min(...threshold)).toBeLessThan(0.4875);
    expect(of("dynamic threshold").handovers).toBeGreaterThan(0);
    expect(of("dynamic threshold").radioLinkFailures).toBe(0);
    expect(of("fixed threshold").radioLinkFailures).toBeGreaterThan(0);
  });

  it("fails where the network sends a UE to a cell that is not there, unless the UE checks", async () => {
    const alone = worldOf([Array.from({ length: 60 }, () => [-80, -120])]);
    const { of } = await driven(alone, [0, 5]);
    const fixed = of("fixed threshold");
    expect(fixed.handovers).toBeGreaterThan(0);
    expect(fixed.failures).toBe(fixed.handovers);
    expect(of("dynamic, conditional").handovers).toBe(0);
  });

  it("counts a ping-pong where the best cell goes there and back within a second", async () => {
    const levels = Array.from({ length: 60 }, (_, step) =>
      step >= 30 && step < 33 ? [-90, -80] : [-80, -90],
    );
    const { of } = await driven(worldOf([levels]), [0, 0]);
    expect(of("known future").handovers).toBe(2);
    expect(of("known future").pingPongs).toBe(1);
    const slow = Array.from({ length: 60 }, (_, step) => (step >= 30 && step < 36 ? [-90, -80] : [-80, -90]));
    expect((await driven(worldOf([slow]), [0, 0])).of("known future").pingPongs).toBe(0);
  });

  it("watches no UE where no cell could serve it", async () => {
    const dark = Array.from({ length: 40 }, () => [-140, -141]);
    const { of } = await driven(worldOf([dark, crossing(40)]), [0, 0]);
    // from the first foretold instant on
    expect(of("A3").seconds).toBeCloseTo((40 - 8) * 0.2, 9);
  });
});
