import type { EventColumns } from "../../shared/frame.ts";

/** Growing columns of cell changes of one shard. */
export class EventLog {
  readonly #firstUe: number;
  #count = 0;
  #columns = emptyEvents(1024);

  constructor(firstUe: number) {
    this.#firstUe = firstUe;
  }

  add(
    timeMs: number,
    ue: number,
    source: number,
    target: number,
    rsrpSource: number,
    rsrpTarget: number,
    trigger: number,
    pingPong: number,
  ): void {
    if (this.#count === this.#columns.ue.length) this.#grow();
    const c = this.#columns;
    const i = this.#count++;
    c.timeMs[i] = timeMs;
    c.ue[i] = this.#firstUe + ue;
    c.source[i] = source;
    c.target[i] = target;
    c.rsrpSource[i] = rsrpSource;
    c.rsrpTarget[i] = rsrpTarget;
    c.trigger[i] = trigger;
    c.pingPong[i] = pingPong;
  }

  #grow(): void {
    const larger = emptyEvents(this.#columns.ue.length * 2);
    for (const key of EVENT_KEYS) larger[key].set(this.#columns[key]);
    this.#columns = larger;
  }

  /** Hands over what was added since the last call. */
  take(): EventColumns {
    const taken = emptyEvents(this.#count);
    for (const key of EVENT_KEYS) taken[key].set(this.#columns[key].subarray(0, this.#count));
    this.#count = 0;
    return taken;
  }
}

const EVENT_KEYS = [
  "timeMs",
  "ue",
  "source",
  "target",
  "rsrpSource",
  "rsrpTarget",
  "trigger",
  "pingPong",
] as const;

export const emptyEvents = (size: number): EventColumns => ({
  timeMs: new Uint32Array(size),
  ue: new Uint32Array(size),
  source: new Uint32Array(size),
  target: new Uint32Array(size),
  rsrpSource: new Float32Array(size),
  rsrpTarget: new Float32Array(size),
  trigger: new Uint8Array(size),
  pingPong: new Uint8Array(size),
});

/** Joins the events of several shards, in the order (time, UE). */
export function mergeEvents(parts: EventColumns[]): EventColumns {
  const total = parts.reduce((sum, part) => sum + part.ue.length, 0);
  const joined = emptyEvents(total);
  let at = 0;
  for (const part of parts) {
    for (const key of EVENT_KEYS) joined[key].set(part[key], at);
    at += part.ue.length;
  }
  // time and UE as one number: both fit, since a run has under 2³² ms and under 2²¹ UEs
  const keys = new Float64Array(total);
  for (let i = 0; i < total; i++) keys[i] = joined.timeMs[i] * 2_097_152 + joined.ue[i];
  const order = Uint32Array.from(keys.keys()).sort((a, b) => keys[a] - keys[b] || a - b);
  const sorted = emptyEvents(total);
  for (const key of EVENT_KEYS) {
    const from = joined[key];
    const to = sorted[key];
    for (let i = 0; i < total; i++) to[i] = from[order[i]];
  }
  return sorted;
}
