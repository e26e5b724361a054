import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exportTable } from "../../../src/main/export/export.ts";
import { RunReader } from "../../../src/main/store/reader.ts";
import { RunWriter } from "../../../src/main/store/writer.ts";
import type { FootprintSource } from "../../../src/shared/footprint.ts";
import type { Columns } from "../../../src/shared/columns.ts";
import { DATASET_COLUMNS } from "../../../src/shared/dataset.ts";
import type { ExportFormat, ExportTable } from "../../../src/shared/operations.ts";
import { metricsOf } from "../../builders/summary.ts";
import { proceduresOf, stormOf, stormSummary } from "../../builders/storm.ts";
import { scenarioOf } from "../../builders/scenario.ts";

export const RUN = "small-000001";
export const START_MS = Date.UTC(2026, 0, 1);
/** A name that every format has to escape in its own way. */
export const AWKWARD = 'A&B <"one">, zwei';
export const UES = 6;
const BEAMS = 3;
const KNOTS = 4;

export const users = {
  latitudeDeg: Float64Array.of(-12.5, 0, 0.1, 45.123456789, 89.9, -89.9),
  longitudeDeg: Float64Array.of(179.75, 0, -179.75, 2.25, 10, -10),
  userClass: Uint8Array.of(0, 1, 0, 1, 0, 0),
};

/** Uncovered UEs have no data: the last one is. */
const perUe = (value: (ue: number) => number) =>
  Float64Array.from({ length: UES }, (_, ue) => (ue === UES - 1 ? Number.NaN : value(ue)));

export const mark: Columns = {
  ...Object.fromEntries(DATASET_COLUMNS.map(({ key }, c) => [key, perUe((ue) => c + ue / 3)])),
  cluster: Uint8Array.of(0, 1, 2, 0, 1, 255),
  distanceKm: perUe((ue) => 10 * ue),
  label: Uint8Array.of(0, 1, 0, 1, 1, 255),
  ready: Uint8Array.of(0, 1, 0, 1, 0, 255),
  leaveS: Float32Array.of(1.5, 0.1, 3.25, Number.NaN, 7, Number.NaN),
  "probability.forest": Float32Array.of(0.1, 0.9, 0.2, 0.7, 0.5, Number.NaN),
  "probability.ann": new Float32Array(UES),
};

export const events = {
  timeMs: Uint32Array.of(200, 1000, 1200, 61_656),
  ue: Uint32Array.of(0, 3, 0, 2),
  source: Uint32Array.of(1, 2, 2, 3),
  target: Uint32Array.of(2, 4, 1, 6),
  rsrpSource: Float32Array.of(-104.5, Number.NaN, -99.9, -120.25),
  rsrpTarget: Float32Array.of(-103.4, -110, -98.7, -100),
  trigger: Uint8Array.of(0, 1, 0, 0),
  pingPong: Uint8Array.of(0, 0, 1, 0),
};

export const storm = stormOf([
  [1, 0, 1, 0, 9, 2000, 1, 0, 0, 0],
  [2, 1, 1, 0, 5, 1500, 0, 0, 4, 2],
  [4, 1, 0, 1, 4, 500, 3, 2, 1, 0],
]);
export const procedures = proceduresOf(4);

const R = 6_978_137;
const RATE = 0.00108;
/** Circles over the equator; the second satellite crosses the antimeridian and is lost after two knots. */
export function stateOf(satellite: number, timeS: number): number[] {
  const angle = RATE * timeS + (satellite === 0 ? 0 : 3.12);
  return [
    R * Math.cos(angle),
    R * Math.sin(angle),
    0,
    -R * RATE * Math.sin(angle),
    R * RATE * Math.cos(angle),
    0,
  ];
}

function track(): Float64Array {
  const state = new Float64Array(KNOTS * 2 * 6);
  for (let knot = 0; knot < KNOTS; knot++)
    for (let s = 0; s < 2; s++)
      state.set(s === 1 && knot > 1 ? Array(6).fill(Number.NaN) : stateOf(s, 30 * knot), (knot * 2 + s) * 6);
  return state;
}

