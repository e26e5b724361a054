import { BadInput } from "../../shared/errors.ts";
import type { LinkTerm } from "../../shared/link.ts";
import { freeSpaceLossDb, gOverT, slantRange } from "../link/budget.ts";
import { BUILDINGS, buildingEntryLossDb } from "../link/building.ts";
import { cloudDb } from "../link/cloud.ts";
import { standardScintillationDb } from "../link/elevation-loss.ts";
import { slantGasLossDb, zenithGasLossDb } from "../link/gas.ts";
import { cnirDb } from "../link/interference.ts";
import { overheadShare, throughputBps } from "../link/modulation.ts";
import { ebOverN0Db, rsrqDb } from "../link/quality.ts";
import { rainDb } from "../link/rain.ts";
import { bandOf, clutterLossDb, SURROUNDINGS } from "../link/surroundings.ts";
import { BOLTZMANN_DBW, DEG } from "../math/constants.ts";
import { fromDb, toDb } from "../math/decibel.ts";
import { type Effect, EFFECTS, type LinkAsk, problemsOf } from "./link-ask.ts";
import { oneWayDelay } from "./link-motion.ts";

export { BUILDINGS, EFFECTS, problemsOf, SURROUNDINGS };
export type { LinkTerm };
export type { Direction, Effect, LinkAsk } from "./link-ask.ts";

/** Radius of the Earth in the geometry of TR 38.811 and TR 38.821 [m]. */
export const REPORT_EARTH_RADIUS = 6_371_000;

/**
 * A budget term by term, C/N last: EIRP − losses + G/T − k − 10·log10 B (TR 38.821 §6.1.3.1), spherical Earth.
 * With C/I also C/(N+I). Rain raises no noise temperature here.
 */
export function linkWaterfall(ask: LinkAsk): LinkTerm[] {
  const problems = problemsOf(ask);
  if (problems.length > 0) throw new BadInput(problems);
  const orbit = { earthRadiusM: REPORT_EARTH_RADIUS, altitudeM: ask.altitudeKm * 1000 };
  const elevation = ask.elevationDeg * DEG;
  const range = slantRange(orbit.earthRadiusM, orbit.altitudeM, elevation);
  const losses = lossTerms(ask, range);
  const total = losses.reduce((sum, loss) => sum + loss.value, 0);
  const eirp = eirpOf(ask);
  const isotropic = eirp - total;
  const merit = meritOf(ask);
  const density = isotropic + merit - BOLTZMANN_DBW;
  const bandwidth = toDb(ask.bandwidthMhz * 1e6);
  const cn = density - bandwidth;
  return [
    info("slantRangeKm", "km", range / 1000),
    info("oneWayDelayMs", "ms", 1000 * oneWayDelay(orbit, elevation)),
    { name: "eirpDbw", unit: "dBW", value: eirp, enters: "plus" },
    ...losses,
    info("pathLossDb", "dB", total),
    ...receivedTerms(ask, isotropic, range, bandwidth),
    { name: "gOverTDbPerK", unit: "dB/K", value: merit, enters: "plus" },
    { name: "boltzmannDbwPerKHz", unit: "dBW/K/Hz", value: BOLTZMANN_DBW, enters: "minus" },
    info("cOverN0DbHz", "dBHz", density),
    ...(ask.dataRateMbps === undefined
      ? []
      : [info("ebOverN0Db", "dB", ebOverN0Db(density, ask.dataRateMbps * 1e6))]),
    { name: "bandwidthDbHz", unit: "dBHz", value: bandwidth, enters: "minus" },
    ...qualityTerms(ask, isotropic, cn),
    ...interferenceTerms(ask, cn),
    info("cnDb", "dB", cn),
  ];
}

const eirpOf = ({ eirpDbw, eirpDensityDbwPerMhz, bandwidthMhz }: LinkAsk) =>
  eirpDensityDbwPerMhz === undefined ? eirpDbw! : eirpDensityDbwPerMhz + toDb(bandwidthMhz);

const meritOf = ({ gOverTDbPerK, rxGainDbi, noiseFigureDb, antennaTemperatureK }: LinkAsk) =>
  noiseFigureDb === undefined ? gOverTDbPerK! : gOverT(rxGainDbi!, noiseFigureDb, antennaTemperatureK!);

