import { useMemo, useState } from "react";
import type { EpochPoint } from "../../shared/run.ts";
import type { StudyJob } from "../session/studies.ts";
import { Select } from "../widgets/Select.tsx";
import { duration } from "./format.ts";
import { Drawing } from "./Picture.tsx";
import { learningCurve } from "./learningCurve.ts";

const NEWEST = "";

/** Loss and accuracy while it trains: of the training heard of last, or of a chosen one. */
export function LiveTraining({ epochs }: { epochs: StudyJob["epochs"] }) {
  const [chosen, choose] = useState(NEWEST);
  const labels = [...epochs.keys()];
  const label = epochs.has(chosen) ? chosen : labels.at(-1);
  if (label === undefined) return null;
  return (
    <div className="live" data-testid="live">
      {labels.length > 1 && (
        <Select
          label="Training"
          quiet
          value={epochs.has(chosen) ? chosen : NEWEST}
          options={[
            { value: NEWEST, text: `the newest: ${labels.at(-1)}` },
            ...labels.map((text) => ({ value: text, text })),
          ]}
          onChange={choose}
        />
      )}
      <Curve label={label} points={epochs.get(label)!} />
    </div>
  );
}

function Curve({ label, points }: { label: string; points: readonly EpochPoint[] }) {
  const figure = useMemo(() => learningCurve(label, points), [label, points]);
  const last = points.at(-1)!;
  return (
    <>
      <Drawing figure={figure} />
      <p className="quiet">
        epoch {last.epoch} of {last.epochs}
        {last.epoch < last.epochs && `, ≈ ${duration(last.etaS)} left`}
      </p>
    </>
  );
}
