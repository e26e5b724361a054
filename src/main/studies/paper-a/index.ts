import type { Findings } from "../../../shared/study.ts";
import type { Lab } from "../lab.ts";
import { paperClaims } from "./claims.ts";
import { extraFigures, paperFigures } from "./figures.ts";
import { findAll, modelsOf, type Found } from "./found.ts";
import { paperTables } from "./tables.ts";

/** Dahouda, Jin, Joe 2023: clusters and handover-ready classifiers of a LEO cell edge, tables and figures beside ours. */
export async function paperA(lab: Lab): Promise<Findings> {
  const found = await findAll(lab);
  keepModels(found);
  return {
    title: "Machine learning for handover decisions in non-terrestrial networks (Dahouda, Jin, Joe 2023)",
    figures: [...paperFigures(found), ...extraFigures(found)],
    tables: paperTables(found),
    claims: paperClaims(found),
    notes: [
      `Scenario dahouda-2023, ${found.population.ues} UEs${lab.quick ? " (a tenth)" : ""}, seed ${lab.seed}; its assumptions stand in the scenario file.`,
      "Figures 1–3, 7 and 8 of the paper are sketches.",
      "The paper's soft handover, a dual connection to the old and the new cell, is not conditional handover (CHO, TS 38.300 §9.2.3.4): under CHO a UE is in one cell at a time. Every handover of Beamwalk is of that kind; nothing here models a dual connection.",
      "The SVM is trained on 4,000 of the training UEs, every other model on all of them.",
      "Classifiers other than the trees see standardised columns; the paper does not say whether it scaled them.",
    ],
  };
}

/** The six classifiers with all features, for both labels, into the library. */
function keepModels(found: Found): void {
  const { lab, population } = found;
  for (const label of ["distance", "time-to-leave"] as const) {
    for (const { model, answer } of modelsOf(found, label, "none")) {
      const name = `paper-a-${model}${label === "distance" ? "" : "-leave"}`;
      lab.keep({
        model: name,
        card: { ...answer.card, title: `${answer.card.title}, paper A, label ${label}` },
        metrics: { ...answer.metrics },
        energyJ: answer.energy?.joules ?? null,
        lineage: `dahouda-2023, ${population.ues} UEs at 120 s, label ${label}, seed ${population.seed}; ${answer.metrics.trainRows} rows; energy with other trainings beside it`,
        onnx: answer.onnx,
      });
    }
  }
}
