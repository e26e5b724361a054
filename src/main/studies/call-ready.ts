import { trainClassifier } from "../learn/classifier.ts";
import { openModel } from "../learn/inference.ts";
import { split } from "../learn/split.ts";
import { FEATURE_COLUMNS } from "../../shared/dataset.ts";
import type { Mission } from "../../shared/mission.ts";
import { pickRows, type Readiness } from "./readiness.ts";

/**
 * Whom the mission's primary classifier calls handover-ready [row], trained at the mark on the same rows as in a plan; null where
 * all labels are alike. `check` may throw to stop.
 */
export async function callReady(
  mission: Mission,
  { features, label }: Readiness,
  check: () => void,
): Promise<Uint8Array | null> {
  if (new Set(label).size < 2) return null;
  const names = FEATURE_COLUMNS.map(({ key }) => key);
  const { train } = split(label.length, mission.testShare, mission.seed);
  const shouldStop = () => {
    check();
    return false;
  };
  const input = {
    x: pickRows(features, names.length, train),
    y: Uint8Array.from(train, (row) => label[row]),
    rows: train.length,
    features: names,
  };
  const { seed, annEpochs, svmRows } = mission;
  const model = await trainClassifier(mission.primary, input, { seed, annEpochs, svmRows, shouldStop });
  const predictor = await openModel(model.onnx);
  const probability = await predictor.probability(features, label.length, names.length, shouldStop);
  await predictor.close();
  return Uint8Array.from(probability, (p) => (p > 0.5 ? 1 : 0));
}
