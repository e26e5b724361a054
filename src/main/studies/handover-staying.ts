/** What had become of a UE without its handover: until when its source's link would have lasted, and its SINR. */
import { toDb } from "../math/decibel.ts";
import { feederAt, type FeederPlan } from "../orbit/feeder.ts";
import type { CloseUp } from "../simulation/close-up.ts";
import { GRID_S } from "../simulation/link-pair.ts";
import { REACH_S } from "../simulation/link-windows.ts";
import { LOWEST_SINE } from "../simulation/measure.ts";
import { cellSatellite } from "../../shared/frame.ts";
import type { Staying } from "../../shared/handover.ts";
import type { Mission } from "../../shared/mission.ts";
import { QOUT_DB } from "./strategies.ts";

/** Times after the event at which the link of one that stays is looked at [s]: on the grid of the search. */
const STAYING_S = [0, 0.5, 1, 2, 5, 10, 20, 30];
/** Halvings of that grid: 8 ms. */
const HALVINGS = 6;
/** The window of the signalling is told where it differs by more [s]. */
const SAME_S = 0.1;

export const sinrOf = (close: CloseUp) => toDb(close.wantedMw / (close.interferenceMw + close.noiseMw));

interface Stayed {
  mission: Mission;
  feeders: FeederPlan | null;
  source: number;
  timeS: number;
  /** the source, heard at a time [s] */
  look: (t: number) => CloseUp;
  /** until when the signalling takes the source's link to last [s]; Infinity: beyond its search */
  signallingS: number;
  /** where the satellite changes its gateway at the event: until when its old feeder link works [s]; null elsewhere */
  feederEndsS: number | null;
}

type Reason = NonNullable<Staying["endedBy"]>;

export function stayingOf(stayed: Stayed): Staying {
  const { mission, timeS, look, signallingS, feederEndsS } = stayed;
  const searchedS = Math.min(REACH_S, mission.duration - timeS);
  const radio = radioEnd(stayed, searchedS);
  const feeder = feederEndsS !== null && !(radio !== null && radio.afterS < feederEndsS - timeS);
  const end = feeder ? { afterS: feederEndsS - timeS, endedBy: "feeder" as const, nextS: null } : radio;
  const at = STAYING_S.filter((after) => after <= searchedS);
  // the first instant below Qout stands in the list beside the last above it
  if (end !== null && end.nextS !== null && end.nextS > 0) at.push(end.afterS, end.nextS);
  const sinr = [...new Set(at)]
    .sort((a, b) => a - b)
    .map((afterS) => {
      const sinrDb = sinrOf(look(timeS + afterS));
      return { afterS, sinrDb: Number.isFinite(sinrDb) ? sinrDb : null };
    });
  const outageAfterS = end === null ? null : end.afterS;
  const signallingAfterS = signallingS - timeS;
  const differs =
    !feeder && Math.abs(Math.min(signallingAfterS, searchedS) - (outageAfterS ?? searchedS)) > SAME_S;
  return {
    outageAfterS,
    endedBy: end === null ? null : end.endedBy,
    searchedS,
    qoutDb: QOUT_DB,
    signalling: differs ? { afterS: Number.isFinite(signallingAfterS) ? signallingAfterS : null } : null,
    sinr,
  };
}

/** The last instant of the source's link at or after the event, or before it where it had ended, the first one without it, and why. */
function radioEnd(stayed: Stayed, searchedS: number) {
  const { timeS } = stayed;
  const why = (afterS: number) => reasonOf(stayed, timeS + afterS);
  const begins = Math.max(-REACH_S, -timeS);
  let good = 0;
  let bad: number;
  const endedBy = why(0);
  if (endedBy === null) {
    let next = GRID_S;
    for (; next <= searchedS && why(next) === null; next += GRID_S) good = next;
    if (next > searchedS) return null;
    bad = next;
  } else {
    bad = 0;
    for (good = -GRID_S; good >= begins && why(good) !== null; good -= GRID_S) bad = good;
    // it never was within what is searched
    if (good < begins) return { afterS: begins, nextS: null, endedBy };
  }
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (good + bad) / 2;
    if (why(middle) === null) good = middle;
    else bad = middle;
  }
  return { afterS: good, nextS: bad, endedBy: why(bad)! };
}

/** Why the source cannot be used at a time [s]; null where it can. The same rules as those of `linkWindows`, with all interference. */
function reasonOf({ mission, feeders, source, look }: Stayed, t: number): Reason | null {
  const close = look(t);
  const satellite = cellSatellite(source, mission.payload.beams);
  const inSpace = satellite < mission.satellites.length;
  const lowest = Math.max(Math.asin(LOWEST_SINE), mission.minElevation);
  if (inSpace && close.elevation < lowest) return "elevation";
  if (inSpace && feeders && feederAt(feeders, satellite, t) < 0) return "gateway";
  if (!close.inLobe) return "lobe";
  if (close.rsrpDbm === -Infinity) return "rsrp";
  return sinrOf(close) >= QOUT_DB ? null : "qout";
}
