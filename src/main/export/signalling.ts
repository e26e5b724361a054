import { BadInput } from "../../shared/errors.ts";
import { TRIGGERS } from "../../shared/frame.ts";
import { NO_PROCEDURE, OUTCOME_NAMES, STORM_KEYS } from "../../shared/storm.ts";
import { cellNames, type Source } from "./source.ts";
import { instants, integers, numbers, texts, type Table, type TableColumn } from "./table.ts";

/** Signalling per cell and second, in the order (cell, second). */
export function storm(source: Source): Table {
  const { reader, record } = source;
  if (reader.signalling(record.run) === null) throw withoutSignalling(record.run);
  const all = reader.storm(record.run);
  const names = cellNames(source);
  const [cell, second, ...counts] = STORM_KEYS;
  return {
    rows: all[cell].length,
    columns: [
      integers(cell, all[cell]),
      texts("satellite", (row) => names.satellite(all[cell][row])),
      { name: "beam", kind: "integer", value: (row) => names.beam(all[cell][row]) },
      integers(second, all[second]),
      instants("utc", (row) => record.startMs + all[second][row] * 1000),
      ...counts.map((key) => integers(key, all[key])),
    ],
  };
}

/** Every cell change and what became of it; a reselection has no procedure. */
export function procedures(source: Source): Table {
  const { reader, record } = source;
  if (reader.signalling(record.run) === null) throw withoutSignalling(record.run);
  const events = reader.events(record.run);
  const { outcome, ...all } = reader.procedures(record.run);
  const none = (row: number) => outcome[row] === NO_PROCEDURE;
  const has = ({ value, ...column }: TableColumn): TableColumn => ({
    ...column,
    value: (row) => (none(row) ? null : value(row)),
  });
  const seconds = (name: string, ms: ArrayLike<number>) =>
    has({ name, kind: "double", value: (row) => (Number.isNaN(ms[row]) ? null : ms[row] / 1000) });
  return {
    rows: events.ue.length,
    columns: [
      { name: "timeS", kind: "double", value: (row) => events.timeMs[row] / 1000 },
      instants("utc", (row) => record.startMs + events.timeMs[row]),
      integers("ue", events.ue),
      integers("sourceCell", events.source),
      integers("targetCell", events.target),
      texts("trigger", (row) => TRIGGERS[events.trigger[row]]),
      texts("outcome", (row) => (none(row) ? null : OUTCOME_NAMES[outcome[row]])),
      seconds("startS", all.startMs),
      seconds("endS", all.endMs),
      has(numbers("interruptionDownMs", all.downMs as Float32Array)),
      has(numbers("interruptionUpMs", all.upMs as Float32Array)),
      ...["messages", "bytes", "tries"].map((key) => has(integers(key, all[key]))),
      integers("pingPong", events.pingPong),
    ],
  };
}

export const withoutSignalling = (run: string) =>
  new BadInput([
    {
      field: "table",
      reason: `run ${run} has no signalling: it is counted after the last step, and not in runs of earlier versions`,
      remedy: "Wait for the run to finish or resume it; plan a run of an earlier version again",
    },
  ]);
