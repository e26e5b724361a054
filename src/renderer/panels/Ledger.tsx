import { X } from "lucide-react";
import { useMemo, useState } from "react";
import { useStore } from "zustand";
import { OUTCOME_NAMES } from "../../shared/storm.ts";
import { clock, seek } from "../session/clock.ts";
import type { LoadedRun } from "../session/loadRun.ts";
import { CATEGORIES, cellColour } from "../session/palette.ts";
import { curvesOf, fatesOf } from "../session/storm.ts";
import type { Curves, Storm } from "../session/storm.ts";
import { selectCell } from "../session/view.ts";
import { Button } from "../widgets/Button.tsx";
import { SavedChart } from "./SavedChart.tsx";
import type { Series } from "../widgets/Chart.tsx";
import { Table } from "../widgets/Table.tsx";
import type { TableColumn } from "../widgets/Table.tsx";
import { CellDwell } from "./CellDwell.tsx";
import { fixed, utcTime, whole } from "./format.ts";
import { mean, quantile } from "./quantities.ts";
import { Outcomes } from "./StormTotals.tsx";
import { Figure } from "./SummaryPanel.tsx";

interface Props {
  run: LoadedRun;
  storm: Storm;
  cell: number;
}

/** The signalling of one cell: curves, totals, and what became of its handovers. */
export function Ledger({ run, storm, cell }: Props) {
  const [asTable, setAsTable] = useState(false);
  const curves = useMemo(() => curvesOf(storm, cell), [storm, cell]);
  const busy = curves.messages.some((n) => n > 0) || curves.handoversIn.some((n) => n > 0);
  return (
    <section className="section" aria-labelledby="ledger-title" data-testid="ledger">
      <div className="section-head">
        <h2 id="ledger-title">
          <i className="swatch" style={{ background: cellColour(cell, run.record.beams) }} /> Cell {cell}
          <span className="quiet"> signalling</span>
        </h2>
        <Button pressed={asTable} disabled={!busy} onClick={() => setAsTable(!asTable)}>
          Show as table
        </Button>
        <Button
          kind="quiet"
          icon={<X size={14} aria-hidden="true" />}
          label="Clear the selection (Esc)"
          onClick={() => selectCell(null)}
        />
      </div>
      {busy ? (
        <>
          <Totals curves={curves} />
          <CellDwell run={run} cell={cell} />
          {asTable ? <SecondsTable run={run} curves={curves} /> : <CurveCharts curves={curves} />}
          <Ends run={run} storm={storm} cell={cell} />
        </>
      ) : (
        <p className="empty">No handover out of or into this cell in this run.</p>
      )}
    </section>
  );
}

const total = (curve: Float64Array) => curve.reduce((sum, n) => sum + n, 0);
const most = (curve: Float64Array) => curve.reduce((best, n) => Math.max(best, n), 0);

function Totals({ curves }: { curves: Curves }) {
  const tries = total(curves.tries);
  const collided = total(curves.collisions);
  return (
    <div className="figures three">
      <Figure value={whole(total(curves.handoversOut))} text="handovers out" />
      <Figure value={whole(total(curves.handoversIn))} text="handovers in" />
      <Figure value={whole(total(curves.drops))} text="messages dropped" />
      <Figure
        value={whole(total(curves.messages))}
        text={`messages, ${whole(total(curves.bytes) / 1000)} kB`}
      />
      <Figure value={whole(most(curves.queue))} text="waiting at most" />
      <Figure value={whole(tries)} text={`preambles, ${whole(collided)} collided`} />
    </div>
  );
}

const line = (title: string, colour: number, values: Float64Array): Series => ({
  title,
  colour: CATEGORIES[colour]!,
  values,
});

function CurveCharts({ curves }: { curves: Curves }) {
  const timeS = useStore(clock, (s) => s.timeS);
  const { x, charts } = useMemo(
    () => ({
      x: curves.messages.map((_, second) => second),
      charts: [
        {
          title: "Handovers per second",
          series: [line("out", 0, curves.handoversOut), line("in", 1, curves.handoversIn)],
        },
        { title: "Messages per second", series: [line("messages", 1, curves.messages)] },
        { title: "Longest queue, messages", series: [line("queue", 6, curves.queue)] },
        {
          title: "Preambles per second",
          series: [line("sent", 1, curves.tries), line("collided", 5, curves.collisions)],
        },
      ],
    }),
    [curves],
  );
  return charts.map(({ title, series }, i) => (
    <SavedChart
      key={title}
      title={title}
      xTitle="time since the start, s"
      xTitleBelow={i < charts.length - 1}
      x={x}
      series={series}
      height={i === charts.length - 1 ? 106 : 90}
      marker={timeS}
      onPick={seek}
    />
  ));
}

const ROWS = 60;

function secondColumns(run: LoadedRun, curves: Curves): TableColumn<number>[] {
  const number = (title: string, key: keyof Curves): TableColumn<number> => ({
    key,
    title,
    number: true,
    cell: (second) => whole(curves[key][second]),
  });
  return [
    {
      key: "at",
      title: "UTC",
      cell: (second) => (
        <Button kind="quiet" onClick={() => seek(second)}>
          {utcTime(run.record.startMs + 1000 * second).slice(0, 8)}
        </Button>
      ),
    },
    number("Out", "handoversOut"),
    number("In", "handoversIn"),
    number("Messages", "messages"),
    number("Queue", "queue"),
    number("Tries", "tries"),
    number("Drops", "drops"),
  ];
}

/** The busiest seconds of the cell, in order of time. */
function SecondsTable({ run, curves }: { run: LoadedRun; curves: Curves }) {
  const seconds = useMemo(() => busiest(curves), [curves]);
  return (
    <Table
      caption={`Signalling of the cell in its busiest seconds, at most ${ROWS}`}
      columns={secondColumns(run, curves)}
      rows={seconds}
      rowKey={String}
    />
  );
}

function busiest({ messages, handoversOut, handoversIn }: Curves): number[] {
  const load = messages.map((n, i) => n + handoversOut[i]! + handoversIn[i]!);
  return Array.from(load.keys())
    .filter((second) => load[second]! > 0)
    .toSorted((a, b) => load[b]! - load[a]!)
    .slice(0, ROWS)
    .toSorted((a, b) => a - b);
}

function Ends({ run, storm, cell }: Props) {
  const { counts, downMs, upMs } = useMemo(
    () => fatesOf(storm.procedures, run.events, cell, OUTCOME_NAMES.length),
    [storm, run, cell],
  );
  const words = (sorted: Float32Array) =>
    sorted.length === 0
      ? "none"
      : `${fixed(mean(sorted), 1)} ms mean, 95 % at most ${fixed(quantile(sorted, 0.95), 1)} ms`;
  return (
    <>
      <Outcomes counts={counts} />
      <p className="facts">
        Interruption down: {words(downMs)}. Up: {words(upMs)}.
      </p>
    </>
  );
}
