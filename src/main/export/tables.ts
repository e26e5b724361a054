import type { Columns } from "../../shared/columns.ts";
import { DATASET_COLUMNS, datasetHeading, FEATURE_COLUMNS } from "../../shared/dataset.ts";
import { BadInput } from "../../shared/errors.ts";
import { TRIGGERS } from "../../shared/frame.ts";
import { CLASSIFIERS, type ClassifierName } from "../../shared/mission.ts";
import type { RowTable } from "../../shared/operations.ts";
import type { ClassifierMetrics } from "../../shared/run.ts";
import { scenarioSchema } from "../../shared/scenario.ts";
import { groundTracks } from "./ground-track.ts";
import { cellNames, type Source } from "./source.ts";
import { procedures, storm } from "./signalling.ts";
import { instants, integers, numbers, texts, type Table, type TableColumn } from "./table.ts";

/** Missing in a column of bytes: cluster, label, ready. */
const NONE = 255;

/** The tables of a run, row by row; nothing is formatted before it is asked for. */
export const tables: Record<RowTable, (source: Source) => Table> = {
  satellites,
  ues,
  dataset,
  cells,
  events,
  load,
  storm,
  procedures,
  metrics,
  feeders,
  service,
};

function satellites(source: Source): Table {
  const { startMs } = source.record;
  const { ids, names, satellite, timeS, geodetic } = groundTracks(source);
  const at = (name: string, k: number): TableColumn => ({
    name,
    kind: "double",
    value: (row) => geodetic[3 * row + k],
  });
  return {
    rows: satellite.length,
    columns: [
      texts("satellite", (row) => ids[satellite[row]]),
      texts("name", (row) => names[satellite[row]]),
      numbers("timeS", timeS),
      instants("utc", (row) => startMs + timeS[row] * 1000),
      at("latitudeDeg", 0),
      at("longitudeDeg", 1),
      at("altitudeKm", 2),
    ],
  };
}

const ueIds: TableColumn = { name: "ue", kind: "integer", value: (row) => row };

function ues({ reader, record }: Source): Table {
  const all = reader.ues(record.run);
  const classes = userClasses(reader.scenarioText(record.run).scenarioText);
  const bytes = ["cluster", "label", "ready"]
    .filter((key) => key in all)
    .map((key) => integers(key, all[key], NONE));
  const singles = ["probability", "leaveS"]
    .filter((key) => key in all)
    .map((key) => numbers(key, all[key] as Float32Array));
  return {
    rows: record.ues,
    columns: [
      ueIds,
      numbers("latitudeDeg", all.latitudeDeg as Float64Array),
      numbers("longitudeDeg", all.longitudeDeg as Float64Array),
      texts("class", (row) => classes[all.userClass[row]].name),
      texts("motion", (row) => classes[all.userClass[row]].motion),
      ...["headingDeg", "speedMS"]
        .filter((key) => key in all)
        .map((key) => numbers(key, all[key] as Float32Array)),
      ...bytes,
      ...singles,
    ],
  };
}

const userClasses = (scenario: string) =>
  scenarioSchema.shape.users.parse(JSON.parse(scenario.replace(/^\uFEFF/, "")).users).classes;

function dataset({ reader, record }: Source): Table {
  const all = reader.dataset(record.run);
  if (!(DATASET_COLUMNS[0].key in all)) throw notYet(record.run, record.markS);
  const columns = FEATURE_COLUMNS.map((column) => ({
    ...datasetColumn(column.key, all),
    title: datasetHeading(column),
  }));
  return { rows: record.ues, columns: [ueIds, ...columns, integers("label", all.label, NONE)] };
}

const datasetColumn = (key: string, all: Columns) =>
  all[key] instanceof Uint8Array ? integers(key, all[key], NONE) : numbers(key, all[key] as Float64Array);

const notYet = (run: string, markS: number) =>
  new BadInput([
    {
      field: "table",
      reason: `run ${run} has no data set: it is made after the last step, at the marked instant (${markS} s)`,
      remedy: "Wait for the run to finish, or resume it",
    },
  ]);

function cells(source: Source): Table {
  const { reader, record, footprint } = source;
  const { cell, handoversOut, handoversIn, peakPerS } = reader.cells(record.run);
  const names = cellNames(source);
  const marked = Array.from(cell, (number) => footprint(number, record.markS));
  const at = (
    key: "latitudeDeg" | "longitudeDeg" | "semiMajorKm" | "semiMinorKm" | "azimuthDeg",
  ): TableColumn => ({
    name: key,
    kind: "double",
    value: (row) => marked[row]?.[key] ?? null,
  });
  return {
    rows: cell.length,
    columns: [
      integers("cell", cell),
      ...(reader.scenario(record.run).terrestrial
        ? [texts("kind", (row) => (names.onGround(cell[row]) ? "ground" : "satellite"))]
        : []),
      texts("satellite", (row) => names.satellite(cell[row])),
      { name: "beam", kind: "integer", value: (row) => names.beam(cell[row]) },
      integers("handoversOut", handoversOut),
      integers("handoversIn", handoversIn),
      integers("peakPerS", peakPerS),
      at("latitudeDeg"),
      at("longitudeDeg"),
      at("semiMajorKm"),
      at("semiMinorKm"),
      at("azimuthDeg"),
    ],
  };
}

