import type { EventConfig, Measured } from "../../src/main/handover/conditions.ts";

/**
 * Second writing of the events, from the inequalities alone: lists of "left side greater than right side" for entering
 * (all of them) and leaving (any of them), and a clock that walks through every millisecond.
 */
type Inequality = [greater: number, smaller: number];

function inequalities(event: EventConfig, m: Measured): { enter: Inequality[]; leave: Inequality[] } {
  const Mp = m.servingRsrpDbm;
  const Mn = m.targetRsrpDbm + m.ofnDb + m.ocnDb;
  if (event.kind === "A3") {
    const right = Mp + m.ofpDb + m.ocpDb + event.offsetDb;
    return { enter: [[Mn - event.hysteresisDb, right]], leave: [[right, Mn + event.hysteresisDb]] };
  }
  if (event.kind === "A4")
    return {
      enter: [[Mn - event.hysteresisDb, event.thresholdDbm]],
      leave: [[event.thresholdDbm, Mn + event.hysteresisDb]],
    };
  if (event.kind === "A5")
    return {
      enter: [
        [event.threshold1Dbm, Mp + event.hysteresisDb],
        [Mn - event.hysteresisDb, event.threshold2Dbm],
      ],
      leave: [
        [Mp - event.hysteresisDb, event.threshold1Dbm],
        [event.threshold2Dbm, Mn + event.hysteresisDb],
      ],
    };
  if (event.kind === "T1")
    return {
      enter: [[m.timeMs, event.thresholdMs]],
      leave: [[m.timeMs, event.thresholdMs + event.durationMs]],
    };
  if (event.kind === "elevation")
    return {
      enter: [
        [event.threshold1, m.elevationServing + event.hysteresis],
        [m.elevationTarget - event.hysteresis, event.threshold2],
      ],
      leave: [
        [m.elevationServing - event.hysteresis, event.threshold1],
        [event.threshold2, m.elevationTarget + event.hysteresis],
      ],
    };
  const far =
    event.kind === "timing-advance"
      ? [m.rttServingS, m.rttTargetS, event.hysteresisS, event.threshold1S, event.threshold2S]
      : [m.distanceServingM, m.distanceTargetM, event.hysteresisM, event.threshold1M, event.threshold2M];
  const [Ml1, Ml2, Hys, Thresh1, Thresh2] = far;
  return {
    enter: [
      [Ml1 - Hys, Thresh1],
      [Thresh2, Ml2 + Hys],
    ],
    leave: [
      [Thresh1, Ml1 + Hys],
      [Ml2 - Hys, Thresh2],
    ],
  };
}

const holds = ([greater, smaller]: Inequality) => greater > smaller;
export const naiveEntering = (event: EventConfig, m: Measured) => inequalities(event, m).enter.every(holds);
export const naiveLeaving = (event: EventConfig, m: Measured) => inequalities(event, m).leave.some(holds);

/** Is each event fulfilled, at every millisecond of the samples? [event][ms] */
function fulfilment(samples: Measured[], events: EventConfig[], periodMs: number): boolean[][] {
  return events.map((event) => {
    const answer: boolean[] = [];
    let enteringForMs = -1;
    let leavingForMs = -1;
    for (let t = 0; t < samples.length * periodMs; t++) {
      const m = samples[Math.floor(t / periodMs)];
      const before = t > 0 && answer[t - 1];
      if (event.kind === "T1") {
        const now = { ...m, timeMs: t };
        answer.push(naiveEntering(event, now) && !naiveLeaving(event, now));
        continue;
      }
      enteringForMs = naiveEntering(event, m) ? enteringForMs + 1 : -1;
      leavingForMs = naiveLeaving(event, m) ? leavingForMs + 1 : -1;
      const enters = enteringForMs >= event.timeToTriggerMs;
      const leaves = leavingForMs >= event.timeToTriggerMs;
      answer.push(before ? !leaves : enters);
    }
    return answer;
  });
}

/** The instants at which all events are fulfilled and were not a millisecond before. */
export function naiveTriggers(samples: Measured[], events: EventConfig[], periodMs: number): number[] {
  const each = fulfilment(samples, events, periodMs);
  const all = each[0].map((_, t) => each.every((one) => one[t]));
  return all.flatMap((now, t) => (now && !(t > 0 && all[t - 1]) ? [t] : []));
}
