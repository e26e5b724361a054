import { Compare } from "./Compare.tsx";
import { FiguresTable } from "./FiguresTable.tsx";
import { Strategies } from "./Strategies.tsx";
import { WithStorm } from "./WithStorm.tsx";

/** The strategies of the run beside one another, and the run beside others of its scenario. */
export function ComparePanel() {
  return (
    <WithStorm empty="Open a run: its strategies stand side by side here.">
      {(run, storm, overlay) => {
        const strategies = run.record.summary?.signalling ?? [];
        return (
          <div className="panel-body wide-columns">
            {strategies.length > 1 ? (
              <section className="section" aria-labelledby="beside-title" data-testid="beside">
                <h2 id="beside-title">The same cell changes, strategy by strategy</h2>
                <FiguresTable
                  caption="Strategies side by side"
                  named={strategies.map((s) => ({ name: s.strategy, summary: s }))}
                />
              </section>
            ) : (
              <p className="empty">
                Its handovers were not moved in groups or spread out: that is done with measured ones
                (strategy a3), a million at most. Other strategies are runs of their own: plan the same UEs by
                one of them here, and lay it beside this one.
              </p>
            )}
            {overlay && <Strategies overlay={overlay} worst={storm.summary!.peakCell} />}
            <Compare key={run.record.run} run={run} storm={storm} />
          </div>
        );
      }}
    </WithStorm>
  );
}
