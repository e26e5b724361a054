import { describe, expect, it } from "vitest";
import { handoversAt, heatBin, heatCategory, heatOf } from "../../../src/renderer/globe/heat.ts";
import { colourByLeave, leaveSpan } from "../../../src/renderer/globe/leave.ts";
import { choicesOf, nearestUe, NONE_NEAR, satelliteOnRay } from "../../../src/renderer/globe/pick.ts";
import { placeAfter } from "../../../src/renderer/globe/motion.ts";
import { cellWords, choiceWords, satelliteWords, ueWords } from "../../../src/renderer/globe/words.ts";
import { legendOf } from "../../../src/renderer/panels/legendParts.ts";
import { gatewayAt } from "../../../src/renderer/session/gateways.ts";
import type { Gateways } from "../../../src/renderer/session/gateways.ts";
import type { LoadedRun } from "../../../src/renderer/session/loadRun.ts";
import {
  CATEGORIES,
  INFERNO,
  NONE,
  PALETTE_SIZE,
  SINR,
  VIRIDIS,
} from "../../../src/renderer/session/palette.ts";
import { FIRST_LAYERS } from "../../../src/renderer/session/view.ts";
import type { View } from "../../../src/renderer/session/view.ts";
import type { Storm } from "../../../src/renderer/session/storm.ts";
import { NO_SIGNAL, UE_STATE } from "../../../src/shared/frame.ts";
import type { StormColumns } from "../../../src/shared/storm.ts";

const rows: [cell: number, second: number, out: number, into: number][] = [
  [2, 0, 1, 0],
  [2, 3, 4, 5],
  [3, 3, 0, 100],
  [7, 1, 2, 2],
  [7, 3, 1, 0],
];
const column = (place: number) => Uint32Array.from(rows, (row) => row[place]!);
const columns = {
  cell: column(0),
  second: column(1),
  handoversOut: column(2),
  handoversIn: column(3),
} as unknown as StormColumns;

describe("the heat of handovers", () => {
  const heat = heatOf(columns);

  it("finds what each cell hands over in each second, and nothing elsewhere", () => {
    for (let cell = 0; cell < 9; cell++)
      for (let second = -1; second < 6; second++) {
        const row = rows.find(([c, s]) => c === cell && s === second);
        expect(handoversAt(heat, cell, second)).toBe(row ? row[2] + row[3] : 0);
      }
    expect(heat.most).toBe(100);
  });

  it("has a colour of its own for none, and logarithmic ones from one to the greatest", () => {
    expect(heatBin(0, 100)).toBe(-1);
    expect(heatBin(1, 100)).toBe(0);
    expect(heatBin(10, 100)).toBe(Math.floor(INFERNO.length / 2));
    expect(heatBin(100, 100)).toBe(INFERNO.length - 1);
    expect(heatBin(1, 1)).toBe(INFERNO.length - 1);
  });

  it("stands behind the palette in the shader's table, grey for none", () => {
    // the shader looks up category + 1
    expect(heatCategory(-1) + 1).toBe(NONE);
    expect(heatCategory(0) + 1).toBe(PALETTE_SIZE);
  });
});

describe("colour by time to leave", () => {
  it("spreads viridis over the span, holds at its end, and is grey without a time", () => {
    const out = new Uint8Array(5);
    colourByLeave(out, Float32Array.of(0, 49.9, 99.9, 1000, Number.NaN), 100);
    const middle = SINR + Math.floor(0.499 * VIRIDIS.length);
    expect([...out]).toEqual([SINR, middle, SINR + VIRIDIS.length - 1, SINR + VIRIDIS.length - 1, NONE]);
  });

  it("ends where nearly all have left, in whole 10 s", () => {
    const times = Float32Array.from({ length: 1000 }, (_, i) => (i < 990 ? i / 10 : 100_000));
    expect(leaveSpan(times)).toBe(100);
    expect(leaveSpan(Float32Array.of(Number.NaN))).toBeNull();
  });
});

it("knows through which gateway a satellite works at an instant", () => {
  const gateways = {
    start: Uint32Array.of(0, 3, 4),
    fromS: Float64Array.of(0, 10, 25.5, 0),
    gateway: Int16Array.of(4, -1, 2, -1),
  } as Gateways;
  expect([0, 9.9, 10, 25.4, 25.5, 99].map((t) => gatewayAt(gateways, 0, t))).toEqual([4, 4, -1, -1, 2, 2]);
  expect(gatewayAt(gateways, 1, 50)).toBe(-1);
  expect(gatewayAt({ ...gateways, start: new Uint32Array(0) }, 0, 0)).toBe(-1);
});

