import { Play } from "lucide-react";
import { useMemo, useState } from "react";
import { useStore } from "zustand";
import type { RunRecord } from "../../shared/run.ts";
import { STRATEGIES } from "../../shared/scenario.ts";
import { clock, seek } from "../session/clock.ts";
import { isUnderWay, job, planBeside } from "../session/job.ts";
import type { LoadedRun } from "../session/loadRun.ts";
import { CATEGORIES } from "../session/palette.ts";
import { runs } from "../session/runs.ts";
import { compareWith, curvesOf, storms } from "../session/storm.ts";
import type { Storm } from "../session/storm.ts";
import { Button } from "../widgets/Button.tsx";
import { Select } from "../widgets/Select.tsx";
import { SavedChart } from "./SavedChart.tsx";
import { utcDate, utcTime } from "./format.ts";
import { FiguresTable } from "./FiguresTable.tsx";

/** So many runs stand beside the open one. */
const MOST = 5;

/** Other runs of the same scenario on the same time axis, and one more with another strategy. */
export function Compare({ run, storm }: { run: LoadedRun; storm: Storm }) {
  const list = useStore(runs, (s) => s.list);
  const others = useStore(storms, (s) => s.others);
  const [wanted, setWanted] = useState<readonly string[]>([]);
  const { record } = run;
  const peers = (list ?? []).filter((r) => isPeer(record, r));
  const toggle = (name: string) => {
    const chosen = wanted.includes(name) ? wanted.filter((one) => one !== name) : [...wanted, name];
    setWanted(chosen);
    compareWith(chosen);
  };
  const shown = useMemo(
    () => [storm, ...wanted.flatMap((name) => others.filter((other) => other.run === name))],
    [storm, wanted, others],
  );
  return (
    <section className="section" aria-labelledby="compare-title" data-testid="compare">
      <h2 id="compare-title">Beside other runs of the scenario</h2>
      <PlanBeside record={record} />
      {peers.length > 0 && (
        <div className="peers" role="group" aria-label={`Other runs of the scenario, ${MOST} at most`}>
          {peers.map((peer) => (
            <label key={peer.run} className="peer">
              <input
                type="checkbox"
                checked={wanted.includes(peer.run)}
                disabled={!wanted.includes(peer.run) && wanted.length >= MOST}
                onChange={() => toggle(peer.run)}
              />
              <span>{wordsOf(peer, record)}</span>
            </label>
          ))}
        </div>
      )}
      {shown.length > 1 && <SideBySide all={shown} />}
    </section>
  );
}

const isPeer = (a: RunRecord, b: RunRecord) =>
  a.run !== b.run && b.status === "finished" && a.scenario === b.scenario && a.durationS === b.durationS;

const strategyOf = ({ summary }: RunRecord) => summary?.signalling?.[0]?.strategy ?? "no signalling";

function wordsOf(peer: RunRecord, open: RunRecord): string {
  const unlike = [
    ...(peer.seed === open.seed ? [] : [`seed ${peer.seed}`]),
    ...(peer.ues === open.ues ? [] : [`${peer.ues.toLocaleString("en")} UEs`]),
  ];
  const planned = `${utcDate(peer.createdMs)} ${utcTime(peer.createdMs).slice(0, 5)}`;
  return [strategyOf(peer), peer.run, planned, ...unlike].join(" · ");
}

/** Starts the plan of the same UEs under another strategy. */
function PlanBeside({ record }: { record: RunRecord }) {
  const busy = useStore(job, (s) => isUnderWay(s.job));
  const left = STRATEGIES.filter((name) => name !== strategyOf(record));
  const [chosen, setChosen] = useState<(typeof STRATEGIES)[number]>("d1");
  const strategy = left.includes(chosen) ? chosen : left[0]!;
  return (
    <div className="plan-beside">
      <Select
        label="The same UEs by"
        value={strategy}
        options={left.map((value) => ({ value, text: value }))}
        onChange={setChosen}
      />
      <Button
        icon={<Play size={14} aria-hidden="true" />}
        disabled={busy}
        title="Plans this scenario and seed once more with that strategy; the new run opens, and this one can be laid beside it"
        onClick={() => void planBeside({ run: record.run, strategy })}
      >
        Plan
      </Button>
    </div>
  );
}

function SideBySide({ all }: { all: Storm[] }) {
  const timeS = useStore(clock, (s) => s.timeS);
  const counted = useMemo(() => all.filter(({ summary }) => summary !== null), [all]);
  const plot = useMemo(() => overlay(counted), [counted]);
  return (
    <>
      {counted.length < all.length && (
        <p className="empty">Runs planned before signalling was counted are left out.</p>
      )}
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
        caption="The runs side by side"
        named={counted.map((storm) => ({ name: nameOf(storm), summary: storm.summary! }))}
      />
    </>
  );
}

const nameOf = ({ run, summary }: Storm) => `${summary?.strategy ?? ""} ${run.slice(-6)}`;

function overlay(all: Storm[]) {
  const seconds = Math.max(...all.map((storm) => storm.seconds));
  const series = all.map((storm, i) => {
    const values = new Float64Array(seconds);
    values.set(curvesOf(storm, null).handoversOut);
    return { title: nameOf(storm), colour: CATEGORIES[i]!, values };
  });
  return { x: Float64Array.from({ length: seconds }, (_, second) => second), series };
}
