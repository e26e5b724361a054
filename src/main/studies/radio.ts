import { overheadShare, throughputBps } from "../link/modulation.ts";
import { fromDb, toDb } from "../math/decibel.ts";
import { percentile, summaryDb } from "../math/statistics.ts";
import { beamModel } from "../simulation/beams.ts";
import { NO_SIGNAL } from "../../shared/frame.ts";
import type { Mission } from "../../shared/mission.ts";
import type { RadioSummary } from "../../shared/run.ts";

/**
 * How well the UEs hear at the marked instant, over those that a satellite serves: RSRP and SINR of the frame [ue, hundredths],
 * C/N of the data set [ue, dB, NaN without a cell], C/I as what SINR leaves of C/N, of the UEs where it shows.
 * Throughput is that of one UE that has its beam for itself. Null where nobody is served.
 */
export function radioSummary(
  mission: Mission,
  rsrp: Int16Array,
  sinr: Int16Array,
  cOverN: Float64Array,
): RadioSummary | null {
  const isServed = (ue: number) =>
    rsrp[ue] !== NO_SIGNAL && sinr[ue] !== NO_SIGNAL && !Number.isNaN(cOverN[ue]);
  const served = Array.from(rsrp.keys()).filter(isServed);
  if (served.length === 0) return null;
  const { radio } = mission;
  const bandwidthHz = radio.bandwidthHz / beamModel(mission).channels;
  const sinrDb = served.map((ue) => sinr[ue] / 100);
  const overhead = overheadShare(radio.frequencyHz, "down");
  const options = { marginDb: radio.implementationMarginDb, overhead };
  const mbps = Float64Array.from(sinrDb, (db) => throughputBps(db, bandwidthHz, options).bps / 1e6).sort();
  const ci = served.flatMap((ue, i) =>
    cOverN[ue] - sinrDb[i] > ROUNDING_DB ? [-toDb(fromDb(-sinrDb[i]) - fromDb(-cOverN[ue]))] : [],
  );
  return {
    ues: served.length,
    rsrpDbm: figures(served.map((ue) => rsrp[ue] / 100)),
    cOverNDb: figures(served.map((ue) => cOverN[ue])),
    cOverIDb: ci.length > 0 ? figures(ci) : null,
    sinrDb: figures(sinrDb),
    throughputMbps: {
      mean: mbps.reduce((sum, value) => sum + value, 0) / mbps.length,
      p5: percentile(mbps, 5),
      median: percentile(mbps, 50),
      p95: percentile(mbps, 95),
    },
    bandwidthMHz: bandwidthHz / 1e6,
    implementationMarginDb: radio.implementationMarginDb,
  };
}

/** SINR is kept to a hundredth of a decibel: interference too weak to show there, 29 dB below the noise, is not counted. */
const ROUNDING_DB = 0.0051;

function figures(values: number[]): RadioSummary["sinrDb"] {
  const { p5, median, p95, meanOfDb, dbOfMeanLinear } = summaryDb(values);
  return { p5, median, p95, meanOfDb, dbOfMeanLinear };
}
