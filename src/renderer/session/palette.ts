import { VIRIDIS } from "../../shared/figure-ink.ts";
export { VIRIDIS } from "../../shared/figure-ink.ts";
import { cellBeam, cellSatellite, MAX_CELL, NO_SIGNAL } from "../../shared/frame.ts";

/** Okabe and Ito's colours in their order, without black, which a dark ground swallows. */
export const CATEGORIES = ["#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2", "#d55e00", "#cc79a7"];

/** inferno at 16 equal steps (matplotlib) without the first three, which a dark ground swallows. */
export const INFERNO = [
  "#420a68",
  "#5d126e",
  "#781c6d",
  "#932667",
  "#ae305c",
  "#c73e4c",
  "#dd513a",
  "#ed6925",
  "#f8850f",
  "#fca50a",
  "#fac62d",
  "#f2e661",
  "#fcffa4",
];

/** Places in the palette. The category c stands at 1 + c. */
export const NONE = 0;
export const NOT_READY = 1 + CATEGORIES.length;
export const READY = NOT_READY + 1;
export const SINR = READY + 1;
export const PALETTE_SIZE = SINR + VIRIDIS.length;

export const COLOURS = { none: "#6b7888", notReady: "#5f86b8", ready: "#ffb454" };

/** Colour and size in pixels of every place: ready UEs are larger too, not only of another colour. */
export const PALETTE: { colour: string; size: number }[] = [
  { colour: COLOURS.none, size: 1.6 },
  ...CATEGORIES.map((colour) => ({ colour, size: 2.2 })),
  { colour: COLOURS.notReady, size: 1.8 },
  { colour: COLOURS.ready, size: 3.4 },
  ...VIRIDIS.map((colour) => ({ colour, size: 2.2 })),
];

/** Category of a cell: neighbours of one satellite differ, and so do satellites one after another. */
export const cellCategory = (cell: number, beams: number) =>
  (3 * cellSatellite(cell, beams) + cellBeam(cell, beams)) % CATEGORIES.length;

export const cellColour = (cell: number, beams: number) => CATEGORIES[cellCategory(cell, beams)]!;

/** Palette place by cell number, those of sites on the ground among them, so that a tick is one look-up a UE; 0 is "no cell". */
export function cellTable(cells: number, beams: number): Uint8Array {
  const table = new Uint8Array(cells + 1);
  for (let cell = 1; cell < table.length; cell++) table[cell] = 1 + cellCategory(cell, beams);
  return table;
}

export function colourByCell(out: Uint8Array, cellState: Uint32Array, at: number, table: Uint8Array): void {
  for (let i = 0; i < out.length; i++) out[i] = table[cellState[at + i]! & MAX_CELL]!;
}

/** `span` in hundredths of dB: what the first and the last colour stand for. */
export function colourBySinr(out: Uint8Array, sinr: Int16Array, at: number, span: [number, number]): void {
  const scale = VIRIDIS.length / (span[1] - span[0]);
  const last = VIRIDIS.length - 1;
  for (let i = 0; i < out.length; i++) {
    const value = sinr[at + i]!;
    const bin = Math.floor((value - span[0]) * scale);
    out[i] = value === NO_SIGNAL ? NONE : SINR + (bin < 0 ? 0 : bin > last ? last : bin);
  }
}

/** 255 stands for "none" in both columns. */
export function colourByCluster(out: Uint8Array, cluster: Uint8Array): void {
  for (let i = 0; i < out.length; i++)
    out[i] = cluster[i] === 255 ? NONE : 1 + (cluster[i]! % CATEGORIES.length);
}

export function colourByReady(out: Uint8Array, ready: Uint8Array): void {
  for (let i = 0; i < out.length; i++) out[i] = ready[i] === 255 ? NONE : ready[i] === 1 ? READY : NOT_READY;
}

/** Range of the SINR scale: the middle 96 % of a sample, widened to whole 5 dB; hundredths of dB. */
export function sinrSpan(sinr: Int16Array): [number, number] {
  const stride = Math.max(1, Math.floor(sinr.length / 5000));
  const sample: number[] = [];
  for (let i = 0; i < sinr.length; i += stride) if (sinr[i] !== NO_SIGNAL) sample.push(sinr[i]!);
  if (sample.length === 0) return [-1000, 1000];
  sample.sort((a, b) => a - b);
  const low = Math.floor(sample[Math.floor(sample.length * 0.02)]! / 500) * 500;
  const high = Math.ceil(sample[Math.floor(sample.length * 0.98)]! / 500) * 500;
  return [low, Math.max(low + 500, high)];
}

export function rgb(colour: string): [number, number, number] {
  const n = Number.parseInt(colour.slice(1), 16);
  return [(n >> 16) / 255, ((n >> 8) & 255) / 255, (n & 255) / 255];
}
