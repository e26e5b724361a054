import type { Rat } from "./series.ts";

/** Who speaks in the sequence of the paper's Figure 3. */
export type Party = "ue" | "serving" | "target" | "controller";

export interface Message {
  name: string;
  from: Party;
  to: Party;
  /** s after the measurement was complete */
  startS: number;
  endS: number;
}

export interface Sequence {
  messages: Message[];
  /** up to the UE's having the reconfiguration */
  preparationS: number;
  /** from the leaving of the serving node to the target's having the UE */
  interruptionS: number;
  totalS: number;
}

/** One-way times and processing [s]. */
export interface Timing {
  /** over the air, by the kind of node */
  airS: Record<Rat, number>;
  /** between two nodes, or a node and the controller; assumed */
  wireS: number;
  /** storing the report and assembling the features; assumed */
  assemblyS: number;
  /** of all forecasts, and the decision */
  inferenceS: number;
  /** assumed */
  admissionS: number;
  /** of the reconfiguration in the UE: TS 38.331 §12, 10 ms */
  reconfigurationS: number;
  /** to the target, by its kind */
  syncS: Record<Rat, number>;
}

/**
 * Air: 4 ms in a cell (TR 38.913 §7.5, user plane), 2 ms WiFi (assumed), 8 ms by satellite (assumed: the cell's, and the way
 * of 1,200 km). Sync: T_processing 20 ms + T_IU 15 ms + T_Δ 20 ms + T_margin 2 ms of
 * TS 38.133 §6.1.1.2.2 for a known cell; 50 ms of authentication, association and key handshake for WiFi (assumed); the
 * cellular one and two more round trips for a satellite.
 */
export const DEFAULT_TIMING: Timing = {
  airS: { cellular: 0.004, wifi: 0.002, satellite: 0.008 },
  wireS: 0.005,
  assemblyS: 0.001,
  inferenceS: 0.002,
  admissionS: 0.005,
  reconfigurationS: 0.01,
  syncS: { cellular: 0.057, wifi: 0.05, satellite: 0.089 },
};

export interface Course {
  /** the target's admission control says no */
  refused?: boolean;
  /** the UE had the reconfiguration beforehand: conditional handover */
  prepared?: boolean;
}

/** Measurement report, forecast and decision, and the execution up to the status transfer, one after the other. */
export function handoverSequence(timing: Timing, serving: Rat, target: Rat, course: Course = {}): Sequence {
  const messages: Message[] = [];
  let now = 0;
  const say = (name: string, from: Party, to: Party, seconds: number) => {
    messages.push({ name, from, to, startS: now, endS: now + seconds });
    now += seconds;
  };
  const { airS, wireS } = timing;
  if (!course.prepared) {
    say("measurement report", "ue", "serving", airS[serving]);
    say("measurement report", "serving", "controller", wireS);
    say("feature assembly", "controller", "controller", timing.assemblyS);
    say("inference and decision", "controller", "controller", timing.inferenceS);
    say("P-CHO decision", "controller", "serving", wireS);
    say("handover request", "serving", "target", wireS);
    say("admission control", "target", "target", timing.admissionS);
    if (course.refused) {
      say("handover preparation failure", "target", "serving", wireS);
      return { messages, preparationS: now, interruptionS: 0, totalS: now };
    }
    say("handover request acknowledge", "target", "serving", wireS);
    say("RRC reconfiguration", "serving", "ue", airS[serving]);
  }
  const preparationS = now;
  say("reconfiguration processing", "ue", "ue", timing.reconfigurationS);
  say("synchronisation", "ue", "target", timing.syncS[target]);
  say("RRC reconfiguration complete", "ue", "target", airS[target]);
  const interruptionS = now - preparationS;
  say("status transfer", "serving", "target", wireS);
  return { messages, preparationS, interruptionS, totalS: now };
}
