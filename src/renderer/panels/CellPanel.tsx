import { X } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { useStore } from "zustand";
import { cellSatellite } from "../../shared/frame.ts";
import { call } from "../session/client.ts";
import { clock, seek } from "../session/clock.ts";
import type { LoadedRun } from "../session/loadRun.ts";
import { cellColour } from "../session/palette.ts";
import { runs } from "../session/runs.ts";
import { selectCell, selectSatellite, view } from "../session/view.ts";
import { Button } from "../widgets/Button.tsx";
import { BUSIEST, CellTable } from "./CellTable.tsx";
import { cellRows } from "./cellRows.ts";
import { DownloadLink } from "./Exports.tsx";
import { SavedChart } from "./SavedChart.tsx";
import { Figure } from "./SummaryPanel.tsx";
import { Failure } from "./Problems.tsx";
import { Satellite } from "./Satellite.tsx";
import { utcTime, whole } from "./format.ts";

/** The chosen satellite and cell, and the cells with the most handovers. */
export function CellPanel() {
  const run = useStore(runs, (s) => s.current);
  const cell = useStore(view, (s) => s.cell);
  const satellite = useStore(view, (s) => s.satellite);
  if (!run) return <p className="empty">Open a run, then click a cell or a satellite on the globe.</p>;
  return (
    <div className="panel-body">
      {cell === null && satellite === null && (
        <p className="empty">Click a cell or a satellite on the globe, or choose a cell below.</p>
      )}
      {satellite !== null && <Satellite run={run} satellite={satellite} cell={cell} />}
      {cell !== null && <ChosenCell run={run} cell={cell} />}
      <BusiestCells run={run} chosen={cell} />
    </div>
  );
}

function ChosenCell({ run, cell }: { run: LoadedRun; cell: number }) {
  const { record, track } = run;
  const satellite = cellSatellite(cell, record.beams);
  const name = track.names[satellite];
  const load = useLoad(record.run, cell);
  return (
    <section className="section" aria-labelledby="cell-title" data-testid="cell">
      <div className="section-head">
        <h2 id="cell-title">
          <i className="swatch" style={{ background: cellColour(cell, record.beams) }} /> Cell {cell}
          {name === undefined ? (
            <span className="quiet">
              {run.cells.cell.includes(cell) ? "on the ground" : "not in this run"}
            </span>
          ) : (
            <span className="facts quiet">
              of{" "}
              <Button kind="quiet" title="Choose this satellite" onClick={() => selectSatellite(satellite)}>
                {name}
              </Button>
            </span>
          )}
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
      <SavedChart
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

function BusiestCells({ run, chosen }: { run: LoadedRun; chosen: number | null }) {
  const rows = useMemo(() => cellRows(run).slice(0, BUSIEST), [run]);
  return (
    <section className="section" aria-labelledby="busiest-title">
      <h2 id="busiest-title">Busiest cells</h2>
      <CellTable caption="Cells with the highest peak of handovers in a second" rows={rows} chosen={chosen} />
      {run.cells.cell.length > rows.length && (
        <p className="quiet">
          {whole(rows.length)} of {whole(run.cells.cell.length)} cells that served
        </p>
      )}
    </section>
  );
}
