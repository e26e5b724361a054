import type { Columns } from "../../../shared/columns.ts";
import type { AskOf, Figure, Findings, StudyTable } from "../../../shared/study.ts";
import type { Answer, Lab } from "../lab.ts";

type Trial = Answer<"forecastRun">;
interface Shown {
  name: string;
  trial: Trial;
}

const TITLES = {
  lstm: "LSTM",
  bilstm: "BiLSTM",
  boosted: "boosted trees",
  arima: "ARIMA(2, 1, 1)",
  persistence: "persistence",
} as const;
const STAGE = "Forecasters";

/**
 * Forecasts the SINR of a run's UEs: `columns` hold values f32 [path × step × (RSRP dBm, SINR dB)], firstStep u32 [path + 1],
 * ue u32 [path], fromS f64 [path], and stepS f64 [1]. Persistence stands beside the model.
 */
export async function forecastStudy(lab: Lab, ask: AskOf<"forecast">, columns: Columns): Promise<Findings> {
  const models = [...new Set([ask.model, "persistence" as const])];
  lab.plan([{ title: STAGE, seconds: ask.model.endsWith("lstm") ? (lab.quick ? 15 : 60) : 10 }]);
  const { ue, fromS, stepS, ...series } = columns;
  const data = await lab.share(series);
  const size = lab.quick ? { epochs: 8, mostRows: 4000 } : { epochs: 40, mostRows: 20_000 };
  const trials = await lab.run(
    "forecastRun",
    models.map((model) => ({
      data,
      model,
      window: ask.window,
      horizon: ask.horizon,
      seed: lab.seed,
      ...size,
    })),
    // what is measured is the process: side by side each would be charged for the other
    { title: STAGE, alone: true },
  );
  const shown = models.map((model, i) => ({ name: TITLES[model], trial: trials[i] }));
  const [own] = trials;
  if (own.onnx && own.card)
    lab.keep({
      model: ask.name ?? `${ask.model}-${ask.run}`,
      card: own.card,
      metrics: { rmseDb: own.errors.rmse, maeDb: own.errors.mae },
      energyJ: own.energy?.joules ?? null,
      lineage: `SINR of ${ue.length} UEs of run ${ask.run}`,
      onnx: own.onnx,
    });
  return {
    title: `Forecast of the SINR of run ${ask.run}: ${TITLES[ask.model]}, ${ask.horizon} steps ahead from ${ask.window}`,
    figures: [
      aheadFigure(shown, stepS[0]),
      truthFigure(shown, stepS[0], ue[own.path], fromS[own.path]),
      ...(own.history.length > 0 ? [lossFigure(own)] : []),
    ],
    tables: [errorTable(shown)],
    claims: [],
    notes: [
      `Whole UEs are held back: ${own.testRows} test rows are of UEs that no model has seen; ${own.trainRows} rows were learnt from. Each UE counts along its longest time under service.`,
      "SINR is that of the cell that serves at each step: a handover shows as a jump.",
    ],
  };
}

const errorTable = (shown: Shown[]): StudyTable => ({
  id: "errors",
  of: null,
  title: "Errors on unseen UEs",
  columns: [
    { title: "forecaster", unit: "1" },
    { title: "RMSE", unit: "dB", digits: 3 },
    { title: "MAE", unit: "dB", digits: 3 },
    { title: "training", unit: "s", digits: 2 },
    { title: "energy", unit: "J", digits: 1 },
  ],
  rows: shown.map(({ name, trial }) => [
    name,
    trial.errors.rmse,
    trial.errors.mae,
    trial.fitS,
    trial.energy?.joules ?? null,
  ]),
  note: shown[0].trial.energy ? `Energy by ${shown[0].trial.energy.method}.` : "",
});

const aheadFigure = (shown: Shown[], stepS: number): Figure => ({
  id: "ahead",
  of: null,
  title: "Error against the steps ahead",
  kind: "line",
  x: { title: "time ahead", unit: "s" },
  y: { title: "RMSE of the SINR", unit: "dB" },
  series: shown.map(({ name, trial }) => ({
    name,
    x: trial.errors.rmseAhead.map((_, h) => (h + 1) * stepS),
    y: trial.errors.rmseAhead,
  })),
  note: `${shown[0].trial.testRows} windows of unseen UEs.`,
});

const truthFigure = (shown: Shown[], stepS: number, ue: number, fromS: number): Figure => {
  const last = shown[0].trial.errors.rmseAhead.length - 1;
  const at = (step: number) => fromS + (step + last + 1) * stepS;
  const { shown: rows } = shown[0].trial;
  return {
    id: "truth",
    of: null,
    title: `SINR of UE ${ue}: forecast ${last + 1} steps ahead, and what came`,
    kind: "line",
    x: { title: "time in the run", unit: "s" },
    y: { title: "SINR", unit: "dB" },
    series: [
      { name: "measured", x: rows.map(({ step }) => at(step)), y: rows.map(({ truth }) => truth[last]) },
      ...shown.map(({ name, trial }) => ({
        name,
        x: trial.shown.map(({ step }) => at(step)),
        y: trial.shown.map(({ forecast }) => forecast[last]),
      })),
    ],
    note: "A UE of the test set.",
  };
};

const lossFigure = ({ history }: Trial): Figure => ({
  id: "epochs",
  of: null,
  title: "Loss by epoch",
  kind: "line",
  x: { title: "epoch", unit: "1" },
  y: { title: "mean squared error of standardised values", unit: "1" },
  series: [
    { name: "training", x: history.map((_, i) => i + 1), y: history.map(({ loss }) => loss) },
    {
      name: "validation",
      x: history.map((_, i) => i + 1),
      y: history.map(({ validationLoss }) => validationLoss),
    },
  ],
  note: "The weights of the epoch with the lowest validation loss are kept.",
});
