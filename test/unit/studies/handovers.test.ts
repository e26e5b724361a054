import { describe, expect, it } from "vitest";
import {
  predictHandovers,
  scorePredictions,
  summariseHandovers,
} from "../../../src/main/studies/handovers.ts";
import { TRIGGERS, type EventColumns } from "../../../src/shared/frame.ts";

const events = (
  rows: [timeMs: number, source: number, target: number, trigger?: number, pingPong?: number][],
): EventColumns => ({
  timeMs: Uint32Array.from(rows, (r) => r[0]),
  ue: Uint32Array.from(rows, (_, i) => i),
  source: Uint32Array.from(rows, (r) => r[1]),
  target: Uint32Array.from(rows, (r) => r[2]),
  rsrpSource: new Float32Array(rows.length),
  rsrpTarget: new Float32Array(rows.length),
  trigger: Uint8Array.from(rows, (r) => r[3] ?? 0),
  pingPong: Uint8Array.from(rows, (r) => r[4] ?? 0),
});

describe("the summary of handovers", () => {
  it("finds the worst second of the worst cell, by handovers out of it", () => {
    const counts = summariseHandovers(
      events([
        [100, 1, 2],
        [900, 1, 2],
        [950, 2, 1, 0, 1],
        [1000, 1, 2],
        [5100, 2, 3],
        [5200, 2, 3],
        [5900, 2, 3],
      ]),
      2,
    );
    expect(counts).toEqual({
      total: 7,
      peakPerS: 3,
      peakCell: 2,
      peakAtS: 5,
      pingPong: 1,
      interSatellite: 3,
      reselections: 0,
    });
  });

  it("counts reselections apart: not as handovers, nor in peaks, ping-pongs or layers", () => {
    const reselection = TRIGGERS.indexOf("reselection");
    const counts = summariseHandovers(
      events([
        [100, 1, 2],
        [5100, 2, 3, reselection],
        [5200, 2, 3, reselection, 1],
        [5300, 2, 9, reselection],
        [6000, 2, 9],
      ]),
      2,
      9,
    );
    expect(counts).toEqual({
      total: 2,
      peakPerS: 1,
      peakCell: 1,
      peakAtS: 0,
      pingPong: 0,
      interSatellite: 0,
      reselections: 3,
      toGround: 1,
      toSatellite: 0,
    });
  });

  it("says zero, and no cell, where nothing happened", () => {
    expect(summariseHandovers(events([]), 3)).toMatchObject({ total: 0, peakPerS: 0, peakCell: 0 });
  });
});

describe("predicted handovers", () => {
  const cell = Uint32Array.of(1, 1, 0, 2, 2);
  const leave = Float32Array.of(5, Number.NaN, Number.NaN, 0, 10);
  const predicted = predictHandovers(100, cell, leave, Float32Array.of(0.9, 0.9, Number.NaN, 0.2, 0.7));

  it("name the UEs that geometry sees leaving, with the classifier's answer", () => {
    expect([...predicted.ue]).toEqual([0, 3, 4]);
    expect([...predicted.atS]).toEqual([105, 100, 110]);
    expect([...predicted.ready]).toEqual([1, 0, 1]);
  });

  it("are hits when the UE changed or lost its cell no later than a second after the predicted time", () => {
    const left = Int32Array.of(103_000, -1, -1, 101_001, -1);
    expect(scorePredictions(predicted, left)).toEqual({
      total: 3,
      ready: 2,
      scored: 3,
      hits: 1,
      meanAbsoluteErrorS: expect.closeTo((2 + 1.001) / 2, 9),
    });
  });

  it("have no mean error where nobody left", () => {
    expect(scorePredictions(predicted, new Int32Array(5).fill(-1)).meanAbsoluteErrorS).toBeNull();
  });
});
