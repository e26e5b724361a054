import payloads from "../../../resources/reference/payloads.json" with { type: "json" };
import { BadInput } from "../../shared/errors.ts";
import { toDb } from "../math/decibel.ts";
import type { Direction, LinkAsk } from "./link-ask.ts";

type Orbit = "GEO" | "LEO-600" | "LEO-1200";
type CaseBand = "Ka" | "S";

/** VSAT in the Ka band, handheld in the S band (TR 38.821 Table 6.1.1.1-3). */
const TERMINALS = {
  Ka: { gainDbi: 39.7, noiseFigureDb: 1.2, antennaK: 150, eirpDbw: 33 - 30 + 43.2 },
  S: { gainDbi: 0, noiseFigureDb: 7, antennaK: 290, eirpDbw: 23 - 30 + 0 },
};
/** System bandwidth [MHz] (TR 38.821 Table 6.1.1.1-5); 360 kHz for a handheld's uplink. */
const BANDWIDTH_MHZ = { Ka: 400, S: 30 };
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

/** EIRP density, G/T and height of the case's satellite (TR 38.821 Tables 6.1.1.1-1 and -2). */
function payloadOf({ orbit, band, set }: StudyCase) {
  const name = `${orbit}-${band}-set${set}`.toLowerCase();
  const found = payloads.find((payload) => payload.name === name);
  if (!found) throw new Error(`no payload "${name}"`);
  return found;
}

/** The budget that TR 38.821 §6.1.3 asks for in a study case. */
export function caseAsk(one: StudyCase, direction: Direction): LinkAsk {
  const { band } = one;
  const payload = payloadOf(one);
  const common = {
    direction,
    altitudeKm: payload.altitudeKm,
    elevationDeg: targetElevationDeg(one),
    frequencyGhz: payload[direction].frequencyGhz,
    shadowDb: SHADOW_DB[band],
  };
  const terminal = TERMINALS[band];
  const share = BANDWIDTH_MHZ[band] / one.frequencyReuse;
  if (direction === "up")
    return {
      ...common,
      bandwidthMhz: band === "S" ? HANDHELD_UP_MHZ : share,
      eirpDbw: terminal.eirpDbw,
      gOverTDbPerK: payload.up.gOverTDbPerK,
      rxGainDbi: payload.up.gainDbi,
    };
  return {
    ...common,
    bandwidthMhz: share,
    eirpDbw: payload.down.eirpDensityDbwPerMhz + toDb(share),
    rxGainDbi: terminal.gainDbi,
    noiseFigureDb: terminal.noiseFigureDb,
    antennaTemperatureK: terminal.antennaK,
  };
}
