import { describe, expect, test } from "vitest";
import { ueLink } from "../../../src/main/studies/ue-link.ts";
import { linkWaterfall } from "../../../src/main/studies/link.ts";
import { BadInput } from "../../../src/shared/errors.ts";
import { cellOf, packCell, UE_STATE } from "../../../src/shared/frame.ts";
import type { LinkTerm } from "../../../src/shared/link.ts";
import type { ScenarioInput } from "../../../src/shared/scenario.ts";
import { memoryRun } from "../../builders/memory-run.ts";
import { scenarioOf } from "../../builders/scenario.ts";

const BOLTZMANN_DBW = -228.5991672;
const satellites = Array.from({ length: 5 }, (_, i) => ({
  id: `s${i}`,
  altitudeKm: 600,
  inclinationDeg: 53,
  raanDeg: 10,
  argumentOfLatitudeDeg: 40 - 3 * i,
}));
const hexagons: Partial<ScenarioInput> = {
  time: { durationS: 20, markS: 10 },
  constellation: { kind: "circular", satellites },
  payload: { kind: "antenna", beams: 19, apertureDiameterM: 1 },
  users: { count: 24, placement: { kind: "cells", atS: 10 } },
};
const city: ScenarioInput["channel"] = {
  surroundings: "urban",
  lineOfSight: "drawn",
  shadowing: true,
  scintillation: "standard",
  scintillationDb: 0.4,
  bodyDb: 3,
  polarisationDb: 1,
  otherLossDb: 0.7,
  rain: { rate001MmH: 30, rainHeightKm: 3, latitudeDeg: 40, exceedancePercent: 0.1 },
  cloudKgM2: 0.5,
  building: { kind: "traditional", probability: 0.3 },
};

const kinds: [string, Partial<ScenarioInput>][] = [
  [
    "circular cells",
    { time: { durationS: 20, markS: 10 }, users: { count: 24, placement: { kind: "cells", atS: 10 } } },
  ],
  ["hexagons with reuse 3", { ...hexagons, radio: { frequencyReuse: 3 } }],
  [
    "moving UEs in a city with every loss",
    {
      ...hexagons,
      coverage: { minRsrpDbm: -190 },
      channel: city,
      users: {
        count: 24,
        placement: { kind: "cells", atS: 10 },
        classes: [
          { name: "handheld", share: 0.4, motion: "train" },
          { name: "handheld", share: 0.3, motion: "aircraft", headingDeg: -30 },
          { name: "handheld", share: 0.3, motion: "static" },
        ],
      },
    },
  ],
  [
    "VSATs at 20 GHz with polarisation reuse, in a city",
    {
      ...hexagons,
      payload: { kind: "antenna", beams: 19, apertureDiameterM: 0.25 },
      radio: {
        frequencyGHz: 20,
        frequencyReuse: 2,
        bandwidthMHz: 400,
        subcarrierSpacingKHz: 120,
        eirpDensityDbwPerMHz: 4,
        uplink: { frequencyGHz: 30, bandwidthMHz: 400, gOverTDbPerK: 13 },
      },
      coverage: { minRsrpDbm: -190 },
      channel: { ...city, building: undefined },
      users: { count: 24, placement: { kind: "cells", atS: 10 }, classes: [{ name: "vsat" }] },
    },
  ],
  [
    "a transparent payload whose gateway loses satellites between two frames",
    {
      ...hexagons,
      time: { durationS: 60, stepS: 10, markS: 30 },
      payload: { kind: "antenna", beams: 19, apertureDiameterM: 1, processing: "transparent" },
      gateways: {
        stations: [{ name: "one", latitudeDeg: 28.6, longitudeDeg: -64.2, heightM: 100 }],
        minElevationDeg: 63,
      },
    },
  ],
  [
    "beams that hold their place",
    {
      ...hexagons,
      payload: {
        kind: "antenna",
        beams: 19,
        apertureDiameterM: 1,
        steering: { kind: "quasi-earth-fixed", limitDeg: 5 },
      },
    },
  ],
];

const value = (terms: LinkTerm[], name: string) => terms.find((term) => term.name === name)!.value;
/** What enters, added up by hand: EIRP − losses + gains + G/T − k − B. */
const addedUp = (terms: LinkTerm[], bandwidthHz: number) =>
  terms.reduce((sum, t) => sum + (t.enters === "plus" ? t.value : t.enters === "minus" ? -t.value : 0), 0) -
  BOLTZMANN_DBW -
  10 * Math.log10(bandwidthHz);

