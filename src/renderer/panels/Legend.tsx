import { useStore } from "zustand";
import { beamPlans } from "../session/beamPlan.ts";
import { coverage } from "../session/coverage.ts";
import { gateways } from "../session/gateways.ts";
import type { LoadedRun } from "../session/loadRun.ts";
import { runs } from "../session/runs.ts";
import { storms } from "../session/storm.ts";
import { view } from "../session/view.ts";
import { legendOf } from "./legendParts.ts";
import type { LegendPart, Swatch } from "./legendParts.ts";

/** What the colours on the globe mean, with unit and range, for every layer that is shown. */
export function Legend({ run }: { run: LoadedRun }) {
  const chosen = useStore(view);
  const { layers } = chosen;
  const { known, error: gatewaysError } = useStore(gateways);
  const storm = useStore(storms, (s) => s.storm);
  const { known: plan, error } = useStore(beamPlans);
  const percent = useStore(coverage, (s) => s.percent);
  useStore(runs, (s) => s.arrivals);
  return (
    <div className="legend" data-testid="legend">
      {legendOf(run, chosen, storm, { plan, percent, gateways: known }).map((part, i) => (
        <Part key={part.title ?? i} part={part} />
      ))}
      {layers.feeders && gatewaysError && <p className="bad">{gatewaysError.message}</p>}
      {(layers.reuse || layers.coverage) && error && <p className="bad">{error.message}</p>}
    </div>
  );
}

function Part({ part: { title, swatches, ramp, note } }: { part: LegendPart }) {
  const bare = swatches.length > 1 && swatches[0]!.text === "";
  return (
    <>
      {title && <p className="quiet">{title}</p>}
      {ramp && (
        <>
          <div
            className="ramp"
            style={{ background: `linear-gradient(90deg, ${ramp.colours.join(", ")})` }}
          />
          <p className="ramp-ends">
            <span>{ramp.low}</span>
            <span>{ramp.unit}</span>
            <span>{ramp.high}</span>
          </p>
        </>
      )}
      {swatches.length > 0 && (
        <ul className={bare ? "strip" : undefined}>
          {swatches.map((swatch) => (
            <li key={`${swatch.colour} ${swatch.text}`}>
              <Sign swatch={swatch} /> {swatch.text}
            </li>
          ))}
        </ul>
      )}
      {note && <p className="quiet">{note}</p>}
    </>
  );
}

function Sign({ swatch: { colour, small, shape } }: { swatch: Swatch }) {
  if (shape === "ring") return <i className="ue-key" />;
  return <i className={`swatch ${shape ?? ""} ${small ? "small" : ""}`} style={{ background: colour }} />;
}
