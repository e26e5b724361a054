import { GraduationCap } from "lucide-react";
import { useState } from "react";
import { useStore } from "zustand";
import { CLASSIFIER_MODELS, FORECASTER_MODELS } from "../../shared/study.ts";
import type { ClassifierModel, ForecasterModel, StudyAsk } from "../../shared/study.ts";
import { isUnderWay } from "../session/job.ts";
import type { LoadedRun } from "../session/loadRun.ts";
import { runs } from "../session/runs.ts";
import { startStudy, studies } from "../session/studies.ts";
import { Button } from "../widgets/Button.tsx";
import { NumberField } from "../widgets/NumberField.tsx";
import { Select } from "../widgets/Select.tsx";

export const WHAT = {
  "paper-a": "Paper A: handover decisions by classifiers",
  "paper-b": "Paper B: predictive conditional handover",
  "paper-c": "Paper C: energy against accuracy",
  train: "Train a classifier on this run",
  forecast: "Train a forecaster on this run",
} as const;
type What = keyof typeof WHAT;

const MODELS: Record<ClassifierModel | ForecasterModel, string> = {
  forest: "Random forest",
  boosted: "Boosted trees",
  logistic: "Logistic regression",
  bayes: "Naive Bayes",
  svm: "RBF SVM",
  ann: "Neural network",
  lstm: "LSTM",
  bilstm: "Bidirectional LSTM",
  arima: "ARIMA",
  persistence: "Persistence",
};

/** Asks for a study. */
export function StudyForm() {
  const run = useStore(runs, (s) => s.current);
  const busy = useStore(studies, (s) => isUnderWay(s.job));
  const [what, setWhat] = useState<What>("paper-a");
  const [classifier, setClassifier] = useState<ClassifierModel>("forest");
  const [forecaster, setForecaster] = useState<ForecasterModel>("lstm");
  const [size, setSize] = useState<"quick" | "full">("quick");
  const [seed, setSeed] = useState<number | null>(null);
  const ofRun = what === "train" || what === "forecast";
  const missing = ofRun ? missingIn(what, run) : null;
  const start = () => {
    const ask = askOf(what, run?.record.run ?? "", classifier, forecaster);
    const model = what === "train" ? MODELS[classifier] : what === "forecast" ? MODELS[forecaster] : null;
    void startStudy({ title: model ?? WHAT[what], ask, quick: size === "quick", seed });
  };
  return (
    <section className="section" aria-labelledby="study-form-title">
      <h2 id="study-form-title">New study</h2>
      <Select label="What" value={what} options={optionsOf(WHAT)} onChange={setWhat} />
      {what === "train" && (
        <Select label="Model" value={classifier} options={only(CLASSIFIER_MODELS)} onChange={setClassifier} />
      )}
      {what === "forecast" && (
        <Select label="Model" value={forecaster} options={only(FORECASTER_MODELS)} onChange={setForecaster} />
      )}
      <div className="two-fields">
        <Select
          label="Size"
          value={size}
          options={[
            { value: "quick", text: "quick, less data" },
            { value: "full", text: "full" },
          ]}
          onChange={setSize}
        />
        <NumberField
          label="Seed"
          value={seed}
          min={0}
          max={4_294_967_295}
          placeholder="2023"
          onChange={setSeed}
        />
      </div>
      {missing && <p className="hint">{missing}</p>}
      <Button
        kind="primary"
        icon={<GraduationCap size={14} aria-hidden="true" />}
        disabled={busy || missing !== null || Number.isNaN(seed)}
        onClick={start}
      >
        Start
      </Button>
    </section>
  );
}

const optionsOf = <T extends string>(texts: Record<T, string>) =>
  (Object.keys(texts) as T[]).map((value) => ({ value, text: texts[value] }));
const only = <T extends ClassifierModel | ForecasterModel>(models: readonly T[]) =>
  models.map((value) => ({ value, text: MODELS[value] }));

function missingIn(what: What, run: LoadedRun | null): string | null {
  if (!run) return "Open a run first: it is trained on the run's data.";
  if (what === "train" && !run.ues.ready) return "This run has not passed its mark: it has no data set yet.";
  return null;
}

/** As the commands `train` and `forecast` of the terminal ask, without further options. */
function askOf(what: What, run: string, classifier: ClassifierModel, forecaster: ForecasterModel): StudyAsk {
  if (what === "train")
    return {
      kind: what,
      data: { run },
      model: classifier,
      name: null,
      testShare: 0.2,
      folds: 0,
      without: [],
    };
  if (what === "forecast")
    return { kind: what, run, model: forecaster, name: null, window: 9, horizon: 3, ues: 200 };
  return { kind: what };
}
