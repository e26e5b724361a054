/**
 * Radio link monitoring (TS 38.331 §5.3.10; TS 38.133 §8.1): N310 consecutive out-of-sync indications start T310, N311 consecutive
 * in-sync ones stop it, and its expiry is a radio-link failure. One indication at each call. Leaves out: the evaluation
 * windows behind an indication (200 ms out of sync, 100 ms in sync), which the caller's measurements stand for.
 */
export interface RadioLinkSettings {
  qoutDb: number;
  qinDb: number;
  n310: number;
  n311: number;
  t310Ms: number;
  /** time between indications [ms] */
  indicationMs: number;
}

/** Qout and Qin: levels common in simulations of satellite handover; N310, N311 and T310 are the defaults of TS 38.331. */
export const RADIO_LINK: RadioLinkSettings = {
  qoutDb: -8,
  qinDb: -6,
  n310: 1,
  n311: 1,
  t310Ms: 1000,
  indicationMs: 10,
};

export interface RadioLinkState {
  /** [ue] consecutive out-of-sync (T310 stopped) or in-sync (T310 running) indications */
  counted: Uint8Array;
  /** [ue] when T310 runs out [ms]; −1: it does not run */
  expiresMs: Float64Array;
}

export function radioLinkState(ues: number): RadioLinkState {
  return { counted: new Uint8Array(ues), expiresMs: new Float64Array(ues).fill(-1) };
}

/** Forgets counters and timer, as when a UE takes a new cell. */
export function resetRadioLink(state: RadioLinkState, ue: number): void {
  state.counted[ue] = 0;
  state.expiresMs[ue] = -1;
}

/** Takes one indication; answers when the link failed [ms], or −1. */
export function radioLink(
  state: RadioLinkState,
  ue: number,
  nowMs: number,
  sinrDb: number,
  settings: RadioLinkSettings,
): number {
  const expires = state.expiresMs[ue];
  if (expires >= 0) {
    if (expires <= nowMs) {
      resetRadioLink(state, ue);
      return expires;
    }
    state.counted[ue] = sinrDb > settings.qinDb ? state.counted[ue] + 1 : 0;
    if (state.counted[ue] >= settings.n311) resetRadioLink(state, ue);
    return -1;
  }
  state.counted[ue] = sinrDb < settings.qoutDb ? state.counted[ue] + 1 : 0;
  if (state.counted[ue] >= settings.n310) {
    state.counted[ue] = 0;
    state.expiresMs[ue] = nowMs + settings.t310Ms;
  }
  return -1;
}

/** From the last instant of a usable link to its failure, when it never comes back [ms]. */
export function failureDelay(settings: RadioLinkSettings): number {
  return settings.n310 * settings.indicationMs + settings.t310Ms;
}
