import { OUTCOME_NAMES } from "../../shared/storm.ts";
import { changesWords } from "../../shared/storm-figures.ts";
import type { LoadedRun } from "../session/loadRun.ts";
import type { Storm } from "../session/storm.ts";
import { Bars } from "../widgets/Bars.tsx";
import { FiguresTable } from "./FiguresTable.tsx";
import { percent, whole } from "./format.ts";
import { outcomeText } from "./quantities.ts";
import { Figure } from "./SummaryPanel.tsx";

/** What the whole run's handovers cost, over all cells, and what other ways of carrying them out would. */
export function StormTotals({ run, storm }: { run: LoadedRun; storm: Storm }) {
  const summary = storm.summary!;
  const strategies = run.record.summary?.signalling ?? [summary];
  return (
    <section className="section storm-totals" aria-labelledby="totals-title">
      <h2 id="totals-title">
        All cells <span className="quiet">strategy {summary.strategy}</span>
      </h2>
      <div className="figures">
        <Figure value={whole(summary.procedures)} text="handovers carried out or tried" />
        <Figure
          value={summary.successShare === null ? "none" : percent(summary.successShare)}
          text="of them succeeded"
        />
      </div>
      <h3>{strategies.length > 1 ? "The same cell changes, strategy by strategy" : "In figures"}</h3>
      <FiguresTable
        caption="Signalling of the whole run by strategy"
        named={strategies.map((s) => ({ name: s.strategy, summary: s }))}
      />
      <p className="quiet">{changesWords(strategies[0] ?? summary)}</p>
    </section>
  );
}

/** How procedures ended; kinds that did not occur are left out. */
export function Outcomes({ counts }: { counts: ArrayLike<number> }) {
  const bars = OUTCOME_NAMES.map((name, i) => ({
    key: name,
    title: outcomeText(name),
    value: counts[i]!,
    text: whole(counts[i]),
  })).filter((bar) => bar.value > 0);
  return bars.length === 0 ? null : <Bars label="How the handovers ended" bars={bars} />;
}