/** A square around a centre that moves; cell 4 leaves the ground after the first minute, cell 6 has a pole inside. */
export const footprints: FootprintSource = (cell, timeS) => {
  if (cell === 4 && timeS > 60) return null;
  const [latitudeDeg, longitudeDeg] =
    cell === 6 ? [89, 0] : [cell, cell === 3 ? 180 : 10 * cell + timeS / 60];
  const around = (i: number): [number, number] => [longitudeDeg + Math.cos(i), latitudeDeg + Math.sin(i)];
  const pole = (i: number): [number, number] => [((60 * i + 180) % 360) - 180, 85];
  const ring = Array.from({ length: 6 }, (_, i) => (cell === 6 ? pole(i) : around(i)));
  const azimuthDeg = (170 + timeS / 3) % 180;
  return {
    latitudeDeg,
    longitudeDeg,
    semiMajorKm: 100 + cell,
    semiMinorKm: 50,
    azimuthDeg,
    ring: cell === 5 ? [] : ring,
  };
};

/** A database with one finished run of known content. */
export class Kept {
  readonly folder = mkdtempSync(join(tmpdir(), "beamwalk-export-"));
  readonly reader: RunReader;

  constructor(learned = true) {
    const path = join(this.folder, "runs.db");
    const writer = new RunWriter(path);
    begin(writer);
    if (learned) {
      const models = ["forest", "logistic"].map((name) => ({
        name,
        ablation: "none",
        onnx: Uint8Array.of(1),
        card: {},
        metrics: metricsOf(name),
      }));
      const predicted = {
        ue: Uint32Array.of(1),
        cell: Uint32Array.of(2),
        atS: Float32Array.of(5),
        ready: Uint8Array.of(1),
        probability: Float32Array.of(0.9),
      };
      writer.saveLearning(RUN, {
        ueColumns: mark,
        centroids: [{ latitudeDeg: 0, longitudeDeg: 0, ues: UES }],
        wcss: [1],
        k: 1,
        models,
        predicted,
      });
      writer.saveSignalling(RUN, { storm, procedures, summary: stormSummary() });
      writer.finish(RUN, "finished", null);
    }
    writer.close();
    this.reader = new RunReader(path);
  }

  bytes(table: ExportTable, format: ExportFormat): Uint8Array {
    return bytesOf(this.reader, table, format);
  }

  text(table: ExportTable, format: ExportFormat): string {
    return new TextDecoder().decode(this.bytes(table, format));
  }

  close(): void {
    this.reader.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export function bytesOf(reader: RunReader, table: ExportTable, format: ExportFormat): Uint8Array {
  return Buffer.concat([
    ...(exportTable(reader, RUN, table, format, { footprint: footprints }).chunks as Iterable<Uint8Array>),
  ]);
}

function begin(writer: RunWriter): void {
  const classes = [
    { name: "vsat" as const, share: 1 },
    { name: "handheld" as const, share: 1 },
  ];
  const scenario = scenarioOf({
    users: { count: UES, placement: { kind: "cells", atS: 30 }, classes },
    gateways: {
      stations: [
        { name: "north", latitudeDeg: 60, longitudeDeg: 10 },
        { name: "south", latitudeDeg: -30, longitudeDeg: 20 },
      ],
    },
  });
  writer.begin({
    run: RUN,
    scenario: "small",
    title: "",
    scenarioText: JSON.stringify(scenario),
    elementsName: null,
    elementsText: null,
    seed: 1,
    version: "0.0.0",
    startMs: START_MS,
    durationS: 75,
    stepS: 25,
    markS: 30,
    ues: UES,
    satellites: 2,
    beams: BEAMS,
    stepsTotal: 4,
    satelliteIds: ["44713", "B 2"],
    satelliteNames: ["plain", AWKWARD],
    lost: [null, "decayed"],
    track: { firstS: 0, knotS: 30, knots: KNOTS, state: track() },
    users,
    feederSwitches: {
      timeMs: Uint32Array.of(12_340, 50_000),
      satellite: Uint32Array.of(1, 0),
      from: Int16Array.of(0, 1),
      to: Int16Array.of(1, -1),
    },
  });
  writer.keepHolds(RUN, {
    cell: Uint32Array.of(2, 2, 5),
    fromMs: Uint32Array.of(0, 41_500, 0),
    untilMs: Uint32Array.of(41_500, 75_000, 75_000),
    latitudeDeg: Float64Array.of(1.5, 2.5, -3),
    longitudeDeg: Float64Array.of(179, -179.5, 0),
  });
  const cells = 4 * UES;
  const block = {
    firstStep: 0,
    steps: 4,
    ues: UES,
    cellState: new Uint32Array(cells),
    rsrp: new Int16Array(cells),
    sinr: new Int16Array(cells),
  };
  writer.append(RUN, {
    block,
    events,
    servedCells: Uint32Array.of(1, 2, 3, 4, 5, 6),
    state: new Uint8Array(1),
  });
}