function events(source: Source): Table {
  const { reader, record } = source;
  const all = reader.events(record.run);
  const names = cellNames(source);
  return {
    rows: all.ue.length,
    columns: [
      { name: "timeS", kind: "double", value: (row) => all.timeMs[row] / 1000 },
      instants("utc", (row) => record.startMs + all.timeMs[row]),
      integers("ue", all.ue),
      integers("sourceCell", all.source),
      integers("targetCell", all.target),
      texts("sourceSatellite", (row) => names.satellite(all.source[row])),
      texts("targetSatellite", (row) => names.satellite(all.target[row])),
      numbers("rsrpSourceDbm", all.rsrpSource),
      numbers("rsrpTargetDbm", all.rsrpTarget),
      texts("trigger", (row) => TRIGGERS[all.trigger[row]]),
      integers("pingPong", all.pingPong),
    ],
  };
}

function load(source: Source): Table {
  const { reader, record } = source;
  const { second, cell, handoversOut, handoversIn } = reader.loadTable(record.run);
  const names = cellNames(source);
  return {
    rows: second.length,
    columns: [
      integers("second", second),
      instants("utc", (row) => record.startMs + second[row] * 1000),
      integers("cell", cell),
      texts("satellite", (row) => names.satellite(cell[row])),
      { name: "beam", kind: "integer", value: (row) => names.beam(cell[row]) },
      integers("handoversOut", handoversOut),
      integers("handoversIn", handoversIn),
    ],
  };
}

/** Quasi-earth-fixed cells that served somebody: the places they held, and for how long. */
function service(source: Source): Table {
  const { reader, record } = source;
  const { cell, fromMs, untilMs, latitudeDeg, longitudeDeg } = reader.holds(record.run);
  const names = cellNames(source);
  return {
    rows: cell.length,
    columns: [
      integers("cell", cell),
      texts("satellite", (row) => names.satellite(cell[row])),
      { name: "beam", kind: "integer", value: (row) => names.beam(cell[row]) },
      { name: "fromS", kind: "double", value: (row) => fromMs[row] / 1000 },
      { name: "untilS", kind: "double", value: (row) => untilMs[row] / 1000 },
      { name: "serviceS", kind: "double", value: (row) => (untilMs[row] - fromMs[row]) / 1000 },
      instants("fromUtc", (row) => record.startMs + fromMs[row]),
      numbers("latitudeDeg", latitudeDeg as Float64Array),
      numbers("longitudeDeg", longitudeDeg as Float64Array),
    ],
  };
}

/** Feeder-link switches: when a satellite went over to another gateway. */
function feeders({ reader, record }: Source): Table {
  const { timeMs, satellite, source, target } = reader.feederSwitches(record.run);
  const { ids } = reader.satellites(record.run).meta;
  const stations = reader.scenario(record.run).gateways?.stations ?? [];
  const name = (gateway: number) => stations[gateway]?.name ?? null;
  return {
    rows: timeMs.length,
    columns: [
      { name: "timeS", kind: "double", value: (row) => timeMs[row] / 1000 },
      instants("utc", (row) => record.startMs + timeMs[row]),
      texts("satellite", (row) => ids[satellite[row]]),
      texts("sourceGateway", (row) => name(source[row])),
      texts("targetGateway", (row) => name(target[row])),
    ],
  };
}

const METRICS = ["accuracy", "mse", "f1", "auc", "recall", "precision", "brier", "rocAuc"] as const;

/** One row for each classifier and choice of features; what depends on the machine stands last. */
function metrics({ reader, record }: Source): Table {
  const order = (name: string) => CLASSIFIERS.indexOf(name as ClassifierName);
  const all = reader.models(record.run).sort((a, b) => order(a.name) - order(b.name));
  const of = (
    name: string,
    kind: "integer" | "double",
    value: (m: ClassifierMetrics) => number | undefined,
  ): TableColumn => ({
    name,
    kind,
    value: (row) => value(all[row].metrics) ?? null,
  });
  return {
    rows: all.length,
    columns: [
      texts("classifier", (row) => all[row].name),
      texts("ablation", (row) => all[row].ablation),
      ...METRICS.map((key) => of(key, "double", (m) => m[key])),
      of("trainRows", "integer", (m) => m.trainRows),
      of("testRows", "integer", (m) => m.testRows),
      ...FEATURE_COLUMNS.map(({ key }) => of(`importance.${key}`, "double", (m) => m.importance[key])),
      of("trainS", "double", (m) => m.trainS),
      of("predictS", "double", (m) => m.predictS),
    ],
  };
}
