import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { BadInput } from "../../shared/errors.ts";
import type { Scenario } from "../../shared/scenario.ts";
import { resourcesFolder } from "../paths.ts";
import { requireScenario } from "./check.ts";

const folder = join(resourcesFolder, "scenarios");

const names = () =>
  readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .map((file) => file.slice(0, -".json".length))
    .sort();

export interface BundledScenario {
  name: string;
  title: string;
  needsElements: boolean;
  ues: number;
  satellites: number | null;
  durationS: number;
}

/** The ready-made scenarios. */
export function listBundled(): BundledScenario[] {
  return names().map((name) => {
    const { scenario } = loadBundled(name);
    const { title, constellation, users, time } = scenario;
    const needsElements = constellation.kind === "elements";
    return {
      name,
      title,
      needsElements,
      ues: users.count,
      satellites: satelliteCount(constellation),
      durationS: time.durationS,
    };
  });
}

/** A ready-made scenario with the text of its file; `BadInput` names the known ones. */
export function loadBundled(name: string): { scenario: Scenario; text: string } {
  const known = names();
  if (!known.includes(name)) {
    const reason = `there is no bundled scenario "${name}"`;
    throw new BadInput([
      { field: "scenario", reason, remedy: `Give one of ${known.join(", ")}, or a scenario file.` },
    ]);
  }
  const text = readFileSync(join(folder, `${name}.json`), "utf8");
  return { scenario: requireScenario(text), text };
}

function satelliteCount(constellation: Scenario["constellation"]): number | null {
  if (constellation.kind === "elements") return null;
  if (constellation.kind === "walker") return constellation.planes * constellation.satellitesPerPlane;
  return constellation.satellites.length;
}
