import { describe, expect, test } from "vitest";
import { relativeGainDb, FIRST_NULL_X } from "../../../src/main/beam/pattern.ts";
import { DEG } from "../../../src/main/math/constants.ts";
import { stateAt } from "../../../src/main/orbit/track.ts";
import { lookAngles } from "../../../src/main/orbit/visibility.ts";
import { compileMission } from "../../../src/main/scenario/compile.ts";
import { Aims } from "../../../src/main/simulation/aims.ts";
import { beamModel, patternArgument } from "../../../src/main/simulation/beams.ts";
import { closeUp } from "../../../src/main/simulation/close-up.ts";
import { feedersOf } from "../../../src/main/simulation/feeders.ts";
import { Whereabouts } from "../../../src/main/simulation/users.ts";
import {
  LINK_COLUMNS,
  LinkSurvey,
  populate,
  WINDOW,
  type LinkRows,
} from "../../../src/main/studies/links.ts";
import { feederAt } from "../../../src/main/orbit/feeder.ts";
import { BadInput } from "../../../src/shared/errors.ts";
import type { ScenarioInput } from "../../../src/shared/scenario.ts";
import { scenarioOf } from "../../builders/scenario.ts";

const train = Array.from({ length: 5 }, (_, i) => ({
  id: `s${i}`,
  altitudeKm: 600,
  inclinationDeg: 53,
  raanDeg: 10,
  argumentOfLatitudeDeg: 40 - 3 * i,
}));
const hexagons: Partial<ScenarioInput> = {
  time: { durationS: 20, markS: 10 },
  coverage: { minRsrpDbm: -190 },
  constellation: { kind: "circular", satellites: train },
  payload: { kind: "antenna", beams: 19, apertureDiameterM: 1 },
  radio: { frequencyReuse: 3 },
  users: { count: 60, placement: { kind: "cells", atS: 10 } },
};
const moving: Partial<ScenarioInput> = {
  ...hexagons,
  radio: {},
  channel: { bodyDb: 3, scintillation: "standard", otherLossDb: 0.7 },
  users: {
    count: 60,
    placement: { kind: "cells", atS: 10 },
    classes: [
      { name: "handheld", share: 0.5, motion: "train" },
      { name: "vsat", share: 0.3, motion: "aircraft" },
      { name: "handheld", share: 0.2, motion: "static" },
    ],
  },
};
const gateway: Partial<ScenarioInput> = {
  ...hexagons,
  payload: { kind: "antenna", beams: 19, apertureDiameterM: 1, processing: "transparent" },
  gateways: {
    stations: [{ name: "one", latitudeDeg: 30, longitudeDeg: -65, heightM: 0 }],
    minElevationDeg: 40,
  },
};

function surveyOf(overrides: Partial<ScenarioInput>, time?: number) {
  const mission = compileMission(scenarioOf(overrides), null);
  const { track, users } = populate(mission);
  const at = time ?? mission.mark;
  const survey = new LinkSurvey(mission, track, users, at);
  const counted = survey.summary(true);
  return { mission, track, users, time: at, survey, summary: { ...counted, rows: counted.rows! } };
}

type Row = Record<(typeof LINK_COLUMNS)[number], number>;
function rowsOf(survey: LinkSurvey, count: number): Row[] {
  const all: Row[] = [];
  for (const rows of survey.rows())
    for (let row = 0; row < WINDOW && all.length < count; row++)
      all.push(Object.fromEntries(LINK_COLUMNS.map((name) => [name, (rows as LinkRows)[name][row]])) as Row);
  return all;
}

/** Every UE with every beam of every satellite, none left out: what is in view and what is within a first null. */
function everyLink({ mission, track, users, time }: ReturnType<typeof surveyOf>) {
  const model = beamModel(mission);
  const aims = new Aims(mission, model, track);
  const feeders = feedersOf(mission, track);
  const places = new Whereabouts(mission, users);
  const [position, up, look, state] = [3, 3, 3, 6].map((n) => new Float64Array(n));
  const aim = new Float64Array(3 * model.beams);
  const within = new Set<string>();
  let links = 0;
  for (let satellite = 0; satellite < track.count; satellite++) {
    if (feeders && feederAt(feeders, satellite, time) < 0) continue;
    stateAt(state, 0, track, satellite, time);
    aims.write(aim, 0, satellite, state, 0, time);
    for (let ue = 0; ue < users.count; ue++) {
      places.write(position, up, 0, ue, time);
      const [x, y, z] = position;
      lookAngles(look, 0, x, y, z, state[0], state[1], state[2]);
      if (look[1] < mission.minElevation) continue;
      links += model.beams;
      for (let b = 0; b < model.beams; b++) {
        const [dx, dy, dz] = [state[0] - x, state[1] - y, state[2] - z];
        const argument = patternArgument(model, aim, 3 * b, x, y, z, dx, dy, dz, look[2]);
        if (argument < FIRST_NULL_X) within.add(`${ue} ${satellite * model.beams + b + 1}`);
      }
    }
  }
  return { links, within };
}

