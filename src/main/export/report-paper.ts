import { readFileSync } from "node:fs";
import { join } from "node:path";
import { resourcesFolder } from "../paths.ts";

export interface PaperRow {
  name: string;
  accuracy: number;
  mse: number;
  f1: number;
  auc: number;
  recall: number;
  precision: number;
}

/** What the paper prints for its own scenario; null for any other. */
export function paperBeside(scenario: string): {
  centroids: { latitudeDeg: number; longitudeDeg: number }[];
  classifiers: PaperRow[];
} | null {
  if (!scenario.startsWith("dahouda-2023")) return null;
  const text = readFileSync(join(resourcesFolder, "reference", "dahouda-2023.json"), "utf8");
  const { centroids, classifiers } = JSON.parse(text);
  return { centroids: centroids.rows, classifiers: classifiers.rows };
}
