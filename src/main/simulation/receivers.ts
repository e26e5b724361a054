import { resourceElementEirpDbm, resourceElementNoiseDbm, freeSpaceLossDb } from "../link/budget.ts";
import { VSAT_APERTURE_M } from "../beam/patterns.ts";
import { apertureWaveNumber } from "../beam/pattern.ts";
import { elevationLossTable } from "../link/elevation-loss.ts";
import type { Mission } from "../../shared/mission.ts";

/** The constants of the link that do not change with time, per class of UE. */
export interface Receivers {
  /** RSRP at 1 m without gas at the beam's centre, UE antenna included [class], dBm */
  rsrpAtOneMetreDbm: Float64Array;
  /** noise of one resource element [class], mW */
  noiseMw: Float64Array;
  /** x of the aperture's pattern per unit of sin θ off the serving satellite [class]; 0 where the antenna is omnidirectional */
  directivity: Float64Array;
  /** share of a beam of the other polarisation on the same channel that is received [class] */
  crossPolar: Float64Array;
  /** [sine of the elevation × perUnit] losses that depend on the elevation alone, dB */
  elevationLoss: { perUnit: number; db: Float64Array };
}

export function receivers(mission: Mission): Receivers {
  const { radio, userClasses, channel } = mission;
  const eirp = resourceElementEirpDbm(radio.eirpDensityDbwPerHz, radio.subcarrierSpacingHz);
  const lossAtOneMetre = freeSpaceLossDb(radio.frequencyHz, 1);
  const noise = userClasses.map((c) =>
    resourceElementNoiseDbm(c.noiseFigureDb, c.antennaTemperatureK, radio.subcarrierSpacingHz),
  );
  return {
    rsrpAtOneMetreDbm: Float64Array.from(userClasses, (c) => eirp - lossAtOneMetre + c.antennaGainDbi),
    // noise is referred to the antenna's output, as RSRP is
    noiseMw: Float64Array.from(noise, (dbm) => 10 ** (dbm / 10)),
    directivity: Float64Array.from(userClasses, (c) =>
      c.name === "vsat" ? apertureWaveNumber(radio.frequencyHz, VSAT_APERTURE_M / 2) : 0,
    ),
    // a linear antenna receives both senses of circular polarisation alike
    crossPolar: Float64Array.from(userClasses, (c) =>
      c.name === "vsat" ? 10 ** (-radio.crossPolarIsolationDb / 10) : 1,
    ),
    elevationLoss: elevationLossTable(channel.elevation, radio.frequencyHz),
  };
}