describe.each([
  ["circular cells", { coverage: { minRsrpDbm: -190 } }, undefined],
  ["hexagons on three channels", hexagons, undefined],
  ["UEs of several classes on the move", moving, 13],
  ["satellites of which some have no gateway", gateway, undefined],
] as const)("the links of %s", (_, overrides, time) => {
  const all = surveyOf(overrides, time);
  const { survey, summary, mission, track, users } = all;
  const rows = rowsOf(survey, summary.rows);
  const every = everyLink(all);

  test("are those of every UE with every satellite in view, each once", () => {
    expect(summary.links).toBe(every.links);
    expect(summary.rows).toBe(every.within.size);
    expect(new Set(rows.map(({ ue, cell }) => `${ue} ${cell}`))).toEqual(every.within);
    expect(rows.length).toBe(summary.rows);
    expect(rows.length).toBeGreaterThan(users.count);
  });

  test("have the terms of the close-up of the same UE and cell to 1e-3 dB", () => {
    // a close-up hears nothing below a least RSRP: the nulls themselves
    const clear = rows.filter(({ offAxisGainDb }) => offAxisGainDb > -40);
    const step = Math.ceil(clear.length / 40);
    for (let i = 0; i < clear.length; i += step) {
      const row = clear[i];
      const close = closeUp(mission, track, users, row.ue, row.cell, all.time);
      const near = (found: number, wanted: number, by = 1e-3) =>
        expect(Math.abs(found - wanted)).toBeLessThan(by);
      near(row.azimuthDeg * DEG, close.azimuth, 1e-9);
      near(row.elevationDeg * DEG, close.elevation, 1e-7);
      near(row.rangeKm * 1000, close.range, 1e-5);
      near(row.delayMs, (close.range / 299_792_458) * 1000, 1e-9);
      near(row.offAxisGainDb, close.relativeGainDb);
      near(row.rsrpDbm, close.heard.find(({ cell }) => cell === row.cell)!.rsrpDbm);
      const { gas, scintillation, rain, cloud, building } = close.down.elevation;
      near(row.elevationLossDb, gas + scintillation + rain + cloud + building, 5e-3);
      // noise of a resource element and of the band differ as their widths
      near(row.cOverNDb, row.rsrpDbm - 10 * Math.log10(close.noiseMw));
      const bandwidth = mission.radio.bandwidthHz / beamModel(mission).channels;
      near(row.cOverN0DbHz - row.cOverNDb, 10 * Math.log10(bandwidth), 1e-9);
      near(row.cOverN0DbHz - row.ebOverN0Db, 10 * Math.log10(mission.radio.dataRateBps), 1e-9);
    }
  });

  test("mark the strongest of each UE, and count the UEs in its main lobe", () => {
    const best = rows.filter((row) => row.best === 1);
    expect(best.length).toBe(summary.uesInMainLobe);
    expect(summary.cOverNDb.count).toBe(best.length);
    expect(summary.sinrDb.count).toBe(best.length);
    for (const own of best)
      for (const row of rows)
        if (row.ue === own.ue)
          expect(row.offAxisGainDb > -30 ? row.rsrpDbm : own.rsrpDbm).toBeLessThanOrEqual(own.rsrpDbm);
    const levels = best.map((row) => row.cOverNDb).sort((a, b) => a - b);
    expect(summary.cOverNDb.min).toBe(levels[0]);
    expect(summary.cOverNDb.max).toBe(levels.at(-1));
  });
});

describe("interference at one instant", () => {
  test("gives the SINR of the close-up where one satellite is in view", () => {
    const all = surveyOf({ users: { count: 40, placement: { kind: "cells", atS: 30 } } });
    const { survey, summary, mission, track, users, time } = all;
    expect(summary.satellitesInView).toBe(1);
    const sinr = rowsOf(survey, summary.rows)
      .filter(({ best }) => best === 1)
      .map(({ ue, cell }) => closeUp(mission, track, users, ue, cell, time))
      .map((close) => 10 * Math.log10(close.wantedMw / (close.interferenceMw + close.noiseMw)))
      .sort((a, b) => a - b);
    expect(sinr.length).toBe(summary.sinrDb.count);
    expect(Math.abs(sinr[0] - summary.sinrDb.min)).toBeLessThan(1e-3);
    expect(Math.abs(sinr.at(-1)! - summary.sinrDb.max)).toBeLessThan(1e-3);
  });
});

test("rows that nobody asked for are not counted", () => {
  expect(surveyOf({}).survey.summary(false).rows).toBeNull();
});

describe("many UEs", () => {
  test("fill more than one window of rows, each link once, whatever the blocks", () => {
    const { survey, summary } = surveyOf({
      users: { count: 30_000, placement: { kind: "cells", atS: 30 } },
    });
    expect(summary.rows).toBeGreaterThan(WINDOW);
    const rows = rowsOf(survey, summary.rows);
    expect(new Set(rows.map(({ ue, cell }) => 4 * ue + cell)).size).toBe(summary.rows);
    for (const row of rows) expect(row.offAxisGainDb).toBeLessThanOrEqual(relativeGainDb(0));
  });

  test("all over the Earth see the satellites over each of them", () => {
    const all = surveyOf({
      ...hexagons,
      users: {
        count: 3000,
        placement: { kind: "box", southDeg: -89, northDeg: 89, westDeg: -180, eastDeg: 180 },
      },
    });
    expect(all.summary.links).toBe(everyLink(all).links);
    expect(all.summary.links).toBeGreaterThan(0);
    expect(all.summary.uesInView).toBeLessThan(3000);
  });
});

test("an instant outside the scenario is bad input", () => {
  for (const time of [-1, 61, Number.NaN])
    expect(() => surveyOf({}, time)).toThrowError(
      expect.objectContaining({
        problems: [
          { field: "--at-s", reason: `${time} s is not within the scenario`, remedy: "Give 0 … 60" },
        ],
      }),
    );
  expect(() => surveyOf({}, 61)).toThrow(BadInput);
});
