import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  cellBeam,
  cellNumber,
  cellOf,
  cellSatellite,
  FRAME_BYTES_PER_UE,
  MAX_BLOCK_BYTES,
  MAX_CELL,
  NO_SIGNAL,
  packCell,
  stateOf,
  stepsPerBlock,
  toCenti,
  UE_STATE,
} from "../../../src/shared/frame.ts";

describe("cell and state", () => {
  test("share 32 bits and come apart again", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: MAX_CELL }), fc.integer({ min: 0, max: 255 }), (cell, state) => {
        const packed = packCell(cell, state);
        expect(Uint32Array.of(packed)[0]).toBe(packed);
        expect([cellOf(packed), stateOf(packed)]).toEqual([cell, state]);
      }),
    );
  });

  test("are zero for a UE without service", () => {
    expect(packCell(0, UE_STATE.uncovered)).toBe(0);
  });
});

describe("the number of a cell", () => {
  test("counts from 1 through the satellites and names satellite and beam", () => {
    const numbers = [];
    for (let satellite = 0; satellite < 5; satellite++)
      for (let beam = 0; beam < 7; beam++) {
        const cell = cellNumber(satellite, beam, 7);
        expect([cellSatellite(cell, 7), cellBeam(cell, 7)]).toEqual([satellite, beam]);
        numbers.push(cell);
      }
    expect(numbers).toEqual(Array.from({ length: 35 }, (_, i) => i + 1));
  });

  test("fits for the greatest constellation with the most beams", () => {
    expect(cellNumber(20_000 - 1, 126, 127)).toBeLessThanOrEqual(MAX_CELL);
  });
});

describe("levels in hundredths", () => {
  test("are the nearest ones within the range of int16", () => {
    fc.assert(
      fc.property(fc.double({ min: -327, max: 327, noNaN: true }), (value) => {
        expect(Math.abs(toCenti(value) / 100 - value)).toBeLessThanOrEqual(0.005 + 1e-9);
        expect(Int16Array.of(toCenti(value))[0] === toCenti(value)).toBe(true);
      }),
    );
  });

  test("saturate beyond it and never look like no signal", () => {
    expect([-1e9, -Infinity, -327.68, -400].map(toCenti)).toEqual([-32767, -32767, -32767, -32767]);
    expect([1e9, Infinity, 327.68].map(toCenti)).toEqual([32767, 32767, 32767]);
    expect(toCenti(Number.NaN)).toBe(NO_SIGNAL);
  });
});

describe("a block of frames", () => {
  test("stays below its size unless one step alone is larger", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_000_000 }), (ues) => {
        const steps = stepsPerBlock(ues);
        expect(steps).toBeGreaterThanOrEqual(1);
        expect(steps).toBeLessThanOrEqual(64);
        if (steps > 1) expect(steps * ues * FRAME_BYTES_PER_UE).toBeLessThanOrEqual(MAX_BLOCK_BYTES);
        if (steps < 64) expect((steps + 1) * ues * FRAME_BYTES_PER_UE).toBeGreaterThan(MAX_BLOCK_BYTES);
      }),
    );
  });

  test("holds 15 steps of the paper's 62,908 UEs", () => {
    expect(stepsPerBlock(62_908)).toBe(15);
  });
});
