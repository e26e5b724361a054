import { textTable } from "../../export/text-table.ts";
import { readElements } from "../../scenario/elements.ts";
import { type PassesReport, passesOver, type SightRow } from "../../studies/passes.ts";
import { Arguments } from "./arguments.ts";
import { lateProgress } from "./coverage-progress.ts";
import { oneNumber } from "./passes-number.ts";
import type { World } from "./world.ts";

export interface PassesOptions {
  latitude?: string;
  longitude?: string;
  altitudeM: string;
  minElevationDeg: string;
  start?: string;
  hours: string;
  id?: string[];
  frequencyGhz: string;
  json?: boolean;
}

/** When the satellites of an element file rise, culminate and set over a place. */
export function passes(world: World, path: string, options: PassesOptions): number {
  const given = new Arguments();
  const file = given.file("elements", path);
  const ask = {
    latitudeDeg: oneNumber(given, "--latitude", options.latitude),
    longitudeDeg: oneNumber(given, "--longitude", options.longitude),
    altitudeM: oneNumber(given, "--altitude-m", options.altitudeM),
    minElevationDeg: oneNumber(given, "--min-elevation-deg", options.minElevationDeg),
    start: options.start,
    hours: oneNumber(given, "--hours", options.hours),
    ids: options.id?.flatMap((list) => list.split(",")),
    frequencyGhz: oneNumber(given, "--frequency-ghz", options.frequencyGhz),
  };
  given.check();
  const progress = lateProgress(world, "passes");
  const report = passesOver(readElements(file!.text, file!.name), ask, progress.update);
  progress.stop();
  world.out(options.json ? JSON.stringify(report) : reportText(report));
  return 0;
}

const HEAD = ["id", "name", "event", "UTC", "azimuth°", "elevation°", "range km", "Doppler kHz", "rate Hz/s"];

function reportText({ start, end, passes: rows, lost }: PassesReport): string {
  const lines = rows.flatMap(({ id, name, rise, culmination, set }) => [
    sightCells(id, name, "rise", rise),
    sightCells("", "", "culmination", culmination),
    sightCells("", "", "set", set),
  ]);
  const gone = lost.map(({ id, reason }) => `${id} is lost on the way: ${reason}`);
  return [
    `${rows.length} passes from ${start} to ${end}`,
    ...gone,
    ...(rows.length > 0 ? [textTable(HEAD, lines, [0, 1, 2, 3])] : []),
  ].join("\n");
}

function sightCells(id: string, name: string, event: string, sight: SightRow | null): string[] {
  if (!sight) return [id, name, event, event === "rise" ? "up at the start" : "up at the end"];
  const { at, azimuthDeg, elevationDeg, rangeKm, dopplerKhz, dopplerRateHzPerS } = sight;
  return [
    id,
    name,
    event,
    at,
    azimuthDeg.toFixed(2),
    elevationDeg.toFixed(2),
    rangeKm.toFixed(1),
    dopplerKhz.toFixed(3),
    dopplerRateHzPerS.toFixed(2),
  ];
}
