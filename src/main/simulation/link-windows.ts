import { OTHERS } from "../handover/attempts.ts";
import { TRIGGERS, type EventColumns } from "../../shared/frame.ts";
import { GRID_S, LinkPair, type WindowOptions } from "./link-pair.ts";

export type { WindowOptions } from "./link-pair.ts";

/** Halvings of the search's spacing: 8 ms. */
const HALVINGS = 6;
/** A link is followed this far from the event [s]. */
export const REACH_S = 30;

/** How long the links of each event's UE last, as columns [event]; ms since the start of the run. */
export interface LinkWindows {
  /** last instant at which the source can be used; Infinity where it can to the end of what is searched */
  sourceUntilMs: Float64Array<ArrayBuffer>;
  /** the target can be used from, until; from Infinity until −Infinity where it never can */
  targetFromMs: Float64Array<ArrayBuffer>;
  targetUntilMs: Float64Array<ArrayBuffer>;
  /** one way between UE and gNB at the event */
  sourceDelayMs: Float64Array<ArrayBuffer>;
  targetDelayMs: Float64Array<ArrayBuffer>;
  /**
   * [event × OTHERS] further candidates of a conditional handover, 0 none: the strongest cells that the UE hears of the
   * satellites of source and target at the event; empty where no change is conditional
   */
  others: Uint32Array<ArrayBuffer>;
}

export type CellChanges = Pick<EventColumns, "timeMs" | "ue" | "source" | "target" | "trigger">;

export const FEEDER = TRIGGERS.indexOf("feeder");
/** Changes that no event of a conditional handover made. */
const UNCONDITIONAL = [TRIGGERS.indexOf("A3"), TRIGGERS.indexOf("reselection"), FEEDER];
export const isConditional = (trigger: number) => !UNCONDITIONAL.includes(trigger);

export function emptyWindows(count: number, conditional: boolean): LinkWindows {
  const column = () => new Float64Array(count);
  return {
    sourceUntilMs: column(),
    targetFromMs: column(),
    targetUntilMs: column(),
    sourceDelayMs: column(),
    targetDelayMs: column(),
    others: new Uint32Array(conditional ? count * OTHERS : 0),
  };
}

/**
 * How long source and target of cell changes can be used: SINR at least Qout, against noise and all beams of their satellites, or
 * all sites, on the same channel; satellite not below the least elevation and with a gateway
 * where it needs one, RSRP not below the least one, the UE in the beam's main lobe. Same patterns, losses and draws as in
 * the time loop. Searched outward from the event, up to 30 s and inside the run, on a grid of 0.5 s and then to 8 ms: gaps
 * shorter than the grid may be missed. Delays of transparent payloads include the feeder link, but not where gateways are
 * reached through other satellites. Where a satellite changes its gateway, source and target are one beam: the source ends
 * with the old feeder link, the target begins when the new gateway's gNB takes over.
 */
export function linkWindows(options: WindowOptions, events: CellChanges): LinkWindows {
  const search = new WindowSearch(options);
  const windows = emptyWindows(events.ue.length, events.trigger.some(isConditional));
  const { beams } = options.mission.payload;
  const satellite = events.source.map((cell) => Math.floor((cell - 1) / beams));
  const order = Uint32Array.from(events.ue.keys()).sort((a, b) => satellite[a] - satellite[b] || a - b);
  for (const event of order) search.write(windows, event, events);
  return windows;
}

/** The windows of one event after the other; those of one satellite together go fastest. */
export class WindowSearch {
  readonly #pair: LinkPair;
  readonly #duration: number;
  readonly #firstUe: number;

  constructor(options: WindowOptions) {
    this.#pair = new LinkPair(options);
    this.#duration = options.mission.duration;
    this.#firstUe = options.firstUe;
  }