/** What arrives: power of an isotropic antenna, of the real one where its gain is known, and flux density. */
function receivedTerms(ask: LinkAsk, isotropic: number, range: number, bandwidth: number): LinkTerm[] {
  const spread = freeSpaceLossDb(ask.frequencyGhz * 1e9, range) - toDb(4 * Math.PI * range * range);
  const flux = isotropic + spread;
  return [
    info("receivedIsotropicPowerDbw", "dBW", isotropic),
    info("fluxDensityDbwPerM2", "dBW/m²", flux),
    info("spectralFluxDensityDbwPerM2Hz", "dBW/m²/Hz", flux - bandwidth),
    ...(ask.rxGainDbi === undefined ? [] : [info("carrierPowerDbw", "dBW", isotropic + ask.rxGainDbi)]),
  ];
}

/** RSRP and RSRQ of a downlink fully loaded, and the data rate of one UE with all of the bandwidth. */
function qualityTerms(ask: LinkAsk, isotropic: number, cn: number): LinkTerm[] {
  if (ask.subcarrierSpacingKhz === undefined) return [];
  const noise = fromDb(-cn);
  const interference = ask.cirDb === undefined ? 0 : fromDb(-ask.cirDb);
  const overhead = overheadShare(ask.frequencyGhz * 1e9, ask.direction);
  const options = { marginDb: ask.implementationMarginDb, overhead };
  const { bps, mcs } = throughputBps(-toDb(noise + interference), ask.bandwidthMhz * 1e6, options);
  const elements = (ask.bandwidthMhz * 1000) / ask.subcarrierSpacingKhz;
  const down = ask.direction === "down";
  return [
    ...(down && ask.rxGainDbi !== undefined
      ? [info("rsrpDbm", "dBm", isotropic + ask.rxGainDbi + 30 - toDb(elements))]
      : []),
    ...(down ? [info("rsrqDb", "dB", rsrqDb(1, interference, noise))] : []),
    info("mcs", "", mcs),
    info("throughputMbps", "Mbit/s", bps / 1e6),
  ];
}

const interferenceTerms = ({ cirDb }: LinkAsk, cnDb: number) =>
  cirDb === undefined ? [] : [info("cirDb", "dB", cirDb), info("cnirDb", "dB", cnirDb(cnDb, cirDb))];

const info = (name: string, unit: string, value: number): LinkTerm => ({ name, unit, value, enters: "info" });

function lossTerms(ask: LinkAsk, range: number): LinkTerm[] {
  const frequency = ask.frequencyGhz * 1e9;
  const elevation = ask.elevationDeg * DEG;
  const loss = (name: string, value: number): LinkTerm => ({ name, unit: "dB", value, enters: "minus" });
  const unless = (effect: Effect, name: string, value: () => number): LinkTerm =>
    ask.without?.includes(effect) ? { ...loss(name, 0), off: true } : loss(name, value());
  return [
    loss("freeSpaceLossDb", freeSpaceLossDb(frequency, range)),
    unless("gas", "gasLossDb", () => ask.gasDb ?? slantGasLossDb(zenithGasLossDb(frequency), elevation)),
    unless(
      "scintillation",
      "scintillationLossDb",
      () => ask.scintillationDb ?? standardScintillationDb(frequency, elevation),
    ),
    unless("shadow", "shadowMarginDb", () => ask.shadowDb ?? 0),
    unless("clutter", "clutterLossDb", () =>
      ask.clutter ? clutterLossDb(ask.clutter, bandOf(frequency), elevation) : 0,
    ),
    unless("rain", "rainLossDb", () => rain(ask, frequency, elevation)),
    unless("cloud", "cloudLossDb", () => (ask.cloudKgM2 ? cloudDb(frequency, elevation, ask.cloudKgM2) : 0)),
    unless("building", "buildingEntryLossDb", () => building(ask, frequency, elevation)),
    unless("polarisation", "polarisationLossDb", () => ask.polarisationDb ?? 0),
    unless("additional", "additionalLossDb", () => ask.additionalDb ?? 0),
  ];
}

function rain({ rain: given }: LinkAsk, frequency: number, elevation: number): number {
  if (!given) return 0;
  const path = {
    frequencyHz: frequency,
    elevation,
    tilt: 45 * DEG,
    latitude: given.latitudeDeg * DEG,
    stationHeightM: 0,
    rainHeightM: given.rainHeightKm * 1000,
    rate001MmH: given.rate001MmH,
  };
  return rainDb(path, given.exceedancePercent);
}

const building = ({ building: given }: LinkAsk, frequency: number, elevation: number) =>
  given ? buildingEntryLossDb(given.kind, frequency, elevation, given.probability) : 0;
