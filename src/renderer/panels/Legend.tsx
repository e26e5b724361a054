import type { ReactNode } from "react";
import { useStore } from "zustand";
import type { LoadedRun } from "../session/loadRun.ts";
import { CATEGORIES, cellColour, COLOURS, VIRIDIS } from "../session/palette.ts";
import { runs } from "../session/runs.ts";
import { view } from "../session/view.ts";
import { whole } from "./format.ts";

/** What the colours of the UEs mean, with unit and range. */
export function Legend({ run }: { run: LoadedRun }) {
  const colourBy = useStore(view, (s) => s.colourBy);
  return (
    <div className="legend" data-testid="legend">
      {colourBy === "cell" && <CellLegend run={run} />}
      {colourBy === "cluster" && <ClusterLegend run={run} />}
      {colourBy === "ready" && <ReadyLegend run={run} />}
      {colourBy === "sinr" && <SinrLegend run={run} />}
    </div>
  );
}

const Item = ({ colour, children, small }: { colour: string; children: ReactNode; small?: boolean }) => (
  <li>
    <i className={small ? "swatch small" : "swatch"} style={{ background: colour }} /> {children}
  </li>
);

const NoCell = () => (
  <Item colour={COLOURS.none} small>
    no service
  </Item>
);

function CellLegend({ run }: { run: LoadedRun }) {
  const { satellites, beams } = run.record;
  const cells = satellites * beams;
  if (cells <= CATEGORIES.length)
    return (
      <ul>
        {Array.from({ length: cells }, (_, i) => (
          <Item key={i} colour={cellColour(i + 1, beams)}>
            cell {i + 1}
          </Item>
        ))}
        <NoCell />
      </ul>
    );
  return (
    <>
      <ul className="strip">
        {CATEGORIES.map((colour) => (
          <Item key={colour} colour={colour}>
            {""}
          </Item>
        ))}
        <NoCell />
      </ul>
      <p className="quiet">
        {CATEGORIES.length} colours repeat over {whole(cells)} cells, by beam and satellite. Point at a cell
        for its number. Faint rings: cells that serve nobody now.
      </p>
    </>
  );
}

function ClusterLegend({ run }: { run: LoadedRun }) {
  const k = run.record.summary?.clusters.k;
  if (!run.ues.cluster) return <p className="quiet">Clusters are made at the marked instant.</p>;
  return (
    <>
      <p className="quiet">at the mark</p>
      <ul>
        {Array.from({ length: k ?? 0 }, (_, i) => (
          <Item key={i} colour={CATEGORIES[i % CATEGORIES.length]!}>
            cluster {i + 1}
          </Item>
        ))}
        <Item colour={COLOURS.none} small>
          none
        </Item>
      </ul>
    </>
  );
}

function ReadyLegend({ run }: { run: LoadedRun }) {
  if (!run.ues.ready) return <p className="quiet">Readiness is predicted at the marked instant.</p>;
  return (
    <>
      <p className="quiet">predicted, at the mark</p>
      <ul>
        <Item colour={COLOURS.ready}>handover-ready, larger dot</Item>
        <Item colour={COLOURS.notReady} small>
          not ready
        </Item>
        <Item colour={COLOURS.none} small>
          none
        </Item>
      </ul>
    </>
  );
}

function SinrLegend({ run }: { run: LoadedRun }) {
  useStore(runs, (s) => s.arrivals);
  if (!run.sinrSpan) return null;
  const [low, high] = run.sinrSpan;
  return (
    <>
      <div className="ramp" style={{ background: `linear-gradient(90deg, ${VIRIDIS.join(", ")})` }} />
      <p className="ramp-ends">
        <span>≤ {low / 100}</span>
        <span>SINR, dB</span>
        <span>≥ {high / 100}</span>
      </p>
      <ul>
        <NoCell />
      </ul>
    </>
  );
}
