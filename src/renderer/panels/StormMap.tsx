import { useCallback, useMemo, useState } from "react";
import { useStore } from "zustand";
import { clock } from "../session/clock.ts";
import { goTo } from "../session/goTo.ts";
import type { LoadedRun } from "../session/loadRun.ts";
import { noteError } from "../session/log.ts";
import { INFERNO } from "../session/palette.ts";
import { above, QUANTITIES } from "../session/storm.ts";
import type { Quantity, Storm } from "../session/storm.ts";
import { view } from "../session/view.ts";
import { Button } from "../widgets/Button.tsx";
import { HeatMap } from "../widgets/HeatMap.tsx";
import type { Spot } from "../widgets/HeatMap.tsx";
import { moved, zoomed } from "../widgets/pool.ts";
import type { Stretch } from "../widgets/pool.ts";
import { NumberField } from "../widgets/NumberField.tsx";
import { Select } from "../widgets/Select.tsx";
import { PeakTable } from "./PeakTable.tsx";
import { utcTime, whole } from "./format.ts";
import { WORDS } from "./quantities.ts";
import { fileName, saveText } from "./save.ts";
import "./stormMap.css";
import { useStormGrid } from "./stormGrid.ts";
import type { StormGrid } from "./stormGrid.ts";
import { stormCsv, stormPicture } from "./stormPicture.ts";
import { pngOf, saveBlob } from "./viewPicture.ts";

/** Cells × time in the colours of the chosen quantity, the busiest cells on top. */
export function StormMap({ run, storm }: { run: LoadedRun; storm: Storm }) {
  const [quantity, setQuantity] = useState<Quantity>("handovers");
  const [spot, setSpot] = useState<Spot | null>(null);
  const [asTable, setAsTable] = useState(false);
  const map = useStormGrid(storm, quantity);
  const words = WORDS[quantity];
  return (
    <section className="section" aria-labelledby="storm-title" data-testid="storm-map">
      <h2 id="storm-title">Storm: cells × time</h2>
      <div className="storm-head">
        <Select
          label="Quantity"
          quiet
          value={quantity}
          options={QUANTITIES.map((value) => ({ value, text: WORDS[value].menu }))}
          onChange={setQuantity}
        />
        <Button pressed={asTable} onClick={() => setAsTable(!asTable)}>
          Show as table
        </Button>
      </div>
      {map.peak === null ? (
        <p className="empty">No {words.one} in this run.</p>
      ) : asTable ? (
        <PeakTable run={run} map={map} unit={words.unit} />
      ) : (
        <>
          <Map key={storm.run} run={run} map={map} unit={words.unit} onPoint={setSpot} />
          <p className="storm-spot" data-testid="storm-spot">
            {say(run, map, words.one, spot)}
          </p>
          <Limit map={map} one={words.one} />
        </>
      )}
    </section>
  );
}

/** How long how many cells are above a limit of the user's. */
function Limit({ map: { grid, ranking }, one }: { map: StormGrid; one: string }) {
  const [limit, setLimit] = useState<number | null>(null);
  const given = limit !== null && !Number.isNaN(limit);
  const hurt = useMemo(() => (given ? above(grid.key, grid.value, limit) : null), [grid, limit, given]);
  return (
    <div className="storm-limit">
      <NumberField
        label={`Limit, ${one}`}
        value={limit}
        min={0}
        max={4_294_967_295}
        placeholder="none"
        onChange={setLimit}
      />
      <p className="facts" aria-live="polite">
        {hurt && (
          <>
            Above it for <b>{whole(hurt.seconds)}</b> s in all, in <b>{whole(hurt.cells)}</b> of{" "}
            {whole(ranking.cell.length)} cells
          </>
        )}
      </p>
    </div>
  );
}

interface MapProps {
  run: LoadedRun;
  map: StormGrid;
  unit: string;
  onPoint: (spot: Spot | null) => void;
}

const ZOOM = 2;

