import { parse } from "csv-parse/sync";
import { parquetMetadata, parquetReadObjects, parquetSchema } from "hyparquet";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { csv } from "../../../src/main/export/csv.ts";
import { exportTable } from "../../../src/main/export/export.ts";
import { parquet } from "../../../src/main/export/parquet.ts";
import { integers, numbers, shortest, texts, type Table } from "../../../src/main/export/table.ts";
import { encoded } from "../../../src/main/export/text.ts";
import { DATASET_COLUMNS } from "../../../src/shared/dataset.ts";
import { BadInput } from "../../../src/shared/errors.ts";
import { TRIGGERS } from "../../../src/shared/frame.ts";
import { ROW_TABLES, type ExportTable } from "../../../src/shared/operations.ts";
import { AWKWARD, events, Kept, mark, RUN, START_MS, stateOf, storm, UES, users } from "./kept-run.ts";

let kept: Kept;
beforeAll(() => {
  kept = new Kept();
});
afterAll(() => kept.close());

const rowsOf = (table: ExportTable): Record<string, string>[] =>
  parse(kept.text(table, "csv"), { columns: true });
const buffer = (bytes: Uint8Array) => Uint8Array.from(bytes).buffer;
const parquetRows = (bytes: Uint8Array) => parquetReadObjects({ file: buffer(bytes) });

/** A value of Parquet as CSV writes it. */
function asText(value: unknown): string {
  if (value === null || value === undefined) return "";
  return value instanceof Date ? value.toISOString() : String(value);
}

