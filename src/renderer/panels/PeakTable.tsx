import { useMemo } from "react";
import { useStore } from "zustand";
import { goTo } from "../session/goTo.ts";
import type { LoadedRun } from "../session/loadRun.ts";
import { view } from "../session/view.ts";
import { Button } from "../widgets/Button.tsx";
import { Table } from "../widgets/Table.tsx";
import type { TableColumn } from "../widgets/Table.tsx";
import { utcTime, whole } from "./format.ts";
import type { StormGrid } from "./stormGrid.ts";

const MOST = 40;

interface Peak {
  cell: number;
  second: number;
  value: number;
}

function columnsOf(run: LoadedRun, unit: string): TableColumn<Peak>[] {
  return [
    {
      key: "cell",
      title: "Cell",
      cell: (p) => (
        <Button kind="quiet" onClick={() => goTo(p.cell, p.second)}>
          {p.cell}
        </Button>
      ),
    },
    { key: "at", title: "UTC", cell: (p) => utcTime(run.record.startMs + 1000 * p.second).slice(0, 8) },
    { key: "value", title: `Peak, ${unit}`, number: true, cell: (p) => whole(p.value) },
  ];
}

/** The peak of every cell, the greatest first: what the map shows, for eyes and hands that a map does not suit. */
export function PeakTable({ run, map, unit }: { run: LoadedRun; map: StormGrid; unit: string }) {
  const chosen = useStore(view, (s) => s.cell);
  const peaks = useMemo(() => peaksOf(map), [map]);
  return (
    <>
      <Table
        caption="Peak of every cell, the greatest first"
        columns={columnsOf(run, unit)}
        rows={peaks}
        rowKey={(p) => String(p.cell)}
        marked={(p) => p.cell === chosen}
      />
      {map.ranking.cell.length > peaks.length && (
        <p className="quiet">
          {whole(peaks.length)} of {whole(map.ranking.cell.length)} cells
        </p>
      )}
    </>
  );
}

function peaksOf({ grid, ranking }: StormGrid): Peak[] {
  const { key, column, value, rowOf } = grid;
  const shown = ranking.peak.subarray(0, MOST).filter((peak) => peak > 0).length;
  const peaks: Peak[] = [];
  for (let i = 0; i < key.length; i++) {
    const row = rowOf[key[i]!]!;
    if (row < shown && value[i] === ranking.peak[row])
      peaks[row] ??= { cell: key[i]!, second: column[i]!, value: value[i]! };
  }
  return peaks;
}
