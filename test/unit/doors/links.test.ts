import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asyncBufferFromFile, parquetReadObjects } from "hyparquet";
import { afterAll, beforeEach, expect, test } from "vitest";
import { runTerminal } from "../../../src/main/host/terminal/terminal.ts";
import { FakeWorld } from "./fake-world.ts";

const folder = mkdtempSync(join(tmpdir(), "beamwalk-links-"));
const scenario = join(folder, "small.json");
writeFileSync(
  scenario,
  JSON.stringify({
    version: 1,
    name: "small",
    time: { start: "2026-03-01T00:00:00Z", durationS: 60, markS: 30 },
    constellation: {
      kind: "circular",
      satellites: [
        { id: "one", altitudeKm: 600, inclinationDeg: 53 },
        { id: "two", altitudeKm: 600, inclinationDeg: 53, argumentOfLatitudeDeg: 180 },
      ],
    },
    payload: { kind: "circular-cells", layout: "row", beams: 3, cellDiameterKm: 120, cellSpacingKm: 90 },
    users: { count: 30_000, placement: { kind: "cells", atS: 30 } },
  }),
);
afterAll(() => rmSync(folder, { recursive: true }));

let world: FakeWorld;
beforeEach(() => void (world = new FakeWorld()));
const links = (...args: string[]) => runTerminal(["links", scenario, ...args], world);

test("the links of a scenario are summed up in text, with what is left out", async () => {
  expect(await links()).toBe(0);
  expect(world.results).toContain("small at 30 s (2026-03-01T00:00:30.000Z)");
  expect(world.results).toMatch(/^30000 UEs: \d+ with a satellite in view, \d+ in the main lobe/m);
  expect(world.results).toMatch(/^\d of 2 satellites in view, \d+ links in [\d.]+ s, [\d.]+ ns each$/m);
  for (const level of ["C/N", "C/I", "SINR"])
    expect(world.results).toMatch(new RegExp(`^${level}( +-?\\d+\\.\\d\\d){5}$`, "m"));
  expect(world.results).toContain("Left out: drawn shadow fading");
});

test("a CSV file has one row per UE and beam within its first null, as many as the summary says", async () => {
  const file = join(folder, "links.csv");
  expect(await links("--at-s", "31.5", "-o", file, "--json")).toBe(0);
  const summary = JSON.parse(world.results);
  expect(summary).toMatchObject({ scenario: "small", timeS: 31.5, format: "csv", file, satellites: 2 });
  expect(summary.leftOut).toContain("shadow fading");
  const lines = readFileSync(file, "utf8").trimEnd().split("\r\n");
  expect(lines.length).toBe(summary.rows + 1);
  expect(summary.rows).toBeGreaterThan(65_536);
  expect(lines[0]).toMatch(/^ue,satellite,beam,cell,latitudeDeg,.*,rsrpDbm,best$/);
  expect(new Set(lines.slice(1).map((line) => line.split(",")[1]))).toEqual(new Set(["one", "two"]));
  expect(lines.filter((line) => line.endsWith(",1")).length).toBe(summary.uesInMainLobe);
});

test("a Parquet file has the rows of the CSV file", async () => {
  const [csv, parquet] = ["same.csv", "same.parquet"].map((name) => join(folder, name));
  expect(await links("-o", csv)).toBe(0);
  expect(await links("-o", parquet, "--format", "parquet")).toBe(0);
  expect(world.complaints).toContain("bytes of parquet");
  const rows = await parquetReadObjects({ file: await asyncBufferFromFile(parquet) });
  const lines = readFileSync(csv, "utf8").trimEnd().split("\r\n").slice(1);
  expect(rows.length).toBe(lines.length);
  for (let row = 0; row < rows.length; row += 997)
    expect(Object.values(rows[row]).join(",")).toBe(lines[row]);
});

test("everything wrong with the arguments is said at once", async () => {
  const args = [
    "links",
    join(folder, "no.json"),
    "--at-s",
    "soon",
    "--format",
    "xml",
    "--elements",
    "no.tle",
  ];
  expect(await runTerminal(args, world)).toBe(2);
  for (const field of ["scenario", "--at-s", "--format", "--elements"])
    expect(world.complaints).toMatch(new RegExp(`^${field}: `, "m"));
});

test("an instant outside the scenario and a file that cannot be written are bad input", async () => {
  expect(await links("--at-s", "61")).toBe(2);
  expect(world.complaints).toContain("--at-s: 61 s is not within the scenario. Give 0 … 60.");
  expect(await links("-o", join(folder, "no", "links.csv"))).toBe(2);
  expect(world.complaints).toContain("--output: ");
});

test("a file of more rows than anybody can read is refused before it is begun", async () => {
  const many = join(folder, "many.json");
  const input = JSON.parse(readFileSync(scenario, "utf8"));
  input.payload = { ...input.payload, layout: "hexagon", beams: 127, cellSpacingKm: 10 };
  input.users.count = 200_000;
  writeFileSync(many, JSON.stringify(input));
  const file = join(folder, "many.csv");
  expect(await runTerminal(["links", many, "-o", file], world)).toBe(2);
  expect(world.complaints).toMatch(/--output: the file would have \d{8} rows, more than 20000000\. /);
  expect(() => readFileSync(file)).toThrow();
});
