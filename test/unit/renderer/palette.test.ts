import { describe, expect, it } from "vitest";
import { NO_SIGNAL, packCell, UE_STATE } from "../../../src/shared/frame.ts";
import {
  CATEGORIES,
  cellColour,
  cellTable,
  colourByCell,
  colourByCluster,
  colourByReady,
  colourBySinr,
  NONE,
  NOT_READY,
  PALETTE,
  PALETTE_SIZE,
  READY,
  rgb,
  SINR,
  sinrSpan,
  VIRIDIS,
} from "../../../src/renderer/session/palette.ts";

/** Relative luminance of sRGB (WCAG 2.2). */
function luminance(colour: string): number {
  const [r, g, b] = rgb(colour).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

describe("the palette", () => {
  it("has a place for every index that a colouring may write", () => {
    expect(PALETTE).toHaveLength(PALETTE_SIZE);
    expect(PALETTE_SIZE).toBeLessThanOrEqual(256);
  });

  it("stands out from the dark ground by 3 : 1 in every category", () => {
    const ground = luminance("#0b0f14");
    for (const colour of CATEGORIES) expect((luminance(colour) + 0.05) / (ground + 0.05)).toBeGreaterThan(3);
  });

  it("shows ready UEs larger, not only in another colour", () => {
    expect(PALETTE[READY]!.size).toBeGreaterThan(1.5 * PALETTE[NOT_READY]!.size);
  });
});

describe("colour by serving cell", () => {
  it("names the colour of the cell whatever the state, and none without a cell", () => {
    const table = cellTable(6, 3);
    const cellState = Uint32Array.of(
      9,
      packCell(1, UE_STATE.served),
      packCell(5, UE_STATE.handover),
      packCell(0, UE_STATE.uncovered),
    );
    const out = new Uint8Array(3);
    colourByCell(out, cellState, 1, table);
    expect([...out].map((place) => PALETTE[place]!.colour)).toEqual([
      cellColour(1, 3),
      cellColour(5, 3),
      PALETTE[NONE]!.colour,
    ]);
  });

  it("knows sites on the ground, whose cells come after those of the satellites", () => {
    const out = new Uint8Array(1);
    colourByCell(out, Uint32Array.of(packCell(8, UE_STATE.served)), 0, cellTable(8, 3));
    expect(PALETTE[out[0]!]!.colour).toBe(cellColour(8, 3));
  });

  it("tells the beams of one satellite apart, up to the number of colours", () => {
    const colours = Array.from({ length: CATEGORIES.length }, (_, beam) => cellColour(beam + 1, 19));
    expect(new Set(colours).size).toBe(CATEGORIES.length);
  });
});

describe("colour by SINR", () => {
  const colour = (values: number[], span: [number, number]) => {
    const out = new Uint8Array(values.length);
    colourBySinr(out, Int16Array.from(values), 0, span);
    return [...out];
  };

  it("spreads the colours evenly over the span and holds at both ends", () => {
    const span: [number, number] = [-1000, 2200];
    expect(colour([-1000, -801, -800, 2199, 2200, 32767, -32767], span)).toEqual([
      SINR,
      SINR,
      SINR + 1,
      SINR + VIRIDIS.length - 1,
      SINR + VIRIDIS.length - 1,
      SINR + VIRIDIS.length - 1,
      SINR,
    ]);
  });

  it("leaves UEs without signal grey", () => {
    expect(colour([NO_SIGNAL], [-1000, 1000])).toEqual([NONE]);
  });

  it("finds a span in whole 5 dB that holds nearly all values and no stray ones", () => {
    const values = Int16Array.from({ length: 10_000 }, (_, i) => -720 + Math.round((i / 10_000) * 1900));
    values[17] = 9000;
    values[18] = NO_SIGNAL;
    expect(sinrSpan(values)).toEqual([-1000, 1500]);
    expect(sinrSpan(Int16Array.of(300, 300))).toEqual([0, 500]);
    expect(sinrSpan(Int16Array.of(NO_SIGNAL))).toEqual([-1000, 1000]);
  });
});

it("colours clusters and readiness, and leaves 255 grey", () => {
  const out = new Uint8Array(3);
  colourByCluster(out, Uint8Array.of(0, 8, 255));
  expect([...out]).toEqual([1, 2, NONE]);
  colourByReady(out, Uint8Array.of(0, 1, 255));
  expect([...out]).toEqual([NOT_READY, READY, NONE]);
});