  /** Writes one event's row. */
  write(out: LinkWindows, event: number, { timeMs, ue, source, target, trigger }: CellChanges): void {
    const t = timeMs[event] / 1000;
    this.#pair.prepare(ue[event] - this.#firstUe, source[event], target[event]);
    this.#pair.look(t);
    const feeder = trigger[event] === FEEDER;
    // the old gateway's, where that changes
    out.sourceDelayMs[event] = this.#pair.delayMs(this.#pair.source, feeder ? t - 0.001 : t);
    out.targetDelayMs[event] = this.#pair.delayMs(this.#pair.target, t);
    if (isConditional(trigger[event])) this.#pair.listOthers(out.others, event * OTHERS, t);
    const sourceNow = this.#pair.sourceUsable;
    const targetNow = this.#pair.targetUsable;
    this.#forward(out, event, t, sourceNow, targetNow);
    if (targetNow || !sourceNow) this.#backward(out, event, t, sourceNow, targetNow);
    if (feeder) {
      out.sourceUntilMs[event] = Math.min(out.sourceUntilMs[event], this.#pair.linkEndsMs(timeMs[event]));
      out.targetFromMs[event] = Math.max(out.targetFromMs[event], timeMs[event]);
    }
  }

  /** From the event on: when the source fails, when the target comes and when it fails. */
  #forward(out: LinkWindows, event: number, t0: number, sourceNow: boolean, targetNow: boolean): void {
    const end = Math.min(t0 + REACH_S, this.#duration);
    let source = sourceNow;
    let target = targetNow;
    let came = targetNow;
    out.sourceUntilMs[event] = out.targetUntilMs[event] = Infinity;
    out.targetFromMs[event] = targetNow ? 1000 * Math.max(0, t0 - REACH_S) : Infinity;
    for (let before = t0; before < end && (source || target || !came);) {
      const t = Math.min(end, (Math.floor(before / GRID_S + 1e-9) + 1) * GRID_S);
      this.#pair.look(t);
      const [sourceThen, targetThen] = [this.#pair.sourceUsable, this.#pair.targetUsable];
      if (source && !sourceThen) {
        source = false;
        out.sourceUntilMs[event] = 1000 * this.#last(before, t, true);
      }
      if (target && !targetThen) {
        target = false;
        out.targetUntilMs[event] = 1000 * this.#last(before, t, false);
      } else if (!came && targetThen) {
        target = came = true;
        out.targetFromMs[event] = 1000 * this.#first(before, t);
      }
      before = t;
    }
    if (!came) out.targetUntilMs[event] = -Infinity;
  }

  /** Back from the event: since when the target can be used that can now, and until when a source could that cannot. */
  #backward(out: LinkWindows, event: number, t0: number, sourceNow: boolean, targetNow: boolean): void {
    const start = Math.max(0, t0 - REACH_S);
    let source = !sourceNow;
    let target = targetNow;
    if (source) out.sourceUntilMs[event] = 1000 * start;
    for (let after = t0; after > start && (source || target);) {
      const t = Math.max(start, (Math.ceil(after / GRID_S - 1e-9) - 1) * GRID_S);
      this.#pair.look(t);
      const [sourceThen, targetThen] = [this.#pair.sourceUsable, this.#pair.targetUsable];
      if (source && sourceThen) {
        source = false;
        out.sourceUntilMs[event] = 1000 * this.#last(t, after, true);
      }
      if (target && !targetThen) {
        target = false;
        out.targetFromMs[event] = 1000 * this.#first(t, after);
      }
      after = t;
    }
  }

  /** The last instant of (low, high) at which a link can be used that can at `low` and not at `high`. */
  #last(low: number, high: number, source: boolean): number {
    let good = low;
    let bad = high;
    for (let i = 0; i < HALVINGS; i++) {
      const middle = (good + bad) / 2;
      this.#pair.look(middle);
      if (source ? this.#pair.sourceUsable : this.#pair.targetUsable) good = middle;
      else bad = middle;
    }
    return good;
  }

  /** The first instant of (low, high] at which the target can be used that cannot at `low` and can at `high`. */
  #first(low: number, high: number): number {
    let bad = low;
    let good = high;
    for (let i = 0; i < HALVINGS; i++) {
      const middle = (good + bad) / 2;
      this.#pair.look(middle);
      if (this.#pair.targetUsable) good = middle;
      else bad = middle;
    }
    return good;
  }
}