describe("what is under the pointer", () => {
  const A = 6_378_137;
  const places = (velocity: Float32Array | null) => ({
    high: Float32Array.of(A, 0, 0, A, 65_536, 0, A, 131_072, 0),
    low: new Float32Array(9),
    velocity,
  });

  it("is the nearest UE within reach, alone where no other is close", () => {
    expect(nearestUe(places(null), 0, [A, 70_000, 0], 10_000, 20_000)).toEqual({ index: 1, lone: true });
    expect(nearestUe(places(null), 0, [A, 70_000, 0], 10_000, 65_000)).toEqual({ index: 1, lone: false });
    expect(nearestUe(places(null), 0, [A, 98_000, 0], 10_000, 90_000)).toEqual({ index: -1, lone: false });
  });

  it("is a UE where it has moved to, not where it began", () => {
    const velocity = Float32Array.of(0, 250, 0, 0, 0, 0, 0, 0, 0);
    const there = placeAfter([A, 0, 0], [0, 250, 0], 3600);
    expect(nearestUe(places(velocity), 3600, there, 1000, 2000).index).toBe(0);
    expect(nearestUe(places(velocity), 3600, [A, 0, 0], 1000, 2000).index).toBe(-1);
  });

  it("is a satellite on the ray before the ground, not one behind it", () => {
    const position = Float64Array.of(7e6, 0, 0, 7e6, 1e5, 0, -7e6, 0, 0);
    const eye = { x: 2e7, y: 0, z: 0 };
    const ray = { x: -1, y: 0, z: 0 };
    expect(satelliteOnRay(position, eye, ray, 0.004, 2e7 - A)).toBe(0);
    expect(satelliteOnRay(position.subarray(3), eye, ray, 0.004, 2e7 - A)).toBe(-1);
  });
});

describe("a click", () => {
  const nothing = { satellite: -1, flare: NONE_NEAR, ue: NONE_NEAR, cell: null };
  const ue = (lone: boolean) => ({ index: 12, lone });
  const flare = (lone: boolean) => ({ index: 4, lone });

  it("chooses the cell in a crowd of dots, and a double click the dot", () => {
    expect(choicesOf({ ...nothing, cell: 7, ue: ue(false) })).toEqual({
      click: { kind: "cell", number: 7 },
      double: { kind: "ue", number: 12 },
    });
    expect(choicesOf({ ...nothing, cell: 7, ue: ue(true), flare: flare(false) })).toEqual({
      click: { kind: "cell", number: 7 },
      double: { kind: "handover", number: 4 },
    });
  });

  it("chooses a dot or a flare that stands alone, or where there is no cell", () => {
    const dot = { click: { kind: "ue", number: 12 }, double: null };
    expect(choicesOf({ ...nothing, cell: 7, ue: ue(true) })).toEqual(dot);
    expect(choicesOf({ ...nothing, ue: ue(false) })).toEqual(dot);
    expect(choicesOf({ ...nothing, cell: 7, ue: ue(true), flare: flare(true) }).click).toEqual({
      kind: "handover",
      number: 4,
    });
  });

  it("chooses the satellite over all else, and nothing where nothing is", () => {
    expect(choicesOf({ satellite: 0, cell: 7, ue: ue(true), flare: NONE_NEAR })).toEqual({
      click: { kind: "satellite", number: 0 },
      double: { kind: "ue", number: 12 },
    });
    expect(choicesOf(nothing)).toEqual({ click: null, double: null });
  });
});

