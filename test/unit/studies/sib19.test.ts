import { describe, expect, test } from "vitest";
import { ecefToGeodetic, geodeticToEcef } from "../../../src/main/math/wgs84.ts";
import { stateAt } from "../../../src/main/orbit/track.ts";
import { ellipsoidPoint, sib19, type Sib19Run } from "../../../src/main/studies/sib19.ts";
import { cellOf, type EventColumns } from "../../../src/shared/frame.ts";
import type { ScenarioInput } from "../../../src/shared/scenario.ts";
import { memoryRun } from "../../builders/memory-run.ts";
import { scenarioOf } from "../../builders/scenario.ts";

const DEG = Math.PI / 180;
const START = Date.UTC(2026, 2, 3, 4, 5, 6);
/** Seconds between 1900-01-01 and 1970-01-01: 70 years of 365 days and 17 leap days. */
const SINCE_1900 = (70 * 365 + 17) * 86_400;

const moving: Partial<ScenarioInput> = {
  time: { start: new Date(START).toISOString(), durationS: 65, markS: 30 },
  constellation: {
    kind: "circular",
    satellites: [
      { id: "one", altitudeKm: 600, inclinationDeg: 53, argumentOfLatitudeDeg: -20, raanDeg: 200 },
    ],
  },
  payload: { kind: "circular-cells", layout: "row", beams: 3, cellDiameterKm: 240, cellSpacingKm: 210 },
  users: { count: 120, placement: { kind: "cells", atS: 30 } },
};

const changes: [timeMs: number, source: number, target: number][] = [
  [1200, 1, 2],
  [1250, 2, 3],
  [9130, 1, 2],
  [31_000, 0, 1],
  [64_000, 2, 3],
];

function runOf(scenario: Partial<ScenarioInput>, holds: Partial<Record<string, number[]>> = {}) {
  const memory = memoryRun(scenarioOf(scenario));
  const column = (place: number) => Uint32Array.from(changes, (row) => row[place]);
  const served = new Set(memory.frames.cellState.map(cellOf));
  const source: Sib19Run = {
    ...memory.source,
    cells: () => ({
      cell: Uint32Array.from(served)
        .filter((cell) => cell > 0)
        .sort(),
    }),
    events: () => ({ timeMs: column(0), source: column(1), target: column(2) }) as unknown as EventColumns,
    holds: () => ({
      cell: Uint32Array.from(holds.cell ?? []),
      fromMs: Uint32Array.from(holds.fromMs ?? []),
      untilMs: Uint32Array.from(holds.untilMs ?? []),
    }),
  };
  // oxlint-disable-next-line typescript/no-explicit-any -- the tree of a file, read as anybody would
  const { notes, cells } = sib19(source, "memory") as { notes: string[]; cells: Iterable<any> };
  return { ...memory, notes, cells: [...cells] };
}

