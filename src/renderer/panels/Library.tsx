import { useStore } from "zustand";
import { numberText, withUnit } from "../../shared/figure-text.ts";
import type { LibraryModel } from "../../shared/study.ts";
import { forgetModelFiles, givenModel, giveModelFile } from "../session/importModel.ts";
import { isUnderWay } from "../session/job.ts";
import { runs } from "../session/runs.ts";
import { startStudy, studies } from "../session/studies.ts";
import { Button } from "../widgets/Button.tsx";
import { FileDrop } from "../widgets/FileDrop.tsx";
import { duration, fixed, percent, utcDate, utcTime, whole } from "./format.ts";
import { Failure } from "./Problems.tsx";

/** Models that were trained here or brought along. */
export function Library() {
  const models = useStore(studies, (s) => s.models);
  if (!models) return null;
  return (
    <section className="section" aria-labelledby="library-title" data-testid="library">
      <h2 id="library-title">Models</h2>
      {models.length === 0 && <p className="hint">None yet. Train one on a run, or bring your own.</p>}
      <ul className="models">
        {models.map((model) => (
          <Model key={model.model} model={model} />
        ))}
      </ul>
      <Import />
    </section>
  );
}

/** Metrics in words; what a model brings beyond these keeps its own name. */
const WORDS: Record<string, (value: number) => string> = {
  accuracy: (value) => `accuracy ${percent(value, 2)}`,
  f1: (value) => `F1 ${fixed(value, 3)}`,
  rocAuc: (value) => `AUC of the score ${fixed(value, 3)}`,
  auc: (value) => `AUC of the hard answers ${fixed(value, 3)}`,
  mse: (value) => `squared error ${numberText(value, 3)}`,
  recall: (value) => `recall ${fixed(value, 3)}`,
  precision: (value) => `precision ${fixed(value, 3)}`,
  brier: (value) => `Brier ${fixed(value, 4)}`,
  rmseDb: (value) => `RMSE ${fixed(value, 3)} dB`,
  maeDb: (value) => `mean error ${fixed(value, 3)} dB`,
  trainS: (value) => `trained in ${duration(value)}`,
  predictS: (value) => `answers in ${numberText(1000 * value, 3)} ms`,
  trainRows: (value) => `${whole(value)} rows learnt from`,
  testRows: (value) => `${whole(value)} held out`,
};
const FIRST = ["accuracy", "f1", "rocAuc", "rmseDb", "maeDb"];
const say = ([name, value]: [string, number]) => WORDS[name]?.(value) ?? `${name} ${numberText(value)}`;

function Model({
  model: { model, card, metrics, energyJ, lineage, createdMs, bytes },
}: {
  model: LibraryModel;
}) {
  const run = useStore(runs, (s) => s.current?.record);
  const busy = useStore(studies, (s) => isUnderWay(s.job));
  const known = Object.entries(metrics);
  const first = known.filter(([name]) => FIRST.includes(name));
  return (
    <li>
      <div className="section-head">
        <h3>
          {model} <span className="quiet">{card.task}</span>
        </h3>
        {card.task === "classifier" && (
          <Button
            disabled={!run || busy}
            title={run ? "Say which UEs of the open run it calls ready" : "Open a run first"}
            onClick={() =>
              run &&
              void startStudy({ title: `${model} on this run`, ask: { kind: "apply", model, run: run.run } })
            }
          >
            Use on this run
          </Button>
        )}
      </div>
      <p className="facts">{first.length > 0 ? first.map(say).join(", ") : "not tested"}</p>
      <details>
        <summary>Card</summary>
        <dl className="facts-list card">
          <dt>Title</dt>
          <dd>{card.title}</dd>
          <dt>Input</dt>
          <dd>
            {card.features.map(({ name, unit }) => withUnit(name, unit).replace(", ", " in ")).join("; ")}
            {card.steps > 1 && `; the last ${whole(card.steps)} samples`}
          </dd>
          <dt>Ready</dt>
          <dd>{card.threshold === null ? "none" : `above ${numberText(card.threshold)}`}</dd>
          <dt>Tested</dt>
          <dd>{known.length > 0 ? known.map(say).join(", ") : "not tested"}</dd>
          <dt>Energy</dt>
          <dd>{energyJ === null ? "none measured" : `${numberText(energyJ)} J to train`}</dd>
          <dt>From</dt>
          <dd>{lineage}</dd>
          <dt>Kept</dt>
          <dd>
            {utcDate(createdMs)} {utcTime(createdMs).slice(0, 5)}, {whole(Math.ceil(bytes / 1000))} kB
          </dd>
          {card.notes.length > 0 && (
            <>
              <dt>Notes</dt>
              <dd>{card.notes.join(" ")}</dd>
            </>
          )}
        </dl>
      </details>
    </li>
  );
}

function Import() {
  const { onnx, card, error } = useStore(givenModel);
  const busy = useStore(studies, (s) => isUnderWay(s.job));
  const waiting = onnx ?? card;
  return (
    <>
      <FileDrop
        label="Import a model …"
        hint="An ONNX graph (.onnx) and its card (.json): features in order with units, input, output, threshold"
        accept=".onnx,.json"
        busy={busy}
        onFile={(file) => void giveModelFile(file)}
      />
      {waiting && (
        <p className="facts">
          {waiting.name} is here; give {onnx ? "its card (.json)" : "its graph (.onnx)"} too.{" "}
          <Button kind="quiet" onClick={forgetModelFiles}>
            Forget it
          </Button>
        </p>
      )}
      {error && <Failure title="The model cannot be imported" error={error} />}
    </>
  );
}
