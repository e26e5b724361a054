import type { Columns } from "../../../shared/columns.ts";
import type { AskOf, Findings, LibraryCard, StudyTable } from "../../../shared/study.ts";
import {
  calibrationFigure,
  confusionFigure,
  metricsTable,
  precisionRecallFigure,
  rocFigure,
} from "../classifier-pictures.ts";
import type { Lab } from "../lab.ts";

const TRYING = "Trying the model out";
const APPLYING = "Applying the model";

/** Checks somebody's ONNX model against its card and puts it into the library. */
export async function importStudy(lab: Lab, ask: AskOf<"import">): Promise<Findings> {
  lab.plan([{ title: TRYING, seconds: 1 }]);
  const onnx = Uint8Array.from(Buffer.from(ask.onnx, "base64"));
  const data = await lab.share({ onnx });
  const [{ card, trial }] = await lab.run("check", [{ data, card: ask.card }], { title: TRYING });
  lab.keep({ model: ask.name, card, metrics: {}, energyJ: null, lineage: `imported from ${ask.from}`, onnx });
  return {
    title: `Model "${ask.name}" imported from ${ask.from}`,
    figures: [],
    tables: [cardTable(card)],
    claims: [],
    notes: [
      `The graph answered ${trial.length} typical rows: ${trial.map((value) => value.toPrecision(3)).join(", ")}.`,
      "It has no metrics yet: apply it to a run.",
    ],
  };
}

const cardTable = ({ features }: LibraryCard): StudyTable => ({
  id: "features",
  of: null,
  title: "Columns of its input, in order",
  columns: [
    { title: "feature", unit: "1" },
    { title: "unit", unit: "1" },
  ],
  rows: features.map(({ name, unit }) => [name, unit]),
  note: "",
});

/** A classifier of the library on the UEs of a run. */
export async function applyStudy(
  lab: Lab,
  ask: AskOf<"apply">,
  columns: Columns,
  card: LibraryCard,
): Promise<Findings> {
  lab.plan([{ title: APPLYING, seconds: 1 }]);
  const data = await lab.share(columns);
  const [found] = await lab.run("apply", [{ data, card }], { title: APPLYING });
  const shown = { name: card.title, judged: found.judged, trainS: null, joules: null };
  const note = `The label is the run's own; ${found.known} UEs.`;
  const lost = found.rows - found.known;
  return {
    title: `${ask.model} on run ${ask.run}`,
    figures: [
      confusionFigure(shown, "All UEs served at the mark"),
      rocFigure([shown], note),
      precisionRecallFigure([shown], note),
      calibrationFigure([shown], note),
    ],
    tables: [metricsTable([shown], "all UEs served at the mark")],
    claims: [],
    notes: [
      `${found.ready} of ${found.known} UEs are handover-ready by this model (probability above ${card.threshold}), in ${(found.seconds * 1000).toFixed(0)} ms.`,
      ...(lost > 0 ? [`${lost} UEs were left out: a feature of theirs, or the answer, is not finite.`] : []),
      "Metrics count an answer as ready above a probability of 0.5, whatever the model's threshold.",
    ],
  };
}