describe("what a cell broadcasts", () => {
  const { cells, track } = runOf(moving);

  test("has a block every 30 s for the cells that serve then", () => {
    expect(cells.map(({ cell, satellite, beam }) => [cell, satellite, beam])).toEqual([
      [1, "one", 0],
      [2, "one", 1],
      [3, "one", 2],
    ]);
    const times = cells[1].sib19.map(({ utc }: { utc: string }) => (Date.parse(utc) - START) / 1000);
    expect(times).toEqual([0, 30, 60]);
    const { "epochTime-r17": epoch } = cells[1].sib19[2]["ntn-Config-r17"];
    expect(epoch).toEqual({ "sfn-r17": 6000 - 5 * 1024, "subFrameNR-r17": 0 });
  });

  test("carries the satellite's state within half a step of 1.3 m and 0.06 m/s", () => {
    const state = new Float64Array(6);
    for (const [i, epochS] of [0, 30, 60].entries()) {
      stateAt(state, 0, track, 0, epochS);
      const { "positionVelocity-r17": sent } = cells[0].sib19[i]["ntn-Config-r17"]["ephemerisInfo-r17"];
      ["X", "Y", "Z"].forEach((axis, k) => {
        expect(Math.abs(sent[`position${axis}-r17`] * 1.3 - state[k])).toBeLessThanOrEqual(0.6501);
        expect(Math.abs(sent[`velocity${axis.replace(/^/, "V")}-r17`] * 0.06 - state[3 + k])).toBeLessThan(
          0.0301,
        );
      });
    }
  });

  test("moves its reference location with the satellite and never says when service ends", () => {
    const state = new Float64Array(6);
    const below = new Float64Array(3);
    stateAt(state, 0, track, 0, 30);
    ecefToGeodetic(below, 0, state[0], state[1], state[2]);
    const [block] = cells[1].sib19.slice(1);
    const place = block["movingReferenceLocation-r18"];
    // the middle cell of the row lies under the satellite
    expect((place.degreesLatitude * 90) / 2 ** 23).toBeCloseTo(Math.abs(below[0] / DEG), 3);
    expect(place.latitudeSign).toBe(below[0] < 0 ? "south" : "north");
    expect((place.degreesLongitude * 360) / 2 ** 24).toBeCloseTo(below[1] / DEG, 3);
    expect(block["distanceThresh-r17"]).toBe(120_000 / 50);
    expect(block).not.toHaveProperty("t-Service-r17");
    expect(block).not.toHaveProperty("referenceLocation-r17");
  });

  test("gives T1 from the first to the last change to a neighbour, in 10 ms since 1900 and 0.1 s", () => {
    const [to2] = cells[0].neighbours;
    expect(to2).toMatchObject({ cell: 2, changes: 2 });
    expect(to2["condEventT1-r17"]).toEqual({
      "t1-Threshold-r17": (SINCE_1900 + START / 1000) * 100 + 120,
      "duration-r17": 80,
    });
    expect(to2["condEventD2-r18"]).toEqual({
      "distanceThreshFromReference1-r18": 2400,
      "distanceThreshFromReference2-r18": 2400,
      "hysteresisLocation-r18": 0,
      "timeToTrigger-r18": "ms256",
    });
    expect(cells[1].neighbours.map((one: { changes: number }) => one.changes)).toEqual([1, 1]);
    expect(cells[1].neighbours[0]["condEventT1-r17"]["duration-r17"]).toBe(1);
  });
});

describe("what a cell that holds its place broadcasts", () => {
  const holds = { cell: [1, 1, 2], fromMs: [0, 25_000, 0], untilMs: [25_000, 65_000, 65_000] };
  const { cells } = runOf(moving, holds);

  test("says when it leaves within the run, and not where the run ends first", () => {
    const [first, second] = cells[0].sib19;
    expect(first["t-Service-r17"]).toBe((SINCE_1900 + START / 1000) * 100 + 2500);
    expect(first).toHaveProperty("referenceLocation-r17");
    expect(second).not.toHaveProperty("t-Service-r17");
    expect(second).toHaveProperty("referenceLocation-r17");
  });

  test("configures D1 with both places", () => {
    const { "condEventD1-r17": d1 } = cells[0].neighbours[0];
    // every field of CondTriggerConfig's condEventD1-r17
    expect(Object.keys(d1).sort()).toEqual([
      "distanceThreshFromReference1-r17",
      "distanceThreshFromReference2-r17",
      "hysteresisLocation-r17",
      "referenceLocation1-r17",
      "referenceLocation2-r17",
      "timeToTrigger-r17",
    ]);
    expect(d1["distanceThreshFromReference1-r17"]).toBe(2400);
    expect(d1["referenceLocation1-r17"].degreesLatitude).not.toBe(
      d1["referenceLocation2-r17"].degreesLatitude,
    );
  });
});

describe("hysteresis and time-to-trigger of D1 and D2", () => {
  const withRules = (handover: ScenarioInput["handover"]) => runOf({ ...moving, handover });
  const d2Of = ({ cells }: ReturnType<typeof runOf>) => cells[0].neighbours[0]["condEventD2-r18"];

  test("are those of the scenario, in 10 m and as the name of a number of ms", () => {
    const run = withRules({ distanceHysteresisKm: 1.25, timeToTriggerMs: 640 });
    expect(d2Of(run)).toMatchObject({ "hysteresisLocation-r18": 125, "timeToTrigger-r18": "ms640" });
    expect(run.notes.join(" ")).not.toContain("nearest");
  });

  test("are rounded with a note where RRC cannot carry them", () => {
    const run = withRules({ distanceHysteresisKm: 0.017, timeToTriggerMs: 200 });
    expect(d2Of(run)).toMatchObject({ "hysteresisLocation-r18": 2, "timeToTrigger-r18": "ms160" });
    expect(run.notes).toContain(
      "hysteresisLocation: 17 m is not a step of 10 m; nearest 20 m, which stands here; the run used the value given.",
    );
    expect(run.notes.at(-1)).toMatch(
      /^timeToTrigger: 200 ms is not one of its values; nearest 160 or 256 ms/,
    );
  });
});

