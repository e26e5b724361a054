import { textTable } from "../../export/text-table.ts";
import { readElements } from "../../scenario/elements.ts";
import { type PassesReport, passesOver, type SightRow } from "../../studies/passes.ts";
import { Arguments } from "./arguments.ts";
import { lateProgress } from "./coverage-progress.ts";
import { maybeNumber, oneNumber } from "./passes-number.ts";
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
  ueSpeedKmh?: string;
  ueHeadingDeg?: string;
  gateways?: string;
  beamCentre?: string;
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
    ueSpeedKmh: maybeNumber(given, "--ue-speed-kmh", options.ueSpeedKmh),
    ueHeadingDeg: maybeNumber(given, "--ue-heading-deg", options.ueHeadingDeg),
    gateways: given.file("--gateways", options.gateways)?.text,
    beamCentreDeg: given.numbers("--beam-centre", options.beamCentre),
  };
  given.check();
  const progress = lateProgress(world, "passes");
  const report = passesOver(readElements(file!.text, file!.name), ask, progress.update);
  progress.stop();
  world.out(options.json ? JSON.stringify(report) : reportText(report));
  return 0;
}

type Column = [head: string, cell: (sight: SightRow) => string];

const COLUMNS: Column[] = [
  ["UTC", ({ at }) => at],
  ["azimuth°", ({ azimuthDeg }) => azimuthDeg.toFixed(2)],
  ["elevation°", ({ elevationDeg }) => elevationDeg.toFixed(2)],
  ["range km", ({ rangeKm }) => rangeKm.toFixed(1)],
  ["round trip ms", ({ roundTripMs }) => roundTripMs?.toFixed(3) ?? "–"],
  ["Doppler kHz", ({ dopplerKhz }) => dopplerKhz.toFixed(3)],
  ["rate Hz/s", ({ dopplerRateHzPerS }) => dopplerRateHzPerS.toFixed(2)],
];
/** Only where they were asked for. */
const FURTHER: Column[] = [
  ["gateway", ({ feeder }) => (feeder === undefined ? "" : (feeder?.gateway ?? "none in view"))],
  ["feeder km", ({ feeder }) => feeder?.rangeKm.toFixed(1) ?? ""],
  ["moving kHz", ({ movingDopplerKhz }) => movingDopplerKhz?.toFixed(3) ?? ""],
  ["moving Hz/s", ({ movingDopplerRateHzPerS }) => movingDopplerRateHzPerS?.toFixed(2) ?? ""],
  ["residual Hz", ({ residualDopplerHz }) => residualDopplerHz?.toFixed(1) ?? ""],
];

function reportText({ start, end, passes: rows, lost }: PassesReport): string {
  const sights = rows.flatMap(({ rise, culmination, set }) => [rise, culmination, set]);
  const used = FURTHER.filter(([, cell]) => sights.some((sight) => sight && cell(sight) !== ""));
  const columns = [...COLUMNS, ...used];
  const lines = rows.flatMap(({ id, name, rise, culmination, set }) => [
    [id, name, "rise", ...cells(columns, rise, "up at the start")],
    ["", "", "culmination", ...cells(columns, culmination, "")],
    ["", "", "set", ...cells(columns, set, "up at the end")],
  ]);
  const head = ["id", "name", "event", ...columns.map(([title]) => title)];
  const gone = lost.map(({ id, reason }) => `${id} is lost on the way: ${reason}`);
  return [
    `${rows.length} passes from ${start} to ${end}`,
    ...gone,
    ...(rows.length > 0 ? [textTable(head, lines, [0, 1, 2, 3])] : []),
  ].join("\n");
}

const cells = (columns: Column[], sight: SightRow | null, missing: string) =>
  sight ? columns.map(([, cell]) => cell(sight)) : [missing];
