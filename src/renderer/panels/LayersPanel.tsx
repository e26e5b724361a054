import { useStore } from "zustand";
import { runs } from "../session/runs.ts";
import { Legend } from "./Legend.tsx";
import { Shown } from "./MapControls.tsx";

/** What the globe shows and what its colours mean, beside it instead of over it. */
export function LayersPanel() {
  const run = useStore(runs, (s) => s.current);
  if (!run) return <p className="empty">Open a run: what the globe shows of it is chosen here.</p>;
  return (
    <div className="panel-body">
      <div className="section">
        <h2 className="hidden">Layers</h2>
        <Shown />
        <Legend run={run} />
      </div>
    </div>
  );
}
