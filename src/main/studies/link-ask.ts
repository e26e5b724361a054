import type { Problem } from "../../shared/errors.ts";
import type { Building } from "../link/building.ts";
import type { Surroundings } from "../link/surroundings.ts";

/** Losses that can be switched off by name. */
export const EFFECTS = [
  "gas",
  "scintillation",
  "shadow",
  "clutter",
  "rain",
  "cloud",
  "building",
  "polarisation",
  "additional",
] as const;
export type Effect = (typeof EFFECTS)[number];

export type Direction = "down" | "up";

/** What a budget needs, as the terminal takes it; losses that are absent are worked out or zero. */
export interface LinkAsk {
  direction: Direction;
  altitudeKm: number;
  elevationDeg: number;
  frequencyGhz: number;
  bandwidthMhz: number;
  /** over the bandwidth; EIRP density takes its place */
  eirpDbw?: number;
  eirpDensityDbwPerMhz?: number;
  /** figure of merit; noise figure, antenna temperature and gain take its place */
  gOverTDbPerK?: number;
  noiseFigureDb?: number;
  antennaTemperatureK?: number;
  /** gain of the receiving antenna, for the carrier power */
  rxGainDbi?: number;
  /** absent: the zenith curve of TR 38.811 over sin(elevation) */
  gasDb?: number;
  shadowDb?: number;
  /** absent: ionospheric below 6 GHz, else the tropospheric table of TR 38.811 */
  scintillationDb?: number;
  polarisationDb?: number;
  additionalDb?: number;
  rain?: { rate001MmH: number; rainHeightKm: number; latitudeDeg: number; exceedancePercent: number };
  /** columnar content of cloud water, reduced to 273.15 K */
  cloudKgM2?: number;
  /** without line of sight: the clutter around the UE */
  clutter?: Surroundings;
  building?: { kind: Building; probability: number };
  /** carrier to interference from other beams, for C/(N+I) */
  cirDb?: number;
  /** for Eb/N0 */
  dataRateMbps?: number;
  /** for RSRP: the power is spread evenly over the bandwidth */
  subcarrierSpacingKhz?: number;
  /** throughput: distance from Shannon's bound (default: that of `link/modulation.ts`) */
  implementationMarginDb?: number;
  /** terms that count as 0 whatever else is given */
  without?: readonly Effect[];
}

/** Option, value, least, most, unit; the first four are required. */
type Range = readonly [option: string, value: number | undefined, min: number, max: number, unit: string];
const REQUIRED = 4;

const rangesOf = (ask: LinkAsk): Range[] => [
  ["altitude-km", ask.altitudeKm, 100, 50_000, "km"],
  ["elevation-deg", ask.elevationDeg, 5, 90, "degrees"],
  ["frequency-ghz", ask.frequencyGhz, 0.5, 100, "GHz"],
  ["bandwidth-mhz", ask.bandwidthMhz, 0.001, 10_000, "MHz"],
  ["eirp-dbw", ask.eirpDbw, -100, 200, "dBW"],
  ["eirp-density-dbw-mhz", ask.eirpDensityDbwPerMhz, -100, 200, "dBW/MHz"],
  ["gt-dbk", ask.gOverTDbPerK, -100, 100, "dB/K"],
  ["rx-gain-dbi", ask.rxGainDbi, -50, 100, "dBi"],
  ["noise-figure-db", ask.noiseFigureDb, 0, 50, "dB"],
  ["antenna-temperature-k", ask.antennaTemperatureK, 1, 10_000, "K"],
  ["gas-db", ask.gasDb, 0, 1000, "dB"],
  ["shadow-db", ask.shadowDb, -100, 100, "dB"],
  ["scintillation-db", ask.scintillationDb, 0, 100, "dB"],
  ["polarisation-db", ask.polarisationDb, 0, 100, "dB"],
  ["additional-db", ask.additionalDb, -100, 100, "dB"],
  ["cir-db", ask.cirDb, -100, 200, "dB"],
  ["data-rate-mbps", ask.dataRateMbps, 1e-6, 1e6, "Mbit/s"],
  ["scs-khz", ask.subcarrierSpacingKhz, 1, 1000, "kHz"],
  ["implementation-margin-db", ask.implementationMarginDb, 0, 20, "dB"],
  ["rain-rate-mmh", ask.rain?.rate001MmH, 0, 300, "mm/h"],
  ["rain-height-km", ask.rain?.rainHeightKm, 0, 10, "km"],
  ["latitude-deg", ask.rain?.latitudeDeg, -90, 90, "degrees"],
  ["exceedance-percent", ask.rain?.exceedancePercent, 0.001, 5, "%"],
  ["cloud-kgm2", ask.cloudKgM2, 0, 20, "kg/m²"],
  ["entry-probability", ask.building?.probability, 1e-7, 1 - 1e-7, "(a probability)"],
];

const CASE = "a study case (--case SC1 … SC30)";
const missing = (option: string, remedy: string): Problem => ({
  field: `--${option}`,
  reason: "is missing",
  remedy,
});

function outOfRange([option, value, min, max, unit]: Range, place: number): Problem[] {
  if (value === undefined) return place < REQUIRED ? [missing(option, `Give --${option} or ${CASE}`)] : [];
  if (value >= min && value <= max) return [];
  const reason = `${value} is not within ${min} … ${max} ${unit}`;
  return [{ field: `--${option}`, reason, remedy: `Give ${min} … ${max} ${unit}` }];
}

/** Everything that is missing or out of range. */
export function problemsOf(ask: Partial<LinkAsk>): Problem[] {
  const problems = rangesOf(ask as LinkAsk).flatMap(outOfRange);
  const rains = ask.rain && !ask.without?.includes("rain");
  if (rains && ask.frequencyGhz !== undefined && ask.frequencyGhz > 55)
    problems.push({
      field: "--rain-rate-mmh",
      reason: `ITU-R P.618 holds up to 55 GHz, not at ${ask.frequencyGhz} GHz`,
      remedy: "Leave the rain out or give a lower frequency",
    });
  if (ask.eirpDbw === undefined && ask.eirpDensityDbwPerMhz === undefined)
    problems.push(missing("eirp-dbw", `Give --eirp-dbw, --eirp-density-dbw-mhz or ${CASE}`));
  return [...problems, ...receiverProblems(ask)];
}

/** G/T alone, or all that it is made of. */
function receiverProblems(ask: Partial<LinkAsk>): Problem[] {
  const { gOverTDbPerK, rxGainDbi, noiseFigureDb, antennaTemperatureK } = ask;
  if (noiseFigureDb === undefined && antennaTemperatureK === undefined)
    return gOverTDbPerK === undefined
      ? [
          missing(
            "gt-dbk",
            `Give --gt-dbk, or --rx-gain-dbi, --noise-figure-db and --antenna-temperature-k, or ${CASE}`,
          ),
        ]
      : [];
  const parts = [
    ["rx-gain-dbi", rxGainDbi],
    ["noise-figure-db", noiseFigureDb],
    ["antenna-temperature-k", antennaTemperatureK],
  ] as const;
  return parts
    .filter(([, value]) => value === undefined)
    .map(([option]) => missing(option, "Gain, noise figure and antenna temperature belong together"));
}
