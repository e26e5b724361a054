import { describe, expect, test } from "vitest";
import { createHandler } from "../../../src/main/host/http.ts";
import type { Services } from "../../../src/main/host/services.ts";
import { stateAt } from "../../../src/main/orbit/track.ts";
import { decodeColumns } from "../../../src/shared/columns.ts";
import type { Scenario } from "../../../src/shared/scenario.ts";
import { memoryRun } from "../../builders/memory-run.ts";
import { scenarioOf } from "../../builders/scenario.ts";

const DEG = Math.PI / 180;
const LEAST_DEG = 60;
const DURATION_S = 240;
/** over 0° E when the run starts */
const RAAN_DEG = 100.661;

/** Two satellites along the equator past stations that see each of them for a short while. */
const stations = [
  { name: "West", latitudeDeg: 0.5, longitudeDeg: 2 },
  { name: "Middle", latitudeDeg: -0.5, longitudeDeg: 5, heightM: 3000 },
  { name: "East", latitudeDeg: 0, longitudeDeg: 12 },
];
const equatorial = (processing: "transparent" | "regenerative") => {
  const plain = scenarioOf({
    time: { durationS: DURATION_S, markS: 100 },
    constellation: {
      kind: "circular",
      satellites: [0, 4].map((ahead) => ({
        id: `sat ${ahead}`,
        altitudeKm: 600,
        inclinationDeg: 0,
        argumentOfLatitudeDeg: ahead,
        raanDeg: RAAN_DEG,
      })),
    },
    gateways: { stations, minElevationDeg: LEAST_DEG },
    users: { count: 3, placement: { kind: "cells", atS: 30 } },
  });
  return { ...plain, payload: { ...plain.payload, processing } } as Scenario;
};

async function gatewaysOf(scenario: Scenario) {
  const kept = memoryRun(scenario);
  const handler = createHandler({ reader: kept.source } as unknown as Services);
  const answer = await handler(new Request("http://127.0.0.1/data/runs/memory/gateways"));
  expect(answer.status).toBe(200);
  return { ...kept, ...decodeColumns(await answer.arrayBuffer()) };
}

/** ECEF m and the vertical of a station on the ellipsoid of WGS 84, from its definition. */
function placed({ latitudeDeg, longitudeDeg, heightM = 0 }: (typeof stations)[number]) {
  const [a, b] = [6_378_137, 6_356_752.314_245];
  const [lat, lon] = [latitudeDeg * DEG, longitudeDeg * DEG];
  const n = (a * a) / Math.hypot(a * Math.cos(lat), b * Math.sin(lat));
  const up = [Math.cos(lat) * Math.cos(lon), Math.cos(lat) * Math.sin(lon), Math.sin(lat)];
  const radius = [n + heightM, n + heightM, n * (b / a) ** 2 + heightM];
  return { up, at: up.map((u, k) => u * radius[k]) };
}

function elevationDeg(station: (typeof stations)[number], satellite: Float64Array): number {
  const { up, at } = placed(station);
  const way = at.map((x, k) => satellite[k] - x);
  const rise = way.reduce((sum, x, k) => sum + x * up[k], 0);
  return Math.asin(rise / Math.hypot(...way)) / DEG;
}

describe("the gateways of a run", () => {
  test("stand where the scenario puts them, under their names", async () => {
    const { columns, meta } = await gatewaysOf(equatorial("transparent"));
    expect(meta).toEqual({ names: ["West", "Middle", "East"] });
    const wanted = stations.flatMap((station) => placed(station).at);
    expect(columns.position).toHaveLength(wanted.length);
    wanted.forEach((x, k) => expect(columns.position[k]).toBeCloseTo(x, 3));
  });

  test("work with the satellites as somebody finds who looks up every half second", async () => {
    const { columns, track } = await gatewaysOf(equatorial("transparent"));
    const { start, fromS, gateway } = columns;
    const used = new Set<number>();
    const state = new Float64Array(6);
    expect(start).toHaveLength(track.count + 1);
    expect(start[track.count]).toBe(gateway.length);
    for (let s = 0; s < track.count; s++) {
      expect(fromS[start[s]]).toBe(0);
      let held = -1;
      for (let at = 0; at <= DURATION_S; at += 0.5) {
        stateAt(state, 0, track, s, at);
        const seen = stations.map((station) => elevationDeg(station, state));
        const best = seen.indexOf(Math.max(...seen));
        if (held < 0 || seen[held] < LEAST_DEG) held = seen[best] >= LEAST_DEG ? best : -1;
        let link = start[s];
        while (link + 1 < start[s + 1] && fromS[link + 1] <= at) link++;
        const near = fromS
          .subarray(start[s], start[s + 1])
          .some((from) => from > 0 && Math.abs(from - at) < 0.5);
        if (!near) expect([s, at, gateway[link]]).toEqual([s, at, held]);
        used.add(gateway[link]);
      }
    }
    expect([...used].sort()).toEqual([-1, 0, 1, 2]);
  });

  test("have no links where satellites need none, and are none where the scenario has none", async () => {
    const regenerative = await gatewaysOf(equatorial("regenerative"));
    expect(regenerative.meta).toEqual({ names: ["West", "Middle", "East"] });
    expect(regenerative.columns).toMatchObject({ start: new Uint32Array(0), gateway: new Int16Array(0) });
    const none = await gatewaysOf(scenarioOf());
    expect(none.meta).toEqual({ names: [] });
    for (const column of Object.values(none.columns)) expect(column).toHaveLength(0);
  });
});
