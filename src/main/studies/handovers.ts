import { cellSatellite, TRIGGERS } from "../../shared/frame.ts";
import type { EventColumns } from "../../shared/frame.ts";
import type { PlanSummary } from "../../shared/run.ts";

const FEEDER = TRIGGERS.indexOf("feeder");
const RESELECTION = TRIGGERS.indexOf("reselection");

/**
 * Counts of the handovers of a run, and the worst second of the worst cell (of handovers out of it). Reselections are counted
 * apart, and nowhere else.
 * @param firstSite number of the first cell on the ground; changes to and from these are none between satellites
 */
export function summariseHandovers(
  events: EventColumns,
  beams: number,
  firstSite = Infinity,
): PlanSummary["handovers"] {
  const layers = { toGround: 0, toSatellite: 0 };
  let feeder = 0;
  const perSecond = new Map<number, number>();
  const counts = {
    total: 0,
    peakPerS: 0,
    peakCell: 0,
    peakAtS: 0,
    pingPong: 0,
    interSatellite: 0,
    reselections: 0,
  };
  for (let i = 0; i < events.ue.length; i++) {
    if (events.trigger[i] === RESELECTION) {
      counts.reselections++;
      continue;
    }
    counts.total++;
    const second = Math.floor(events.timeMs[i] / 1000);
    const key = second * 0x1000000 + events.source[i];
    const here = (perSecond.get(key) ?? 0) + 1;
    perSecond.set(key, here);
    if (here > counts.peakPerS) {
      counts.peakPerS = here;
      counts.peakCell = events.source[i];
      counts.peakAtS = second;
    }
    counts.pingPong += events.pingPong[i];
    if (events.trigger[i] === FEEDER) feeder++;
    const [from, to] = [events.source[i] >= firstSite, events.target[i] >= firstSite];
    if (from !== to) layers[to ? "toGround" : "toSatellite"]++;
    else if (!from && cellSatellite(events.source[i], beams) !== cellSatellite(events.target[i], beams))
      counts.interSatellite++;
  }
  return { ...counts, ...(feeder > 0 ? { feeder } : {}), ...(firstSite < Infinity ? layers : {}) };
}

export interface Predicted {
  ue: Uint32Array<ArrayBuffer>;
  cell: Uint32Array<ArrayBuffer>;
  /** seconds of the run */
  atS: Float32Array<ArrayBuffer>;
  /** 1 where the primary classifier says handover-ready */
  ready: Uint8Array<ArrayBuffer>;
  probability: Float32Array<ArrayBuffer>;
}

/** Which UEs will leave their cell and when, from geometry ([ue] s after the mark, NaN none) and the classifier [ue]. */
export function predictHandovers(
  mark: number,
  cell: Uint32Array,
  leaveS: Float32Array,
  probability: Float32Array,
): Predicted {
  const ue = new Uint32Array(cell.length);
  let count = 0;
  for (let i = 0; i < cell.length; i++) if (leaveS[i] >= 0) ue[count++] = i;
  const ues = ue.slice(0, count);
  return {
    ue: ues,
    cell: Uint32Array.from(ues, (i) => cell[i]),
    atS: Float32Array.from(ues, (i) => mark + leaveS[i]),
    ready: Uint8Array.from(ues, (i) => (probability[i] > 0.5 ? 1 : 0)),
    probability: Float32Array.from(ues, (i) => probability[i]),
  };
}

/** How long after the predicted time a UE may still change cell for the prediction to count as a hit [s]. */
const TOLERANCE_S = 1;

/**
 * Holds predictions against what happened: a hit is a UE that changed or lost its cell no later than 1 s after the
 * predicted time. The error counts the seconds between the two for every UE that left at all.
 */
export function scorePredictions(predicted: Predicted, leftMs: Int32Array): PlanSummary["predicted"] {
  let ready = 0;
  let hits = 0;
  let left = 0;
  let error = 0;
  for (let i = 0; i < predicted.ue.length; i++) {
    ready += predicted.ready[i];
    const leftS = leftMs[predicted.ue[i]] / 1000;
    if (leftS < 0) continue;
    left++;
    error += Math.abs(leftS - predicted.atS[i]);
    if (leftS <= predicted.atS[i] + TOLERANCE_S) hits++;
  }
  return {
    total: predicted.ue.length,
    ready,
    scored: predicted.ue.length,
    hits,
    meanAbsoluteErrorS: left ? error / left : null,
  };
}
