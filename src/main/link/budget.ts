import { BOLTZMANN_DBW, SPEED_OF_LIGHT, T0_KELVIN } from "../math/constants.ts";
import { toDb } from "../math/decibel.ts";

/**
 * Free-space loss [dB] over a distance [m]: 20·log10(4π d f / c). TR 38.811 eq. 6.6-2 rounds the constant to 32.45
 * (f in GHz, d in m), 0.002 dB more.
 */
export const freeSpaceLossDb = (frequencyHz: number, distanceM: number) =>
  2 * toDb((4 * Math.PI * frequencyHz * distanceM) / SPEED_OF_LIGHT);

/** Slant range [m] over a spherical Earth (TR 38.811 eq. 6.6-3). */
export function slantRange(earthRadiusM: number, altitudeM: number, elevation: number): number {
  const s = earthRadiusM * Math.sin(elevation);
  return Math.sqrt(s * s + altitudeM * altitudeM + 2 * altitudeM * earthRadiusM) - s;
}

/** Noise temperature of a receiver referred to its antenna [dBK]: NF + 10·log10(T0 + (Ta − T0)·10^(−NF/10)) (TR 38.821 §6.1.3.1). */
export const systemTemperatureDbk = (noiseFigureDb: number, antennaTemperatureK: number) =>
  noiseFigureDb + toDb(T0_KELVIN + (antennaTemperatureK - T0_KELVIN) * 10 ** (-noiseFigureDb / 10));

/** Figure of merit [dB/K]. */
export const gOverT = (gainDbi: number, noiseFigureDb: number, antennaTemperatureK: number) =>
  gainDbi - systemTemperatureDbk(noiseFigureDb, antennaTemperatureK);

export interface BudgetInput {
  frequencyHz: number;
  bandwidthHz: number;
  dataRateBps: number;
  /** EIRP of the beam over `bandwidthHz` at its centre */
  eirpDbw: number;
  /** pattern towards the UE relative to the centre, ≤ 0 */
  relativeGainDb: number;
  rangeM: number;
  /** gas, scintillation, rain, cloud, building: what depends on the elevation alone */
  elevationLossDb: number;
  /** shadowing, clutter and fixed losses; 0 when absent */
  otherLossDb?: number;
  receiverGainDbi: number;
  noiseFigureDb: number;
  antennaTemperatureK: number;
}

export interface Budget {
  freeSpaceLossDb: number;
  propLossDb: number;
  rcvdIsoPowerDbw: number;
  carrierPowerDbw: number;
  fluxDensityDbwPerM2: number;
  spectralFluxDensityDbwPerM2Hz: number;
  gOverTDbPerK: number;
  cOverN0DbHz: number;
  cOverNDb: number;
  ebOverN0Db: number;
  propagationDelayS: number;
}

/**
 * One downlink budget, term by term: CNR = EIRP + G/T − k − FSPL − losses − 10·log10 B (TR 38.821 §6.1.3.1).
 * Leaves out interference.
 */
export function linkBudget(input: BudgetInput): Budget {
  const eirp = input.eirpDbw + input.relativeGainDb;
  const fspl = freeSpaceLossDb(input.frequencyHz, input.rangeM);
  const other = input.elevationLossDb + (input.otherLossDb ?? 0);
  const isotropic = eirp - fspl - other;
  const merit = gOverT(input.receiverGainDbi, input.noiseFigureDb, input.antennaTemperatureK);
  const cOverN0 = isotropic + merit - BOLTZMANN_DBW;
  const flux = eirp - other - toDb(4 * Math.PI * input.rangeM * input.rangeM);
  return {
    freeSpaceLossDb: fspl,
    propLossDb: fspl + other,
    rcvdIsoPowerDbw: isotropic,
    carrierPowerDbw: isotropic + input.receiverGainDbi,
    fluxDensityDbwPerM2: flux,
    spectralFluxDensityDbwPerM2Hz: flux - toDb(input.bandwidthHz),
    gOverTDbPerK: merit,
    cOverN0DbHz: cOverN0,
    cOverNDb: cOverN0 - toDb(input.bandwidthHz),
    ebOverN0Db: cOverN0 - toDb(input.dataRateBps),
    propagationDelayS: input.rangeM / SPEED_OF_LIGHT,
  };
}

/**
 * RSRP over an isotropic path without loss [dBm]: power of one resource element at the beam's centre
 * (TS 38.215 §5.1.1: linear average over the resource elements that carry the reference signal).
 */
export const resourceElementEirpDbm = (eirpDensityDbwPerHz: number, subcarrierSpacingHz: number) =>
  eirpDensityDbwPerHz + toDb(subcarrierSpacingHz) + 30;

/** Thermal noise in one resource element [dBm]. */
export const resourceElementNoiseDbm = (
  noiseFigureDb: number,
  antennaTemperatureK: number,
  subcarrierSpacingHz: number,
) =>
  BOLTZMANN_DBW + systemTemperatureDbk(noiseFigureDb, antennaTemperatureK) + toDb(subcarrierSpacingHz) + 30;
