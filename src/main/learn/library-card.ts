import { FEATURE_COLUMNS } from "../../shared/dataset.ts";
import type { LibraryCard } from "../../shared/study.ts";
import type { ModelCard } from "./training.ts";

/** The card by which any run can use a model trained here. */
export function libraryCard(card: ModelCard): LibraryCard {
  return {
    title: card.title,
    task: "classifier",
    features: card.features.map((name) => ({
      name,
      unit: FEATURE_COLUMNS.find(({ key }) => key === name)?.unit ?? "1",
    })),
    steps: 1,
    input: "x",
    output: card.output,
    threshold: card.threshold,
    notes: [
      ...Object.entries(card.hyperparameters).map(([name, value]) => `${name}: ${value}`),
      ...card.notes,
    ],
  };
}