function Map({ run, map, unit, onPoint }: MapProps) {
  const { grid, ranking } = map;
  const { columns } = grid;
  const timeS = useStore(clock, (s) => s.timeS);
  const cell = useStore(view, (s) => s.cell);
  const { stretch, zoom, move, whole: wholeRun } = useStretch(columns);
  const row = cell === null ? -1 : ranking.cell.indexOf(cell);
  const most = grid.value[map.peak!]!;
  const { from, to } = stretch;
  const about = timeS >= from && timeS <= to ? timeS : (from + to) / 2;
  const utc = (second: number) => utcTime(run.record.startMs + 1000 * second).slice(0, 8);
  const name = (ending: string) => fileName(run.record.scenario, "storm", `${from}-${to}s.${ending}`);
  const savePng = () =>
    pngOf(stormPicture(run.record, map, stretch, unit)).then(
      (picture) => saveBlob(name("png"), picture),
      (error: Error) => noteError("The map was not saved", error),
    );
  return (
    <>
      <div className="storm-head" role="group" aria-label="Stretch of the map">
        <Button kind="quiet" onClick={() => zoom(1 / ZOOM, about)}>
          Zoom in
        </Button>
        <Button kind="quiet" disabled={to - from === columns} onClick={() => zoom(ZOOM, about)}>
          Zoom out
        </Button>
        <Button kind="quiet" disabled={to - from === columns} onClick={wholeRun}>
          Whole run
        </Button>
        <span className="storm-save">
          <Button
            kind="quiet"
            label={`PNG: ${unit} by cell and time`}
            title="Save this stretch of the map as PNG, on white"
            onClick={() => void savePng()}
          >
            PNG
          </Button>
          <Button
            kind="quiet"
            label={`CSV: ${unit} by cell and time`}
            title="Save what this stretch of the map shows as CSV"
            onClick={() => saveText(name("csv"), "text/csv", stormCsv(run.record, map, stretch, unit))}
          >
            CSV
          </Button>
        </span>
      </div>
      <HeatMap
        title={`${unit} by cell and time; the table holds its peaks`}
        grid={grid}
        stretch={stretch}
        ramp={INFERNO}
        most={most}
        marker={timeS <= columns ? timeS : null}
        chosen={row < 0 ? null : row}
        onPoint={onPoint}
        onPick={(spot) => goTo(ranking.cell[spot.row]!, spot.column)}
        onZoom={zoom}
        onMove={move}
      />
      <div className="heat-axis quiet">
        <span>{utc(from)}</span>
        <span>
          {whole(grid.rows)} {grid.rows === 1 ? "cell" : "cells"}, the busiest on top
        </span>
        <span>{utc(to)}</span>
      </div>
      <div className="legend">
        <div className="ramp" style={{ background: `linear-gradient(to right, ${INFERNO.join(", ")})` }} />
        <p className="ramp-ends">
          <span>&gt; 0</span>
          <span>{unit}</span>
          <span>{whole(most)}</span>
        </p>
      </div>
    </>
  );
}

/** The stretch of the run that the map shows. */
function useStretch(columns: number) {
  const [stretch, setStretch] = useState<Stretch>({ from: 0, to: columns });
  const zoom = useCallback(
    (factor: number, about: number) => setStretch((now) => zoomed(now, factor, about, columns)),
    [columns],
  );
  const move = useCallback((by: number) => setStretch((now) => moved(now, by, columns)), [columns]);
  const all = useCallback(() => setStretch({ from: 0, to: columns }), [columns]);
  return { stretch, zoom, move, whole: all };
}

/** What is under the pointer, in words; else the peak of the run. */
function say(run: LoadedRun, { grid, ranking, peak }: StormGrid, one: string, spot: Spot | null) {
  const utc = (second: number) => utcTime(run.record.startMs + 1000 * second).slice(0, 8);
  if (spot)
    return (
      <>
        Cell {ranking.cell[spot.row]}, {utc(spot.column)}:{" "}
        <b>{spot.entry < 0 ? "0" : whole(grid.value[spot.entry])}</b> {one}
      </>
    );
  const [cell, second] = [grid.key[peak!]!, grid.column[peak!]!];
  return (
    <>
      Peak:{" "}
      <Button kind="quiet" onClick={() => goTo(cell, second)}>
        cell {cell}, {utc(second)}
      </Button>
      : <b>{whole(grid.value[peak!])}</b> {one}
    </>
  );
}
