import { textTable } from "../../export/text-table.ts";
import { caseAsk, studyCase } from "../../studies/link-cases.ts";
import {
  BUILDINGS,
  type Direction,
  type LinkAsk,
  linkWaterfall,
  type LinkTerm,
  SURROUNDINGS,
} from "../../studies/link.ts";
import { Arguments } from "./arguments.ts";
import type { World } from "./world.ts";

/** Options of the command; numbers arrive as text. */
export interface LinkOptions {
  case?: string;
  direction: string;
  altitudeKm?: string;
  elevationDeg?: string;
  frequencyGhz?: string;
  bandwidthMhz?: string;
  eirpDbw?: string;
  gtDbk?: string;
  gasDb?: string;
  shadowDb?: string;
  scintillationDb?: string;
  polarisationDb?: string;
  additionalDb?: string;
  rainRateMmh?: string;
  rainHeightKm?: string;
  latitudeDeg?: string;
  exceedancePercent: string;
  cloudKgm2?: string;
  clutter?: string;
  building?: string;
  cirDb?: string;
  entryProbability: string;
  json?: boolean;
}

const REQUIRED = [
  ["altitudeKm", "altitude-km"],
  ["elevationDeg", "elevation-deg"],
  ["frequencyGhz", "frequency-ghz"],
  ["bandwidthMhz", "bandwidth-mhz"],
  ["eirpDbw", "eirp-dbw"],
  ["gOverTDbPerK", "gt-dbk"],
] as const;

/** One link budget as a waterfall; with --json one object of the terms, `cnDb` last. */
export function link(world: World, options: LinkOptions): number {
  const given = new Arguments();
  const direction = given.oneOf<Direction>("--direction", options.direction, ["down", "up"]);
  const asked = { direction, ...figures(given, options), ...surroundings(given, options) };
  const base = options.case === undefined ? {} : caseAsk(studyCase(options.case), direction);
  const ask = { ...base, ...defined(asked) } as LinkAsk;
  for (const [key, option] of REQUIRED)
    if (ask[key] === undefined && !given.problems.some(({ field }) => field === `--${option}`))
      given.refuse(`--${option}`, "is missing", `Give --${option} or a study case (--case SC1 … SC30)`);
  given.check();
  const terms = linkWaterfall(ask);
  if (options.json) {
    const head = { case: options.case?.toUpperCase() ?? null, direction };
    const inputs = {
      altitudeKm: ask.altitudeKm,
      elevationDeg: ask.elevationDeg,
      frequencyGhz: ask.frequencyGhz,
      bandwidthMhz: ask.bandwidthMhz,
    };
    const values = Object.fromEntries(terms.map(({ name, value }) => [name, value]));
    world.out(JSON.stringify({ ...head, ...inputs, ...values }));
  } else world.out(waterfallText(terms));
  return 0;
}

function oneNumber(given: Arguments, option: string, text: string | undefined): number | undefined {
  const values = given.numbers(option, text);
  if (values && values.length > 1)
    given.refuse(option, `"${text}" is more than one number`, "Give one number");
  return values?.[0];
}

function figures(given: Arguments, options: LinkOptions) {
  const number = (option: string, text: string | undefined) => oneNumber(given, option, text);
  return {
    altitudeKm: number("--altitude-km", options.altitudeKm),
    elevationDeg: number("--elevation-deg", options.elevationDeg),
    frequencyGhz: number("--frequency-ghz", options.frequencyGhz),
    bandwidthMhz: number("--bandwidth-mhz", options.bandwidthMhz),
    eirpDbw: number("--eirp-dbw", options.eirpDbw),
    gOverTDbPerK: number("--gt-dbk", options.gtDbk),
    gasDb: number("--gas-db", options.gasDb),
    shadowDb: number("--shadow-db", options.shadowDb),
    scintillationDb: number("--scintillation-db", options.scintillationDb),
    polarisationDb: number("--polarisation-db", options.polarisationDb),
    additionalDb: number("--additional-db", options.additionalDb),
    cloudKgM2: number("--cloud-kgm2", options.cloudKgm2),
    cirDb: number("--cir-db", options.cirDb),
  };
}

function surroundings(given: Arguments, options: LinkOptions) {
  return {
    rain: rain(given, options),
    clutter:
      options.clutter === undefined ? undefined : given.oneOf("--clutter", options.clutter, SURROUNDINGS),
    building:
      options.building === undefined
        ? undefined
        : {
            kind: given.oneOf("--building", options.building, BUILDINGS),
            probability: oneNumber(given, "--entry-probability", options.entryProbability)!,
          },
  };
}

function rain(given: Arguments, options: LinkOptions): LinkAsk["rain"] {
  const rate001MmH = oneNumber(given, "--rain-rate-mmh", options.rainRateMmh);
  const rainHeightKm = oneNumber(given, "--rain-height-km", options.rainHeightKm);
  const latitudeDeg = oneNumber(given, "--latitude-deg", options.latitudeDeg);
  const exceedancePercent = oneNumber(given, "--exceedance-percent", options.exceedancePercent);
  if (rate001MmH === undefined && rainHeightKm === undefined && latitudeDeg === undefined) return undefined;
  if (rate001MmH === undefined || rainHeightKm === undefined || latitudeDeg === undefined)
    given.refuse(
      "--rain-rate-mmh",
      "rain needs its rate, its height and the latitude",
      "Give --rain-rate-mmh, --rain-height-km and --latitude-deg together",
    );
  return {
    rate001MmH: rate001MmH!,
    rainHeightKm: rainHeightKm!,
    latitudeDeg: latitudeDeg!,
    exceedancePercent: exceedancePercent!,
  };
}

const defined = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

const SIGNS = { plus: "+", minus: "−", info: "=" };

/** The budget as it is added up: sign, term, value, unit; lines with "=" are sums and lengths on the way. */
function waterfallText(terms: readonly LinkTerm[]): string {
  const rows = terms.map(({ name, unit, value, enters }) => [SIGNS[enters], name, value.toFixed(3), unit]);
  return textTable(["", "term", "value", "unit"], rows, [0, 1, 3]);
}
