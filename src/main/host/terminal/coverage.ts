import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { textTable } from "../../export/text-table.ts";
import { loadBundled } from "../../scenario/bundled.ts";
import { requireScenario } from "../../scenario/check.ts";
import { readElements } from "../../scenario/elements.ts";
import { type CoverageReport, scenarioCoverage } from "../../studies/coverage-ask.ts";
import { Arguments } from "./arguments.ts";
import { lateProgress } from "./coverage-progress.ts";
import { maybeNumber, oneNumber } from "./passes-number.ts";
import type { World } from "./world.ts";

export interface CoverageCommand {
  elements?: string;
  minElevationDeg?: string;
  hours: string;
  stepS: string;
  gateways?: string;
  json?: boolean;
}

/** How much of the time, by latitude, a place has a satellite in view. */
export function coverage(world: World, which: string, options: CoverageCommand): number {
  const given = new Arguments();
  const gateways = given.file("--gateways", options.gateways)?.text;
  const ask = {
    hours: oneNumber(given, "--hours", options.hours),
    stepS: oneNumber(given, "--step-s", options.stepS),
    minElevationDeg: maybeNumber(given, "--min-elevation-deg", options.minElevationDeg),
    gateways,
  };
  const { scenario, elements } = constellation(given, which, options.elements);
  const progress = lateProgress(world, "coverage");
  const report = scenarioCoverage(scenario, elements, ask, progress.update);
  progress.stop();
  world.out(options.json ? JSON.stringify(report) : reportText(report));
  return 0;
}

/** A scenario file where there is one of that name, else a bundled scenario; and the element file that it names. */
function constellation(given: Arguments, which: string, elementsPath: string | undefined) {
  const isFile = existsSync(which) || /[/\\]|\.json$/i.test(which);
  const text = isFile ? given.file("scenario", which)?.text : loadBundled(which).text;
  const own = given.file("--elements", elementsPath);
  given.check();
  const scenario = requireScenario(text!);
  const { constellation: described } = scenario;
  const beside = described.kind === "elements" && isFile ? described.file : undefined;
  const file = own ?? (beside && given.file("constellation.file", resolve(dirname(which), beside)));
  given.check();
  return { scenario, elements: file ? readElements(file.text, file.name) : null };
}

function reportText(report: CoverageReport): string {
  const { scenario, satellites, lost, start, hours, stepS, minElevationDeg, gateways, assumed } = report;
  const rows = report.latitudes
    .toReversed()
    .map((row) => [
      row.latitudeDeg.toFixed(0),
      row.coveredPercent.toFixed(2),
      row.meanInView.toFixed(3),
      String(row.leastInView),
    ]);
  return [
    `${scenario}: ${satellites} satellites, ${hours} h from ${start} every ${stepS} s, above ${minElevationDeg}°`,
    gateways === 0 ? assumed : `${assumed}: ${gateways}, at least one in view`,
    ...(lost === 0 ? [] : [`${lost} satellites are lost on the way`]),
    textTable(["latitude°", "covered %", "mean in view", "least in view"], rows, []),
  ].join("\n");
}