const C = 299_792_458;
const relayed: Partial<ScenarioInput> = {
  ...moving,
  payload: { ...(moving.payload as object), processing: "transparent" } as ScenarioInput["payload"],
};

describe("the timing of a cell", () => {
  const place = { name: "g", latitudeDeg: -12, longitudeDeg: -31, heightM: 100 };
  const { cells, track, users, frames, notes } = runOf({
    ...relayed,
    gateways: { stations: [place], minElevationDeg: 5 },
  });
  const gateway = new Float64Array(3);
  geodeticToEcef(gateway, 0, place.latitudeDeg * DEG, place.longitudeDeg * DEG, place.heightM);
  const distance = (point: Float64Array, timeS: number) => {
    const state = new Float64Array(6);
    stateAt(state, 0, track, 0, timeS);
    return Math.hypot(state[0] - point[0], state[1] - point[1], state[2] - point[2]);
  };

  test("tells the feeder link's round trip, its drift and the drift's variant (TS 38.213 §4.2)", () => {
    for (const epochS of [0, 30]) {
      const { "ta-Info-r17": ta } = cells[0].sib19[epochS / 30]["ntn-Config-r17"];
      for (const [after, seconds] of [
        [0, 3e-9],
        [2, 30e-9],
        [4, 200e-9],
      ]) {
        const told =
          ta["ta-Common-r17"] * 4.072e-9 +
          ta["ta-CommonDrift-r17"] * 0.2e-9 * after +
          ta["ta-CommonDriftVariant-r17"] * 0.2e-10 * after ** 2;
        expect(Math.abs(told - (2 * distance(gateway, epochS + after)) / C)).toBeLessThan(seconds);
      }
    }
  });

  test("has a K-offset that no UE of the cell exceeds, and none that is 2 ms too long", () => {
    const point = new Float64Array(3);
    for (const { cell, sib19: blocks } of cells) {
      const longest = Math.max(
        ...[...users.latitude.keys()]
          .filter((ue) => cellOf(frames.cellState[30 * users.count + ue]) === cell)
          .map((ue) => {
            geodeticToEcef(point, 0, users.latitude[ue], users.longitude[ue], 0);
            return (2000 * (distance(point, 30) + distance(gateway, 30))) / C;
          }),
      );
      const told = blocks[1]["ntn-Config-r17"]["cellSpecificKoffset-r17"];
      expect(Number.isInteger(told)).toBe(true);
      expect(told).toBeGreaterThanOrEqual(longest);
      expect(told).toBeLessThan(longest + 2);
    }
    expect(notes.join(" ")).toMatch(
      /reference point is the gateway.*cellSpecificKoffset: the longest round trip/,
    );
  });

  test("has no common timing advance where the gNB is on board, and says so", () => {
    const board = runOf({
      ...moving,
      payload: { ...(moving.payload as object), processing: "regenerative" } as never,
    });
    const config = board.cells[0].sib19[1]["ntn-Config-r17"];
    expect(config).not.toHaveProperty("ta-Info-r17");
    // 600 km up and down are 4.0 ms
    expect(config["cellSpecificKoffset-r17"]).toBe(5);
    expect(board.notes.join(" ")).toContain("the gNB is on board");
  });

  test("is left out with the reason where the run does not follow the way to the gateway", () => {
    const run = runOf({ ...relayed, gateways: { stations: [place], interSatelliteLinks: true } });
    const config = run.cells[0].sib19[1]["ntn-Config-r17"];
    expect(config).not.toHaveProperty("ta-Info-r17");
    expect(config).not.toHaveProperty("cellSpecificKoffset-r17");
    expect(run.notes).toContainEqual(
      expect.stringMatching(/^ta-Info and cellSpecificKoffset are left out: .* other satellites/),
    );
  });
});

test("codes points of the ellipsoid as TS 23.032 does", () => {
  expect(ellipsoidPoint(0, 0)).toEqual({ latitudeSign: "north", degreesLatitude: 0, degreesLongitude: 0 });
  expect(ellipsoidPoint(90 * DEG, 180 * DEG)).toEqual({
    latitudeSign: "north",
    degreesLatitude: 2 ** 23 - 1,
    degreesLongitude: 2 ** 23 - 1,
  });
  expect(ellipsoidPoint(-45 * DEG, -180 * DEG)).toEqual({
    latitudeSign: "south",
    degreesLatitude: 2 ** 22,
    degreesLongitude: -(2 ** 23),
  });
});
