import type { ElevationModel } from "../../shared/mission.ts";
import { DEG } from "../math/constants.ts";
import { buildingEntryLossDb } from "./building.ts";
import { cloudDb } from "./cloud.ts";
import { slantGasDb } from "./gas-path.ts";
import { slantGasLossDb, zenithGasLossDb } from "./gas.ts";
import type { Air } from "./gases.ts";
import { rainDb } from "./rain.ts";
import { ionosphericScintillationDb, tabulatedScintillationDb } from "./scintillation.ts";

/** Losses of a path that depend on its elevation alone [dB]; 0 where a term is off. */
export interface ElevationTerms {
  gas: number;
  scintillation: number;
  rain: number;
  cloud: number;
  building: number;
}

/** Air at sea level whose curve TR 38.811 Fig. 6.6.4-1 draws: 1013.25 hPa with vapour, 288.15 K, 7.5 g/m³. */
const AIR: Air = { pressureHpa: 1013.25 - 9.98, temperatureK: 288.15, vapourGM3: 7.5 };
/** That vapour falls off with a height of 2 km (ITU-R P.835): kg/m². */
const VAPOUR_COLUMN = 15;
/** Below this elevation every term keeps the value it has here: the flat layers of the models hold no further down. */
const LOWEST = 5 * DEG;
/** Steps of the table over the sine; with this number sin 5° is a knot to 1/500 of a step, so that the bend there harms nothing. */
const STEPS = 8066;

/** Attenuation by gases at the zenith [dB]. A given figure replaces the curve, not ITU-R P.676. */
function zenithGas({ gas, zenithGasDb }: ElevationModel, frequencyHz: number): number {
  if (gas === "off") return 0;
  if (gas === "p676") return slantGasDb(frequencyHz, Math.PI / 2, AIR, VAPOUR_COLUMN, 0);
  return zenithGasDb ?? zenithGasLossDb(frequencyHz);
}

/** Scintillation as TR 38.821 Table 6.1.3.2-1 takes it: ionospheric below 6 GHz, else the tropospheric table [dB]. */
export const standardScintillationDb = (frequencyHz: number, elevation: number) =>
  frequencyHz < 6e9 ? ionosphericScintillationDb(frequencyHz) : tabulatedScintillationDb(elevation);

/** ITU-R P.618 on a path from sea level, circular polarisation. */
function rainAt({ rain }: ElevationModel, frequencyHz: number, elevation: number): number {
  if (!rain) return 0;
  const { rate001MmH, rainHeightM, latitude, exceedancePercent } = rain;
  const path = {
    frequencyHz,
    elevation,
    tilt: 45 * DEG,
    latitude,
    stationHeightM: 0,
    rainHeightM,
    rate001MmH,
  };
  return rainDb(path, exceedancePercent);
}

function termsOver(
  model: ElevationModel,
  frequencyHz: number,
  zenith: number,
  given: number,
): ElevationTerms {
  const elevation = Math.max(LOWEST, given);
  const { cloudKgM2, building } = model;
  return {
    gas: slantGasLossDb(zenith, elevation),
    scintillation: model.scintillation === "off" ? 0 : standardScintillationDb(frequencyHz, elevation),
    rain: rainAt(model, frequencyHz, elevation),
    cloud: cloudKgM2 === 0 ? 0 : cloudDb(frequencyHz, elevation, cloudKgM2),
    building: building ? buildingEntryLossDb(building.kind, frequencyHz, elevation, building.probability) : 0,
  };
}

const sum = ({ gas, scintillation, rain, cloud, building }: ElevationTerms) =>
  gas + scintillation + rain + cloud + building;

/** Each term at an elevation [rad]; below 5° as at 5°. */
export const elevationTermsDb = (losses: ElevationModel, frequencyHz: number, elevation: number) =>
  termsOver(losses, frequencyHz, zenithGas(losses, frequencyHz), elevation);

/**
 * The sum of the terms [dB] over the sine of the elevation, `perUnit` steps from 0 to 1, for linear interpolation; one
 * more value follows, so that the place of the zenith has a neighbour. Within 0.001 dB of the sum from 5° to 88°, save
 * inside the step in which a model jumps (scintillation table, ITU-R P.618 at 25°). Nearer the zenith rain and building
 * entry bend sharply over the sine: heavy rain is up to 1 dB out there, building entry 0.05 dB.
 */
export function elevationLossTable(losses: ElevationModel, frequencyHz: number) {
  const zenith = zenithGas(losses, frequencyHz);
  const db = Float64Array.from({ length: STEPS + 2 }, (_, step) =>
    sum(termsOver(losses, frequencyHz, zenith, Math.asin(Math.min(1, step / STEPS)))),
  );
  return { perUnit: STEPS, db };
}
