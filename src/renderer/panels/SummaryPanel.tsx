import { useStore } from "zustand";
import type { PlanSummary } from "../../shared/run.ts";
import { runs } from "../session/runs.ts";
import { seek } from "../session/clock.ts";
import { selectCell } from "../session/view.ts";
import { Button } from "../widgets/Button.tsx";
import { Clusters } from "./Clusters.tsx";
import { Classifiers } from "./Classifiers.tsx";
import { Exports } from "./Exports.tsx";
import { duration, fixed, percent, whole } from "./format.ts";

/** What the plan found. */
export function SummaryPanel() {
  const record = useStore(runs, (s) => s.current?.record);
  if (!record) return <p className="empty">Plan a scenario or open a run: its findings appear here.</p>;
  if (!record.summary)
    return (
      <div className="panel-body">
        <p className="empty">
          This run is {record.status}: {whole(record.stepsDone)} of {whole(record.stepsTotal)} steps are kept.
          The findings come when it has finished.
        </p>
        <Exports run={record.run} finished={false} />
      </div>
    );
  return (
    <div className="panel-body" data-testid="summary">
      <KeyFigures summary={record.summary} />
      <Clusters summary={record.summary} />
      <Classifiers summary={record.summary} />
      <Predicted summary={record.summary} />
      <Notes summary={record.summary} />
      <Exports run={record.run} finished />
      <Timings summary={record.summary} />
    </div>
  );
}

function KeyFigures({ summary }: { summary: PlanSummary }) {
  const { handovers: h } = summary;
  return (
    <section className="section" aria-labelledby="figures-title">
      <h2 id="figures-title">Handovers</h2>
      <div className="figures">
        <Figure value={whole(h.total)} text="handovers" />
        <Figure value={whole(h.peakPerS)} text="peak per second, out of one cell" />
        <Figure
          value={percent(summary.readyShare)}
          text="of the served UEs are labelled handover-ready at the mark"
        />
        <Figure value={percent(summary.uncoveredShare)} text="of UE-steps without service" />
      </div>
      <p className="facts">
        {h.total > 0 && (
          <>
            Peak in{" "}
            <Button
              kind="quiet"
              onClick={() => {
                selectCell(h.peakCell);
                seek(h.peakAtS);
              }}
            >
              cell {h.peakCell} at {duration(h.peakAtS)}
            </Button>
            .{" "}
          </>
        )}
        {whole(h.pingPong)} ping-pong, {whole(h.interSatellite)} between satellites.{" "}
        {h.reselections === 0
          ? "No reselections."
          : `Besides, ${whole(h.reselections)} reselections: the serving cell was no longer heard.`}
        {summary.lostSatellites.length > 0 &&
          ` ${whole(summary.lostSatellites.length)} satellites could not be propagated.`}
      </p>
    </section>
  );
}

export function Figure({ value, text }: { value: string; text: string }) {
  return (
    <div className="figure">
      <b>{value}</b>
      <span>{text}</span>
    </div>
  );
}

function Predicted({ summary }: { summary: PlanSummary }) {
  const { predicted: p } = summary;
  return (
    <section className="section" aria-labelledby="predicted-title">
      <h2 id="predicted-title">Predicted from the mark</h2>
      <p className="facts">
        <b>{whole(p.total)}</b> UEs will leave their cell, by geometry; the classifier calls{" "}
        <b>{whole(p.ready)}</b> of them ready. <b>{p.scored === 0 ? "none" : percent(p.hits / p.scored)}</b>{" "}
        of {whole(p.scored)} scored did leave in time; mean error{" "}
        <b>{p.meanAbsoluteErrorS === null ? "–" : `${fixed(p.meanAbsoluteErrorS, 2)} s`}</b>.
      </p>
    </section>
  );
}

function Notes({ summary }: { summary: PlanSummary }) {
  if (summary.notes.length === 0) return null;
  return (
    <section className="section" aria-labelledby="notes-title">
      <h2 id="notes-title">To judge the figures</h2>
      <ul className="notes">
        {summary.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </section>
  );
}

function Timings({ summary }: { summary: PlanSummary }) {
  return (
    <section className="section" aria-labelledby="timings-title">
      <h2 id="timings-title">Planned in {duration(summary.elapsedS)}</h2>
      <p className="facts">
        {Object.entries(summary.stagesS)
          .map(([stage, s]) => `${stage} ${fixed(s, 2)} s`)
          .join(", ")}
        . {whole(summary.linkEvaluations)} link budgets, {whole(summary.cells)} cells.
      </p>
    </section>
  );
}
