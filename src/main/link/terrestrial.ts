import { SPEED_OF_LIGHT } from "../math/constants.ts";

/**
 * Path loss between a site on the ground and a UE at 1.5 m (TR 38.901 V17 §7.4.1, §7.4.2), rural macro (RMa) with the
 * standard's 5 m buildings and 20 m streets, urban macro (UMa). Distances in m, frequency in Hz, losses in dB.
 * The formulas are for 10 m to 10 km (RMa with line of sight) or 5 km; farther out they are carried on. Leaves out UEs
 * indoors and above the ground, and UMa's wider effective heights (only UEs above 13 m have them).
 */
export type Surroundings = "rural" | "urban";

/** Height of the UE's antenna [m]. */
export const UE_HEIGHT_M = 1.5;
const BUILDING_M = 5;
const STREET_M = 20;
/** RMa's and UMa's formulas begin here. */
const NEAREST_M = 10;

/** Standard deviation of shadow fading before RMa's breakpoint [dB], and the distances over which it is correlated [m] (Tables 7.4.1-1, 7.5-6). */
export const SHADOW = {
  rural: { los: 4, losFar: 6, nlos: 8, losM: 37, nlosM: 120 },
  urban: { los: 4, losFar: 4, nlos: 6, losM: 37, nlosM: 50 },
} as const;
/** Over which having line of sight is correlated [m] (Table 7.6.3.1-2). */
export const SIGHT_CORRELATION_M = { rural: 60, urban: 50 } as const;

/** From antenna to antenna over a distance on the ground. */
export const slantDistance = (groundM: number, siteM: number) => Math.hypot(groundM, siteM - UE_HEIGHT_M);

/** Where the loss with line of sight begins to rise with the fourth power of the distance. */
export function breakpointDistance(surroundings: Surroundings, frequencyHz: number, siteM: number): number {
  return surroundings === "rural"
    ? (2 * Math.PI * siteM * UE_HEIGHT_M * frequencyHz) / SPEED_OF_LIGHT
    : // an effective environment of 1 m stands under both antennas
      (4 * (siteM - 1) * (UE_HEIGHT_M - 1) * frequencyHz) / SPEED_OF_LIGHT;
}

/** Share of the places at a distance on the ground that see the site (Table 7.4.2-1). */
export function sightProbability(surroundings: Surroundings, groundM: number): number {
  if (surroundings === "rural") return groundM <= 10 ? 1 : Math.exp(-(groundM - 10) / 1000);
  if (groundM <= 18) return 1;
  return 18 / groundM + Math.exp(-groundM / 63) * (1 - 18 / groundM);
}

function ruralBefore(slantM: number, frequencyHz: number): number {
  const ghz = frequencyHz / 1e9;
  const rise = BUILDING_M ** 1.72;
  return (
    20 * Math.log10((40 * Math.PI * slantM * ghz) / 3) +
    Math.min(0.03 * rise, 10) * Math.log10(slantM) -
    Math.min(0.044 * rise, 14.77) +
    0.002 * Math.log10(BUILDING_M) * slantM
  );
}

/** Path loss with line of sight. */
export function sightLossDb(
  surroundings: Surroundings,
  frequencyHz: number,
  siteM: number,
  groundM: number,
): number {
  const ground = Math.max(NEAREST_M, groundM);
  const slant = slantDistance(ground, siteM);
  const edge = breakpointDistance(surroundings, frequencyHz, siteM);
  if (surroundings === "rural") {
    if (ground <= edge) return ruralBefore(slant, frequencyHz);
    const slantEdge = slantDistance(edge, siteM);
    return ruralBefore(slantEdge, frequencyHz) + 40 * Math.log10(slant / slantEdge);
  }
  const carrier = 28 + 20 * Math.log10(frequencyHz / 1e9);
  if (ground <= edge) return carrier + 22 * Math.log10(slant);
  return carrier + 40 * Math.log10(slant) - 9 * Math.log10(edge ** 2 + (siteM - UE_HEIGHT_M) ** 2);
}

/** Path loss without line of sight: at least that with it. */
export function blockedLossDb(
  surroundings: Surroundings,
  frequencyHz: number,
  siteM: number,
  groundM: number,
): number {
  const ground = Math.max(NEAREST_M, groundM);
  const slant = Math.log10(slantDistance(ground, siteM));
  const carrier = 20 * Math.log10(frequencyHz / 1e9);
  const loss =
    surroundings === "urban"
      ? 13.54 + 39.08 * slant + carrier - 0.6 * (UE_HEIGHT_M - 1.5)
      : 161.04 -
        7.1 * Math.log10(STREET_M) +
        7.5 * Math.log10(BUILDING_M) -
        (24.37 - 3.7 * (BUILDING_M / siteM) ** 2) * Math.log10(siteM) +
        (43.42 - 3.1 * Math.log10(siteM)) * (slant - 3) +
        carrier -
        (3.2 * Math.log10(11.75 * UE_HEIGHT_M) ** 2 - 4.97);
  return Math.max(loss, sightLossDb(surroundings, frequencyHz, siteM, ground));
}

/** Over a smooth Earth with 4/3 of its radius no farther [m]. */
export const radioHorizon = (earthRadiusM: number, siteM: number) =>
  Math.sqrt((8 / 3) * earthRadiusM * siteM) + Math.sqrt((8 / 3) * earthRadiusM * UE_HEIGHT_M);
