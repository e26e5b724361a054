import { useMemo, useState } from "react";
import { useStore } from "zustand";
import type { RunRecord } from "../../shared/run.ts";
import { clock, seek } from "../session/clock.ts";
import type { LoadedRun } from "../session/loadRun.ts";
import { CATEGORIES } from "../session/palette.ts";
import { runs } from "../session/runs.ts";
import { compareWith, curvesOf, storms } from "../session/storm.ts";
import type { Storm } from "../session/storm.ts";
import { SavedChart } from "./SavedChart.tsx";
import { Select } from "../widgets/Select.tsx";
import { utcDate, utcTime } from "./format.ts";
import { FiguresTable } from "./FiguresTable.tsx";

/** Another run of the same scenario on the same time axis. */
export function Compare({ run, storm }: { run: LoadedRun; storm: Storm }) {
  const list = useStore(runs, (s) => s.list);
  const other = useStore(storms, (s) => s.other);
  const [wanted, setWanted] = useState("");
  const { record } = run;
  const peers = (list ?? []).filter((r) => isPeer(record, r));
  if (peers.length === 0) return null;
  const options = peers.map((r) => ({
    value: r.run,
    text: `${r.run} · ${utcDate(r.createdMs)} ${utcTime(r.createdMs).slice(0, 5)}`,
  }));
  return (
    <section className="section" aria-labelledby="compare-title" data-testid="compare">
      <h2 id="compare-title">Beside another run</h2>
      <Select
        label="Other run of the scenario"
        quiet
        value={wanted}
        options={[{ value: "", text: "Choose a run of the same scenario" }, ...options]}
        onChange={(value) => {
          setWanted(value);
          compareWith(value || null);
        }}
      />
      {other !== null && other.run === wanted && <Both one={storm} other={other} />}
    </section>
  );
}

const isPeer = (a: RunRecord, b: RunRecord) =>
  a.run !== b.run && b.status === "finished" && a.scenario === b.scenario && a.durationS === b.durationS;

function Both({ one, other }: { one: Storm; other: Storm }) {
  const timeS = useStore(clock, (s) => s.timeS);
  const plot = useMemo(() => overlay([one, other]), [one, other]);
  if (!other.summary) return <p className="empty">That run was planned before signalling was counted.</p>;
  return (
    <>
      <SavedChart
        title="Handovers per second, all cells"
        xTitle="time since the start, s"
        x={plot.x}
        series={plot.series}
        height={150}
        marker={timeS}
        onPick={seek}
      />
      <FiguresTable
        caption="The two runs side by side"
        named={[one, other].map((storm) => ({ name: nameOf(storm), summary: storm.summary! }))}
      />
    </>
  );
}

const nameOf = ({ run, summary }: Storm) => `${summary?.strategy ?? ""} ${run.slice(-6)}`;

function overlay(both: Storm[]) {
  const seconds = Math.max(...both.map((storm) => storm.seconds));
  const series = both.map((storm, i) => {
    const values = new Float64Array(seconds);
    values.set(curvesOf(storm, null).handoversOut);
    return { title: nameOf(storm), colour: CATEGORIES[i]!, values };
  });
  return { x: Float64Array.from({ length: seconds }, (_, second) => second), series };
}
