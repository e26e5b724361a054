import { X } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { useStore } from "zustand";
import { call } from "../session/client.ts";
import { clock, seek } from "../session/clock.ts";
import type { LoadedRun } from "../session/loadRun.ts";
import { cellColour } from "../session/palette.ts";
import { runs } from "../session/runs.ts";
import { selectCell, view } from "../session/view.ts";
import { Button } from "../widgets/Button.tsx";
import { Chart } from "../widgets/Chart.tsx";
import { Table } from "../widgets/Table.tsx";
import type { TableColumn } from "../widgets/Table.tsx";
import { DownloadLink } from "./Exports.tsx";
import { Figure } from "./SummaryPanel.tsx";
import { Failure } from "./Problems.tsx";
import { utcTime, whole } from "./format.ts";

/** The chosen cell; with none chosen, the cells with the most handovers. */
export function CellPanel() {
  const run = useStore(runs, (s) => s.current);
  const cell = useStore(view, (s) => s.cell);
  if (!run) return <p className="empty">Open a run, then click a cell on the globe.</p>;
  return (
    <div className="panel-body">
      {cell === null ? (
        <p className="empty">Click a cell on the globe, or choose one below.</p>
      ) : (
        <ChosenCell run={run} cell={cell} />
      )}
      <BusiestCells run={run} chosen={cell} />
    </div>
  );
}

function ChosenCell({ run, cell }: { run: LoadedRun; cell: number }) {
  const { record, track } = run;
  const satellite = track.names[Math.floor((cell - 1) / record.beams)];
  const load = useLoad(record.run, cell);
  return (
    <section className="section" aria-labelledby="cell-title" data-testid="cell">
      <div className="section-head">
        <h2 id="cell-title">
          <i className="swatch" style={{ background: cellColour(cell, record.beams) }} /> Cell {cell}
          <span className="quiet"> {satellite ?? "not in this run"}</span>
        </h2>
        <Button
          kind="quiet"
          icon={<X size={14} aria-hidden="true" />}
          label="Clear the selection (Esc)"
          onClick={() => selectCell(null)}
        />
      </div>
      {load?.error && <Failure title="No figures for this cell" error={load.error} />}
      {load?.value && <Load run={run} load={load.value} />}
      <div className="export">
        <DownloadLink run={record.run} table="load" format="csv" text="Load of all cells, CSV" />
        <DownloadLink run={record.run} table="events" format="csv" text="Events of all cells, CSV" />
      </div>
    </section>
  );
}

type CellLoad = { out: number[]; in: number[] };

/** Handovers of one cell by second; null while they are on their way. */
function useLoad(run: string, cell: number) {
  const [load, setLoad] = useState<{ key: string; value?: CellLoad; error?: Error } | null>(null);
  const key = `${run} ${cell}`;
  useEffect(() => {
    const stop = new AbortController();
    const answer = (found: { value: CellLoad } | { error: Error }) => {
      if (!stop.signal.aborted) setLoad({ key: `${run} ${cell}`, ...found });
    };
    call("runs.load", { run, cell }, stop.signal).then(
      (value) => answer({ value }),
      (error: Error) => answer({ error }),
    );
    return () => stop.abort();
  }, [run, cell]);
  return load?.key === key ? load : null;
}

const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);

function Load({ run, load }: { run: LoadedRun; load: CellLoad }) {
  const timeS = useStore(clock, (s) => s.timeS);
  const plot = useMemo(
    () => ({
      x: load.out.map((_, second) => second),
      series: [
        { title: "out", colour: "#ffb454", values: load.out },
        { title: "in", colour: "#4cc2ff", values: load.in },
      ],
    }),
    [load],
  );
  const peak = load.out.reduce((best, n, i) => (n > load.out[best]! ? i : best), 0);
  const now = Math.min(load.out.length - 1, Math.floor(timeS));
  const quiet = load.out.length === 0 || (sum(load.out) === 0 && sum(load.in) === 0);
  if (quiet) return <p className="empty">No handover out of or into this cell in this run.</p>;
  return (
    <>
      <div className="figures">
        <Figure value={whole(sum(load.out))} text="handovers out" />
        <Figure value={whole(sum(load.in))} text="handovers in" />
        <Figure value={whole(load.out[now])} text="out in this second" />
        <div className="figure">
          <b>{whole(load.out[peak])}</b>
          <span>
            peak, at{" "}
            <Button kind="quiet" onClick={() => seek(peak)}>
              {utcTime(run.record.startMs + 1000 * peak).slice(0, 8)}
            </Button>
          </span>
        </div>
      </div>
      <Chart
        title="Handovers per second"
        xTitle="time since the start, s"
        x={plot.x}
        series={plot.series}
        height={190}
        marker={timeS}
        onPick={seek}
      />
    </>
  );
}

const MOST = 12;

interface CellRow {
  cell: number;
  colour: string;
  out: number;
  in: number;
  peak: number;
}

const columns: TableColumn<CellRow>[] = [
  {
    key: "cell",
    title: "Cell",
    cell: (r) => (
      <Button kind="quiet" onClick={() => selectCell(r.cell)}>
        <i className="swatch" style={{ background: r.colour }} /> {r.cell}
      </Button>
    ),
  },
  { key: "peak", title: "Peak /s", number: true, cell: (r) => whole(r.peak) },
  { key: "out", title: "Out", number: true, cell: (r) => whole(r.out) },
  { key: "in", title: "In", number: true, cell: (r) => whole(r.in) },
];

function busiest(run: LoadedRun): CellRow[] {
  const { cell, handoversOut, handoversIn, peakPerS } = run.cells;
  return Array.from(cell, (number, i) => ({
    cell: number,
    colour: cellColour(number, run.record.beams),
    out: handoversOut[i]!,
    in: handoversIn[i]!,
    peak: peakPerS[i]!,
  }))
    .toSorted((a, b) => b.peak - a.peak || b.out - a.out || a.cell - b.cell)
    .slice(0, MOST);
}

function BusiestCells({ run, chosen }: { run: LoadedRun; chosen: number | null }) {
  const rows = useMemo(() => busiest(run), [run]);
  return (
    <section className="section" aria-labelledby="busiest-title">
      <h2 id="busiest-title">Busiest cells</h2>
      <Table
        caption="Cells with the highest peak of handovers in a second"
        columns={columns}
        rows={rows}
        rowKey={(r) => String(r.cell)}
        marked={(r) => r.cell === chosen}
      />
      {run.cells.cell.length > rows.length && (
        <p className="quiet">
          {whole(rows.length)} of {whole(run.cells.cell.length)} cells that served
        </p>
      )}
    </section>
  );
}
