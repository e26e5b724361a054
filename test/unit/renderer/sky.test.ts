import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { MOST_TRACKS } from "../../../src/renderer/globe/trackPaths.ts";
import { legendOf } from "../../../src/renderer/panels/legendParts.ts";
import {
  beamPlans,
  followBeamPlan,
  reuseCategory,
  reuseWords,
} from "../../../src/renderer/session/beamPlan.ts";
import type { BeamPlan } from "../../../src/renderer/session/beamPlan.ts";
import { COVERAGE_BINS } from "../../../src/renderer/session/coverage.ts";
import type { LoadedRun } from "../../../src/renderer/session/loadRun.ts";
import { CATEGORIES } from "../../../src/renderer/session/palette.ts";
import { runs } from "../../../src/renderer/session/runs.ts";
import { FIRST_LAYERS, setLayers } from "../../../src/renderer/session/view.ts";
import { encodeColumns } from "../../../src/shared/columns.ts";

const plan: BeamPlan = {
  run: "r",
  channel: Uint8Array.of(0, 1, 0, 1),
  polarisation: Uint8Array.of(0, 0, 1, 1),
  channels: 2,
  channelHz: 15e6,
  siteChannel: Uint8Array.of(0, 2, 1),
  siteChannels: 3,
  siteChannelHz: 20e6 / 3,
  minElevation: Math.PI / 18,
};
const run = (satellites: number) =>
  ({
    record: { run: "r", satellites, beams: 4, summary: null },
    track: { satellites },
    events: { ue: new Uint32Array(0) },
  }) as unknown as LoadedRun;
const partsOf = (
  over: Partial<typeof FIRST_LAYERS>,
  known: { plan: BeamPlan | null; percent: number[] | null },
  satellites = 2,
) =>
  legendOf(
    run(satellites),
    {
      colourBy: "cell",
      layers: { ...FIRST_LAYERS, ...over },
      satellite: null,
      handover: null,
      ue: null,
    },
    null,
    { gateways: null, ...known },
  ).slice(1);

describe("cells by channel", () => {
  it("have one colour for each channel and polarisation, whatever the satellite", () => {
    const beams = Array.from({ length: 8 }, (_, i) => reuseCategory(plan, i + 1, 8));
    expect(beams).toEqual([0, 1, 2, 3, 0, 1, 2, 3]);
  });

  it("have other colours on the ground, where another carrier is used", () => {
    const sites = [9, 10, 11].map((cell) => reuseCategory(plan, cell, 8));
    expect(new Set(sites).size).toBe(3);
    for (const category of sites) {
      expect(category).toBeGreaterThan(3);
      expect(category).toBeLessThan(CATEGORIES.length);
    }
  });

  it("are told with channel, polarisation and bandwidth", () => {
    const [part] = partsOf({ reuse: true }, { plan, percent: null });
    expect(part!.title).toBe("Cells by channel, 15 MHz each, 6.667 MHz on the ground");
    expect(part!.swatches.slice(0, 4).map(({ text }) => text)).toEqual([
      "channel 1, polarisation 1",
      "channel 2, polarisation 1",
      "channel 1, polarisation 2",
      "channel 2, polarisation 2",
    ]);
    expect(new Set(part!.swatches.map(({ colour }) => colour)).size).toBe(7);
  });

  it("name every category that a cell of the plan has", () => {
    const named = reuseWords(plan).map(({ category }) => category);
    for (let cell = 1; cell <= 11; cell++) expect(named).toContain(reuseCategory(plan, cell, 8));
  });

  it("are one channel, and no word of polarisation, under reuse 1", () => {
    const one = {
      ...plan,
      channel: new Uint8Array(4),
      polarisation: new Uint8Array(4),
      channels: 1,
      siteChannels: 0,
    };
    expect(reuseWords(one)).toEqual([{ category: 0, words: "channel 1" }]);
  });

  it("say so where the heat of handovers hides them", () => {
    const [, part] = partsOf({ reuse: true, heat: true }, { plan, percent: null });
    expect(part!.note).toBe("The heat of handovers lies over it.");
    expect(part!.swatches).toEqual([]);
  });
});

describe("the legend of the sky", () => {
  it("tells from which elevation satellites count, and the share of the Earth with each number in view", () => {
    const [part] = partsOf({ coverage: true }, { plan, percent: [0.1, 49.9, 30, 20] });
    expect(part!.title).toBe("Satellites above 10°, share of the Earth");
    expect(part!.swatches.map(({ text }) => text)).toEqual([
      "none, bare: 0.1 %",
      "1: 49.9 %",
      "2: 30.0 %",
      "3 or more: 20.0 %",
    ]);
    expect(new Set(COVERAGE_BINS.map(({ colour }) => colour)).size).toBe(COVERAGE_BINS.length);
  });

  it("waits for the plan of its own run", () => {
    for (const known of [null, { ...plan, run: "another" }])
      for (const part of partsOf({ coverage: true, reuse: true }, { plan: known, percent: null }))
        expect(part.note).toBe("on their way …");
  });

  it("tells how far tracks reach, and of how many satellites where not of all", () => {
    const known = { plan: null, percent: null };
    const [few] = partsOf({ tracks: true }, known);
    expect(few!.title).toContain("5 min back");
    expect(few!.note).not.toContain("nearest");
    const [many] = partsOf({ tracks: true }, known, 1584);
    expect(many!.note).toContain(`Of 1,584 satellites the ${MOST_TRACKS} nearest`);
  });
});

describe("the plan of the beams", () => {
  let leave = () => {};
  const asked: string[] = [];
  beforeEach(() => {
    asked.length = 0;
    setLayers(FIRST_LAYERS);
    beamPlans.setState({ known: null, error: null });
    vi.stubGlobal("fetch", async (path: string) => {
      asked.push(path);
      const { channel, polarisation, siteChannel, run: _, ...meta } = plan;
      return new Response(encodeColumns({ channel, polarisation, siteChannel }, meta));
    });
    leave = followBeamPlan();
  });
  afterEach(() => {
    leave();
    runs.setState({ current: null });
    vi.unstubAllGlobals();
  });

  it("is fetched once a layer needs it, and once for a run", async () => {
    runs.setState({ current: run(2) });
    setLayers({ tracks: true });
    expect(asked).toEqual([]);
    setLayers({ reuse: true });
    setLayers({ coverage: true });
    await vi.waitFor(() => expect(beamPlans.getState().known).toEqual(plan));
    setLayers({ reuse: false });
    setLayers({ reuse: true });
    expect(asked).toEqual(["/data/runs/r/beams"]);
  });

  it("is asked for again after it did not come, when a layer asks anew", async () => {
    const answer = vi.fn(async () => new Response("{}", { status: 500 }));
    vi.stubGlobal("fetch", answer);
    runs.setState({ current: run(2) });
    setLayers({ reuse: true });
    await vi.waitFor(() => expect(beamPlans.getState().error).not.toBeNull());
    setLayers({ reuse: false });
    setLayers({ reuse: true });
    await vi.waitFor(() => expect(answer).toHaveBeenCalledTimes(2));
  });
});
