import { caseAsk, studyCase } from "../../studies/link-cases.ts";
import {
  BUILDINGS,
  type Direction,
  EFFECTS,
  type LinkAsk,
  linkWaterfall,
  type LinkTerm,
  problemsOf,
  SURROUNDINGS,
} from "../../studies/link.ts";
import { Arguments } from "./arguments.ts";
import { linkOfUe, type UeLinkOptions } from "./ue-link.ts";
import { waterfallText } from "./waterfall.ts";
import type { World } from "./world.ts";

/** Options of the command; numbers arrive as text. */
export interface LinkOptions extends UeLinkOptions {
  case?: string;
  direction: string;
  altitudeKm?: string;
  elevationDeg?: string;
  frequencyGhz?: string;
  bandwidthMhz?: string;
  eirpDbw?: string;
  eirpDensityDbwMhz?: string;
  gtDbk?: string;
  rxGainDbi?: string;
  noiseFigureDb?: string;
  antennaTemperatureK?: string;
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
  without?: string;
  dataRateMbps?: string;
  scsKhz?: string;
  implementationMarginDb?: string;
}

/** One link budget as a waterfall; with --json one object of the terms, `cnDb` last. With --run that of a UE of a run. */
export async function link(world: World, options: LinkOptions): Promise<number> {
  if ([options.run, options.ue, options.atS].some((text) => text !== undefined))
    return linkOfUe(world, options, parametersIn(options));
  const given = new Arguments();
  const direction = given.oneOf<Direction>("--direction", options.direction, ["down", "up"]);
  refuseBoth(given, options);
  const asked = {
    direction,
    ...figures(given, options),
    ...surroundings(given, options),
    without: effects(given, options),
  };
  const ask = { ...caseBase(options, direction), ...defined(asked) } as LinkAsk;
  const known = new Set(given.problems.map(({ field }) => field));
  given.problems.push(...problemsOf(ask).filter(({ field }) => !known.has(field)));
  given.check();
  const terms = linkWaterfall(ask);
  world.out(options.json ? waterfallJson(ask, terms, options.case) : waterfallText(terms));
  return 0;
}

/** Options given that describe a link of their own; those with a default cannot be told. */
function parametersIn(options: LinkOptions): string[] {
  const others = ["run", "ue", "atS", "db", "json", "direction", "exceedancePercent", "entryProbability"];
  const given = Object.keys(options).filter((key) => !others.includes(key));
  return given.map((key) => `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`);
}

function waterfallJson(ask: LinkAsk, terms: readonly LinkTerm[], studied: string | undefined): string {
  const { direction, altitudeKm, elevationDeg, frequencyGhz, bandwidthMhz, without = [] } = ask;
  const head = { case: studied?.toUpperCase() ?? null, direction };
  const inputs = { altitudeKm, elevationDeg, frequencyGhz, bandwidthMhz, without };
  const values = Object.fromEntries(terms.map(({ name, value }) => [name, value]));
  return JSON.stringify({ ...head, ...inputs, ...values });
}

/** The study case, less its receiver where the G/T is given. */
function caseBase(options: LinkOptions, direction: Direction): Partial<LinkAsk> {
  if (options.case === undefined) return {};
  const base = caseAsk(studyCase(options.case), direction);
  if (options.gtDbk === undefined) return base;
  const { rxGainDbi: _gain, noiseFigureDb: _noise, antennaTemperatureK: _sky, ...rest } = base;
  return rest;
}

const RECEIVER = [
  ["--rx-gain-dbi", "rxGainDbi"],
  ["--noise-figure-db", "noiseFigureDb"],
  ["--antenna-temperature-k", "antennaTemperatureK"],
] as const;

/** EIRP and G/T have two forms each; one of them is enough. */
function refuseBoth(given: Arguments, options: LinkOptions) {
  if (options.eirpDbw !== undefined && options.eirpDensityDbwMhz !== undefined)
    given.refuse("--eirp-density-dbw-mhz", "comes together with --eirp-dbw", "Give one of the two");
  if (options.gtDbk === undefined) return;
  for (const [option, key] of RECEIVER)
    if (options[key] !== undefined)
      given.refuse(option, "comes together with --gt-dbk", "Give G/T or the receiver that it is made of");
}

function effects(given: Arguments, { without }: LinkOptions) {
  return without?.split(",").map((name) => given.oneOf("--without", name.trim(), EFFECTS));
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
    eirpDensityDbwPerMhz: number("--eirp-density-dbw-mhz", options.eirpDensityDbwMhz),
    gOverTDbPerK: number("--gt-dbk", options.gtDbk),
    rxGainDbi: number("--rx-gain-dbi", options.rxGainDbi),
    noiseFigureDb: number("--noise-figure-db", options.noiseFigureDb),
    antennaTemperatureK: number("--antenna-temperature-k", options.antennaTemperatureK),
    gasDb: number("--gas-db", options.gasDb),
    shadowDb: number("--shadow-db", options.shadowDb),
    scintillationDb: number("--scintillation-db", options.scintillationDb),
    polarisationDb: number("--polarisation-db", options.polarisationDb),
    additionalDb: number("--additional-db", options.additionalDb),
    cloudKgM2: number("--cloud-kgm2", options.cloudKgm2),
    cirDb: number("--cir-db", options.cirDb),
    dataRateMbps: number("--data-rate-mbps", options.dataRateMbps),
    subcarrierSpacingKhz: number("--scs-khz", options.scsKhz),
    implementationMarginDb: number("--implementation-margin-db", options.implementationMarginDb),
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
