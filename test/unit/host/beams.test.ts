import { describe, expect, test } from "vitest";
import { createHandler } from "../../../src/main/host/http.ts";
import type { Services } from "../../../src/main/host/services.ts";
import { decodeColumns } from "../../../src/shared/columns.ts";
import { type Scenario, scenarioSchema } from "../../../src/shared/scenario.ts";
import { memoryRun } from "../../builders/memory-run.ts";
import { scenarioOf } from "../../builders/scenario.ts";

async function planOf(scenario: Scenario) {
  const { source } = memoryRun(scenario);
  const handler = createHandler({ reader: source } as unknown as Services);
  const answer = await handler(new Request("http://127.0.0.1/data/runs/memory/beams"));
  expect(answer.status).toBe(200);
  const { columns, meta } = decodeColumns(await answer.arrayBuffer());
  const { channel, polarisation, siteChannel } = columns as Record<string, Uint8Array | undefined>;
  return { channel: channel!, polarisation: polarisation!, siteChannel: siteChannel!, meta };
}

/** Nineteen beams in a hexagon: one in the middle, a ring of six and one of twelve, each with its neighbours. */
function hexagon(reuse: 1 | 2 | 3): Scenario {
  const plain = scenarioOf({
    time: { durationS: 2, markS: 1 },
    users: { count: 3, placement: { kind: "cells", atS: 1 } },
  });
  const payload = {
    kind: "antenna",
    layout: "hexagon",
    beams: 19,
    apertureDiameterM: 1,
    processing: "regenerative",
    steering: { kind: "earth-moving" },
    pattern: { kind: "bessel" },
    spacingFactor: 1.7,
  };
  const radio = { ...plain.radio, frequencyReuse: reuse, bandwidthMHz: 30 };
  return { ...plain, payload, radio, coverage: { minElevationDeg: 17, minRsrpDbm: -140 } } as Scenario;
}

describe("the beams of a run", () => {
  test("share the band under reuse 3: the middle differs from all six around it, in two colours by turns", async () => {
    const { channel, polarisation, meta } = await planOf(hexagon(3));
    expect(channel).toHaveLength(19);
    expect(new Set(channel)).toEqual(new Set([0, 1, 2]));
    const ring = [...channel.subarray(1, 7)];
    expect(ring).not.toContain(channel[0]);
    ring.forEach((colour, i) => expect(colour).not.toBe(ring[(i + 1) % 6]));
    expect(polarisation.every((side) => side === 0)).toBe(true);
    expect(meta).toMatchObject({ channels: 3, channelHz: 10e6, siteChannels: 0 });
  });

  test("share two channels in two polarisations under reuse 2, and no neighbour both", async () => {
    const { channel, polarisation, meta } = await planOf(hexagon(2));
    const colour = (beam: number) => 2 * channel[beam]! + polarisation[beam]!;
    expect(new Set(Array.from(channel, (_, beam) => colour(beam))).size).toBe(4);
    for (let i = 1; i < 7; i++) {
      expect(colour(i)).not.toBe(colour(0));
      expect(colour(i)).not.toBe(colour((i % 6) + 1));
    }
    expect(meta).toMatchObject({ channels: 2, channelHz: 15e6 });
  });

  test("all use the whole band under reuse 1; the least elevation of the scenario comes along in rad", async () => {
    const { channel, meta } = await planOf(hexagon(1));
    expect(channel.every((c) => c === 0)).toBe(true);
    expect(meta).toMatchObject({ channels: 1, channelHz: 30e6 });
    expect(meta.minElevation).toBeCloseTo((17 * Math.PI) / 180, 12);
  });

  test("come with the channels of the sites on the ground", async () => {
    const layout = { kind: "hexagon", latitudeDeg: 0, longitudeDeg: 0, rings: 1, interSiteKm: 2 };
    const terrestrial = { layout, frequencyReuse: 3, bandwidthMHz: 60, frequencyGHz: 3.5 };
    const scenario = scenarioSchema.parse({ ...hexagon(1), terrestrial });
    const { siteChannel, meta } = await planOf(scenario);
    expect(siteChannel).toHaveLength(7);
    expect(new Set(siteChannel)).toEqual(new Set([0, 1, 2]));
    expect(meta).toMatchObject({ siteChannels: 3, siteChannelHz: 20e6 });
  });
});
