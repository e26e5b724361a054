import { BadInput } from "../../shared/errors.ts";
import { gOverT } from "../link/budget.ts";
import { toDb } from "../math/decibel.ts";
import type { Direction, LinkAsk } from "./link.ts";

type Orbit = "GEO" | "LEO-600" | "LEO-1200";
type CaseBand = "Ka" | "S";

/** Per set, orbit and band: EIRP density down [dBW/MHz] and G/T up [dB/K] (TR 38.821 Tables 6.1.1.1-1 and -2). */
const PAYLOADS: Record<
  1 | 2,
  Record<Orbit, Record<CaseBand, readonly [eirpDensity: number, gOverT: number]>>
> = {
  1: {
    GEO: { Ka: [40, 28], S: [59, 19] },
    "LEO-600": { Ka: [4, 13], S: [34, 1.1] },
    "LEO-1200": { Ka: [10, 13], S: [40, 1.1] },
  },
  2: {
    GEO: { Ka: [32, 20], S: [53.5, 14] },
    "LEO-600": { Ka: [-4, 5], S: [28, -4.9] },
    "LEO-1200": { Ka: [2, 5], S: [34, -4.9] },
  },
};
const ALTITUDE_KM: Record<Orbit, number> = { GEO: 35_786, "LEO-600": 600, "LEO-1200": 1200 };

/** VSAT in the Ka band, handheld in the S band (TR 38.821 Table 6.1.1.1-3). */
const TERMINALS = {
  Ka: { gainDbi: 39.7, noiseFigureDb: 1.2, antennaK: 150, eirpDbw: 33 - 30 + 43.2 },
  S: { gainDbi: 0, noiseFigureDb: 7, antennaK: 290, eirpDbw: 23 - 30 + 0 },
};
/** Frequencies [GHz] and system bandwidth [MHz] (TR 38.821 Table 6.1.1.1-5); 360 kHz for a handheld's uplink. */
const RADIO = {
  Ka: { down: 20, up: 30, bandwidthMhz: 400 },
  S: { down: 2, up: 2, bandwidthMhz: 30 },
};
const HANDHELD_UP_MHZ = 0.36;
/** TR 38.821 Table 6.1.3.2-1. */
const SHADOW_DB = { Ka: 0, S: 3 };

/** Order of the cases within a set: three of the Ka band (reuse 1, 3, 2), two of the S band (reuse 1, 3), per orbit. */
const ORBITS: readonly Orbit[] = ["GEO", "LEO-600", "LEO-1200"];
const REUSE: readonly (readonly [CaseBand, number])[] = [
  ["Ka", 1],
  ["Ka", 3],
  ["Ka", 2],
  ["S", 1],
  ["S", 3],
];

export interface StudyCase {
  name: string;
  orbit: Orbit;
  set: 1 | 2;
  band: CaseBand;
  frequencyReuse: number;
}

/** SC1 … SC30 (TR 38.821 Table 6.1.1.1-9). */
export const STUDY_CASES: readonly StudyCase[] = ([1, 2] as const).flatMap((set) =>
  ORBITS.flatMap((orbit, o) =>
    REUSE.map(([band, frequencyReuse], i) => ({
      name: `SC${(set - 1) * 15 + o * 5 + i + 1}`,
      orbit,
      set,
      band,
      frequencyReuse,
    })),
  ),
);

export function studyCase(name: string): StudyCase {
  const found = STUDY_CASES.find((one) => one.name === name.toUpperCase());
  if (found) return found;
  throw new BadInput([
    { field: "--case", reason: `there is no study case "${name}"`, remedy: "Give SC1 … SC30" },
  ]);
}

/** 30° for low orbits, 12.5° and 20° for GEO with Set-1 and Set-2 (TR 38.821 Table 6.1.3.2-1). */
function targetElevationDeg({ orbit, set }: StudyCase): number {
  if (orbit !== "GEO") return 30;
  return set === 1 ? 12.5 : 20;
}

/** The budget that TR 38.821 §6.1.3 asks for in a study case. */
export function caseAsk(one: StudyCase, direction: Direction): LinkAsk {
  const { band } = one;
  const [eirpDensity, satelliteGOverT] = PAYLOADS[one.set][one.orbit][band];
  const terminal = TERMINALS[band];
  const share = RADIO[band].bandwidthMhz / one.frequencyReuse;
  const down = direction === "down";
  return {
    direction,
    altitudeKm: ALTITUDE_KM[one.orbit],
    elevationDeg: targetElevationDeg(one),
    frequencyGhz: RADIO[band][direction],
    bandwidthMhz: !down && band === "S" ? HANDHELD_UP_MHZ : share,
    eirpDbw: down ? eirpDensity + toDb(share) : terminal.eirpDbw,
    gOverTDbPerK: down
      ? gOverT(terminal.gainDbi, terminal.noiseFigureDb, terminal.antennaK)
      : satelliteGOverT,
    shadowDb: SHADOW_DB[band],
  };
}
