import { useState } from "react";
import { FEATURE_COLUMNS } from "../../shared/dataset.ts";
import type { ClassifierMetrics, PlanSummary } from "../../shared/run.ts";
import { Bars } from "../widgets/Bars.tsx";
import { Select } from "../widgets/Select.tsx";
import { Table } from "../widgets/Table.tsx";
import { duration, fixed, whole } from "./format.ts";

const SHORT: Record<string, string> = {
  logistic: "Logistic",
  bayes: "Naive Bayes",
  svm: "RBF SVM",
  forest: "Forest",
  ann: "ANN",
};
const title = (name: string) => SHORT[name] ?? name;

type Metric = "accuracy" | "f1" | "recall" | "precision" | "auc" | "rocAuc" | "mse" | "brier";

const METRICS: { key: Metric; title: string; about: string }[] = [
  { key: "accuracy", title: "Acc.", about: "Accuracy on held-out UEs" },
  { key: "f1", title: "F1", about: "F1 score" },
  { key: "recall", title: "Rec.", about: "Recall" },
  { key: "precision", title: "Prec.", about: "Precision" },
  { key: "rocAuc", title: "AUC", about: "Area under the ROC curve of the score" },
  { key: "brier", title: "Brier", about: "Mean squared error of the predicted probability" },
];

const HARD: typeof METRICS = [
  {
    key: "auc",
    title: "AUC",
    about: "Area under the ROC curve of the hard answers, as in the paper's Table 4",
  },
  { key: "mse", title: "MSE", about: "Mean squared error of the hard answers, as in the paper's Table 3" },
];

/** The classifier table for all features or for one of the ablations, and what they lean on. */
export function Classifiers({ summary }: { summary: PlanSummary }) {
  return (
    <section className="section" aria-labelledby="classifiers-title">
      <h2 id="classifiers-title">Classifiers, held-out UEs</h2>
      {summary.classifiers.length > 0 ? (
        <Compared summary={summary} />
      ) : (
        <p className="hint">{summary.notes[0]}</p>
      )}
    </section>
  );
}

function Compared({ summary }: { summary: PlanSummary }) {
  const [key, setKey] = useState("all");
  const [chosen, setChosen] = useState("forest");
  const ablation = summary.ablations.find((a) => a.key === key);
  const rows = ablation?.classifiers ?? summary.classifiers;
  const options = [
    { value: "all", text: "All 21 features" },
    ...summary.ablations.filter((a) => a.key !== "none").map((a) => ({ value: a.key, text: a.title })),
  ];
  const shown = rows.find((r) => r.name === chosen) ?? rows[0];
  return (
    <>
      <Select label="Features" value={key} options={options} onChange={setKey} />
      <Metrics rows={rows} />
      {shown && (
        <>
          <Select
            label="Importance for"
            value={shown.name}
            options={rows.map((r) => ({ value: r.name, text: title(r.name) }))}
            onChange={setChosen}
          />
          <Importance of={shown} />
        </>
      )}
    </>
  );
}

function Metrics({ rows }: { rows: ClassifierMetrics[] }) {
  const column = ({ key, title: head, about }: (typeof METRICS)[number]) => ({
    key,
    title: head,
    about,
    number: true,
    cell: (r: ClassifierMetrics) => fixed(r[key], 3),
  });
  const name = { key: "name", title: "Classifier", cell: (r: ClassifierMetrics) => title(r.name) };
  return (
    <>
      <Table
        caption="Metrics of the classifiers"
        columns={[name, ...METRICS.map(column)]}
        rows={rows}
        rowKey={(r) => r.name}
      />
      <details>
        <summary>Of the hard answers, as the paper prints, and cost</summary>
        <Table
          caption="Metrics of the hard answers, rows and time"
          columns={[
            name,
            ...HARD.map(column),
            {
              key: "rows",
              title: "Rows",
              about: "Rows trained on",
              number: true,
              cell: (r) => whole(r.trainRows),
            },
            { key: "train", title: "Training", number: true, cell: (r) => duration(r.trainS) },
          ]}
          rows={rows}
          rowKey={(r) => r.name}
        />
      </details>
    </>
  );
}

const MOST = 8;
const featureTitle = (key: string) => FEATURE_COLUMNS.find((c) => c.key === key)?.title ?? key;

function Importance({ of }: { of: ClassifierMetrics }) {
  const bars = Object.entries(of.importance)
    .toSorted((a, b) => b[1] - a[1])
    .slice(0, MOST)
    .map(([key, value]) => ({ key, title: featureTitle(key), value, text: fixed(value, 4) }));
  return (
    <>
      <p className="quiet">Accuracy lost when one feature is shuffled, the {bars.length} greatest</p>
      <Bars label={`Importance of the features for ${title(of.name)}`} bars={bars} />
    </>
  );
}
