import { X } from "lucide-react";
import { useStore } from "zustand";
import { clearRunError, runs } from "../session/runs.ts";
import { Button } from "../widgets/Button.tsx";
import { Failure } from "./Problems.tsx";

/** Over the globe: what to do first, what is on its way, what went wrong. */
export function RunMessage() {
  const { current, opening, error, list } = useStore(runs);
  if (error)
    return (
      <div className="message">
        <Failure title="The run cannot be shown" error={error} />
        <Button
          kind="quiet"
          icon={<X size={14} aria-hidden="true" />}
          label="Close"
          onClick={clearRunError}
        />
      </div>
    );
  if (opening !== null && current?.record.run !== opening)
    return (
      <p className="message" role="status">
        Opening the run …
      </p>
    );
  if (current || list === null) return null;
  return (
    <div className="message welcome">
      <h2>Plan handovers for a satellite network</h2>
      <ol>
        <li>Choose a sample scenario, or drop your own, or a TLE or OMM file.</li>
        <li>Press Plan: orbits, beams, links, handovers and classifiers are worked out.</li>
        <li>Press Space to let the beams walk; click a cell for its handovers per second.</li>
      </ol>
      {list.length > 0 && <p className="quiet">Or open one of the {list.length} runs that are kept.</p>}
    </div>
  );
}
