/** Random access of a run in closed form, beside what the signalling engine simulates. */
import type { Attempts, Procedures, SignallingSettings } from "../handover/attempts.ts";
import { collisionProbability, opportunitiesPerSecond } from "../handover/prach.ts";
import { detection, type RachSettings } from "../handover/rach.ts";
import type { RandomAccess, StormColumns } from "../../shared/storm.ts";

/**
 * Mean delay [ms] of a successful access as `meanAccessDelay` has it, with tries that are heard the better the later they are
 * where power ramping is modelled. @param p probability that a try meets another
 */
export function rampedAccessDelay(
  p: number,
  roundTripMs: number,
  intervalMs: number,
  rach: RachSettings,
): number {
  const again = roundTripMs + rach.responseWindowMs + rach.backoffMs / 2 + intervalMs / 2;
  let [reached, succeeded, total] = [1, 0, 0];
  for (let tries = 1; tries <= rach.triesMax; tries++) {
    const heard = reached * (1 - p) * detection(tries, rach.rampedDetection);
    succeeded += heard;
    total += heard * (tries - 1) * again;
    reached -= heard;
  }
  return intervalMs / 2 + roundTripMs + rach.responseMs + total / succeeded;
}

/** Share of all preambles that meet another: Poisson in each cell and second, at its load, all of them by contention. */
function collisionShare({ tries }: StormColumns, placesPerS: number): number | null {
  let [all, met] = [0, 0];
  for (const load of tries) {
    all += load;
    met += load * collisionProbability(load, placesPerS);
  }
  return all === 0 ? null : met / all;
}

type Waits = Pick<SignallingSettings, "rrcMs" | "sib19Ms" | "t430Ms">;

/**
 * From the UE's first look for an occasion to the response, of the handovers that succeed, and the round trip there. A command
 * has its way and its work at the UE before that; SIB19 is read before it where T430, counted from the beginning of the
 * preparation, has run out.
 */
function accesses(
  { count, kind, timeMs, preparedMs, serviceDelayMs, targetDelayMs }: Attempts,
  { outcome, upMs }: Pick<Procedures, "outcome" | "upMs">,
  { rrcMs, sib19Ms, t430Ms }: Waits,
) {
  let [succeeded, delay, trip] = [0, 0, 0];
  for (let p = 0; p < count; p++) {
    if (outcome[p] !== 0) continue;
    succeeded++;
    trip += 2 * targetDelayMs[p];
    const isStale = timeMs[p] - preparedMs[p] > t430Ms;
    delay += upMs[p] - (kind[p] === 0 ? serviceDelayMs[p] + rrcMs : isStale ? sib19Ms : 0);
  }
  return succeeded === 0 ? null : { meanMs: delay / succeeded, roundTripMs: trip / succeeded };
}

export function randomAccess(
  attempts: Attempts,
  procedures: Pick<Procedures, "outcome" | "upMs">,
  { rach, ...waits }: Waits & Pick<SignallingSettings, "rach">,
  storm: StormColumns,
): RandomAccess {
  const perS = opportunitiesPerSecond(rach.prach);
  const expectedShare = collisionShare(storm, perS * rach.fdm * rach.contentionPreambles);
  const found = accesses(attempts, procedures, waits);
  return {
    expectedShare,
    meanMs: found && found.meanMs,
    expectedMs: found && rampedAccessDelay(expectedShare ?? 0, found.roundTripMs, 1000 / perS, rach),
  };
}
