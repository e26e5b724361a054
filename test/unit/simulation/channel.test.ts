import { describe, expect, it } from "vitest";
import { Channel, DRAWS } from "../../../src/main/simulation/channel.ts";
import { missionOf } from "../../builders/mission.ts";

const DEG = Math.PI / 180;
const N = 1_000_000;

/** Losses of paths of independent UEs at one elevation. */
function losses(
  change: Partial<ReturnType<typeof missionOf>["channel"]>,
  elevationDeg: number,
  length = N,
): Float64Array {
  const mission = missionOf();
  const channel = new Channel({ ...mission, channel: { ...mission.channel, ...change } });
  const draws = new Float64Array(DRAWS);
  const sine = Math.sin(elevationDeg * DEG);
  return Float64Array.from({ length }, (_, ue) => {
    channel.draw(draws, 0, ue, 0, 3);
    return channel.lossDb(draws, 0, sine);
  });
}

const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
const deviation = (values: Float64Array) => {
  const m = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - m) ** 2, 0) / values.length);
};

describe("the channel", () => {
  // TR 38.811 Table 6.6.2-3 (suburban and rural, S band): σ with line of sight; 1 % over a million draws
  it.each([
    [10, 1.79],
    [30, 1.14],
    [50, 1.42],
    [90, 0.72],
  ])("has the σ of TR 38.811 at %d°", (elevation, sigma) => {
    const values = losses({ shadowing: true }, elevation);
    expect(Math.abs(deviation(values) / sigma - 1)).toBeLessThan(0.01);
    expect(Math.abs(mean(values))).toBeLessThan(0.01);
  });

  // TR 38.811 Table 6.6.1-1 and the clutter column of Table 6.6.2-2
  it.each([
    [10, 24.6, 34.3],
    [40, 61.3, 27.7],
    [80, 96.8, 25.5],
  ])(
    "has the share of line of sight and the clutter loss of a city at %d°",
    (elevation, percent, clutter) => {
      const values = losses({ surroundings: "urban", drawLineOfSight: true }, elevation);
      const sight = values.filter((loss) => loss === 0).length / N;
      expect(Math.abs(sight - percent / 100)).toBeLessThan(0.01 * (percent / 100));
      expect(Math.max(...values.slice(0, 1000))).toBe(clutter);
    },
  );

  it("takes the reference angle nearest to the elevation", () => {
    const at = (elevation: number) => deviation(losses({ shadowing: true }, elevation, 50_000));
    expect(at(14.9)).toBeCloseTo(at(10), 9);
    expect(at(15.1)).toBeCloseTo(at(20), 9);
    expect(at(3)).toBeCloseTo(at(10), 9);
  });

  it("is only its fixed loss where nothing is drawn", () => {
    expect(
      new Set(
        losses({ fixed: { scintillationDb: 1, polarisationDb: 0.7, bodyDb: 0.3, otherDb: 0.2 } }, 30, 100),
      ),
    ).toEqual(new Set([2.2]));
  });
});
