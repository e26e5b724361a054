import { useStore } from "zustand";
import { view } from "../session/view.ts";
import { Ledger } from "./Ledger.tsx";
import { Procedures } from "./Procedures.tsx";
import { StormMap } from "./StormMap.tsx";
import { StormTotals } from "./StormTotals.tsx";
import { WithStorm } from "./WithStorm.tsx";

/** The signalling storm of the run: where and when it hurts, and what became of each handover. */
export function StormPanel() {
  const cell = useStore(view, (s) => s.cell);
  return (
    <WithStorm empty="Open a run: its signalling appears here.">
      {(run, storm) => (
        <div className="panel-body wide-columns" data-testid="storm">
          <StormMap run={run} storm={storm} />
          <Procedures run={run} storm={storm} cell={cell} />
          {cell === null ? (
            <StormTotals run={run} storm={storm} />
          ) : (
            <Ledger run={run} storm={storm} cell={cell} />
          )}
        </div>
      )}
    </WithStorm>
  );
}
