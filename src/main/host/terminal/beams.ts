import { readFileSync } from "node:fs";
import { join } from "node:path";
import { textTable } from "../../export/text-table.ts";
import { resourcesFolder } from "../../paths.ts";
import { type BeamRow, beamsOf, type BeamsReport, type PayloadPreset } from "../../studies/beams.ts";
import { Arguments } from "./arguments.ts";
import { oneNumber } from "./passes-number.ts";
import type { World } from "./world.ts";

export interface BeamsOptions {
  preset?: string;
  count: string;
  elevation?: string;
  json?: boolean;
}

export function payloadPresets(): PayloadPreset[] {
  return JSON.parse(readFileSync(join(resourcesFolder, "reference", "payloads.json"), "utf8"));
}

/** The beams of a payload of TR 38.821 on the UV plane and on the ground. */
export function beams(world: World, options: BeamsOptions): number {
  const given = new Arguments();
  const presets = payloadPresets();
  const names = presets.map(({ name }) => name);
  const name = given.oneOf("--preset", options.preset?.toLowerCase(), names);
  const count = oneNumber(given, "--count", options.count);
  const elevation =
    options.elevation === undefined ? undefined : oneNumber(given, "--elevation", options.elevation);
  given.check();
  const report = beamsOf(
    presets.find((preset) => preset.name === name)!,
    count,
    elevation,
  );
  world.out(options.json ? JSON.stringify(report) : reportText(report));
  return 0;
}

const HEAD = [
  "beam",
  "U",
  "V",
  "latitude°",
  "longitude°",
  "elevation°",
  "edge elev.°",
  "axes km",
  "Δ delay ms",
  "residual ppm",
];

function reportText({
  preset,
  centralElevationDeg,
  beamwidthDeg,
  spacingUv,
  beams: rows,
}: BeamsReport): string {
  const { name, source, altitudeKm, down, up } = preset;
  const lines = [
    `${name}: ${altitudeKm} km over 0° N 0° E, central beam at ${centralElevationDeg}°`,
    source,
    `down ${down.frequencyGhz} GHz, aperture ${down.apertureM} m, ${down.eirpDensityDbwPerMhz} dBW/MHz, ${down.gainDbi} dBi`,
    `up ${up.frequencyGhz} GHz, aperture ${up.apertureM} m, G/T ${up.gOverTDbPerK} dB/K, ${up.gainDbi} dBi`,
    `beamwidth ${beamwidthDeg.toFixed(4)}° (published ${preset.beamwidthDeg}), adjacent beam spacing ${spacingUv.toFixed(5)} (published ${preset.spacingUv})`,
  ];
  return [...lines, textTable(HEAD, rows.map(cells))].join("\n");
}

function cells({ beam, u, v, ground, contour }: BeamRow): string[] {
  const place = ground
    ? [ground.latitudeDeg.toFixed(4), ground.longitudeDeg.toFixed(4), ground.elevationDeg.toFixed(2)]
    : ["beyond the limb", "", ""];
  const edge = contour
    ? [
        contour.edgeElevationDeg.toFixed(2),
        `${(2 * contour.semiMajorKm).toFixed(1)} × ${(2 * contour.semiMinorKm).toFixed(1)}`,
        contour.differentialDelayMs.toFixed(4),
        contour.residualDopplerPpm.toFixed(3),
      ]
    : ["past the limb", "", "", ""];
  return [String(beam), u.toFixed(5), v.toFixed(5), ...place, ...edge];
}