describe("an exported table", () => {
  it.each(ROW_TABLES)("%s holds the same values in CSV and in Parquet", async (table) => {
    const lines: string[][] = parse(kept.text(table, "csv"));
    const rows = await parquetRows(kept.bytes(table, "parquet"));
    expect(lines.length).toBeGreaterThan(1);
    // a float32 comes back as a float64 with more digits
    const rounded = (v: unknown) => (typeof v === "number" && Math.fround(v) === v ? shortest(v) : v);
    expect(rows.map((row) => Object.values(row).map((v) => asText(rounded(v))))).toEqual(
      lines
        .slice(1)
        .map((line) =>
          line.map((text) =>
            text !== "" && Math.fround(Number(text)) === Number(text) ? String(shortest(Number(text))) : text,
          ),
        ),
    );
  });

  it.each(ROW_TABLES)("%s has the same bytes every time", (table) => {
    for (const format of ["csv", "parquet"] as const)
      expect(kept.bytes(table, format)).toEqual(kept.bytes(table, format));
  });

  it("of the data set carries the UE and Table 1 with its titles and units, cluster, distance and label", () => {
    const [heading] = kept.text("dataset", "csv").split("\r\n");
    const titles = DATASET_COLUMNS.map(({ title, unit }) => (unit === "1" ? title : `${title} [${unit}]`));
    expect(heading.split(",")).toEqual([
      "ue",
      ...titles,
      "Cluster",
      "Distance to the centroid [km]",
      "label",
    ]);
    expect(heading).toContain("Spectral Flux Density [dBW·m⁻²·Hz⁻¹]");
    const rows = rowsOf("dataset");
    expect(rows.map((row) => row.ue)).toEqual(["0", "1", "2", "3", "4", "5"]);
    for (const { key, title, unit } of DATASET_COLUMNS)
      for (let ue = 0; ue < UES - 1; ue++)
        expect(Number(rows[ue][unit === "1" ? title : `${title} [${unit}]`])).toBe(mark[key][ue]);
    expect(rows[1]).toMatchObject({ Cluster: "1", "Distance to the centroid [km]": "10", label: "1" });
    expect(new Set(Object.values({ ...rows[UES - 1], ue: "" }))).toEqual(new Set([""]));
  });

  it("of the UEs has the place of the uncovered too, the class by name, and no value where there is none", () => {
    const rows = rowsOf("ues");
    expect(rows.map((row) => Number(row.latitudeDeg))).toEqual([...users.latitudeDeg]);
    expect(rows.map((row) => Number(row.longitudeDeg))).toEqual([...users.longitudeDeg]);
    expect(rows.map((row) => row.class)).toEqual(["vsat", "handheld", "vsat", "handheld", "vsat", "vsat"]);
    expect(rows[1]).toMatchObject({
      cluster: "1",
      label: "1",
      ready: "1",
      probability: "0.9",
      leaveS: "0.1",
    });
    expect(rows[5]).toMatchObject({ cluster: "", label: "", ready: "", probability: "", leaveS: "" });
  });

  it("of the events names satellites and tells time since the start and UTC", () => {
    expect(rowsOf("events")).toEqual(
      Array.from(events.ue, (ue, i) => ({
        timeS: String(events.timeMs[i] / 1000),
        utc: new Date(START_MS + events.timeMs[i]).toISOString(),
        ue: String(ue),
        sourceCell: String(events.source[i]),
        targetCell: String(events.target[i]),
        sourceSatellite: "44713",
        targetSatellite: events.target[i] > 3 ? "B 2" : "44713",
        rsrpSourceDbm: ["-104.5", "", "-99.9", "-120.25"][i],
        rsrpTargetDbm: ["-103.4", "-110", "-98.7", "-100"][i],
        trigger: i === 1 ? "reselection" : "A3",
        pingPong: i === 2 ? "1" : "0",
      })),
    );
  });

  it("of the load counts the handovers by second and cell, no reselections", () => {
    const counted = new Map<string, [number, number]>();
    const add = (cell: number, timeMs: number, k: 0 | 1) => {
      const key = `${Math.floor(timeMs / 1000)} ${cell}`;
      const both = counted.get(key) ?? [0, 0];
      both[k]++;
      counted.set(key, both);
    };
    events.timeMs.forEach((timeMs, i) => {
      if (TRIGGERS[events.trigger[i]] === "reselection") return;
      add(events.source[i], timeMs, 0);
      add(events.target[i], timeMs, 1);
    });
    const rows = rowsOf("load");
    expect(
      new Map(rows.map((r) => [`${r.second} ${r.cell}`, [Number(r.handoversOut), Number(r.handoversIn)]])),
    ).toEqual(counted);
    expect(rows.at(-1)).toMatchObject({
      second: "61",
      utc: "2026-01-01T00:01:01.000Z",
      cell: "6",
      satellite: "B 2",
      beam: "2",
    });
  });

  it("of the satellites follows them over the ground, within the run and until they are lost", () => {
    const rows = rowsOf("satellites");
    expect(rows.map((row) => `${row.satellite} ${row.timeS}`)).toEqual([
      "44713 0",
      "44713 30",
      "44713 60",
      "B 2 0",
      "B 2 30",
    ]);
    for (const row of rows) {
      const [x, y] = stateOf(row.satellite === "44713" ? 0 : 1, Number(row.timeS));
      expect(Number(row.longitudeDeg)).toBeCloseTo((Math.atan2(y, x) * 180) / Math.PI, 9);
      expect(Number(row.latitudeDeg)).toBeCloseTo(0, 9);
      expect(Number(row.altitudeKm)).toBeCloseTo(600, 6);
    }
    expect(rows[3].name).toBe(AWKWARD);
  });

  it("of the cells has the footprint at the marked instant", () => {
    expect(rowsOf("cells")[0]).toEqual({
      cell: "1",
      satellite: "44713",
      beam: "0",
      handoversOut: "1",
      handoversIn: "1",
      peakPerS: "1",
      latitudeDeg: "1",
      longitudeDeg: "10.5",
      semiMajorKm: "101",
      semiMinorKm: "50",
      azimuthDeg: "0",
    });
  });

  it("of the storm has the counts of each cell and second with who the cell belongs to", () => {
    const rows = rowsOf("storm");
    expect(rows).toHaveLength(storm.cell.length);
    expect(rows[2]).toEqual({
      cell: "4",
      satellite: "B 2",
      beam: "0",
      second: "1",
      utc: "2026-01-01T00:00:01.000Z",
      handoversOut: "0",
      handoversIn: "1",
      messages: "4",
      bytes: "500",
      tries: "3",
      collisions: "2",
      queue: "1",
      drops: "0",
    });
  });

  it("of the procedures joins every event with what became of it, and says nothing of a reselection", () => {
    const rows = rowsOf("procedures");
    expect(rows.map((row) => row.outcome)).toEqual(["success", "too-late", "too-early", ""]);
    expect(rows[1]).toEqual({
      timeS: "1",
      utc: "2026-01-01T00:00:01.000Z",
      ue: "3",
      sourceCell: "2",
      targetCell: "4",
      trigger: "reselection",
      outcome: "too-late",
      startS: "0.1",
      endS: "0.14125",
      interruptionDownMs: "21.5",
      interruptionUpMs: "19.25",
      messages: "10",
      bytes: "2001",
      tries: "1",
      pingPong: "0",
    });
    const filled = Object.keys(rows[3]).filter((key) => rows[3][key] !== "");
    expect(filled).toEqual(["timeS", "utc", "ue", "sourceCell", "targetCell", "trigger", "pingPong"]);
  });

  it("of what cells broadcast is JSON, a cell at a time, under a heading with the units", () => {
    const cells = [{ cell: 1, sib19: [] }, { cell: 4 }];
    const { chunks, type, name } = exportTable(kept.reader, RUN, "sib19", "json", {
      sib19: () => ({ notes: ["said of all"], cells }),
    });
    expect([type, name]).toEqual(["application/json", `${RUN}-sib19.json`]);
    const { units, ...file } = JSON.parse(Buffer.concat([...(chunks as Iterable<Uint8Array>)]).toString());
    expect(file).toMatchObject({
      run: RUN,
      startUtc: new Date(START_MS).toISOString(),
      notes: ["said of all"],
      cells,
    });
    expect(units.position).toBe("1.3 m, ECEF");
  });

  it("of the metrics puts what depends on the machine last", () => {
    const [first, second] = rowsOf("metrics");
    expect(Object.keys(first).slice(-2)).toEqual(["trainS", "predictS"]);
    expect(first).toMatchObject({
      classifier: "logistic",
      ablation: "none",
      accuracy: "0.9",
      "importance.distanceKm": "0.4",
      "importance.cluster": "",
    });
    expect(second.classifier).toBe("forest");
  });
});