describe.each(kinds)("the link budget of a UE of a run: %s", (_, overrides) => {
  const { mission, users, steps, frames, source } = memoryRun(scenarioOf(overrides));
  const served: [number, number][] = [];
  for (let step = 0; step < steps; step += Math.ceil(steps / 7))
    for (let ue = 0; ue < users.count; ue++)
      if (cellOf(frames.cellState[step * users.count + ue]) > 0) served.push([step, ue]);
  const links = served.map(([step, ue]) => ({
    step,
    ue,
    link: ueLink(source, "mem", ue, step * mission.step),
  }));

  test("some UEs are served", () => expect(served.length).toBeGreaterThan(20));

  test("adds up to C/N in both directions", () => {
    const channels = mission.radio.frequencyReuse;
    for (const { link } of links) {
      expect(value(link.down, "cnDb")).toBeCloseTo(
        addedUp(link.down, mission.radio.bandwidthHz / channels),
        6,
      );
      expect(value(link.up, "cnDb")).toBeCloseTo(addedUp(link.up, mission.radio.uplink.bandwidthHz), 6);
      expect(link.down.at(-1)!.name).toBe("cnDb");
    }
  });

  test("has the cell, the RSRP and the SINR of the frame to the hundredth that it keeps", () => {
    for (const { step, ue, link } of links) {
      const at = step * users.count + ue;
      expect(link.cell).toBe(cellOf(frames.cellState[at]));
      expect(Math.abs(value(link.down, "rsrpDbm") - frames.rsrp[at] / 100)).toBeLessThan(0.0051);
      expect(Math.abs(value(link.down, "sinrDb") - frames.sinr[at] / 100)).toBeLessThan(0.0051);
    }
  });

  test("has the terms that make up the RSRP, one by one", () => {
    // the table over the elevation errs by 0.001 dB, more at the zenith in rain
    for (const { link } of links) {
      const perElement =
        mission.radio.subcarrierSpacingHz / (mission.radio.bandwidthHz / mission.radio.frequencyReuse);
      const rsrp = value(link.down, "carrierPowerDbw") + 30 + 10 * Math.log10(perElement);
      if (value(link.down, "elevationDeg") < 88)
        expect(Math.abs(rsrp - value(link.down, "rsrpDbm"))).toBeLessThan(0.002);
    }
  });

  test("lists the cells heard from the strongest, the serving one among them, at most one twice", () => {
    for (const { link } of links) {
      const levels = link.heard.map(({ rsrpDbm }) => rsrpDbm);
      expect(levels).toEqual(levels.toSorted((a, b) => b - a));
      expect(new Set(link.heard.map(({ cell }) => cell)).size).toBe(link.heard.length);
      expect(link.heard).toContainEqual({
        cell: link.cell,
        satellite: link.satellite,
        beam: link.beam,
        rsrpDbm: value(link.down, "rsrpDbm"),
      });
    }
  });
});

describe("the uplink of a UE", () => {
  test("is the link command's of the same inputs", () => {
    const { source } = memoryRun(scenarioOf(kinds[1][1]));
    const { up, down } = ueLink(source, "memory", 0, 10);
    const elevationDeg = value(down, "elevationDeg");
    const terms = linkWaterfall({
      direction: "up",
      altitudeKm: 600,
      elevationDeg,
      frequencyGhz: 2,
      bandwidthMhz: 0.36,
      eirpDbw: -7,
      gOverTDbPerK: 1.1,
      scintillationDb: 0,
    });
    // their altitude stands over a sphere: only the free-space loss may differ, by what the ranges differ
    const fspl = value(up, "freeSpaceLossDb") - value(terms, "freeSpaceLossDb");
    expect(fspl).toBeCloseTo(20 * Math.log10(value(down, "slantRangeKm") / value(terms, "slantRangeKm")), 9);
    expect(value(up, "cnDb") - value(up, "relativeGainDb") + fspl).toBeCloseTo(value(terms, "cnDb"), 6);
  });
});

describe("what is asked wrongly of a UE's link", () => {
  const { source, frames, steps, users } = memoryRun(scenarioOf(kinds[0][1]));
  const complaint = (ue: number, atS: number, run = "memory") => {
    try {
      ueLink(source, run, ue, atS);
    } catch (error) {
      if (error instanceof BadInput) return error.problems;
      throw error;
    }
    return [];
  };

  test.each([
    [24, 0, "ue", "there is no UE 24", "Give a UE from 0 to 23"],
    [-1, 0, "ue", "there is no UE -1", "Give a UE from 0 to 23"],
    [1.5, 0, "ue", "there is no UE 1.5", "Give a UE from 0 to 23"],
    [0, 20.6, "at-s", "the run has no frame at 20.6 s", "Give 0 to 20 s"],
    [0, -2, "at-s", "the run has no frame at -2 s", "Give 0 to 20 s"],
    [0, Number.NaN, "at-s", "the run has no frame at NaN s", "Give 0 to 20 s"],
  ])("UE %s at %s s is bad input", (ue, atS, field, reason, remedy) => {
    expect(complaint(ue, atS)).toEqual([{ field, reason, remedy }]);
  });

  test("an unknown run is bad input", () => {
    expect(complaint(0, 0, "gone")).toMatchObject([{ field: "run" }]);
  });

  test("a UE without a cell at that time is told so", () => {
    const lost = Array.from({ length: steps * users.count }, (_, i) => i).find(
      (i) => cellOf(frames.cellState[i]) === 0,
    )!;
    const [step, ue] = [Math.floor(lost / users.count), lost % users.count];
    expect(complaint(ue, step)).toMatchObject([
      { field: "at-s", reason: `UE ${ue} has no serving cell at ${step} s` },
    ]);
  });

  test("a UE that does not hear the cell it is still with is told so", () => {
    const deaf = {
      ...source,
      frames: (run: string, from: number, to: number) => {
        const block = source.frames(run, from, to);
        return { ...block, cellState: block.cellState.map(() => packCell(far, UE_STATE.served)) };
      },
    };
    const far = 1;
    const heard = ueLink(source, "memory", 0, 0).heard.map(({ cell }) => cell);
    expect(heard).not.toContain(far);
    expect(() => ueLink(deaf, "memory", 0, 0)).toThrow(/does not hear its serving cell 1 at 0 s/);
  });
});
