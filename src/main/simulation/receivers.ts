import { resourceElementEirpDbm, resourceElementNoiseDbm, freeSpaceLossDb } from "../link/budget.ts";
import { zenithGasLossDb } from "../link/gas.ts";
import type { Mission } from "../../shared/mission.ts";

/** The constants of the link that do not change with time, per class of UE. */
export interface Receivers {
  /** RSRP at 1 m without gas at the beam's centre, UE antenna included [class], dBm */
  rsrpAtOneMetreDbm: Float64Array;
  /** noise of one resource element [class], mW */
  noiseMw: Float64Array;
  /** 1 where the antenna follows its satellite and shuts others out [class] */
  directive: Uint8Array;
  zenithGasDb: number;
}

export function receivers(mission: Mission): Receivers {
  const { radio, userClasses } = mission;
  const eirp = resourceElementEirpDbm(radio.eirpDensityDbwPerHz, radio.subcarrierSpacingHz);
  const lossAtOneMetre = freeSpaceLossDb(radio.frequencyHz, 1);
  const noise = userClasses.map((c) =>
    resourceElementNoiseDbm(c.noiseFigureDb, c.antennaTemperatureK, radio.subcarrierSpacingHz),
  );
  return {
    rsrpAtOneMetreDbm: Float64Array.from(userClasses, (c) => eirp - lossAtOneMetre + c.antennaGainDbi),
    // noise is referred to the antenna's output, as RSRP is
    noiseMw: Float64Array.from(noise, (dbm) => 10 ** (dbm / 10)),
    directive: Uint8Array.from(userClasses, (c) => (c.name === "vsat" ? 1 : 0)),
    zenithGasDb: radio.zenithGasDb ?? zenithGasLossDb(radio.frequencyHz),
  };
}