describe("an export that makes no sense", () => {
  const refused = (action: () => unknown) => {
    try {
      action();
    } catch (error) {
      if (error instanceof BadInput) return error.problems;
      throw error;
    }
    throw new Error("was not refused");
  };

  it("is refused with the formats that do", () => {
    expect(refused(() => exportTable(kept.reader, RUN, "load", "kml"))).toEqual([
      {
        field: "format",
        reason: "kml cannot hold the table load",
        remedy: "Export load as csv, parquet, or one of satellites, ues, cells, events as kml",
      },
    ]);
  });

  it("of a data set that is not there yet is refused, the UEs are not", () => {
    const early = new Kept(false);
    const [problem] = refused(() => early.bytes("dataset", "csv"));
    expect(problem.reason).toContain("no data set");
    for (const table of ["storm", "procedures"] as const)
      expect(refused(() => early.bytes(table, "csv"))[0].reason).toContain("no signalling");
    expect(parse(early.text("ues", "csv"), { columns: true })).toHaveLength(UES);
    expect(parse(early.text("metrics", "csv"))).toHaveLength(1);
    early.close();
  });
});

describe("a large table", () => {
  const rows = 150_000;
  const level = Float32Array.from({ length: rows }, (_, i) => (i % 7 === 0 ? Number.NaN : i / 10));
  const large: Table = {
    rows,
    columns: [
      integers(
        "id",
        Uint32Array.from({ length: rows }, (_, i) => i),
      ),
      numbers("level", level),
      texts("name", (i) => `n${i % 10}`),
    ],
  };

  it("is written in small pieces", () => {
    const sizes = Array.from(encoded(csv(large)), (chunk) => chunk.length);
    expect(sizes.length).toBeGreaterThan(20);
    expect(Math.max(...sizes)).toBeLessThan(70_000);
  });

  it("comes back whole from the row groups of Parquet", async () => {
    const pieces = [...parquet(large)];
    const bytes = Buffer.concat(pieces);
    const metadata = parquetMetadata(buffer(bytes));
    expect(metadata.row_groups).toHaveLength(3);
    expect(parquetSchema(metadata).children.map(({ element }) => element.type)).toEqual([
      "INT32",
      "FLOAT",
      "BYTE_ARRAY",
    ]);
    const back = await parquetRows(bytes);
    expect(back).toHaveLength(rows);
    for (const i of [0, 1, 65_535, 65_536, 131_072, rows - 1])
      expect(back[i]).toEqual({ id: i, level: i % 7 === 0 ? null : level[i], name: `n${i % 10}` });
  });
});