describe("the words of the tooltip", () => {
  it("say what a click and a double click choose", () => {
    const names = { satellite: () => "A-1", handover: () => 1234 };
    const cell = { kind: "cell", number: 7 } as const;
    const event = { kind: "handover", number: 4 } as const;
    expect(choiceWords({ click: cell, double: event }, names)).toBe(
      "Click: cell 7 · Double-click: handover of UE 1,234",
    );
    expect(choiceWords({ click: { kind: "satellite", number: 0 }, double: null }, names)).toBe("Click: A-1");
    expect(choiceWords({ click: null, double: null }, names)).toBeNull();
  });

  it("tell a cell's size and handovers with units", () => {
    const facts = { cell: 7, satellite: "one", longM: 240_400, wideM: 239_900, serves: true, channel: null };
    expect(cellWords({ ...facts, handovers: null })).toBe("Cell 7 of one, 240 × 240 km");
    expect(cellWords({ ...facts, handovers: 1, serves: false })).toBe(
      "Cell 7 of one, 240 × 240 km; 1 handover out and in, this second; serves nobody now",
    );
    expect(cellWords({ ...facts, handovers: null, channel: "channel 2" })).toBe(
      "Cell 7 of one, 240 × 240 km; channel 2",
    );
  });

  it("tell a UE's cell, levels and what the mark found, and leave out what is not there", () => {
    const facts = { ue: 1234, cell: 7, rsrp: -10_120, sinr: 430, leaveS: 12.2, ready: true };
    expect(ueWords({ ...facts, state: UE_STATE.served })).toBe(
      "UE 1,234, served by cell 7; RSRP −101.2 dBm; SINR 4.3 dB; leaves its cell's contour 12 s after the mark; handover-ready at the mark",
    );
    const bare = { ue: 0, cell: 0, state: UE_STATE.uncovered, rsrp: NO_SIGNAL, sinr: NO_SIGNAL };
    expect(ueWords({ ...bare, leaveS: null, ready: null })).toBe("UE 0, without service");
    expect(ueWords({ ...facts, state: UE_STATE.handover })).toContain("just gone over to cell 7");
  });

  it("tell a satellite's height and gateway", () => {
    expect(satelliteWords({ name: "A-1", heightM: 550_499, gateway: null })).toBe(
      "Satellite A-1, 550 km high",
    );
    expect(satelliteWords({ name: "A-1", heightM: 550_499, gateway: "" })).toContain("no gateway in view");
    expect(satelliteWords({ name: "A-1", heightM: 5e5, gateway: "Bonn" })).toContain("through gateway Bonn");
  });
});

describe("the legend", () => {
  const run = {
    record: { run: "r", satellites: 1, beams: 3, summary: null },
    ues: { cluster: null, ready: null, leaveS: Float32Array.of(1, 40) },
    sinrSpan: [-500, 2000],
    track: { satellites: 1, names: ["A-1"] },
    events: { ue: Uint32Array.of(17) },
  } as unknown as LoadedRun;
  const chosen = { colourBy: "cell", satellite: null, handover: null, ue: null } as const;
  const of = (over: Partial<View["layers"]>, more: Partial<View> = {}) =>
    legendOf(
      run,
      { ...chosen, layers: { ...FIRST_LAYERS, ...over }, ...more },
      { run: "r", columns } as Storm,
      {
        plan: null,
        percent: null,
        gateways: null,
      },
    );

  it("names every cell of a small run in its colour", () => {
    const [cells] = of({});
    expect(cells!.swatches.map(({ text }) => text)).toEqual(["cell 1", "cell 2", "cell 3", "no service"]);
    for (const { colour } of cells!.swatches.slice(0, 3)) expect(CATEGORIES).toContain(colour);
  });

  it("says unit and range of every scale that is shown", () => {
    expect(of({}, { colourBy: "sinr" })[0]!.ramp).toMatchObject({
      low: "≤ -5",
      unit: "SINR, dB",
      high: "≥ 20",
    });
    const [leave, heat] = of({ heat: true }, { colourBy: "leave" });
    expect(leave!.ramp).toMatchObject({ colours: VIRIDIS, unit: "s", high: "≥ 40" });
    expect(heat!.ramp).toMatchObject({ colours: INFERNO, unit: "handovers/s, log scale", high: "100" });
  });

  it("has a part for each layer, and for the opened handover", () => {
    expect(of({ heat: true, feeders: true, daylight: true }, { handover: 0 })).toHaveLength(5);
    expect(of({ feeders: true })[1]!.note).toBe("on their way …");
  });

  it("tells what is ringed, each once, and the track of the chosen satellite where no others are shown", () => {
    const rings = (more: Partial<View>) =>
      of({}, more)
        .at(-1)!
        .swatches.map(({ text }) => text);
    expect(rings({ handover: 0, ue: 17 })).toEqual(["UE 17, whose handover is open"]);
    expect(rings({ handover: 0, ue: 3 })).toEqual([
      "UE 17, whose handover is open",
      "UE 3, whose link is shown",
    ]);
    expect(rings({ satellite: 0 })).toEqual(["satellite A-1"]);
    expect(of({}, { satellite: 0 })[1]!.title).toMatch(/^Track of the satellite, 5 min back/);
    expect(of({ tracks: true }, { satellite: 0 })[1]!.title).toMatch(/^Tracks, 5 min back/);
  });
});
